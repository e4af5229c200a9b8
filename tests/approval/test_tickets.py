"""Tickets over the API: numbers, one per person and queue, keys, waits, days, windows."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from kiosk.approval import tickets
from kiosk.approval.service import Service, tidy
from kiosk.approval.tables import TicketRow
from kiosk.errors import KioskError
from tests.approval.hall import HOLDER, OTHER, Clock


def take(kiosk: TestClient, queue: str = "general", holder: str | None = None, key: str = "") -> Any:
    take.count += 1  # type: ignore[attr-defined]
    headers = {"Idempotency-Key": key or f"key-{take.count:08d}"}  # type: ignore[attr-defined]
    return kiosk.post("/v1/tickets", json={"queue": queue, "holder": holder}, headers=headers)


take.count = 0  # type: ignore[attr-defined]


def call(service: Service, window: int, queue: str | None = None) -> tickets.Call:
    return service.database.write(lambda session: tickets.call(session, service.hall, window, queue))


def test_numbers_run_per_letter(kiosk: TestClient) -> None:
    answers = [take(kiosk, queue) for queue in ("general", "general", "food", "general")]
    assert [answer.status_code for answer in answers] == [201] * 4
    assert [answer.json()["number"] for answer in answers] == ["A001", "A002", "B001", "A003"]
    assert [answer.json()["ahead"] for answer in answers] == [0, 1, 0, 2]
    assert answers[0].headers["cache-control"] == "no-store"
    assert len({answer.json()["token"] for answer in answers}) == 4
    assert all(len(answer.json()["token"]) >= 22 for answer in answers)  # 128 bits in base64 are 22 characters


def test_a_repeated_key_gets_the_same_answer_word_for_word(kiosk: TestClient) -> None:
    first, second = take(kiosk, key="same-key-1"), take(kiosk, key="same-key-1")
    assert second.content == first.content
    assert (first.headers["idempotency-replayed"], second.headers["idempotency-replayed"]) == ("false", "true")
    assert take(kiosk).json()["number"] == "A002"


def test_a_key_with_another_body_is_refused(kiosk: TestClient) -> None:
    take(kiosk, "general", key="same-key-2")
    answer = take(kiosk, "food", key="same-key-2")
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/idempotency-key-reused")


def test_keys_are_remembered_for_thirty_days_and_then_forgotten(
    kiosk: TestClient, service: Service, clock: Clock
) -> None:
    first = take(kiosk, key="old-key-1")
    clock.forward(days=30)
    tidy(service.database, service.hall)
    assert take(kiosk, key="old-key-1").content == first.content
    clock.forward(days=6)
    tidy(service.database, service.hall)
    assert take(kiosk, key="old-key-1").json()["id"] != first.json()["id"]


def test_one_open_ticket_per_person_and_queue(kiosk: TestClient) -> None:
    first = take(kiosk, holder=HOLDER)
    second = take(kiosk, holder=HOLDER, key="second-key")
    assert second.status_code == 409
    assert second.headers["content-type"] == "application/problem+json"
    assert second.json()["type"] == "/problems/ticket-already-open"
    assert second.json()["ticket"] == first.json()
    assert take(kiosk, "food", HOLDER).status_code == 201
    assert take(kiosk, holder=OTHER).status_code == 201
    kiosk.post(f"/v1/tickets/{first.json()['id']}/give-up")
    assert take(kiosk, holder=HOLDER).status_code == 201
    assert take(kiosk, holder=HOLDER, key="second-key").content == second.content


def test_the_open_tickets_of_a_person(kiosk: TestClient, service: Service) -> None:
    general, food = take(kiosk, holder=HOLDER).json(), take(kiosk, "food", HOLDER).json()
    take(kiosk, holder=OTHER)

    def found() -> list[str]:
        return [t["id"] for t in kiosk.get("/v1/tickets", params={"holder": HOLDER}).json()["tickets"]]

    assert found() == [general["id"], food["id"]]
    call(service, 3)
    assert found() == [general["id"], food["id"]]
    call(service, 3)
    assert found() == [food["id"]]


def test_giving_up_twice_is_harmless_and_a_served_ticket_stays_served(kiosk: TestClient, service: Service) -> None:
    given, served = take(kiosk).json()["id"], take(kiosk).json()["id"]
    answers = [kiosk.post(f"/v1/tickets/{given}/give-up") for _ in range(2)]
    assert [(a.status_code, a.json()["state"]) for a in answers] == [(200, "given_up")] * 2
    call(service, 3)
    call(service, 3)
    refused = kiosk.post(f"/v1/tickets/{served}/give-up")
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/ticket-closed")
    assert kiosk.get(f"/v1/tickets/{served}").json()["state"] == "served"


def test_an_unknown_queue_and_an_unknown_ticket(kiosk: TestClient) -> None:
    assert take(kiosk, "nowhere").json()["type"] == "/problems/no-such-queue"
    assert kiosk.get("/v1/tickets/none").json()["type"] == "/problems/no-such-ticket"
    assert kiosk.post("/v1/tickets/none/give-up").status_code == 404


def test_windows_call_who_waited_longest_and_finish_whom_they_served(
    kiosk: TestClient, service: Service, clock: Clock
) -> None:
    for _ in range(2):
        take(kiosk)
        clock.forward(seconds=1)
    assert call(service, 3) == tickets.Call(None, "A001", "general")
    assert call(service, 4) == tickets.Call(None, "A002", "general")
    assert call(service, 3) == tickets.Call("A001", None, None)
    assert call(service, 3) == tickets.Call(None, None, None)


def test_a_called_ticket_says_its_window(kiosk: TestClient, service: Service) -> None:
    ticket = take(kiosk).json()
    call(service, 5)
    now = kiosk.get(f"/v1/tickets/{ticket['id']}").json()
    assert (now["state"], now["window"], now["ahead"], now["estimated_wait_s"]) == ("called", 5, 0, 0)


@pytest.mark.parametrize(
    ("window", "queue", "sentence"),
    [
        (33, None, "window 33 serves no queue; windows are 1, 2, 3, 4, 5, 6, 7, 8, 9"),
        (3, "food", "window 3 does not serve queue 'food'; it serves general"),
    ],
)
def test_a_window_that_cannot_call(service: Service, window: int, queue: str | None, sentence: str) -> None:
    with pytest.raises(KioskError, match=sentence):
        call(service, window, queue)


def test_the_wait_is_what_the_last_people_took_over_the_windows_at_work(
    kiosk: TestClient, service: Service, clock: Clock
) -> None:
    assert take(kiosk).json()["estimated_wait_s"] == 8 * 60  # nobody at work, none served: the file's usual_minutes
    take(kiosk)
    call(service, 3)
    clock.forward(seconds=120)
    call(service, 3)  # A001 took 120 s
    clock.forward(seconds=240)
    call(service, 3)  # A002 took 240 s, the mean is 180 s, window 3 is free
    assert take(kiosk).json()["estimated_wait_s"] == 0
    assert take(kiosk).json()["estimated_wait_s"] == 180
    call(service, 3)
    call(service, 4)  # two windows at work, both busy
    assert take(kiosk).json()["estimated_wait_s"] == 90
    general = kiosk.get("/v1/queues").json()["queues"][0]
    assert (general["id"], general["waiting"], general["estimated_wait_s"]) == ("general", 1, 180)


@pytest.mark.parametrize("span", [{"hours": 3}, {"seconds": 9}])
def test_a_window_left_alone_and_somebody_who_did_not_come_are_no_service_durations(
    kiosk: TestClient, service: Service, clock: Clock, span: dict[str, float]
) -> None:
    take(kiosk)
    call(service, 3)
    clock.forward(**span)
    call(service, 3)
    assert kiosk.get("/v1/queues").json()["queues"][0]["estimated_wait_s"] == 0
    take(kiosk)
    assert take(kiosk).json()["estimated_wait_s"] == 8 * 60


def test_the_day_ends_at_midnight_of_the_hall(kiosk: TestClient, service: Service, clock: Clock) -> None:
    clock.forward(hours=13, minutes=59)  # 23:59 in the hall, 15:59 in Greenwich
    old = take(kiosk, holder=HOLDER).json()
    clock.forward(minutes=2)
    assert kiosk.get(f"/v1/tickets/{old['id']}").json()["state"] == "expired"
    assert kiosk.post(f"/v1/tickets/{old['id']}/give-up").status_code == 409
    assert take(kiosk, holder=HOLDER).json()["number"] == "A001"
    assert kiosk.get("/v1/queues").json()["queues"][0]["waiting"] == 1


def test_the_night_forgets_whose_tickets_they_were(kiosk: TestClient, service: Service, clock: Clock) -> None:
    ticket = take(kiosk, holder=HOLDER).json()
    clock.forward(days=1)
    tidy(service.database, service.hall)
    with service.database.reading() as session:
        row = session.get(TicketRow, ticket["id"])
        assert row is not None
        assert (row.state, row.holder) == ("expired", None)


def test_queues_say_what_they_accept(kiosk: TestClient, service: Service) -> None:
    queues = {queue["id"]: queue for queue in kiosk.get("/v1/queues").json()["queues"]}
    catalogue = service.publication.catalogue
    assert set(queues["hygiene"]["accepts"]) == {item.id for item in catalogue.in_group("hygiene")}
    assert queues["advice"]["accepts"] == []
    accepted = [set(queues[name]["accepts"]) for name in ("general", "food", "hygiene")]
    assert set().union(*accepted) == set(catalogue.by_id)
    assert sum(map(len, accepted)) == len(catalogue.items)
