"""Printers' byte parsers under any bytes: what a ticket printer answers, what one is sent, what a print service says.

Each target raises nothing but what its parser promises, holds no more than a bound, and ends.
"""

import itertools
import struct
from collections.abc import Sequence

from devices.printers import escpos_bytes as esc
from devices.printers import glyphs, ipp
from devices.printers.escpos_parse import Parser
from devices.printers.escpos_wire import Wire

LONGEST_COMMAND = 8 + 256 * 4095
"""Bytes of the longest thing that a parser may wait for: a picture."""
FEW_GLYPHS = 200_000
"""Bytes of drawn characters that are kept here: full from the first inputs on, so that what is held stays as it is."""
PIECE = 61
"""Bytes come as a cable brings them, not as whole answers."""

SEEDS_ESCPOS_ANSWERS: Sequence[bytes] = (
    b"\x12\x12\x12\x12",
    b"\x1a\x32\x12\x7e",
    b"\x37\x22" + b"0042\x00\x00\x03",
    b"\x37\x25\x00",
    b"\x10\x0f\x20\x00\x00\x00",
    b"\x10\x00\x00\x0f",
)
SEEDS_ESCPOS_PARSE: Sequence[bytes] = (
    esc.INIT + b"\x1dv0\x00\x02\x00\x03\x00\xff\xff\xff\xff\xff\xff" + esc.feed(2) + esc.CUT["partial"],
    esc.CHINESE_ON
    + esc.align(True)
    + esc.bold(True)
    + esc.size(2)
    + "号码".encode("gbk")
    + b"A027\n"
    + esc.CHINESE_OFF,
    esc.qr(b"https://kiosk.example/q/abc", 6) + b"\n",
    esc.ASK_PAPER + esc.ask_process(7) + esc.ask_status(2) + esc.CLEAR_BUFFER + esc.RETRACT + esc.present(9),
)
SEEDS_ESCPOS_WIRE = (
    *SEEDS_ESCPOS_PARSE,
    b"".join(
        esc.bold(bold) + esc.size(times) + "号A\n".encode("gbk") for bold in (True, False) for times in range(1, 9)
    ),
)
"""The last one opens every face: what they take is not taken for growth."""
SEEDS_IPP: Sequence[bytes] = (
    ipp.encode(ipp.GET_JOB, [("job-id", ipp.INTEGER, 42), ("requested-attributes", ipp.KEYWORD, "job-state")]),
    b"\x01\x01\x00\x00\x00\x00\x00\x01\x04\x44\x00\x01a\x00\x01x\x44\x00\x00\x00\x01y\x02\x23\x00\x01b\x00\x04\0\0\0\x05\x03",
)


def fuzz_escpos_answers(data: bytes) -> None:
    """What the driver hears."""
    answers = esc.Answers()
    for piece in _pieces(data):
        answers.feed(piece)
    kept = (answers.statuses, answers.papers, answers.echoes, answers.full)
    assert all(len(found) <= esc.KEPT for found in kept)
    assert len(answers._part) <= esc.LONGEST_MESSAGE + 1
    assert all(len(found) == 4 for found in answers.full)
    esc.faults_of(dict(zip(esc.STATUS_BITS, answers.statuses, strict=False)))
    for found in answers.full:
        esc.full_faults(found)


def fuzz_escpos_parse(data: bytes) -> None:
    """What the far end is sent: every byte is used up or waits for the rest of its command."""
    parser, length = Parser(), 0
    for piece in _pieces(data):
        parser.feed(piece)
        while (command := parser.take()) is not None:
            length += len(command.data)
    assert parser.waiting <= LONGEST_COMMAND
    assert length + parser.waiting <= len(data)


def fuzz_escpos_wire(data: bytes) -> None:
    """The far end works it off, on a short roll. Draws, so it is the slow one of these."""
    wire = Wire(width=64, roll_mm=300, presenter=True)
    usual, glyphs.KEPT_BYTES = glyphs.KEPT_BYTES, FEW_GLYPHS
    try:
        for piece in _pieces(data):
            wire.feed(piece)
    finally:
        glyphs.KEPT_BYTES = usual


def fuzz_ipp(data: bytes) -> None:
    """What the print service answers: an answer, or no answer."""
    try:
        answer = ipp.decode(data)
    except (struct.error, ValueError):
        return
    assert sum(map(len, itertools.chain.from_iterable(group.values() for group in answer.groups))) <= len(data)
    for name in ("printer-state", *itertools.islice(itertools.chain.from_iterable(answer.groups), 8)):
        answer.number(name)
        answer.words(name)


def _pieces(data: bytes) -> Sequence[bytes]:
    return [data[at : at + PIECE] for at in range(0, len(data), PIECE)]
