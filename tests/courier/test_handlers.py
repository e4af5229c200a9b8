"""The doers of effects about cases, over a real service, store and courier."""

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from queue import Empty, SimpleQueue

import pytest

from kiosk import words
from kiosk.centre.client import HttpCentre
from kiosk.centre.fault_proxy import FaultProxy, Mode
from kiosk.context import Context
from kiosk.courier.courier import Courier
from kiosk.effects.cases import (
    AskWhoseCode,
    FindCases,
    LookUpHolder,
    OpenDraft,
    SaveDraft,
    SendRating,
    SendSupplement,
    SubmitCase,
    WithdrawCase,
)
from kiosk.effects.model import Effect
from kiosk.errors import CentreUnreachable, StoreError
from kiosk.events.cases import (
    AppCodeRefused,
    CaseKept,
    CaseReceived,
    CaseSetAside,
    DraftGone,
    DraftKept,
    DraftOpened,
    DraftSaved,
    HolderKnown,
    NoSuchCase,
    NotKept,
    RatingKept,
    SupplementKept,
    SupplementReceived,
)
from kiosk.events.centre import CentreAway, CentreSaidNo
from kiosk.events.model import Event
from kiosk.handlers.cases import CaseHandlers
from kiosk.handlers.outgoing import Outgoing
from kiosk.pool import ThreadPool
from kiosk.ports.code_scanner import Code
from kiosk.store.outbox import StoreOutbox
from tests.courier.samples import CARD, HOLDER, case, sheet
from tests.faults.case_service import BAD, CaseService
from tests.worlds import world

KEY = "0123456789abcdef"
TOKEN = "t" * 24


class Desk:
    """Effects in, events out."""

    def __init__(self, handlers: CaseHandlers) -> None:
        self._table = handlers.table()
        self._events: SimpleQueue[Event] = SimpleQueue()

    def ask(self, effect: Effect):
        return self._table[type(effect)](effect, Context(1, world(), words.load("en"), self._events.put))

    def next(self) -> Event:
        return self._events.get(timeout=10)

    def nothing_more(self) -> bool:
        try:
            self._events.get(timeout=0.1)
        except Empty:
            return True
        return False


@pytest.fixture
def courier(outbox: StoreOutbox, centre: HttpCentre) -> Iterator[Courier]:
    courier = Courier(outbox, lambda: centre)
    courier.start()
    yield courier
    courier.close()


@pytest.fixture
def outbox(outbox: StoreOutbox) -> StoreOutbox:
    return StoreOutbox(outbox._store, time.time)


@pytest.fixture
def desk(outbox: StoreOutbox, centre: HttpCentre, courier: Courier) -> Iterator[Desk]:
    pool, keeping = ThreadPool(), ThreadPool(1)
    yield Desk(CaseHandlers(pool, lambda: centre, lambda _card: HOLDER, Outgoing(outbox, courier, keeping)))
    pool.close()
    keeping.finish()


def test_a_case_is_kept_and_then_received(desk: Desk, service: CaseService) -> None:
    desk.ask(SubmitCase(case(pages=2, signed=True), KEY))
    assert desk.next() == CaseKept()
    received = desk.next()
    assert isinstance(received, CaseReceived)
    assert received.receipt.number == service.done("case")[KEY]["answer"]["number"]


def test_a_second_press_is_the_same_case(desk: Desk, service: CaseService) -> None:
    for _ in range(3):
        desk.ask(SubmitCase(case(), KEY))
        assert desk.next() == CaseKept()
        assert isinstance(desk.next(), CaseReceived)
    assert len(service.done("case")) == 1


def test_without_network_it_is_kept_and_received_when_there_is_one_again(
    desk: Desk, proxy: FaultProxy, courier: Courier
) -> None:
    proxy.set_mode(Mode.DOWN)
    desk.ask(SubmitCase(case(), KEY))
    assert desk.next() == CaseKept()
    assert desk.nothing_more()
    proxy.set_mode(Mode.PASS)
    courier.centre_answers(answers=True)
    assert isinstance(desk.next(), CaseReceived)


def test_whoever_leaves_hears_no_more_and_the_case_goes_on(
    desk: Desk, proxy: FaultProxy, courier: Courier, outbox: StoreOutbox, service: CaseService
) -> None:
    proxy.set_mode(Mode.DOWN)
    request = desk.ask(SubmitCase(case(), KEY))
    assert desk.next() == CaseKept()
    request.cancel()
    proxy.set_mode(Mode.PASS)
    courier.centre_answers(answers=True)
    assert desk.nothing_more()
    until = time.monotonic() + 5
    while outbox.waiting() and time.monotonic() < until:
        threading.Event().wait(0.02)
    assert list(service.done("case")) == [KEY]


def test_what_the_centre_refuses_is_said(desk: Desk) -> None:
    desk.ask(SubmitCase(case(BAD), KEY))
    assert [desk.next(), desk.next()] == [CaseKept(), CaseSetAside("invalid-request")]


@pytest.mark.parametrize(
    "wrong", [replace(case(), wish=None), replace(case(), fields={"business-name": "长" * 10_000})]
)
def test_what_is_not_complete_is_not_kept(desk: Desk, wrong, service: CaseService) -> None:
    desk.ask(SubmitCase(wrong, KEY))
    assert desk.next() == NotKept()
    assert desk.nothing_more()
    assert service.requests == 0


def test_a_full_disk_promises_nothing(centre: HttpCentre, courier: Courier) -> None:
    class Full:
        def put(self, *_: object) -> bool:
            raise StoreError("the store cannot be used now (database or disk is full)")

    keeping = ThreadPool(1)
    desk = Desk(CaseHandlers(keeping, lambda: centre, lambda _card: HOLDER, Outgoing(Full(), courier, keeping)))  # type: ignore[arg-type]
    for effect in (
        SubmitCase(case(), KEY),
        SendRating("", 5, (), "", KEY),
        SendSupplement(TOKEN, {"premises-proof": (sheet(),)}, KEY),
    ):
        desk.ask(effect)
        assert desk.next() == NotKept()
    keeping.finish()


def test_a_station_without_an_outbox_keeps_nothing(centre: HttpCentre) -> None:
    desk = Desk(CaseHandlers(ThreadPool(1), lambda: centre, lambda _card: HOLDER, None))
    desk.ask(SubmitCase(case(), KEY))
    assert desk.next() == NotKept()


def test_supplements_and_ratings(desk: Desk, service: CaseService) -> None:
    desk.ask(SendSupplement(TOKEN, {"premises-proof": (sheet(),)}, KEY))
    assert desk.next() == SupplementKept()
    received = desk.next()
    assert isinstance(received, SupplementReceived)
    assert received.case.token == TOKEN
    desk.ask(SendRating(TOKEN, 1, ("slow",), "很慢", KEY + "-rate"))
    assert desk.next() == RatingKept()
    assert desk.nothing_more()
    assert service.done("rating")[KEY + "-rate"]["words"] == "很慢"
    desk.ask(SendRating(TOKEN, 1, (), "", KEY + "-bad"))
    assert desk.next() == NotKept()


def test_a_draft_is_saved_found_opened_and_gone(desk: Desk) -> None:
    begun = replace(case(), sheets={"premises-proof": (sheet(), sheet("plan", 1))}, wish=None)
    desk.ask(SaveDraft(begun, KEY))
    saved = desk.next()
    assert isinstance(saved, DraftSaved)
    desk.ask(LookUpHolder(CARD))
    known = desk.next()
    assert isinstance(known, HolderKnown)
    assert [each.code for each in known.drafts] == [saved.code]
    desk.ask(OpenDraft(f" {saved.code.lower()} ", CARD))
    opened = desk.next()
    assert isinstance(opened, DraftOpened)
    assert len(opened.case.sheets["premises-proof"]) == 2
    assert opened.case.identity
    assert opened.case.identity.record == known.record
    desk.ask(SubmitCase(replace(opened.case, wish=case().wish), KEY + "-case"))
    assert [type(desk.next()), type(desk.next())] == [CaseKept, CaseReceived]
    desk.ask(OpenDraft(saved.code, CARD))
    assert desk.next() == DraftGone()


def test_a_draft_is_kept_while_the_centre_is_away(
    desk: Desk, proxy: FaultProxy, courier: Courier, outbox: StoreOutbox, service: CaseService
) -> None:
    proxy.set_mode(Mode.DOWN)
    desk.ask(SaveDraft(case(), KEY))
    assert [desk.next(), desk.next()] == [DraftKept(), CentreAway()]
    proxy.set_mode(Mode.PASS)
    courier.centre_answers(answers=True)
    until = time.monotonic() + 5
    while outbox.waiting() and time.monotonic() < until:
        threading.Event().wait(0.02)
    assert list(service.done("draft")) == [KEY]


@pytest.mark.parametrize(
    ("effect", "answer"),
    [
        (OpenDraft("no code at all", CARD), DraftGone()),
        (OpenDraft("ABCDEFGH", CARD), DraftGone()),
        (FindCases(token="https://example.org/something else"), NoSuchCase()),
        (FindCases(number="12", phone4="ab"), NoSuchCase()),
        (AskWhoseCode(Code("x")), AppCodeRefused()),
        (WithdrawCase(TOKEN), CentreSaidNo("not-found")),
    ],
)
def test_what_is_not_there_is_said(desk: Desk, effect: Effect, answer: Event) -> None:
    desk.ask(effect)
    assert desk.next() == answer


@pytest.mark.parametrize(
    "effect", [LookUpHolder(CARD), OpenDraft("ABCDEFGH", CARD), FindCases(card=CARD), AskWhoseCode(Code("12345678")), WithdrawCase(TOKEN)]
)  # fmt: skip
def test_a_centre_that_is_away_is_said(effect: Effect) -> None:
    def nowhere() -> HttpCentre:
        raise CentreUnreachable("there is no connection to the centre yet")

    desk = Desk(CaseHandlers(ThreadPool(1), nowhere, lambda _card: HOLDER, None))
    desk.ask(effect)
    assert desk.next() == CentreAway()
