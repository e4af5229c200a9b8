"""Scanners that misbehave, played by a program named scanimage: it hangs, lies, floods, stops in mid-page, dies."""

import os
import stat
import subprocess
import time
from pathlib import Path

import pytest

from devices import registry
from devices.scanners import private_folder, sane
from devices.scanners.sample_pages import picture
from devices.scanners.sane_faults import open_error, scan_error
from devices.worker import Worker
from kiosk.errors import DeviceUnavailable, Fault, NothingToScan, ScanFailed, SettingsError
from kiosk.ports.device import Health
from kiosk.ports.scanner import ScanOrder, Source
from tests.sane_desk import SaneDesk

GLASS, FEEDER = ScanOrder(dpi=75), ScanOrder(Source.FEEDER, 75)
ABLE = "    --source Flatbed|ADF [Flatbed]\n    --resolution 75|100dpi [75]\n"


@pytest.fixture
def play(tmp_path, monkeypatch):
    """play(script) puts a scanimage on the path that lists, names its options, and scans as the shell script says; the
    page's file is $PAGE, the batch's pattern $BATCH. Returns the scanner, open."""
    page = tmp_path / "page.jpg"
    page.write_bytes(picture("form", 75, colour=False)[0])
    opened = []

    def make(script: str, able: str = ABLE, **options: object):
        program = tmp_path / "bin" / "scanimage"
        program.parent.mkdir(exist_ok=True)
        program.write_text(
            f"#!/bin/sh\nPAGE={page}\ncase \"$*\" in\n*' -A'*) printf '%s' '{able}'; exit;;\n"
            f"-f*) cat {tmp_path}/list; exit;;\nesac\n"
            f"for word; do case $word in --batch=*) BATCH=${{word#--batch=}};; esac; done\nFOLDER=${{BATCH%/*}}\n{script}\n"
        )
        program.chmod(0o755)
        (tmp_path / "list").write_text("net:far:test:0\nepson2:libusb:001:004\n")
        monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
        scanner = registry.build("document_scanner", "sane", {"device": "any:thing", **options})
        scanner.open()
        opened.append(scanner)
        return scanner

    yield make
    for scanner in opened:
        scanner.close()


def folders() -> list[Path]:
    return [path for path in private_folder.memory().glob("bianmin-pages-*") if path.stat().st_uid == os.getuid()]


def sheet(number: int) -> str:
    return f"cp $PAGE $FOLDER/{number}.jpg; echo $FOLDER/{number}.jpg;"


BAD_PAGES = [
    "exit 0",
    "head -c 3000 $PAGE",
    "cat $PAGE; exit 9",
    "cat $PAGE; kill -9 $$",
    "head -c 1000000 /dev/urandom",
    "printf '\\377\\330\\377\\331'",
    "head -c 2000 $PAGE; echo 'Application transferred too few scanlines' >&2; exit 1",
]


@pytest.mark.parametrize("script", BAD_PAGES)
def test_half_a_page_is_no_page(play, script):
    scanner = play(script)
    with pytest.raises(ScanFailed):
        list(scanner.scan(GLASS))
    assert scanner.status().works


def test_a_whole_page_is_one(play):
    (page,) = play("cat $PAGE").scan(GLASS)
    assert (page.width_px, page.height_px, page.dpi) == (620, 877, 75)


def test_a_device_that_hangs_is_given_up_in_time_and_ended(play, tmp_path):
    scanner = play(
        f"echo $$ > {tmp_path}/pid; trap '' TERM; cat $PAGE | head -c 100; while :; do sleep 0.1; done", timeout_s=0.2
    )
    began = time.monotonic()
    with pytest.raises(DeviceUnavailable) as caught:
        list(scanner.scan(GLASS))
    assert caught.value.fault is Fault.NO_ANSWER
    assert time.monotonic() - began < 2
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)


def test_a_device_that_does_not_stop_is_busy_until_it_has_come_to_rest(play):
    scanner = play("trap 'sleep 1; exit 2' TERM; while :; do sleep 0.05; done")
    pages = scanner.scan(GLASS)
    began = time.monotonic()
    scanner.cancel()
    assert list(pages) == []
    assert time.monotonic() - began < 1
    until = time.monotonic() + 5
    while scanner.status().health is Health.BUSY and time.monotonic() < until:
        time.sleep(0.02)
    assert scanner.status().health is Health.READY


def test_ten_megabytes_of_noise_beside_a_page_do_no_harm(play):
    (page,) = play("head -c 10000000 /dev/urandom >&2; cat $PAGE").scan(GLASS)
    assert page.width_px == 620


def test_endless_noise_in_place_of_a_page_is_ended(play, monkeypatch):
    monkeypatch.setattr(sane, "MOST_BYTES", 1_000_000)
    with pytest.raises(ScanFailed):
        list(play("cat /dev/zero").scan(GLASS))


def test_an_error_that_was_said_ends_a_scan_whose_process_does_not_end(play):
    scanner = play("echo 'scanimage: sane_read: Scanner cover is open' >&2; trap '' TERM; while :; do sleep 0.1; done")
    began = time.monotonic()
    with pytest.raises(ScanFailed) as caught:
        list(scanner.scan(GLASS))
    assert caught.value.fault is Fault.LID_OPEN
    assert time.monotonic() - began < 4


def test_sheets_before_a_jam_are_delivered_and_the_jam_is_said(play):
    scanner = play(sheet(1) + sheet(2) + "echo 'scanimage: sane_start: Document feeder jammed' >&2; exit 6")
    pages = scanner.scan(FEEDER)
    assert [next(pages).width_px, next(pages).width_px] == [620, 620]
    with pytest.raises(ScanFailed) as caught:
        next(pages)
    assert caught.value.fault is Fault.PAGE_JAM
    assert scanner.status().faults == {Fault.PAGE_JAM}
    assert folders() == []


def test_a_fault_that_nobody_meets_again_is_forgotten(play, monkeypatch):
    monkeypatch.setattr(sane, "REMEMBER_S", 0.0)
    scanner = play("exit 6")
    with pytest.raises(ScanFailed):
        list(scanner.scan(GLASS))
    assert scanner.status().health is Health.READY


def test_a_sheet_leaves_the_memory_as_soon_as_it_is_read(play):
    pages = play(sheet(1) + sheet(2) + "while :; do sleep 0.1; done").scan(FEEDER)
    next(pages)
    (folder,) = folders()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert not (folder / "1.jpg").exists()
    pages.close()
    assert folders() == []


@pytest.mark.parametrize(
    "script",
    ["echo /etc/hostname", "cp $PAGE $FOLDER/7.jpg; echo $FOLDER/7.jpg", "echo $FOLDER/1.jpg", "yes | head -c 100000"],
)
def test_only_the_next_sheets_own_file_is_read(play, script):
    with pytest.raises(ScanFailed):
        list(play(script).scan(FEEDER))
    assert folders() == []


def test_a_feeder_that_is_never_empty_is_none(play, monkeypatch):
    monkeypatch.setattr(sane, "MOST_PAGES", 3)
    scanner = play("n=1; while [ $n -lt 9 ]; do cp $PAGE $FOLDER/$n.jpg; echo $FOLDER/$n.jpg; n=$((n+1)); done")
    pages = scanner.scan(FEEDER)
    assert [next(pages).dpi for _ in range(3)] == [75, 75, 75]
    with pytest.raises(ScanFailed):
        next(pages)


def test_what_a_crash_left_behind_is_removed_and_nothing_that_lives(tmp_path, monkeypatch):
    monkeypatch.setattr(private_folder, "memory", lambda: tmp_path)
    alive, left = private_folder.PrivateFolder(), tmp_path / "bianmin-pages-dead"
    left.mkdir()
    (left / "1.jpg").write_bytes(b"somebody's page")
    private_folder.sweep()
    assert [path.name for path in tmp_path.iterdir()] == [alive.path.name]
    alive.close()
    assert list(tmp_path.iterdir()) == []


def test_scans_in_every_way_leave_no_descriptor_and_no_child_behind(play):
    scanner = play(sheet(1) + sheet(2))
    for _ in range(2):  # the first round loads what is loaded once
        before = len(list(Path("/proc/self/fd").iterdir()))
        for end in ("all", "closed", "cancelled", "unread") * 5:
            pages = scanner.scan(FEEDER)
            if end != "unread":
                next(pages)
            if end == "cancelled":
                scanner.cancel()
            if end in ("all", "cancelled"):
                list(pages)
            pages.close()
            scanner.status()
    scanner.close()
    assert len(list(Path("/proc/self/fd").iterdir())) <= before
    assert folders() == []


def test_further_options_and_the_feeders_name_reach_the_device(play, tmp_path):
    scanner = play(f'echo "$*" > {tmp_path}/said; exit 7', extra="--swdeskew=yes --swcrop='no'", feeder="ADF Duplex")
    with pytest.raises(NothingToScan):
        list(scanner.scan(FEEDER))
    said = (tmp_path / "said").read_text()
    assert "--source=ADF Duplex" in said
    assert "--swdeskew=yes --swcrop=no" in said


def test_a_source_the_device_does_not_have_is_refused(play):
    with pytest.raises(ScanFailed) as caught:
        play("cat $PAGE", able="    --source ADF [ADF]\n").scan(GLASS)
    assert caught.value.fault is Fault.WRONG_DEVICE


# --- finding it ------------------------------------------------------------------------------------------------


def test_a_name_that_changes_with_every_plug_is_found_again(play, tmp_path):
    scanner = play("cat $PAGE", device="epson2:*")
    assert scanner._name == "epson2:libusb:001:004"
    scanner.close()
    (tmp_path / "list").write_text("epson2:libusb:001:017\n")
    scanner.open()
    assert scanner._name == "epson2:libusb:001:017"


@pytest.mark.parametrize(
    ("why", "fault"),
    [
        ("Invalid argument", Fault.UNPLUGGED),
        ("Device busy", Fault.IN_USE),
        ("Access to resource has been denied", Fault.WRONG_DEVICE),
        ("Error during device I/O", Fault.NO_ANSWER),
        ("nobody knows", Fault.UNPLUGGED),
    ],
)
def test_why_it_cannot_be_opened_is_said(why, fault):
    error = open_error("epson2:libusb:001:004", why)
    assert error.fault is fault
    assert "epson2:libusb:001:004" in str(error)
    assert ("udev" in str(error)) is (fault is Fault.WRONG_DEVICE)


def test_a_missing_program_is_named_with_its_package(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(DeviceUnavailable, match="sane-utils") as caught:
        registry.build("document_scanner", "sane", {"device": "x:y"}).open()
    assert caught.value.fault is Fault.WRONG_DEVICE


@pytest.mark.parametrize("options", [{"device": ""}, {"device": "-L"}, {"device": "a:b", "extra": "'open"}])
def test_settings_that_cannot_be_are_refused(options):
    with pytest.raises(SettingsError):
        registry.build("document_scanner", "sane", options)


STATUSES = [(3, "IN_USE"), (5, "HARDWARE"), (6, "PAGE_JAM"), (8, "LID_OPEN"), (9, "HARDWARE"), (10, "HARDWARE")]
STATUSES += [(11, "WRONG_DEVICE"), (4, "WRONG_DEVICE"), (2, "OFFLINE"), (1, "HARDWARE"), (127, "HARDWARE")]


@pytest.mark.parametrize(("code", "fault"), STATUSES)
def test_every_status_has_its_fault(code, fault):
    error = scan_error("any:thing", code, "")
    assert isinstance(error, ScanFailed)
    assert error.fault is Fault[fault]


@pytest.mark.parametrize("status", ["UNSUPPORTED", "CANCELLED", "INVAL", "EOF", "NO_MEM", "ACCESS_DENIED"])
def test_every_other_status_of_the_test_backend_fails_the_scan(tmp_path, status):
    desk = SaneDesk(tmp_path)
    scanner = registry.build("document_scanner", "sane", {"device": desk.device, "config": str(desk.folder)})
    scanner.open()
    desk.set(status=status)
    for order in (GLASS, FEEDER):
        with pytest.raises(ScanFailed):
            list(scanner.scan(order))
    scanner.close()


def test_a_slow_listing_holds_nobody_up(play, tmp_path, monkeypatch):
    scanner = play("cat $PAGE", device="net:*")
    assert scanner.status().works
    scanner._presence.close()
    (tmp_path / "bin" / "scanimage").write_text("#!/bin/sh\nsleep 0.6; echo other:one\n")
    began = time.monotonic()
    assert scanner.status().works
    assert time.monotonic() - began < 0.5
    until = time.monotonic() + 5
    while scanner.status().works and time.monotonic() < until:
        time.sleep(0.05)
    assert scanner.status().health is Health.ABSENT


def test_a_scanner_that_is_never_listed_is_taken_to_be_there(play):
    scanner = play("cat $PAGE")
    assert scanner.status().works
    assert len(list(scanner.scan(GLASS))) == 1


def test_a_listing_that_breaks_says_nothing(play, tmp_path):
    scanner = play("cat $PAGE")
    (tmp_path / "bin" / "scanimage").write_text("#!/bin/sh\nkill -SEGV $$\n")
    assert scanner.status().works


def test_unplugging_is_noticed_in_two_seconds_and_plugging_too(tmp_path):
    desk = SaneDesk(tmp_path)
    scanner = registry.build("document_scanner", "sane", {"device": desk.device, "config": str(desk.folder)})
    heard = []
    worker = Worker("document_scanner", scanner, lambda _name, status: heard.append((status.health, time.monotonic())))
    _await(lambda: heard and heard[-1][0] is Health.READY)
    for plugged, health in ((False, Health.ABSENT), (True, Health.READY)):
        began = time.monotonic()
        desk.set(plugged=plugged)
        _await(lambda health=health: heard[-1][0] is health)
        assert heard[-1][1] - began < 2.6  # the worker's 2 s, and what a loaded machine adds
    worker.close()


def _await(happened) -> None:
    until = time.monotonic() + 5
    while not happened() and time.monotonic() < until:
        time.sleep(0.01)
    assert happened()


def test_nothing_of_ours_runs_on():
    found = subprocess.run(["pgrep", "-P", str(os.getpid()), "scanimage"], capture_output=True, check=False)
    assert found.stdout == b""
