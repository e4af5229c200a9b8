"""Plays a planned year through the real API: a service on loopback whose clock is the year's, its database a file.

People hand in and rate over HTTP, as a kiosk does; clerks decide with what `kiosk approval decide` does. All cases show the same
sample page, which the service therefore stores once.
"""

import hashlib
import heapq
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import count
from pathlib import Path
from typing import TypeAlias

from sqlalchemy.orm import Session

from kiosk.approval import enrolment
from kiosk.approval.decisions import Action, Decision, decide
from kiosk.approval.file_tables import FileRow
from kiosk.approval.publication import Publication
from kiosk.approval.queues import Hall, load_queues
from kiosk.approval.service import Service, open_database
from kiosk.approval.year import YearReport, year_report
from kiosk.catalogue.kinds import IdentityMethod, ResultDelivery
from kiosk.catalogue.model import Catalogue
from kiosk.centre.client import HttpCentre, enrol
from kiosk.centre.holder import holder_digest
from kiosk.contract.cases import Applicant, CaseReceipt, CaseRequest, DeliveryWish, ItemAsked
from kiosk.contract.files import MediaType
from kiosk.contract.ratings import Level, RatingRequest
from kiosk.ports.card_reader import CardKind, IdCard
from tests.approval.hall import serving
from tests.year.answers import case_of, handed_in
from tests.year.plan import Planned

OFFICE_FROM = time(9)


class Clock:
    """Stands where the year has come to."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


Task: TypeAlias = tuple[datetime, str, Decision]
"""When a clerk decides what about which case."""


@dataclass(frozen=True)
class Year:
    """A service in the course of a year."""

    service: Service
    clock: Clock
    centre: HttpCentre
    holder_key: str
    page: str
    """Digest of the sample page."""

    def play(self, cases: Sequence[Planned]) -> None:
        """Everything in the order of its time. What clerks decide between two visits of people is one transaction."""
        order, pile = count(), list[Task]()
        agenda = [(case.applied, next(order), case, "submit") for case in cases]
        heapq.heapify(agenda)
        receipts: dict[int, CaseReceipt] = {}
        while agenda:
            moment, _, case, act = heapq.heappop(agenda)
            if act not in ("submit", "rate"):
                pile.append((moment, receipts[case.number].number, _decision(case, Action(act))))
                continue
            self._work_through(pile)
            self.clock.now = moment
            if act == "rate":
                self._rate(case, receipts[case.number])
                continue
            receipts[case.number] = self._submit(case)
            for later, what in _course(case):
                heapq.heappush(agenda, (later, next(order), case, what))
        self._work_through(pile)

    def _work_through(self, pile: list[Task]) -> None:
        def work(session: Session) -> None:
            for self.clock.now, number, decision in pile:
                decide(session, self.service.centre, number, decision)

        if pile:
            self.service.database.write(work)
        pile.clear()

    def report(self, of: int) -> YearReport:
        """The year's report as the service counts it."""
        service = self.service
        with service.database.reading() as session:
            return year_report(session, service.publication.catalogue, of, service.hall.zone)

    def _submit(self, case: Planned) -> CaseReceipt:
        card = IdCard(CardKind.RESIDENT, case.card, case.name)
        applicant = Applicant(
            holder=holder_digest(self.holder_key, card),
            document=IdentityMethod.RESIDENT_CARD.value,
            name=case.name,
            number=case.card,
            phone=case.phone,
        )
        catalogue = self.service.publication.catalogue
        filled = case_of(case, catalogue)
        request = CaseRequest(
            items=(ItemAsked(item=case.item.id, variant=filled.variants.get(case.item.id, "")),),
            applicant=applicant,
            fields=filled.fields,
            materials=handed_in(filled, catalogue, self.page),
            delivery=_wish(case),
            consent="truth",
            made_at=case.applied,
        )
        return self.centre.submit_case(request, f"year-{case.number:06d}")

    def _rate(self, case: Planned, receipt: CaseReceipt) -> None:
        rating = RatingRequest(token=receipt.token, level=Level(case.rating or 5), made_at=self.clock.now)
        self.centre.rate(rating, f"rate-{case.number:06d}")


def _decision(case: Planned, action: Action) -> Decision:
    return Decision(action, parcel=f"EM{case.number:09d}CN" if action is Action.ISSUE and _by_post(case) else "")


def _course(case: Planned) -> Iterator[tuple[datetime, str]]:
    """What offices do after it was handed in; the decision on its planned day, everything else around it."""
    yield case.applied + timedelta(minutes=5), Action.ACCEPT.value
    begins = max(case.applied, datetime.combine(case.decided_on, OFFICE_FROM, case.applied.tzinfo))
    for minutes, act in ((20, Action.GRANT), (40, Action.MAKE), (60, Action.ISSUE), (80, Action.DELIVER)):
        yield begins + timedelta(minutes=minutes), act.value
    if case.rating:
        yield begins + timedelta(minutes=90), "rate"


def _by_post(case: Planned) -> bool:
    return _method(case) is ResultDelivery.POST


def _method(case: Planned) -> ResultDelivery:
    offered = case.item.delivery
    return offered[case.number % len(offered)]


def _wish(case: Planned) -> DeliveryWish:
    if not _by_post(case):
        return DeliveryWish(method=_method(case))
    address = "广东省广州市番禺区小谷围街示范路1号"
    return DeliveryWish(method=ResultDelivery.POST, recipient=case.name, address=address, phone=case.phone)


@contextmanager
def a_year(folder: Path, catalogue: Catalogue, begins: datetime) -> Iterator[Year]:
    """A service of its own on a file in `folder`, with one enrolled kiosk."""
    clock = Clock(begins)
    database = open_database(f"sqlite:///{folder / 'approval.db'}")
    try:
        service = Service(database, Hall(load_queues(), clock), Publication.of(catalogue))
        with serving(service) as url:
            yield _enrolled(service, clock, url)
    finally:
        database.close()


def _enrolled(service: Service, clock: Clock, url: str) -> Year:
    code = service.database.write(lambda s: enrolment.make_code(s, "year", clock(), timedelta(days=1)))
    known = enrol(url, code, "year")
    centre = HttpCentre(url, known.credential, version="year")
    return Year(service, clock, centre, known.holder_key, _page(service))


def _page(service: Service) -> str:
    """A sample page that the service has."""
    content = b"a sample page"
    digest = hashlib.sha256(content).hexdigest()
    row = FileRow(digest=digest, complete=True, media_type=MediaType.JPEG.value, size=len(content))
    service.database.write(lambda session: session.add(row))
    return digest
