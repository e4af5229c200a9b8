"""How parts, states and figures of a readiness report are called by people who look after the machine."""

from collections.abc import Mapping

from kiosk.contract.readiness import ReadinessReport
from kiosk.device_titles import TITLES
from kiosk.ports.device import Health
from kiosk.texts import Msg, Series, Text, msg

MACHINE: Mapping[str, Msg] = {
    "store": msg("Encrypted store"),
    "fonts": msg("Typefaces"),
    "writing": msg("Dictionaries for writing"),
    "display": msg("Screen of the machine"),
    "centre": msg("Central service"),
    "clock": msg("Clock"),
    "data": msg("Disk for data"),
    "log": msg("Disk for the log"),
    "key": msg("Key of the store"),
    "outbox": msg("Letters to the centre"),
}
STATES: Mapping[Health, Msg] = {
    Health.READY: msg("In order"),
    Health.LOW: msg("In order, with a warning"),
    Health.BUSY: msg("Busy"),
    Health.BLOCKED: msg("Waits for somebody"),
    Health.ABSENT: msg("Not there"),
    Health.BROKEN: msg("Out of order"),
}
FIGURES: Mapping[str, Msg] = {
    "opened_in": msg("Opened in"),
    "answer": msg("Answers in"),
    "security_module": msg("Security module"),
    "print_width": msg("Print width"),
    "supplies": msg("Toner and other supplies"),
    "test_print": msg("Test print"),
    "printed_in": msg("Printed in"),
    "scanned_in": msg("Scanned in"),
    "scan_resolution": msg("Resolution"),
    "picture": msg("Picture"),
    "first_picture": msg("First picture after"),
    "pictures_per_second": msg("Pictures per second"),
    "sharpness": msg("Sharpness (0 to 255)"),
    "brightness": msg("Brightness (0 to 255)"),
    "charge": msg("Charge"),
    "lasts": msg("Lasts"),
    "lamps": msg("All lamps switched in"),
    "sensors": msg("Sensors notice"),
    "languages": msg("Speaks"),
    "first_sound": msg("First sound after"),
    "pages": msg("Pages printed"),
    "pages_since_refill": msg("Pages since the last refill"),
    "cuts": msg("Cuts"),
    "reads": msg("Cards read"),
    "scans": msg("Pages scanned"),
    "errors": msg("Errors"),
    "size": msg("Size"),
    "checked_in": msg("Checked in"),
    "unsettled_prints": msg("Prints without a known end"),
    "unsent_reports": msg("Reports not sent yet"),
    "waiting": msg("Wait to be sent"),
    "set_aside": msg("Refused by the centre"),
    "oldest": msg("The oldest waits for"),
    "free": msg("Free space"),
    "round_trip": msg("Round trip"),
}
"""Every figure that an exercise or a look at the machine says; complete by test."""
UNITS: Mapping[str, str] = {"": "", "ms": " ms", "mm": " mm", "dpi": " dpi", "%": " %", "min": " min", "MB": " MB"}


def named(part: str) -> Text:
    """A device or a part of the machine; what a newer program reports stands by its own name."""
    return TITLES.get(part) or MACHINE.get(part) or part


def verdict(report: ReadinessReport) -> Msg:
    """The whole report in one sentence."""
    parts = (*report.devices, *report.machine)
    if broken := tuple(named(part.name) for part in parts if not part.ready):
        return msg("Not ready: {things}.", things=Series(broken))
    if warned := tuple(named(part.name) for part in parts if part.faults):
        return msg("Ready, but see to this soon: {things}.", things=Series(warned))
    return msg("Everything is ready.")
