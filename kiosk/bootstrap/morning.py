"""The readiness report that a running terminal makes by itself each morning, while nobody is here.

`tick` is called on the main thread; the exercises run where the devices live, in their workers' threads, asked for by a
thread of their own. Whoever touches the screen meanwhile has the devices back within a moment: the report is given up and
made anew when nobody is here again.
"""

import logging
import queue
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast
from uuid import uuid4

from kiosk.bootstrap.centre import program_version
from kiosk.errors import CentreError, CentreRefused, DeviceUnavailable, Fault, KioskError, StoreError
from kiosk.journal import Shown
from kiosk.ports.device import Device
from kiosk.ports.worker import DeviceWorker, Request
from kiosk.readiness.schedule import due
from kiosk.settings import Settings
from kiosk.store.readiness import Kept, ReadinessShelf
from kiosk.store.store import Store

if TYPE_CHECKING:
    from kiosk.contract.readiness import Examined, ReadinessReport
    from kiosk.ports.centre import Centre
    from kiosk.readiness.finding import Finding

log = logging.getLogger(__name__)

QUIET_S = 20.0
"""Nobody has been here for so long: somebody who only pauses is not sent away by busy devices."""
EXERCISE_S = 90.0
"""A device that has not come to the end of its exercise by then does not answer."""
AGAIN_S = 600.0
"""After a report that could not be made."""
SLICE_S = 0.25


class Morning:
    """Makes the report of the day. `workers` may still be empty when this is made; `models` and `stops` are by the same
    names: the model, and what ends work that another thread waits for; `made` is told of a new report."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        workers: Mapping[str, DeviceWorker],
        models: Mapping[str, str],
        centre: Callable[[], "Centre"],
        made: Callable[[], None],
        stops: Mapping[str, Callable[[], None]] = MappingProxyType({}),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._settings, self._store, self._workers, self._models = settings, store, workers, models
        self._centre, self._told, self._stops, self._clock = centre, made, stops, clock
        self._shelf = ReadinessShelf(store)
        self._last: date | None = self._shelf.last_morning()
        self._quiet_since: float | None = None
        self._not_before = 0.0
        self._given_up = threading.Event()
        self._request: Request | None = None
        self._exercising = ""
        self._thread: threading.Thread | None = None

    @property
    def running(self) -> bool:
        """Whether devices are being exercised."""
        return self._thread is not None and self._thread.is_alive()

    def tick(self, *, idle: bool, now: datetime) -> None:
        """Begin when it is time and nobody is here; give up at once when somebody comes."""
        if not idle:
            self._quiet_since = None
            self._give_up()
        elif self._quiet_since is None:
            self._quiet_since = self._clock()
        elif not self.running and self._may_begin(now):
            self._given_up.clear()
            self._thread = threading.Thread(target=self._run, args=(now,), name="readiness", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Give up, and wait a moment for the thread."""
        self._give_up()
        if self._thread:
            self._thread.join(2)

    def _may_begin(self, now: datetime) -> bool:
        quiet = self._quiet_since is not None and self._clock() >= max(self._quiet_since + QUIET_S, self._not_before)
        return quiet and due(now, self._settings.readiness.at or None, self._last)

    def _give_up(self) -> None:
        if not self.running or self._given_up.is_set():
            return
        log.info("somebody is here: the readiness report waits")
        self._given_up.set()
        if request := self._request:
            request.cancel()
        if stop := self._stops.get(self._exercising):
            stop()

    # --- the thread of the report ----------------------------------------------------------------------------

    def _run(self, now: datetime) -> None:
        try:
            found = self._report(now)
            if not self._given_up.is_set():
                self._keep(found, now.date())
        except KioskError as error:
            log.warning("the readiness report could not be kept: %s", error)
            self._not_before = self._clock() + AGAIN_S
        except Exception as error:
            log.error("the readiness report could not be made", exc_info=error)
            self._not_before = self._clock() + AGAIN_S

    def _keep(self, found: "ReadinessReport", day: date) -> None:
        self._shelf.put(f"morning-{day.isoformat()}-{uuid4().hex[:12]}", day, found.model_dump_json().encode())
        self._last = day
        troubled = ", ".join(part.name for part in (*found.devices, *found.machine) if not part.ready)
        log.info("readiness report: %s", Shown(f"not ready: {troubled}" if troubled else "everything is ready"))
        self._told()

    def _report(self, now: datetime) -> "ReadinessReport":
        from kiosk.readiness.examine import Made, report  # noqa: PLC0415  once a day

        began = time.monotonic()
        devices = tuple(self._devices())
        machine = () if self._given_up.is_set() else tuple(part.examined() for part in self._machine())
        took_s = time.monotonic() - began
        return report(Made(self._settings.station.name, program_version(), now, took_s), devices, machine)

    def _devices(self) -> Iterator["Examined"]:
        for name, worker in list(self._workers.items()):
            if not self._given_up.is_set():
                yield self._exercised(name, worker)

    def _exercised(self, name: str, worker: DeviceWorker) -> "Examined":
        """The finding about one device, made in its worker's thread."""
        from kiosk.readiness.examine import Part, examined, unavailable  # noqa: PLC0415
        from kiosk.readiness.exercises import Order  # noqa: PLC0415

        part, counted = Part(name, self._models.get(name, "")), self._store.counted(name)
        answers: queue.SimpleQueue[Any] = queue.SimpleQueue()

        def work(device: Device, cancelled: threading.Event) -> "Examined":
            return examined(part, device, Order(cancelled=cancelled), counted)

        self._exercising = name
        self._request = worker.ask(work, answers.put)
        found = self._awaited(answers)
        self._request.cancel()
        if isinstance(found, Exception) or found is None:
            late = DeviceUnavailable("It did not come to the end of its exercise.", Fault.NO_ANSWER)
            return unavailable(part, found if isinstance(found, KioskError) else late)
        return cast("Examined", found)

    def _awaited(self, answers: "queue.SimpleQueue[Any]") -> Any:
        """What the worker tells; None when it takes too long, or somebody is here."""
        end = time.monotonic() + EXERCISE_S
        while time.monotonic() < end and not self._given_up.is_set():
            try:
                return answers.get(timeout=SLICE_S)
            except queue.Empty:
                continue
        return None

    def _machine(self) -> Iterator["Finding"]:
        from kiosk.readiness import machine  # noqa: PLC0415

        for look in (machine.typefaces, machine.writing, machine.clock, machine.room, machine.key):
            yield from look(self._settings)
        yield from machine.store(self._store)
        yield self._round_trip()

    def _round_trip(self) -> "Finding":
        """The centre is asked for its queues; how long that takes."""
        from kiosk.readiness.exercises import Stopwatch  # noqa: PLC0415
        from kiosk.readiness.finding import Finding  # noqa: PLC0415

        watch = Stopwatch()
        try:
            self._centre().queues()
        except CentreError as error:
            return Finding("centre", False, str(error))
        return Finding("centre", True, "it answers", (watch.figure("round_trip"),))

    # --- the way to the centre -------------------------------------------------------------------------------

    def deliver(self, centre: "Centre") -> None:
        """Hand in what the centre does not have yet, oldest first. Called by the link, in its thread.

        Raises CentreError; what was not taken is handed in again under the same key. A report that the centre refuses
        does not keep the ones after it."""
        refused: CentreRefused | None = None
        for kept in self._unsent():
            try:
                self._hand_in(centre, kept)
                self._shelf.sent(kept.key)
            except CentreRefused as error:
                refused = error
        if refused:
            raise refused

    def _hand_in(self, centre: "Centre", kept: Kept) -> None:
        """One report. A version of this program that wrote it otherwise must hold neither the link nor the others: the
        centre knows the key already, or the report cannot be read any more."""
        from pydantic import ValidationError  # noqa: PLC0415

        from kiosk.contract.readiness import ReadinessReport  # noqa: PLC0415

        try:
            centre.report_readiness(ReadinessReport.model_validate_json(kept.body), kept.key)
        except ValidationError:
            log.warning(
                "the readiness report of %s cannot be read any more and is not sent", Shown(kept.day.isoformat())
            )
        except CentreRefused as error:
            if error.code != "idempotency-key-reused":
                raise

    def _unsent(self) -> tuple[Kept, ...]:
        try:
            return self._shelf.unsent()
        except StoreError as error:
            log.warning("readiness reports cannot be sent now: %s", error)
            return ()
