"""The ways a simulated SDT reader misbehaves, each a name and a function from a sound answer to what is sent instead."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from devices.card_readers.sdt_frame import HEADER, PREAMBLE, reply
from devices.transports.sim import Burst
from kiosk.texts import Msg, msg

NOISE = b"\x00\xff\xaa\xaa\xaa\xaa\x96\x13\xaa"
"""Line noise that begins like a preamble, more than once."""
FIND = b"\x20\x01"
SELECT = b"\x20\x02"
READ = b"\x30\x01"
CARD = frozenset({FIND, SELECT, READ})
LATE_S = 2.8
"""Longer than any host waits for a card's text."""

WHOLE_READER: Mapping[str, int] = {"self-test": 0x60, "not-authorised": 0x66}
"""States in which the module answers every command with one code."""


@dataclass(frozen=True, repr=False)
class Sent:
    """A sound answer, the answer before it, how long it takes, and the command it answers."""

    answer: bytes
    last: bytes
    think_s: float
    command: bytes


class Reader(Protocol):
    """What a fault may do to the reader afterwards."""

    def remove(self) -> None: ...
    def unplug(self) -> None: ...


@dataclass(frozen=True)
class FaultMood:
    """How an answer is spoilt, for which commands (none: all), and what happens to the reader afterwards."""

    label: Msg
    send: Callable[[Sent], Iterable[Burst]]
    only: frozenset[bytes] = frozenset()
    after: Callable[[Reader], None] | None = None

    def concerns(self, command: bytes) -> bool:
        """Whether the answer to this command is spoilt."""
        return not self.only or command in self.only


def _status(sw3: int) -> Callable[[Sent], Iterable[Burst]]:
    return lambda sent: (Burst(reply(sw3), sent.think_s),)


def _noise(sent: Sent) -> Iterable[Burst]:
    return (Burst(NOISE + sent.answer, sent.think_s),)


def _split(sent: Sent) -> Iterable[Burst]:
    """One byte, then the rest of the header, then chunks of 512, as USB bridges do."""
    yield Burst(sent.answer[:1], sent.think_s)
    yield Burst(sent.answer[1:HEADER], 0.01)
    for at in range(HEADER, len(sent.answer), 512):
        yield Burst(sent.answer[at : at + 512], 0.01)


def _checksum(sent: Sent) -> Iterable[Burst]:
    return (Burst(sent.answer[:-1] + bytes((sent.answer[-1] ^ 0x55,)), sent.think_s),)


def _truncated(sent: Sent) -> Iterable[Burst]:
    return (Burst(sent.answer[: max(HEADER + 1, len(sent.answer) // 2)], sent.think_s),)


def _length(sent: Sent) -> Iterable[Burst]:
    return (Burst(PREAMBLE + b"\xff\xff" + sent.answer[HEADER:], sent.think_s),)


def _duplicate(sent: Sent) -> Iterable[Burst]:
    """The answer before this one comes once more, first."""
    return (Burst(sent.last + sent.answer, sent.think_s),)


def _late(sent: Sent) -> Iterable[Burst]:
    return (Burst(sent.answer, sent.think_s + LATE_S),)


def _flapping(sent: Sent) -> Iterable[Burst]:
    """Two cards disturb each other: neither is found or selected."""
    return (Burst(reply(0x80 if sent.command == FIND else 0x81), sent.think_s),)


FAULTS: Mapping[str, FaultMood] = {
    "noise": FaultMood(msg("Noise before every answer"), _noise),
    "split": FaultMood(msg("Answers in pieces"), _split),
    "checksum": FaultMood(msg("Wrong checksums"), _checksum),
    "truncated": FaultMood(msg("Answers cut off"), _truncated),
    "length": FaultMood(msg("Impossible lengths"), _length),
    "silent": FaultMood(msg("No answers"), lambda sent: ()),
    "duplicate": FaultMood(msg("The answer before comes again"), _duplicate),
    "late": FaultMood(msg("The card's text comes too late"), _late, frozenset({READ})),
    "command": FaultMood(msg("The reader refuses the command"), _status(0x21), CARD),
    "not-permitted": FaultMood(msg("The reader may not read"), _status(0x23), CARD),
    "auth-sam": FaultMood(msg("The card does not accept the reader"), _status(0x31), frozenset({READ})),
    "auth-card": FaultMood(msg("The card is not genuine"), _status(0x32), frozenset({READ})),
    "signature": FaultMood(msg("The card's signature is wrong"), _status(0x33), frozenset({READ})),
    "other-card": FaultMood(msg("Another kind of card"), _status(0x40), frozenset({READ})),
    "unreadable": FaultMood(msg("The card cannot be read"), _status(0x41), frozenset({READ})),
    "random": FaultMood(msg("The card gives no random number"), _status(0x47), frozenset({READ})),
    "empty": FaultMood(msg("The card is empty"), _status(0x91), frozenset({READ})),
    "two-cards": FaultMood(msg("Two cards at once"), _flapping, CARD - {READ}),
    "pulled-away": FaultMood(
        msg("Card pulled away while read"), _status(0x41), frozenset({READ}), lambda r: r.remove()
    ),
    "unplug-read": FaultMood(msg("Cable pulled while read"), _truncated, frozenset({READ}), lambda r: r.unplug()),
}
"""Name -> mood."""
