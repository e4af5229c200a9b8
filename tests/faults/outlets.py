"""What came out of a simulated printer, whatever its model: how much ink in all, and what stands on the newest paper."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import zxingcpp
from PIL import Image


@dataclass(frozen=True)
class Outlet:
    """`amount`: grows whenever anything is printed, also on a paper that is still inside, and never otherwise. `papers`: how
    many have come out. `codes`: the QR codes on the newest one; None where this model's paper is not looked at.
    `length`: of the newest one, in dots or bytes."""

    amount: Callable[[], int]
    papers: Callable[[], int]
    codes: Callable[[], list[str] | None]
    length: Callable[[], int]


def slips(wire: Any) -> Outlet:
    """Of a ticket printer's far end."""

    def codes() -> list[str]:
        return [code.text for code in zxingcpp.read_barcodes(wire.slips[-1])] if wire.slips else []

    inks: list[int] = []

    def amount() -> int:
        inks.extend(_ink(slip) for slip in wire.slips[len(inks) :])
        return sum(inks) + _ink(wire._paper.picture())

    return Outlet(amount, lambda: len(wire.slips), codes, lambda: wire.slips[-1].height if wire.slips else 0)


def pages(printer: Any) -> Outlet:
    """Of a page printer that keeps its papers."""
    count = lambda: len(printer.papers)  # noqa: E731
    return Outlet(count, count, lambda: None, lambda: len(printer.papers[-1]) if printer.papers else 0)


def queue(server: Any) -> Outlet:
    """Of a print server with a folder where its pages come out."""
    count = lambda: len(server.pages_out())  # noqa: E731
    newest = lambda: server.pages_out()[-1].stat().st_size if server.pages_out() else 0  # noqa: E731
    return Outlet(count, count, lambda: None, newest)


def _ink(picture: Image.Image) -> int:
    return picture.convert("1").histogram()[0]
