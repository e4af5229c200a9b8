"""Benches of the boards for lamps and sensors."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from devices import registry
from devices.boards import serial_wire
from devices.transports import sim


@dataclass
class BoardBench:
    """A board with hands; `hands` has open_door, close_door, come_near, go_away, unplug, plug and lit."""

    board: Any
    hands: Any
    break_with: Callable[[str], None] | None = None


@contextmanager
def simulated_board(_folder: Path) -> Iterator[BoardBench]:
    board = registry.build("board", "simulated", {})
    yield BoardBench(board, board)


@contextmanager
def serial_board(_folder: Path) -> Iterator[BoardBench]:
    wire = serial_wire.Wire()
    board = registry.build("board", "serial_board", {"url": sim.add(f"board-{uuid4()}", wire)})
    yield BoardBench(board, wire, wire.break_with)
