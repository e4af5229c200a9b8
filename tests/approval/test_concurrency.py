"""Many at once, against the real server: one key, one person, many people, two programs, and a killed server."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import pytest
import requests
from sqlalchemy import select

from kiosk.approval import tickets
from kiosk.approval.queues import Hall
from kiosk.approval.service import Service, open_database, open_hall
from kiosk.approval.tables import TicketRow
from kiosk.centre.client import HttpCentre, enrol
from kiosk.centre.embedded import EmbeddedCentre, EmbeddedOptions
from kiosk.errors import CentreUnreachable
from tests.approval.hall import HOLDER, enrol_kiosk, service_in, serving

T = TypeVar("T")
MANY = 20


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Service, str]]:
    with service_in(tmp_path_factory.mktemp("approval")) as service, serving(service) as url:
        yield service, url


@pytest.fixture
def take(running: tuple[Service, str]) -> Callable[[str, str, str | None], requests.Response]:
    service, url = running
    bearer = {"Authorization": f"Bearer {enrol_kiosk(service).credential}"}

    def take(queue: str, key: str, holder: str | None) -> requests.Response:
        body = {"queue": queue, "holder": holder}
        return requests.post(f"{url}/v1/tickets", json=body, headers={**bearer, "Idempotency-Key": key}, timeout=20)

    return take


def at_once(work: Callable[[int], T]) -> list[T]:
    """Run `work(n)` in many threads that start together."""
    line = threading.Barrier(MANY)

    def run(n: int) -> T:
        line.wait()
        return work(n)

    with ThreadPoolExecutor(MANY) as pool:
        return list(pool.map(run, range(MANY)))


def test_one_key_at_once_is_one_ticket(take: Any) -> None:
    answers = at_once(lambda _: take("general", "one-key-at-once", None))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert [answer.headers["idempotency-replayed"] for answer in answers].count("false") == 1


def test_one_person_at_once_is_one_ticket(take: Any) -> None:
    answers = at_once(lambda n: take("food", f"one-person-{n:02d}", HOLDER))
    codes = [answer.status_code for answer in answers]
    assert (codes.count(201), codes.count(409)) == (1, MANY - 1)
    ids = {answer.json()["id"] if answer.status_code == 201 else answer.json()["ticket"]["id"] for answer in answers}
    assert len(ids) == 1


def test_many_people_at_once_get_different_numbers_without_gaps(take: Any) -> None:
    answers = at_once(lambda n: take("hygiene", f"many-people-{n:02d}", f"{n:064x}"))
    numbers = sorted(answer.json()["number"] for answer in answers)
    assert numbers == [f"C{n:03d}" for n in range(1, MANY + 1)]


def test_windows_calling_at_once_call_different_people(take: Any, running: tuple[Service, str]) -> None:
    service, _ = running
    for n in range(4):
        take("advice", f"for-windows-{n}", None)

    def call(n: int) -> str | None:
        return service.database.write(lambda session: tickets.call(session, service.hall, 1 + n % 2)).called

    called = [number for number in at_once(call) if number]
    assert sorted(called) == ["D001", "D002", "D003", "D004"]


def test_another_program_calls_while_tickets_are_taken(take: Any, running: tuple[Service, str]) -> None:
    service, _ = running
    other = open_database(service.database.url.render_as_string(hide_password=False))

    def either(n: int) -> Any:
        if n % 2:
            return take("general", f"while-calling-{n:02d}", None).status_code
        return other.write(lambda session: tickets.call(session, service.hall, 3 + n % 4))

    results = at_once(either)
    other.close()
    assert [result for result in results if isinstance(result, int)] == [201] * (MANY // 2)


def test_killed_in_mid_take_no_number_is_given_twice(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'approval.db'}"
    taken: dict[str, str] = {}
    unanswered: list[str] = []
    credential = ""  # kept over the crashes, as a kiosk keeps it: keys are the kiosk's own
    for life in range(3):
        centre = EmbeddedCentre.start(EmbeddedOptions(database=url, log=tmp_path / "log"))
        credential = credential or enrol(centre.url, centre.enrolment_code, "s").credential
        kiosk = HttpCentre(centre.url, credential, version="1")
        for key in unanswered:
            taken[key] = kiosk.take_ticket("general", None, key).ticket.number
        unanswered.clear()
        killer = threading.Timer(0.15, os.kill, (centre.pid, signal.SIGKILL))
        killer.start()
        for n in range(2000):
            key = f"life-{life}-take-{n:04d}"
            try:
                taken[key] = kiosk.take_ticket("general", None, key).ticket.number
            except CentreUnreachable:
                unanswered.append(key)
                break
        killer.join()
        centre.close()
        kiosk.close()
    assert len(taken) > 3
    assert len(unanswered) == 1
    assert len(set(taken.values())) == len(taken)
    database = open_database(url)
    with database.reading() as session:
        serials = sorted(session.scalars(select(TicketRow.serial)))
    database.close()
    assert serials == list(range(1, len(serials) + 1))
    assert len(serials) - len(taken) in (0, 1)  # the last, unanswered take was done there, or was not


def test_the_command_calls_beside_a_running_server(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'approval.db'}"
    centre = EmbeddedCentre.start(EmbeddedOptions(database=url, log=tmp_path / "log"))
    kiosk = HttpCentre(centre.url, enrol(centre.url, centre.enrolment_code, "s").credential, version="1")
    ticket = kiosk.take_ticket("general", None, "key-for-a-call").ticket
    words = [sys.executable, "-m", "kiosk", "approval", "call", "4", "--database", url]
    done = subprocess.run(words, capture_output=True, text=True, timeout=20, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "A001 to window 4\n", "")
    assert kiosk.ticket(ticket.id).window == 4
    kiosk.close()
    centre.close()


def test_the_hall_keeps_the_time_of_its_zone() -> None:
    hall: Hall = open_hall()
    assert hall.now().utcoffset() is not None
    assert str(hall.now().tzinfo) == "Asia/Shanghai"
