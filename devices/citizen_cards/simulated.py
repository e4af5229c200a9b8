"""A citizen-card reader without a reader, with hands: for demonstrations, the dock and tests above the port.

Its cards are the virtual ones, read by the same commands as real ones.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass

from devices.citizen_cards import social_card
from devices.citizen_cards.virtual_card import CARDS, MOODS, SampleSocialCard, VirtualCard, card
from devices.hands import Hand, Sight
from devices.health import status_of
from kiosk.errors import CardGone, CardUnreadable, DeviceUnavailable, Fault, SetupError
from kiosk.ports.citizen_card import CitizenCard
from kiosk.ports.device import ABSENT, Status
from kiosk.texts import Msg, msg

READER_FAULTS: dict[str, tuple[Msg, Fault]] = {
    "silent": (msg("No answers"), Fault.NO_ANSWER),
    "hardware": (msg("The reader is broken"), Fault.HARDWARE),
}


class SimulatedCitizenCardReader:
    """Hands may be used from any thread; a waiting call notices at once."""

    @dataclass(frozen=True)
    class Options:
        """None."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self._changed = threading.Condition()
        self._open = False
        self._plugged = True
        self._fault = ""
        self._inside: VirtualCard | None = None
        self._noticed: VirtualCard | None = None
        self.seen: list[bytes] = []
        """Every command that a card was sent."""

    # --- the port ------------------------------------------------------------------------------------------

    def open(self) -> None:
        """Connect. Raises DeviceUnavailable while unplugged or silent."""
        if not self._plugged:
            raise DeviceUnavailable("The simulated citizen-card reader is unplugged.", Fault.UNPLUGGED)
        if self._fault == "silent":
            raise DeviceUnavailable("The simulated citizen-card reader does not answer.", Fault.NO_ANSWER)
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
        there = self._wait(lambda: self._inside is not None, timeout_s)
        self._noticed = self._inside if there else self._noticed
        return there

    def read(self) -> CitizenCard:
        """Read the card. Raises as the port says."""
        self._check()
        inside = self._inside
        if inside is None:
            raise CardGone("The card was taken out before it was read.")
        inside.mood = self._fault
        self._noticed = inside
        return social_card.read(lambda command: _answered(inside, command))

    def await_removal(self, timeout_s: float) -> bool:
        """Wait until the card that was seen is out. Raises DeviceUnavailable."""
        seen = self._noticed or self._inside
        return self._wait(lambda: self._inside is None or self._inside is not seen, timeout_s)

    def _wait(self, happened: Callable[[], bool], timeout_s: float) -> bool:
        with self._changed:
            self._changed.wait_for(lambda: happened() or not self._works(), timeout_s)
            self._check()
            return happened()

    def _works(self) -> bool:
        return self._open and self._plugged and self._fault not in READER_FAULTS

    def _check(self) -> None:
        if not (self._open and self._plugged):
            raise DeviceUnavailable("The simulated citizen-card reader is not connected.", Fault.UNPLUGGED)
        if self._fault in READER_FAULTS:
            raise DeviceUnavailable("The simulated citizen-card reader is broken.", READER_FAULTS[self._fault][1])

    # --- hands ---------------------------------------------------------------------------------------------

    def place(self, what: SampleSocialCard | str) -> None:
        """Put a card into the slot. Raises SetupError for an unknown one."""
        self._now_inside(VirtualCard(card(what) if isinstance(what, str) else what, seen=self.seen))

    def remove(self, _choice: str = "") -> None:
        """Take the card out."""
        self._now_inside(None)

    def break_with(self, fault: str) -> None:
        """A fault of card or reader by name; "" or "none" ends it. Raises SetupError for an unknown one."""
        if fault not in {"", "none", "retries", *MOODS, *READER_FAULTS}:
            known = ", ".join((*MOODS, *READER_FAULTS))
            raise SetupError(f"The citizen-card reader has no fault {fault!r}. Known are {known}, none.")
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
        faults = {**MOODS, **{key: label for key, (label, _) in READER_FAULTS.items()}}
        return (
            Hand("place", msg("Put a card into the slot"), "smart-card-reader", self.place, cards),
            Hand("remove", msg("Take the card out"), "card-off", self.remove),
            Hand("fault", msg("Reader fault"), "alert", self.break_with, (("none", msg("No fault")), *faults.items())),
            Hand("unplug", msg("Pull the cable"), "power-plug-off", self.unplug),
            Hand("plug", msg("Put the cable back"), "power-plug", self.plug),
        )

    def sight(self) -> Sight | None:
        """The card in the slot."""
        if not self._plugged:
            return Sight(msg("The cable is pulled out"))
        return Sight(self._inside.sample.label if self._inside else msg("No card in the slot"))

    def _now_inside(self, inside: VirtualCard | None) -> None:
        with self._changed:
            self._inside = inside
            self._changed.notify_all()


def _answered(inside: VirtualCard, command: bytes) -> bytes:
    answer = inside.answer(command)
    if answer is None:
        raise CardUnreadable("The card does not answer.")
    return answer
