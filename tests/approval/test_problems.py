"""Every error answer is problem+json, whoever raises it, and none of them echoes what was sent."""

import logging
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text
from starlette.testclient import TestClient

from kiosk.approval.service import Service
from tests.approval.applications import NAME, NUMBER, PHONE, application, submit
from tests.approval.hall import HOLDER

KEY = {"Idempotency-Key": "a-key-for-problems"}


@pytest.mark.parametrize(
    ("ask", "status", "code"),
    [
        (lambda c: c.get("/nowhere"), 404, "not-found"),
        (lambda c: c.delete("/v1/queues"), 405, "method-not-allowed"),
        (lambda c: c.get("/v1/queues/"), 404, "not-found"),
        (lambda c: c.post("/v1/tickets", json={"queue": "general"}), 422, "invalid-request"),
        (lambda c: c.post("/v1/tickets", content=b"{", headers=KEY), 422, "invalid-request"),
        (lambda c: c.post("/v1/tickets", json=[1], headers=KEY), 422, "invalid-request"),
        (lambda c: c.post("/v1/tickets", json={"queue": "general", "name": "x"}, headers=KEY), 422, "invalid-request"),
        (lambda c: c.post("/v1/heartbeats", content=b"x" * 70_000), 413, "content-too-large"),
        (lambda c: c.post("/v1/heartbeats", content=iter([b"x" * 40_000] * 2)), 413, "content-too-large"),
        (lambda c: c.get("/v1/tickets", params={"holder": "short"}), 422, "invalid-request"),
    ],
)
def test_the_framework_answers_in_problems(
    kiosk: TestClient, ask: Callable[[TestClient], Any], status: int, code: str
) -> None:
    answer = ask(kiosk)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert answer.headers["x-content-type-options"] == "nosniff"
    problem = answer.json()
    assert problem["type"] == f"/problems/{code}"
    assert problem["status"] == status
    assert problem["title"]


def test_a_refused_method_says_which_are_allowed(kiosk: TestClient) -> None:
    assert kiosk.delete("/v1/queues").headers["allow"] == "GET"


def test_an_invalid_request_is_described_without_its_values(kiosk: TestClient) -> None:
    marked = "MARKED-440106199001010017"
    answer = kiosk.post("/v1/tickets", json={"queue": "general", "holder": marked}, headers=KEY)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["at"] == ["body", "holder"]
    assert marked not in answer.text


def test_a_database_without_tables_is_busy_and_not_a_traceback(kiosk: TestClient, service: Service) -> None:
    service.database.write(lambda session: session.execute(text("DROP TABLE idempotency_keys")))
    answer = kiosk.post("/v1/tickets", json={"queue": "general"}, headers=KEY)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
    assert answer.json()["type"] == "/problems/busy"


def test_an_unexpected_error_is_a_problem_too(
    kiosk: TestClient, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    def burst(_session: object, _hall: object, _catalogue: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr("kiosk.approval.tickets.queues", burst)
    answer = kiosk.get("/v1/queues")
    assert (answer.status_code, answer.json()["type"]) == (500, "/problems/internal-error")
    assert answer.headers["content-type"] == "application/problem+json"
    assert "a bug" not in answer.text


def test_logs_hold_no_digest_no_token_and_no_query(
    kiosk: TestClient, service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    ticket = kiosk.post("/v1/tickets", json={"queue": "general", "holder": HOLDER}, headers=KEY).json()
    kiosk.get("/v1/tickets", params={"holder": HOLDER})
    kiosk.get(f"/q/{ticket['token']}?lang=en")
    service.database.write(lambda session: session.execute(text("DROP TABLE idempotency_keys")))
    kiosk.post("/v1/tickets", json={"queue": "general", "holder": HOLDER}, headers=KEY)
    ours = "\n".join(
        record.getMessage() + (record.exc_text or "")
        for record in caplog.records
        if not record.name.startswith(("httpx", "httpcore"))  # the test's own client
    )
    assert "GET /q/{token} 200" in ours
    assert "POST /v1/tickets 503" in ours
    for secret in (HOLDER, ticket["token"], ticket["id"], "lang=en"):
        assert secret not in ours


def test_logs_hold_nothing_of_a_case(kiosk: TestClient, service: Service, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    wish = {"method": "post", "recipient": "罗小满", "address": "样本路 1 号", "phone": "13800138456"}
    body = application(service, delivery=wish)
    receipt = submit(kiosk, body).json()
    submit(kiosk, body | {"consent": "another"})
    kiosk.post("/v1/cases/lookup", json={"number": receipt["number"], "phone4": "0000"})
    kiosk.get(f"/v1/cases/by-token/{receipt['token']}")
    kiosk.get(f"/c/{receipt['token']}")
    kiosk.post("/v1/cases", json=body | {"fields": {"罗小满": 7}}, headers=KEY)
    for table in ("case_files", "idempotency_keys"):
        service.database.write(lambda session, table=table: session.execute(text(f"DROP TABLE {table}")))
        submit(kiosk, body, f"a-key-without-{table}")
    ours = "\n".join(
        record.getMessage() + (record.exc_text or "")
        for record in caplog.records
        if not record.name.startswith(("httpx", "httpcore"))
    )
    assert "GET /c/{token} 200" in ours
    assert "POST /v1/cases 503" in ours
    secrets = (
        HOLDER,
        receipt["token"],
        receipt["number"],
        NAME,
        NUMBER,
        PHONE,
        "样本路",
        body["materials"][0]["files"][0],
    )
    for secret in secrets:
        assert secret not in ours


def test_healthy(stranger: TestClient) -> None:
    assert stranger.get("/healthz").json() == {"status": "ok"}
