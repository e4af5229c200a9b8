"""From what scanimage says to this program's errors.

scanimage says a status in the words of `sane_strstatus` and then ends with it as its exit code (SANE standard 1.06, 4.2.7).
The words count first: a backend that falls over its own reader process ends with another code, or not at all. Where a device
cannot be opened, the code is always 1.
"""

import re

from kiosk.errors import DeviceError, DeviceUnavailable, Fault, NothingToScan, ScanFailed

CANCELLED, NO_DOCS, DENIED = 2, 7, 11
RIGHTS = (
    "The kiosk's user may not use the scanner {name}. Add the user to the group 'scanner', or a udev rule that gives it "
    "the device (config/system/60-kiosk.rules)."
)
SCANS: dict[int, tuple[str, Fault]] = {
    1: ("did not do what the kiosk asked of it; compare the settings with 'scanimage -A'", Fault.HARDWARE),
    CANCELLED: ("was stopped at its own key", Fault.OFFLINE),
    3: ("is used by another program", Fault.IN_USE),
    4: ("does not take the settings it was given; compare them with 'scanimage -A'", Fault.WRONG_DEVICE),
    5: ("stopped in the middle of a page", Fault.HARDWARE),
    6: ("has a page stuck in it", Fault.PAGE_JAM),
    8: ("has its cover open", Fault.LID_OPEN),
    9: ("could not be read: an error on its cable or inside it", Fault.HARDWARE),
    10: ("has not enough memory for a page at this resolution", Fault.HARDWARE),
}
"""Status -> what is the matter, as a fault of the scan."""
WORDS = (
    "success",
    "operation not supported",
    "operation was canceled",
    "device busy",
    "invalid argument",
    "end of file reached",
    "document feeder jammed",
    "document feeder out of documents",
    "scanner cover is open",
    "error during device i/o",
    "out of memory",
    "access to resource has been denied",
)
"""The statuses from 0 on, as `sane_strstatus` names them."""
STATUS = re.compile(r"sane_(?:start|read|get_parameters): (.+)")
OPENS: tuple[tuple[str, Fault], ...] = (
    ("device busy", Fault.IN_USE),
    ("access to resource has been denied", Fault.WRONG_DEVICE),
    ("error during device i/o", Fault.NO_ANSWER),
    ("out of memory", Fault.HARDWARE),
    ("operation not supported", Fault.WRONG_DEVICE),
)
"""Why a device could not be opened, in SANE's words; anything else ("Invalid argument") is a device that is not there."""
OPEN = re.compile(r"open of device .* failed: (.*)")


def status_said(said: str) -> int | None:
    """The status in the last sentence that names one; None where no sentence does."""
    named = [words.strip().lower() for words in STATUS.findall(said)]
    return WORDS.index(named[-1]) if named and named[-1] in WORDS else None


def scan_error(name: str, code: int, said: str) -> DeviceError:
    """Why a scan ended with this status. A page that was begun is not kept by anybody."""
    if match := OPEN.search(said):
        return open_error(name, match[1])
    if code == NO_DOCS:
        return NothingToScan("There is no paper in the feeder.")
    if code == DENIED:
        return ScanFailed(RIGHTS.format(name=name), Fault.WRONG_DEVICE)
    reason, fault = SCANS.get(code, SCANS[1])
    return ScanFailed(f"The scanner {name} {reason}.", fault)


def open_error(name: str, why: str) -> DeviceUnavailable:
    """Why a device could not be opened."""
    fault = next((fault for words, fault in OPENS if words in why.lower()), Fault.UNPLUGGED)
    if "denied" in why.lower():
        return DeviceUnavailable(RIGHTS.format(name=name), fault)
    reasons = {
        Fault.IN_USE: "is used by another program",
        Fault.NO_ANSWER: "does not answer",
        Fault.UNPLUGGED: "is not connected",
    }
    return DeviceUnavailable(f"The scanner {name} {reasons.get(fault, 'cannot be used')}.", fault)
