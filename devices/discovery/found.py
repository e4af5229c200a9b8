"""A thing that is connected, and what it probably is, by the table `config/devices.toml`."""

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).resolve().parents[2] / "config" / "devices.toml"
UNKNOWN = "unknown"


@dataclass(frozen=True)
class Usb:
    """What a USB device says of itself: vendor and product (four hex digits each), its names, its serial number."""

    ids: str
    maker: str = ""
    product: str = ""
    serial: str = ""


@dataclass(frozen=True)
class Guess:
    """What something probably is. `kinds`: the device kinds it may serve as, the likeliest first; () for none."""

    text: str = UNKNOWN
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Found:
    """Something that is connected. `bus`: how it is reached (serial, usb printer, video, input, sane, cups, pcsc, ups);
    `path`: its most lasting name; `node`: what it is called today, where that is another."""

    bus: str
    path: str
    guess: Guess
    node: str = ""
    about: str = ""
    usb: Usb | None = None

    def settings(self) -> str:
        """Lines to paste into a station's file, one table for each thing it may be; empty when that is not known."""
        tables = [_table(kind, self.bus, self.path) for kind in self.guess.kinds]
        return "\n\n".join(table for table in tables if table)


_LINES: Mapping[tuple[str, str], Sequence[tuple[str, str]]] = {
    ("card_reader", "serial"): (("model", "sdt"), ("url", "")),
    ("ticket_printer", "serial"): (("model", "escpos"), ("url", "")),
    ("ticket_printer", "usb printer"): (("model", "escpos"), ("url", "")),
    ("code_scanner", "serial"): (("model", "serial"), ("url", "")),
    ("code_scanner", "input"): (("model", "hid"), ("path", "")),
    ("board", "serial"): (("model", "serial_board"), ("url", "")),
    ("document_camera", "video"): (("model", "v4l2"), ("url", "")),
    ("document_scanner", "sane"): (("model", "sane"), ("device", "")),
    ("a4_printer", "cups"): (("model", "cups"), ("queue", "")),
    ("citizen_card_reader", "pcsc"): (("model", "pcsc"), ("reader", "")),
    ("power", "ups"): (("model", "nut"), ("ups", "")),
    ("headphones", "input"): (("model", "evdev"), ("path", "")),
}
"""(kind, bus) -> the options in their order; an empty value is where it was found. Held against the registry by test."""


def _table(kind: str, bus: str, path: str) -> str:
    lines = _LINES.get((kind, bus))
    if lines is None:
        return ""
    said = (f"{name} = {json.dumps(value or path, ensure_ascii=False)}" for name, value in lines)
    return "\n".join((f"[devices.{kind}]", *said))


@cache
def known(table: Path = TABLE) -> Mapping[str, Guess]:
    """USB ids ("1a86:7523", or "0c2e:*" for a maker) -> what has them."""
    with table.open("rb") as file:
        entries = tomllib.load(file)["usb"]
    return {ids: Guess(entry["is"], tuple(entry.get("kinds", ()))) for ids, entry in entries.items()}


def guess_usb(usb: Usb | None) -> Guess:
    """What a USB device probably is: by its ids, else by its maker's."""
    if usb is None:
        return Guess()
    table = known()
    maker = usb.ids.partition(":")[0]
    return table.get(usb.ids) or table.get(f"{maker}:*") or Guess()
