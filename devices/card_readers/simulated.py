"""A card reader without a cable, with hands: for demonstrations, the dock and tests of what stands above the port."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from devices.card_readers import sdt_card
from devices.card_readers.sample_cards import CARDS, SampleCard, card
from devices.hands import Hand, Sight
from devices.health import status_of
from kiosk.errors import CardGone, CardNotGenuine, CardUnreadable, DeviceUnavailable, Fault, SetupError
from kiosk.ports.card_reader import IdCard
from kiosk.ports.device import ABSENT, Status
from kiosk.texts import Msg, msg

CARD_FAULTS: dict[str, tuple[Msg, type[CardUnreadable]]] = {
    "unreadable": (msg("The card cannot be read"), CardUnreadable),
    "not-genuine": (msg("The card is not genuine"), CardNotGenuine),
}
READER_FAULTS: dict[str, tuple[Msg, Fault]] = {
    "silent": (msg("No answers"), Fault.NO_ANSWER),
    "self-test": (msg("Security module failed its self-test"), Fault.HARDWARE),
    "not-authorised": (msg("Security module not authorised"), Fault.NOT_AUTHORISED),
}


class SimulatedCardReader:
    """Hands may be used from any thread; a waiting call notices at once."""

    @dataclass(frozen=True)
    class Options:
        """`read_s`: how long reading a card takes, in seconds."""

        read_s: float = 0.0

    def __init__(self, options: Options) -> None:
        self.options = options
        self._changed = threading.Condition()
        self._open = False
        self._plugged = True
        self._fault = ""
        self._card: SampleCard | None = None

    # --- the port ------------------------------------------------------------------------------------------

    def open(self) -> None:
        """Connect. Raises DeviceUnavailable while unplugged or silent."""
        if not self._plugged:
            raise DeviceUnavailable("The simulated card reader is unplugged.", Fault.UNPLUGGED)
        if self._fault == "silent":
            raise DeviceUnavailable("The simulated card reader does not answer.", Fault.NO_ANSWER)
        self._open = True

    def close(self) -> None:
        """Disconnect."""
        self._open = False

    def status(self) -> Status:
        """As its hands left it."""
        if not (self._open and self._plugged):
            return ABSENT
        return status_of((READER_FAULTS[self._fault][1],) if self._fault in READER_FAULTS else ())

    def await_card(self, timeout_s: float) -> bool:
        """Wait for a card. Raises DeviceUnavailable."""
        return self._wait(lambda: self._card is not None, timeout_s)

    def read(self) -> IdCard:
        """Read the card. Raises as the port says."""
        self._check()
        if self._card is None:
            raise CardGone("The card was taken away before it was read.")
        time.sleep(self.options.read_s)
        self._check()
        if self._fault in CARD_FAULTS:
            raise CARD_FAULTS[self._fault][1]("The simulated card reader was told so.")
        found = sdt_card.parse(self._card.text, self._card.photo)
        return sdt_card.with_newest_address(found, self._card.new_address or b"")

    def portrait(self, _card: IdCard) -> bytes | None:
        """None: nothing decodes an invented photo."""
        return None

    def await_removal(self, timeout_s: float) -> bool:
        """Wait until no card lies there. Raises DeviceUnavailable."""
        return self._wait(lambda: self._card is None, timeout_s)

    def _wait(self, happened: Callable[[], bool], timeout_s: float) -> bool:
        with self._changed:
            self._changed.wait_for(lambda: happened() or not self._works(), timeout_s)
            self._check()
            return happened()

    def _works(self) -> bool:
        return self._open and self._plugged and self._fault not in READER_FAULTS

    def _check(self) -> None:
        if not (self._open and self._plugged):
            raise DeviceUnavailable("The simulated card reader is not connected.", Fault.UNPLUGGED)
        if self._fault in READER_FAULTS:
            raise DeviceUnavailable("The simulated card reader is out of order.", READER_FAULTS[self._fault][1])

    # --- hands ---------------------------------------------------------------------------------------------

    def place(self, what: SampleCard | str) -> None:
        """Lay a card on the reader. Raises SetupError for an unknown one."""
        found = card(what) if isinstance(what, str) else what
        with self._changed:
            self._card = found
            self._changed.notify_all()

    def remove(self, _choice: str = "") -> None:
        """Take the card away."""
        with self._changed:
            self._card = None
            self._changed.notify_all()

    def break_with(self, fault: str) -> None:
        """A fault by name; "" or "none" ends it. Raises SetupError for an unknown one."""
        if fault not in {"", "none", *CARD_FAULTS, *READER_FAULTS}:
            raise SetupError(
                f"The reader has no fault {fault!r}. Known are {', '.join((*CARD_FAULTS, *READER_FAULTS))}, none."
            )
        with self._changed:
            self._fault = "" if fault == "none" else fault
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
        cards = tuple((key, sample.label) for key, sample in CARDS.items())
        labels = {key: label for key, (label, _) in (CARD_FAULTS | READER_FAULTS).items()}
        return (
            Hand("place", msg("Put a card on the reader"), "card-account-details", self.place, cards),
            Hand("remove", msg("Take the card away"), "card-off", self.remove),
            Hand("fault", msg("Reader fault"), "alert", self.break_with, (("none", msg("No fault")), *labels.items())),
            Hand("unplug", msg("Pull the cable"), "power-plug-off", self.unplug),
            Hand("plug", msg("Put the cable back"), "power-plug", self.plug),
        )

    def sight(self) -> Sight | None:
        """The card on the reader."""
        if not self._plugged:
            return Sight(msg("The cable is pulled out"))
        return Sight(self._card.label if self._card else msg("No card on the reader"))
