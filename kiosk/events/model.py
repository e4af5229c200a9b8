"""What may happen during a visit: touches from the screens, results from devices and the centre, and time.

Events are frozen values, one module per subject, so that a start reads only what its first picture needs; workers and screens
post them, the runner feeds them to the journey's table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class Event:
    """Something that happened. `repeats`: it may be told as often as it happens, where others are told once per view.
    `incidental`: it is no surprise where no step expects it."""

    repeats: ClassVar[bool] = False
    incidental: ClassVar[bool] = False
