"""What a journey may ask of the outside, as data: one module per subject. `kiosk.handlers` does it; the answers come back
as events.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Effect:
    """Something to be done. It is cancelled when its step is left, unless the next step `keeps` it."""
