"""Practice windows call real tickets, repeatably, and stop when they are told."""

import random
import threading

from starlette.testclient import TestClient

from kiosk.approval.practice import MOST_PEOPLE, PracticeWindows, Rhythm
from kiosk.approval.service import Service


def take(kiosk: TestClient, queue: str, n: int) -> str:
    answer = kiosk.post("/v1/tickets", json={"queue": queue}, headers={"Idempotency-Key": f"practice-{n}"})
    return str(answer.json()["id"])


def test_people_who_wait_are_called_and_the_next_call_finishes_them(kiosk: TestClient, service: Service) -> None:
    ticket = take(kiosk, "hygiene", 1)
    windows = PracticeWindows(service.database, service.hall, Rhythm(seed=7))
    call = windows.call_once()
    assert (call.called, call.queue) == ("C001", "hygiene")
    assert kiosk.get(f"/v1/tickets/{ticket}").json()["window"] == 9
    take(kiosk, "hygiene", 2)
    assert windows.call_once().served == "C001"


def test_a_seed_makes_it_repeatable(kiosk: TestClient, service: Service) -> None:
    ids = [take(kiosk, "general", n) for n in range(4)]
    windows = PracticeWindows(service.database, service.hall, Rhythm(seed=3))
    for _ in ids:
        windows.call_once()
    expected = random.Random(3)
    called_at = [kiosk.get(f"/v1/tickets/{ticket}").json()["window"] for ticket in ids]
    assert called_at == [expected.choice([3, 4, 5, 6]) for _ in ids]


def test_people_come_until_the_hall_is_full(kiosk: TestClient, service: Service) -> None:
    hall = PracticeWindows(service.database, service.hall, Rhythm(seed=5))
    came = [hall.arrive_once() for _ in range(MOST_PEOPLE + 3)]
    assert came == [True] * MOST_PEOPLE + [False] * 3
    waiting = [queue["waiting"] for queue in kiosk.get("/v1/queues").json()["queues"]]
    assert sum(waiting) == MOST_PEOPLE
    assert len([n for n in waiting if n]) > 1


def test_the_thread_calls_by_itself_and_stops(kiosk: TestClient, service: Service) -> None:
    take(kiosk, "food", 1)
    called = threading.Event()

    class Watched(PracticeWindows):
        def call_once(self) -> "object":  # type: ignore[override]
            call = super().call_once()
            if call.called:
                called.set()
            return call

    windows = Watched(service.database, service.hall, Rhythm(0.01, 0.02, seed=1))
    windows.start()
    assert called.wait(5)
    windows.stop()
    assert "practice-windows" not in {thread.name for thread in threading.enumerate()}
