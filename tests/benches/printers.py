"""Printers of slips and pages."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from devices import registry
from devices.printers import escpos_wire
from devices.transports import sim
from kiosk.errors import Fault
from tests.cups_server import QUEUE, CupsServer
from tests.far_ends import tcp_printer, usb_printer


@dataclass
class PrinterBench:
    """A printer with hands. `faults`: fault -> (bring it about, clear it). `papers`: how many papers came out so far."""

    printer: Any
    papers: Callable[[], int]
    faults: Mapping[Fault, tuple[Callable[[], None], Callable[[], None]]]
    unplug: Callable[[], None] | None = None
    plug: Callable[[], None] | None = None
    take: Callable[[], None] | None = None


def _simulated_printer(printer: Any) -> PrinterBench:
    faults = (Fault.PAPER_OUT, Fault.PAPER_JAM, Fault.COVER_OPEN, Fault.OFFLINE)
    hands = {f: (lambda f=f: printer.break_with(f.value), lambda: printer.break_with("none")) for f in faults}
    return PrinterBench(printer, lambda: len(printer.papers), hands, printer.unplug, printer.plug, printer.take)


@contextmanager
def simulated_ticket_printer(folder: Path) -> Iterator[PrinterBench]:
    yield _simulated_printer(registry.build("ticket_printer", "simulated", {"folder": str(folder)}))


@contextmanager
def simulated_a4_printer(folder: Path) -> Iterator[PrinterBench]:
    yield _simulated_printer(registry.build("a4_printer", "simulated", {"folder": str(folder)}))


def _escpos(wire: escpos_wire.Wire, url: str, **options: object) -> PrinterBench:
    printer = registry.build("ticket_printer", "escpos", {"url": url, "stall_s": 0.3, **options})
    fix = lambda: wire.break_with("none")  # noqa: E731
    faults = {
        Fault.PAPER_OUT: (lambda: wire.use_up("end"), wire.refill),
        Fault.COVER_OPEN: (wire.open_cover, wire.close_cover),
        Fault.CUTTER: (lambda: wire.break_with("cutter"), fix),
        Fault.HEAD_HOT: (lambda: wire.break_with("head-hot"), fix),
        Fault.HARDWARE: (lambda: wire.break_with("hardware"), fix),
        Fault.OFFLINE: (lambda: wire.break_with("offline"), fix),
    }
    return PrinterBench(printer, lambda: len(wire.slips), faults, wire.unplug, wire.plug, wire.take)


@contextmanager
def escpos(_folder: Path) -> Iterator[PrinterBench]:
    wire = escpos_wire.Wire()
    yield _escpos(wire, sim.add(f"escpos-{uuid4()}", wire))


@contextmanager
def escpos_presenter(_folder: Path) -> Iterator[PrinterBench]:
    wire = escpos_wire.Wire(presenter=True)
    yield _escpos(wire, sim.add(f"escpos-{uuid4()}", wire), taken="full_status", left="retract", confirm="process")


@contextmanager
def escpos_tcp(_folder: Path) -> Iterator[PrinterBench]:
    wire = escpos_wire.Wire()
    with tcp_printer(wire) as url:
        yield _escpos(wire, url)


@contextmanager
def escpos_usb(folder: Path) -> Iterator[PrinterBench]:
    wire = escpos_wire.Wire()
    with usb_printer(folder, wire) as usb:
        yield _escpos(wire, f"file://{usb.link}")


@contextmanager
def cups(_folder: Path) -> Iterator[PrinterBench]:
    with CupsServer() as server:
        printer = registry.build("a4_printer", "cups", {"queue": QUEUE, "server": server.server, "timeout_s": 20})
        fix = lambda: server.set_mood("ok")  # noqa: E731
        moods = {Fault.PAPER_JAM: "jam", Fault.PAPER_OUT: "empty", Fault.OUTPUT_FULL: "full"}
        faults = {fault: (lambda mood=mood: server.set_mood(mood), fix) for fault, mood in moods.items()}
        yield PrinterBench(printer, lambda: len(server.pages_out()), faults)
