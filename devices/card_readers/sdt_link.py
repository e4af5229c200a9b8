"""One question and its answer over the SDT protocol: time limits, resync, and nobody else's answer.

The protocol has no message numbers, so a late answer to an earlier question could be taken for this one's. Three things
prevent it: what has arrived is forgotten before each question; an answer of another question's shape is dropped; and
after anything went wrong the line is settled by a question whose answer cannot be confused with another (SAM status).
"""

import time
from dataclasses import dataclass, field

from devices.card_readers import sdt_frame
from devices.card_readers.sdt_frame import Body, Damage, Decoder, Reply
from devices.card_readers.sdt_status import Act, meaning
from devices.transports.faults import another_answers, silent
from devices.transports.line import Line
from kiosk.errors import DeviceUnavailable, Fault

ANYWHERE = frozenset({0x01, 0x02, 0x03, 0x05, 0x10, 0x11, 0x21, 0x23, 0x24, 0x60, 0x66})
CARD_TROUBLE = frozenset({0x31, 0x32, 0x33, 0x40, 0x41, 0x47})
GRACE_S = 0.15
"""How much longer to listen after an answer that hardly belongs to the question."""
GAP_S = 0.3
"""A pause of this length inside a frame means that its rest will not come."""
WRITE_S = 1.0
MOST_BYTES = 16_384
"""More than that in answer to one question is noise, however long it goes on."""


@dataclass(frozen=True)
class Command:
    """A command, the shape of its good answers (status -> data lengths), the refusals that fit, and its time limit.

    `silence`: what it means when a reader that is alive does not answer this one in time; None: it is out of order.
    """

    name: str
    cmd: int
    para: int
    good: dict[int, frozenset[int]]
    refusals: frozenset[int] = frozenset()
    limit_s: float = 0.5
    silence: int | None = None

    def fits(self, reply: Reply) -> bool:
        """Whether the reply can be this command's."""
        if reply.sw3 in self.good:
            return len(reply.data) in self.good[reply.sw3]
        return reply.sw3 in self.refusals or reply.sw3 in ANYWHERE or not self._known_elsewhere(reply)

    @staticmethod
    def _known_elsewhere(reply: Reply) -> bool:
        return reply.sw3 in {0x90, 0x9F, 0x91, 0x80, 0x81} | CARD_TROUBLE


class Silence(Damage):
    """Not a byte came."""


class Noise(Damage):
    """Bytes came, and no frame among them: another device, or another speed."""


def _sizes(*sizes: int) -> frozenset[int]:
    return frozenset(sizes)


SAM_STATUS = Command("SAM status", 0x11, 0xFF, {0x90: _sizes(0)})
SAM_ID = Command("SAM id", 0x12, 0xFF, {0x90: _sizes(16)})
FIND = Command("find", 0x20, 0x01, {0x9F: _sizes(4)}, frozenset({0x80}) | CARD_TROUBLE, 1.5)
SELECT = Command("select", 0x20, 0x02, {0x90: _sizes(8)}, frozenset({0x81}) | CARD_TROUBLE, 1.0, 0x81)
READ = Command(
    "read", 0x30, 0x01, {0x90: _sizes(4 + 256 + 1024)}, frozenset({0x80, 0x81, 0x91}) | CARD_TROUBLE, 2.5, 0x41
)
ADDRESS_SIZE = 70
ADDRESS_SIZES = frozenset(range(2, 513, 2)) - {8, 16}
"""Only 70 is documented, by one implementation; an answer of another length still says that the card lies there. Not the
lengths of other commands' answers."""
ADDRESS = Command(
    "newest address", 0x30, 0x03, {0x90: ADDRESS_SIZES, 0x91: _sizes(0)}, frozenset({0x80}) | CARD_TROUBLE, 1.5, 0x80
)


@dataclass
class Link:
    """Asks over an open line; used by one thread. Raises DeviceUnavailable."""

    line: Line
    baud: int
    _decoder: Decoder = field(default_factory=Decoder)
    _settled: bool = True
    _heard: int = 0
    """How many bytes came since the question."""

    def close(self) -> None:
        """Let go of the line."""
        self.line.close()

    def ask(self, command: Command) -> Reply:
        """The reader's answer to a command; asked a second time when question or answer were damaged on the way."""
        if not self._settled:
            self._settle()
        answer = self._once(command)
        if isinstance(answer, Damage) or meaning(answer.sw3).act is Act.RESEND:
            self._settle()
            answer = self._again(command, answer)
        if isinstance(answer, Damage):
            raise self._not_understood(answer)
        return answer

    def _again(self, command: Command, first: Reply | Damage) -> Reply | Damage:
        """The answer to the second attempt; none is made where silence has a meaning of its own."""
        if command.silence is not None and isinstance(first, Silence):
            return Reply(command.silence)
        return self._once(command)

    def _settle(self) -> None:
        """Empty the line: the reader answers in order, so after this answer nothing older can come."""
        answer = self._once(SAM_STATUS)
        if isinstance(answer, Damage):
            answer = self._once(SAM_STATUS)
        if isinstance(answer, Damage):
            raise self._not_understood(answer)

    def _once(self, command: Command) -> Reply | Damage:
        self.line.drain()
        self._decoder.reset()
        self._heard = 0
        self.line.write(sdt_frame.request(command.cmd, command.para), WRITE_S)
        self._settled = False
        answer = self._listen(command)
        self._settled = isinstance(answer, Reply)
        return answer

    def _listen(self, command: Command) -> Reply | Damage:
        """The first answer that fits; one that hardly does when nothing better comes."""
        end = time.monotonic() + command.limit_s
        second_best: Reply | None = None
        trouble: Damage | None = None
        while (got := self._next(end)) is not None:
            if isinstance(got, Reply) and command.fits(got):
                return got
            if isinstance(got, Reply) and got.sw3 not in command.good and got.sw3 not in {0x90, 0x9F, 0x91}:
                second_best = got
            elif isinstance(got, Damage):
                trouble = got
            end = min(end, time.monotonic() + GRACE_S) if second_best or trouble else end
        return second_best or trouble or self._silence(command)

    def _next(self, end: float) -> Reply | Damage | None:
        """The next frame, or None at the end; a frame that stops in the middle is damage."""
        while (found := self._decoder.take()) is None:
            started = self._decoder.started
            limit = self._rest_s() if started else end - time.monotonic()
            # What never stops sending is not listened to for ever.
            chunk = self.line.read(self._decoder.missing, limit) if limit > 0 else b""
            self._heard += len(chunk)
            if not chunk or self._heard > MOST_BYTES:
                return self._stopped(started)
            self._decoder.feed(chunk)
        return Reply.of(found.data) if isinstance(found, Body) else found

    def _rest_s(self) -> float:
        """How long the awaited rest of a frame may take at this speed, with a pause."""
        return self._decoder.missing * 10 / self.baud * 1.5 + GAP_S

    def _stopped(self, started: bool) -> Damage | None:
        if not started or self._heard > MOST_BYTES:
            return None
        self._decoder.reset()
        return Damage("a frame stopped in the middle")

    def _silence(self, command: Command) -> Damage:
        if self._decoder.noise:
            return Noise("noise instead of frames")
        return Silence(f"no answer to '{command.name}' within {command.limit_s} s")

    def _not_understood(self, damage: Damage) -> DeviceUnavailable:
        where = f"on {self.line.url} at {self.baud} baud"
        if isinstance(damage, Silence):
            return silent("card reader", where)
        if not isinstance(damage, Noise):
            reason = f"The card reader on {self.line.url} sends damaged frames ({damage.reason}). Check its cable, or replace it."
            return DeviceUnavailable(reason, Fault.HARDWARE)
        return another_answers("card reader", where)
