"""Social-security and citizen cards in a PC/SC reader (contact slot or contactless), through pcscd."""

import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from devices.citizen_cards import social_card
from devices.citizen_cards.pcsc_link import PcscLink, Silent
from devices.connected import Connected
from kiosk.errors import CardGone, CardUnreadable, DeviceUnavailable, Fault
from kiosk.ports.citizen_card import CitizenCard

LOOK_S = 1.0
"""How much longer than asked a look at the reader may take."""
SLICE_S = 0.25


@dataclass(frozen=True)
class Slot:
    """A look at the reader: whether a card is in it, and how often one has come or gone since pcscd knows it."""

    card: bool
    count: int


class PcscReader(Connected[PcscLink]):
    """Waits for a card and reads it. A PIN is never sent. What hangs is a process of its own, and ended."""

    @dataclass(frozen=True)
    class Options:
        """`reader`: a part of its name, empty for the first; `answer_s`: for one answer of the card; `read_s`: for the
        whole card; `socket`: pcscd's, where it is not the usual one."""

        reader: str = ""
        answer_s: float = 2.0
        read_s: float = 6.0
        socket: str = ""

    def __init__(self, options: Options) -> None:
        super().__init__("citizen-card reader")
        self.options = options
        self._last = Slot(card=False, count=0)
        self._seen_at: int | None = None
        """The slot's count when its card was seen."""

    def _connect(self) -> PcscLink:
        return PcscLink(self.options.socket)

    def _greet(self, _link: PcscLink) -> None:
        self._seen_at = None
        self._look()

    def _faults(self, _link: PcscLink) -> Iterable[Fault]:
        """A card that hangs is not the reader's fault."""
        self._look()
        return ()

    def await_card(self, timeout_s: float) -> bool:
        """Wait until a card is in the slot. Raises DeviceUnavailable."""
        there = self._until(lambda slot: slot.card, timeout_s)
        self._seen_at = self._last.count if there else self._seen_at
        return there

    def read(self) -> CitizenCard:
        """Read the card. Raises as the port says."""
        slot = self._look()
        if not slot.card:
            raise CardGone("The card was taken out before it was read.")
        self._seen_at = slot.count
        end = time.monotonic() + self.options.read_s
        self._ask(self.options.answer_s, do="connect")
        try:
            return social_card.read(lambda command: self._transmit(command, end))
        finally:
            self._leave()

    def await_removal(self, timeout_s: float) -> bool:
        """Wait until the card was taken out, also when the next one is already in. Raises DeviceUnavailable."""
        if self._seen_at is None:
            self._seen_at = self._look().count
        return self._until(lambda slot: not slot.card or slot.count != self._seen_at, timeout_s)

    def _transmit(self, command: bytes, end: float) -> bytes:
        left = end - time.monotonic()
        if left <= 0:
            raise CardUnreadable("The card takes too long.")
        return bytes.fromhex(self._ask(min(left, self.options.answer_s), do="send", apdu=command.hex())["answer"])

    def _leave(self) -> None:
        """Let go of the card; when the reader is lost by now, the next question says so."""
        with suppress(CardUnreadable, DeviceUnavailable):
            self._ask(self.options.answer_s, do="leave")

    def _until(self, happened: Callable[[Slot], bool], timeout_s: float) -> bool:
        """Look until it has happened, at least once; woken by pcscd, not by a clock."""
        end = time.monotonic() + timeout_s
        slot = self._look()
        while not happened(slot):
            left = end - time.monotonic()
            if left <= 0:
                return False
            slot = self._look(min(left, SLICE_S))
        return True

    def _look(self, wait_s: float = 0.0) -> Slot:
        try:
            found = self._ask(wait_s + LOOK_S, do="look", reader=self.options.reader, wait_s=wait_s)
        except Silent as error:
            self.close()
            reason = "The smart-card service does not answer. Restart it: systemctl restart pcscd."
            raise DeviceUnavailable(reason, Fault.NO_ANSWER) from error
        self._last = Slot(found["card"], found["count"])
        return self._last

    def _ask(self, limit_s: float, **command: object) -> dict[str, Any]:
        try:
            return self._open_way.ask(limit_s, **command)
        except DeviceUnavailable:
            self.close()
            raise
