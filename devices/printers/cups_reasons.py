"""What an IPP printer's state reasons and supply levels mean (RFC 8011 5.4.12, PWG 5100.9, PWG 5100.13): pure.

A reason is a stem with a suffix: `-error` stops the printer, `-warning` may (CUPS and others turn one into the other),
`-report` is no trouble.
"""

import logging
from collections.abc import Iterable, Iterator, Mapping

from devices.printers.ipp import Answer
from kiosk.errors import Fault
from kiosk.journal import Shown
from kiosk.ports.printer import Supply

log = logging.getLogger(__name__)

REASONS: Mapping[str, Fault] = {
    "media-jam": Fault.PAPER_JAM,
    "media-empty": Fault.PAPER_OUT,
    "media-needed": Fault.PAPER_OUT,
    "media-low": Fault.PAPER_LOW,
    "input-tray-missing": Fault.PAPER_OUT,
    "output-area-full": Fault.OUTPUT_FULL,
    "output-tray-missing": Fault.COVER_OPEN,
    "cover-open": Fault.COVER_OPEN,
    "door-open": Fault.COVER_OPEN,
    "interlock-open": Fault.COVER_OPEN,
    "toner-low": Fault.TONER_LOW,
    "toner-empty": Fault.TONER_OUT,
    "marker-supply-low": Fault.TONER_LOW,
    "marker-supply-empty": Fault.TONER_OUT,
    "marker-waste-full": Fault.TONER_OUT,
    "developer-low": Fault.TONER_LOW,
    "developer-empty": Fault.TONER_OUT,
    "opc-life-over": Fault.HARDWARE,
    "fuser-over-temp": Fault.HEAD_HOT,
    "fuser-under-temp": Fault.HARDWARE,
    "interpreter-resource-unavailable": Fault.HARDWARE,
    "spool-area-full": Fault.HARDWARE,
    "timed-out": Fault.NO_ANSWER,
    "offline": Fault.OFFLINE,
    "paused": Fault.OFFLINE,
    "moving-to-paused": Fault.OFFLINE,
    "shutdown": Fault.OFFLINE,
    "hold-new-jobs": Fault.OFFLINE,
    "cups-missing-filter": Fault.WRONG_DEVICE,
}
"""Stem -> fault."""

QUIET = frozenset(
    {
        "none",
        "output-area-almost-full",
        "marker-waste-almost-full",
        "opc-near-eol",
        "connecting-to-device",
        "stopping",
        "stopped-partly",
        "cups-insecure-filter",
    }
)
"""Stems that keep nothing from printing; what they warn of is among the supplies, or shows in the job."""

ONLY_AS_ERROR = frozenset({"fuser-under-temp"})
"""As a warning it says that the printer is warming up."""

CONNECTING = "connecting-to-device"
_SUFFIXES = ("-report", "-warning", "-error")


def stem(reason: str) -> str:
    """A reason without its suffix."""
    for suffix in _SUFFIXES:
        if reason.endswith(suffix):
            return reason.removesuffix(suffix)
    return reason


def faults_in(reasons: Iterable[str]) -> frozenset[Fault]:
    """The faults among the reasons; OFFLINE only where nothing says why."""
    found = {
        REASONS[stem(reason)]
        for reason in reasons
        if stem(reason) in REASONS
        and not reason.endswith("-report")
        and (reason.endswith("-error") or stem(reason) not in ONLY_AS_ERROR)
    }
    return frozenset(found - {Fault.OFFLINE} or found)


class Unknown:
    """The reasons that this program does not know: kept, and logged once each."""

    def __init__(self) -> None:
        self.seen: set[str] = set()

    def note(self, reasons: Iterable[str]) -> None:
        """Look at what a printer reports."""
        for name in sorted({stem(reason) for reason in reasons} - self.seen):
            if name not in REASONS and name not in QUIET and not name.startswith("cups-") and len(self.seen) < 100:
                self.seen.add(name)
                log.warning("the A4 printer reports %s, which this program does not know; it prints on", Shown(name))


def supplies_in(answer: Answer) -> tuple[Supply, ...]:
    """Name and level of each supply; levels below zero are "unknown" and "some left" (RFC 3805, prtMarkerSuppliesLevel)."""
    names, levels = answer.words("marker-names"), answer.numbers("marker-levels")
    return tuple(
        Supply(name, min(level, 100) if level >= 0 else None) for name, level in zip(names, levels, strict=False)
    )


def toner_low(answer: Answer) -> bool:
    """Whether a supply is at or below the level that the printer itself calls low. A level of 0 alone is an estimate, and
    many printers print on with it: that the toner is out is what `-empty` reasons say."""
    return any(level <= low for level, low in _toner_levels(answer))


def _toner_levels(answer: Answer) -> Iterator[tuple[int, int]]:
    levels, lows, kinds = (
        answer.numbers("marker-levels"),
        answer.numbers("marker-low-levels"),
        answer.words("marker-types"),
    )
    for level, low, kind in zip(levels, lows, kinds, strict=False):
        if level >= 0 and low >= 0 and not kind.startswith("waste"):
            yield level, low
