"""Scanners that play a USB keyboard (HID), read from the kernel's input device and from nowhere else.

The device is grabbed (EVIOCGRAB), so that nothing that is scanned reaches the screen's text fields or the keypad. Take the
path that stays: /dev/input/by-id/usb-...-event-kbd. The user needs the group "input". Chinese codes come as Alt and a
number, or not at all: a scanner that has a serial mode (CDC) is better in it.
"""

import contextlib
import errno
import fcntl
import os
import select
import stat
import struct
import time
from collections.abc import Iterable
from dataclasses import dataclass

from devices.code_scanners.hid_keys import EVENT, AltMeans, Keys
from devices.code_scanners.texts import Inbox, Marks
from devices.connected import Connected
from kiosk.errors import DeviceUnavailable, Fault
from kiosk.ports.code_scanner import Code

EVIOCGRAB = 1 << 30 | 4 << 16 | ord("E") << 8 | 0x90
EVIOCSCLOCKID = 1 << 30 | 4 << 16 | ord("E") << 8 | 0xA0
"""Which clock the events' times are of; the wall clock jumps."""
CHUNK = EVENT.size * 64
CHUNKS = 64


class Grabbed:
    """An input device that this program alone hears. Raises DeviceUnavailable."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._fd = _opened(path)
        try:
            _grab(self._fd)
        except OSError as error:
            os.close(self._fd)
            raise _unavailable(path, error) from error

    def close(self) -> None:
        """Give it back."""
        with contextlib.suppress(OSError):
            fcntl.ioctl(self._fd, EVIOCGRAB, 0)
        os.close(self._fd)

    def has_events(self, wait_s: float) -> bool:
        """Whether there are some, within `wait_s`."""
        return bool(select.select([self._fd], [], [], wait_s)[0])

    def read(self) -> bytes:
        """The events that are there."""
        try:
            events = os.read(self._fd, CHUNK)
        except OSError as error:
            raise _unavailable(self._path, error) from error
        if not events:
            raise _unavailable(self._path, OSError(errno.ENODEV, "hung up"))
        return events


class HidCodeScanner(Connected[Grabbed]):
    """A scanner that types: all that is known of it is that its device is there."""

    @dataclass(frozen=True)
    class Options:
        """`path`: the input device. `gap_s`: the longest pause between two keys. `alt`: what Alt and a number above 255
        means. `prefix`, `aim`: as of the model serial."""

        path: str
        gap_s: float = 0.03
        alt: AltMeans = "gbk"
        prefix: str = ""
        aim: bool = False

    def __init__(self, options: Options) -> None:
        super().__init__(f"code scanner at {options.path}")
        self.options = options
        self._inbox = Inbox(options.path, Marks(options.prefix.encode(), options.aim))
        self._keys = Keys(self._inbox, options.gap_s, options.alt)

    def _connect(self) -> Grabbed:
        return Grabbed(self.options.path)

    def _greet(self, _device: Grabbed) -> None:
        self._inbox.clear()
        self._keys = Keys(self._inbox, self.options.gap_s, self.options.alt)

    def _faults(self, _device: Grabbed) -> Iterable[Fault]:
        self._listen(0)
        return ()

    def await_code(self, timeout_s: float) -> Code | None:
        """The next code. Raises DeviceUnavailable."""
        end = time.monotonic() + timeout_s
        self._listen(0)
        while (code := self._inbox.take()) is None and (now := time.monotonic()) < end:
            self._listen(end - now)
        return code

    def clear(self) -> None:
        """Forget what was typed, and the rest of what is just being typed."""
        try:
            self._listen(0)
        except DeviceUnavailable:
            self.close()
        self._keys.deafen()
        self._inbox.clear()

    def _listen(self, wait_s: float) -> None:
        """Take what is there; waits for the first event only."""
        device = self._open_way
        for _ in range(CHUNKS):
            if not device.has_events(wait_s):
                return
            self._keys.feed(device.read())
            wait_s = 0


def _opened(path: str) -> int:
    try:
        return os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    except OSError as error:
        raise _unavailable(path, error) from error


def _grab(fd: int) -> None:
    """A pipe of recorded events needs no grab: nobody else hears it. Raises OSError."""
    if stat.S_ISFIFO(os.fstat(fd).st_mode):
        return
    fcntl.ioctl(fd, EVIOCGRAB, 1)
    fcntl.ioctl(fd, EVIOCSCLOCKID, struct.pack("i", time.CLOCK_MONOTONIC))


def _unavailable(path: str, error: OSError) -> DeviceUnavailable:
    reason, fault = REASONS.get(error.errno or 0, NOT_INPUT)
    return DeviceUnavailable(reason.format(path=path), fault)


NOT_INPUT = ("{path} is not an input device. Check the address in the settings.", Fault.WRONG_DEVICE)
REASONS = {
    errno.ENOENT: ("There is no {path}. Check the scanner's cable, or the address.", Fault.UNPLUGGED),
    errno.ENODEV: ("{path} was unplugged. Check the scanner's cable.", Fault.UNPLUGGED),
    errno.ENXIO: ("{path} was unplugged. Check the scanner's cable.", Fault.UNPLUGGED),
    errno.EIO: ("{path} was unplugged. Check the scanner's cable.", Fault.UNPLUGGED),
    errno.EBUSY: ("{path} is used by another program. End it first.", Fault.IN_USE),
    errno.EACCES: ("{path} may not be read; is the user in the group 'input'?", Fault.WRONG_DEVICE),
    errno.EPERM: ("{path} may not be read; is the user in the group 'input'?", Fault.WRONG_DEVICE),
}
