"""The telephone's page as a plain form: three languages, no script needed, every bad file in words, over when it is over."""

import logging
import re
from html import unescape
from typing import Any

import pytest
from starlette.testclient import TestClient

from kiosk.approval import page_texts
from tests.approval import bad_files
from tests.approval.bad_files import digest_of, pdf, photo
from tests.approval.hall import Clock

TITLE = "营业执照 <复印件>"


def opened(kiosk: TestClient, language: str = "en") -> Any:
    return kiosk.post("/v1/phone-uploads", json={"title": TITLE, "language": language}).json()


def send(phone: TestClient, page: Any, *contents: bytes, **more: Any) -> Any:
    files = [("file", ("身份证.jpg", content, "image/jpeg")) for content in contents]
    return phone.post(f"/u/{page['token']}", files=files, **more)


def came(kiosk: TestClient, page: Any) -> Any:
    return kiosk.get(f"/v1/phone-uploads/{page['id']}").json()


def test_files_sent_as_a_form_are_at_the_kiosk_in_order(kiosk: TestClient, stranger: TestClient) -> None:
    page = opened(kiosk)
    assert came(kiosk, page) == {"opened": False, "files": []}
    form = stranger.get(f"/u/{page['token']}")
    assert came(kiosk, page)["opened"] is True
    [action] = re.findall(r'<form method="post" action="([^"]+)" enctype="multipart/form-data"', form.text)
    first, second = photo(), pdf(3)
    parts = [("file", ("", b"", "application/octet-stream")), ("file", ("a.jpg", first)), ("file", ("b.pdf", second))]
    after = stranger.post(form.url.join(unescape(action)), files=parts)
    assert (after.status_code, after.url.path) == (200, f"/u/{page['token']}")
    assert "Photo, 0." in after.text
    assert "PDF, pages: 3" in after.text
    assert came(kiosk, page)["files"] == [
        {"digest": digest_of(first), "media_type": "image/jpeg", "size": len(first), "pages": 1},
        {"digest": digest_of(second), "media_type": "application/pdf", "size": len(second), "pages": 3},
    ]
    assert kiosk.get(f"/v1/files/{digest_of(second)}/content").content == second


def test_a_photo_of_an_iphone_arrives_as_jpeg(kiosk: TestClient, stranger: TestClient, tmp_path: Any) -> None:
    import pillow_heif
    from PIL import Image

    path = tmp_path / "photo.heic"
    pillow_heif.from_pillow(Image.new("RGB", (64, 48), (30, 130, 30))).save(path, quality=80)
    page = opened(kiosk)
    assert send(stranger, page, path.read_bytes()).status_code == 200
    [file] = came(kiosk, page)["files"]
    assert file["media_type"] == "image/jpeg"
    assert kiosk.get(f"/v1/files/{file['digest']}/content").content.startswith(b"\xff\xd8\xff")


def test_the_same_photo_twice_is_one(kiosk: TestClient, stranger: TestClient) -> None:
    page, content = opened(kiosk), photo()
    for _ in range(2):
        assert send(stranger, page, content).status_code == 200
    assert len(came(kiosk, page)["files"]) == 1


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("80 pages", "more than 60 pages"),
        ("a text called .pdf", "not a photo"),
        ("a PDF bomb", "too large when it is opened"),
        ("a script", "programs, forms or other files"),
        ("a password", "has a password"),
        ("half a JPEG", "damaged"),
    ],
)
def test_a_bad_file_is_said_in_words_and_the_good_one_beside_it_taken(
    kiosk: TestClient, stranger: TestClient, name: str, words: str
) -> None:
    page, good = opened(kiosk), photo()
    answer = send(stranger, page, good, bad_files.BAD[name][1]())
    assert answer.status_code == 409
    assert re.search(rf'class="warn">File 2: [^<]*{words}', answer.text)
    assert [file["digest"] for file in came(kiosk, page)["files"]] == [digest_of(good)]


def test_a_signature_is_no_photo(kiosk: TestClient, stranger: TestClient) -> None:
    answer = send(stranger, opened(kiosk), bad_files.SIGNATURE)
    assert "not a photo" in answer.text


def test_more_than_50_megabytes_are_refused_in_words(kiosk: TestClient, stranger: TestClient) -> None:
    answer = send(stranger, opened(kiosk), bad_files.photo_of(50_000_001))
    assert (answer.status_code, "larger than 50 MB" in answer.text) == (409, True)


def test_nothing_chosen_is_said(kiosk: TestClient, stranger: TestClient) -> None:
    page = opened(kiosk)
    answer = stranger.post(f"/u/{page['token']}", files=[("file", ("", b""))])
    assert "choose a file first" in answer.text


def test_as_many_files_as_a_page_takes(
    kiosk: TestClient, stranger: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.approval.phone_uploads.MOST_FILES", 2)
    page = opened(kiosk)
    for shade in (1, 2):
        assert send(stranger, page, photo(shade=shade)).status_code == 200
    assert "as many files as can be taken" in send(stranger, page, photo(shade=3)).text
    assert len(came(kiosk, page)["files"]) == 2


def test_closed_by_the_kiosk_or_by_time(kiosk: TestClient, stranger: TestClient, clock: Clock) -> None:
    closed, late = opened(kiosk), opened(kiosk)
    for _ in range(2):
        assert kiosk.delete(f"/v1/phone-uploads/{closed['id']}").status_code == 204
    clock.forward(minutes=15)
    for page in (closed, late):
        answer = kiosk.get(f"/v1/phone-uploads/{page['id']}")
        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/phone-upload-ended")
        for shown in (
            stranger.get(f"/u/{page['token']}?lang=en"),
            send(stranger, page, photo(), params={"lang": "en"}),
        ):
            assert (shown.status_code, "This page is closed" in shown.text) == (410, True)
        answer = send(stranger, page, photo(), headers={"Accept": "application/json"})
        assert (answer.status_code, answer.json()["open"]) == (410, False)


def test_closed_while_a_file_is_on_its_way(
    kiosk: TestClient, stranger: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kiosk.approval import phone_uploads

    page, real = opened(kiosk), phone_uploads.take

    def close_first(*args: Any) -> None:
        kiosk.delete(f"/v1/phone-uploads/{page['id']}")
        real(*args)

    monkeypatch.setattr(phone_uploads, "take", close_first)
    answer = send(stranger, page, photo(), headers={"Accept": "application/json"})
    assert answer.json() == {"sent": [], "errors": ["This page is closed"], "open": False}


def test_another_kiosk_sees_nothing(kiosk: TestClient, stranger: TestClient, service: Any) -> None:
    from tests.approval.hall import enrol_kiosk

    page = opened(kiosk)
    other = {"Authorization": f"Bearer {enrol_kiosk(service, 'hall-2').credential}"}
    for answer in (stranger.get(f"/v1/phone-uploads/{page['id']}", headers=other),
                   stranger.delete(f"/v1/phone-uploads/{page['id']}", headers=other)):  # fmt: skip
        assert (answer.status_code, answer.json()["type"]) == (404, "/problems/no-such-phone-upload")
    assert stranger.get(f"/u/{page['token']}").status_code == 200


@pytest.mark.parametrize("language", page_texts.LANGUAGES)
def test_the_kiosks_language_is_the_pages(kiosk: TestClient, stranger: TestClient, language: str) -> None:
    page = opened(kiosk, language)
    shown = stranger.get(f"/u/{page['token']}", headers={"Accept-Language": "de"})
    assert page_texts.say("phone_intro", language) in unescape(shown.text)
    assert unescape(shown.text).count(TITLE) == 2
    assert "<复印件>" not in shown.text


def test_the_page_is_closed_to_the_outside(kiosk: TestClient, stranger: TestClient) -> None:
    page = opened(kiosk)
    for shown in (stranger.get(f"/u/{page['token']}"), send(stranger, page), stranger.get("/u/unknown")):
        policy = shown.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; style-src 'sha256-")
        assert "unsafe" not in policy
        assert shown.headers["referrer-policy"] == "no-referrer"
        assert shown.headers["cache-control"] == "no-store"
        assert not re.search(r"<img|<link|https?://|style=|<script src", shown.text)


def test_nothing_of_a_telephone_is_logged(
    kiosk: TestClient, stranger: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    page, content = opened(kiosk), photo()
    send(stranger, page, content, b"nonsense")
    came(kiosk, page)
    ours = "\n".join(
        record.getMessage() + (record.exc_text or "")
        for record in caplog.records
        if not record.name.startswith(("httpx", "httpcore"))  # the test's own client
    )
    assert "POST /u/{token} 409" in ours
    for secret in (page["token"], page["id"], digest_of(content), "身份证", "营业执照"):
        assert secret not in ours
