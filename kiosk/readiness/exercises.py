"""One exercise per kind of device: it is made to do its work, as far as that takes no person, and says figures.

An exercise is a function over the kind's port. It raises the port's errors where the device does not do its work, looks
at `cancelled` at least every 0.25 s, and leaves nothing behind: no picture, no sound that is heard, no lamp.
"""

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Protocol, TypeAlias, cast, runtime_checkable

from kiosk.contract.readiness import Figure
from kiosk.errors import DeviceUnavailable, Fault, PrintFailed, ScanFailed
from kiosk.ports.board import IoBoard, Lamp
from kiosk.ports.camera import DocumentCamera, Frame
from kiosk.ports.code_scanner import CodeScanner
from kiosk.ports.device import Device
from kiosk.ports.document import Document
from kiosk.ports.power import PowerSupply
from kiosk.ports.printer import Outcome, Printer, Supplied, Supply
from kiosk.ports.scanner import DocumentScanner, ScanOrder, Source
from kiosk.ports.voice import Manner, Voice

LOOK_S = 0.02
PREVIEW_S, FIRST_FRAME_S = 1.5, 5.0
"""How long a camera is watched, and how long its first picture may take."""
SPEECH_S = 8.0
"""How long a voice may take for one word, its process included."""
MOST_TEXT = 200
"""Of a figure in words."""
EVERY_ROW = 16
"""Of a picture so many rows are skipped: sharpness and brightness need no more."""


@dataclass(frozen=True)
class Order:
    """What is asked for. `test_print`: a page to print; None: no paper is used."""

    test_print: Document | None = None
    job_id: str = "test-print"
    cancelled: threading.Event = field(default_factory=threading.Event)


Exercise: TypeAlias = Callable[[Any, Order], Iterator[Figure]]


@runtime_checkable
class KnowsItsModule(Protocol):
    """A card reader that says which security module it has."""

    def sam_id(self) -> str:
        """The module's number. Raises DeviceUnavailable."""


@runtime_checkable
class TellsItsStart(Protocol):
    """A voice that says when the first sound of what it says came out."""

    @property
    def started_at(self) -> float:
        """By the clock of `time.monotonic`; 0 before the first word."""


class Stopwatch:
    """Milliseconds since it was made."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    def figure(self, name: str) -> Figure:
        """The time until now under this name."""
        return Figure(name=name, value=round((time.monotonic() - self._began) * 1000, 1), unit="ms")


def answers(device: Device, _order: Order) -> Iterator[Figure]:
    """Any device: it is asked how it is, and the time is taken."""
    watch = Stopwatch()
    device.status()
    yield watch.figure("answer")


def card_reader(reader: Device, order: Order) -> Iterator[Figure]:
    """A reader's security module answers, and says its number where it can."""
    yield from answers(reader, order)
    if isinstance(reader, KnowsItsModule):
        yield Figure(name="security_module", value=reader.sam_id())


def printer(device: Printer, order: Order) -> Iterator[Figure]:
    """A printer answers; where a test print is wanted, it prints one. Raises PrintFailed."""
    yield from answers(device, order)
    can = device.capabilities
    yield Figure(name="print_width", value=can.width_mm, unit="mm")
    if can.can_tell_supplies and (left := _left(cast("Supplied", device).supplies())):
        yield Figure(name="supplies", value=left)
    if order.test_print:
        yield from _printed(device, order.job_id, order.test_print)


def _left(supplies: Iterable[Supply]) -> str:
    """Toner and the like with their levels: "Black 40 %, Drum"."""
    said = (one.name if one.percent is None else f"{one.name} {one.percent} %" for one in supplies)
    return ", ".join(said)[:MOST_TEXT]


def _printed(device: Printer, job_id: str, page: Document) -> Iterator[Figure]:
    watch = Stopwatch()
    done = device.print(job_id, page)
    if done.outcome is Outcome.FAILED:
        device.discard()  # or it would come out after the next refill
        raise PrintFailed("The test page was not printed.", done.fault or Fault.HARDWARE)
    yield Figure(name="test_print", value=done.outcome.value)
    yield watch.figure("printed_in")


def document_scanner(scanner: DocumentScanner, order: Order) -> Iterator[Figure]:
    """A flatbed scans its glass, coarsely and in grey; a feeder is only asked. Raises ScanFailed."""
    yield from answers(scanner, order)
    can = scanner.capabilities
    if Source.FLATBED not in can.sources:
        return
    dpi, watch = min(can.dpis), Stopwatch()
    pages = list(scanner.scan(ScanOrder(Source.FLATBED, dpi, colour=False)))
    if not pages:
        raise ScanFailed("The scanner made no picture of its glass.", Fault.HARDWARE)
    yield watch.figure("scanned_in")
    yield Figure(name="scan_resolution", value=dpi, unit="dpi")
    yield Figure(name="picture", value=f"{pages[0].width_px} x {pages[0].height_px}")


def document_camera(camera: DocumentCamera, order: Order) -> Iterator[Figure]:
    """The preview runs for a moment. Raises DeviceUnavailable (NO_PICTURE) where no picture comes."""
    watch = Stopwatch()
    camera.start()
    try:
        first = _first_frame(camera, order)
        yield watch.figure("first_picture")
        rate, last = _preview(camera, first, order)
    finally:
        camera.stop()
    yield Figure(name="pictures_per_second", value=round(rate, 1))
    yield Figure(name="picture", value=f"{last.width} x {last.height}")
    sharpness, brightness = judged(last)
    yield Figure(name="sharpness", value=round(sharpness, 1))
    yield Figure(name="brightness", value=round(brightness, 1))


def _first_frame(camera: DocumentCamera, order: Order) -> Frame:
    end = time.monotonic() + FIRST_FRAME_S
    while time.monotonic() < end and not order.cancelled.is_set():
        if frame := camera.latest():
            return frame
        time.sleep(LOOK_S)
    raise DeviceUnavailable("The camera shows no picture.", Fault.NO_PICTURE)


def _preview(camera: DocumentCamera, first: Frame, order: Order) -> tuple[float, Frame]:
    """Pictures per second, and the last one."""
    began, last = time.monotonic(), first
    while time.monotonic() < began + PREVIEW_S and not order.cancelled.is_set():
        time.sleep(LOOK_S)
        last = camera.latest() or last
    return (last.number - first.number) / max(LOOK_S, time.monotonic() - began), last


def judged(frame: Frame) -> tuple[float, float]:
    """Sharpness and brightness of a picture, 0 to 255: the mean step between neighbours, and the mean, of its green."""
    steps = total = count = 0
    for row in range(0, frame.height, EVERY_ROW):
        green = frame.rgb[row * frame.width * 3 + 1 : (row + 1) * frame.width * 3 : 3]
        steps += sum(abs(left - right) for left, right in pairwise(green))
        total += sum(green)
        count += len(green)
    return steps / max(1, count), total / max(1, count)


def code_scanner(scanner: CodeScanner, order: Order) -> Iterator[Figure]:
    """It answers; what somebody left in it is forgotten."""
    yield from answers(scanner, order)
    scanner.clear()


def power(supply: PowerSupply, order: Order) -> Iterator[Figure]:
    """The charge of its battery."""
    yield from answers(supply, order)
    charge = supply.charge()
    if charge.percent is not None:
        yield Figure(name="charge", value=charge.percent, unit="%")
    if charge.runtime_s is not None:
        yield Figure(name="lasts", value=round(charge.runtime_s / 60, 1), unit="min")


def board(io: IoBoard, _order: Order) -> Iterator[Figure]:
    """Every lamp goes on and off; what the sensors notice."""
    watch = Stopwatch()
    for lamp in Lamp:
        io.light(lamp, True)
        io.light(lamp, False)
    yield watch.figure("lamps")
    noticed = sorted(sensor.value for sensor in io.sensors())
    yield Figure(name="sensors", value=", ".join(noticed) or "-")


def voice(speaker: Voice, order: Order) -> Iterator[Figure]:
    """It says one word so softly that nobody hears it. Raises DeviceUnavailable (NO_SOUND) where no sound comes."""
    tongues = sorted(speaker.tongues())
    yield Figure(name="languages", value=", ".join(tongues) or "-")
    if not tongues:
        return
    began = time.monotonic()
    speaker.say(("1",), tongues[0], Manner(rate=3.0, loudness=0.0))
    try:
        if isinstance(speaker, TellsItsStart):
            started = _first_sound(speaker, began, order)
            yield Figure(name="first_sound", value=round((started - began) * 1000, 1), unit="ms")
    finally:
        speaker.stop()


def _first_sound(speaker: "TellsItsStart", began: float, order: Order) -> float:
    while time.monotonic() < began + SPEECH_S and not order.cancelled.is_set():
        if speaker.started_at > began:
            return speaker.started_at
        time.sleep(LOOK_S)
    raise DeviceUnavailable("No sound comes from the voice.", Fault.NO_SOUND)


EXERCISES: Mapping[str, Exercise] = {
    "card_reader": card_reader,
    "citizen_card_reader": answers,
    "ticket_printer": printer,
    "a4_printer": printer,
    "document_scanner": document_scanner,
    "document_camera": document_camera,
    "code_scanner": code_scanner,
    "power": power,
    "board": board,
    "voice": voice,
    "headphones": answers,
}
"""Kind of device -> its exercise; complete by test."""
