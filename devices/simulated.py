"""What the simulated devices share: a cable that may be out, a fault that may be there, waits that notice both at once."""

import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager

from devices.hands import Cable
from devices.health import status_of
from kiosk.errors import DeviceUnavailable, Fault
from kiosk.ports.device import ABSENT, Status


class Simulated(Cable):
    """Open and close, the status, and what becomes of them when hands pull the cable. Hands may be used from any thread."""

    called: str
    """How its errors speak of it: "card reader"."""
    stops_with_trouble = False
    """Whether nothing can be done with it while it reports any fault."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._open = False

    def _troubles(self) -> Collection[Fault]:
        """The faults that it reports now."""
        return ()

    def open(self) -> None:
        """Connect. Raises DeviceUnavailable while unplugged or silent."""
        if not self.plugged:
            raise DeviceUnavailable(f"The simulated {self.called} is unplugged.", Fault.UNPLUGGED)
        if Fault.NO_ANSWER in self._troubles():
            raise DeviceUnavailable(f"The simulated {self.called} does not answer.", Fault.NO_ANSWER)
        self._open = True

    def close(self) -> None:
        """Disconnect."""
        self._open = False

    def status(self) -> Status:
        """As its hands left it."""
        return status_of(self._troubles()) if self._here else ABSENT

    def unplug(self, _choice: str = "") -> None:
        """Pull the cable: it has to be opened anew."""
        with self._change():
            super().unplug()
            self.close()

    @property
    def _here(self) -> bool:
        return self._open and self.plugged

    def _refusal(self) -> DeviceUnavailable | None:
        """Why nothing can be done with it now; None while it works."""
        if not self._here:
            return DeviceUnavailable(f"The simulated {self.called} is not connected.", Fault.UNPLUGGED)
        for fault in self._troubles() if self.stops_with_trouble else ():
            return DeviceUnavailable(f"The simulated {self.called} is out of order.", fault)
        return None

    def _require(self) -> None:
        """Raises DeviceUnavailable unless it works."""
        if refusal := self._refusal():
            raise refusal

    def _await(self, happened: Callable[[], bool], timeout_s: float) -> bool:
        """Whether it happens within `timeout_s`. Raises DeviceUnavailable as soon as it does not work any more."""
        with self._changed:
            self._changed.wait_for(lambda: happened() or self._refusal() is not None, timeout_s)
            self._require()
            return happened()

    @contextmanager
    def _change(self) -> Iterator[None]:
        """Change something; who waits looks again."""
        with self._changed:
            yield
            self._changed.notify_all()
