"""`kiosk check --report`: exercises every device of a station that does not run, and writes down what was found."""

import argparse
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from devices.printers.pdf_apart import pdf_apart
from kiosk import fonts, words
from kiosk.bootstrap.lock import lock
from kiosk.contract.readiness import Examined, ReadinessReport
from kiosk.errors import KioskError, SetupError
from kiosk.ports.tally import Counter
from kiosk.readiness import centre, display, machine
from kiosk.readiness.document import document, trial_page
from kiosk.readiness.examine import Made, Part, opened, report, unavailable
from kiosk.readiness.exercises import Order
from kiosk.readiness.labels import verdict
from kiosk.settings import DeviceSettings, Settings
from kiosk.store.readiness import ReadinessShelf
from kiosk.store.store import Store


def make(settings: Settings, args: argparse.Namespace) -> int:
    """Write and print the report; 0 when all is ready. Raises SetupError while the terminal runs, or without a report."""
    fonts.use(settings.paths.fonts)
    words.use(settings.paths.locale)
    made = _last(settings) if args.last else _made(settings, print_too=args.print)
    said = words.load(settings.station.languages[0])
    if args.report:
        _write(args.report, pdf_apart(document(made, said)))
    if args.json:
        print(made.model_dump_json(indent=2))
    else:
        print(said.say(verdict(made)))
    return 0 if made.ready else 1


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise SetupError(f"{path} cannot be written ({error.strerror}); name another file.") from error


def _last(settings: Settings) -> ReadinessReport:
    with _store(settings) as kept:
        found = ReadinessShelf(kept).newest() if kept else None
    if found is None:
        raise SetupError("This terminal has made no report yet; leave --last out to make one.")
    try:
        return ReadinessReport.model_validate_json(found.body)
    except ValidationError as error:
        raise SetupError("The newest report was written by another version of this program; make a new one.") from error


def _made(settings: Settings, *, print_too: bool) -> ReadinessReport:
    with _alone(settings), _store(settings) as kept:
        began, now = time.monotonic(), datetime.now(ZoneInfo(settings.station.time_zone))
        devices = tuple(_devices(settings, kept, now if print_too else None))
        parts = tuple(_machine(settings, kept))
        made = Made(settings.station.name, version("bianmin"), now, time.monotonic() - began)
        found = report(made, devices, parts)
        if kept:
            ReadinessShelf(kept).put(f"check-{uuid4().hex}", now.date(), found.model_dump_json().encode())
    return found


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    """While the terminal does not run: it holds its devices open."""
    try:
        held = lock(settings.paths.data)
    except SetupError as error:
        reason = "The terminal is running and holds its devices. End it first, or see its newest report with --last."
        raise SetupError(reason) from error
    except OSError as error:
        print(f"{settings.paths.data}: {error.strerror}", file=sys.stderr)
        yield
        return
    with held:
        yield


@contextmanager
def _store(settings: Settings) -> Iterator[Store | None]:
    """The terminal's store, where it has one already."""
    path = settings.paths.data / "kiosk.db"
    kept = Store.open(path, settings.paths.key_file) if path.exists() else None
    try:
        yield kept
    finally:
        if kept:
            kept.close()


def _devices(settings: Settings, kept: Store | None, printed_at: datetime | None) -> Iterator[Examined]:
    for kind in type(settings.devices).model_fields:
        device: DeviceSettings = getattr(settings.devices, kind)
        if device.model != "none":
            print(f"{kind} ...", file=sys.stderr)
            yield _device(settings, kind, device, _counted(kept, kind), printed_at)


def _device(
    settings: Settings, kind: str, device: DeviceSettings, counted: Mapping[Counter, int], printed_at: datetime | None
) -> Examined:
    from devices.registry import build

    part, said = Part(kind, device.model), words.load(settings.station.languages[0])
    page = trial_page(kind, settings.station.name, printed_at, said) if printed_at and "printer" in kind else None
    try:
        built = build(kind, device.model, device.options)
    except KioskError as error:
        return unavailable(part, error)
    return opened(part, built, Order(page, f"test-{uuid4().hex}"), counted)


def _counted(kept: Store | None, kind: str) -> Mapping[Counter, int]:
    return kept.counted(kind) if kept else {}


def _machine(settings: Settings, kept: Store | None) -> Iterator[Examined]:
    looks = (machine.typefaces, machine.writing, display.display, centre.centre, machine.clock, machine.room)
    for look in (*looks, machine.key):
        yield from (found.examined() for found in look(settings))
    if kept:
        yield from (found.examined() for found in machine.store(kept))
