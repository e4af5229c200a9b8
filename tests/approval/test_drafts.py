"""Drafts: kept for thirty days under a code, for the same person alone."""

from typing import Any

from sqlalchemy import func, select
from starlette.testclient import TestClient

from kiosk.approval.record_tables import DraftFileRow, DraftRow
from kiosk.approval.service import Service, tidy
from tests.approval.applications import ITEM, digest, keep_files, needed
from tests.approval.hall import HOLDER, OTHER, Clock


def a_draft(service: Service, **changes: Any) -> dict[str, Any]:
    keep_files(service, [digest(1), digest(2)])
    materials = [{"material": needed(service, ITEM)[0], "files": [digest(1), digest(2)]}]
    return {"holder": HOLDER, "items": [{"item": ITEM}], "fields": {}, "materials": materials} | changes


def save(kiosk: TestClient, body: dict[str, Any], key: str = "a-key-of-a-draft") -> Any:
    return kiosk.post("/v1/drafts", json=body, headers={"Idempotency-Key": key})


def read(kiosk: TestClient, code: str, holder: str = HOLDER) -> Any:
    return kiosk.get(f"/v1/drafts/{code}", params={"holder": holder})


def test_a_draft_is_kept_and_gone_on_with(kiosk: TestClient, service: Service) -> None:
    body = a_draft(service)
    answer = save(kiosk, body)
    assert answer.status_code == 201, answer.text
    draft = answer.json()
    assert (draft["saved_at"], draft["expires_at"]) == ("2026-03-02T10:00:00+08:00", "2026-04-01T10:00:00+08:00")
    assert draft["materials"][0]["files"] == [digest(1), digest(2)]
    assert save(kiosk, body).content == answer.content
    assert read(kiosk, draft["code"]).json() == draft
    assert kiosk.get("/v1/drafts", params={"holder": HOLDER}).json() == {"drafts": [draft]}


def test_somebody_elses_draft_is_no_draft(kiosk: TestClient, service: Service) -> None:
    code = save(kiosk, a_draft(service)).json()["code"]
    foreign, nobodys = read(kiosk, code, OTHER), read(kiosk, "22222222")
    assert (foreign.status_code, foreign.content) == (404, nobodys.content)
    assert foreign.json()["type"] == "/problems/no-such-draft"
    assert kiosk.put(f"/v1/drafts/{code}", json=a_draft(service, holder=OTHER)).status_code == 404
    assert kiosk.delete(f"/v1/drafts/{code}", params={"holder": OTHER}).status_code == 204
    assert read(kiosk, code).status_code == 200


def test_guessing_codes_is_slowed(kiosk: TestClient) -> None:
    statuses = [read(kiosk, "2345678" + char).status_code for char in "ABCDEFGHJKM"]
    assert statuses == [404] * 10 + [429]


def test_a_draft_takes_the_place_of_the_one_before(kiosk: TestClient, service: Service, clock: Clock) -> None:
    code = save(kiosk, a_draft(service)).json()["code"]
    clock.forward(days=3)
    changed = a_draft(service, materials=[])
    for _ in range(2):
        replaced = kiosk.put(f"/v1/drafts/{code}", json=changed)
        assert (replaced.status_code, replaced.json()["code"], replaced.json()["materials"]) == (200, code, [])
    assert replaced.json()["expires_at"] == "2026-04-04T10:00:00+08:00"
    assert len(kiosk.get("/v1/drafts", params={"holder": HOLDER}).json()["drafts"]) == 1


def test_a_dropped_draft_is_gone_and_dropping_twice_is_harmless(kiosk: TestClient, service: Service) -> None:
    code = save(kiosk, a_draft(service)).json()["code"]
    for _ in range(2):
        assert kiosk.delete(f"/v1/drafts/{code}", params={"holder": HOLDER}).status_code == 204
    assert read(kiosk, code).status_code == 404


def test_after_thirty_days_a_draft_is_gone_with_all_it_held(kiosk: TestClient, service: Service, clock: Clock) -> None:
    code = save(kiosk, a_draft(service)).json()["code"]
    clock.forward(days=30)
    assert read(kiosk, code).status_code == 404
    assert kiosk.get("/v1/drafts", params={"holder": HOLDER}).json() == {"drafts": []}
    tidy(service.database, service.hall)
    with service.database.reading() as session:
        kept = [session.scalar(select(func.count()).select_from(table)) for table in (DraftRow, DraftFileRow)]
    assert kept == [0, 0]


def test_what_a_draft_may_not_be(kiosk: TestClient, service: Service) -> None:
    missing = [{"material": needed(service, ITEM)[0], "files": [digest(5)]}]
    for changes, status, code in [
        ({"items": [{"item": "no-such-item"}]}, 422, "unknown-item"),
        ({"materials": [{"material": "no-such-material"}]}, 422, "unknown-material"),
        ({"fields": {"remark": "a\x07"}}, 422, "bad-field"),
        ({"materials": missing}, 409, "materials-missing"),
    ]:
        answer = save(kiosk, a_draft(service, **changes))
        assert (answer.status_code, answer.json()["type"]) == (status, f"/problems/{code}")
    assert answer.json()["missing"] == [digest(5)]
