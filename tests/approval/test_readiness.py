"""Readiness reports at the service: kept once, the newest of each kiosk, listed for the operator."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from starlette.testclient import TestClient

from kiosk.approval import enrolment, readiness
from kiosk.approval.service import Service
from kiosk.approval.tables import KioskRow, ReadinessRow
from kiosk.contract.readiness import Examined, ReadinessReport
from tests.approval.hall import enrol_kiosk

MORNING = datetime(2026, 3, 2, 6, 31, tzinfo=UTC)
OUT = Examined(name="a4_printer", model="cups", ready=False, health="blocked", faults=("paper_out",))
STUCK = Examined(name="clock", ready=False, trouble="earlier than this program; set the clock")


def body(day: int = 0, **found: Any) -> dict[str, Any]:
    """A report as a kiosk sends it."""
    fields: dict[str, Any] = {"ready": True, **found}
    made_at = MORNING + timedelta(days=day)
    report = ReadinessReport(station="hall-1", version="0.1.0", made_at=made_at, took_s=8, **fields)
    return dict(report.model_dump(mode="json"))


def hand_in(kiosk: TestClient, key: str, report: dict[str, Any]) -> Any:
    return kiosk.post("/v1/readiness-reports", json=report, headers={"Idempotency-Key": key})


def count(service: Service) -> int:
    with service.database.reading() as session:
        return session.scalar(select(func.count()).select_from(ReadinessRow)) or 0


def listed(service: Service) -> list[str]:
    return service.database.write(lambda session: readiness.lines(session, service.hall))


def test_the_same_report_again_is_kept_once(kiosk: TestClient, service: Service) -> None:
    first, again = (hand_in(kiosk, "morning-1-aaaa", body()) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json() == {"received_at": service.hall.now().isoformat().replace("+00:00", "Z")}
    assert [answer.headers["idempotency-replayed"] for answer in (first, again)] == ["false", "true"]
    assert count(service) == 1


def test_a_key_with_another_report_is_refused(kiosk: TestClient) -> None:
    hand_in(kiosk, "morning-1-aaaa", body())
    answer = hand_in(kiosk, "morning-1-aaaa", body(1))
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/idempotency-key-reused")


def test_strangers_and_reports_without_a_key_are_refused(kiosk: TestClient, stranger: TestClient) -> None:
    assert hand_in(stranger, "morning-1-aaaa", body()).status_code == 401
    assert kiosk.post("/v1/readiness-reports", json=body()).status_code == 422


def test_the_newest_of_each_kiosk_are_kept(kiosk: TestClient, service: Service) -> None:
    for day in range(readiness.KEPT + 3):
        assert hand_in(kiosk, f"morning-{day}-aaaa", body(day)).status_code == 201
    assert count(service) == readiness.KEPT
    with service.database.reading() as session:
        assert session.scalar(select(func.min(ReadinessRow.made_at))) == MORNING + timedelta(days=3)


def test_the_operator_sees_the_newest_of_each_kiosk_and_what_is_not_ready(kiosk: TestClient, service: Service) -> None:
    silent = enrol_kiosk(service, "hall-2").kiosk_id
    gone = enrol_kiosk(service, "hall-3").kiosk_id
    service.database.write(lambda session: enrolment.revoke(session, gone, service.hall.now()))
    hand_in(kiosk, "morning-1-aaaa", body(1, ready=False, devices=(OUT,), machine=(STUCK,)))
    hand_in(kiosk, "morning-0-aaaa", body(0))  # an older one that comes later
    with service.database.reading() as session:
        mine = session.scalars(select(KioskRow.id).where(KioskRow.station == "hall-1")).one()
    assert listed(service) == [
        f"{mine} hall-1: 2026-03-03 14:31 NOT READY",
        "  a4_printer cups: paper_out",
        "  clock: earlier than this program; set the clock",
        f"{silent} hall-2: no report yet",
    ]


def test_nobody_is_enrolled(service: Service) -> None:
    assert listed(service) == ["no kiosk is enrolled"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"made_at": 1772433060}, {"made_at": "1772433060"}, {"made_at": "2026-03-02T06:31:00"}, {"made_at": "2026-03-02"},
        {"ready": 1}, {"ready": "true"}, {"took_s": "8"}, {"took_s": True}, {"took_s": -1}, {"colour": "red"},
        {"devices": [{"name": "clock", "ready": "yes"}]},
        {"devices": [{"name": "clock", "ready": True, "figures": [{"name": "size", "value": True}]}]},
    ],
)  # fmt: skip
def test_only_what_the_contract_says_is_taken(kiosk: TestClient, service: Service, wrong: dict[str, Any]) -> None:
    assert hand_in(kiosk, "morning-1-aaaa", body() | wrong).status_code == 422
    assert count(service) == 0


@pytest.mark.parametrize("wrong", [{"sent_at": 1772433060}, {"uptime_s": "3"}, {"uptime_s": True}])
def test_heartbeats_too(kiosk: TestClient, wrong: dict[str, Any]) -> None:
    beat = {"version": "1", "uptime_s": 3, "sent_at": "2026-03-02T06:31:00+08:00"}
    assert kiosk.post("/v1/heartbeats", json=beat).status_code == 200
    assert kiosk.post("/v1/heartbeats", json=beat | wrong).status_code == 422
