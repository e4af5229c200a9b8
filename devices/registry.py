"""Every device model by kind and name, imported only when it is chosen. A new model is one line here."""

import dataclasses
import difflib
import importlib
import types
import typing
from collections.abc import Iterable, Mapping
from typing import Any, Literal

from devices.hands import Hand, Handled
from kiosk.errors import SettingsError, SetupError
from kiosk.ports.device import Device

MODELS: Mapping[str, Mapping[str, str]] = {
    "card_reader": {
        "simulated": "devices.card_readers.simulated:SimulatedCardReader",
        "sdt": "devices.card_readers.sdt:SdtReader",
    },
    "ticket_printer": {
        "simulated": "devices.printers.simulated:SimulatedTicketPrinter",
        "escpos": "devices.printers.escpos:EscposPrinter",
    },
    "a4_printer": {
        "simulated": "devices.printers.simulated:SimulatedPagePrinter",
        "cups": "devices.printers.cups:CupsPrinter",
    },
    "citizen_card_reader": {
        "simulated": "devices.citizen_cards.simulated:SimulatedCitizenCardReader",
        "pcsc": "devices.citizen_cards.pcsc:PcscReader",
    },
    "document_scanner": {
        "simulated": "devices.scanners.simulated:SimulatedScanner",
        "sane": "devices.scanners.sane:SaneScanner",
    },
    "document_camera": {
        "simulated": "devices.cameras.simulated:SimulatedCamera",
        "v4l2": "devices.cameras.v4l2:V4l2Camera",
    },
    "code_scanner": {
        "simulated": "devices.code_scanners.simulated:SimulatedCodeScanner",
        "serial": "devices.code_scanners.serial_scanner:SerialCodeScanner",
        "hid": "devices.code_scanners.hid_scanner:HidCodeScanner",
    },
    "power": {
        "simulated": "devices.power.simulated:SimulatedPower",
        "nut": "devices.power.nut:NutPower",
    },
    "board": {
        "simulated": "devices.boards.simulated:SimulatedBoard",
        "serial_board": "devices.boards.serial_board:SerialBoard",
    },
    "voice": {
        "simulated": "devices.voices.simulated:SimulatedVoice",
        "espeak": "devices.voices.espeak:EspeakVoice",
    },
    "headphones": {
        "simulated": "devices.headphones.simulated:SimulatedHeadphones",
        "evdev": "devices.headphones.evdev:EvdevHeadphones",
    },
}
"""kind -> model -> "module:Class"; the class's nested `Options` is the schema of its settings."""


def build(kind: str, model: str, options: Mapping[str, object]) -> Device:
    """The device, not yet opened. Raises SettingsError naming what is unknown, and the nearest known one."""
    chosen = device_class(kind, model)
    made: Device = chosen(checked_options(chosen.Options, options, f"{kind} {model}"))
    return made


def device_class(kind: str, model: str) -> Any:
    """The adapter's class. Raises SettingsError for an unknown kind or model, or one whose library is missing."""
    models = MODELS[_known(kind, MODELS, "device kind")]
    module, _, name = models[_known(model, models, f"{kind} model")].partition(":")
    try:
        return getattr(importlib.import_module(module), name)
    except ImportError as error:
        reason = f"The {kind} model {model!r} cannot be loaded: {error}. Run 'make install'."
        raise SettingsError(reason) from error


def checked_options(schema: Any, options: Mapping[str, object], where: str) -> Any:
    """The options as the adapter wants them. Raises SettingsError for unknown, missing and mistyped ones."""
    hints = typing.get_type_hints(schema)
    for name in options:
        _known(name, hints, f"option of {where}")
    needed = [field.name for field in dataclasses.fields(schema) if field.default is dataclasses.MISSING]
    if missing := [name for name in needed if name not in options]:
        raise SettingsError(f"The {where} needs the option {missing[0]!r}.")
    return schema(**{name: _typed(value, hints[name], f"{where}: {name}") for name, value in options.items()})


def handled(device: object) -> Handled | None:
    """What can be handled of a simulated device: itself, or the far end of its sim:// cable; None for a real one."""
    if isinstance(device, Handled):
        return device
    url = getattr(getattr(device, "options", None), "url", "")
    if not str(url).startswith("sim://"):
        return None
    from devices.transports import sim  # noqa: PLC0415  real devices do without it

    try:
        return sim.wire(str(url))
    except SetupError:
        return None


def hands_for(device: object) -> tuple[Hand, ...]:
    """The hands of a simulated device, () for a real one."""
    found = handled(device)
    return found.hands() if found else ()


def _known(name: str, known: Iterable[str], what: str) -> str:
    names = list(known)
    if name in names:
        return name
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    hint = f" Did you mean {near[0]!r}?" if near else ""
    raise SettingsError(f"There is no {what} {name!r}.{hint} Known: {', '.join(names)}.")


def _typed(value: object, hint: Any, where: str) -> object:
    """A value of the option's type; whole numbers are fine where fractions are, text never becomes a number."""
    if typing.get_origin(hint) is Literal:
        choices = typing.get_args(hint)
        if value in choices:
            return value
        raise SettingsError(f"{where} is {value!r}; it must be one of {', '.join(map(repr, choices))}.")
    if hint is float and type(value) is int:
        return float(value)
    wanted = typing.get_args(hint) if isinstance(hint, types.UnionType) else (hint,)
    if type(value) in wanted:
        return value
    raise SettingsError(f"{where} is {value!r}; it must be {' or '.join(kind.__name__ for kind in wanted)}.")
