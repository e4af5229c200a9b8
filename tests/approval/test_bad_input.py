"""What people, broken kiosks and strangers hand in that is wrong: refused in words, kept as it is, or harmless; never a 500."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from starlette.testclient import TestClient

from kiosk.approval.case_tables import CaseRow
from kiosk.approval.decisions import Action
from kiosk.approval.service import Service
from kiosk.catalogue.kinds import FieldKind
from tests.approval.applications import NUMBER, application, do, submit
from tests.approval.bad_files import CATALOGUE, digest_of, pdf, photo, two_in_one, written_pdf
from tests.approval.hall import HOLDER, OTHER
from tests.approval.test_phone_page import came, opened, send

RARE = "㐱䶮𠮷" * 16 + "欧阳"
"""A name of fifty characters, nearly all of them rare."""


def field_of(service: Service, kind: FieldKind) -> tuple[str, str]:
    """An item and one of its required fields of a kind, asked of everybody."""
    for item in service.publication.catalogue.items:
        asked = application(service, item.id)["fields"]
        for field in item.form.fields:
            if field.kind is kind and field.id in asked:
                return item.id, field.id
    raise LookupError(kind)


@pytest.mark.parametrize(
    ("kind", "answer", "words"),
    [
        (FieldKind.ID_NUMBER, "440113198704120016", "One digit is not right"),
        (FieldKind.ID_NUMBER, "440113198702300014", "no such date of birth"),
        (FieldKind.CREDIT_CODE, "91440101MA5CTE8N01", "One character is not right"),
        (FieldKind.DATE, "2026-02-30", "There is no such day"),
        (FieldKind.DATE, "20301231", "as ISO 8601 writes it"),
        (FieldKind.PHONE, "61234567", "area code"),
        (FieldKind.NAME, "店😀", "leave out pictures"),
        (FieldKind.NAME, "店" * 1_999, "characters fit here"),
        (FieldKind.NAME, "店\u202egpj.exe", "control character"),
        (FieldKind.NAME, "店\x00", "control character"),
    ],
)
def test_a_wrong_answer_is_refused_in_the_words_of_the_field(
    kiosk: TestClient, service: Service, kind: FieldKind, answer: str, words: str
) -> None:
    item, field = field_of(service, kind)
    body = application(service, item)
    refused = submit(kiosk, body | {"fields": body["fields"] | {field: answer}})
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/bad-field"), refused.text
    assert words in refused.json()["detail"]
    assert field in refused.json()["detail"]
    assert submit(kiosk, body).status_code == 201, "the same key is free for what is right"


@pytest.mark.parametrize("name", ["罗\u202e满", "罗\u2066满\u2069", "\ufeff罗", "罗\x1b[2J", "罗\u2028满"])
def test_nobody_is_called_by_what_turns_the_writing(kiosk: TestClient, service: Service, name: str) -> None:
    refused = submit(kiosk, application(service, name=name))
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/bad-field")


RAW: Mapping[str, tuple[str, int]] = {
    "half a character in a value": ('{"level": 5, "words": "\\ud83d", "made_at": "2026-03-02T10:00:00Z"}', 422),
    "half a character in a name": ('{"level": 5, "\\udc00": 1, "made_at": "2026-03-02T10:00:00Z"}', 422),
    "a nest": ("[" * 50_000, 400),
    "a number without end": ('{"level": ' + "9" * 6_000 + "}", 400),
    "no number": ('{"level": NaN}', 422),
    "the first year": ('{"level": 5, "made_at": "0001-01-01T00:00:00+14:00"}', 422),
    "the last year": ('{"level": 5, "made_at": "9999-12-31T23:59:59-12:00"}', 422),
    "a name as long as a book": ('{"level": 5, "' + "a" * 60_000 + '": 1}', 422),
    "nothing": ("", 422),
}


@pytest.mark.parametrize("name", RAW)
def test_what_is_hardly_json_is_a_problem_and_not_an_error_of_ours(kiosk: TestClient, name: str) -> None:
    content, status = RAW[name]
    headers = {"Idempotency-Key": "hardly-json", "Content-Type": "application/json"}
    answer = kiosk.post("/v1/ratings", content=content.encode(), headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), answer.text[
        :200
    ]
    assert len(answer.content) < 4_000


@pytest.mark.parametrize("path", ["c", "v", "q", "u"])
@pytest.mark.parametrize("token", ["%00", "%ED%A0%80", "A" * 5_000, "..%2f..%2fetc%2fpasswd", "%E2%80%AE"])
def test_an_address_that_is_nobodys_is_a_page_that_says_so(stranger: TestClient, path: str, token: str) -> None:
    page = stranger.get(f"/{path}/{token}")
    assert page.status_code in (404, 410)
    assert page.headers["content-type"].startswith(("text/html", "application/problem+json"))


def test_a_name_is_kept_and_comes_out_on_the_result(kiosk: TestClient, service: Service) -> None:
    import pypdfium2

    item = next(i.id for i in service.publication.catalogue.items if "kiosk_print" in i.delivery)
    receipt = submit(kiosk, application(service, item, name=RARE)).json()
    for action in (Action.ACCEPT, Action.GRANT, Action.MAKE):
        do(service, receipt["number"], action)
    with service.database.reading() as session:
        assert session.get_one(CaseRow, receipt["number"]).applicant_name == RARE
    [part] = kiosk.get(f"/v1/cases/by-token/{receipt['token']}").json()["parts"]
    [offer] = part["results"]
    wish = {"json": {"token": receipt["token"]}, "headers": {"Idempotency-Key": "a-print-of-it"}}
    grant = kiosk.post(f"/v1/results/{offer['id']}/prints", **wish).json()
    document = kiosk.get(f"/v1/prints/{grant['id']}/pdf").content
    with pypdfium2.PdfDocument(document) as opened_pdf:
        assert len(opened_pdf) == 1
        text = opened_pdf[0].get_textpage().get_text_range()
    assert RARE in "".join(text.split())


def test_a_polyglot_is_what_it_begins_as_and_nothing_else(kiosk: TestClient, stranger: TestClient) -> None:
    page, both = opened(kiosk), two_in_one()
    assert send(stranger, page, both).status_code == 200
    [file] = came(kiosk, page)["files"]
    assert (file["digest"], file["media_type"]) == (digest_of(both), "image/jpeg")
    answer = kiosk.get(f"/v1/files/{digest_of(both)}/content")
    shown = {name: answer.headers[name] for name in ("content-type", "content-disposition", "x-content-type-options")}
    assert shown == {
        "content-type": "image/jpeg",
        "content-disposition": "attachment",
        "x-content-type-options": "nosniff",
    }


def test_a_hidden_script_from_a_telephone_is_refused_in_words(kiosk: TestClient, stranger: TestClient) -> None:
    page = opened(kiosk)
    hidden = written_pdf(CATALOGUE.format("/OpenAction<</S/JavaScript/JS(x)>>"), direct=True)
    refused = send(stranger, page, hidden, pdf(80), photo())
    assert refused.status_code == 409
    assert "File 1:" in refused.text
    assert "File 2:" in refused.text
    assert len(came(kiosk, page)["files"]) == 1, "the good one beside them is taken"


def test_more_files_than_a_page_takes_in_one_form(
    kiosk: TestClient, stranger: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.approval.phone_uploads.MOST_FILES", 1)
    page = opened(kiosk)
    answer = send(stranger, page, photo(shade=1), photo(shade=2))
    assert "as many files as can be taken" in answer.text
    assert len(came(kiosk, page)["files"]) == 1


@pytest.mark.parametrize(
    "content", [b"", b"--x\r\nnonsense", b"--x\r\nContent-Disposition: form-data\r\n\r\n1\r\n--x--"]
)
def test_a_form_that_is_none_is_said_on_a_page(kiosk: TestClient, stranger: TestClient, content: bytes) -> None:
    page = opened(kiosk)
    answer = stranger.post(
        f"/u/{page['token']}", content=content, headers={"Content-Type": "multipart/form-data; boundary=x"}
    )
    assert answer.status_code == 409
    assert answer.headers["content-type"].startswith("text/html")
    assert came(kiosk, page)["files"] == []


def test_a_case_of_another_person_is_shown_to_nobody_who_only_knows_its_number(
    kiosk: TestClient, stranger: TestClient, service: Service
) -> None:
    receipt = submit(kiosk, application(service)).json()
    others = kiosk.get("/v1/cases", params={"holder": OTHER})
    assert others.json() == {"cases": []}
    for address in (f"/c/{receipt['number']}", f"/v/{receipt['number']}", f"/q/{receipt['token']}"):
        assert stranger.get(address).status_code == 404
    body = json.dumps({"number": receipt["number"], "phone4": "0000"})
    answer: Any = kiosk.post("/v1/cases/lookup", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 404
    assert not any(secret in answer.text for secret in (NUMBER, HOLDER, "罗", receipt["token"]))
