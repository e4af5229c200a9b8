"""What all tests share: the edge walk runs last, and only a whole run of the journeys can judge coverage; with `--bench`
the conformance suite runs on the hardware at the desk, and nothing else does.
"""

import gc
import os
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kiosk import fonts, words
from kiosk.words import Words

if TYPE_CHECKING:
    from tests.benches import Bench
    from tests.hardware import Wanted

os.environ.setdefault("KIVY_NO_ARGS", "1")
os.environ.setdefault("KIVY_NO_CONSOLELOG", "1")
os.environ.setdefault("KIVY_NO_FILELOG", "1")

# What the program keeps between starts is this run's own, and gone after it.
_CACHE = tempfile.TemporaryDirectory(prefix="kiosk-test-cache-")
os.environ["XDG_CACHE_HOME"] = _CACHE.name

WHOLE = pytest.StashKey[bool]()
DESK = pytest.StashKey[list["Wanted"]]()
SIMULATORS_ONLY = "simulators_have_hands"
"""Of the suites: what real hardware cannot have."""
WALKING = {
    "test_ticket.py",
    "test_guide.py",
    "test_upkeep.py",
    "test_apply.py",
    "test_apply_who.py",
    "test_apply_end.py",
    "test_progress.py",
    "test_collect.py",
    "test_rate.py",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Hardware instead of simulators."""
    group = parser.getgroup("hardware")
    group.addoption(
        "--bench", action="append", default=[], metavar="MODEL=URL", help="run the conformance suite on this device"
    )
    group.addoption(
        "--serial", action="append", default=[], metavar="N", help="... and on no other than the one with this number"
    )


def pytest_configure(config: pytest.Config) -> None:
    """The marker of the test that judges the others; the desk."""
    config.addinivalue_line("markers", "last: runs after all other tests")
    config.stash[DESK] = []
    if config.getoption("bench"):
        _set_the_desk(config)
    elif config.getoption("serial"):
        raise pytest.UsageError("--serial says which device is meant; say with --bench where it is")


def _set_the_desk(config: pytest.Config) -> None:
    """Put the hardware's benches in place of the simulators', after a look at their serial numbers."""
    from tests import benches, hardware

    if config.getoption("capture") != "no":
        raise pytest.UsageError("--bench asks the person at the desk: it needs -s")
    desk = config.stash[DESK] = [hardware.Wanted.of(text) for text in config.getoption("bench")]
    numbers = config.getoption("serial")
    for wanted in desk:
        if numbers and (why := hardware.stranger(wanted, numbers)):
            pytest.exit(f"wrong device: {why}", returncode=pytest.ExitCode.USAGE_ERROR)
        made_by = benches.BENCHES[wanted.kind][wanted.model]
        benches.BENCHES[wanted.kind][wanted.model] = partial(_bench, wanted, made_by)


def _bench(wanted: "Wanted", made_by: "Bench", _folder: Path) -> "AbstractContextManager[object]":
    from tests import hardware

    return hardware.bench(wanted, made_by)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put the judges last, and remember whether all walks are in this run."""
    if desk := config.stash[DESK]:
        _keep_only(desk, config, items)
    items.sort(key=lambda item: item.get_closest_marker("last") is not None)
    files = {item.path.name for item in items if item.path.parent.name == "journeys"}
    config.stash[WHOLE] = files >= WALKING and not config.getoption("keyword")


def pytest_collection_finish() -> None:
    """What was imported for all tests is never garbage: no collection looks at it again, a fifth of a second each time."""
    gc.collect()
    gc.freeze()


def _keep_only(desk: list["Wanted"], config: pytest.Config, items: list[pytest.Item]) -> None:
    """The suites of what is on the desk."""
    there = {(wanted.kind, wanted.model) for wanted in desk}
    kept = [item for item in items if SIMULATORS_ONLY not in item.name and there & _models(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept


def _models(item: pytest.Item) -> set[object]:
    """The (kind, model) that a test is about."""
    called = getattr(item, "callspec", None)
    return {value for value in called.params.values() if isinstance(value, tuple)} if called else set()


@pytest.fixture
def arabic() -> Iterator[Words]:
    """A fourth language from a folder of its own, as a station would add one."""
    words.use(Path(__file__).parent / "data" / "locale")
    yield words.load("ar")
    words.use(words.LOCALES)
    fonts.require(())  # nor is its typeface asked for any more
