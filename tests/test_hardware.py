"""The conformance suite on "hardware": a reader on a terminal of its own, and a person who reads what they are asked."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from devices.card_readers import sdt_wire
from tests import benches, hardware
from tests.faults.cables import Cable

SUITE = "tests/conformance/test_card_reader.py"
ASKED = re.compile(r">>> (.*?)\. Then press Enter")
SERIAL = "05.03-20240101-000004711-000000815"


class Desk:
    """A reader that another process sees as a serial port, and the person beside it."""

    def __init__(self, folder: Path) -> None:
        self.wire = sdt_wire.Wire()
        self.path = folder / "reader"
        self.cable = Cable(self.path, self.wire)
        self.asked: list[str] = []

    def obey(self, sentence: str) -> str:
        """Do what is asked; what is then typed."""
        self.asked.append(sentence)
        if placed := re.match(r"Place the test card '(\w+)'", sentence):
            self.wire.place(placed[1])
        elif sentence == "Take the card away":
            self.wire.remove()
        elif sentence.startswith("Pull the device's cable"):
            self.cable.pull()
        elif sentence.startswith("Put the cable back"):
            self.cable.push()
        else:
            return hardware.CANNOT
        return ""

    def run(self, *arguments: str) -> tuple[int, str]:
        """pytest on this hardware, answered sentence by sentence; its exit code and what it said."""
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments]
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, bufsize=0
        ) as run:
            said = "".join(self._answered(run))
        return run.returncode, said

    def _answered(self, run: "subprocess.Popen[bytes]") -> Iterator[str]:
        assert run.stdin
        assert run.stdout
        heard = ""
        while data := os.read(run.stdout.fileno(), 65536):
            heard += data.decode()
            yield data.decode()
            while found := ASKED.search(heard):
                heard = heard[found.end() :]
                run.stdin.write(f"{self.obey(found[1])}\n".encode())


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.cable.close()


def test_the_suite_runs_on_hardware_with_a_person_as_the_hands(desk: Desk) -> None:
    only = "ready or comes_and_goes or unplugged or not_genuine or simulators or next_persons"
    code, said = desk.run(SUITE, "-s", "--bench", f"sdt={desk.path}", "--serial", SERIAL, "-k", only)
    assert code == 0, said
    assert re.search(r"4 passed, 1 skipped, \d+ deselected", said), said
    assert "cannot be done at this desk: Bring about: not-genuine" in said
    assert desk.asked[0].startswith("Place the test card")
    assert "Pull the device's cable out" in desk.asked


def test_another_device_than_the_one_that_was_meant_is_left_alone(desk: Desk) -> None:
    code, said = desk.run(SUITE, "-s", "--bench", f"sdt={desk.path}", "--serial", "4712")
    assert code == pytest.ExitCode.USAGE_ERROR
    assert f"wrong device: sdt at {desk.path} is number {SERIAL}, not 4712" in said
    assert "passed" not in said
    assert not desk.asked


def test_a_person_who_cannot_be_asked_is_said_before_anything_is_done(desk: Desk) -> None:
    code, said = desk.run(SUITE, "--bench", f"sdt={desk.path}")
    assert code == pytest.ExitCode.USAGE_ERROR
    assert "it needs -s" in said


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("sdt", "it must be MODEL=URL"),
        ("simulated=x", "a simulated device is no hardware"),
        ("std=/dev/null", "no such model; there are"),
    ],
)
def test_a_wrong_bench_says_what_is_wrong(text: str, reason: str) -> None:
    with pytest.raises(pytest.UsageError, match=reason):
        hardware.Wanted.of(text)


@pytest.mark.parametrize(("kind", "model"), [(k, m) for k, models in benches.BENCHES.items() for m in models])
def test_every_bench_can_be_made_with_a_person(kind: str, model: str) -> None:
    """Its class says which hands it has, and each is a sentence."""
    made: Any = hardware.bench_class(benches.BENCHES[kind][model])
    names = [field.name for field in hardware.dataclasses.fields(made)]
    assert len(names) > 1


def test_a_short_number_is_enough_and_a_wrong_one_is_not(desk: Desk) -> None:
    wanted = hardware.Wanted("card_reader", "sdt", str(desk.path))
    assert hardware.serial_number(wanted.build(), wanted.address) == SERIAL
    assert hardware.stranger(wanted, ["4711"]) == ""
    assert "not 4712" in hardware.stranger(wanted, ["4712"])
    assert "does not answer" in hardware.stranger(hardware.Wanted("card_reader", "sdt", "/dev/none"), ["1"])


def test_a_device_that_tells_no_number_is_not_taken_for_the_right_one(tmp_path: Path) -> None:
    """A printer has no number of its own; its USB plug has, where there is one."""
    wanted = hardware.Wanted("ticket_printer", "escpos", str(tmp_path / "port"))
    assert "does not tell its serial number" in hardware.stranger(wanted, ["1"])
