"""Benches of the power supplies."""

import atexit
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from devices import registry
from tests.nut_server import UPS, NutServer


@dataclass
class PowerBench:
    """A power supply with hands. `become` takes the words of NUT: OL, OB, OB LB, OL RB."""

    power: Any
    become: Callable[[str], None]
    end: Callable[[], None]
    begin: Callable[[], None]


@contextmanager
def simulated_power(_folder: Path) -> Iterator[PowerBench]:
    power = registry.build("power", "simulated", {})

    def become(words: str) -> None:
        power.mains_on()
        power.replace_battery()
        for word, hand in (("OB", power.mains_off), ("LB", power.run_low), ("RB", power.grow_old)):
            if word in words.split():
                hand()

    yield PowerBench(power, become, power.unplug, power.plug)


@contextmanager
def nut(_folder: Path) -> Iterator[PowerBench]:
    server = one_server()
    server.settle()
    power = registry.build("power", "nut", {"ups": UPS, "port": server.port})
    yield PowerBench(power, server.say, server.close, server.start)


@cache
def one_server() -> NutServer:
    """One for all tests of a run: it takes three seconds to start, and is ended with the run."""
    folder = tempfile.TemporaryDirectory(prefix="nut-")
    atexit.register(folder.cleanup)
    server = NutServer(Path(folder.name) / "nut")
    atexit.register(server.close)
    return server
