"""The rules of the house that a machine can check."""

import ast
import re
from pathlib import Path

import pytest

from kiosk.effects.model import Effect
from kiosk.errors import REMEDIES, Fault
from kiosk.events.model import Event
from kiosk.handlers import Handlers
from kiosk.journeys import JOURNEYS
from kiosk.views import view_classes
from kiosk.views.model import View

ROOT = Path(__file__).resolve().parent.parent
SOURCES = [path for package in ("kiosk", "devices", "screens") for path in sorted((ROOT / package).rglob("*.py"))]


def subclasses(kind: type) -> set[type]:
    """All of them, direct or not."""
    return {kind for child in kind.__subclasses__() for kind in (child, *subclasses(child))}


def test_every_effect_has_a_handler() -> None:
    table = Handlers({}, None, None, None, None).table()  # type: ignore[arg-type]
    assert set(table) == subclasses(Effect)


def test_every_fault_has_a_remedy() -> None:
    assert set(REMEDIES) == set(Fault)


def test_the_registry_of_views_is_complete() -> None:
    assert set(view_classes()) == subclasses(View), "each has its line in kiosk.views.TABLE"


def test_every_event_that_journeys_expect_is_an_event() -> None:
    expected = {event for journey in JOURNEYS.values() for step in journey.steps.values() for event in step.on}
    assert expected <= subclasses(Event)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_say_what_they_are(path: Path) -> None:
    tree = ast.parse(path.read_text())
    assert not tree.body or ast.get_docstring(tree), "a module without a docstring"


def test_the_readme_names_what_exists() -> None:
    readme = (ROOT / "README.md").read_text()
    for target in ("make run", "make test", "make demo", "make bench"):
        assert target in readme
    for picture in re.findall(r"!\[[^]]*\]\(([^)]+)\)", readme):
        assert (ROOT / picture).is_file()
    for name in re.findall(r"`((?:kiosk|devices|screens|config|tests)/[\w./-]*)`", readme):
        assert (ROOT / name).exists(), name


def test_nothing_names_the_machine_it_was_written_on() -> None:
    texts = [
        path
        for path in ROOT.rglob("*")
        if path.suffix in {".py", ".toml", ".md", ".txt", ".sh", ".po", ".service", ".rules"}
        and not {".venv", "build", ".git"} & set(path.parts)
    ]
    assert not [str(path) for path in texts if str(ROOT) in path.read_text(errors="replace")]


def test_versions_are_pinned_by_name_alone() -> None:
    lines = (ROOT / "config" / "constraints.txt").read_text().splitlines()
    assert not [line for line in lines if line and not re.fullmatch(r"#.*|[A-Za-z0-9._-]+==[A-Za-z0-9.+!-]+", line)]
