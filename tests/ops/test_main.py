"""The `kiosk` command: lazy, explains itself, and ends in ways that scripts can tell apart."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.__main__ import COMMANDS, main

ROOT = Path(__file__).resolve().parents[2]
CLEAN = {name: value for name, value in os.environ.items() if not name.startswith("KIOSK_")}


def kiosk(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kiosk", *words]
    return subprocess.run(command, cwd=ROOT, env=CLEAN, capture_output=True, text=True, check=False, timeout=20)


def test_help_names_every_command_and_imports_none() -> None:
    program = "import sys; from kiosk.__main__ import main\ntry: main(['--help'])\nexcept SystemExit: pass\n"
    program += (
        "print([m for m in sys.modules if m.startswith(('kiosk.commands', 'pydantic_settings', 'kivy', 'fastapi'))])"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.endswith("[]\n")
    assert all(f"    {name}" in done.stdout for name in COMMANDS)


def test_every_command_explains_itself() -> None:
    done = kiosk("check", "--help")
    assert done.returncode == 0
    assert "--station" in done.stdout


def test_no_command_and_unknown_command_are_wrong_use() -> None:
    assert kiosk().returncode == 2
    done = kiosk("frobnicate")
    assert done.returncode == 2
    assert "invalid choice: 'frobnicate'" in done.stderr


def test_our_errors_are_one_sentence_without_traceback() -> None:
    done = kiosk("check", "--station", "dmo")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "did you mean demo?" in done.stderr


WAITING = """
import signal, sys, types
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs ignore it
command = types.ModuleType("waiting")
def add_parser(subparsers): subparsers.add_parser("check")
def run(args):
    try:
        print("here", flush=True)
        sys.stdin.read()
    finally:
        print("closed", flush=True)
command.add_parser, command.run = add_parser, run
sys.modules["kiosk.commands.check"] = command
from kiosk.__main__ import main
sys.exit(main(["check"]))
"""


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_signals_unwind(number: signal.Signals, status: int) -> None:
    command = [sys.executable, "-c", WAITING]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "here\n"
        process.send_signal(number)
        out, err = process.communicate(timeout=10)
    assert (process.returncode, out, err) == (status, "closed\n", "")


def test_options_before_the_command_are_not_taken_for_one(capsys: pytest.CaptureFixture[str]) -> None:
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(SystemExit, match="0"):
        main(["--help"])
    signal.signal(signal.SIGTERM, before)
    assert "read-card" in capsys.readouterr().out


def test_wrong_use_is_json_where_json_was_asked_for() -> None:
    done = kiosk("read-card", "--json")
    assert done.returncode == 2
    assert json.loads(done.stdout) == {
        "error": "wrong_use",
        "message": "the following arguments are required: --port",
    }
    assert done.stderr == ""
