"""Ratings, and codes of the citizens' app."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from kiosk import app_code
from kiosk.__main__ import main
from kiosk.approval import app_codes
from kiosk.approval.app import create_app
from kiosk.approval.record_tables import FollowUpRow, RatingRow
from kiosk.approval.service import Service, tidy
from kiosk.contract.cases import AppIdentity
from tests.approval.applications import MADE_AT, application, submit
from tests.approval.hall import Clock

WHO = AppIdentity(document="resident_card", name="欧阳𠮷", number="440113198704120015")


def rate(kiosk: TestClient, key: str, level: int, **more: Any) -> Any:
    body = {"level": level, "made_at": MADE_AT} | more
    return kiosk.post("/v1/ratings", json=body, headers={"Idempotency-Key": key})


def test_the_first_rating_of_a_case_stays(kiosk: TestClient, service: Service, clock: Clock) -> None:
    token = submit(kiosk, application(service)).json()["token"]
    assert kiosk.get(f"/v1/cases/by-token/{token}").json()["rated"] is False
    first = rate(kiosk, "rating-1", 5, token=token)
    assert (first.status_code, first.json()) == (201, {"received_at": "2026-03-02T10:00:00+08:00", "first": True})
    clock.forward(days=1)
    second = rate(kiosk, "rating-2", 1, token=token, reasons=["slow"])
    assert second.json() == {"received_at": "2026-03-02T10:00:00+08:00", "first": False}
    assert rate(kiosk, "rating-1", 5, token=token).content == first.content
    with service.database.reading() as session:
        assert [row.level for row in session.scalars(select(RatingRow))] == [5]
        assert session.scalars(select(FollowUpRow)).all() == []
    assert kiosk.get(f"/v1/cases/by-token/{token}").json()["rated"] is True


def test_low_ratings_open_a_follow_up(kiosk: TestClient, service: Service) -> None:
    for level in (5, 4, 3, 2, 1):
        reasons = ["slow"] if level < 3 else []
        assert rate(kiosk, f"rating-{level}", level, reasons=reasons, words="等了很久").json()["first"] is True
    with service.database.reading() as session:
        joined = select(RatingRow.level).join(FollowUpRow, FollowUpRow.rating_id == RatingRow.id)
        assert sorted(session.scalars(joined)) == [1, 2]


def test_what_a_rating_may_not_be(kiosk: TestClient) -> None:
    for more, status, code in [
        ({"level": 2}, 422, "invalid-request"),
        ({"level": 6}, 422, "invalid-request"),
        ({"level": 5, "token": "x" * 32}, 404, "no-such-case"),
        ({"level": 5, "words": "a\x00"}, 422, "bad-field"),
        ({"level": 5, "words": "长" * 501}, 422, "invalid-request"),
    ]:
        answer = rate(kiosk, "a-bad-rating", **more)
        assert (answer.status_code, answer.json()["type"]) == (status, f"/problems/{code}")


def show(kiosk: TestClient, code: str) -> Any:
    return kiosk.post("/v1/app-codes", json={"code": code})


def a_code(service: Service) -> str:
    return service.database.write(lambda session: app_codes.make(session, WHO, service.hall.now()))


def test_a_code_of_the_app_says_who_holds_it_once(kiosk: TestClient, service: Service) -> None:
    code = a_code(service)
    assert show(kiosk, code).json() == WHO.model_dump()
    again = show(kiosk, code)
    assert (again.status_code, again.json()["type"]) == (422, "/problems/bad-code")
    assert show(kiosk, a_code(service)).status_code == 200


def test_an_old_or_foreign_code_is_bad(kiosk: TestClient, service: Service, clock: Clock) -> None:
    now, old = service.hall.now(), a_code(service)
    library = AppIdentity(document="library_card", name="甲", number="1")
    strange = [
        old[:-2] + ("AA" if old[-2:] != "AA" else "BB"),
        "https://approval.example/q/sample",
        "bm1..........",
        app_code.make(b"another centre", WHO, now),
        app_code.make(app_code.PRACTICE_KEY, WHO, now),
        service.database.write(lambda session: app_codes.make(session, library, now)),
        service.database.write(lambda session: app_codes.make(session, WHO, now + timedelta(minutes=1))),
    ]
    for code in strange:
        assert show(kiosk, code).json()["type"] == "/problems/bad-code"
    clock.forward(minutes=1)
    assert show(kiosk, old).json()["type"] == "/problems/bad-code"


def test_many_bad_codes_are_not_looked_at(kiosk: TestClient) -> None:
    assert [show(kiosk, f"not-a-code-{n}").status_code for n in range(11)] == [422] * 10 + [429]


def test_a_service_that_practises_takes_the_practice_apps_codes(kiosk: TestClient, service: Service) -> None:
    practising = Service(service.database, service.hall, service.publication, practice=True)
    client = TestClient(create_app(practising), headers=kiosk.headers)
    assert show(client, app_code.make(app_code.PRACTICE_KEY, WHO, service.hall.now())).json() == WHO.model_dump()


def test_used_codes_are_forgotten_when_they_are_old_anyway(kiosk: TestClient, service: Service, clock: Clock) -> None:
    code = a_code(service)
    show(kiosk, code)
    clock.forward(hours=2)
    tidy(service.database, service.hall)
    assert show(kiosk, code).status_code == 422


def test_a_name_too_long_for_a_code_is_refused() -> None:
    with pytest.raises(ValueError, match="code"):
        app_code.make(b"key", WHO.model_copy(update={"name": "𠮷" * 100}), datetime(2026, 3, 2, 4, tzinfo=UTC))


def operator(service: Service, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    """The command as staff type it; its status and what it said."""
    status = main(["approval", *words, "--database", service.database.url.render_as_string(hide_password=False)])
    said = capsys.readouterr()
    return status, (said.out + said.err).strip()


def test_a_follow_up_is_listed_read_and_closed_once(
    kiosk: TestClient, service: Service, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    assert operator(service, capsys, "follow-up") == (0, "no follow-up is open")
    case = submit(kiosk, application(service)).json()
    rate(kiosk, "rating-of-a-case", 1, token=case["token"], reasons=["slow", "unclear"], words="等了三周")
    rate(kiosk, "rating-of-a-visit", 2, reasons=["rude"])
    rate(kiosk, "rating-that-is-good", 5)
    status, listed = operator(service, capsys, "follow-up")
    one, two = listed.splitlines()
    assert status == 0
    assert one == f"1: since 2026-03-02 10:00, case {case['number']}, level 1: slow, unclear, with words"
    assert two.startswith("2: since 2026-03-02 10:00, a visit at kiosk-")
    assert operator(service, capsys, "follow-up", "1") == (0, "等了三周")
    assert operator(service, capsys, "follow-up", "2") == (0, "nothing was written with it")
    assert operator(service, capsys, "follow-up", "1", "--outcome", "电话道歉。") == (0, "follow-up 1: closed")
    assert operator(service, capsys, "follow-up")[1] == two
    for words, why in {
        ("1", "--outcome", "再来一次"): "was closed before",
        ("2", "--outcome", " "): "say what came of it",
        ("7",): "there is no follow-up 7",
        ("--outcome", "x"): "which one?",
    }.items():
        status, said = operator(service, capsys, "follow-up", *words)
        assert (status, why in said) == (2, True), said
    with service.database.reading() as session:
        closed = session.get_one(FollowUpRow, 1)
        assert (closed.outcome, closed.closed_at is not None) == ("电话道歉。", True)
