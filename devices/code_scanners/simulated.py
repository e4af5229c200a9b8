"""A code scanner without a cable, with hands: for demonstrations, the dock and tests of what stands above the port."""

from dataclasses import dataclass

from devices.code_scanners.sample_codes import CODES
from devices.code_scanners.texts import Inbox
from devices.hands import PULLED_OUT, Hand, Sight
from devices.simulated import Simulated
from kiosk.ports.code_scanner import Code
from kiosk.texts import Text, msg


class SimulatedCodeScanner(Simulated):
    """Reads what is held before it."""

    called = "code scanner"

    @dataclass(frozen=True)
    class Options:
        """It has none."""

    def __init__(self, options: Options) -> None:
        super().__init__()
        self.options = options
        self._inbox = Inbox("the simulated scanner")
        self._sight: Text = msg("No code before the scanner")

    # --- the port ------------------------------------------------------------------------------------------

    def close(self) -> None:
        """Disconnect; what was scanned is forgotten."""
        super().close()
        self.clear()

    def await_code(self, timeout_s: float) -> Code | None:
        """The next code. Raises DeviceUnavailable."""
        self._require()
        found: list[Code] = []
        self._await(lambda: self._taken(found), timeout_s)
        return found[0] if found else None

    def clear(self) -> None:
        """Forget what was scanned."""
        with self._changed:
            self._inbox.clear()

    def _taken(self, found: list[Code]) -> bool:
        if not found and (code := self._inbox.take()) is not None:
            found.append(code)
        return bool(found)

    # --- hands ---------------------------------------------------------------------------------------------

    def show(self, what: str) -> None:
        """Hold a code before it: a sample's name, or any text."""
        sample = CODES.get(what)
        self._sight = sample.label if sample else msg("A code is before the scanner")
        self.send(sample.data if sample else what.encode())

    def send(self, data: bytes) -> None:
        """Read these bytes; a closed scanner reads nothing."""
        with self._change():
            if self._here:
                self._inbox.put([data])

    def hands(self) -> tuple[Hand, ...]:
        """What the dock offers."""
        codes = tuple((key, sample.label) for key, sample in CODES.items())
        return (
            Hand("show", msg("Hold a code before the scanner"), "qrcode-scan", self.show, codes),
            *self.cable_hands(),
        )

    def sight(self) -> Sight | None:
        """The code that was held before it last."""
        return Sight(self._sight if self.plugged else PULLED_OUT)
