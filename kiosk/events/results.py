"""What the centre tells of results."""

from dataclasses import dataclass

from kiosk.events.model import Event


@dataclass(frozen=True)
class ResultRefused(Event):
    """It is not printed here, with the problem's code: "no-prints-left", "not-printable", "no-such-result"."""

    code: str
