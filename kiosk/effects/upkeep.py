"""To be asked on the technician's pages."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.effects.model import Effect


@dataclass(frozen=True)
class OpenUpkeep(Effect):
    """Ask for the technician's pages: PinWanted, PinLocked or PinNotSet."""


@dataclass(frozen=True, repr=False)
class CheckPin(Effect):
    """PinRight, PinWrong or PinLocked; takes a third of a second on purpose."""

    pin: str


@dataclass(frozen=True)
class LookAround(Effect):
    """Counters and figures of this terminal: UpkeepSeen."""


@dataclass(frozen=True)
class NoteRefill(Effect):
    """Somebody has put paper into a printer: RefillNoted."""

    device: str


@dataclass(frozen=True)
class TryDevice(Effect):
    """Use a device once as a resident would, and keep nothing of it: Trying any number of times, then Tried."""

    device: str
