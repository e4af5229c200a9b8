"""What every centre must do, tried on the client against the real service, with a fault proxy between them."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from kiosk.approval import enrolment, tickets
from kiosk.approval.service import Service
from kiosk.approval.tables import KioskRow, ReadinessRow
from kiosk.centre.client import HttpCentre, enrol
from kiosk.centre.fault_proxy import FaultProxy, Mode
from kiosk.centre.holder import holder_digest
from kiosk.centre.http import Timeouts, checked_address
from kiosk.contract.kiosks import DeviceReport
from kiosk.contract.readiness import ReadinessReport
from kiosk.errors import CentreBusy, CentreError, CentreForbidden, CentreRefused, CentreUnreachable, SettingsError
from kiosk.ports.card_reader import CardKind, IdCard
from kiosk.ports.centre import Centre
from kiosk.ticket_state import TicketState
from tests.approval.hall import HOLDER, Clock, service_in, serving

QUICK = Timeouts(connect_s=0.5, read_s=0.5, total_s=1.5)


@pytest.fixture(scope="module")
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, clock: Clock) -> Iterator[tuple[Service, str]]:
    with service_in(tmp_path_factory.mktemp("centre"), clock) as service, serving(service) as url:
        yield service, url


@pytest.fixture
def service(running: tuple[Service, str], clock: Clock) -> Service:
    clock.forward(days=1)  # every test has its own day: numbers begin at 001
    return running[0]


@pytest.fixture
def proxy(running: tuple[Service, str]) -> Iterator[FaultProxy]:
    with FaultProxy(running[1]) as proxy:
        yield proxy


@pytest.fixture
def one_time_code(service: Service) -> str:
    now = service.hall.now()
    return service.database.write(lambda s: enrolment.make_code(s, "hall-1", now, timedelta(days=1)))


@pytest.fixture
def centre(proxy: FaultProxy, one_time_code: str) -> Iterator[Centre]:
    centre = HttpCentre(
        proxy.url, enrol(proxy.url, one_time_code, "hall-1").credential, version="0.1.0", timeouts=QUICK
    )
    yield centre
    centre.close()


def call(service: Service, window: int) -> None:
    service.database.write(lambda session: tickets.call(session, service.hall, window))


# --- what it is for --------------------------------------------------------------------------------------------


def test_the_catalogue_comes_once(centre: Centre, service: Service) -> None:
    fetched = centre.catalogue(None)
    assert fetched is not None
    version, catalogue = fetched
    assert catalogue == service.publication.catalogue
    assert centre.catalogue(version) is None
    assert centre.catalogue("an-older-one") == fetched
    assert centre.heartbeat(1, ()).catalogue_version == version


def test_a_ticket_from_taking_to_serving(centre: Centre, service: Service) -> None:
    taken = centre.take_ticket("general", HOLDER, "from-taking-1")
    assert (taken.already_open, taken.ticket.number, taken.ticket.state) == (False, "A001", TicketState.WAITING)
    assert centre.queues()[0].waiting == 1
    assert centre.open_tickets(HOLDER) == (taken.ticket,)
    call(service, 3)
    called = centre.ticket(taken.ticket.id)
    assert (called.state, called.window) == (TicketState.CALLED, 3)
    call(service, 3)
    assert centre.open_tickets(HOLDER) == ()
    with pytest.raises(CentreRefused) as refused:
        centre.give_up_ticket(taken.ticket.id)
    assert refused.value.code == "ticket-closed"


def test_a_second_ticket_is_the_first_again(centre: Centre) -> None:
    first = centre.take_ticket("food", HOLDER, "second-ticket-1").ticket
    again = centre.take_ticket("food", HOLDER, "second-ticket-2")
    assert again.already_open
    assert again.ticket == first


def test_giving_up_twice_is_harmless(centre: Centre) -> None:
    ticket = centre.take_ticket("advice", None, "giving-up-1").ticket
    assert [centre.give_up_ticket(ticket.id).state for _ in range(2)] == [TicketState.GIVEN_UP] * 2


def test_a_heartbeat_with_faults(centre: Centre, service: Service) -> None:
    answer = centre.heartbeat(3.5, (DeviceReport(name="printer", health="blocked", faults=("paper_out",)),))
    assert answer.time == service.hall.now()


def test_a_readiness_report_is_kept_once_even_when_the_answer_is_lost(
    centre: Centre, proxy: FaultProxy, service: Service
) -> None:
    made_at = datetime(2026, 3, 2, 6, 30, tzinfo=UTC)
    report = ReadinessReport(station="hall-1", version="1", made_at=made_at, took_s=1, ready=True)
    before = reports_kept(service)
    proxy.set_mode(Mode.LOST_ANSWER)
    with pytest.raises(CentreUnreachable):
        centre.report_readiness(report, "morning-lost-answer")
    proxy.set_mode(Mode.PASS)
    for _ in range(2):
        centre.report_readiness(report, "morning-lost-answer")
    assert reports_kept(service) == before + 1
    with pytest.raises(CentreRefused) as refused:
        centre.report_readiness(report.model_copy(update={"ready": False}), "morning-lost-answer")
    assert refused.value.code == "idempotency-key-reused"


def reports_kept(service: Service) -> int:
    with service.database.reading() as session:
        return session.scalar(select(func.count()).select_from(ReadinessRow)) or 0


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        (lambda c: c.take_ticket("nowhere", None, "unknown-queue-1"), "no-such-queue"),
        (lambda c: c.ticket("nobody"), "no-such-ticket"),
        (lambda c: c.ticket("../../healthz"), "not-found"),
        (lambda c: c.take_ticket("general", None, "short"), "invalid-request"),
    ],
)
def test_a_refusal_has_its_code(centre: Centre, ask: Callable[[Centre], object], code: str) -> None:
    with pytest.raises(CentreRefused) as refused:
        ask(centre)
    assert refused.value.code == code


def test_a_key_for_another_wish_is_refused(centre: Centre) -> None:
    centre.take_ticket("general", None, "another-wish-1")
    with pytest.raises(CentreRefused) as refused:
        centre.take_ticket("food", None, "another-wish-1")
    assert refused.value.code == "idempotency-key-reused"


# --- credentials -----------------------------------------------------------------------------------------------


def test_a_code_works_once(proxy: FaultProxy, one_time_code: str) -> None:
    assert enrol(proxy.url, one_time_code, "hall-1").credential
    with pytest.raises(CentreForbidden):
        enrol(proxy.url, one_time_code, "hall-1")


def test_a_malformed_code_does_not_reach_the_centre(proxy: FaultProxy) -> None:
    proxy.set_mode(Mode.DOWN)
    with pytest.raises(CentreRefused):
        enrol(proxy.url, "short", "hall-1")


def test_a_revoked_credential_is_a_matter_for_the_operator(centre: Centre, service: Service) -> None:
    def revoke_all(session: object) -> None:
        for row in session.query(KioskRow):  # type: ignore[attr-defined]
            enrolment.revoke(session, row.id, service.hall.now())  # type: ignore[arg-type]

    service.database.write(revoke_all)
    with pytest.raises(CentreForbidden):
        centre.queues()


# --- trouble on the way ----------------------------------------------------------------------------------------

ASKS: list[Callable[[Centre], object]] = [
    lambda c: c.catalogue(None),
    lambda c: c.queues(),
    lambda c: c.take_ticket("general", None, "trouble-ahead-1"),
    lambda c: c.open_tickets(HOLDER),
    lambda c: c.ticket("some"),
    lambda c: c.give_up_ticket("some"),
    lambda c: c.heartbeat(1, ()),
]


@pytest.mark.parametrize("ask", ASKS)
@pytest.mark.parametrize("mode", [Mode.DOWN, Mode.CUT, Mode.LOST_ANSWER])
def test_no_whole_answer_is_unreachable(
    centre: Centre, proxy: FaultProxy, mode: Mode, ask: Callable[[Centre], object]
) -> None:
    proxy.set_mode(mode)
    with pytest.raises(CentreUnreachable):
        ask(centre)
    proxy.set_mode(Mode.PASS)
    assert centre.queues()


@pytest.mark.parametrize("ask", ASKS)
def test_busy_says_when_to_come_back(centre: Centre, proxy: FaultProxy, ask: Callable[[Centre], object]) -> None:
    proxy.set_mode(Mode.ERROR_503)
    with pytest.raises(CentreBusy) as busy:
        ask(centre)
    assert busy.value.retry_after_s == 1


def test_a_slow_centre_is_given_up_in_time(centre: Centre, proxy: FaultProxy) -> None:
    proxy.set_mode(Mode.SLOW, 5)
    started = time.monotonic()
    with pytest.raises(CentreUnreachable):
        centre.queues()
    assert time.monotonic() - started < 1.5


def test_a_slow_centre_that_answers_in_time_is_fine(centre: Centre, proxy: FaultProxy) -> None:
    proxy.set_mode(Mode.SLOW, 0.15)
    started = time.monotonic()
    assert centre.queues()
    assert time.monotonic() - started >= 0.15


@pytest.mark.parametrize("mode", [Mode.LOST_ANSWER, Mode.CUT])
def test_exactly_one_ticket_when_the_answer_is_lost(centre: Centre, proxy: FaultProxy, mode: Mode) -> None:
    key = f"lost-answer-{mode.value}"
    proxy.set_mode(mode)
    with pytest.raises(CentreUnreachable):
        centre.take_ticket("hygiene", HOLDER, key)
    proxy.set_mode(Mode.PASS)
    taken = centre.take_ticket("hygiene", HOLDER, key)
    assert (taken.ticket.number, taken.already_open) == ("C001", False)
    assert centre.open_tickets(HOLDER) == (taken.ticket,)
    assert centre.queues()[2].waiting == 1


def test_no_ticket_when_the_request_never_arrived(centre: Centre, proxy: FaultProxy) -> None:
    proxy.set_mode(Mode.DOWN)
    with pytest.raises(CentreUnreachable):
        centre.take_ticket("general", None, "never-arrived-1")
    proxy.set_mode(Mode.PASS)
    assert centre.queues()[0].waiting == 0


def test_two_threads_at_once(centre: Centre) -> None:
    numbers: list[str] = []

    def take(name: str) -> None:
        for n in range(5):
            numbers.append(centre.take_ticket("general", None, f"thread-{name}-{n}").ticket.number)

    threads = [threading.Thread(target=take, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == [f"A{n:03d}" for n in range(1, 11)]


# --- odd answers -----------------------------------------------------------------------------------------------


@contextmanager
def answering(*answers: bytes) -> Iterator[tuple[str, list[bytes]]]:
    """A service that gives these answers, one per connection, whatever is asked; and what it was asked."""
    asked: list[bytes] = []

    def serve(listener: socket.socket) -> None:
        for answer in answers:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                asked.append(connection.recv(65536))
                connection.sendall(answer)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve, args=(listener,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}", asked
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()


def http(status: str, body: bytes, *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


NOT_UNDERSTOOD = (CentreRefused, "not-understood")


@pytest.mark.parametrize(
    ("answer", "kind", "code"),
    [
        (http("200 OK", b"<html>Welcome to the hotel's network</html>"), *NOT_UNDERSTOOD),
        (http("200 OK", b'{"queues": [{"id": "a"}]}'), *NOT_UNDERSTOOD),
        (http("200 OK", b'{"queues": null}'), *NOT_UNDERSTOOD),
        (http("200 OK", b"[]"), *NOT_UNDERSTOOD),
        (http("200 OK", b""), *NOT_UNDERSTOOD),
        (http("200 OK", b"\xff\xfe"), *NOT_UNDERSTOOD),
        (http("200 OK", b"{}", "Content-Encoding: gzip"), *NOT_UNDERSTOOD),
        (http("302 Found", b"", "Location: http://192.0.2.1/login"), *NOT_UNDERSTOOD),
        (http("400 Bad Request", b"[1]"), *NOT_UNDERSTOOD),
        (http("404 Not Found", b'{"type": "/problems/gone-away", "title": "Gone"}'), CentreRefused, "gone-away"),
        (http("500 Internal Server Error", b""), CentreUnreachable, None),
        (http("502 Bad Gateway", b"<html>"), CentreUnreachable, None),
        (http("429 Too Many Requests", b"", "Retry-After: 7"), CentreBusy, 7.0),
        (http("503 Unavailable", b"", "Retry-After: Thu, 01 Jan 1970 00:00:00 GMT"), CentreBusy, 0.0),
        (http("503 Unavailable", b"", "Retry-After: soon"), CentreBusy, None),
        (http("401 Unauthorized", b""), CentreForbidden, None),
        (b"SSH-2.0-OpenSSH_9.2\r\n", CentreUnreachable, None),
    ],
)
def test_an_odd_answer_is_one_of_our_errors(answer: bytes, kind: type[CentreError], code: object) -> None:
    with answering(answer, answer) as (url, _):
        centre = HttpCentre(url, "kiosk-1.geheim", version="1", timeouts=QUICK)
        with pytest.raises(kind) as error:
            centre.queues()
        centre.close()
    assert getattr(error.value, "code", getattr(error.value, "retry_after_s", None)) == code
    assert "geheim" not in str(error.value)


def test_a_conflict_without_a_ticket_is_not_understood() -> None:
    body = b'{"type": "/problems/ticket-already-open", "title": "t", "status": 409}'
    with answering(http("409 Conflict", body)) as (url, _):
        centre = HttpCentre(url, "c", version="1", timeouts=QUICK)
        with pytest.raises(CentreRefused) as refused:
            centre.take_ticket("general", None, "a-conflict-1")
        centre.close()
    assert refused.value.code == "not-understood"


def test_a_get_is_tried_twice_and_a_post_once() -> None:
    with answering(b"", http("200 OK", b'{"queues": []}')) as (url, asked):
        centre = HttpCentre(url, "c", version="1", timeouts=QUICK)
        assert centre.queues() == ()
        assert len(asked) == 2
        centre.close()
    with answering(b"", b"") as (url, asked):
        centre = HttpCentre(url, "c", version="1", timeouts=QUICK)
        with pytest.raises(CentreUnreachable):
            centre.take_ticket("general", None, "posted-once-1")
        assert len(asked) == 1
        centre.close()


def test_an_answer_that_trickles_is_given_up_in_time() -> None:
    stop = threading.Event()

    def trickle(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection:
            connection.recv(65536)
            connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            while not stop.wait(0.1):
                try:
                    connection.sendall(b"1\r\n \r\n")
                except OSError:
                    return

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=trickle, args=(listener,))
        thread.start()
        centre = HttpCentre(f"http://127.0.0.1:{listener.getsockname()[1]}", "c", version="1", timeouts=QUICK)
        started = time.monotonic()
        with pytest.raises(CentreUnreachable):
            centre.queues()
        assert time.monotonic() - started < 3
        stop.set()
        thread.join()
        centre.close()


# --- addresses and digests -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("http://centre.example", "plain http"),
        ("http://192.0.2.7:8800", "plain http"),
        ("http://127.0.0.1.evil.example", "plain http"),
        ("ftp://127.0.0.1", "is not the address of a service"),
        ("centre.example", "is not the address of a service"),
        ("https://user:geheim@centre.example", "must not hold a user or a password"),
    ],
)
def test_an_address_that_must_not_be_used(url: str, sentence: str) -> None:
    with pytest.raises(SettingsError, match=sentence) as refused:
        HttpCentre(url, "c", version="1")
    assert str(refused.value).startswith("centre.url: ")
    assert "geheim" not in str(refused.value)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8800/", "http://localhost", "http://[::1]:1", "https://centre.example/api"]
)
def test_an_address_that_may_be_used(url: str) -> None:
    assert checked_address(url) == url.rstrip("/")


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    with answering(b"") as (url, _):
        centre = HttpCentre(url.replace("http:", "https:"), "c", version="1", timeouts=QUICK)
        with pytest.raises(CentreUnreachable):
            centre.heartbeat(1, ())
        centre.close()


def test_a_digest_tells_people_apart_and_says_nothing() -> None:
    card = IdCard(CardKind.RESIDENT, "11010519491231002X")
    same = IdCard(CardKind.RESIDENT, " 11010519491231002x ", name="张三")
    other_kind = IdCard(CardKind.HMT_PERMIT, "11010519491231002X")
    digest = holder_digest("ab" * 32, card)
    assert holder_digest("ab" * 32, same) == digest
    assert len({digest, holder_digest("ab" * 32, other_kind), holder_digest("cd" * 32, card)}) == 3
    assert "11010519491231002" not in digest
    assert len(digest) == 64
