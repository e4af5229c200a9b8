"""The far end of an SDT reader's cable: a security module, an antenna, and everything that can go wrong with them.

A state machine without threads or I/O: `exchange(bytes, baud)` says what it sends back and when. Behind `sim://` it is
a reader for the kiosk, behind `kiosk simulate sdt` one for any program. Faults are moods by name (`FAULTS`).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from devices.card_readers.sample_cards import CARDS, SampleCard, card
from devices.card_readers.sdt_faults import FAULTS, WHOLE_READER, Sent
from devices.card_readers.sdt_frame import Body, Decoder, reply
from devices.hands import PULLED_OUT, Hand, Sight, fault_named
from devices.transports.sim import Burst, FarEnd
from kiosk.texts import msg

BAUDS = {0: 115200, 1: 57600, 2: 38400, 3: 19200, 4: 9600}
"""`60 nn`: the reader's speed."""
SAM_ID = bytes((5, 0, 3, 0)) + b"".join(number.to_bytes(4, "little") for number in (20240101, 4711, 815))


@dataclass(frozen=True)
class Timing:
    """How long the module thinks, in seconds; after a find that failed it has looked for longer."""

    status_s: float = 0.0
    find_s: float = 0.0
    select_s: float = 0.0
    read_s: float = 0.0
    address_s: float = 0.0


INSTANT = Timing()
USUAL = Timing(status_s=0.005, find_s=0.030, select_s=0.060, read_s=0.700, address_s=0.080)
SLOW = Timing(status_s=0.010, find_s=0.045, select_s=0.090, read_s=1.800, address_s=0.200)
"""A marginal card."""


class Wire(FarEnd):
    """A reader with hands. `baud` is the speed it listens at; other speeds it does not understand."""

    def __init__(self, baud: int = 115200, paced: int | bool = False, timing: Timing = INSTANT) -> None:
        self.baud = baud
        self.paced = bool(paced)
        self.timing = USUAL if paced and timing is INSTANT else timing
        self._decoder = Decoder()
        self._card: SampleCard | None = None
        self._selected = False
        self._fault: str = ""
        self._times = 0
        self._last = b""

    # --- hands ---------------------------------------------------------------------------------------------

    def place(self, what: SampleCard | str) -> None:
        """Lay a card on the reader, by itself, its key, or a JSON file. Raises SetupError for an unknown one."""
        self._card = card(what) if isinstance(what, str) else what
        self._selected = False

    def remove(self, _choice: str = "") -> None:
        """Take the card away."""
        self._card = None
        self._selected = False

    def break_with(self, fault: str, times: int = 0) -> None:
        """Misbehave from now on, or for the next `times` answers; "" or "none" ends it. Raises SetupError."""
        self._fault = fault_named(fault, (*WHOLE_READER, *FAULTS), "reader")
        self._times = times

    def unplug(self, _choice: str = "") -> None:
        """Pull the cable; the module loses its power and forgets."""
        super().unplug()
        self._selected = False
        self._decoder.reset()

    def hands(self) -> tuple[Hand, ...]:
        """What the dock offers."""
        cards = tuple((key, sample.label) for key, sample in CARDS.items())
        return (
            Hand("place", msg("Put a card on the reader"), "card-account-details", self.place, cards),
            Hand("remove", msg("Take the card away"), "card-off", self.remove),
            Hand("fault", msg("Reader fault"), "alert", self.break_with, (("none", msg("No fault")), *LABELS)),
            *self.cable_hands(),
        )

    def sight(self) -> Sight | None:
        """The card on the reader."""
        if not self.plugged:
            return Sight(PULLED_OUT)
        return Sight(self._card.label if self._card else msg("No card on the reader"))

    # --- wire ----------------------------------------------------------------------------------------------

    def feed(self, data: bytes) -> bytes:
        """Everything it sends on these bytes, without the pauses."""
        return b"".join(burst.data for burst in self.exchange(data, self.baud))

    def exchange(self, data: bytes, baud: int) -> Iterator[Burst]:
        """What it sends on these bytes, which came at `baud` (0: the cable has no speed)."""
        if baud not in (0, self.baud):
            yield Burst(bytes((byte * 7 + 0x1D) & 0xFF for byte in data[:11]))
            return
        self._decoder.feed(data)
        while (found := self._decoder.take()) is not None:
            yield from self._answered(found.data) if isinstance(found, Body) else [Burst(reply(0x10))]

    def _answered(self, body: bytes) -> Iterator[Burst]:
        answer, think_s = self._answer(body)
        sent = Sent(answer, self._last, think_s, body[:2])
        fault = FAULTS.get(self._mood(body))
        self._last = answer
        yield from fault.send(sent) if fault else (Burst(answer, think_s),)
        if fault and fault.after:
            fault.after(self)

    def _mood(self, body: bytes) -> str:
        """The fault that this answer shows, counted down."""
        fault = FAULTS.get(self._fault)
        if fault is None or not fault.concerns(body[:2]):
            return ""
        mood = self._fault
        if self._times:
            self._times -= 1
            self._fault = mood if self._times else ""
        return mood

    def _answer(self, body: bytes) -> tuple[bytes, float]:
        """The sound answer, and how long it takes."""
        if self._fault in WHOLE_READER:
            return reply(WHOLE_READER[self._fault]), self.timing.status_s
        command = (body[0], body[1]) if len(body) > 1 else (0, 0)
        if body[0] == 0x60:
            return self._set_speed(body[1])
        table = {
            (0x10, 0xFF): self._reset,
            (0x11, 0xFF): lambda: (reply(0x90), self.timing.status_s),
            (0x12, 0xFF): lambda: (reply(0x90, SAM_ID), self.timing.status_s),
            (0x20, 0x01): self._find,
            (0x20, 0x02): self._select,
            (0x30, 0x01): self._read,
            (0x30, 0x10): lambda: self._read(b"\0\0"),
            (0x30, 0x03): self._address,
        }
        return table.get(command, lambda: (reply(0x21), self.timing.status_s))()

    def _reset(self) -> tuple[bytes, float]:
        self._selected = False
        return reply(0x90), self.timing.status_s

    def _set_speed(self, code: int) -> tuple[bytes, float]:
        """The answer still comes at the old speed as far as anybody says; the new one holds from the next command."""
        if code not in BAUDS:
            return reply(0x21), self.timing.status_s
        self.baud = BAUDS[code]
        return reply(0x90), self.timing.status_s

    def _find(self) -> tuple[bytes, float]:
        """A card that is already selected is not found again until it was taken away."""
        found = self._card is not None and not self._selected
        return (reply(0x9F, bytes(4)) if found else reply(0x80)), self.timing.find_s

    def _select(self) -> tuple[bytes, float]:
        if self._card is None or self._selected:
            return reply(0x81), self.timing.select_s
        self._selected = True
        return reply(0x90, bytes(8)), self.timing.select_s

    def _read(self, fingerprints: bytes = b"") -> tuple[bytes, float]:
        if self._card is None or not self._selected:
            return reply(0x41), self.timing.find_s
        sizes = len(self._card.text).to_bytes(2, "big") + len(self._card.photo).to_bytes(2, "big") + fingerprints
        return reply(0x90, sizes + self._card.text + self._card.photo), self.timing.read_s

    def _address(self) -> tuple[bytes, float]:
        if self._card is None or not self._selected:
            return reply(0x41), self.timing.find_s
        address = self._card.new_address
        return (reply(0x91) if address is None else reply(0x90, address)), self.timing.address_s


LABELS = (
    *((key, fault.label) for key, fault in FAULTS.items()),
    ("self-test", msg("Security module failed its self-test")),
    ("not-authorised", msg("Security module not authorised")),
)
"""The faults in words, for the dock."""
