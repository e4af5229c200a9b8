"""Cases: handed in once, told what is missing once, followed, supplemented, withdrawn."""

from typing import Any

import pytest
from starlette.testclient import TestClient
from stdnum.iso7064 import mod_11_10

from kiosk.approval import case_numbers
from kiosk.approval.case_tables import CaseRow, TransitionRow
from kiosk.approval.decisions import Action
from kiosk.approval.service import Service
from tests.approval.applications import ITEM, NAME, application, digest, do, keep_files, needed, submit
from tests.approval.hall import HOLDER, OTHER, Clock

WORKSHOP = "workshop-new"
"""An item with more than one material to bring."""


def problem(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"].removeprefix("/problems/")


def test_a_case_is_received(kiosk: TestClient, service: Service) -> None:
    answer = submit(kiosk, application(service))
    assert answer.status_code == 201, answer.text
    receipt = answer.json()
    assert receipt["state"] == "received"
    assert receipt["number"].startswith("2026030200001")
    assert mod_11_10.is_valid(receipt["number"])
    assert receipt["received_at"] == "2026-03-02T10:00:00+08:00"
    assert receipt["sub_cases"] == [{"number": receipt["number"], "item": ITEM, "state": "received"}]
    assert answer.headers["idempotency-replayed"] == "false"
    assert answer.headers["cache-control"] == "no-store"


def test_the_same_key_is_the_same_receipt_and_another_request_under_it_is_refused(
    kiosk: TestClient, service: Service
) -> None:
    body = application(service)
    first, second = submit(kiosk, body), submit(kiosk, body)
    assert (second.status_code, second.content) == (201, first.content)
    assert second.headers["idempotency-replayed"] == "true"
    assert problem(submit(kiosk, body | {"consent": "consent-2"})) == (422, "idempotency-key-reused")
    assert len(kiosk.get("/v1/cases", params={"holder": HOLDER}).json()["cases"]) == 1


def test_a_package_is_one_case_with_a_sub_case_for_each_item(kiosk: TestClient, service: Service) -> None:
    body = application(service, "sole-trader-open", "food-new", package="restaurant")
    receipt = submit(kiosk, body).json()
    numbers = [receipt["number"], *(part["number"] for part in receipt["sub_cases"])]
    assert [number[8:13] for number in numbers] == ["00001", "00002", "00003"]
    assert [part["item"] for part in receipt["sub_cases"]] == ["sole-trader-open", "food-new"]
    case = kiosk.get(f"/v1/cases/by-token/{receipt['token']}").json()
    assert case["title"]["en"] == "I want to open a small restaurant"
    lookup = kiosk.post("/v1/cases/lookup", json={"number": numbers[2], "phone4": "8456"})
    assert lookup.json()["number"] == receipt["number"]


def test_serials_begin_anew_every_day_of_the_hall(kiosk: TestClient, service: Service, clock: Clock) -> None:
    body = application(service)
    numbers = []
    for n, hours in enumerate((0, 13, 12)):  # 10:00, 23:00, and 11:00 of the next day
        clock.forward(hours=hours)
        numbers.append(submit(kiosk, body, f"key-of-day-{n}").json()["number"][:13])
    assert numbers == ["2026030200001", "2026030200002", "2026030300001"]


def test_a_day_without_numbers_left_is_busy_and_nothing_is_kept(
    kiosk: TestClient, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(case_numbers, "MOST_PER_DAY", 1)
    assert submit(kiosk, application(service), "the-last-number").status_code == 201
    full = submit(kiosk, application(service), "one-too-many")
    assert problem(full) == (503, "day-full")
    assert full.headers["retry-after"] == "3600"
    assert len(kiosk.get("/v1/cases", params={"holder": HOLDER}).json()["cases"]) == 1


def test_files_that_are_not_there_are_named_and_the_key_is_free_for_another_try(
    kiosk: TestClient, service: Service
) -> None:
    body = application(service)
    late, half = digest(901), digest(902)
    keep_files(service, [half], complete=False)
    body["materials"][0]["files"] += [late, half, late]
    body["signature"] = digest(903)
    answer = submit(kiosk, body)
    assert problem(answer) == (409, "materials-missing")
    assert answer.json()["missing"] == [late, half, digest(903)]
    keep_files(service, [late, half, digest(903)])
    assert submit(kiosk, body).status_code == 201


def test_everything_that_is_missing_is_named_at_once(kiosk: TestClient, service: Service) -> None:
    wanted = needed(service, ITEM)
    body = application(service, delivery={"method": "post", "recipient": " "})
    body["materials"] = [{"material": wanted[0], "files": []}]
    answer = submit(kiosk, body)
    assert problem(answer) == (422, "incomplete")
    said = answer.json()
    assert set(said["materials"]) == set(wanted)
    assert {"delivery.recipient", "delivery.address", "delivery.phone"} <= set(said["fields"])
    assert all(name in said["detail"] for name in (*wanted, "delivery.address"))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"items": [{"item": "no-such-item"}]}, "unknown-item"),
        ({"items": [{"item": ITEM}, {"item": "food-new"}]}, "unknown-package"),
        ({"package": "no-such-package"}, "unknown-package"),
        ({"package": "restaurant"}, "unknown-item"),
        ({"items": [{"item": ITEM, "variant": "no-such-variant"}]}, "unknown-variant"),
        ({"items": [{"item": ITEM}, {"item": ITEM}], "package": "food-stall"}, "item-twice"),
        ({"materials": [{"material": "no-such-material"}]}, "unknown-material"),
        ({"materials": [{"material": "photo"}, {"material": "photo"}]}, "material-twice"),
        ({"materials": [{"material": "photo", "on_file": True}]}, "not-on-file"),
        ({"delivery": {"method": "kiosk_print"}}, "delivery-not-offered"),
        ({"document": "library_card"}, "identity-not-allowed"),
        ({"name": "罗\x00"}, "bad-field"),
        ({"delivery": {"method": "window", "address": "越秀区\x1b[2J"}}, "bad-field"),
    ],
)
def test_what_the_catalogue_does_not_know_is_refused_by_name(
    kiosk: TestClient, service: Service, change: dict[str, Any], code: str
) -> None:
    answer = submit(kiosk, application(service, **change))
    assert problem(answer) == (422, code)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"].endswith(".")
    assert kiosk.get("/v1/cases", params={"holder": HOLDER}).json()["cases"] == []


@pytest.mark.parametrize(
    "fields",
    [
        {"remark": "长" * 10_000},
        {"Not An Id": "x"},
        {f"field-{n}": "x" for n in range(201)},
        {"remark": 7},
    ],
)
def test_fields_that_do_not_fit_the_contract(kiosk: TestClient, service: Service, fields: dict[str, Any]) -> None:
    answer = submit(kiosk, application(service, fields=fields))
    assert problem(answer) == (422, "invalid-request")
    assert "长长长" not in answer.text


def test_a_body_of_more_than_256_kilobytes_is_refused(kiosk: TestClient, service: Service) -> None:
    fields = {f"field-{n}": "长" * 1_900 for n in range(60)}
    assert problem(submit(kiosk, application(service, fields=fields))) == (413, "content-too-large")


@pytest.mark.parametrize("name", ["㐱", "䶮", "𠮷", "欧阳" * 25, "Þóra O’Neill-Łuczak", "👩‍🍳厨师", "阿\u00b7买提"])
def test_names_are_kept_exactly_and_shown_masked(kiosk: TestClient, service: Service, name: str) -> None:
    receipt = submit(kiosk, application(service, name=name)).json()
    with service.database.reading() as session:
        row = session.get(CaseRow, receipt["number"])
        assert row is not None
        assert row.applicant_name == name
    seen = kiosk.get(f"/v1/cases/by-token/{receipt['token']}")
    assert seen.json()["applicant"] == (f"{name[0]}*" if len(name) > 1 else "*")
    assert len(name) == 1 or name not in seen.text


def test_a_case_is_seen_by_holder_token_and_number(kiosk: TestClient, service: Service, clock: Clock) -> None:
    receipt = submit(kiosk, application(service)).json()
    by_token = kiosk.get(f"/v1/cases/by-token/{receipt['token']}").json()
    by_number = kiosk.post("/v1/cases/lookup", json={"number": receipt["number"], "phone4": "8456"}).json()
    assert by_token == by_number
    assert by_token["applicant"] == "罗*"
    clock.forward(minutes=1)
    newer = submit(kiosk, application(service), "a-newer-case").json()
    submit(kiosk, application(service, holder=OTHER), "somebody-elses")
    mine = kiosk.get("/v1/cases", params={"holder": HOLDER}).json()["cases"]
    assert [case["number"] for case in mine] == [newer["number"], receipt["number"]]
    assert mine[1] == by_token


def test_a_wrong_number_and_a_wrong_phone_are_answered_alike_and_many_not_at_all(
    kiosk: TestClient, service: Service, clock: Clock
) -> None:
    number = submit(kiosk, application(service)).json()["number"]
    nobodys = case_numbers.number(service.hall.today(), 4711)
    mistyped = number[:-1] + str((int(number[-1]) + 1) % 10)
    wrong = [{"number": number, "phone4": "0000"}, {"number": nobodys, "phone4": "8456"}]
    wrong += [{"number": mistyped, "phone4": "8456"}]
    answers = [kiosk.post("/v1/cases/lookup", json=body) for body in wrong]
    assert {problem(answer) for answer in answers} == {(404, "no-such-case")}
    assert len({answer.content for answer in answers}) == 1
    for _ in range(7):
        kiosk.post("/v1/cases/lookup", json=wrong[0])
    right = {"number": number, "phone4": "8456"}
    slowed = kiosk.post("/v1/cases/lookup", json=right)
    assert slowed.status_code == 429
    assert int(slowed.headers["retry-after"]) > 0
    clock.forward(minutes=2)
    assert kiosk.post("/v1/cases/lookup", json=right).status_code == 200


def test_a_case_without_a_telephone_is_not_found_by_number(kiosk: TestClient, service: Service) -> None:
    number = submit(kiosk, application(service, phone="")).json()["number"]
    assert kiosk.post("/v1/cases/lookup", json={"number": number, "phone4": "0000"}).status_code == 404


def test_a_case_is_withdrawn_once_and_not_after_the_decision(kiosk: TestClient, service: Service) -> None:
    receipt = submit(kiosk, application(service)).json()
    address = f"/v1/cases/by-token/{receipt['token']}/withdraw"
    first, second = kiosk.post(address), kiosk.post(address)
    assert first.json() == second.json()
    assert [step["state"] for step in first.json()["parts"][0]["steps"]] == ["received", "withdrawn"]
    decided = submit(kiosk, application(service), "a-decided-case").json()
    do(service, decided["number"], Action.ACCEPT)
    do(service, decided["number"], Action.GRANT)
    assert problem(kiosk.post(f"/v1/cases/by-token/{decided['token']}/withdraw")) == (409, "case-closed")


def test_of_a_package_what_is_not_decided_is_withdrawn(kiosk: TestClient, service: Service) -> None:
    body = application(service, "sole-trader-open", "food-new", package="restaurant")
    receipt = submit(kiosk, body).json()
    do(service, receipt["sub_cases"][0]["number"], Action.ACCEPT)
    do(service, receipt["sub_cases"][0]["number"], Action.REFUSE, note="名称与他人相同。")
    for _ in range(2):
        seen = kiosk.post(f"/v1/cases/by-token/{receipt['token']}/withdraw")
        assert [part["state"] for part in seen.json()["parts"]] == ["refused", "withdrawn"]


def test_a_supplement_brings_a_returned_case_back(kiosk: TestClient, service: Service) -> None:
    receipt = submit(kiosk, application(service, WORKSHOP)).json()
    first, second = needed(service, WORKSHOP)[:2]
    do(service, receipt["number"], Action.RETURN, asked=((first, "第二页看不清楚。"), (second, "照片太旧。")))
    seen = kiosk.get(f"/v1/cases/by-token/{receipt['token']}").json()["parts"][0]
    assert [(each["material"], each["reason"]) for each in seen["asked"]] == [
        (first, "第二页看不清楚。"),
        (second, "照片太旧。"),
    ]
    assert (seen["state"], seen["promised"]["paused"]) == ("returned", True)
    half = hand_in(kiosk, receipt, "supplement-1", first)
    assert [part["state"] for part in half.json()["parts"]] == ["returned"]
    whole = hand_in(kiosk, receipt, "supplement-2", second)
    assert whole.json()["parts"][0]["state"] == "received"
    assert whole.json()["parts"][0]["asked"] == []
    again = hand_in(kiosk, receipt, "supplement-2", second)
    assert (again.content, again.headers["idempotency-replayed"]) == (whole.content, "true")
    assert problem(hand_in(kiosk, receipt, "supplement-3", second)) == (409, "nothing-asked")


def hand_in(kiosk: TestClient, receipt: Any, key: str, material: str, file: int = 0, **more: Any) -> Any:
    body = {
        "materials": [{"material": material, "files": [digest(file)]} | more],
        "made_at": "2026-03-02T10:00:00+08:00",
    }
    address = f"/v1/cases/by-token/{receipt['token']}/supplements"
    return kiosk.post(address, json=body, headers={"Idempotency-Key": key})


def test_a_supplement_of_something_else_or_of_nothing_is_refused(kiosk: TestClient, service: Service) -> None:
    receipt = submit(kiosk, application(service, WORKSHOP)).json()
    first, second = needed(service, WORKSHOP)[:2]
    assert problem(hand_in(kiosk, receipt, "supplement-1", first)) == (409, "nothing-asked")
    do(service, receipt["number"], Action.RETURN, asked=((first, "看不清楚。"),))
    assert problem(hand_in(kiosk, receipt, "supplement-1", second)) == (422, "unknown-material")
    assert problem(hand_in(kiosk, receipt, "supplement-1", first, files=[])) == (422, "incomplete")
    assert problem(hand_in(kiosk, receipt, "supplement-1", first, files=[], on_file=True)) == (422, "not-on-file")
    late = hand_in(kiosk, receipt, "supplement-1", first, file=77)
    assert problem(late) == (409, "materials-missing")
    keep_files(service, [digest(77)])
    assert hand_in(kiosk, receipt, "supplement-1", first, file=77).status_code == 200
    assert problem(hand_in(kiosk, {"token": "x" * 32}, "supplement-9", first)) == (404, "no-such-case")


def test_every_transition_says_who_and_when(kiosk: TestClient, service: Service, clock: Clock) -> None:
    receipt = submit(kiosk, application(service)).json()
    clock.forward(hours=1)
    do(service, receipt["number"], Action.ACCEPT)
    clock.forward(days=1)
    do(service, receipt["number"], Action.GRANT, note="符合条件。")
    with service.database.reading() as session:
        rows = session.query(TransitionRow).order_by(TransitionRow.id).all()
    assert [(row.state, row.office) for row in rows] == [
        ("received", "front-desk"),
        ("accepted", "front-desk"),
        ("under_review", "vendor"),
        ("granted", "vendor"),
    ]
    assert rows[0].by.startswith("kiosk-")
    assert {row.by for row in rows[1:]} == {"clerk"}
    assert [row.at.isoformat() for row in rows[:2]] == ["2026-03-02T02:00:00+00:00", "2026-03-02T03:00:00+00:00"]
    steps = kiosk.get(f"/v1/cases/by-token/{receipt['token']}").json()["parts"][0]["steps"]
    assert (steps[-1]["note"], steps[-1]["office"]["en"]) == ("符合条件。", "Town office: food vendors")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", f"/v1/cases?holder={HOLDER}"),
        ("GET", "/v1/cases/by-token/" + "x" * 32),
        ("POST", "/v1/cases/by-token/" + "x" * 32 + "/withdraw"),
        ("GET", f"/v1/holders/{HOLDER}"),
        ("GET", f"/v1/drafts?holder={HOLDER}"),
    ],
)
def test_without_a_credential_nothing_is_told(stranger: TestClient, method: str, path: str) -> None:
    assert problem(stranger.request(method, path)) == (401, "credential-not-accepted")


def test_nothing_personal_is_in_a_repr(service: Service) -> None:
    from kiosk.contract.cases import CaseRequest

    body = CaseRequest.model_validate(application(service, fields={"address": "东湖路 12 号"}))
    assert NAME not in repr(body)
    assert "东湖路" not in repr(body)
