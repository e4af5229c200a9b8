"""A code scanner without a cable, with hands: for demonstrations, the dock and tests of what stands above the port."""

import threading
from dataclasses import dataclass

from devices.code_scanners.sample_codes import CODES
from devices.code_scanners.texts import Inbox
from devices.hands import Hand, Sight
from kiosk.errors import DeviceUnavailable, Fault
from kiosk.ports.code_scanner import Code
from kiosk.ports.device import ABSENT, READY, Status
from kiosk.texts import Text, msg


class SimulatedCodeScanner:
    """Hands may be used from any thread; a waiting call notices at once."""

    @dataclass(frozen=True)
    class Options:
        """It has none."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self._changed = threading.Condition()
        self._inbox = Inbox("the simulated scanner")
        self._open = False
        self._plugged = True
        self._sight: Text = msg("No code before the scanner")

    # --- the port ------------------------------------------------------------------------------------------

    def open(self) -> None:
        """Connect. Raises DeviceUnavailable while unplugged."""
        if not self._plugged:
            raise DeviceUnavailable("The simulated code scanner is unplugged.", Fault.UNPLUGGED)
        self._open = True

    def close(self) -> None:
        """Disconnect; what was scanned is forgotten."""
        self._open = False
        self.clear()

    def status(self) -> Status:
        """As its hands left it."""
        return READY if self._works else ABSENT

    def await_code(self, timeout_s: float) -> Code | None:
        """The next code. Raises DeviceUnavailable."""
        with self._changed:
            self._check()
            found: list[Code] = []
            self._changed.wait_for(lambda: self._taken(found) or not self._works, timeout_s)
            self._check()
            return found[0] if found else None

    def clear(self) -> None:
        """Forget what was scanned."""
        with self._changed:
            self._inbox.clear()

    def _taken(self, found: list[Code]) -> bool:
        if (code := self._inbox.take()) is not None:
            found.append(code)
        return bool(found)

    @property
    def _works(self) -> bool:
        return self._open and self._plugged

    def _check(self) -> None:
        if not self._works:
            raise DeviceUnavailable("The simulated code scanner is not connected.", Fault.UNPLUGGED)

    # --- hands ---------------------------------------------------------------------------------------------

    def show(self, what: str) -> None:
        """Hold a code before it: a sample's name, or any text."""
        sample = CODES.get(what)
        self._sight = sample.label if sample else msg("A code is before the scanner")
        self.send(sample.data if sample else what.encode())

    def send(self, data: bytes) -> None:
        """Read these bytes; a closed scanner reads nothing."""
        with self._changed:
            if self._works:
                self._inbox.put([data])
            self._changed.notify_all()

    def unplug(self, _choice: str = "") -> None:
        """Pull the cable."""
        with self._changed:
            self._plugged = self._open = False
            self._changed.notify_all()

    def plug(self, _choice: str = "") -> None:
        """Put the cable back."""
        self._plugged = True

    def hands(self) -> tuple[Hand, ...]:
        """What the dock offers."""
        codes = tuple((key, sample.label) for key, sample in CODES.items())
        return (
            Hand("show", msg("Hold a code before the scanner"), "qrcode-scan", self.show, codes),
            Hand("unplug", msg("Pull the cable"), "power-plug-off", self.unplug),
            Hand("plug", msg("Put the cable back"), "power-plug", self.plug),
        )

    def sight(self) -> Sight | None:
        """The code that was held before it last."""
        return Sight(self._sight if self._plugged else msg("The cable is pulled out"))
