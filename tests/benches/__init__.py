"""A bench per device model: the adapter, opened by the test, and hands that make it show what the suite asks for.

`BENCHES` is compared with the registry: a model without a bench fails `test_every_model_has_a_bench`.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from devices import registry
from tests.benches import boards, cameras, card_readers, codes, power, printers, scanners, sound
from tests.benches.cameras import CameraBench
from tests.benches.card_readers import CitizenBench, ReaderBench
from tests.benches.printers import PrinterBench
from tests.benches.scanners import ScannerBench
from tests.benches.sound import HeadphonesBench, VoiceBench

__all__ = [
    "BENCHES",
    "Bench",
    "CameraBench",
    "CitizenBench",
    "HeadphonesBench",
    "PrinterBench",
    "ReaderBench",
    "ScannerBench",
    "VoiceBench",
    "all_of",
    "bench_of",
    "ways_of",
]

Bench = Callable[[Path], AbstractContextManager[Any]]

BENCHES: dict[str, dict[str, Bench]] = {
    "card_reader": {"simulated": card_readers.simulated_reader, "sdt": card_readers.sdt},
    "ticket_printer": {"simulated": printers.simulated_ticket_printer, "escpos": printers.escpos},
    "a4_printer": {"simulated": printers.simulated_a4_printer, "cups": printers.cups},
    "citizen_card_reader": {"simulated": card_readers.simulated_citizen_reader, "pcsc": card_readers.pcsc},
    "document_scanner": {"simulated": scanners.simulated_scanner, "sane": scanners.sane},
    "document_camera": {"simulated": cameras.simulated_camera, "v4l2": cameras.v4l2},
    "code_scanner": {
        "simulated": codes.simulated_scanner,
        "serial": codes.serial_scanner,
        "hid": codes.hid_scanner,
    },
    "power": {"simulated": power.simulated_power, "nut": power.nut},
    "board": {"simulated": boards.simulated_board, "serial_board": boards.serial_board},
    "voice": {"simulated": sound.simulated_voice, "espeak": sound.espeak},
    "headphones": {"simulated": sound.simulated_headphones, "evdev": sound.evdev},
}

WAYS: dict[str, dict[str, Bench]] = {
    "ticket_printer": {
        "escpos-presenter": printers.escpos_presenter,
        "escpos-tcp": printers.escpos_tcp,
        "escpos-usb": printers.escpos_usb,
    },
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
