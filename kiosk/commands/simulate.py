"""`kiosk simulate sdt|escpos|social-card|codes|board`: the far end of a device's cable, for any program that speaks its protocol.

What a person would do with their hands is typed on standard input; `help` lists it. End with `quit` or Ctrl-C; the end of
standard input alone does not end it.
"""

import argparse
import os
import select
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from devices.hands import Handled, do
from kiosk.errors import KioskError, SetupError

if TYPE_CHECKING:
    from devices.transports.sim import Wire

FAILED = 3
STDIN = 0
VPCD_PORT = 35963
"""Where vsmartcard-vpcd listens unless it was told otherwise."""


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `simulate` with its devices."""
    parser = subparsers.add_parser("simulate", help="be the far end of a device's cable", description=__doc__)
    devices = parser.add_subparsers(dest="device", required=True, metavar="DEVICE")
    sdt = devices.add_parser("sdt", help="an ID-card reader on a pseudo-terminal")
    sdt.add_argument("--link", required=True, type=Path, metavar="PATH", help="where programs find the port")
    sdt.add_argument("--card", metavar="NAME|FILE", help="a sample card's name, or a .json file, to begin with")
    sdt.add_argument("--baud", type=int, default=115200, metavar="N", help="the speed the reader understands (115200)")
    sdt.add_argument("--fault", default="", metavar="NAME[:N]", help="misbehave, or only for the next N answers")
    sdt.add_argument(
        "--timing", choices=("usual", "instant", "slow"), default="usual", help="how long the reader thinks"
    )
    codes = devices.add_parser("codes", help="a code scanner on a pseudo-terminal")
    codes.add_argument("--link", required=True, type=Path, metavar="PATH", help="where programs find the port")
    codes.add_argument("--suffix", choices=("cr", "crlf", "lf", "none"), default="cr", help="what ends a code")
    board = devices.add_parser("board", help="a board for lamps, door and proximity on a pseudo-terminal")
    board.add_argument("--link", required=True, type=Path, metavar="PATH", help="where programs find the port")
    escpos = devices.add_parser("escpos", help="a ticket printer on TCP")
    escpos.add_argument("--listen", required=True, metavar="HOST:PORT", help="127.0.0.1:9100; port 0 picks a free one")
    escpos.add_argument("--out", required=True, type=Path, metavar="DIR", help="folder for slip-001.png and so on")
    escpos.add_argument("--width", type=int, default=576, metavar="DOTS", help="384 or 576 (default)")
    social = devices.add_parser("social-card", help="a social-security card in vpcd's virtual PC/SC reader")
    social.add_argument("--port", type=int, default=VPCD_PORT, metavar="N", help=f"the reader's port ({VPCD_PORT})")
    social.add_argument("--card", default="", metavar="NAME", help="a sample card's name, to begin with")
    social.add_argument("--fault", default="", metavar="NAME", help="pin, blocked, other-card, mute, slow, garbage")


def run(args: argparse.Namespace) -> int:
    """Play the device until told to quit."""
    try:
        roles = {"sdt": _sdt, "escpos": _escpos, "social-card": _social_card, "codes": _codes, "board": _board}
        roles[args.device](args)
    except KioskError as error:
        print(error, file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        pass
    return 0


def _sdt(args: argparse.Namespace) -> None:
    from devices.card_readers import sdt_wire

    timing = {"usual": sdt_wire.USUAL, "instant": sdt_wire.INSTANT, "slow": sdt_wire.SLOW}[args.timing]
    wire = sdt_wire.Wire(args.baud, timing=timing)
    if args.card:
        wire.place(args.card)
    _set_fault(wire, args.fault)
    _on_a_line(args.link, wire, f"ID-card reader ready at {args.link}, {args.baud} baud")


def _codes(args: argparse.Namespace) -> None:
    from devices.code_scanners.serial_wire import Wire

    _on_a_line(args.link, Wire(suffix=args.suffix), f"Code scanner ready at {args.link}")


def _board(args: argparse.Namespace) -> None:
    from devices.boards.serial_wire import Wire

    _on_a_line(args.link, Wire(), f"Board ready at {args.link}")


def _on_a_line(path: Path, wire: "Wire", ready: str) -> None:
    """Play a wire on a pseudo-terminal."""
    from devices.transports.pty_link import PtyLink

    link = PtyLink(path, wire)
    try:
        _ready(ready)
        _listen(link.turn, wire, lambda fault: _set_fault(wire, fault))
    finally:
        link.unplug()


def _escpos(args: argparse.Namespace) -> None:
    from devices.printers.escpos_server import EscposServer
    from devices.printers.escpos_wire import Wire

    if args.width % 8 or not 200 <= args.width <= 1280:
        raise SetupError(f"--width is {args.width}; it must be a multiple of 8 from 200 to 1280, such as 576.")
    try:
        args.out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SetupError(f"The folder {args.out} cannot be made: {error.strerror}.") from error
    wire = Wire(args.width, str(args.out))
    server = EscposServer(args.listen, wire)
    try:
        _ready(f"Ticket printer ready at {server.address}, slips go to {args.out}")
        _listen(server.turn, wire, wire.break_with)
    finally:
        server.close()


def _social_card(args: argparse.Namespace) -> None:
    from devices.citizen_cards.pcsc_card import PcscCard

    slot = PcscCard(args.port)
    try:
        slot.break_with(args.fault)
        if args.card:
            slot.place(args.card)
        _ready(f"Slot ready at vpcd's port {args.port}")
        _listen(_wait, slot, slot.break_with)
    finally:
        slot.remove()


def _wait(ear: int, wait_s: float) -> bool:
    """Nothing to turn: the card in the slot answers by itself."""
    return bool(select.select([ear] if ear >= 0 else [], [], [], wait_s)[0])


def _set_fault(wire: Handled, fault: str) -> None:
    """A wire's fault by its hand, or a reader's for the next N answers."""
    name, _, times = fault.partition(":")
    if times.isdecimal():
        wire.break_with(name, int(times))  # type: ignore[attr-defined]
    elif name:
        do(wire, "fault", name)


def _ready(line: str) -> None:
    print(line, flush=True)


def _listen(turn: Callable[[int, float], bool], wire: Handled, break_with: Callable[[str], None]) -> None:
    """Turn the cable and obey lines of standard input, until `quit`."""
    ear, typed = STDIN, b""
    while True:
        if not turn(ear, 0.2):
            continue
        data = os.read(ear, 4096)
        if not data:
            ear = -1  # a closed standard input: play on
        *lines, typed = (typed + data).split(b"\n")
        for line in lines:
            if not _obey(line.decode(errors="replace").split(), wire, break_with):
                return


def _obey(words: list[str], wire: Handled, break_with: Callable[[str], None]) -> bool:
    """Do what a line says and answer with one line; False to quit."""
    if not words:
        return True
    key, choice = words[0], " ".join(words[1:])
    if key == "quit":
        return False
    try:
        _ready(_done(key, choice, wire, break_with))
    except (KioskError, KeyError, ValueError) as error:
        _ready(f"error: {error.args[0] if error.args else error}")
    return True


def _done(key: str, choice: str, wire: Handled, break_with: Callable[[str], None]) -> str:
    if key == "help":
        return (
            "; ".join(f"{hand.key} {'|'.join(name for name, _ in hand.choices)}".strip() for hand in wire.hands())
            + "; quit"
        )
    if key == "fault":
        break_with(choice)
    else:
        do(wire, key, choice)
    return f"ok: {key} {choice}".rstrip()
