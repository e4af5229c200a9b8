"""The practice clerk takes whole cases to their end by itself, asks once where it is to be practised, and stops when told."""

import threading
from typing import Any

import pytest
from starlette.testclient import TestClient

from kiosk.approval.practice_clerk import PracticeClerk, parcel_number
from kiosk.approval.service import Service
from tests.approval.applications import application, digest, keep_files, submit
from tests.approval.hall import Clock

STEP_S = 4.0


@pytest.fixture
def clerk(service: Service) -> PracticeClerk:
    return PracticeClerk(service.database, service.centre, STEP_S)


def state(kiosk: TestClient, receipt: Any) -> str:
    return str(kiosk.get(f"/v1/cases/by-token/{receipt['token']}").json()["parts"][0]["state"])


def work(clerk: PracticeClerk, clock: Clock, kiosk: TestClient, receipt: Any) -> list[str]:
    """The states through which the clerk takes a case until it does nothing more."""
    seen = [state(kiosk, receipt)]
    clock.forward(seconds=STEP_S)
    while clerk.work_once():
        seen.append(state(kiosk, receipt))
        clock.forward(seconds=STEP_S)
    return seen


@pytest.mark.parametrize(
    ("wish", "end"),
    [
        ({"method": "window"}, ["issued"]),
        ({"method": "electronic"}, ["issued", "delivered"]),
        ({"method": "post", "recipient": "甲", "address": "样本路", "phone": "13800138456"}, ["issued", "delivered"]),
    ],
)
def test_a_case_goes_to_its_end(
    kiosk: TestClient, service: Service, clock: Clock, clerk: PracticeClerk, wish: Any, end: list[str]
) -> None:
    receipt = submit(kiosk, application(service, delivery=wish)).json()
    assert clerk.work_once() == 0  # too early
    expected = ["received", "accepted", "under_review", "granted", "result_made", *end]
    assert work(clerk, clock, kiosk, receipt) == expected


def test_a_telephone_that_ends_in_00_is_asked_once(
    kiosk: TestClient, service: Service, clock: Clock, clerk: PracticeClerk
) -> None:
    body = application(service, phone="13800138400")
    receipt = submit(kiosk, body).json()
    assert work(clerk, clock, kiosk, receipt) == ["received", "returned"]
    [asked] = kiosk.get(f"/v1/cases/by-token/{receipt['token']}").json()["parts"][0]["asked"]
    assert asked["material"] == body["materials"][0]["material"]
    keep_files(service, [digest(55)])
    more = {"materials": [{"material": asked["material"], "files": [digest(55)]}], "made_at": body["made_at"]}
    address = f"/v1/cases/by-token/{receipt['token']}/supplements"
    assert kiosk.post(address, json=more, headers={"Idempotency-Key": "supplement-1"}).status_code == 200
    assert work(clerk, clock, kiosk, receipt)[:2] == ["received", "accepted"]


def test_all_items_of_a_package_are_taken_further_at_once(
    kiosk: TestClient, service: Service, clock: Clock, clerk: PracticeClerk
) -> None:
    submit(kiosk, application(service, "sole-trader-open", "food-new", package="restaurant"))
    clock.forward(seconds=STEP_S)
    assert clerk.work_once() == 2


def test_the_thread_works_by_itself_and_stops(
    kiosk: TestClient, service: Service, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.approval.practice_clerk.LOOKS_EVERY_S", 0.01)
    receipt = submit(kiosk, application(service)).json()
    done = threading.Event()

    class Watched(PracticeClerk):
        def work_once(self) -> int:
            worked = super().work_once()
            if worked:
                done.set()
            return worked

    clerk = Watched(service.database, service.centre, 0)
    clerk.start()
    assert done.wait(10)
    clerk.stop()
    assert state(kiosk, receipt) != "received"
    assert "practice-clerk" not in {thread.name for thread in threading.enumerate()}


def test_an_invented_parcel_has_the_check_digit_of_the_universal_postal_union() -> None:
    for _ in range(50):
        number = parcel_number()
        digits = [int(char) for char in number[2:11]]
        weighed = sum(digit * weight for digit, weight in zip(digits, (8, 6, 4, 2, 3, 5, 9, 7), strict=False))
        assert digits[8] == {10: 0, 11: 5}.get(11 - weighed % 11, 11 - weighed % 11)
