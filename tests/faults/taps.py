"""Lets a fault happen at an exact moment of a device's use.

Between driver and simulated wire sits a `TappedWire` that counts the bytes of the use; around the device a `Watched`
that knows when the use begins and ends. A device without a wire has the phases of its call instead: as it begins, half
way through (by the time a sound one took), as it returns.
"""

import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any

from devices.transports.sim import Burst, Wire


class Moment(StrEnum):
    """When in a visit. BEFORE and AFTER are the person's moments, the others the wire's."""

    BEFORE = "before"
    FIRST = "first byte"
    MIDWAY = "mid-way"
    LAST = "last byte"
    AFTER = "after"


IN_USE = (Moment.FIRST, Moment.MIDWAY, Moment.LAST)


class Tap:
    """Knows how long a sound use is, and acts once at a moment of it. `act` runs in the thread that carries the bytes."""

    def __init__(self) -> None:
        self.bytes_of: dict[str, int] = {}
        """Bytes that a sound use of each call takes, both ways."""
        self.seconds_of: dict[str, float] = {}
        self.learning = False
        """Whether uses are measured now: only sound ones are."""
        self.fired = threading.Event()
        self._lock = threading.Lock()
        self._act: Callable[[], None] | None = None
        self._call, self.at = "", 0
        self._now, self._passed = "", 0

    def arm(self, call: str, at: int, act: Callable[[], None]) -> None:
        """Act as byte number `at` of the next use of `call` goes over the wire."""
        self.fired.clear()
        self._call, self.at, self._act = call, at, act

    def disarm(self) -> None:
        """Whatever was planned does not happen any more."""
        self._act = None

    def begin(self, call: str) -> None:
        """A use begins."""
        self._now, self._passed = call, 0

    def end(self, call: str, seconds: float) -> None:
        """It is over; what had not happened by then happens now."""
        self._now = ""
        if self.learning and (self._passed or call not in self.bytes_of):  # a look that found nothing is no use
            self.bytes_of[call], self.seconds_of[call] = self._passed, seconds
        if self.is_armed_for(call):
            self.fire()

    def parts(self, data: bytes) -> Iterator[bytes]:
        """The bytes, cut where it has to act; acts between the parts."""
        cut = self.at - self._passed if self._act and self._now == self._call else -1
        self._passed += len(data)
        if not 0 <= cut < len(data):
            yield data
            return
        if cut:
            yield data[:cut]
        self.fire()
        yield data[cut:]

    def fire(self) -> None:
        """Act now, once."""
        with self._lock:
            act, self._act = self._act, None
        if act:
            act()
            self.fired.set()

    def is_armed_for(self, call: str) -> bool:
        """Whether something is to happen during this call."""
        return self._act is not None and self._call == call


class TappedWire:
    """A wire with a tap on it. What is pulled out in mid-sentence loses the rest of the sentence."""

    def __init__(self, wire: Wire, tap: Tap) -> None:
        self._wire, self._tap = wire, tap

    def __getattr__(self, name: str) -> Any:
        return getattr(self._wire, name)

    def exchange(self, data: bytes, baud: int) -> Iterable[Burst]:
        """What it sends on these bytes."""
        for part in self._tap.parts(data):
            if self._wire.plugged:
                for burst in self._wire.exchange(part, baud):
                    yield from self._tapped(burst)

    def _tapped(self, burst: Burst) -> Iterator[Burst]:
        pause = burst.after_s
        for part in self._tap.parts(burst.data):
            if self._wire.plugged:
                yield Burst(part, pause, burst.overtakes)
                pause = 0.0


class TappedSpeaker(TappedWire):
    """The same for a wire that also sends without being asked."""

    def unasked(self) -> Iterable[Burst]:
        """What it sends of itself."""
        for burst in self._wire.unasked():  # type: ignore[attr-defined]
            yield from self._tapped(burst)


class Watched:
    """A device, and what was done with it: how often it was asked anything, what its uses returned."""

    def __init__(self, device: Any, tap: Tap, calls: Mapping[str, bool]) -> None:
        """`calls`: method -> whether its bytes can be counted."""
        self._device, self._tap, self._calls = device, tap, calls
        self.looks = 0
        self.results: list[object] = []

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._device, name)
        if not callable(found):
            return found
        self.looks += 1
        return self._used(name, found) if name in self._calls else found

    def _used(self, name: str, method: Callable[..., Any]) -> Callable[..., Any]:
        def used(*args: Any, **options: Any) -> Any:
            timer = None if self._calls[name] else self._by_time(name)
            began = time.monotonic()
            self._tap.begin(name)
            drawn_out = False
            try:
                result = method(*args, **options)
                self.results.append(result)
                drawn_out = isinstance(result, Generator)
                return self._to_its_end(name, result, timer, began) if drawn_out else result
            finally:
                if not drawn_out:
                    self._over(name, timer, began)

        return used

    def _to_its_end(
        self, name: str, pieces: Generator[Any, None, None], timer: threading.Timer | None, began: float
    ) -> Generator[Any, None, None]:
        """What gives one piece after the other is in use until the last one."""
        try:
            yield from pieces
        finally:
            self._over(name, timer, began)

    def _over(self, name: str, timer: threading.Timer | None, began: float) -> None:
        if timer:
            timer.cancel()
        self._tap.end(name, time.monotonic() - began)

    def _by_time(self, name: str) -> threading.Timer | None:
        """For a device without bytes: byte 0 is before the call, byte 1 half way through its time, byte 2 its end."""
        if not self._tap.is_armed_for(name):
            return None
        if self._tap.at == 0:
            self._tap.fire()
        if self._tap.at != 1:
            return None
        timer = threading.Timer(self._tap.seconds_of[name] / 2, self._tap.fire)
        timer.start()
        return timer
