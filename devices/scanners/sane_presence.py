"""Is the scanner still there? Asked every two seconds, so it must cost next to nothing and disturb no device."""

import re
import socket
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Protocol

from devices.scanners.scanimage import Scanimage

USB_NODE = re.compile(r":libusb:(\d{3}):(\d{3})$")
USB_IDS = re.compile(r"^pixma:([0-9A-Fa-f]{4})([0-9A-Fa-f]{4})")
WEB = re.compile(r"https?://([^:/\]]+|\[[^\]]+\])(?::(\d+))?")
EPSON_NET = re.compile(r"^(?:epson2|epsonds):net:([\w.-]+)$")
EPSON_PORT = 1865
BUS, USB = Path("/dev/bus/usb"), Path("/sys/bus/usb/devices")
CONNECT_S = 0.5
PLENTY = 1 << 16
LIST_S, LISTS_APART, LIST_WAIT_S = 20.0, 10, 0.3
"""A listing may take this long; between two lie ten times what the last one took; a look waits so long for one."""


class Presence(Protocol):
    """A way to look whether a device is there."""

    def there(self) -> bool:
        """Within about half a second; the last known where that is not known yet."""

    def close(self) -> None:
        """End whatever is under way."""


class Look:
    """A look that takes no time: at a device node, at what the kernel lists, at a door of the network."""

    def __init__(self, there: Callable[[], bool]) -> None:
        self.there = there

    def close(self) -> None:
        """Nothing is under way."""


class Listing:
    """Asks SANE which devices there are, in the background. Some work and are never listed (a scanner of the network that
    is named in a backend's file): only one that was listed once can go missing."""

    def __init__(self, name: str, config: str, seen: bool) -> None:
        self._name, self._config = name, config
        self._run: Scanimage | None = None
        self._text, self._begun, self._next = b"", 0.0, 0.0
        self._known, self._seen = True, seen

    def there(self) -> bool:
        """As the last listing said."""
        if self._run is None and time.monotonic() >= self._next:
            self._begin()
        if self._run is not None:
            self._go_on(self._run)
        return self._known

    def close(self) -> None:
        """End a listing that is under way: two programs must not talk to one scanner. The next look is a fresh one."""
        self._next = 0.0
        if self._run is not None:
            self._run.kill()
            self._run = None

    def _begin(self) -> None:
        self._run, self._text, self._begun = Scanimage(["-f", "%d%n"], self._config), b"", time.monotonic()

    def _go_on(self, run: Scanimage) -> None:
        until = time.monotonic() + LIST_WAIT_S
        while (piece := run.read(max(0.0, until - time.monotonic()))) is not None:
            self._text = (self._text + piece)[:PLENTY]
            if time.monotonic() >= until:
                if time.monotonic() > self._begun + LIST_S:
                    self._end()
                return
        if run.code() == 0:
            names = listed(self._text.decode(errors="replace"))
            self._seen = self._seen or self._name in names
            self._known = self._name in names or not self._seen
        self._end()

    def _end(self) -> None:
        took = time.monotonic() - self._begun
        self.close()
        self._next = time.monotonic() + took * LISTS_APART


def listed(text: str) -> list[str]:
    """The device names in what `scanimage -f %d%n` printed."""
    return [line for line in text.splitlines() if ":" in line]


def presence(name: str, config: str, *, seen: bool) -> Presence:
    """The cheapest way to see whether this device is there. `seen`: it was listed before."""
    if match := USB_NODE.search(name):
        node = BUS / match[1] / match[2]
        return Look(node.exists)
    if match := USB_IDS.match(name):
        return Look(partial(_plugged_in, match[1].lower(), match[2].lower()))
    if match := WEB.search(name):
        return Look(partial(reachable, match[1].strip("[]"), int(match[2] or 80)))
    if match := EPSON_NET.match(name):
        return Look(partial(reachable, match[1], EPSON_PORT))
    return Listing(name, config, seen)


def reachable(host: str, port: int) -> bool:
    """Whether somebody takes a connection there."""
    try:
        socket.create_connection((host, port), CONNECT_S).close()
    except OSError:
        return False
    return True


def _plugged_in(vendor: str, product: str) -> bool:
    """Whether the kernel lists such a USB device."""
    return any(
        _word(device / "idVendor") == vendor and _word(device / "idProduct") == product for device in USB.glob("*")
    )


def _word(path: Path) -> str:
    try:
        return path.read_text().strip()
    except OSError:
        return ""  # no device, or pulled out just now
