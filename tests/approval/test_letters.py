"""What terminals keep for the centre arrives once, whichever enrolment brings it; a draft that comes after its case is not kept."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import func, select
from starlette.testclient import TestClient

from kiosk.approval import enrolment
from kiosk.approval.app import create_app
from kiosk.approval.case_tables import CaseMaterialRow, CaseRow
from kiosk.approval.decisions import Action
from kiosk.approval.idempotency import LETTERS_KEPT
from kiosk.approval.record_tables import DraftFileRow, DraftRow, LetterKeyRow, RatingRow
from kiosk.approval.service import Service, tidy
from tests.approval.applications import ITEM, MADE_AT, application, digest, do, keep_files, needed, submit
from tests.approval.hall import HOLDER, OTHER, Clock, enrol_kiosk, serving
from tests.approval.test_case_concurrency import asking
from tests.approval.test_drafts import a_draft, read, save

KEY = "9f86d081884c7d659a2feaa0c55ad015"
ANOTHER = "60303ae22b998861bce3b28f33eec1be"
Enrolled = Callable[[], TestClient]


@pytest.fixture
def enrolled(service: Service) -> Enrolled:
    """A kiosk with a credential of its own."""

    def make() -> TestClient:
        headers = {"Authorization": f"Bearer {enrol_kiosk(service).credential}"}
        return TestClient(create_app(service), headers=headers, raise_server_exceptions=False)

    return make


def count(service: Service, table: Any) -> int:
    with service.database.reading() as session:
        return int(session.scalar(select(func.count()).select_from(table)) or 0)


def test_a_letter_that_outlasts_its_enrolment_is_taken_once(service: Service, enrolled: Enrolled) -> None:
    body = application(service)
    first = submit(enrolled(), body, KEY)
    again = submit(enrolled(), body, KEY)
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.content == first.content
    assert [answer.headers["idempotency-replayed"] for answer in (first, again)] == ["false", "true"]
    assert count(service, CaseRow) == 1


def test_also_where_the_old_credential_was_revoked(service: Service, enrolled: Enrolled) -> None:
    body, old = application(service), enrol_kiosk(service)
    headers = {"Authorization": f"Bearer {old.credential}"}
    first = submit(TestClient(create_app(service), headers=headers), body, KEY)
    service.database.write(lambda session: enrolment.revoke(session, old.kiosk_id, service.hall.now()))
    assert submit(enrolled(), body, KEY).json() == first.json()
    assert count(service, CaseRow) == 1


def test_a_key_without_its_request_shows_nothing(service: Service, enrolled: Enrolled) -> None:
    body = application(service)
    receipt = submit(enrolled(), body, KEY).json()
    curious = enrolled()
    for changed in (
        {"fields": body["fields"] | {"applicant-phone": "13900000000"}},
        {"applicant": body["applicant"] | {"number": "11010519491231002X"}},
        {"made_at": "2026-03-02T09:59:01+08:00"},
    ):
        answer = submit(curious, body | changed, KEY)
        assert (answer.status_code, answer.json()["type"]) == (422, "/problems/idempotency-key-reused")
        assert receipt["token"] not in answer.text
        assert receipt["number"] not in answer.text
    assert count(service, CaseRow) == 1


def test_the_order_in_which_answers_are_written_makes_no_other_letter(service: Service, enrolled: Enrolled) -> None:
    body = application(service)
    first = submit(enrolled(), body, KEY)
    fields = dict(reversed(list(body["fields"].items())))
    said_as_it_is_anyway = {"package": None, "signature": None, "drafts": []}
    assert submit(enrolled(), body | {"fields": fields} | said_as_it_is_anyway, KEY).content == first.content


def test_supplements_and_ratings_of_another_enrolment_count_once(service: Service, enrolled: Enrolled) -> None:
    receipt = submit(enrolled(), application(service), KEY).json()
    material = needed(service, ITEM)[0]
    do(service, receipt["number"], Action.RETURN, asked=((material, "看不清楚。"),))
    keep_files(service, [digest(700)])
    supplement = {"materials": [{"material": material, "files": [digest(700)]}], "made_at": MADE_AT}
    rating = {"level": 5, "made_at": MADE_AT}
    for address, body, key in (
        (f"/v1/cases/by-token/{receipt['token']}/supplements", supplement, ANOTHER),
        ("/v1/ratings", rating, ANOTHER + "-rating"),
    ):
        answers = [enrolled().post(address, json=body, headers={"Idempotency-Key": key}) for _ in range(2)]
        assert answers[0].is_success, answers[0].text
        assert answers[0].content == answers[1].content
    with service.database.reading() as session:
        assert sorted(session.scalars(select(CaseMaterialRow.turn))) == [0] * len(needed(service, ITEM)) + [1]
    assert count(service, RatingRow) == 1


def test_a_key_is_good_for_one_thing_at_one_address(service: Service, enrolled: Enrolled) -> None:
    kiosk = enrolled()
    one, other = (submit(kiosk, application(service), key).json() for key in (KEY, ANOTHER))
    body = {"materials": [{"material": needed(service, ITEM)[0], "files": [digest(1)]}], "made_at": MADE_AT}
    for receipt in (one, other):
        do(service, receipt["number"], Action.RETURN, asked=((needed(service, ITEM)[0], "看不清楚。"),))
    statuses = [
        kiosk.post(
            f"/v1/cases/by-token/{receipt['token']}/supplements", json=body, headers={"Idempotency-Key": "a" * 32}
        ).status_code
        for receipt in (one, other)
    ]
    assert statuses == [200, 422]


def test_many_enrolments_at_once_file_one_case(service: Service) -> None:
    body, together = application(service), Barrier(6)
    with serving(service) as url:
        asks = [asking(url, enrol_kiosk(service).credential) for _ in range(6)]

        def run(n: int) -> Any:
            together.wait()
            return asks[n]("/v1/cases", body, KEY)

        with ThreadPoolExecutor(6) as pool:
            answers = list(pool.map(run, range(6)))
    assert {(answer.status_code, answer.content) for answer in answers} == {(201, answers[0].content)}
    assert count(service, CaseRow) == 1


def test_keys_of_letters_outlast_a_terminal_in_a_cupboard(service: Service, enrolled: Enrolled, clock: Clock) -> None:
    body = application(service)
    first = submit(enrolled(), body, KEY)
    clock.forward(days=365)
    tidy(service.database, service.hall)
    assert submit(enrolled(), body, KEY).content == first.content
    clock.now += LETTERS_KEPT
    tidy(service.database, service.hall)
    assert count(service, LetterKeyRow) == 0


# --- drafts that come after their case ------------------------------------------------------------------------------


def drafts_of(kiosk: TestClient, holder: str = HOLDER) -> list[Any]:
    return kiosk.get("/v1/drafts", params={"holder": holder}).json()["drafts"]  # type: ignore[no-any-return]


def test_a_case_takes_the_place_of_its_draft_for_good(kiosk: TestClient, service: Service) -> None:
    code = save(kiosk, a_draft(service), KEY).json()["code"]
    assert submit(kiosk, application(service, drafts=[code])).status_code == 201
    assert (read(kiosk, code).status_code, drafts_of(kiosk)) == (404, [])
    late = kiosk.put(f"/v1/drafts/{code}", json=a_draft(service))
    assert (late.status_code, late.json()["type"]) == (409, "/problems/draft-submitted")
    assert (read(kiosk, code).status_code, drafts_of(kiosk)) == (404, [])
    assert count(service, DraftFileRow) == 0
    with service.database.reading() as session:
        assert session.get_one(DraftRow, code).body == "", "nothing personal is left of it"


def test_a_draft_that_is_named_by_its_code_and_its_key_is_one(kiosk: TestClient, service: Service) -> None:
    """Kept and handed in within one visit."""
    code = save(kiosk, a_draft(service), KEY).json()["code"]
    assert submit(kiosk, application(service, drafts=[code, KEY])).status_code == 201
    assert drafts_of(kiosk) == []


def test_a_draft_that_two_kiosks_have_open_is_one_case(kiosk: TestClient, service: Service, enrolled: Enrolled) -> None:
    code = save(kiosk, a_draft(service), KEY).json()["code"]
    body = application(service, drafts=[code])
    first = submit(kiosk, body, "first-of-two-kiosks")
    second = submit(enrolled(), body, "second-of-two-kiosks")
    assert (second.status_code, second.json()["type"]) == (409, "/problems/already-handed-in")
    assert submit(kiosk, body, "first-of-two-kiosks").content == first.content, "the same letter again is no other case"
    assert count(service, CaseRow) == 1


def test_a_draft_whose_answer_was_lost_goes_with_its_case(kiosk: TestClient, service: Service) -> None:
    code = save(kiosk, a_draft(service), KEY).json()["code"]
    submit(kiosk, application(service, drafts=[KEY]))
    assert (read(kiosk, code).status_code, drafts_of(kiosk)) == (404, [])
    assert save(kiosk, a_draft(service), KEY).json()["code"] == code, "it was taken: that stays the answer"
    assert drafts_of(kiosk) == []


def test_a_draft_that_comes_after_its_case_is_not_kept(kiosk: TestClient, service: Service, enrolled: Enrolled) -> None:
    submit(kiosk, application(service, drafts=[KEY]))
    for sender in (kiosk, enrolled()):
        late = save(sender, a_draft(service), KEY)
        assert (late.status_code, late.json()["type"]) == (409, "/problems/draft-submitted")
    assert drafts_of(kiosk) == []
    assert save(kiosk, a_draft(service), ANOTHER).status_code == 201, "what is begun anew is"


def test_a_late_letter_does_not_come_in_the_place_of_a_draft_that_is_long_gone(
    kiosk: TestClient, service: Service, clock: Clock
) -> None:
    code = save(kiosk, a_draft(service), KEY).json()["code"]
    clock.forward(days=31)
    tidy(service.database, service.hall)
    submit(kiosk, application(service, drafts=[code]))
    clock.forward(days=40)
    tidy(service.database, service.hall)
    assert kiosk.put(f"/v1/drafts/{code}", json=a_draft(service)).status_code == 409


def test_nobody_ends_the_draft_of_somebody_else(kiosk: TestClient, service: Service) -> None:
    code = save(kiosk, a_draft(service), KEY).json()["code"]
    assert submit(kiosk, application(service, holder=OTHER, drafts=[code, KEY])).status_code == 201
    assert read(kiosk, code).status_code == 200
    assert kiosk.put(f"/v1/drafts/{code}", json=a_draft(service)).status_code == 200


def test_a_case_that_is_refused_ends_nothing(kiosk: TestClient, service: Service) -> None:
    code = save(kiosk, a_draft(service), KEY).json()["code"]
    assert submit(kiosk, application(service, fields={}, drafts=[code, ANOTHER])).status_code == 422
    assert read(kiosk, code).status_code == 200
    assert save(kiosk, a_draft(service), ANOTHER).status_code == 201


def test_draft_and_case_at_once_leave_the_case_alone(service: Service) -> None:
    """Whichever is first: there is no draft in the end."""
    with serving(service) as url:
        credential = enrol_kiosk(service).credential
        ask, kiosk = asking(url, credential), TestClient(create_app(service))
        kiosk.headers["Authorization"] = f"Bearer {credential}"
        draft = a_draft(service)
        for n in range(8):
            key, together = f"{n:032x}", Barrier(2)
            body = application(service, drafts=[key])

            def run(path_body_key: tuple[str, Any, str], together: Barrier = together) -> int:
                together.wait()
                return ask(*path_body_key).status_code

            with ThreadPoolExecutor(2) as pool:
                statuses = list(pool.map(run, [("/v1/cases", body, f"case-{n:032x}"), ("/v1/drafts", draft, key)]))
            assert statuses[0] == 201
            assert statuses[1] in (201, 409)
        assert drafts_of(kiosk) == []
