"""Small devices with hands, one per kind, for exercises: what they do is what a test set."""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kiosk.errors import DeviceUnavailable, Fault, ScanFailed
from kiosk.ports.board import Lamp, Sensor
from kiosk.ports.camera import Frame, Outline
from kiosk.ports.code_scanner import Code
from kiosk.ports.device import READY, Status
from kiosk.ports.document import Document
from kiosk.ports.page import Page
from kiosk.ports.power import Charge
from kiosk.ports.printer import Outcome, PrinterCapabilities, PrintOutcome, Supply
from kiosk.ports.scanner import ScannerCapabilities, ScanOrder, Source
from kiosk.ports.voice import Manner, Tongue


@dataclass
class Fake:
    """What all have: a state, and whether somebody closed it. `trouble` is raised by `open`."""

    state: Status = READY
    trouble: Exception | None = None
    calls: list[str] = field(default_factory=list)

    def open(self) -> None:
        self.calls.append("open")
        if self.trouble:
            raise self.trouble

    def close(self) -> None:
        self.calls.append("close")

    def status(self) -> Status:
        return self.state


@dataclass
class FakeReader(Fake):
    """An ID-card reader that knows its security module."""

    def sam_id(self) -> str:
        return "05.03-20090815-000000001-000000002"


@dataclass
class FakePrinter(Fake):
    """A printer; `outcome` is how a print ends."""

    outcome: PrintOutcome = field(default_factory=lambda: PrintOutcome(Outcome.OUT))
    printed: list[Document] = field(default_factory=list)
    left: tuple[Supply, ...] = ()

    @property
    def capabilities(self) -> PrinterCapabilities:
        return PrinterCapabilities(72.0, can_confirm=True, can_tell_taken=False, can_tell_supplies=bool(self.left))

    def supplies(self) -> tuple[Supply, ...]:
        return self.left

    def discard(self, begun: bool = False) -> None:
        self.calls.append("discard")

    def print(self, job_id: str, document: Document) -> PrintOutcome:
        self.printed.append(document)
        return self.outcome


@dataclass
class FakeScanner(Fake):
    """A scanner; `jammed` ends a scan."""

    sources: tuple[Source, ...] = (Source.FLATBED,)
    jammed: bool = False
    orders: list[ScanOrder] = field(default_factory=list)

    @property
    def capabilities(self) -> ScannerCapabilities:
        return ScannerCapabilities(self.sources, (75, 150, 300), True, 216.0, 297.0)

    def scan(self, order: ScanOrder) -> Iterator[Page]:
        self.orders.append(order)
        if self.jammed:
            raise ScanFailed("The scanner's cover is open.", Fault.LID_OPEN)
        yield Page(b"jpeg", 620, 877, order.dpi)

    def cancel(self) -> None:
        self.calls.append("cancel")


@dataclass
class FakeCamera(Fake):
    """A camera; every look shows a new frame, unless it is `dark`."""

    dark: bool = False
    runs: bool = False
    number: int = 0

    def start(self) -> None:
        self.runs = True

    def stop(self) -> None:
        self.runs = False

    def latest(self) -> Frame | None:
        if self.dark or not self.runs:
            return None
        self.number += 1
        return Frame(self.number, 4, 2, bytes([0, 100, 0, 0, 120, 0] * 4))

    def take(self, outline: Outline | None = None) -> Page:
        return Page(b"jpeg", 4, 2)


@dataclass
class FakeCodeScanner(Fake):
    """A code scanner in which somebody left a code."""

    left: str = "left behind"

    def await_code(self, timeout_s: float) -> Code | None:
        return Code(self.left) if self.left else None

    def clear(self) -> None:
        self.left = ""


@dataclass
class FakeSupply(Fake):
    """A power supply."""

    now: Charge = field(default_factory=lambda: Charge(98.0, 1800.0))

    def charge(self) -> Charge:
        return self.now


@dataclass
class FakeBoard(Fake):
    """A board with lamps."""

    lit: set[Lamp] = field(default_factory=set)
    switched: list[tuple[Lamp, bool]] = field(default_factory=list)
    gone: bool = False

    def light(self, lamp: Lamp, on: bool) -> None:
        if self.gone:
            raise DeviceUnavailable("The board does not answer.", Fault.NO_ANSWER)
        self.switched.append((lamp, on))
        (self.lit.add if on else self.lit.discard)(lamp)

    def sensors(self) -> frozenset[Sensor]:
        return frozenset({Sensor.SOMEBODY_NEAR})


@dataclass
class FakeVoice(Fake):
    """A voice whose first sound comes at once; `mute`: never."""

    mute: bool = False
    started_at: float = 0.0
    silent: bool = True
    said: list[tuple[Sequence[str], Manner]] = field(default_factory=list)

    def tongues(self) -> frozenset[Tongue]:
        return frozenset(Tongue)

    def say(self, sentences: Sequence[str], tongue: Tongue, manner: Manner) -> None:
        self.said.append((sentences, manner))
        self.silent = False
        if not self.mute:
            self.started_at = time.monotonic()

    def pause(self) -> None:
        self.calls.append("pause")

    def resume(self) -> None:
        self.calls.append("resume")

    def stop(self) -> None:
        self.silent = True

    @property
    def speaking(self) -> bool:
        return not self.silent


FAKES: Mapping[str, type[Any]] = {
    "card_reader": FakeReader,
    "citizen_card_reader": Fake,
    "ticket_printer": FakePrinter,
    "a4_printer": FakePrinter,
    "document_scanner": FakeScanner,
    "document_camera": FakeCamera,
    "code_scanner": FakeCodeScanner,
    "power": FakeSupply,
    "board": FakeBoard,
    "voice": FakeVoice,
    "headphones": Fake,
}
