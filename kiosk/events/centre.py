"""What the centre may answer to anything."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.events.model import Event


@dataclass(frozen=True)
class CentreAway(Event):
    """The centre could not be reached, or is busy; whether it did what was asked is not known."""


@dataclass(frozen=True)
class CentreSaidNo(Event):
    """The centre refused, with the problem's code."""

    code: str
