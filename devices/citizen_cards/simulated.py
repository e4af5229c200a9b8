"""A citizen-card reader without a reader, with hands: for demonstrations, the dock and tests above the port.

Its cards are the virtual ones, read by the same commands as real ones.
"""

from collections.abc import Collection
from dataclasses import dataclass

from devices.citizen_cards import social_card
from devices.citizen_cards.virtual_card import CARDS, MOODS, SampleSocialCard, VirtualCard, card
from devices.hands import PULLED_OUT, Hand, Sight, fault_named
from devices.simulated import Simulated
from kiosk.errors import CardGone, CardUnreadable, Fault
from kiosk.ports.citizen_card import CitizenCard
from kiosk.texts import Msg, msg

READER_FAULTS: dict[str, tuple[Msg, Fault]] = {
    "silent": (msg("No answers"), Fault.NO_ANSWER),
    "hardware": (msg("The reader is broken"), Fault.HARDWARE),
}


class SimulatedCitizenCardReader(Simulated):
    """Finds and reads virtual cards."""

    called = "citizen-card reader"
    stops_with_trouble = True

    @dataclass(frozen=True)
    class Options:
        """None."""

    def __init__(self, options: Options) -> None:
        super().__init__()
        self.options = options
        self._fault = ""
        self._inside: VirtualCard | None = None
        self._noticed: VirtualCard | None = None
        self.seen: list[bytes] = []
        """Every command that a card was sent."""

    # --- the port ------------------------------------------------------------------------------------------

    def await_card(self, timeout_s: float) -> bool:
        """Wait for a card. Raises DeviceUnavailable."""
        there = self._await(lambda: self._inside is not None, timeout_s)
        self._noticed = self._inside if there else self._noticed
        return there

    def read(self) -> CitizenCard:
        """Read the card. Raises as the port says."""
        self._require()
        inside = self._inside
        if inside is None:
            raise CardGone("The card was taken out before it was read.")
        inside.mood = self._fault
        self._noticed = inside
        return social_card.read(lambda command: _answered(inside, command))

    def await_removal(self, timeout_s: float) -> bool:
        """Wait until the card that was seen is out. Raises DeviceUnavailable."""
        seen = self._noticed or self._inside
        return self._await(lambda: self._inside is None or self._inside is not seen, timeout_s)

    def _troubles(self) -> Collection[Fault]:
        return (READER_FAULTS[self._fault][1],) if self._fault in READER_FAULTS else ()

    # --- hands ---------------------------------------------------------------------------------------------

    def place(self, what: SampleSocialCard | str) -> None:
        """Put a card into the slot. Raises SetupError for an unknown one."""
        self._now_inside(VirtualCard(card(what) if isinstance(what, str) else what, seen=self.seen))

    def remove(self, _choice: str = "") -> None:
        """Take the card out."""
        self._now_inside(None)

    def break_with(self, fault: str) -> None:
        """A fault of card or reader by name; "" or "none" ends it. Raises SetupError for an unknown one."""
        named = fault_named(fault, (*MOODS, "retries", *READER_FAULTS), self.called)
        with self._change():
            self._fault = named

    def hands(self) -> tuple[Hand, ...]:
        """What the dock offers."""
        cards = tuple((key, sample.label) for key, sample in CARDS.items())
        faults = {**MOODS, **{key: label for key, (label, _) in READER_FAULTS.items()}}
        return (
            Hand("place", msg("Put a card into the slot"), "smart-card-reader", self.place, cards),
            Hand("remove", msg("Take the card out"), "card-off", self.remove),
            Hand("fault", msg("Reader fault"), "alert", self.break_with, (("none", msg("No fault")), *faults.items())),
            *self.cable_hands(),
        )

    def sight(self) -> Sight | None:
        """The card in the slot."""
        if not self.plugged:
            return Sight(PULLED_OUT)
        return Sight(self._inside.sample.label if self._inside else msg("No card in the slot"))

    def _now_inside(self, inside: VirtualCard | None) -> None:
        with self._change():
            self._inside = inside


def _answered(inside: VirtualCard, command: bytes) -> bytes:
    answer = inside.answer(command)
    if answer is None:
        raise CardUnreadable("The card does not answer.")
    return answer
