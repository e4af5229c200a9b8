"""`kiosk check`: every effective setting with its origin, then one line per thing that must work, with what to do.

With `--report` every device is exercised, and the findings become a readiness report: a PDF file, JSON, and a copy that
the terminal sends to its centre.
"""

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.check_settings import MASK, effective
from kiosk.errors import REMEDIES, DeviceUnavailable, Fault, KioskError
from kiosk.readiness import centre, display, machine
from kiosk.readiness.finding import Finding
from kiosk.settings import DeviceSettings, Settings, load

if TYPE_CHECKING:
    from kiosk.ports.device import Device, Status

__all__ = ["CHECKS", "MASK", "effective"]

HELP = "print all settings and test devices, fonts, display and centre"


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command."""
    parser = subparsers.add_parser(
        "check", help=HELP, description=HELP, epilog="Exit status: 0 all is well, 1 something is not, 2 wrong use."
    )
    parser.add_argument("--station", metavar="NAME", help="a file of config/stations; without it only the defaults")
    parser.add_argument("--report", type=Path, metavar="FILE.pdf", help="exercise every device; the report as PDF")
    parser.add_argument("--json", action="store_true", help="exercise every device; the report as JSON")
    parser.add_argument("--print", action="store_true", help="with a report: printers print a test page")
    parser.add_argument("--last", action="store_true", help="with a report: the newest one there is, nothing is tried")


def run(args: argparse.Namespace) -> int:
    """Print everything; 0 when all is well, 1 when something is not. Raises SettingsError."""
    settings = load(args.station)
    if args.report or args.json:
        from kiosk.commands.check_report import make

        return make(settings, args)
    for line in effective(settings):
        print(line)
    print()
    findings = [finding for check in CHECKS for finding in check(settings)]
    for finding in findings:
        print(f"{'ok     ' if finding.well else 'PROBLEM'}  {finding.name}: {finding.text}")
    return 0 if all(finding.well for finding in findings) else 1


def _devices(settings: Settings) -> Iterator[Finding]:
    for kind in type(settings.devices).model_fields:
        device: DeviceSettings = getattr(settings.devices, kind)
        if device.model == "none":
            yield Finding(kind, True, "not fitted")
        else:
            yield _device(kind, device)


def _device(kind: str, device: DeviceSettings) -> Finding:
    """Open the device once, ask how it is, close it."""
    from devices.registry import build

    try:
        built = build(kind, device.model, device.options)
        return Finding(kind, *_opened(built))
    except DeviceUnavailable as error:
        return Finding(kind, False, f"{device.model}: {error} {_remedy(error.fault)}")
    except KioskError as error:
        return Finding(kind, False, f"{device.model}: {error}")


def _opened(device: "Device") -> tuple[bool, str]:
    try:
        device.open()
        return _status(device.status())
    finally:
        device.close()


def _status(status: "Status") -> tuple[bool, str]:
    remedies = " ".join(_remedy(fault) for fault in sorted(status.faults))
    well = status.works or not status.faults
    return well, f"{status.health.value} {', '.join(sorted(status.faults))} {remedies}".strip()


def _remedy(fault: Fault) -> str:
    return REMEDIES[fault].staff.id


CHECKS: tuple[Callable[[Settings], Iterator[Finding]], ...] = (
    _devices,
    machine.typefaces,
    machine.writing,
    display.display,
    centre.centre,
    machine.clock,
    machine.room,
    machine.key,
)
