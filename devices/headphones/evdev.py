"""The headphone socket of a sound card, as Linux tells of it: the switch SW_HEADPHONE_INSERT of an input device.

Sources: include/uapi/linux/input.h (struct input_event, EVIOCGSW), input-event-codes.h (EV_SW, SW_HEADPHONE_INSERT),
Documentation/input/event-codes.rst (SYN_DROPPED: events were lost, ask anew). The user needs the group "input".
"""

import contextlib
import fcntl
import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from devices.headphones import OUT
from kiosk.errors import DeviceUnavailable, Fault
from kiosk.ports.device import READY, Status

INPUTS = Path("/sys/class/input")
EVENT = struct.Struct("llHHi")
"""Seconds, microseconds, type, code, value."""
EV_SYN, EV_SW = 0, 5
SYN_DROPPED = 3
SW_HEADPHONE_INSERT = 2
SWITCH_BYTES = 8
EVIOCGSW = 2 << 30 | SWITCH_BYTES << 16 | ord("E") << 8 | 0x1B


class EvdevHeadphones:
    """READY while a plug is in one of the sockets watched. What happens is noticed at the next `status`."""

    @dataclass(frozen=True)
    class Options:
        """`path`: an input device such as /dev/input/by-path/...; "auto": every one that has a headphone switch."""

        path: str = "auto"

    def __init__(self, options: Options) -> None:
        self.options = options
        self._sockets: list[Socket] = []

    def open(self) -> None:
        """Watch the sockets. Raises DeviceUnavailable when there are none, or they must not be read."""
        if self._sockets:
            return
        auto = self.options.path == "auto"
        paths = headphone_inputs() if auto else [Path(self.options.path)]
        if not paths:
            raise DeviceUnavailable("No sound card of this machine tells whether headphones are in.", Fault.UNPLUGGED)
        try:
            for path in paths:
                self._sockets.append(Socket(path))
        except OSError as error:
            self.close()
            reason = f"{error.filename} cannot be read: {error.strerror}; is the user in the group 'input'?"
            raise DeviceUnavailable(reason, Fault.UNPLUGGED) from error

    def close(self) -> None:
        """Watch no more."""
        for socket in self._sockets:
            socket.close()
        self._sockets = []

    def status(self) -> Status:
        """READY with a plug in, else OUT; also ABSENT once the sound card has been taken away."""
        try:
            states = [socket.plugged() for socket in self._sockets]
        except OSError:
            self.close()
            return OUT
        return READY if any(states) else OUT


class Socket:
    """One input device, read without waiting. Raises OSError when it cannot be opened."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        self._switch = Switch()
        self._ask()

    def close(self) -> None:
        """Let it go."""
        os.close(self._file)

    def plugged(self) -> bool:
        """Whether the plug is in, now. Raises OSError when the device has gone."""
        while events := self._read():
            if self._switch.follow(events):
                self._ask()
        return self._switch.on

    def _read(self) -> bytes:
        try:
            return os.read(self._file, EVENT.size * 64)
        except BlockingIOError:
            return b""

    def _ask(self) -> None:
        """The state before the first event. What has no switches (a pipe) tells only changes."""
        state = bytearray(SWITCH_BYTES)
        with contextlib.suppress(OSError):
            fcntl.ioctl(self._file, EVIOCGSW, state)
            self._switch.on = bool(state[0] & 1 << SW_HEADPHONE_INSERT)


class Switch:
    """The headphone switch as its events leave it."""

    def __init__(self) -> None:
        self.on = False
        self._rest = b""

    def follow(self, events: bytes) -> bool:
        """Take bytes as they come, cut anywhere. Whether events were lost, so that the state must be asked."""
        self._rest += events
        whole = len(self._rest) // EVENT.size * EVENT.size
        ready, self._rest = self._rest[:whole], self._rest[whole:]
        lost = False
        for _, _, kind, code, value in EVENT.iter_unpack(ready):
            if (kind, code) == (EV_SW, SW_HEADPHONE_INSERT):
                self.on = bool(value)
            lost = lost or (kind, code) == (EV_SYN, SYN_DROPPED)
        return lost


def headphone_inputs(inputs: Path = INPUTS) -> list[Path]:
    """The input devices with a headphone switch; those called so when there are any, else all."""
    found = list(_with_switch(inputs))
    called = [path for path, name in found if "headphone" in name.lower()]
    return called or [path for path, _ in found]


def _with_switch(inputs: Path) -> Iterator[tuple[Path, str]]:
    """Device and name. The switches are in hexadecimal words, the lowest last."""
    for folder in sorted(inputs.glob("event*")):
        try:
            words = (folder / "device/capabilities/sw").read_text().split()
            name = (folder / "device/name").read_text().strip()
        except OSError:
            continue  # it went away while we looked
        if words and int(words[-1], 16) & 1 << SW_HEADPHONE_INSERT:
            yield Path("/dev/input") / folder.name, name
