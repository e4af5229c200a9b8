"""Many cases at once against the real server, and a server that is killed while a case is handed in."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import pytest
import requests
from sqlalchemy import select

from kiosk.approval.case_tables import CaseFileRow, CaseRow, SubCaseRow, TransitionRow
from kiosk.approval.service import Service, open_database
from kiosk.centre.client import enrol
from kiosk.centre.embedded import EmbeddedCentre, EmbeddedOptions
from tests.approval.applications import application, digest, keep_files, needed
from tests.approval.hall import enrol_kiosk, service_in, serving

T = TypeVar("T")
MANY = 8
Ask = Callable[[str, Any, str], requests.Response]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Service, str]]:
    with service_in(tmp_path_factory.mktemp("approval")) as service, serving(service) as url:
        yield service, url


@pytest.fixture
def ask(running: tuple[Service, str]) -> Ask:
    service, url = running
    return asking(url, enrol_kiosk(service).credential)


def asking(url: str, credential: str) -> Ask:
    def ask(path: str, body: Any, key: str) -> requests.Response:
        headers = {"Authorization": f"Bearer {credential}", "Idempotency-Key": key}
        return requests.post(f"{url}{path}", json=body, headers=headers, timeout=20)

    return ask


def at_once(work: Callable[[int], T]) -> list[T]:
    line = threading.Barrier(MANY)

    def run(n: int) -> T:
        line.wait()
        return work(n)

    with ThreadPoolExecutor(MANY) as pool:
        return list(pool.map(run, range(MANY)))


def test_one_key_at_once_is_one_case(ask: Ask, running: tuple[Service, str]) -> None:
    body = application(running[0], holder="c1" * 32)
    answers = at_once(lambda _: ask("/v1/cases", body, "one-key-at-once"))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert [answer.headers["idempotency-replayed"] for answer in answers].count("false") == 1
    with running[0].database.reading() as session:
        assert len(session.scalars(select(CaseRow).where(CaseRow.holder == "c1" * 32)).all()) == 1


def test_different_keys_at_once_are_different_cases_without_gaps(ask: Ask, running: tuple[Service, str]) -> None:
    body = application(running[0], "sole-trader-open", "food-new", package="restaurant", holder="c2" * 32)
    receipts = [answer.json() for answer in at_once(lambda n: ask("/v1/cases", body, f"different-{n}"))]
    numbers = [number for r in receipts for number in (r["number"], *(part["number"] for part in r["sub_cases"]))]
    serials = sorted(int(number[8:13]) for number in numbers)
    assert serials == list(range(serials[0], serials[0] + 3 * MANY))
    assert len({receipt["token"] for receipt in receipts}) == MANY


def test_ratings_of_one_case_at_once_are_one(ask: Ask, running: tuple[Service, str]) -> None:
    token = ask("/v1/cases", application(running[0]), "a-case-to-rate").json()["token"]
    body = {"token": token, "level": 5, "made_at": "2026-03-02T10:00:00+08:00"}
    firsts = [answer.json()["first"] for answer in at_once(lambda n: ask("/v1/ratings", body, f"rating-at-once-{n}"))]
    assert sorted(firsts) == [False] * (MANY - 1) + [True]


def test_killed_while_a_case_is_handed_in_it_is_there_exactly_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'approval.db'}"
    with service_in(tmp_path) as service:
        body = application(service)
    received: dict[str, Any] = {}
    unanswered: list[str] = []
    credential = ""
    for life in range(3):
        centre = EmbeddedCentre.start(EmbeddedOptions(database=url, log=tmp_path / "log"))
        credential = credential or enrol(centre.url, centre.enrolment_code, "s").credential
        ask = asking(centre.url, credential)
        for key in unanswered:
            received[key] = ask("/v1/cases", body, key).json()
        unanswered.clear()
        killer = threading.Timer(0.15, os.kill, (centre.pid, signal.SIGKILL))
        killer.start()
        for n in range(2000):
            key = f"life-{life}-case-{n:04d}"
            try:
                received[key] = ask("/v1/cases", body, key).json()
            except requests.RequestException:
                unanswered.append(key)
                break
        killer.join()
        centre.close()
    assert received
    assert len(unanswered) == 1
    assert_each_is_whole(url, {receipt["number"] for receipt in received.values()}, len(received))


def assert_each_is_whole(url: str, numbers: set[str], count: int) -> None:
    assert len(numbers) == count
    database = open_database(url)
    with database.reading() as session:
        cases = set(session.scalars(select(CaseRow.number)))
        assert numbers <= cases
        assert len(cases - numbers) in (0, 1)  # the last, unanswered one was done there, or was not
        assert set(session.scalars(select(SubCaseRow.number))) == cases
        assert sorted(session.scalars(select(TransitionRow.sub_case))) == sorted(cases)
        assert set(session.scalars(select(CaseFileRow.case_number))) == cases
        serials = sorted(int(number[8:13]) for number in cases)
    database.close()
    assert serials == list(range(1, len(serials) + 1))


def test_two_supplements_at_once_with_one_key_are_one(ask: Ask, running: tuple[Service, str]) -> None:
    from kiosk.approval.decisions import Action
    from tests.approval.applications import ITEM, do

    service, _ = running
    receipt = ask("/v1/cases", application(service), "a-case-to-supplement").json()
    material = needed(service, ITEM)[0]
    do(service, receipt["number"], Action.RETURN, asked=((material, "看不清楚。"),))
    keep_files(service, [digest(500)])
    body = {"materials": [{"material": material, "files": [digest(500)]}], "made_at": "2026-03-02T10:00:00+08:00"}
    address = f"/v1/cases/by-token/{receipt['token']}/supplements"
    answers = at_once(lambda _: ask(address, body, "supplement-at-once"))
    assert {(answer.status_code, answer.content) for answer in answers} == {(200, answers[0].content)}
