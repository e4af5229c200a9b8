"""Ticket printers on the kernel's USB printer class and on TCP: blocked writes, the port status, another path after a replug."""

import os
import time
from pathlib import Path

import pytest

from devices.printers.escpos import EscposPrinter
from devices.printers.escpos_wire import Wire
from devices.transports import line, lp_line
from devices.transports.lp_line import LPGETSTATUS, LpLine, port_faults
from kiosk.errors import DeviceUnavailable, Fault
from kiosk.ports.device import Health
from kiosk.ports.printer import Outcome
from tests.drivers.test_escpos_trouble import same
from tests.far_ends import tcp_printer, usb_printer
from tests.sample_documents import TICKET_EN, TICKET_ZH


def opened(url: str, **options) -> EscposPrinter:
    printer = EscposPrinter(EscposPrinter.Options(url, stall_s=0.2, **options))
    printer.open()
    return printer


@pytest.fixture
def port_status(monkeypatch):
    """What the kernel says of the port; None: this device has no such question."""
    said: list[int | None] = [None]

    def ioctl(_fd: int, request: int, answer: bytearray, _mutate: bool) -> int:
        assert request == LPGETSTATUS
        if said[0] is None:
            raise OSError(25, "Inappropriate ioctl for device")
        answer[0] = said[0]
        return 0

    monkeypatch.setattr(lp_line.fcntl, "ioctl", ioctl)
    return said


@pytest.mark.parametrize(
    ("status", "faults"),
    [
        (0x18, set()),
        (0x38, {Fault.PAPER_OUT}),
        (0x30, {Fault.PAPER_OUT}),
        (0x20, {Fault.PAPER_OUT}),
        (0x08, {Fault.OFFLINE}),
        (0x10, {Fault.HARDWARE}),
        (0x00, set()),
    ],
)
def test_the_port_status(status, faults):
    assert port_faults(status) == faults


def test_a_printer_that_takes_nothing_still_says_by_its_port_that_the_paper_is_out(tmp_path, port_status):
    wire = Wire()
    with usb_printer(tmp_path, wire) as usb:
        printer = opened(f"file://{usb.link}")
        port_status[0] = 0x38
        wire.break_with("stuck:3000")
        begin = time.monotonic()
        outcome = printer.print("job", TICKET_ZH)
        assert time.monotonic() - begin < 2.0
        assert (outcome.outcome, outcome.fault) == (Outcome.FAILED, Fault.PAPER_OUT)
        assert printer.status().faults == {Fault.PAPER_OUT}
        assert printer.status().health is Health.BLOCKED, "and not lost"
        port_status[0] = 0x18
        wire.break_with("none")
        until_works(printer)
        assert printer.print("next", TICKET_EN).outcome is Outcome.OUT
        assert same(wire.slips[-1], TICKET_EN)
        assert not any(same(page, TICKET_ZH) for page in wire.slips)
        printer.close()


def until_works(printer: EscposPrinter) -> None:
    end = time.monotonic() + 3
    while not printer.status().works:
        assert time.monotonic() < end
        try:
            printer.open()
        except DeviceUnavailable:
            time.sleep(0.02)


def test_a_printer_that_cannot_be_asked_still_reports_paper_out_by_its_port(tmp_path, port_status):
    with usb_printer(tmp_path, Wire()) as usb:
        printer = opened(f"file://{usb.link}", answers=False)
        port_status[0] = 0x38
        assert printer.status().faults == {Fault.PAPER_OUT}
        assert printer.print("job", TICKET_EN).fault is Fault.PAPER_OUT
        port_status[0] = 0x18
        assert printer.status().health is Health.READY
        assert printer.print("next", TICKET_EN).outcome is Outcome.SENT
        printer.close()


def test_another_path_after_it_was_plugged_again(tmp_path):
    wire = Wire()
    with usb_printer(tmp_path, wire) as usb:
        printer = opened(f"file://{usb.link}")
        assert usb.node.name == "lp0"
        wire.unplug()
        while printer.status().health is not Health.ABSENT:
            time.sleep(0.01)
        wire.plug()
        until_works(printer)
        assert usb.node.name == "lp1"
        assert printer.print("job", TICKET_EN).outcome is Outcome.OUT
        printer.close()


def test_a_link_of_udevs_leads_to_the_printer_class(tmp_path, monkeypatch):
    link = tmp_path / "ticket-printer"
    link.symlink_to("/dev/usb/lp7")
    taken: list[str] = []
    monkeypatch.setattr(lp_line, "_opened", lambda path: taken.append(path) or os.open(os.devnull, os.O_RDWR))
    made = line.open_line(str(link))
    made.close()
    assert isinstance(made, LpLine)
    assert taken == [str(link)], "asked anew at every opening where it leads"


def test_a_printer_with_nothing_to_say_does_not_keep_the_processor_busy(tmp_path, monkeypatch):
    path = tmp_path / "lp0"
    os.mkfifo(path)
    made = LpLine(str(path))
    calls: list[int] = []
    monkeypatch.setattr(made, "_ready", lambda *_: True)
    monkeypatch.setattr(lp_line.os, "read", lambda *_: calls.append(1) or b"")
    assert made.read(1, 0.1) == b""
    assert len(calls) < 40
    made.close()


def test_a_look_that_may_take_no_time_takes_none(tmp_path, monkeypatch):
    path = tmp_path / "lp0"
    os.mkfifo(path)
    made = LpLine(str(path))
    naps: list[float] = []
    monkeypatch.setattr(made, "_ready", lambda *_: True)
    monkeypatch.setattr(lp_line.os, "read", lambda *_: b"")
    monkeypatch.setattr(lp_line.time, "sleep", naps.append)
    assert made.read(1, 0) == b""
    assert naps == []
    made.read(1, 0.002)
    assert max(naps) <= 0.002
    made.close()


@pytest.mark.parametrize("cycles", [12])
def test_unplugged_and_plugged_over_and_over_nothing_is_leaked(tmp_path, cycles):
    wire = Wire(width=384)
    with usb_printer(tmp_path, wire) as usb:
        printer = opened(f"file://{usb.link}", width_dots=384)
        before = len(list(Path("/proc/self/fd").iterdir()))
        for _ in range(cycles):
            wire.unplug()
            while printer.status().health is not Health.ABSENT:
                time.sleep(0.002)
            wire.plug()
            until_works(printer)
        assert len(list(Path("/proc/self/fd").iterdir())) == before
        printer.close()


def test_noise_without_end_on_tcp_is_left_to_it():
    wire = Wire()
    with tcp_printer(wire) as url:
        printer = opened(url)
        wire.break_with("noise")
        begin = time.monotonic()
        printer.status()
        assert time.monotonic() - begin < 4
        wire.break_with("none")
        until_works(printer)
        printer.close()
