"""The far ends of simulated cables, by name: `sim://NAME` leads a driver to one, `wire(NAME)` leads a hand to the same.

A name is either one that was given with `add()`, or `package.module:Class`, optionally with `?option=value&...` passed to
the class and `#label` to tell two of one class apart; such a wire is made when first asked for and shared afterwards.
"""

import importlib
import threading
from bisect import insort
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, runtime_checkable
from urllib.parse import parse_qsl

from devices.hands import Cable, Handled
from kiosk.errors import SetupError

SCHEME = "sim://"


@dataclass(frozen=True, repr=False)
class Burst:
    """Bytes that the far end sends `after_s` seconds after what it sent before (or after the request's last byte).

    `overtakes`: a real-time answer, which does not wait for earlier answers that are still to come.
    """

    data: bytes
    after_s: float = 0.0
    overtakes: bool = False


Coming = list[tuple[float, bytes]]
"""What a far end has sent and has not arrived yet: when each piece begins to, in that order."""


def in_order(coming: Coming, at: float, data: bytes) -> None:
    """Add a piece where it belongs in time."""
    insort(coming, (at, data), key=lambda piece: piece[0])


class Wire(Handled, Protocol):
    """The far end of a cable: a state machine, fed with bytes."""

    plugged: bool
    """False while the cable is pulled out."""

    paced: bool
    """Whether bytes take as long as on a real line."""

    def exchange(self, data: bytes, baud: int) -> Iterable[Burst]:
        """What it sends on these bytes, which came at `baud` (0: the cable has no speed)."""

    def takes(self) -> bool:
        """Whether it takes data now."""


class FarEnd(Cable):
    """What most wires have in common: a cable, bytes that come at once, and that they always take data."""

    paced = False

    def takes(self) -> bool:
        """It always takes data."""
        return True


@runtime_checkable
class Speaking(Protocol):
    """A wire that also sends without being asked, as scanners do. Its cables ask several times in 0.1 s."""

    def unasked(self) -> Iterable[Burst]:
        """What it has to send of itself since the last time; may be called from any thread."""


NAMED = {
    "card-reader": "devices.card_readers.sdt_wire:Wire?paced=1",
    "document-camera": "devices.cameras.scene_wire:SceneWire",
    "ticket-printer": "devices.printers.escpos_wire:Wire?mm_per_s=250&presenter=1",
    "code-scanner": "devices.code_scanners.serial_wire:Wire?paced=1",
    "board": "devices.boards.serial_wire:Wire",
}
"""The far ends that station files speak of: as slow as real ones."""

_wires: dict[str, Wire] = {}
_lock = threading.Lock()


def add(name: str, wire: Wire) -> str:
    """Give a wire a name; returns its URL. A wire that had the name is replaced."""
    with _lock:
        _wires[name] = wire
    return SCHEME + name


def forget(name: str) -> None:
    """Let go of a wire; harmless when there is none of that name."""
    with _lock:
        _wires.pop(name.removeprefix(SCHEME), None)


def wire(name: str) -> Wire:
    """The wire of a name or of a sim:// URL. Raises SetupError naming what is wrong with it."""
    name = name.removeprefix(SCHEME)
    with _lock:
        if name not in _wires:
            _wires[name] = _made(name)
        return _wires[name]


def _made(name: str) -> Wire:
    path, _, query = NAMED.get(name, name).partition("#")[0].partition("?")
    module, colon, kind = path.partition(":")
    if not colon:
        raise SetupError(f"There is no simulated device {name!r}; known are {', '.join(sorted({*NAMED, *_wires}))}.")
    try:
        made: Wire = getattr(importlib.import_module(module), kind)(**_options(query))
    except (ImportError, AttributeError, TypeError, ValueError) as error:
        raise SetupError(f"The simulated device {name!r} cannot be made: {error}.") from error
    return made


def _options(query: str) -> dict[str, str | int]:
    return {
        key: int(value) if value.isdecimal() else value for key, value in parse_qsl(query, strict_parsing=bool(query))
    }
