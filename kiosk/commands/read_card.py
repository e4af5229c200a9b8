"""`kiosk read-card`: wait for one ID card, print what it says, leave.

For installers (is this reader the right one?) and for programs (`--json`). Exit status: 0 read, 2 wrong use, 3 no reader
there, 4 no card in time, 5 unreadable, 6 not genuine, 7 reader fault. Nothing is kept or logged.
"""

import argparse
import io
import json
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from devices.card_readers.sdt import SdtReader
from devices.transports.faults import BadAddress
from kiosk.errors import CardGone, CardNotGenuine, CardUnreadable, DeviceError, DeviceUnavailable, Fault
from kiosk.ports.card_reader import IdCard

READ, WRONG_USE, NO_READER, NO_CARD, UNREADABLE, NOT_GENUINE, READER_FAULT = 0, 2, 3, 4, 5, 6, 7
NAMES = {
    WRONG_USE: "wrong_use",
    NO_READER: "no_reader",
    NO_CARD: "no_card",
    UNREADABLE: "unreadable",
    NOT_GENUINE: "not_genuine",
    READER_FAULT: "reader_fault",
}
BAUDS = (9600, 19200, 38400, 57600, 115200)
SLICE_S = 0.25
POWER_ON_S = 2.5
"""A security module answers two seconds after it got power: so long a silent one is asked again."""
NOT_THERE = {Fault.UNPLUGGED, Fault.NO_ANSWER, Fault.OFFLINE, Fault.WRONG_DEVICE}
KEYS = (
    "kind", "name", "name_latin", "sex", "ethnicity", "nationality", "birth_date", "address", "printed_address", "number",
    "issuer", "valid_from", "valid_until", "pass_number", "issue_count",
)  # fmt: skip


class NoCardInTime(DeviceError):
    """Nobody put a card on the reader."""


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `read-card`."""
    parser = subparsers.add_parser(
        "read-card",
        help="wait for one ID card, print it and leave",
        description="Waits for one ID card on an SDT reader, reads it, prints it and leaves.",
        epilog="Exit status: 0 read, 2 wrong use, 3 no reader there, 4 no card in time, 5 unreadable, 6 not genuine, "
        "7 reader fault.",
    )
    parser.add_argument(
        "--port", required=True, metavar="URL", help="/dev/ttyUSB0, socket://host:port, or another pyserial URL"
    )
    parser.add_argument("--baud", type=int, default=115200, choices=BAUDS, metavar="N", help="9600 to 115200 (default)")
    parser.add_argument(
        "--timeout", type=_seconds, default=30.0, metavar="S", help="seconds to wait for a card (default 30)"
    )
    parser.add_argument("--photo", type=Path, metavar="FILE", help="write the photo there as a picture")
    parser.add_argument(
        "--photo-decoder", default="", metavar="PATH", help="a vendor's library (.so) or program that decodes photos"
    )
    parser.add_argument("--json", action="store_true", help="print JSON, errors included, on standard output")


def run(args: argparse.Namespace) -> int:
    """Read one card; the exit status says how it went."""
    reader = SdtReader(SdtReader.Options(args.port, args.baud, photo_decoder=args.photo_decoder))
    try:
        _open(reader)
    except BadAddress as error:
        return _failed(WRONG_USE, error, args.json)
    except DeviceUnavailable as error:
        return _failed(NO_READER if error.fault in NOT_THERE else READER_FAULT, error, args.json)
    try:
        card = _wait_and_read(reader, args.timeout)
        _say(card, args.json)
        if args.photo:
            _write(reader.portrait(card), args.photo)
    except DeviceError as error:
        return _failed(_status(error), error, args.json)
    finally:
        reader.close()
    return READ


def _open(reader: SdtReader) -> None:
    """Open; a reader that has just got power is given the time it takes."""
    end = time.monotonic() + POWER_ON_S
    while True:
        try:
            return reader.open()
        except DeviceUnavailable as error:
            if error.fault is not Fault.NO_ANSWER or time.monotonic() > end:
                raise


def _wait_and_read(reader: SdtReader, timeout_s: float) -> IdCard:
    """The card; one that was taken away too soon is waited for again."""
    end = time.monotonic() + timeout_s
    while True:
        _wait(reader, end, timeout_s)
        try:
            return reader.read()
        except CardGone:
            if time.monotonic() >= end:
                raise


def _wait(reader: SdtReader, end: float, timeout_s: float) -> None:
    while not reader.await_card(max(0.0, min(SLICE_S, end - time.monotonic()))):
        if time.monotonic() >= end:
            raise NoCardInTime(f"No card was put on the reader within {timeout_s:g} seconds.")


def _status(error: DeviceError) -> int:
    if isinstance(error, NoCardInTime):
        return NO_CARD
    if isinstance(error, CardNotGenuine):
        return NOT_GENUINE
    if isinstance(error, CardUnreadable | CardGone):
        return UNREADABLE
    gone = isinstance(error, DeviceUnavailable) and error.fault is Fault.UNPLUGGED
    return NO_READER if gone else READER_FAULT


def _failed(status: int, error: Exception, as_json: bool) -> int:
    if as_json:
        print(json.dumps({"error": NAMES[status], "message": str(error)}, ensure_ascii=False))
    else:
        print(error, file=sys.stderr)
    return status


def _write(picture: bytes | None, path: Path) -> None:
    """Write the picture for its owner's eyes only; say why where there is none."""
    if picture is None:
        print("No photo was written: the decoder of --photo-decoder gave no picture.", file=sys.stderr)
        return
    try:
        path.touch(mode=0o600)
        path.write_bytes(picture)
    except OSError as error:
        print(f"The photo cannot be written to {path}: {error.strerror}.", file=sys.stderr)


def _say(card: IdCard, as_json: bool) -> None:
    values = {key: _plain(getattr(card, key)) for key in KEYS}
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal without Chinese is no reason to fail
    if as_json:
        print(json.dumps(values, ensure_ascii=False))
    else:
        print("\n".join(_lines(values)))


def _lines(values: dict[str, str | int | None]) -> Iterator[str]:
    for key, value in values.items():
        if value is not None:
            yield f"{key.replace('_', ' '):14} {value}"


def _plain(value: object) -> str | int | None:
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, int) or value is None else str(value)


def _seconds(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 86_400:
        raise argparse.ArgumentTypeError("must be from 0 to 86400 seconds")
    return value
