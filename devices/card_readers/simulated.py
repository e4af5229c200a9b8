"""A card reader without a cable, with hands: for demonstrations, the dock and tests of what stands above the port."""

import time
from collections.abc import Collection
from dataclasses import dataclass

from devices.card_readers import sdt_card
from devices.card_readers.sample_cards import CARDS, SampleCard, card
from devices.hands import PULLED_OUT, Hand, Sight, fault_named
from devices.simulated import Simulated
from kiosk.errors import CardGone, CardNotGenuine, CardUnreadable, Fault
from kiosk.ports.card_reader import IdCard
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


class SimulatedCardReader(Simulated):
    """Finds and reads the sample cards."""

    called = "card reader"
    stops_with_trouble = True

    @dataclass(frozen=True)
    class Options:
        """`read_s`: how long reading a card takes, in seconds."""

        read_s: float = 0.0

    def __init__(self, options: Options) -> None:
        super().__init__()
        self.options = options
        self._fault = ""
        self._card: SampleCard | None = None

    # --- the port ------------------------------------------------------------------------------------------

    def await_card(self, timeout_s: float) -> bool:
        """Wait for a card. Raises DeviceUnavailable."""
        return self._await(lambda: self._card is not None, timeout_s)

    def read(self) -> IdCard:
        """Read the card. Raises as the port says."""
        self._require()
        if self._card is None:
            raise CardGone("The card was taken away before it was read.")
        time.sleep(self.options.read_s)
        self._require()
        if self._fault in CARD_FAULTS:
            raise CARD_FAULTS[self._fault][1]("The simulated card reader was told so.")
        found = sdt_card.parse(self._card.text, self._card.photo)
        return sdt_card.with_newest_address(found, self._card.new_address or b"")

    def portrait(self, _card: IdCard) -> bytes | None:
        """None: nothing decodes an invented photo."""
        return None

    def await_removal(self, timeout_s: float) -> bool:
        """Wait until no card lies there. Raises DeviceUnavailable."""
        return self._await(lambda: self._card is None, timeout_s)

    def _troubles(self) -> Collection[Fault]:
        return (READER_FAULTS[self._fault][1],) if self._fault in READER_FAULTS else ()

    # --- hands ---------------------------------------------------------------------------------------------

    def place(self, what: SampleCard | str) -> None:
        """Lay a card on the reader. Raises SetupError for an unknown one."""
        found = card(what) if isinstance(what, str) else what
        with self._change():
            self._card = found

    def remove(self, _choice: str = "") -> None:
        """Take the card away."""
        with self._change():
            self._card = None

    def break_with(self, fault: str) -> None:
        """A fault by name; "" or "none" ends it. Raises SetupError for an unknown one."""
        named = fault_named(fault, (*CARD_FAULTS, *READER_FAULTS), "reader")
        with self._change():
            self._fault = named

    def hands(self) -> tuple[Hand, ...]:
        """What the dock offers."""
        cards = tuple((key, sample.label) for key, sample in CARDS.items())
        labels = {key: label for key, (label, _) in (CARD_FAULTS | READER_FAULTS).items()}
        return (
            Hand("place", msg("Put a card on the reader"), "card-account-details", self.place, cards),
            Hand("remove", msg("Take the card away"), "card-off", self.remove),
            Hand("fault", msg("Reader fault"), "alert", self.break_with, (("none", msg("No fault")), *labels.items())),
            *self.cable_hands(),
        )

    def sight(self) -> Sight | None:
        """The card on the reader."""
        if not self.plugged:
            return Sight(PULLED_OUT)
        return Sight(self._card.label if self._card else msg("No card on the reader"))
