"""What all tests share: the edge walk runs last, and only a whole run of the journeys can judge coverage."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk import fonts, words
from kiosk.words import Words

os.environ.setdefault("KIVY_NO_ARGS", "1")
os.environ.setdefault("KIVY_NO_CONSOLELOG", "1")
os.environ.setdefault("KIVY_NO_FILELOG", "1")

# What the program keeps between starts is this run's own, and gone after it.
_CACHE = tempfile.TemporaryDirectory(prefix="kiosk-test-cache-")
os.environ["XDG_CACHE_HOME"] = _CACHE.name

WHOLE = pytest.StashKey[bool]()
WALKING = {"test_ticket.py", "test_guide.py", "test_upkeep.py"}


def pytest_configure(config: pytest.Config) -> None:
    """The marker of the test that judges the others."""
    config.addinivalue_line("markers", "last: runs after all other tests")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put the judges last, and remember whether all walks are in this run."""
    items.sort(key=lambda item: item.get_closest_marker("last") is not None)
    files = {item.path.name for item in items if item.path.parent.name == "journeys"}
    config.stash[WHOLE] = files >= WALKING and not config.getoption("keyword")


@pytest.fixture
def arabic() -> Iterator[Words]:
    """A fourth language from a folder of its own, as a station would add one."""
    words.use(Path(__file__).parent / "data" / "locale")
    yield words.load("ar")
    words.use(words.LOCALES)
    fonts.require(())  # nor is its typeface asked for any more
