"""`kiosk upkeep-pin`: what it prints is what the settings take, and nothing else is let through."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from kiosk.pin import matches
from kiosk.settings import load

ROOT = Path(__file__).resolve().parents[2]


def typed(*lines: str) -> subprocess.CompletedProcess[str]:
    """The command, with what somebody types."""
    return subprocess.run(
        [sys.executable, "-m", "kiosk", "upkeep-pin"], cwd=ROOT, input="".join(f"{line}\n" for line in lines),
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


def test_the_lines_go_into_the_settings_as_they_are(tmp_path: Path) -> None:
    done = typed("246813", "246813")
    assert done.returncode == 0
    assert "246813" not in done.stdout + done.stderr
    (tmp_path / "local.toml").write_text(done.stdout)
    line = load(None, local=tmp_path / "local.toml", environ={}).upkeep.pin_hash.get_secret_value()
    assert line == tomllib.loads(done.stdout)["upkeep"]["pin_hash"]
    assert matches("246813", line)


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (("246813", "246814"), "not the same"),
        (("24681", "24681"), "6 to 12 digits"),
        (("123456", "123456"), "without a pattern"),
        ((), "6 to 12 digits"),
    ],
)
def test_what_will_not_do_is_said_in_one_sentence(lines: tuple[str, ...], sentence: str) -> None:
    done = typed(*lines)
    assert (done.returncode, done.stdout) == (2, "")
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
