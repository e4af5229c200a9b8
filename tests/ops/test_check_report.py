"""`kiosk check --report`: what it writes and says, and that it leaves a running terminal alone."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk import words
from kiosk.__main__ import main
from kiosk.bootstrap.lock import lock
from kiosk.contract.readiness import ReadinessReport
from kiosk.ports.tally import Counter
from kiosk.store.readiness import ReadinessShelf
from kiosk.store.store import Store


@pytest.fixture
def data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A station with two simulated devices and its own folder."""
    folder = tmp_path / "data"
    for name, value in {
        "PATHS__DATA": str(folder),
        "DEVICES__TICKET_PRINTER__MODEL": "simulated",
        "DEVICES__TICKET_PRINTER__FOLDER": str(tmp_path / "slips"),
        "DEVICES__CARD_READER__MODEL": "simulated",
    }.items():
        monkeypatch.setenv(f"KIOSK_{name}", value)
    monkeypatch.delenv("DISPLAY", raising=False)
    yield folder
    words.use(words.LOCALES)


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(["check", *arguments])
    out, err = capsys.readouterr()
    return status, out, err


@pytest.mark.usefixtures("data")
def test_a_report_as_pdf_and_its_verdict(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    status, out, err = said(capsys, "--report", str(path))
    assert (status, out) == (0, "全部就绪。\n"), err
    assert path.read_bytes().startswith(b"%PDF")
    assert list((tmp_path / "slips").glob("*")) == []


def test_json_is_the_wire_model_and_is_kept_for_the_centre(capsys: pytest.CaptureFixture[str], data: Path) -> None:
    data.mkdir()
    store = Store.open(data / "kiosk.db", data / "kiosk.key")
    store.count("ticket_printer", Counter.PAGES, 12)
    store.close()
    status, out, _ = said(capsys, "--json", "--print")
    found = ReadinessReport.model_validate_json(out)
    figures = {figure.name: figure.value for figure in found.devices[1].figures}
    assert (status, found.ready, figures["pages"], figures["test_print"]) == (0, True, 12, "out")
    assert {part.name for part in found.machine} >= {"fonts", "writing", "centre", "clock", "data", "key", "store"}
    store = Store.open(data / "kiosk.db", data / "kiosk.key")
    (kept,) = ReadinessShelf(store).unsent()
    store.close()
    assert ReadinessReport.model_validate_json(kept.body) == found
    status, out, _ = said(capsys, "--json", "--last")
    assert json.loads(out) == json.loads(kept.body)


@pytest.mark.usefixtures("data")
def test_a_device_that_does_not_open_makes_it_not_ready(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIOSK_DEVICES__CARD_READER__MODEL", "sdt")
    monkeypatch.setenv("KIOSK_DEVICES__CARD_READER__URL", "/dev/kiosk/none")
    monkeypatch.setenv("KIOSK_DEVICES__TICKET_PRINTER__MODEL", "simulatde")
    status, out, _ = said(capsys, "--json")
    found = ReadinessReport.model_validate_json(out)
    assert status == 1
    assert [(device.ready, device.faults) for device in found.devices] == [(False, ("unplugged",)), (False, ())]
    assert "Did you mean 'simulated'?" in found.devices[1].trouble


def test_while_the_terminal_runs_its_devices_are_left_alone(
    capsys: pytest.CaptureFixture[str], data: Path, tmp_path: Path
) -> None:
    with lock(data):
        status, out, err = said(capsys, "--report", str(tmp_path / "report.pdf"))
        assert (status, out) == (2, "")
        assert "The terminal is running and holds its devices" in err
        status, _, err = said(capsys, "--json", "--last")
        assert (status, err) == (2, "This terminal has made no report yet; leave --last out to make one.\n")


@pytest.mark.usefixtures("data")
def test_a_file_that_cannot_be_written(capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = said(capsys, "--report", "/proc/report.pdf")
    assert status == 2
    assert "/proc/report.pdf cannot be written" in err
