"""The courier against a real service, with the weather of a network between them."""

import threading
from hashlib import sha256
from pathlib import Path

import pytest

from kiosk.centre.client import HttpCentre
from kiosk.centre.fault_proxy import FaultProxy, Mode
from kiosk.contract.cases import CaseReceipt, HandedIn, SupplementRequest
from kiosk.contract.drafts import DraftRequest
from kiosk.contract.ratings import RatingRequest
from kiosk.contract.results import PrintEnd, PrintReport
from kiosk.courier.courier import Courier
from kiosk.errors import CentreForbidden, CentreUnreachable
from kiosk.ports.outbox import Letter, LetterKind, LetterState
from kiosk.store.outbox import StoreOutbox
from tests.courier.conftest import Clock, work
from tests.courier.samples import HOLDER, NOW, letter
from tests.faults.case_service import BAD, FAILING, CaseService

HOUR = 3600.0


def names(service: CaseService) -> list[str]:
    return [each["fields"]["business-name"] for each in service.done("case").values()]


def test_what_is_put_arrives_and_leaves(outbox: StoreOutbox, courier: Courier, service: CaseService) -> None:
    outbox.put(letter("key-0001"), {})
    work(courier)
    state, answer = outbox.state("key-0001") or (None, b"")
    assert state is LetterState.DELIVERED
    assert CaseReceipt.model_validate_json(answer).number == service.done("case")["key-0001"]["answer"]["number"]
    assert outbox.waiting() == 0


def test_whoever_watches_is_told_once(outbox: StoreOutbox, courier: Courier) -> None:
    told: list[object] = []
    outbox.put(letter("key-0001"), {})
    outbox.put(letter("key-0002", words=BAD), {})
    outbox.put(letter("key-0003"), {})
    for key in ("key-0001", "key-0002", "key-0003"):
        watch = courier.watch(key, lambda state, answer, key=key: told.append((key, state, answer)))
    watch.cancel()
    work(courier)
    assert sorted((key, state) for key, state, _ in told) == [
        ("key-0001", LetterState.DELIVERED),
        ("key-0002", LetterState.SET_ASIDE),
    ]
    courier.watch("key-0001", lambda state, _answer: told.append(state))
    assert told[-1] is LetterState.DELIVERED


def test_missing_files_are_uploaded_in_pieces_and_go_on_where_they_ended(
    outbox: StoreOutbox, courier: Courier, centre: HttpCentre, service: CaseService
) -> None:
    content = b"%PDF" + bytes(range(256)) * 10_000
    digest = sha256(content).hexdigest()
    supplement = SupplementRequest(materials=(HandedIn(material="premises-proof", files=(digest,)),), made_at=NOW)
    body = supplement.model_dump_json().encode()
    outbox.put(Letter("key-0001", "t" * 20, LetterKind.SUPPLEMENT, body, "t" * 20), {digest: content})
    service.rows("INSERT INTO files VALUES (?, ?, ?)", digest, len(content), content[:1_500_000])
    work(courier)
    assert list(service.done("supplement")) == ["key-0001"]
    assert centre.file(digest) == content
    assert service.requests == 6  # 409, announced, two pieces, taken, and our own question


def test_every_kind_of_letter_arrives(outbox: StoreOutbox, courier: Courier, service: CaseService) -> None:
    rating = RatingRequest(level=5, made_at=NOW).model_dump_json().encode()
    report = PrintReport(end=PrintEnd.UNKNOWN).model_dump_json().encode()
    draft = DraftRequest(holder=HOLDER, items=({"item": "workshop-new"},)).model_dump_json().encode()
    outbox.put(Letter("key-0001", "a", LetterKind.RATING, rating), {})
    outbox.put(Letter("key-0002", "b", LetterKind.PRINT_REPORT, report, "grant-1"), {})
    outbox.put(Letter("key-0003", "c", LetterKind.DRAFT, draft), {})
    outbox.put(Letter("key-0004", "d", LetterKind.DRAFT, draft, "23456789"), {})
    work(courier)
    assert outbox.standings() == ()
    assert [len(service.done(kind)) for kind in ("rating", "draft")] == [1, 2]


def test_a_lost_answer_doubles_nothing(
    outbox: StoreOutbox, courier: Courier, proxy: FaultProxy, service: CaseService, clock: Clock
) -> None:
    outbox.put(letter("key-0001"), {})
    for mode in (Mode.LOST_ANSWER, Mode.CUT, Mode.LOST_ANSWER):
        proxy.set_mode(mode)
        work(courier)
        clock.now += HOUR
    assert (outbox.waiting(), len(service.done("case"))) == (1, 1)
    proxy.set_mode(Mode.PASS)
    work(courier)
    assert (outbox.waiting(), len(service.done("case"))) == (0, 1)


def test_a_bad_letter_holds_nobody(outbox: StoreOutbox, courier: Courier, service: CaseService, clock: Clock) -> None:
    for number, words in enumerate([FAILING, BAD, "one", FAILING, BAD, "two", "three"]):
        outbox.put(letter(f"key-000{number}", words=words), {})
    work(courier)
    assert sorted(names(service)) == ["one", "three", "two"]
    assert [each.code for each in outbox.aside()] == ["invalid-request", "invalid-request"]
    assert outbox.waiting() == 2, "what the service stumbles over is tried again"


def test_a_letter_of_another_program_is_set_aside(outbox: StoreOutbox, courier: Courier) -> None:
    outbox.put(Letter("key-0001", "a", LetterKind.CASE, b'{"words": "of another version"}'), {})
    outbox.put(letter("key-0002"), {})
    work(courier)
    assert [(each.key, each.code) for each in outbox.aside()] == [("key-0001", "unreadable")]
    assert outbox.waiting() == 0


def test_a_centre_that_does_not_know_us_gets_nothing_until_it_does(
    outbox: StoreOutbox, centre: HttpCentre, service: CaseService, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    class Stranger:
        asked = 0

        def submit_case(self, *_: object) -> None:
            self.asked += 1
            raise CentreForbidden("the centre does not accept this kiosk's credential (revoked)")

    known: list[object] = [Stranger()]
    courier = Courier(outbox, lambda: known[0], carriers=1, clock=clock)  # type: ignore[arg-type,return-value]
    for number in range(20):
        outbox.put(letter(f"key-{number:04}"), {})
    work(courier)
    assert known[0].asked <= 2  # type: ignore[attr-defined]
    assert "nothing can be handed in" in caplog.text
    known[0] = centre
    courier.centre_answers(answers=True)
    work(courier)
    courier.close()
    assert len(service.done("case")) == 20


def test_no_connection_costs_no_letter_an_attempt(outbox: StoreOutbox, clock: Clock) -> None:
    def nowhere() -> HttpCentre:
        raise CentreUnreachable("there is no connection to the centre yet")

    courier = Courier(outbox, nowhere, clock=clock)
    outbox.put(letter("key-0001"), {})
    assert not courier.turn(0.0)
    courier.close()
    assert outbox.due(clock.now, 1)[0][1] == 0


def test_while_the_centre_is_away_one_letter_is_tried_now_and_then(
    outbox: StoreOutbox, courier: Courier, proxy: FaultProxy, clock: Clock, service: CaseService
) -> None:
    for number in range(50):
        outbox.put(letter(f"key-{number:04}"), {})
    proxy.set_mode(Mode.DOWN)
    courier.centre_answers(answers=False)
    work(courier)
    work(courier)
    assert sum(each.attempts for each in outbox.standings()) == 1
    proxy.set_mode(Mode.PASS)
    clock.now += 31
    work(courier)
    work(courier)
    assert len(service.done("case")) == 50, "the one that is taken says that the centre is back"


def test_a_letter_that_waited_for_days_is_not_put_off_for_minutes_when_the_network_is_back(
    outbox: StoreOutbox, courier: Courier, proxy: FaultProxy, clock: Clock, service: CaseService
) -> None:
    outbox.put(letter("key-0001"), {})
    proxy.set_mode(Mode.DOWN)
    for _ in range(20):
        work(courier)
        clock.now += HOUR
    proxy.set_mode(Mode.LOST_ANSWER)
    courier.centre_answers(answers=True)
    work(courier)
    proxy.set_mode(Mode.PASS)
    clock.now += 30
    work(courier)
    assert (outbox.waiting(), len(service.done("case"))) == (0, 1), (
        "within a minute, also where the first answer is lost"
    )


def test_a_full_disk_ends_nothing_and_doubles_nothing(
    outbox: StoreOutbox, courier: Courier, service: CaseService, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[LetterState] = []
    outbox.put(letter("key-0001"), {})
    courier.watch("key-0001", lambda state, _answer: told.append(state))
    store = outbox._store
    with store.writing() as connection:
        connection.execute("CREATE TRIGGER full BEFORE INSERT ON outcomes BEGIN SELECT RAISE(ABORT, 'disk full'); END")
    work(courier)
    assert (told, outbox.waiting()) == ([LetterState.DELIVERED], 1), "the centre has it: that is true"
    assert "the outbox cannot be used now" in caplog.text
    with store.writing() as connection:
        connection.execute("DROP TRIGGER full")
    clock.now += 4
    work(courier)
    assert (outbox.waiting(), len(service.done("case"))) == (0, 1)


def test_a_case_made_of_a_draft_takes_its_place(
    outbox: StoreOutbox, courier: Courier, centre: HttpCentre, service: CaseService
) -> None:
    draft = centre.save_draft(DraftRequest(holder=HOLDER, items=({"item": "workshop-new"},)), "key-0001")
    outbox.put(letter("key-0002", drafts=(draft.code,)), {})
    work(courier)
    assert centre.drafts_of(HOLDER) == ()
    assert list(service.done("case")) == ["key-0002"]


def test_the_thread_wakes_at_once(outbox: StoreOutbox, centre: HttpCentre) -> None:
    courier = Courier(outbox, lambda: centre)
    courier.start()
    arrived = threading.Event()
    outbox.put(letter("key-0001"), {})
    courier.watch("key-0001", lambda *_: arrived.set())
    courier.wake()
    assert arrived.wait(2)
    courier.close()


def test_nothing_personal_is_logged(
    outbox: StoreOutbox, courier: Courier, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for number, words in enumerate([FAILING, BAD]):
        outbox.put(letter(f"key-000{number}", words=words), {})
    outbox.put(Letter("key-0009", "a", LetterKind.CASE, b'{"name": "Su Wanqing"}'), {})
    work(courier)
    assert not [name for name in ("甘露露", "1949", "Su Wanqing") if name in caplog.text]
