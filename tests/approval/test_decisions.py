"""What clerks do: the table of states, terms in real working days, what is learnt, the command."""

import subprocess
import sys
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from kiosk.approval import case_states, terms
from kiosk.approval.case_states import NEXT, NotPossible
from kiosk.approval.case_tables import SubCaseRow
from kiosk.approval.decisions import Action
from kiosk.approval.offices import OFFICES, load_offices
from kiosk.approval.service import Service
from kiosk.catalogue.forms import Form, FormField
from kiosk.catalogue.kinds import FieldKind
from kiosk.contract.cases import CaseState
from kiosk.errors import KioskError, SettingsError
from kiosk.texts import LocalText
from kiosk.working_days import add_working_days
from tests.approval.applications import ITEM, application, do, needed, submit
from tests.approval.hall import HOLDER, Clock

TO_THE_END = (Action.ACCEPT, Action.REVIEW, Action.GRANT, Action.MAKE, Action.ISSUE, Action.DELIVER)
CAN = {
    "received": {"accepted", "returned", "withdrawn"},
    "returned": {"received", "withdrawn"},
    "accepted": {"under_review", "returned", "withdrawn"},
    "under_review": {"granted", "refused", "returned", "withdrawn"},
    "granted": {"result_made"},
    "result_made": {"issued"},
    "issued": {"delivered"},
    "refused": set(),
    "delivered": set(),
    "withdrawn": set(),
}


@pytest.mark.parametrize(("now", "to"), list(product(CaseState, CaseState)))
def test_what_can_follow_what(now: CaseState, to: CaseState) -> None:
    if to.value in CAN[now.value]:
        case_states.check(now, to)
        return
    with pytest.raises(NotPossible, match="cannot become"):
        case_states.check(now, to)


def test_every_state_can_be_reached_and_every_decision_is_final() -> None:
    assert set().union(*NEXT.values()) == set(CaseState)
    assert all(CaseState.WITHDRAWN not in NEXT[state] for state in (*case_states.DECISIONS, *case_states.CLOSED))


def test_a_whole_case(kiosk: TestClient, service: Service) -> None:
    receipt = submit(kiosk, application(service)).json()
    states = [do(service, receipt["number"], action)[0] for action in TO_THE_END]
    assert states == ["accepted", "under_review", "granted", "result_made", "issued", "delivered"]
    part = kiosk.get(f"/v1/cases/by-token/{receipt['token']}").json()["parts"][0]
    assert [step["state"] for step in part["steps"]] == ["received", *states]
    with pytest.raises(NotPossible, match="a case that is delivered cannot become accepted; nothing more happens"):
        do(service, receipt["number"], Action.ACCEPT)


def test_a_window_is_named_while_the_result_waits_there(kiosk: TestClient, service: Service) -> None:
    receipt = submit(kiosk, application(service)).json()
    windows = []
    for action in TO_THE_END:
        do(service, receipt["number"], action)
        windows.append(kiosk.get(f"/v1/cases/by-token/{receipt['token']}").json()["parts"][0]["window"])
    assert windows == [None, None, None, 10, 10, None]


def test_a_posted_result_shows_its_tracking(kiosk: TestClient, service: Service) -> None:
    wish = {"method": "post", "recipient": "罗小满", "address": "越秀区样本路 1 号", "phone": "13800138456"}
    receipt = submit(kiosk, application(service, delivery=wish)).json()
    for action in TO_THE_END[:4]:
        do(service, receipt["number"], action)
    with pytest.raises(KioskError, match="--parcel"):
        do(service, receipt["number"], Action.ISSUE)
    do(service, receipt["number"], Action.ISSUE, parcel="EX123456785CN")
    parcel = kiosk.get(f"/v1/cases/by-token/{receipt['token']}").json()["parts"][0]["parcel"]
    assert (parcel["number"], parcel["carrier"]["en"]) == ("EX123456785CN", "China Post EMS")
    assert [text["en"] for _, text in parcel["events"]] == ["Handed to the post"]


def part_of(service: Service, number: str) -> SubCaseRow:
    with service.database.reading() as session:
        row = session.get(SubCaseRow, number)
        assert row is not None
        return row


def test_a_term_counts_working_days_and_stands_still_while_the_applicant_is_asked(
    kiosk: TestClient, service: Service, clock: Clock
) -> None:
    receipt = submit(kiosk, application(service)).json()  # Monday 2026-03-02
    do(service, receipt["number"], Action.ACCEPT)
    promised, statutory = seen_terms(kiosk, receipt)
    item = service.publication.catalogue.by_id[ITEM]
    assert (promised["days"], promised["used"]) == (item.time_limit.promised_days, 0)
    assert statutory["days"] == item.time_limit.statutory_days
    clock.forward(days=1)  # Tuesday
    do(service, receipt["number"], Action.RETURN, asked=((needed(service, ITEM)[0], "看不清楚。"),))
    clock.forward(days=6)  # the Monday after: four working days have passed
    paused = seen_terms(kiosk, receipt)[0]
    assert (paused["used"], paused["paused"]) == (1, True)
    assert paused["due"] == add_working_days(date(2026, 3, 2), item.time_limit.promised_days + 4).isoformat()
    body = {
        "materials": [
            {"material": needed(service, ITEM)[0], "files": [application(service)["materials"][0]["files"][0]]}
        ]
    }
    body["made_at"] = "2026-03-09T10:00:00+08:00"  # type: ignore[assignment]
    address = f"/v1/cases/by-token/{receipt['token']}/supplements"
    assert kiosk.post(address, json=body, headers={"Idempotency-Key": "supplement-1"}).status_code == 200
    clock.forward(days=1)
    do(service, receipt["number"], Action.ACCEPT)
    clock.forward(days=1)
    do(service, receipt["number"], Action.GRANT)
    row = part_of(service, receipt["number"])
    assert (row.applied_on, row.accepted_on, row.decided_on) == (date(2026, 3, 2), date(2026, 3, 2), date(2026, 3, 11))
    assert (row.used_days, row.on_time, row.early, row.closed_on) == (3, True, True, None)
    clock.forward(days=30)
    assert seen_terms(kiosk, receipt)[0]["used"] == 3


def seen_terms(kiosk: TestClient, receipt: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    part = kiosk.get(f"/v1/cases/by-token/{receipt['token']}").json()["parts"][0]
    return part["promised"], part["statutory"]


def test_a_late_decision_is_not_on_time(kiosk: TestClient, service: Service, clock: Clock) -> None:
    receipt = submit(kiosk, application(service)).json()
    do(service, receipt["number"], Action.ACCEPT)
    clock.forward(days=60)
    do(service, receipt["number"], Action.REFUSE, note="不符合条件。")
    row = part_of(service, receipt["number"])
    assert (row.on_time, row.early, row.closed_on) == (False, False, row.decided_on)


def test_before_acceptance_no_day_is_counted() -> None:
    history = [terms.Change(CaseState.RECEIVED, date(2026, 3, 2)), terms.Change(CaseState.RETURNED, date(2026, 3, 3))]
    count = terms.count(history, date(2026, 3, 20))
    assert count.term(5).model_dump() == {"days": 5, "used": 0, "due": None, "paused": True}


def test_over_a_national_holiday_a_term_ends_on_a_real_working_day() -> None:
    history = [
        terms.Change(CaseState.ACCEPTED, date(2019, 9, 27))
    ]  # a Friday; Sunday 29th is worked, October 1-7 is free
    term = terms.count(history, date(2019, 10, 8)).term(4)
    assert (term.used, term.due) == (3, date(2019, 10, 9))


def test_wrong_uses_are_refused_in_words(kiosk: TestClient, service: Service) -> None:
    number = submit(kiosk, application(service)).json()["number"]
    for action, more, sentence in [
        (Action.RETURN, {}, "name what is asked for"),
        (Action.RETURN, {"asked": (("no-such", "x"),)}, "has no material 'no-such'"),
        (Action.REFUSE, {}, "says why"),
        (Action.ACCEPT, {"asked": (("photo", "x"),)}, "--material goes with return"),
        (Action.GRANT, {"parcel": "EX1"}, "--parcel goes with issue"),
        (Action.REFUSE, {"note": "x" * 1001}, "characters at most"),
        (Action.GRANT, {}, "a case that is received cannot become granted; it can become accepted"),
    ]:
        with pytest.raises(KioskError, match=sentence):
            do(service, number, action, **more)
    with pytest.raises(KioskError, match="there is no case"):
        do(service, "20260302000999", Action.ACCEPT)
    assert part_of(service, number).state == "received"


def test_what_a_granted_case_tells_is_held_and_not_asked_for_again(
    kiosk: TestClient, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    label = LocalText({"zh_CN": "联系电话"})
    phone = FormField(id="applicant-phone", label=label, kind=FieldKind.PHONE, known_from="record.phone")
    item = service.publication.catalogue.by_id["food-new"]
    monkeypatch.setitem(
        service.publication.catalogue.by_id, item.id, item.model_copy(update={"form": Form(fields=(phone,))})
    )
    assert "food-manager" in needed(service, "food-new")
    assert kiosk.get(f"/v1/holders/{HOLDER}").json() == {"fields": {}, "materials": []}
    receipt = submit(kiosk, application(service, "food-new", fields={"applicant-phone": "13800138456"})).json()
    do(service, receipt["number"], Action.ACCEPT)
    assert kiosk.get(f"/v1/holders/{HOLDER}").json()["materials"] == []
    do(service, receipt["number"], Action.GRANT)
    held = kiosk.get(f"/v1/holders/{HOLDER}").json()
    assert held == {"fields": {"phone": "13800138456"}, "materials": ["food-manager"]}
    body = application(service, "food-new", fields={"applicant-phone": "13800138456"})
    for material in body["materials"]:
        if material["material"] == "food-manager":
            material.update(files=[], on_file=True)
    assert submit(kiosk, body, "with-what-is-held").status_code == 201


def test_every_group_of_the_catalogue_has_an_office_and_every_name_is_known(service: Service) -> None:
    book, catalogue = load_offices(), service.publication.catalogue
    assert book.unknown_to(catalogue) == ()
    for group in catalogue.groups:
        title = book.title(book.deciding(group.id))
        assert all(title.has(language) for language in ("zh_CN", "zh_HK", "en"))


@pytest.mark.parametrize(
    ("found", "instead", "sentence"),
    [
        ('id = "food"', 'id = "hygiene"', "the office 'hygiene' is there twice"),
        ('["hygiene"]', '["food"]', "the group 'food' is there twice"),
        ('groups = ["vendor"]\n', "", "one office, and one only, has no groups"),
        ("window = 3", "window = 0", "front_desk, window"),
        ("[front_desk]", "[front_desk", "is not TOML"),
    ],
)
def test_an_offices_file_is_refused_in_words(tmp_path: Path, found: str, instead: str, sentence: str) -> None:
    text = OFFICES.read_text(encoding="utf-8")
    assert found in text
    (tmp_path / "offices.toml").write_text(text.replace(found, instead), encoding="utf-8")
    with pytest.raises(SettingsError, match=sentence):
        load_offices(tmp_path / "offices.toml")


def test_an_offices_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"offices\.toml: cannot be read"):
        load_offices(tmp_path / "offices.toml")


def command(service: Service, *words: str) -> tuple[int, str, str]:
    database = service.database.url.render_as_string(hide_password=False)
    done = subprocess.run(
        [sys.executable, "-m", "kiosk", "approval", *words, "--database", database],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


def test_the_command_decides_beside_a_running_service(kiosk: TestClient, service: Service) -> None:
    body = application(service, "sole-trader-open", "food-new", package="restaurant")
    number = submit(kiosk, body).json()["number"]
    _, one, two = (part for part in ("", *numbers_of(kiosk)))
    status, out, err = command(service, "decide", number, "accept")
    assert (status, err) == (0, "")
    assert out == f"{one} sole-trader-open: accepted\n{two} food-new: accepted\n"
    asked = ("--material", "food-rules", "--reason", "缺少盖章。")
    assert command(service, "decide", two, "return", *asked)[1] == f"{two} food-new: returned\n"
    assert command(service, "decide", number, "grant")[1] == f"{one} sole-trader-open: granted\n"
    status, out, err = command(service, "decide", number, "accept")
    assert (status, out) == (2, "")
    assert "a case that is granted cannot become accepted" in err
    assert "Traceback" not in err
    assert "every --material has its --reason" in command(service, "decide", two, "return", "--material", "x")[2]


def numbers_of(kiosk: TestClient) -> list[str]:
    [case] = kiosk.get("/v1/cases", params={"holder": HOLDER}).json()["cases"]
    return [part["number"] for part in case["parts"]]
