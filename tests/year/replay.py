"""Plays a planned year through the real API, day by day: a service in a process of its own, whose clock is the year's.

In a day, people come first, several at once, and hand in over HTTP as a kiosk does; then clerks decide what is due, with what
`kiosk approval decide` does; at last people rate. All cases show the same sample page, which the service therefore stores once.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from operator import itemgetter
from pathlib import Path
from threading import Lock
from typing import TypeAlias

from sqlalchemy.orm import Session

from kiosk.approval import enrolment
from kiosk.approval.decisions import Action, Decision, decide
from kiosk.approval.file_tables import FileRow
from kiosk.approval.publication import Publication
from kiosk.approval.queues import Hall, load_queues
from kiosk.approval.service import Service, open_database
from kiosk.approval.year import YearReport, year_report
from kiosk.catalogue.model import Catalogue
from kiosk.centre.client import HttpCentre, enrol
from kiosk.contract.cases import CaseReceipt
from kiosk.contract.files import MediaType
from kiosk.contract.ratings import Level, RatingRequest
from tests.year.applications import by_post, request_of
from tests.year.plan import Planned
from tests.year.service import SharedClock, served

OFFICE_FROM = time(9)
AT_ONCE = 4
"""So many people hand in at once."""
Task: TypeAlias = tuple[datetime, Planned, Action]
"""When a clerk does what with whose case."""


@dataclass(frozen=True)
class Year:
    """A service in the course of a year. `service`: the same database from here, where the clerks sit."""

    service: Service
    clock: SharedClock
    centre: HttpCentre
    holder_key: str
    page: str
    """Digest of the sample page."""
    people: ThreadPoolExecutor
    _receipts: dict[int, CaseReceipt] = field(default_factory=dict)
    _door: Lock = field(default_factory=Lock)

    def play(self, cases: Sequence[Planned]) -> None:
        """Every day on which somebody comes or decides."""
        comes, decides, rates = _diary(cases)
        for day in sorted({*comes, *decides}):
            self._let_in(comes.get(day, []), self._submit)
            self._work_through(sorted(decides.get(day, []), key=itemgetter(0)))
            self._let_in(rates.get(day, []), self._rate)

    def report(self, of: int) -> YearReport:
        """The year's report as the service counts it."""
        service = self.service
        with service.database.reading() as session:
            return year_report(session, service.publication.catalogue, of, service.hall.zone)

    def _let_in(self, cases: Sequence[Planned], act: Callable[[Planned], None]) -> None:
        for _ in self.people.map(act, cases):
            pass

    def _submit(self, case: Planned) -> None:
        request = request_of(case, self.service.publication.catalogue, self.holder_key, self.page)
        with self._door:
            self.clock.forward(case.applied)
        self._receipts[case.number] = self.centre.submit_case(request, f"year-{case.number:06d}")

    def _work_through(self, tasks: Sequence[Task]) -> None:
        """What clerks do on a day is one transaction."""

        def work(session: Session) -> None:
            for moment, case, action in tasks:
                self.clock.forward(moment)
                decide(session, self.service.centre, self._receipts[case.number].number, _decision(case, action))

        if tasks:
            self.service.database.write(work)

    def _rate(self, case: Planned) -> None:
        token, level = self._receipts[case.number].token, Level(case.rating or 5)
        self.centre.rate(RatingRequest(token=token, level=level, made_at=self.clock()), f"rate-{case.number:06d}")


def _diary(
    cases: Sequence[Planned],
) -> tuple[dict[date, list[Planned]], dict[date, list[Task]], dict[date, list[Planned]]]:
    """Who comes on which day, what clerks do on it, and who rates."""
    comes, decides, rates = (
        defaultdict[date, list[Planned]](list),
        defaultdict[date, list[Task]](list),
        defaultdict[date, list[Planned]](list),
    )
    for case in cases:
        comes[case.applied.date()].append(case)
        for moment, action in _course(case):
            decides[moment.date()].append((moment, case, action))
        if case.rating:
            rates[case.decided_on].append(case)
    return comes, decides, rates


def _decision(case: Planned, action: Action) -> Decision:
    return Decision(action, parcel=f"EM{case.number:09d}CN" if action is Action.ISSUE and by_post(case) else "")


def _course(case: Planned) -> Iterator[tuple[datetime, Action]]:
    """What offices do after it was handed in; the decision on its planned day, everything else around it."""
    yield case.applied + timedelta(minutes=5), Action.ACCEPT
    begins = max(case.applied, datetime.combine(case.decided_on, OFFICE_FROM, case.applied.tzinfo))
    for minutes, act in ((20, Action.GRANT), (40, Action.MAKE), (60, Action.ISSUE), (80, Action.DELIVER)):
        yield begins + timedelta(minutes=minutes), act


@contextmanager
def a_year(folder: Path, catalogue: Catalogue, begins: datetime) -> Iterator[Year]:
    """A service of its own on a file in `folder`, with one enrolled kiosk."""
    with ExitStack() as stack:
        clock = stack.enter_context(SharedClock.in_folder(folder, begins))
        database = open_database(f"sqlite:///{folder / 'approval.db'}")
        stack.callback(database.close)
        service = Service(database, Hall(load_queues(), clock), Publication.of(catalogue))
        url = stack.enter_context(served(folder))
        people = stack.enter_context(ThreadPoolExecutor(AT_ONCE, thread_name_prefix="people"))
        yield _enrolled(service, clock, url, people)


def _enrolled(service: Service, clock: SharedClock, url: str, people: ThreadPoolExecutor) -> Year:
    code = service.database.write(lambda s: enrolment.make_code(s, "year", clock(), timedelta(days=1)))
    known = enrol(url, code, "year")
    centre = HttpCentre(url, known.credential, version="year")
    return Year(service, clock, centre, known.holder_key, _page(service), people)


def _page(service: Service) -> str:
    """A sample page that the service has."""
    content = b"a sample page"
    digest = hashlib.sha256(content).hexdigest()
    row = FileRow(digest=digest, complete=True, media_type=MediaType.JPEG.value, size=len(content))
    service.database.write(lambda session: session.add(row))
    return digest
