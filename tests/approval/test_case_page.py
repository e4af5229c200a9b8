"""The public page of a case: three languages, masked, closed to the outside."""

import re
from html import unescape
from typing import Any

import pytest
from starlette.testclient import TestClient

from kiosk.approval.decisions import Action
from kiosk.approval.service import Service
from tests.approval.applications import ITEM, NAME, NUMBER, PHONE, answers, application, do, needed, submit
from tests.approval.hall import HOLDER


@pytest.fixture
def receipt(kiosk: TestClient, service: Service) -> Any:
    items = ("sole-trader-open", "food-new")
    told = answers(service, *items) | {"applicant-address": "私密的话一号"}
    body = application(service, *items, package="restaurant", fields=told)
    return submit(kiosk, body).json()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh_CN", ["我要开小餐馆", "已送达，等待受理", "综合受理窗口", "承诺"]),
        ("zh_HK", ["我要開小餐館", "已送達，等候受理", "綜合受理窗口", "承諾"]),
        ("en", ["I want to open a small restaurant", "Received, to be looked at", "Front desk", "Promised"]),
    ],
)
def test_a_case_in_three_languages(stranger: TestClient, receipt: Any, language: str, words: list[str]) -> None:
    page = stranger.get(f"/c/{receipt['token']}?lang={language}")
    assert page.status_code == 200
    for word in (*words, receipt["number"], *(part["number"] for part in receipt["sub_cases"]), "罗*"):
        assert word in page.text


def test_the_page_shows_nothing_of_the_person_but_the_masked_name(
    stranger: TestClient, service: Service, receipt: Any
) -> None:
    do(service, receipt["number"], Action.ACCEPT)
    do(service, receipt["number"], Action.REFUSE, note="给申请人看的话")
    page = stranger.get(f"/c/{receipt['token']}").text
    for secret in (NAME, NUMBER, PHONE, PHONE[-4:], HOLDER, "私密的话", "给申请人看的话", receipt["token"]):
        assert secret not in page


def test_what_is_asked_is_said_in_words(stranger: TestClient, kiosk: TestClient, service: Service) -> None:
    receipt = submit(kiosk, application(service), "a-case-asked").json()
    material = needed(service, ITEM)[0]
    do(service, receipt["number"], Action.RETURN, asked=((material, "<b>看不清楚</b>"),))
    page = stranger.get(f"/c/{receipt['token']}?lang=en").text
    names = {each.id: each.name for each in service.publication.catalogue.by_id[ITEM].materials}
    assert names[material].in_language("en") in unescape(page)
    assert "&lt;b&gt;看不清楚&lt;/b&gt;" in page
    assert "Please hand in now" in page
    assert "do not count" in page


def test_every_state_has_its_words(stranger: TestClient, kiosk: TestClient, service: Service) -> None:
    receipt = submit(kiosk, application(service), "a-whole-case").json()
    steps = (Action.ACCEPT, Action.REVIEW, Action.GRANT, Action.MAKE, Action.ISSUE)
    for action in steps:
        do(service, receipt["number"], action)
        assert stranger.get(f"/c/{receipt['token']}?lang=en").status_code == 200
    assert "Please collect it at window 10" in stranger.get(f"/c/{receipt['token']}?lang=en").text


@pytest.mark.parametrize("token", ["known", "unknown"])
def test_the_page_is_closed_to_the_outside(stranger: TestClient, receipt: Any, token: str) -> None:
    page = stranger.get(f"/c/{receipt['token'] if token == 'known' else token}")
    assert page.status_code == (200 if token == "known" else 404)
    assert page.headers["content-security-policy"].startswith("default-src 'none'; style-src 'sha256-")
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["referrer-policy"] == "no-referrer"
    assert not re.search(r"<script|<img|<link|https?://|style=", page.text)
