"""`devices/README.md` against the code: its example is built as it stands there, and its table names every model."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from devices import registry

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "devices" / "README.md").read_text()
CHAPTER = README.partition("## Add a model in three steps")[2].partition("\n## ")[0]
PLUGIN = """
import devices.card_readers
devices.card_readers.__path__.append({folder!r})
from devices import registry
registry.MODELS["card_reader"].update({{{line}}})
from tests import benches
exec(compile({bench!r}, "README.md", "exec"), vars(benches.card_readers))
benches.BENCHES["card_reader"]["acme-cr1"] = benches.card_readers.acme
"""


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", CHAPTER, re.MULTILINE | re.DOTALL)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What the chapter tells to write, written; the registry's line and the bench in a plug-in of pytest."""
    adapter, wire, line, bench = blocks("python")
    (tmp_path / "acme_cr1.py").write_text(adapter)
    (tmp_path / "acme_cr1_wire.py").write_text(wire)
    (tmp_path / "acme_plugin.py").write_text(PLUGIN.format(folder=str(tmp_path), line=line, bench=bench))
    return tmp_path


def python(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environ = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{folder}"}
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, timeout=120, check=False)


def test_the_example_stands_the_whole_suite(folder: Path) -> None:
    said = re.search(r"^    python (-m pytest tests/conformance -k acme)$", CHAPTER, re.MULTILINE)
    assert said
    basetemp = ("--basetemp", str(folder / "pytest"), "-p", "acme_plugin", "-q")
    done = python(folder, *said[1].split(), *basetemp)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
    passed = re.search(r"(\d+) passed", done.stdout)
    assert passed
    assert int(passed[1]) >= 20
    assert "failed" not in done.stdout


def test_the_example_is_as_clean_as_the_house(folder: Path) -> None:
    for how in (("check",), ("format", "--check")):
        done = python(folder, "-m", "ruff", *how, "--config", "pyproject.toml", f"{folder}/acme_cr1.py", f"{folder}/acme_cr1_wire.py")  # fmt: skip
        assert done.returncode == 0, done.stdout


def test_the_example_needs_no_other_change(folder: Path) -> None:
    (station,) = blocks("toml")
    ((kind, settings),) = tomllib.loads(station)["devices"].items()
    line = blocks("python")[2]
    assert line.startswith(f'"{settings.pop("model")}": "devices.card_readers.')
    script = f"import acme_plugin; from devices import registry; print(registry.build({kind!r}, 'acme-cr1', {settings!r}).options)"
    done = python(folder, "-c", script)
    assert "/dev/kiosk/card-reader" in done.stdout, done.stderr


@pytest.mark.parametrize(
    ("kind", "model"), [(kind, model) for kind, models in registry.MODELS.items() for model in models]
)
def test_the_table_names_every_model(kind: str, model: str) -> None:
    table = README.partition("| kind (settings")[2].partition("\n\n")[0]
    rows = [row.split("|") for row in table.splitlines() if row.startswith("|")]
    kinds, last = [], ""
    for row in rows:
        last = row[1].strip().strip("`") or last
        kinds.append((last, row[2].strip().strip("`")))
    assert (kind, model) in kinds
