"""Turns what threads learn into news for the runner: device states, the centre, the queues, the catalogue."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from kiosk.catalogue.model import Catalogue
from kiosk.catalogue.search import SearchIndex
from kiosk.contract.kiosks import DeviceReport
from kiosk.contract.tickets import ServiceQueue
from kiosk.mailbox import Mailbox, News
from kiosk.ports.device import Status
from kiosk.ports.scanner import Source
from kiosk.store.store import Store
from kiosk.world import World


class Ear:
    """Called from many threads; posts news."""

    def __init__(self, mailbox: Mailbox, store: Store, answers: Callable[[bool], None] = lambda _answers: None) -> None:
        """`answers` is told, too, whether the centre answers."""
        self._mailbox, self._store, self._answers = mailbox, store, answers
        self._states: dict[str, Status] = {}
        self._lock = threading.Lock()

    def device(self, name: str, status: Status) -> None:
        """A device's state changed."""
        with self._lock:
            self._states[name] = status

        def learn(world: World) -> World:
            since = {**world.since, name: datetime.now(world.now.tzinfo)}
            return replace(world, devices={**world.devices, name: status}, since=since)

        self._mailbox.post(News(learn))

    def scanner(self, sources: tuple[Source, ...]) -> None:
        """Where the scanner takes paper from."""
        self._mailbox.post(News(lambda world: replace(world, scan_sources=sources)))

    def report(self) -> tuple[DeviceReport, ...]:
        """The devices' states for the heartbeat."""
        with self._lock:
            states = sorted(self._states.items())
        return tuple(
            DeviceReport(
                name=name, health=status.health.value, faults=tuple(sorted(fault.value for fault in status.faults))
            )
            for name, status in states
        )

    def connected(self, public_url: str) -> None:
        """Phones reach the centre under this address."""
        self._mailbox.post(
            News(lambda world: replace(world, station=replace(world.station, public_url=public_url.rstrip("/"))))
        )

    def reachable(self, reachable: bool) -> None:
        """The centre answers, or not."""
        self._answers(reachable)

        def learn(world: World) -> World:
            if world.centre_reachable == reachable and "centre" in world.since:
                return world
            since = {**world.since, "centre": datetime.now(world.now.tzinfo)}
            return replace(world, centre_reachable=reachable, since=since)

        self._mailbox.post(News(learn))

    def queues(self, queues: tuple[ServiceQueue, ...] | None) -> None:
        """The queues now."""
        self._mailbox.post(News(lambda world: replace(world, queues=queues)))

    def catalogue(self, version: str, catalogue: Catalogue) -> None:
        """A new catalogue: kept, indexed, and shown from the next visit on."""
        self._store.save_catalogue(version, catalogue.model_dump_json(exclude_none=True).encode())
        index = SearchIndex.build(catalogue)
        self._mailbox.post(News(lambda world: replace(world, catalogue=catalogue, index=index), between_visits=True))

    def index(self, catalogue: Catalogue) -> None:
        """Build the search over the catalogue the kiosk started with."""
        index = SearchIndex.build(catalogue)
        fresh: Callable[[Catalogue], bool] = lambda shown: shown is catalogue  # noqa: E731
        self._mailbox.post(News(lambda world: replace(world, index=index) if fresh(world.catalogue) else world))
