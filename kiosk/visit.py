"""One person's stay: who they are is in the journey's answers; here is how they want to be spoken to."""

import os
from dataclasses import dataclass, field

from kiosk.preferences import Preferences


@dataclass(frozen=True)
class Visit:
    """`number` tells letters of this visit from those of an earlier one; `log_name` is random, so that logs reveal no
    order and no person."""

    number: int
    preferences: Preferences
    log_name: str = field(default_factory=lambda: os.urandom(4).hex())
