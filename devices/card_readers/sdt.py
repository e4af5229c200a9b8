"""ID-card reader speaking the SDT protocol (GA/T 467-2019, SAM_V and SAM_A modules) over any serial URL."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from devices.card_readers import sdt_card
from devices.card_readers.photo import decoded
from devices.card_readers.sdt_frame import Reply
from devices.card_readers.sdt_link import (
    ADDRESS,
    ADDRESS_SIZE,
    CARD_TROUBLE,
    FIND,
    READ,
    SAM_ID,
    SAM_STATUS,
    SELECT,
    Command,
    Link,
)
from devices.card_readers.sdt_status import Act, Sw3, error_for, meaning
from devices.connected import Connected
from devices.transports.line import open_line
from kiosk.errors import CardGone, CardUnreadable, DeviceUnavailable, Fault
from kiosk.ports.card_reader import IdCard

LYING = frozenset({Sw3.OK, Sw3.EMPTY})
"""Answers to `30 03` while the card that was read still lies on the reader."""
SAM_FAULTS = {0x60: Fault.HARDWARE, 0x66: Fault.NOT_AUTHORISED}
PROBE_EVERY_S = 1.0
PROBES = 3


class SdtReader(Connected[Link]):
    """Finds, selects and reads cards. Fingerprints (`30 10`) are never asked for."""

    @dataclass(frozen=True)
    class Options:
        """`url`: any pyserial URL or socket://; `baud` 9600 to 115200; `poll_s`: pause between looks for a card;
        `photo_decoder`: a vendor's library (.so) or a program that decodes photos, empty: none; `photo_s`: its time."""

        url: str
        baud: int = 115200
        poll_s: float = 0.1
        photo_decoder: str = ""
        photo_s: float = 2.0

    def __init__(self, options: Options) -> None:
        super().__init__(f"card reader on {options.url}")
        self.options = options
        self._selected = False
        self._probes_left = 0
        self._probe_at = 0.0

    def _connect(self) -> Link:
        return Link(open_line(self.options.url, self.options.baud), self.options.baud)

    def _greet(self, link: Link) -> None:
        self._selected, self._probes_left, self._probe_at = False, PROBES, 0.0
        link.ask(SAM_STATUS)

    def _faults(self, link: Link) -> Iterable[Fault]:
        answer = link.ask(SAM_STATUS)
        return () if answer.sw3 == Sw3.OK else (SAM_FAULTS.get(answer.sw3, Fault.HARDWARE),)

    def sam_id(self) -> str:
        """The security module's number as vendors print it. Raises DeviceUnavailable."""
        raw = self._good(SAM_ID).data
        parts = (int.from_bytes(raw[at : at + 4], "little") for at in (4, 8, 12))
        day, serial, check = parts
        return f"{raw[0]:02d}.{raw[2]:02d}-{day}-{serial:09d}-{check:09d}"

    def await_card(self, timeout_s: float) -> bool:
        """Look for a card every `poll_s` until `timeout_s`. Raises DeviceUnavailable."""
        return self._until(self._card_lies, timeout_s)

    def read(self) -> IdCard:
        """Read the card; where it moved, find and read it once more. Raises as the port says."""
        answer = self._attempt()
        if meaning(answer.sw3).act is Act.FIND_AGAIN:
            self._selected = False
            self._ask(FIND)
            answer = self._attempt()
        if answer.sw3 == Sw3.OK:
            return self._with_newest_address(sdt_card.parse_reply(answer.data))
        raise self._why_not(answer)

    def portrait(self, card: IdCard) -> bytes | None:
        """The photo as a picture, by the decoder of the settings; None without one, or when it fails."""
        if not (self.options.photo_decoder and card.photo):
            return None
        return decoded(self.options.photo_decoder, card.photo, self.options.photo_s)

    def await_removal(self, timeout_s: float) -> bool:
        """Ask the selected card for something harmless until it is not there twice in a row."""
        return self._until(self._card_left, timeout_s)

    def _attempt(self) -> Reply:
        """Select unless it is already, then read. A refused select is no reason not to read: a card that was selected
        once refuses it until it is taken away."""
        if not self._selected:
            self._selected = self._ask(SELECT).sw3 == Sw3.OK
            self._probes_left, self._probe_at = PROBES, 0.0
        answer = self._ask(READ)
        self._selected = answer.sw3 == Sw3.OK
        return answer

    def _with_newest_address(self, card: IdCard) -> IdCard:
        """A card that leaves after its text was read is read all the same."""
        if card.kind not in sdt_card.WITH_ADDRESS:
            return card
        answer = self._ask(ADDRESS)
        if answer.sw3 == Sw3.OK and len(answer.data) == ADDRESS_SIZE:
            return sdt_card.with_newest_address(card, answer.data)
        return card

    def _why_not(self, answer: Reply) -> Exception:
        error = error_for(answer.sw3)
        if type(error) is CardUnreadable and self._gone():
            return CardGone("The card was taken away before it was read.")
        return error

    def _gone(self) -> bool:
        return self._ask(FIND).sw3 == Sw3.NO_CARD and self._ask(ADDRESS).sw3 not in LYING

    def _card_lies(self) -> bool:
        answer = self._ask(FIND)
        if answer.sw3 == Sw3.FOUND or answer.sw3 in CARD_TROUBLE:
            self._selected = False  # in trouble, `read` says which
            return True
        if meaning(answer.sw3).act is Act.GIVE_UP:
            raise error_for(answer.sw3)
        return self._lies_selected()

    def _lies_selected(self) -> bool:
        """A card that was selected before, perhaps by another program, is not found but answers: ask a few times."""
        if not self._probes_left or time.monotonic() < self._probe_at:
            return False
        self._probe_at = time.monotonic() + PROBE_EVERY_S
        self._selected = self._ask(ADDRESS).sw3 in LYING
        self._probes_left = PROBES if self._selected else self._probes_left - 1
        return self._selected

    def _card_left(self) -> bool:
        if self._ask(ADDRESS).sw3 in LYING:
            return False
        self._selected = False
        time.sleep(self.options.poll_s)
        return self._gone()

    def _until(self, happened: Callable[[], bool], timeout_s: float) -> bool:
        """Try `happened` at an even beat until it is so; at least once."""
        end = time.monotonic() + timeout_s
        beat = time.monotonic()
        while not happened():
            beat = max(beat + self.options.poll_s, time.monotonic())
            if beat >= end:
                time.sleep(max(0.0, end - time.monotonic()))
                return False
            time.sleep(max(0.0, beat - time.monotonic()))
        return True

    def _good(self, command: Command) -> Reply:
        answer = self._ask(command)
        if answer.sw3 not in command.good:
            raise error_for(answer.sw3)
        return answer

    def _ask(self, command: Command) -> Reply:
        """Ask; a reader that went away is closed at once. Raises DeviceUnavailable."""
        try:
            return self._open_way.ask(command)
        except DeviceUnavailable:
            self.close()
            raise
