"""What every centre must do, tried on the client against the real service, with a fault proxy between them."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from kiosk.approval import enrolment, tickets
from kiosk.approval.service import Service
from kiosk.approval.tables import KioskRow, ReadinessRow
from kiosk.centre.client import enrol
from kiosk.centre.fault_proxy import FaultProxy, Mode
from kiosk.contract.kiosks import DeviceReport
from kiosk.contract.readiness import ReadinessReport
from kiosk.errors import CentreForbidden, CentreRefused, CentreUnreachable
from kiosk.ports.centre import Centre
from kiosk.ticket_state import TicketState
from tests.approval.hall import HOLDER


def call(service: Service, window: int) -> None:
    service.database.write(lambda session: tickets.call(session, service.hall, window))


# --- what it is for ------------------------------------------------------------------------------------------


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


# --- credentials ---------------------------------------------------------------------------------------------


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
