"""Every scanner that SANE knows, through `scanimage`: a process of its own that can be stopped and killed.

The exit code is SANE's status, so each trouble has its name; a backend that hangs or crashes takes nothing with it.
"""

import shlex
import shutil
import threading
import time
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TypeAlias

from devices.health import status_of
from devices.scanners.jpeg import page_of
from devices.scanners.private_folder import MOST_BYTES, PrivateFolder, sweep
from devices.scanners.sane_faults import NO_DOCS, OPEN, open_error, scan_error, status_said
from devices.scanners.sane_options import SaneOptions, parse
from devices.scanners.sane_presence import LIST_S, Presence, listed, presence
from devices.scanners.scanimage import PROGRAM, Scanimage, ask
from kiosk.errors import DeviceUnavailable, Fault, NothingToScan, ScanFailed, SettingsError
from kiosk.ports.device import ABSENT, Health, Status
from kiosk.ports.page import Page
from kiosk.ports.scanner import ScannerCapabilities, ScanOrder, Source

SLICE_S = 0.05
"""How soon a wait notices that it was cancelled."""
END_S = 15.0
"""How long a process may go on after its last byte: the lamp travels home, the device is closed."""
SAID_S = 1.0
"""How long a process may go on after it said why it ends."""
STOP_S = 0.5
"""How long an ended scan waits for its process; after that the device comes to rest in the background."""
OPEN_S = 20.0
REMEMBERED = frozenset({Fault.PAGE_JAM, Fault.LID_OPEN, Fault.IN_USE})
REMEMBER_S = 60.0
"""SANE tells such a fault only when a page is asked for. It stands as the device's state until a scan succeeds, but not
longer than this: somebody may have cleared it, and nobody would scan on a device that is said to be out of order."""
MOST_PAGES = 200
"""Of one order: a feeder that is never empty is not one."""
UNKNOWN = 1
"""The exit code of what has no other name."""

Pages: TypeAlias = Generator[Page, None, None]


class SaneScanner:
    """A scanner behind SANE."""

    @dataclass(frozen=True)
    class Options:
        """`device`: its SANE name, or a pattern such as "epson2:*" where the name changes with every plug (the first that
        fits is taken). `config`: a folder with a `dll.conf` that names only the backends needed (SANE_CONFIG_DIR), so
        that looking takes milliseconds; empty: the machine's own. `feeder`: the source that is the feeder, where its
        plain one is not wanted ("ADF Duplex"). `extra`: further options of scanimage ("--swdeskew=yes"). `timeout_s`:
        how long the device may be silent, or take for a sheet."""

        device: str
        config: str = ""
        feeder: str = ""
        extra: str = ""
        timeout_s: float = 90.0

        def __post_init__(self) -> None:
            if not self.device.strip() or self.device.startswith("-"):
                raise SettingsError("device must be a SANE name or pattern; 'scanimage -L' prints the names.")
            try:
                shlex.split(self.extra)
            except ValueError as error:
                raise SettingsError(f"extra cannot be taken apart: {error}.") from error

    def __init__(self, options: Options) -> None:
        self.options = options
        self._name = ""
        self._found: SaneOptions | None = None
        self._presence: Presence | None = None
        self._cancelled = threading.Event()
        self._parting: Scanimage | None = None
        self._fault: tuple[Fault, float] | None = None

    # --- the port ------------------------------------------------------------------------------------------

    @property
    def capabilities(self) -> ScannerCapabilities:
        """As the device said when it was opened. Raises DeviceUnavailable before that."""
        return self._opened().capabilities()

    def open(self) -> None:
        """Find the device and read its options. Raises DeviceUnavailable."""
        if self._found:
            return
        if not shutil.which(PROGRAM):
            raise DeviceUnavailable(
                "The command scanimage is missing. Install the Debian package sane-utils.", Fault.WRONG_DEVICE
            )
        sweep()
        name = self._resolved()
        self._found = self._options_of(name)
        self._name, self._presence = name, presence(name, self.options.config, seen=name != self.options.device)

    def close(self) -> None:
        """Nothing is held open, and nothing runs on."""
        if self._presence:
            self._presence.close()
        if self._parting:
            self._parting.kill()
        self._found = self._presence = self._parting = None

    def status(self) -> Status:
        """Whether it is there, and what the last scan met."""
        if self._found is None or self._presence is None:
            return ABSENT
        if self._resting():
            return Status(Health.BUSY)
        try:
            there = self._presence.there()
        except DeviceUnavailable as error:
            return status_of((error.fault,))
        if not there:
            return ABSENT
        return status_of((self._fault[0],) if self._fault and time.monotonic() < self._fault[1] else ())

    def scan(self, order: ScanOrder) -> Pages:
        """The pages. Raises as the port says; DeviceUnavailable also when the device says nothing for too long."""
        options = self._opened()
        if order.source not in options.sources:
            raise ScanFailed(f"The scanner {self._name} has no {order.source}.", Fault.WRONG_DEVICE)
        self._cancelled.clear()
        return self._watched(self._glass(order) if order.source is Source.FLATBED else self._sheets(order))

    def cancel(self) -> None:
        """Stop the scan that is begun."""
        self._cancelled.set()

    # --- finding it ----------------------------------------------------------------------------------------

    def _opened(self) -> SaneOptions:
        if self._found is None:
            raise DeviceUnavailable(f"The scanner {self.options.device} is not open.", Fault.UNPLUGGED)
        return self._found

    def _resolved(self) -> str:
        """The device's name today: a USB address is another one after every plug."""
        pattern = self.options.device
        if not set("*?") & set(pattern):
            return pattern
        names = listed(ask(["-f", "%d%n"], self.options.config, LIST_S).text)
        for name in names:
            if fnmatchcase(name, pattern):
                return name
        raise DeviceUnavailable(f"No scanner {pattern} is connected.", Fault.UNPLUGGED)

    def _options_of(self, name: str) -> SaneOptions:
        answer = ask(["-d", name, "-A"], self.options.config, OPEN_S)
        if match := OPEN.search(answer.said):
            raise open_error(name, match[1])
        if answer.code:
            raise DeviceUnavailable(f"The scanner {name} does not say what it can do.", Fault.WRONG_DEVICE)
        return parse(answer.text, self.options.feeder)

    # --- scanning ------------------------------------------------------------------------------------------

    def _watched(self, pages: Pages) -> Pages:
        """Pages, and what they tell of the device's state."""
        try:
            for page in pages:
                self._fault = None
                yield page
        except ScanFailed as error:
            if error.fault in REMEMBERED:
                self._fault = (error.fault, time.monotonic() + REMEMBER_S)
            raise
        finally:
            pages.close()

    def _glass(self, order: ScanOrder) -> Pages:
        """One page, through a pipe."""
        run = self._begin(order, [])
        try:
            jpeg = b"".join(self._output(run))
            if self._ended_well(run):
                yield page_of(jpeg, self._opened().dpi(order.dpi))
        finally:
            self._stop(run)

    def _sheets(self, order: ScanOrder) -> Pages:
        """All sheets, each through a file in memory."""
        folder = PrivateFolder()
        try:
            batch = [f"--batch={folder.path}/%d.jpg", "--batch-print", f"--batch-count={MOST_PAGES + 1}"]
            run = self._begin(order, batch)
            try:
                yield from self._taken(run, folder, order)
            finally:
                self._stop(run)
        finally:
            folder.close()

    def _taken(self, run: Scanimage, folder: PrivateFolder, order: ScanOrder) -> Pages:
        """Each sheet as soon as its file's name is told."""
        count = 0
        for name in _lines(self._output(run)):
            count += 1
            if name != f"{folder.path}/{count}.jpg" or count > MOST_PAGES:
                raise ScanFailed("The scanner's feeder delivers something that is no page.", Fault.HARDWARE)
            yield page_of(folder.take(f"{count}.jpg"), self._opened().dpi(order.dpi))
        if self._ended_well(run, NO_DOCS) and count == 0:
            raise NothingToScan("There is no paper in the feeder.")

    def _begin(self, order: ScanOrder, batch: list[str]) -> Scanimage:
        while self._resting() and not self._cancelled.wait(SLICE_S):
            pass  # a few seconds at most: then it is killed
        if self._presence:
            self._presence.close()
        arguments = ["-d", self._name, "--format=jpeg", *self._opened().arguments(order)]
        return Scanimage([*arguments, *shlex.split(self.options.extra), *batch], self.options.config)

    def _output(self, run: Scanimage) -> Iterator[bytes]:
        """Its output until it ends or the scan is cancelled. Raises DeviceUnavailable when it falls silent."""
        heard, size = time.monotonic(), 0
        while not self._cancelled.is_set() and (piece := run.read(SLICE_S)) is not None:
            if piece:
                size += len(piece)
                yield piece
                heard = time.monotonic()
            elif status_said(run.said) is not None and time.monotonic() > heard + SAID_S:
                return
            elif time.monotonic() > heard + self.options.timeout_s:
                run.kill()
                raise DeviceUnavailable(f"The scanner {self._name} says nothing any more.", Fault.NO_ANSWER)
            if size > MOST_BYTES:
                raise ScanFailed("The scanner delivered something that is no page.", Fault.HARDWARE)

    def _ended_well(self, run: Scanimage, *also: int) -> bool:
        """Whether the scan came to its end, with exit code 0 or one of `also`; False when it was cancelled. Raises what
        another end means."""
        said = status_said(run.said)
        until = time.monotonic() + (END_S if said is None else SAID_S)
        while (code := run.code(SLICE_S)) is None and not self._cancelled.is_set() and time.monotonic() < until:
            pass
        if self._cancelled.is_set():
            return False
        code = code if said is None else said
        if code in (0, *also):
            return True
        if self._presence and not self._presence.there():
            raise DeviceUnavailable(f"The scanner {self._name} is not connected any more.", Fault.UNPLUGGED)
        raise scan_error(self._name, UNKNOWN if code is None else code, run.said)

    def _stop(self, run: Scanimage) -> None:
        """End its process, or leave it to bring the device to rest."""
        if status_said(run.said) is None:
            run.part()
        if status_said(run.said) is not None or run.gone(STOP_S):
            run.kill()
        else:
            self._parting = run

    def _resting(self) -> bool:
        """Whether the device is still coming to rest after a scan that was ended."""
        if self._parting and self._parting.gone(0):
            self._parting.kill()
            self._parting = None
        return self._parting is not None


def _lines(pieces: Iterator[bytes]) -> Iterator[str]:
    """Whole lines of an output."""
    rest = b""
    for piece in pieces:
        *lines, rest = (rest + piece).split(b"\n")
        yield from (line.decode(errors="replace") for line in lines)
