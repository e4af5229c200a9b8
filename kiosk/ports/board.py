"""A small input and output board: lamps at slots and outlets, service door, proximity."""

from enum import StrEnum
from typing import Protocol

from kiosk.ports.device import Device


class Lamp(StrEnum):
    """Lamps that lead the hand."""

    CARD = "card"
    SLIP = "slip"
    A4 = "a4"
    SCANNER = "scanner"
    HELP = "help"


class Sensor(StrEnum):
    """What the board notices."""

    DOOR_OPEN = "door_open"
    SOMEBODY_NEAR = "somebody_near"


class IoBoard(Device, Protocol):
    """The board. DOOR_OPEN is a fault of its status, so that it is seen wherever states are."""

    def light(self, lamp: Lamp, on: bool) -> None:
        """Switch a lamp; one that is not fitted is no trouble. Raises DeviceUnavailable."""

    def sensors(self) -> frozenset[Sensor]:
        """What is noticed now. Raises DeviceUnavailable."""
