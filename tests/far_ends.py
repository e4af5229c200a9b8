"""Far ends of a ticket printer's cable for drivers that open a real one: a TCP port, and a device like usblp's."""

import os
import select
import threading
import time
import tty
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from devices.printers.escpos_server import EscposServer
from devices.printers.escpos_wire import Wire
from devices.transports.sim import Coming, in_order

SLICE_S = 0.01


class UsbPrinter:
    """A character device at `folder/lpN` with a stable link to it, as udev makes one; no longer there when unplugged, and
    with another number when plugged again. It takes no data while its wire takes none, as usblp when paper is out."""

    def __init__(self, folder: Path, wire: Wire) -> None:
        self.link = folder / "ticket-printer"
        self._folder, self._wire = folder, wire
        self._number = -1
        self._fds: tuple[int, int] = (-1, -1)
        self._coming: Coming = []
        self._plug()

    @property
    def node(self) -> Path:
        """Where the device is now."""
        return self._folder / f"lp{self._number}"

    def turn(self) -> None:
        """Move bytes for a moment, and follow the cable."""
        if self._wire.plugged != (self._fds[0] >= 0):
            (self._plug if self._wire.plugged else self.unplug)()
        master = self._fds[0]
        if master < 0 or not self._wire.takes():
            time.sleep(SLICE_S)
        elif select.select([master], [], [], SLICE_S)[0]:
            self._exchange(master)
        while self._fds[0] >= 0 and self._coming and self._coming[0][0] <= time.monotonic():
            os.write(master, self._coming.pop(0)[1])

    def _exchange(self, master: int) -> None:
        now = time.monotonic()
        for burst in self._wire.exchange(os.read(master, 4096), 0):
            in_order(self._coming, now + burst.after_s, burst.data)

    def _plug(self) -> None:
        self._number += 1
        self._fds = os.openpty()
        tty.setraw(self._fds[1])
        self.node.symlink_to(os.ttyname(self._fds[1]))
        fresh = self.link.with_suffix(".new")
        fresh.symlink_to(self.node)
        fresh.replace(self.link)

    def unplug(self) -> None:
        """Device and link go."""
        if self._fds[0] < 0:
            return
        for path in (self.link, self.node):
            path.unlink()
        for fd in self._fds:
            os.close(fd)
        self._fds, self._coming = (-1, -1), []


@contextmanager
def turning(turn: Any) -> Iterator[None]:
    """Call it over and over in a thread of its own."""
    over = threading.Event()

    def work() -> None:
        while not over.is_set():
            turn()

    thread = threading.Thread(target=work, name="far end")
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


@contextmanager
def usb_printer(folder: Path, wire: Wire) -> Iterator[UsbPrinter]:
    """A printer on USB."""
    made = UsbPrinter(folder, wire)
    try:
        with turning(made.turn):
            yield made
    finally:
        made.unplug()


@contextmanager
def tcp_printer(wire: Wire) -> Iterator[str]:
    """A printer on the network; its URL."""
    server = EscposServer("127.0.0.1:0", wire)
    try:
        with turning(lambda: server.turn(-1, SLICE_S)):
            yield f"socket://{server.address}"
    finally:
        server.close()
