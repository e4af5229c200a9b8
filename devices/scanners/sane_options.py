"""What a scanner can do, read from `scanimage -A`, and an order in that device's own words.

SANE names its well-known options (SANE standard 1.06, 4.5): --source, --mode, --resolution, -x, -y. Their values are the
backend's own: "Flatbed", "FlatBed", "Platen"; "ADF", "Automatic Document Feeder"; "Color", "24bit Color".
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kiosk.ports.scanner import ScannerCapabilities, ScanOrder, Source

OPTION = re.compile(r"^ {4}(-[a-z]|--[\w-]+) (?P<values>.*?)(?: \[(?P<value>[^\[\]]*)\])?$", re.MULTILINE)
RANGE = re.compile(r"(-?[\d.]+)\.\.(-?[\d.]+)(dpi|mm|pel)?(?:,\.\.\.)?(?: \(in steps of ([\d.]+)\))?")
DPIS = (75, 100, 150, 200, 300, 400, 600, 1200)
"""Offered where a device takes any resolution between two."""
A4_MM = (210.0, 297.0)
FEEDER, NO_FEEDER = re.compile(r"adf|feeder", re.IGNORECASE), re.compile(r"slide|transp|film", re.IGNORECASE)
OTHER_SIDE = re.compile(r"duplex|back|card", re.IGNORECASE)
GLASS = re.compile(r"flat|platen|table|normal", re.IGNORECASE)
COLOUR, GREY = re.compile(r"colou?r", re.IGNORECASE), re.compile(r"gr[ae]y", re.IGNORECASE)


@dataclass(frozen=True)
class SaneOptions:
    """The options that matter here. `sources`: what a source is called there, None where it needs no naming; `modes`
    by whether they are in colour; `glass_mm` None where the device does not speak of millimetres."""

    sources: Mapping[Source, str | None]
    modes: Mapping[bool, str]
    dpis: tuple[int, ...]
    glass_mm: tuple[float, float] | None
    has_depth: bool

    def capabilities(self) -> ScannerCapabilities:
        """In the port's words."""
        width, height = self.glass_mm or A4_MM
        return ScannerCapabilities(tuple(self.sources), self.dpis, True in self.modes, width, height)

    def dpi(self, wanted: int) -> int:
        """The resolution wanted, or the next finer one; the finest where there is none. 300 where nobody says."""
        finer = [dpi for dpi in self.dpis if dpi >= wanted]
        return min(finer) if finer else max(self.dpis, default=300)

    def arguments(self, order: ScanOrder) -> list[str]:
        """The order for scanimage's command line. Raises KeyError for a source the device does not have."""
        found = []
        if source := self.sources[order.source]:
            found.append(f"--source={source}")
        if mode := self.modes.get(order.colour) or next(iter(self.modes.values()), None):
            found.append(f"--mode={mode}")
        if self.has_depth:
            found.append("--depth=8")  # all that a JPEG file holds
        if self.dpis:
            found.append(f"--resolution={self.dpi(order.dpi)}")
        return found + self._geometry()

    def _geometry(self) -> list[str]:
        if self.glass_mm is None:
            return []
        width, height = (min(paper, glass) for paper, glass in zip(A4_MM, self.glass_mm, strict=True))
        return ["-l", "0", "-t", "0", "-x", f"{width:g}", "-y", f"{height:g}"]


def parse(text: str, feeder: str = "") -> SaneOptions:
    """The options in what `scanimage -A` printed, and the device's own name of its feeder where the station says one."""
    options = {match[1]: match["values"] for match in OPTION.finditer(text) if match["value"] != "inactive"}
    return SaneOptions(
        _sources(_words(options.get("--source", "")), feeder),
        _modes(_words(options.get("--mode", ""))),
        _dpis(options.get("--resolution", "")),
        _glass(options),
        "8" in _words(options.get("--depth", "")),
    )


def _words(values: str) -> list[str]:
    return [word for word in values.split("|") if word and word != "auto"]


def _sources(names: list[str], feeder: str) -> dict[Source, str | None]:
    """A device that names no sources has a glass; one whose only source is a feeder has none."""
    if not names:
        return {Source.FEEDER: None} if feeder else {Source.FLATBED: None}
    sheets = [name for name in names if FEEDER.search(name) and not NO_FEEDER.search(name)]
    plain = [name for name in sheets if not OTHER_SIDE.search(name)]
    glass = [name for name in names if GLASS.search(name) and name not in sheets]
    found: dict[Source, str | None] = {}
    if glass:
        found[Source.FLATBED] = glass[0]
    if chosen := feeder or next(iter(plain or sheets), ""):
        found[Source.FEEDER] = chosen
    return found or {Source.FLATBED: None}


def _modes(names: list[str]) -> dict[bool, str]:
    """The plainest name of each: "Color" before "Color (fast)"."""
    found: dict[bool, str] = {}
    for colour, pattern in ((True, COLOUR), (False, GREY)):
        if named := sorted((name for name in names if pattern.search(name)), key=len):
            found[colour] = named[0]
    return found


def _dpis(values: str) -> tuple[int, ...]:
    if match := RANGE.search(values):
        low, high, step = float(match[1]), float(match[2]), float(match[4] or 1)
        return tuple(dpi for dpi in DPIS if low <= dpi <= high and (dpi - low) % step == 0) or (round(high),)
    return tuple(sorted(_numbers(values.removesuffix("dpi").split("|"))))


def _numbers(words: Iterable[str]) -> set[int]:
    return {round(float(word)) for word in words if re.fullmatch(r"\d+(\.\d+)?", word)}


def _glass(options: Mapping[str, str]) -> tuple[float, float] | None:
    sides = [RANGE.search(options.get(side, "")) for side in ("-x", "-y")]
    lengths = [float(side[2]) for side in sides if side and side[3] == "mm" and float(side[2]) > 0]
    return (lengths[0], lengths[1]) if len(lengths) == 2 else None
