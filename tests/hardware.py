"""The conformance suite on real hardware: a bench whose hands are a person at the desk.

    python -m pytest tests/conformance -s --bench sdt=/dev/ttyUSB0 --serial 05.03-20240101-000004711-000000815

A bench of any kind is made from the bench class of its model's simulator: each hand becomes a sentence and a wait for Enter, each
count a question. A person who cannot do something (no such test card, no such fault) answers `n`, and that test is skipped.
"""

import dataclasses
import inspect
import select
import sys
import typing
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import UnionType
from typing import Any

import pytest

from devices import registry
from kiosk.errors import Fault, KioskError

ANSWER_S = 180.0
"""How long a person has for a hand; then the run ends, as nobody is there."""
CANNOT = "n"
SENTENCES: Mapping[str, str] = {
    "place": "Place the test card {0!r} on the reader (any card, but for each name always the same one)",
    "remove": "Take the card away",
    "plug": "Put the cable back and wait until the device has started",
    "unplug": "Pull the device's cable out",
    "take": "Take the paper away",
    "papers": "How many papers have come out since this test began?",
    "break_with": "Bring about: {0} (for 'none': put everything right)",
    "lay": "Lay a page down{0}",
    "open_door": "Open the door",
    "close_door": "Close the door",
}
"""Field of a bench -> what the person is asked; others are asked by the field's name."""


@dataclass(frozen=True)
class Wanted:
    """A model on the desk, and where it is connected."""

    kind: str
    model: str
    address: str

    @classmethod
    def of(cls, text: str) -> "Wanted":
        """From MODEL=URL, or KIND.MODEL=URL where several kinds have a model of that name. Raises UsageError."""
        name, equals, address = text.partition("=")
        if not equals or not address:
            raise pytest.UsageError(f"--bench {text}: it must be MODEL=URL, such as sdt=/dev/ttyUSB0")
        kind, _, model = name.rpartition(".")
        found = [there for there, models in registry.MODELS.items() if model in models and kind in ("", there)]
        if model == "simulated" or len(found) != 1:
            raise pytest.UsageError(f"--bench {text}: {_which(model, found)}")
        return cls(found[0], model, address)

    def build(self) -> Any:
        """The device. Its address goes to the option `url`, or to the first one where there is no `url`."""
        names = [field.name for field in dataclasses.fields(registry.device_class(self.kind, self.model).Options)]
        return registry.build(self.kind, self.model, {"url" if "url" in names else names[0]: self.address})


def _which(model: str, kinds: list[str]) -> str:
    if model == "simulated":
        return "a simulated device is no hardware"
    if kinds:
        return f"say which: {', '.join(f'{kind}.{model}' for kind in kinds)}"
    return (
        f"no such model; there are {', '.join(sorted({name for names in registry.MODELS.values() for name in names}))}"
    )


# --- is it the right one? --------------------------------------------------------------------------------------


def serial_number(device: Any, address: str) -> str:
    """The device's number, by itself or by its USB plug; "" where neither tells. Raises DeviceUnavailable."""
    ask = getattr(device, "sam_id", None) or getattr(device, "serial_number", None)
    if ask is None:
        return usb_serial(address)
    device.open()
    try:
        return str(ask())
    finally:
        device.close()


def usb_serial(address: str) -> str:
    """The serial number of the USB plug behind a device node, as the system has it."""
    from serial.tools import list_ports

    node = str(Path(address).resolve())
    return next((port.serial_number or "" for port in list_ports.comports() if port.device == node), "")


def stranger(wanted: Wanted, numbers: list[str]) -> str:
    """Why the device on the desk is not the one that was meant; "" where it is. Nothing is asked of it but its number."""
    try:
        number = serial_number(wanted.build(), wanted.address)
    except KioskError as error:
        return f"{wanted.model} at {wanted.address} does not answer: {error}"
    if not number:
        return f"{wanted.model} at {wanted.address} does not tell its serial number; leave --serial out to test it all the same"
    if number in numbers or any(part.lstrip("0") in numbers for part in number.split("-")):
        return ""
    return f"{wanted.model} at {wanted.address} is number {number}, not {' or '.join(numbers)}"


# --- the person at the desk ------------------------------------------------------------------------------------


def ask(sentence: str) -> str:
    """Say what to do, and wait for a line. Skips the test when it cannot be done; ends the run when nobody answers."""
    sys.stdout.write(f"\n>>> {sentence}. Then press Enter ({CANNOT}: cannot be done here): ")
    sys.stdout.flush()
    if not select.select([sys.stdin], [], [], ANSWER_S)[0] or not (line := sys.stdin.readline()):
        pytest.exit(f"nobody at the desk answered within {ANSWER_S:.0f} s", returncode=pytest.ExitCode.INTERRUPTED)
    if line.strip() == CANNOT:
        pytest.skip(f"cannot be done at this desk: {sentence}")
    return line.strip()


def ask_number(sentence: str) -> int:
    """A number from the person."""
    while not (answer := ask(sentence)).isdecimal():
        sys.stdout.write("a number, please")
    return int(answer)


def ask_whether(sentence: str) -> bool:
    """Yes or no from the person."""
    return ask(f"{sentence} (y or Enter)").startswith("y")


def hand(name: str, returns: object) -> Callable[..., Any]:
    """A bench's hand that is done by the person."""
    how = {int: ask_number, bool: ask_whether}.get(typing.cast("type", returns), ask)

    def act(*choices: object) -> Any:
        words = [str(choice) for choice in choices] or [""]
        sentence = SENTENCES.get(name) or f"{name.replace('_', ' ').capitalize()} {' '.join(words)}".strip()
        return how(sentence.format(*words).strip())

    return act


# --- a bench of any kind ---------------------------------------------------------------------------------------


@contextmanager
def bench(wanted: Wanted, made_by: Callable[..., Any]) -> Iterator[Any]:
    """A bench like the one that `made_by` makes with a simulator, with a real device and a person."""
    kind = bench_class(made_by)
    hints = typing.get_type_hints(kind)
    fields = dataclasses.fields(kind)
    device = wanted.build()
    rest = {field.name: _field(field.name, hints[field.name]) for field in fields[1:]}
    yield kind(**{fields[0].name: device}, **rest)
    device.close()


def bench_class(made_by: Callable[..., Any]) -> Any:
    """The dataclass that a bench's context manager yields; its first field is the device."""
    returned = typing.get_type_hints(inspect.unwrap(made_by))["return"]
    return typing.get_args(returned)[0]


def _field(name: str, hint: Any) -> Any:
    """A hand; a pair of hands for each fault; nothing where it is neither."""
    options = typing.get_args(hint) if isinstance(hint, UnionType) else (hint,)
    for option in options:
        origin, parts = typing.get_origin(option), typing.get_args(option)
        if origin is Callable or getattr(origin, "__name__", "") == "Callable":
            return hand(name, parts[-1])
        if parts and parts[0] is Fault:
            return _faults(parts[1])
    return None


def _faults(how: Any) -> dict[Fault, Any]:
    """Those that a person can bring about at any printer or scanner: (bring about, put right), or the first alone."""
    by_hand = (Fault.PAPER_OUT, Fault.COVER_OPEN)
    pairs = {fault: (_do(f"Bring about: {fault.value}"), _do(f"Put right: {fault.value}")) for fault in by_hand}
    return pairs if typing.get_origin(how) is tuple else {fault: pair[0] for fault, pair in pairs.items()}


def _do(sentence: str) -> Callable[[], None]:
    def act() -> None:
        ask(sentence)

    return act
