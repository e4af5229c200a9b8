"""What the adapters share that hold a way to their device: a line, an input device, a process."""

from collections.abc import Iterable
from typing import Generic, Protocol, TypeVar

from devices.health import status_of
from kiosk.errors import DeviceUnavailable, Fault
from kiosk.ports.device import ABSENT, Status


class Closable(Protocol):
    """A way to a device."""

    def close(self) -> None:
        """Let go of it. Never raises."""


Way = TypeVar("Way", bound=Closable)


class Connected(Generic[Way]):
    """Opened once, asked how it is, and let go of when the device was lost, so that it can be opened again."""

    def __init__(self, called: str) -> None:
        """`called`: how errors speak of it, its address included: "board at /dev/ttyUSB0"."""
        self._called = called
        self._way: Way | None = None

    def _connect(self) -> Way:
        """Make the way. Raises DeviceUnavailable."""
        raise NotImplementedError

    def _greet(self, way: Way) -> None:
        """See that the device that is meant is at its end, and make it ready. Raises DeviceUnavailable."""

    def _faults(self, way: Way) -> Iterable[Fault]:
        """Ask the device what is wrong with it. Raises DeviceUnavailable."""
        raise NotImplementedError

    def open(self) -> None:
        """Connect, and see that the device is there. Raises DeviceUnavailable."""
        if self._way is not None:
            return
        self._way = self._connect()
        try:
            self._greet(self._way)
        except DeviceUnavailable:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the way."""
        way, self._way = self._way, None
        if way is not None:
            way.close()

    def status(self) -> Status:
        """Ask the device; one that went away is closed, so that it can be opened again."""
        if self._way is None:
            return ABSENT
        try:
            return status_of(self._faults(self._way))
        except DeviceUnavailable as error:
            self.close()
            return status_of((error.fault,))

    @property
    def _open_way(self) -> Way:
        if self._way is None:
            raise DeviceUnavailable(f"The {self._called} is not open.", Fault.UNPLUGGED)
        return self._way
