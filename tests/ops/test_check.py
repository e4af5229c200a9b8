"""`kiosk check`: every value with its origin, each problem in one line with what to do."""

import os
import sys
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

import pytest

from kiosk import fonts
from kiosk.commands import check
from kiosk.errors import DeviceUnavailable, Fault, SettingsError
from kiosk.ports.device import Health, Status
from kiosk.settings import load
from kiosk.writing.dictionaries import build
from tests.writing.held import BUILT


@dataclass
class Bench:
    """Stands for the registry and its one device, with hands."""

    trouble: Exception | None = None
    state: Status = field(default_factory=lambda: Status(Health.READY))
    calls: list[str] = field(default_factory=list)

    def build(self, kind: str, model: str, options: dict[str, object]) -> "Bench":
        self.calls.append(f"build {kind} {model}")
        return self

    def open(self) -> None:
        self.calls.append("open")
        if self.trouble is not None:
            raise self.trouble

    def status(self) -> Status:
        return self.state

    def close(self) -> None:
        self.calls.append("close")


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Bench]:
    """All devices but the ticket printer away, the terminal's folders in a temporary one."""
    for name in [name for name in os.environ if name.startswith("KIOSK_")]:
        monkeypatch.delenv(name)
    made = Bench()
    build(BUILT)
    monkeypatch.setitem(sys.modules, "devices.registry", SimpleNamespace(build=made.build))
    monkeypatch.setenv("KIOSK_DEVICES__TICKET_PRINTER__MODEL", "escpos")
    monkeypatch.setenv("KIOSK_PATHS__DATA", str(tmp_path / "data"))
    monkeypatch.setenv("KIOSK_PATHS__FONTS", str(tmp_path / "fonts"))
    (tmp_path / "fonts").mkdir()
    for face in ("SC-Regular", "SC-Bold", "HK-Regular", "HK-Bold"):
        (tmp_path / "fonts" / f"{face}.otf").touch()
    (tmp_path / "fonts" / "coverage.json").write_text("{}")
    monkeypatch.setattr(fonts, "_used", [])
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    yield made
    fonts._coverage.cache_clear()


def outcome(capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    status = check.run(Namespace(station=None, report=None, json=False, print=False, last=False))
    return status, capsys.readouterr().out


def test_all_well(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    status, out = outcome(capsys)
    assert status == 0, out
    assert "PROBLEM" not in out
    assert "ok       ticket_printer: ready" in out
    assert "ok       card_reader: not fitted" in out
    assert bench.calls == ["build ticket_printer escpos", "open", "close"]


@pytest.mark.usefixtures("bench")
def test_every_value_with_its_origin_and_secrets_masked(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIOSK_CENTRE__ENROLMENT_CODE", "vierundzwanzig")
    monkeypatch.setenv("KIOSK_DEVICES__TICKET_PRINTER__PASSWORD", "fünfundzwanzig")
    _, out = outcome(capsys)
    assert "screen.width_px = 1080    (config/kiosk.toml)" in out
    assert "devices.ticket_printer.model = escpos    (KIOSK_DEVICES__TICKET_PRINTER__MODEL)" in out
    assert f"centre.enrolment_code = {check.MASK}    (KIOSK_CENTRE__ENROLMENT_CODE)" in out
    assert "undzwanzig" not in out
    sections = load(None, environ={}).model_dump()
    assert all(f"{section}." in out for section in sections)


def test_an_absent_device_says_what_to_do_and_is_closed(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    bench.trouble = DeviceUnavailable("/dev/usb/lp0 is not there.", Fault.UNPLUGGED)
    status, out = outcome(capsys)
    assert status == 1
    assert (
        "PROBLEM  ticket_printer: escpos: /dev/usb/lp0 is not there. Check both ends of its cable and its power." in out
    )
    assert bench.calls[-1] == "close"


def test_headphones_that_are_not_plugged_in_are_no_problem(
    bench: Bench, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIOSK_DEVICES__HEADPHONES__MODEL", "evdev")
    bench.state = Status(Health.ABSENT)
    check.run(Namespace(station=None, report=None, json=False, print=False, last=False))
    assert "ok       headphones: absent" in capsys.readouterr().out


def test_a_blocked_device(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    bench.state = Status(Health.BLOCKED, frozenset({Fault.PAPER_OUT}))
    status, out = outcome(capsys)
    assert status == 1
    assert "PROBLEM  ticket_printer: blocked paper_out Put in a new roll, close the cover." in out


def test_an_unknown_model_is_a_problem_of_that_device(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    bench.trouble = SettingsError("escpos has no option 'boud'; did you mean 'baud'?")
    status, out = outcome(capsys)
    assert status == 1
    assert "PROBLEM  ticket_printer: escpos: escpos has no option 'boud'" in out


@pytest.mark.usefixtures("bench")
def test_fonts_key_and_centre(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "fonts" / "SC-Regular.otf").unlink()
    key = tmp_path / "kiosk.key"
    key.touch(0o644)
    monkeypatch.setenv("KIOSK_PATHS__KEY_FILE", str(key))
    monkeypatch.setenv("KIOSK_CENTRE__URL", "http://127.0.0.1:9")
    status, out = outcome(capsys)
    assert status == 1
    problems = [line.split(":")[0] for line in out.splitlines() if line.startswith("PROBLEM")]
    assert problems == ["PROBLEM  fonts", "PROBLEM  centre", "PROBLEM  key"]
    assert "Run 'make install', or 'kiosk fonts'" in out
    assert "check the network and centre.url" in out
    assert "chmod 600" in out


@pytest.mark.usefixtures("bench")
def test_writing_without_dictionaries(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("KIOSK_PATHS__WRITING", str(tmp_path / "nothing"))
    status, out = outcome(capsys)
    assert status == 1
    assert "PROBLEM  writing: pinyin: run 'kiosk dictionaries', or 'make install'; jyutping: " in out


@pytest.mark.usefixtures("bench")
def test_a_display_that_does_not_let_us_in(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":4711")
    status, out = outcome(capsys)
    assert status == 1
    assert "PROBLEM  display: DISPLAY is :4711 but no X server lets us in there" in out


@pytest.mark.usefixtures("bench")
def test_a_screen_that_is_turned_the_wrong_way(capsys: pytest.CaptureFixture[str]) -> None:
    from kiosk.virtual_display import VirtualDisplay

    with VirtualDisplay(1920, 1080):
        status, out = outcome(capsys)
    assert status == 1
    assert "has 1920x1080 pixels and the settings say 1080x1920; turn it with xrandr" in out


@pytest.mark.usefixtures("bench")
def test_a_folder_that_cannot_be_written(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIOSK_PATHS__DATA", "/proc/kiosk")
    status, out = outcome(capsys)
    assert status == 1
    assert "PROBLEM  data: /proc cannot be written" in out


def test_broken_settings_refuse_before_anything_is_opened(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIOSK_SCREEN__WIDHT_PX", "1080")
    with pytest.raises(SettingsError, match=r"did you mean screen\.width_px\?"):
        check.run(Namespace(station=None, report=None, json=False, print=False, last=False))
    assert bench.calls == []
