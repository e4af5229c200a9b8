"""IPP printers that are asked themselves: one of our own with any state, and CUPS's `ippeveprinter` where it can run."""

import os
import shutil
import socket
import struct
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from devices.printers.ipp import ENUM, INTEGER, KEYWORD, NAME, Ipp
from kiosk.errors import DeviceUnavailable

Hands = tuple[str, Callable[[str], None]]
"""Its address, and a hand that makes it report a reason, or "none"."""
PROGRAMS = ("ippeveprinter", "dbus-daemon", "avahi-daemon", "ipptool")
PATH = f"{os.environ['PATH']}:/usr/sbin"
BUS = """<busconfig><type>system</type><listen>unix:path={base}/bus</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>
"""
AVAHI = "[server]\nuse-ipv6=no\nallow-interfaces=lo\n[publish]\ndisable-publishing=yes\n"
COMMAND = """#!/bin/sh
read reason < {base}/reason
echo "STATE: +$reason-error" >&2
while read now < {base}/reason && [ "$now" = "$reason" ]; do sleep 0.05; done
echo "STATE: -$reason-error" >&2
"""
"""Idle, it calls whatever is wrong a mere report: the trouble comes, and goes, while it prints."""


def attribute(name: str, tag: int, value: int | str) -> bytes:
    """One attribute with one value."""
    raw = struct.pack(">i", value) if isinstance(value, int) else value.encode()
    return struct.pack(">BH", tag, len(name)) + name.encode() + struct.pack(">H", len(raw)) + raw


@contextmanager
def own_printer() -> Iterator[Hands]:
    """Answers every question with its state."""
    state = {"reason": "none"}

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            body = b"\x01\x01\x00\x00\x00\x00\x00\x01\x04" + attribute("printer-state", ENUM, 3)
            body += attribute("printer-state-reasons", KEYWORD, state["reason"])
            body += attribute("marker-names", NAME, "Black") + attribute("marker-levels", INTEGER, 70) + b"\x03"
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """In silence."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        full = lambda reason: state.update(reason=reason if reason == "none" else f"{reason}-error")  # noqa: E731
        yield f"ipp://127.0.0.1:{server.server_port}/ipp/print", full
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def ippeveprinter() -> Iterator[Hands]:
    """The printer of CUPS, with a bus and a name service of its own: it does not start without."""
    with ExitStack() as stack:
        base = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="ippeve-")))
        (base / "spool").mkdir()
        for name, text in {"bus.conf": BUS, "avahi.conf": AVAHI, "command": COMMAND, "reason": "none\n"}.items():
            (base / name).write_text(text.replace("{base}", str(base)))
        (base / "command").chmod(0o755)
        port = _free_port()
        uri = f"ipp://localhost:{port}/ipp/print"
        stack.enter_context(_running(base, "dbus-daemon", f"--config-file={base}/bus.conf", "--nofork", "--nopidfile"))
        _await((base / "bus").exists)
        avahi = ("avahi-daemon", "-f", str(base / "avahi.conf"), "--no-drop-root", "--no-chroot", "--no-rlimits")
        stack.enter_context(_running(base, *avahi))
        stack.enter_context(_running(base, *_ippeve(base, port)))
        _await(lambda: _answers(uri))
        yield uri, lambda reason: _report(base, uri, reason)


def _ippeve(base: Path, port: int) -> tuple[str, ...]:
    options = ("-r", "off", "-n", "localhost", "-p", str(port), "-d", str(base / "spool"), "-c", str(base / "command"))
    return ("ippeveprinter", *options, "-f", "application/pdf", "Test")


def _report(base: Path, uri: str, reason: str) -> None:
    """In the middle of a job, which ends with the trouble."""
    (base / "reason").write_text(f"{reason}\n")
    if reason == "none":
        return
    (base / "page.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
    command = ["ipptool", "-q", "-f", str(base / "page.pdf"), uri, "print-job.test"]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PATH": PATH}, timeout=20)


@contextmanager
def _running(base: Path, *command: str) -> Iterator[None]:
    environment = {**os.environ, "PATH": PATH, "DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={base}/bus"}
    with (base / f"{command[0]}.log").open("wb") as said:
        process = subprocess.Popen(command, env=environment, stdout=said, stderr=said)
    try:
        yield
    finally:
        process.terminate()
        process.wait(10)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(uri: str) -> bool:
    try:
        return Ipp.at(uri).printer().ok
    except DeviceUnavailable:
        return False


def _await(there: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not there():
        assert time.monotonic() < end, "a helper of ippeveprinter did not start"
        time.sleep(0.05)


def _can_run() -> bool:
    return os.geteuid() == 0 and all(shutil.which(name, path=PATH) for name in PROGRAMS)


PRINTERS = {"own": own_printer, **({"ippeveprinter": ippeveprinter} if _can_run() else {})}
"""Those that can run on this machine."""
