"""The public pages: three languages, no script, nothing external, nothing cached that is a person's."""

import re
from html import unescape
from typing import Any

import pytest
from starlette.testclient import TestClient

from kiosk.approval import page_texts, tickets
from kiosk.approval.service import Service
from tests.approval.hall import Clock


@pytest.fixture
def ticket(kiosk: TestClient) -> Any:
    headers = {"Idempotency-Key": "key-of-the-pages"}
    return kiosk.post("/v1/tickets", json={"queue": "general"}, headers=headers).json()


def call(service: Service) -> None:
    service.database.write(lambda session: tickets.call(session, service.hall, 5))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh_CN", ["市场主体登记", "等候中", "约 8 分钟"]),
        ("zh_HK", ["商事登記", "輪候中", "約 8 分鐘"]),
        ("en", ["Waiting", "about 8 min"]),
    ],
)
def test_a_ticket_in_three_languages(stranger: TestClient, ticket: Any, language: str, words: list[str]) -> None:
    page = stranger.get(f"/q/{ticket['token']}", params={"lang": language})
    assert page.status_code == 200
    assert ">A001<" in page.text
    for word in words:
        assert word in page.text
    assert page.headers["refresh"] == "20"


def test_a_called_ticket_names_its_window_and_a_served_one_stops_refreshing(
    stranger: TestClient, service: Service, ticket: Any
) -> None:
    call(service)
    assert "Please go to window 5" in stranger.get(f"/q/{ticket['token']}?lang=en").text
    call(service)
    page = stranger.get(f"/q/{ticket['token']}?lang=en")
    assert "Served" in page.text
    assert "refresh" not in page.headers
    assert "give-up" not in page.text


def test_giving_up_asks_first_and_is_done_by_post(stranger: TestClient, kiosk: TestClient, ticket: Any) -> None:
    page = stranger.get(f"/q/{ticket['token']}?lang=en")
    [link] = re.findall(r'class="button" href="([^"]+)"', page.text)
    question = stranger.get(page.url.join(unescape(link)))
    assert "Give up A001?" in question.text
    assert kiosk.get(f"/v1/tickets/{ticket['id']}").json()["state"] == "waiting"
    [action] = re.findall(r'<form method="post" action="([^"]+)"', question.text)
    [back] = re.findall(r'class="button" href="([^"]+)"', question.text)
    assert stranger.get(question.url.join(unescape(back))).status_code == 200
    done = stranger.post(question.url.join(unescape(action)), follow_redirects=False)
    assert done.status_code == 303
    after = stranger.get(question.url.join(done.headers["location"]))
    assert (after.url.path, after.status_code) == (f"/q/{ticket['token']}", 200)
    assert "Given up" in after.text
    assert stranger.post(f"/q/{ticket['token']}/give-up").status_code == 200  # again: harmless, and redirected


def test_a_served_ticket_cannot_be_given_up(stranger: TestClient, service: Service, ticket: Any) -> None:
    call(service)
    call(service)
    page = stranger.post(f"/q/{ticket['token']}/give-up?lang=en")
    assert page.status_code == 409
    assert "cannot be given up" in page.text


def test_a_ticket_of_yesterday(stranger: TestClient, clock: Clock, ticket: Any) -> None:
    clock.forward(days=1)
    assert "Expired" in stranger.get(f"/q/{ticket['token']}?lang=en").text


@pytest.mark.parametrize("path", ["/q/unknown", "/q/unknown/give-up", "/guides/unknown"])
def test_an_unknown_address_is_a_page_for_people(stranger: TestClient, path: str) -> None:
    page = stranger.get(path, headers={"Accept-Language": "en-GB,en;q=0.9"})
    assert page.status_code == 404
    assert "There is nothing at this address" in page.text
    if path.endswith("give-up"):
        assert stranger.post(path).status_code == 404


@pytest.mark.parametrize("language", page_texts.LANGUAGES)
def test_every_guide_shows_its_nine_fields(stranger: TestClient, service: Service, language: str) -> None:
    headings = (
        "legal_basis",
        "conditions",
        "materials",
        "process",
        "time_limits",
        "fee",
        "samples",
        "enquiry",
        "supervision",
    )
    for item in service.publication.catalogue.items:
        page = stranger.get(f"/guides/{item.id}?lang={language}")
        assert page.status_code == 200
        text = unescape(page.text)
        for heading in headings:
            assert f"<h2>{page_texts.say(heading, language)}</h2>" in text
        shown = [item.title, item.fee.note, *item.legal_basis, *item.conditions]
        shown += [part for m in item.materials for part in (m.name, m.sample_text)]
        shown += [part for step in item.process for part in (step.title, step.detail)]
        for part in shown:
            assert part.in_language(language) in text
        assert item.enquiry_phone in text
        assert item.supervision_phone in text
        assert page_texts.say("sample", language) in text


@pytest.mark.parametrize("path", ["/q/{token}", "/q/{token}/give-up", "/q/unknown", "/guides/{item}"])
def test_pages_are_closed_to_the_outside(stranger: TestClient, service: Service, ticket: Any, path: str) -> None:
    item = service.publication.catalogue.items[0].id
    page = stranger.get(path.format(token=ticket["token"], item=item))
    policy = page.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "frame-ancestors 'none'" in policy
    assert "form-action 'self'" in policy
    assert page.headers["referrer-policy"] == "no-referrer"
    assert page.headers["x-content-type-options"] == "nosniff"
    assert page.headers["cache-control"] == ("public, max-age=300" if "guides" in path else "no-store")
    assert not re.search(r"<script|<img|<link|https?://|style=", page.text)


def test_texts_are_escaped(
    stranger: TestClient, service: Service, monkeypatch: pytest.MonkeyPatch, ticket: Any
) -> None:
    monkeypatch.setattr(page_texts, "say", lambda name, language, **_: "<b>&")
    page = stranger.get(f"/q/{ticket['token']}")
    assert "<b>&<" not in page.text
    assert "&lt;b&gt;&amp;" in page.text


@pytest.mark.parametrize(
    ("wanted", "accepted", "language"),
    [
        (None, "", "zh_CN"),
        (None, "zh-CN,zh;q=0.9,en;q=0.8", "zh_CN"),
        (None, "zh-HK", "zh_HK"),
        (None, "zh-Hant-TW,en;q=0.5", "zh_HK"),
        (None, "yue", "zh_HK"),
        (None, "de-DE,en;q=0.7,zh;q=0.3", "en"),
        (None, "zh;q=0.1, en;q=0.9", "en"),
        (None, "en;q=0, fr", "zh_CN"),
        (None, ";;q=x,,", "zh_CN"),
        ("en", "zh-CN", "en"),
        ("xx", "zh-HK", "zh_HK"),
    ],
)
def test_the_choice_of_language(wanted: str | None, accepted: str, language: str) -> None:
    assert page_texts.choose_language(wanted, accepted) == language


def test_every_text_is_there_in_every_language_with_the_same_braces() -> None:
    for name, text in page_texts.texts().items():
        braces = {
            language: set(re.findall(r"{(\w+)}", text.in_language(language))) for language in page_texts.LANGUAGES
        }
        assert all(text.has(language) for language in page_texts.LANGUAGES), name
        assert len({frozenset(found) for found in braces.values()}) == 1, name


def test_no_text_is_unused() -> None:
    folder = page_texts.PAGES.parents[2] / "kiosk" / "approval"
    source = "".join(path.read_text(encoding="utf-8") for path in (*folder.glob("*.py"), *folder.glob("templates/*")))
    prefixes = ("state_", "casestate_", "kind_", "form_")
    for name in page_texts.texts():
        found = name in source if not name.startswith(prefixes) else f"'{name.split('_')[0]}_'" in source
        assert found, name
