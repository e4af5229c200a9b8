"""A bench per device model: the adapter, opened by the test, and hands that make it show what the suite asks for.

`BENCHES` is compared with the registry: a model without a bench fails `test_every_model_has_a_bench`.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from devices import registry
from devices.cameras.scene_wire import SceneWire
from devices.cameras.simulated import CONCERNS
from devices.card_readers import sdt_wire
from devices.citizen_cards.pcsc_card import PcscCard
from devices.citizen_cards.pcsc_link import PcscLink
from devices.headphones.evdev import EV_SW, EV_SYN, EVENT, SW_HEADPHONE_INSERT
from devices.printers import escpos_wire
from devices.transports import sim
from devices.voices.reading_tables import table
from devices.voices.readings import SYLLABLES
from kiosk.errors import Fault
from kiosk.ports.page import Concern
from tests import board_benches, code_benches, power_benches
from tests.cups_server import QUEUE, CupsServer
from tests.far_ends import tcp_printer, usb_printer
from tests.pcsc_server import PcscServer
from tests.sane_desk import STATUSES as SANE_STATUSES
from tests.sane_desk import SaneDesk


@dataclass
class ReaderBench:
    """A card reader with hands."""

    reader: Any
    place: Callable[[str], None]
    remove: Callable[[], None]
    break_with: Callable[[str], None]
    """Names: unreadable, not-genuine, silent, not-authorised, none."""
    unplug: Callable[[], None]
    plug: Callable[[], None]


@dataclass
class PrinterBench:
    """A printer with hands. `faults`: fault -> (bring it about, clear it). `papers`: how many papers came out so far."""

    printer: Any
    papers: Callable[[], int]
    faults: Mapping[Fault, tuple[Callable[[], None], Callable[[], None]]]
    unplug: Callable[[], None] | None = None
    plug: Callable[[], None] | None = None
    take: Callable[[], None] | None = None


@dataclass
class VoiceBench:
    """A voice with an ear. `heard`: whether any sound has come out; `let_end`: let the sentence come to its end."""

    voice: Any
    heard: Callable[[], bool]
    let_end: Callable[[], None]


@dataclass
class HeadphonesBench:
    """A socket with hands."""

    headphones: Any
    plug: Callable[[], None]
    unplug: Callable[[], None]


@dataclass
class CitizenBench:
    """A citizen-card reader with hands. `seen`: every command that a card was sent."""

    reader: Any
    place: Callable[[str], None]
    remove: Callable[[], None]
    break_with: Callable[[str], None]
    """Names: those of `virtual_card.MOODS`, retries, none; before the card is put in."""
    unplug: Callable[[], None]
    plug: Callable[[], None]
    seen: Callable[[], list[bytes]]


@dataclass
class ScannerBench:
    """A scanner with hands. `fill`: sheets into the feeder, how many there are then; `empty`: take them out. `faults`:
    fault -> bring it about; `mend` ends any. `slow`: from now on a page takes many seconds."""

    scanner: Any
    lay: Callable[[], None]
    fill: Callable[[], int]
    empty: Callable[[], None]
    faults: Mapping[Fault, Callable[[], None]]
    mend: Callable[[], None]
    slow: Callable[[], None]
    unplug: Callable[[], None]
    plug: Callable[[], None]


@dataclass
class CameraBench:
    """A document camera with hands. `lay`: a page in one of the ways of `scene_wire.LOOKS`; `expected`: what is then to
    be said of it; `freeze` and `hang` last until `plug`."""

    camera: Any
    lay: Callable[[str], None]
    freeze: Callable[[], None]
    hang: Callable[[], None]
    unplug: Callable[[], None]
    plug: Callable[[], None]

    @staticmethod
    def expected(how: str) -> frozenset[Concern]:
        """What every camera says of a page that lies so."""
        return CONCERNS.get(how, frozenset())


Bench = Callable[[Path], AbstractContextManager[Any]]


@contextmanager
def simulated_reader(_folder: Path) -> Iterator[ReaderBench]:
    reader = registry.build("card_reader", "simulated", {})
    yield ReaderBench(reader, reader.place, reader.remove, reader.break_with, reader.unplug, reader.plug)


@contextmanager
def sdt(_folder: Path) -> Iterator[ReaderBench]:
    wire = sdt_wire.Wire()
    moods = {"not-genuine": "auth-card"}
    reader = registry.build("card_reader", "sdt", {"url": sim.add(f"sdt-{uuid4()}", wire), "poll_s": 0.01})
    yield ReaderBench(
        reader, wire.place, wire.remove, lambda mood: wire.break_with(moods.get(mood, mood)), wire.unplug, wire.plug
    )


@contextmanager
def simulated_citizen_reader(_folder: Path) -> Iterator[CitizenBench]:
    reader = registry.build("citizen_card_reader", "simulated", {})
    yield CitizenBench(
        reader, reader.place, reader.remove, reader.break_with, reader.unplug, reader.plug, lambda: reader.seen
    )


@contextmanager
def pcsc(folder: Path) -> Iterator[CitizenBench]:
    """A real pcscd with a virtual reader. It looks at its slot every 0.4 s: hands wait until it has seen what they did."""
    with PcscServer(folder / "pcscd") as server:
        slot, eye = PcscCard(server.port), PcscLink(server.socket)

        def seen(card: bool) -> None:
            while eye.ask(1.0, do="look", reader="", wait_s=0.25)["card"] is not card:
                pass

        def remove() -> None:
            slot.remove()
            seen(card=False)

        def place(card: str) -> None:
            remove()
            slot.place(card)
            seen(card=True)

        def change(with_reader: bool) -> None:
            slot.remove()
            eye.end()
            server.restart(with_reader)

        options = {"socket": server.socket, "answer_s": 0.4}
        reader = registry.build("citizen_card_reader", "pcsc", options)
        yield CitizenBench(
            reader, place, remove, slot.break_with, lambda: change(False), lambda: change(True), lambda: slot.seen
        )
        slot.remove()
        eye.end()


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
def cups(folder: Path) -> Iterator[PrinterBench]:
    with CupsServer(folder / "cups") as server:
        printer = registry.build("a4_printer", "cups", {"queue": QUEUE, "server": server.server, "timeout_s": 20})
        fix = lambda: server.set_mood("ok")  # noqa: E731
        moods = {Fault.PAPER_JAM: "jam", Fault.PAPER_OUT: "empty", Fault.OUTPUT_FULL: "full"}
        faults = {fault: (lambda mood=mood: server.set_mood(mood), fix) for fault, mood in moods.items()}
        yield PrinterBench(printer, lambda: len(server.pages_out()), faults)


@contextmanager
def simulated_scanner(_folder: Path) -> Iterator[ScannerBench]:
    scanner = registry.build("document_scanner", "simulated", {})
    faults = {
        fault: (lambda fault=fault: scanner.break_with(fault.value))
        for fault in (Fault.PAGE_JAM, Fault.LID_OPEN, Fault.IN_USE, Fault.HARDWARE)
    }

    def fill() -> int:
        scanner.fill("3")
        return 3

    yield ScannerBench(
        scanner,
        lambda: scanner.lay("form"),
        fill,
        lambda: scanner.fill("0"),
        faults,
        lambda: scanner.break_with("none"),
        lambda: scanner.pace("slow"),
        scanner.unplug,
        scanner.plug,
    )


@contextmanager
def sane(folder: Path) -> Iterator[ScannerBench]:
    """SANE's own test device; its configuration file says how it behaves."""
    desk = SaneDesk(folder / "sane")
    scanner = registry.build("document_scanner", "sane", {"device": desk.device, "config": str(desk.folder)})
    faults = {fault: (lambda status=status: desk.set(status=status)) for fault, status in SANE_STATUSES.items()}

    def fill() -> int:
        desk.set()
        return desk.SHEETS

    yield ScannerBench(
        scanner,
        desk.set,
        fill,
        lambda: desk.set(status="NO_DOCS"),
        faults,
        desk.set,
        lambda: desk.set(slow=True),
        lambda: desk.set(plugged=False),
        desk.set,
    )


@contextmanager
def simulated_voice(_folder: Path) -> Iterator[VoiceBench]:
    voice = registry.build("voice", "simulated", {})
    yield VoiceBench(voice, lambda: bool(voice.said), voice.finish)


@contextmanager
def espeak(folder: Path) -> Iterator[VoiceBench]:
    """SDL's recorder in place of a sound card: at the pace of one, into a file."""
    record = folder / "sound.raw"
    for tongue in SYLLABLES:
        table(tongue)  # made once in the life of a machine; later starts find it
    voice = registry.build("voice", "espeak", {"driver": "disk", "file": str(record)})
    yield VoiceBench(voice, lambda: any(record.read_bytes()), lambda: None)


@contextmanager
def simulated_headphones(_folder: Path) -> Iterator[HeadphonesBench]:
    headphones = registry.build("headphones", "simulated", {})
    yield HeadphonesBench(headphones, headphones.plug, headphones.unplug)


@contextmanager
def evdev(folder: Path) -> Iterator[HeadphonesBench]:
    """A pipe in place of the input device: it tells changes, and nothing of what was before."""
    path = folder / "event"
    os.mkfifo(path)
    headphones = registry.build("headphones", "evdev", {"path": str(path)})
    far_end = os.open(path, os.O_RDWR | os.O_NONBLOCK)

    def turn(on: bool) -> None:
        os.write(far_end, EVENT.pack(0, 0, EV_SW, SW_HEADPHONE_INSERT, int(on)) + EVENT.pack(0, 0, EV_SYN, 0, 0))

    yield HeadphonesBench(headphones, lambda: turn(True), lambda: turn(False))
    os.close(far_end)


@contextmanager
def simulated_camera(_folder: Path) -> Iterator[CameraBench]:
    camera = registry.build("document_camera", "simulated", {})
    yield CameraBench(camera, camera.lay, camera.freeze, camera.hang, camera.unplug, camera.plug)


@contextmanager
def v4l2(_folder: Path) -> Iterator[CameraBench]:
    """Its whole process; only its lens looks at an invented scene."""
    mat = SceneWire()
    url = sim.add(f"camera-{uuid4()}", mat)
    camera = registry.build("document_camera", "v4l2", {"url": url, "width": 1280, "height": 960})
    yield CameraBench(camera, mat.lay, mat.freeze, mat.hang, mat.unplug, mat.plug)
    mat.close()


BENCHES: dict[str, dict[str, Bench]] = {
    "card_reader": {"simulated": simulated_reader, "sdt": sdt},
    "ticket_printer": {"simulated": simulated_ticket_printer, "escpos": escpos},
    "a4_printer": {"simulated": simulated_a4_printer, "cups": cups},
    "citizen_card_reader": {"simulated": simulated_citizen_reader, "pcsc": pcsc},
    "document_scanner": {"simulated": simulated_scanner, "sane": sane},
    "document_camera": {"simulated": simulated_camera, "v4l2": v4l2},
    "code_scanner": {
        "simulated": code_benches.simulated_scanner,
        "serial": code_benches.serial_scanner,
        "hid": code_benches.hid_scanner,
    },
    "power": {"simulated": power_benches.simulated_power, "nut": power_benches.nut},
    "board": {"simulated": board_benches.simulated_board, "serial_board": board_benches.serial_board},
    "voice": {"simulated": simulated_voice, "espeak": espeak},
    "headphones": {"simulated": simulated_headphones, "evdev": evdev},
}

WAYS: dict[str, dict[str, Bench]] = {
    "ticket_printer": {"escpos-presenter": escpos_presenter, "escpos-tcp": escpos_tcp, "escpos-usb": escpos_usb},
}
"""Other cables of, and other options for, models that stand in `BENCHES`: they keep the same suite."""


def bench_of(kind: str, name: str) -> Bench:
    """The bench of a model, or of another way to have it."""
    return {**BENCHES[kind], **WAYS.get(kind, {})}[name]


def ways_of(*kinds: str) -> list[tuple[str, str]]:
    """(kind, name) of every registered model of these kinds, and of every other way to have one."""
    return [*all_of(*kinds), *((kind, name) for kind in kinds for name in WAYS.get(kind, {}))]


def all_of(*kinds: str) -> list[tuple[str, str]]:
    """(kind, model) of every registered model of these kinds."""
    return [(kind, model) for kind in kinds for model in registry.MODELS[kind]]
