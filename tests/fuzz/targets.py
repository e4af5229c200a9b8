"""Finds the targets: every `fuzz_NAME` in the modules of this folder."""

import importlib
import pkgutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import tests.fuzz
from kiosk.errors import SetupError

PREFIX = "fuzz_"


@dataclass(frozen=True)
class Target:
    """Something that reads bytes."""

    name: str
    module: str
    feed: Callable[[bytes], object]
    seeds: Sequence[bytes]
    expected: tuple[type[Exception], ...]
    fix: Callable[[bytes], bytes] | None


def targets() -> dict[str, Target]:
    """Name -> target, of all modules here. Raises SetupError for one without seeds or with a taken name."""
    found: dict[str, Target] = {}
    for info in pkgutil.iter_modules(tests.fuzz.__path__):
        if info.name.startswith(("_", "test_")) or info.name in ("mutator", "targets", "runs"):
            continue
        for target in targets_of(importlib.import_module(f"tests.fuzz.{info.name}")):
            if target.name in found:
                raise SetupError(f"Two targets are called {target.name}: {target.module}, {found[target.name].module}.")
            found[target.name] = target
    return found


def targets_of(module: ModuleType) -> list[Target]:
    """The targets of a module."""
    names = [name.removeprefix(PREFIX) for name in vars(module) if name.startswith(PREFIX)]
    return [_target(module, name) for name in names]


def _target(module: ModuleType, name: str) -> Target:
    there: dict[str, Any] = vars(module)
    capital = name.upper()
    if not (seeds := there.get(f"SEEDS_{capital}")):
        raise SetupError(f"The target {PREFIX}{name} of {module.__name__} needs sound inputs: SEEDS_{capital}.")
    expected = there.get(f"EXPECTED_{capital}", ())
    return Target(
        name, module.__name__, there[PREFIX + name], tuple(seeds), tuple(expected), there.get(f"FIX_{capital}")
    )
