"""The link to the centre: it connects, refreshes, loses and finds the centre again, and outlives every mistake."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from kiosk.catalogue.model import Catalogue
from kiosk.centre.link import CentreLink, Connection, Rhythm
from kiosk.contract.kiosks import DeviceReport, HeartbeatAnswer
from kiosk.contract.tickets import ServiceQueue, Ticket
from kiosk.errors import CatalogueError, CentreForbidden, CentreRefused, CentreUnreachable, KioskError
from kiosk.ports.centre import TicketTaken
from tests.worlds import FOOD, MARKET, TICKET, catalogue

FAST = Rhythm(queues_s=0.02, catalogue_s=0.05, heartbeat_s=0.05, retry_s=0.02)


class Centre:
    """A centre with hands: `trouble` is raised by every call while it is set."""

    def __init__(self) -> None:
        self.trouble: Exception | None = None
        self.published = "v1"
        self.waiting: tuple[ServiceQueue, ...] = (MARKET,)
        self.beats = 0
        self.catalogue_trouble: Exception | None = None

    def _work(self) -> None:
        if self.trouble:
            raise self.trouble

    def catalogue(self, known_version: str | None) -> tuple[str, Catalogue] | None:
        self._work()
        if self.catalogue_trouble:
            raise self.catalogue_trouble
        return None if known_version == self.published else (self.published, catalogue())

    def queues(self) -> tuple[ServiceQueue, ...]:
        self._work()
        return self.waiting

    def take_ticket(self, queue: str, holder: str | None, key: str) -> TicketTaken:
        return TicketTaken(TICKET)

    def open_tickets(self, holder: str) -> tuple[Ticket, ...]:
        return ()

    def ticket(self, ticket_id: str) -> Ticket:
        return TICKET

    def give_up_ticket(self, ticket_id: str) -> Ticket:
        return TICKET

    def heartbeat(self, uptime_s: float, devices: tuple[DeviceReport, ...]) -> HeartbeatAnswer:
        self._work()
        self.beats += 1
        return HeartbeatAnswer(time=datetime.now(UTC), catalogue_version=self.published)


@dataclass
class Listener:
    """Hears, and can be waited for."""

    heard: list[tuple[str, object]] = field(default_factory=list)
    _news: threading.Condition = field(default_factory=threading.Condition)

    def _hear(self, what: str, value: object) -> None:
        with self._news:
            self.heard.append((what, value))
            self._news.notify_all()

    def connected(self, public_url: str) -> None:
        self._hear("connected", public_url)

    def reachable(self, reachable: bool) -> None:
        self._hear("reachable", reachable)

    def catalogue(self, version: str, catalogue: Catalogue) -> None:
        self._hear("catalogue", version)

    def queues(self, queues: tuple[ServiceQueue, ...] | None) -> None:
        self._hear("queues", queues)

    def wait_for(self, *wanted: tuple[str, object]) -> None:
        """Until all of these were heard, in this order, from the beginning."""
        with self._news:
            assert self._news.wait_for(lambda: self._in_order(wanted), 5), f"{wanted} not in {self.heard}"

    def _in_order(self, wanted: tuple[tuple[str, object], ...]) -> bool:
        heard: Iterator[tuple[str, object]] = iter(self.heard)
        return all(any(one == other for other in heard) for one in wanted)

    def count(self, what: str) -> int:
        """How often something was heard."""
        return sum(name == what for name, _ in self.heard)


@dataclass
class Bench:
    """A link over a centre with hands."""

    centre: Centre = field(default_factory=Centre)
    ear: Listener = field(default_factory=Listener)
    connects: int = 0
    refusals: list[KioskError] = field(default_factory=list)
    alive: bool = True

    def connect(self) -> Connection:
        self.connects += 1
        if self.refusals:
            raise self.refusals.pop(0)
        return Connection(self.centre, "ab" * 32, "https://approval.example", lambda: self.alive)


@pytest.fixture
def start() -> Iterator[Callable[[Bench], CentreLink]]:
    """Starts links, ends them all."""
    links: list[CentreLink] = []

    def begin(bench: Bench, known: str | None = None) -> CentreLink:
        links.append(CentreLink(bench.connect, bench.ear, lambda: (), known, FAST))
        links[-1].start()
        return links[-1]

    yield begin
    for link in links:
        link.close()
    assert not [thread for thread in threading.enumerate() if thread.name == "centre-link"]


def test_it_connects_and_tells_what_it_finds(start: Callable[[Bench], CentreLink]) -> None:
    bench = Bench()
    link = start(bench)
    bench.ear.wait_for(
        ("connected", "https://approval.example"), ("catalogue", "v1"), ("reachable", True), ("queues", (MARKET,))
    )
    assert link.centre() is bench.centre
    assert link.holder_key() == "ab" * 32


def test_before_there_is_a_centre_whoever_asks_is_told(start: Callable[[Bench], CentreLink]) -> None:
    bench = Bench(refusals=[CentreUnreachable("no cable")] * 1000)
    link = start(bench)
    bench.ear.wait_for(("reachable", False))
    with pytest.raises(CentreUnreachable):
        link.centre()


def test_it_goes_and_comes_back_and_is_logged_once_each(
    start: Callable[[Bench], CentreLink], caplog: pytest.LogCaptureFixture
) -> None:
    bench = Bench()
    start(bench)
    bench.ear.wait_for(("queues", (MARKET,)))
    bench.centre.trouble = CentreUnreachable("cable out")
    bench.ear.wait_for(("reachable", True), ("reachable", False), ("queues", None))
    while bench.ear.count("queues") < 3 and bench.connects < 2:
        bench.centre.waiting = (MARKET, FOOD)
        bench.centre.trouble = None
        bench.ear.wait_for(("reachable", False), ("reachable", True), ("queues", (MARKET, FOOD)))
    assert sum("the centre is away" in record.message for record in caplog.records) == 1


def test_a_new_catalogue_is_told_an_old_one_is_not(start: Callable[..., CentreLink]) -> None:
    bench = Bench()
    start(bench, "v1")
    bench.ear.wait_for(("queues", (MARKET,)))
    assert bench.ear.count("catalogue") == 0
    bench.centre.published = "v2"
    bench.ear.wait_for(("catalogue", "v2"))


def test_a_catalogue_that_cannot_be_shown_leaves_the_rest_working(
    start: Callable[[Bench], CentreLink], caplog: pytest.LogCaptureFixture
) -> None:
    bench = Bench()
    bench.centre.catalogue_trouble = CatalogueError("item food-new: legal_basis is missing")
    start(bench)
    bench.ear.wait_for(("reachable", True), ("queues", (MARKET,)))
    assert "legal_basis is missing" in caplog.text


def test_one_refused_question_does_not_hold_the_others(
    start: Callable[[Bench], CentreLink], caplog: pytest.LogCaptureFixture
) -> None:
    bench = Bench()
    bench.centre.catalogue_trouble = CentreRefused("not-understood", "the centre's catalogue has no ETag")
    start(bench)
    bench.ear.wait_for(("reachable", True), ("queues", (MARKET,)))
    bench.centre.catalogue_trouble = None
    bench.ear.wait_for(("queues", (MARKET,)), ("catalogue", "v1"))
    assert sum("has no ETag" in record.getMessage() for record in caplog.records) == 1


def test_a_credential_that_is_not_accepted_any_more_leads_to_a_new_connection(
    start: Callable[[Bench], CentreLink],
) -> None:
    bench = Bench()
    start(bench)
    bench.ear.wait_for(("queues", (MARKET,)))
    bench.centre.trouble = CentreForbidden("revoked")
    bench.ear.wait_for(("reachable", True), ("reachable", False))
    bench.centre.trouble = None
    bench.ear.wait_for(("reachable", False), ("connected", "https://approval.example"), ("reachable", True))
    assert bench.connects == 2


def test_an_embedded_service_that_died_is_made_anew(start: Callable[[Bench], CentreLink]) -> None:
    bench = Bench()
    start(bench)
    bench.ear.wait_for(("queues", (MARKET,)))
    bench.alive = False
    bench.ear.wait_for(("queues", (MARKET,)), ("connected", "https://approval.example"))
    bench.alive = True


def test_a_mistake_of_ours_does_not_end_the_link(
    start: Callable[[Bench], CentreLink], caplog: pytest.LogCaptureFixture
) -> None:
    bench = Bench()
    bench.centre.trouble = ZeroDivisionError()
    start(bench)
    bench.ear.wait_for(("connected", "https://approval.example"))
    bench.centre.trouble = None
    bench.ear.wait_for(("reachable", True), ("queues", (MARKET,)))
    assert bench.centre.beats >= 0


def test_refresh_asks_soon(start: Callable[[Bench], CentreLink]) -> None:
    bench = Bench()
    link = CentreLink(bench.connect, bench.ear, lambda: (), None, Rhythm(60, 60, 60, 60))
    link.start()
    bench.ear.wait_for(("queues", (MARKET,)))
    bench.centre.waiting = (FOOD,)
    link.refresh()
    bench.ear.wait_for(("queues", (MARKET,)), ("queues", (FOOD,)))
    link.close()


def test_what_was_kept_is_delivered_when_the_centre_answers_again() -> None:
    centre, ear, delivered = Centre(), Listener(), threading.Event()
    centre.trouble = CentreUnreachable("away")
    slow = Rhythm(queues_s=0.02, catalogue_s=0.05, heartbeat_s=3600, retry_s=0.02)
    link = CentreLink(lambda: Connection(centre, "k", "u"), ear, tuple, None, slow, lambda _centre: delivered.set())
    link.start()
    assert not delivered.wait(0.1)
    centre.trouble = None
    assert delivered.wait(5)
    delivered.clear()
    link.deliver_soon()
    assert delivered.wait(5)
    link.close()
