"""A signature: an SVG of plain lines and nothing else (see kiosk.signature, which writes them)."""

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from kiosk.approval.examine.verdict import MOST_DRAWING_BYTES, Bad
from kiosk.contract.files import Fault

SVG = "{http://www.w3.org/2000/svg}"
NUMBER = r"-?\d{1,7}(\.\d{1,6})?"
SIZE = re.compile(rf"{NUMBER}(px|mm|%)?")
COLOUR = re.compile(r"none|black|#[0-9a-fA-F]{3,6}")
ROOT = {"viewBox": re.compile(rf"{NUMBER}([ ,]+{NUMBER}){{3}}"), "width": SIZE, "height": SIZE, "version": SIZE}
PATH = {
    "d": re.compile(r"[MmLlHhVvCcSsQqTtAaZz0-9eE+\-., \n]*"),
    "fill": COLOUR,
    "stroke": COLOUR,
    "stroke-width": SIZE,
    "stroke-linecap": re.compile(r"butt|round|square"),
    "stroke-linejoin": re.compile(r"miter|round|bevel"),
}


def examine(file: Path) -> None:
    """Raises Bad unless the drawing is an `svg` of `path`s with plain attributes."""
    if file.stat().st_size > MOST_DRAWING_BYTES:
        raise Bad(Fault.TOO_LARGE)
    try:
        elements = list(_elements(file))
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise Bad(Fault.DAMAGED) from error
    root, *paths = elements
    if not paths or not _plain(root, "svg", ROOT) or not all(_plain(path, "path", PATH) for path in paths):
        raise Bad(Fault.ACTIVE)


def _elements(file: Path) -> Iterator[Element]:
    """Every element from the root on, without document types and entities."""
    for _, element in iterparse(file, events=("start",), forbid_dtd=True):
        yield element


def _plain(element: Element, tag: str, allowed: dict[str, re.Pattern[str]]) -> bool:
    fits = all(name in allowed and allowed[name].fullmatch(value) for name, value in element.attrib.items())
    return element.tag == SVG + tag and fits and not (element.text or "").strip() and not (element.tail or "").strip()
