"""Following a case: found three ways, seen step by step, supplemented, taken back."""

from dataclasses import replace

import pytest

from kiosk.cases.model import CaseInHand, Origin, Sheet
from kiosk.contract.cases import CaseState, CaseView
from kiosk.effects.cases import FindCases, SendSupplement, WithdrawCase
from kiosk.effects.codes import ReadCode
from kiosk.events.cards import CardFailed, CardLeft, CardRead, CardReaderLost, CardSeen, CardTaken
from kiosk.events.cases import (
    CaseSetAside,
    CasesFound,
    CaseWithdrawn,
    NoSuchCase,
    NotKept,
    SupplementKept,
    SupplementReceived,
)
from kiosk.events.centre import CentreAway, CentreSaidNo
from kiosk.events.codes import CodeScanned, CodeScannerLost
from kiosk.events.touches import Chosen, Confirmed, Pressed, TimedOut, Typed
from kiosk.journeys import JOURNEYS
from kiosk.journeys.finding_views import Search, token_in
from kiosk.journeys.model import Journey, Position
from kiosk.journeys.progress import PROGRESS
from kiosk.ports.code_scanner import Code
from kiosk.ports.device import ABSENT, READY
from kiosk.ports.page import Page
from kiosk.views.choose import ChooseView
from kiosk.views.fields import FieldView
from kiosk.views.parts import Tone
from kiosk.views.progress import Mark, TimelineView
from kiosk.views.told import MessageView
from screens.sample_cases import ASKED, MADE, NUMBER, PACKAGE, RETURNED, UNDER_WAY
from tests.walk import END, at, draw, effects, walk
from tests.worlds import DEVICES, OUYANG, world

FINDERS = ["progress", "collect", "rate"]
ADDRESS = f"https://approval.example/c/{UNDER_WAY.token}"
HERE = world(devices={**DEVICES, "code_scanner": READY})
SHEET = Sheet(Page(b"page", 8, 8, 75), Origin.SCANNER)


def looking_at(what: CaseView = UNDER_WAY, step: str = "case", **more: object) -> Position:
    """On the page of a case."""
    return at(PROGRESS, step, found=(what,), token=what.token, part=what.parts[0].number, **more)


def with_pages(step: str = "asked") -> Position:
    """Where everything that is asked for has been scanned."""
    return looking_at(RETURNED, step, case=CaseInHand(sheets={ASKED.material: (SHEET,)}), key="k")


@pytest.fixture(params=FINDERS)
def journey(request: pytest.FixtureRequest) -> Journey:
    return JOURNEYS[request.param]


def test_what_was_granted_at_once_took_no_days_and_what_no_terminal_prints_is_not_counted() -> None:
    [part] = MADE.parts
    [paper] = part.results
    at_once = part.model_copy(
        update={
            "promised": part.promised.model_copy(update={"used": 0}),
            "results": (paper.model_copy(update={"printable": False, "prints_left": 0}),),
        }
    )
    seen = str(draw(looking_at(MADE.model_copy(update={"parts": (at_once,)})), HERE))
    assert "done on the same day" in seen
    assert "no more prints" not in seen


def test_by_card_and_the_card_is_forgotten() -> None:
    looking = walk(
        at(PROGRESS, "find"),
        (Chosen("card"), "find_card"),
        (CardSeen(), "find_card_reading"),
        (CardRead(OUYANG), "find_looking"),
    )
    assert effects(looking) == (FindCases(card=OUYANG),)
    end = walk(looking, (CasesFound((UNDER_WAY, PACKAGE)), "cases"), (Chosen(UNDER_WAY.token), "case"))
    assert end.answers.holder is None
    walk(looking, (CasesFound((UNDER_WAY,)), "case"), (Pressed("finish"), END))


def test_by_receipt(journey: Journey) -> None:
    reading = walk(at(journey, "find"), (Chosen("receipt"), "find_receipt"), world=HERE)
    assert effects(reading) == (ReadCode(),)
    looking = walk(reading, (CodeScanned(Code(ADDRESS)), "find_looking"), world=HERE)
    assert effects(looking) == (FindCases(token=UNDER_WAY.token),)
    walk(looking, (NoSuchCase(), "find_unknown"), (Pressed("other_way"), "find"))


@pytest.mark.parametrize(
    "code", ["", "https://approval.example/q/" + UNDER_WAY.token, "https://evil.example/c/" + UNDER_WAY.token, "x" * 9000, "\0😀"]
)  # fmt: skip
def test_a_code_of_something_else_is_refused_in_words(journey: Journey, code: str) -> None:
    end = walk(at(journey, "find_receipt"), (CodeScanned(Code(code)), "find_other_code"))
    view = draw(end, world())
    assert isinstance(view, MessageView)
    assert view.tone is Tone.TROUBLE
    walk(end, (Pressed("again"), "find_receipt"), (Pressed("other_way"), "find"))


def test_a_token_is_taken_from_the_centres_own_address_only() -> None:
    assert token_in(ADDRESS + "/", "https://approval.example/") == UNDER_WAY.token
    assert token_in(ADDRESS, "") == UNDER_WAY.token
    assert token_in(UNDER_WAY.token, "https://approval.example") is None
    assert token_in(ADDRESS + "?x=1", "https://approval.example") is None


def test_by_number_and_phone(journey: Journey) -> None:
    number = walk(
        at(journey, "find"),
        (Chosen("number"), "find_number"),
        (Typed("2026"), "find_number"),
        (Pressed("next"), "find_number"),
    )
    assert shown_error(number) is not None
    wrong = walk(number, (Typed(NUMBER[:-1] + str((int(NUMBER[-1]) + 1) % 10)), "find_number"))
    assert shown_error(wrong) is not None
    phone = walk(
        wrong, (Pressed("next"), "find_number"), (Typed(NUMBER), "find_number"), (Pressed("next"), "find_phone")
    )
    short = walk(phone, (Typed("12"), "find_phone"), (Pressed("next"), "find_phone"))
    assert shown_error(short) is not None
    looking = walk(short, (Typed("1234"), "find_phone"), (Pressed("next"), "find_looking"))
    assert effects(looking) == (FindCases(number=NUMBER, phone4="1234"),)


def shown_error(position: Position) -> object:
    """What is said at the field."""
    view = draw(position, world())
    assert isinstance(view, FieldView)
    return view.error or None


@pytest.mark.parametrize("typed", ["123456", "1２34", "12a4", "😀"])
def test_phone_digits_that_are_none(journey: Journey, typed: str) -> None:
    end = walk(at(journey, "find_phone", search=Search(number=NUMBER)), (Typed(typed), "find_phone"))
    assert shown_error(end)
    walk(end, (Pressed("next"), "find_phone"), (Pressed("other_way"), "find"))


def test_the_search_fails_and_says_so(journey: Journey) -> None:
    looking = at(journey, "find_looking", holder=OUYANG)
    again = walk(looking, (CentreAway(), "find_away"), (Pressed("again"), "find_looking"))
    assert effects(again) == (FindCases(card=OUYANG),)
    walk(looking, (CentreSaidNo("x"), "find_refused"), (Pressed("other_way"), "find"))
    walk(looking, (CasesFound(()), "find_nothing"), (Pressed("other_way"), "find"))
    walk(at(journey, "find_receipt"), (CodeScannerLost(), "find_no_scanner"), (Pressed("again"), "find_receipt"))
    walk(at(journey, "find_receipt"), (Pressed("other_way"), "find"), (Pressed("another"), "home.home"))


def test_the_card_fails_on_the_way(journey: Journey) -> None:
    card = at(journey, "find_card")
    for event, step in (
        (CardFailed(), "find_card_unreadable"),
        (CardFailed(slot=True), "find_card_slot_unreadable"),
        (CardFailed(genuine=False), "find_card_not_genuine"),
        (CardReaderLost(), "find_card_no_reader"),
    ):
        walk(card, (event, step), (Pressed("other_way"), "find"))
        walk(at(journey, "find_card_reading"), (event, step), (Pressed("again"), "find_card"))
    for slot, step in ((False, "find_card_left"), (True, "find_card_slot_left")):
        left = walk(card, (CardLeft(slot=slot), step))
        walk(left, (CardTaken(), "find_card"), (CardRead(OUYANG), "find_looking"))
        walk(left, (CardReaderLost(), "find_card_no_reader"))
        walk(left, (Pressed("other_way"), "find"))
    walk(card, (CardSeen(), "find_card_reading"), (CardRead(OUYANG), "find_looking"))
    walk(card, (Pressed("other_way"), "find"))
    no_reader = world(devices={**DEVICES, "card_reader": ABSENT})
    assert not draw(at(journey, "find"), no_reader).options[0].available  # type: ignore[attr-defined]
    walk(at(journey, "find"), (Chosen("card"), "find_card_no_reader"), world=no_reader)


def test_one_case_step_by_step() -> None:
    view = draw(looking_at(), world())
    assert isinstance(view, TimelineView)
    assert view.number.replace(" ", "") == NUMBER
    assert [step.mark for step in view.steps] == [Mark.PAST, Mark.PAST, Mark.NOW, Mark.NEXT, Mark.NEXT]
    assert view.facts[0].value.mapping == {"used": 3, "days": 5}  # type: ignore[union-attr]
    assert view.asked is None


def test_what_is_asked_is_the_main_thing_to_do() -> None:
    view = draw(looking_at(RETURNED), world())
    assert isinstance(view, TimelineView)
    assert view.asked is not None
    assert [action.event for action in view.actions if action.main] == [Pressed("supply")]


def test_days_stand_still_while_something_is_asked() -> None:
    view = draw(looking_at(RETURNED), world())
    assert isinstance(view, TimelineView)
    assert view.facts[0].value.mapping == {"used": 2, "days": 5}  # type: ignore[union-attr]
    assert "stands still" in str(view.facts[0].note)


def test_a_package_is_opened_part_by_part() -> None:
    parts = walk(
        at(PROGRESS, "find_looking", holder=OUYANG), (CasesFound((PACKAGE,)), "parts"), (Chosen(PACKAGE.parts[1].number), "case")
    )  # fmt: skip
    view = draw(parts, world())
    assert isinstance(view, TimelineView)
    assert "window" in str(view.sections)
    walk(looking_at(PACKAGE, "parts"), (Pressed("rate"), "rate.rate"))
    walk(at(PROGRESS, "cases", found=(UNDER_WAY, PACKAGE)), (Pressed("another"), "home.home"))


def test_print_rate_and_nothing_that_is_not_there() -> None:
    end = walk(looking_at(MADE), (Pressed("collect"), "collect.results"))
    assert end.answers.found == (MADE,)
    assert walk(looking_at(MADE), (Pressed("rate"), "rate.rate")).answers.token == MADE.token
    rated = draw(looking_at(MADE.model_copy(update={"rated": True})), world())
    assert isinstance(rated, TimelineView)
    assert {Pressed("rate"), Pressed("withdraw")}.isdisjoint(action.event for action in rated.actions)


def test_what_is_asked_is_handed_in_once() -> None:
    asked = walk(looking_at(RETURNED), (Pressed("supply"), "asked"))
    nothing = draw(asked, world())
    assert isinstance(nothing, ChooseView)
    assert not nothing.actions[-1].available
    walk(asked, (Confirmed("k"), "asked"), (Pressed("case"), "case"))
    begun = walk(asked, (Chosen(ASKED.material), "material"))
    assert begun.answers.handing.material == ASKED.material
    sending = walk(with_pages(), (Confirmed("key-9"), "supplying"))
    assert effects(sending) == (SendSupplement(RETURNED.token, {ASKED.material: (SHEET,)}, "key-9"),)
    done = walk(
        sending, (SupplementKept(), "supply_sending"), (SupplementReceived(UNDER_WAY), "supplied"), (Pressed("case"), "case")
    )  # fmt: skip
    assert not done.answers.case.sheets


def test_what_became_of_it_is_told_truly() -> None:
    sending = with_pages("supplying")
    assert tone(walk(sending, (SupplementReceived(UNDER_WAY), "supplied"))) is Tone.DONE
    assert tone(walk(sending, (SupplementReceived(RETURNED), "supplied"))) is Tone.NOTE
    kept = walk(sending, (SupplementKept(), "supply_sending"), (TimedOut(), "supply_kept"))
    assert tone(kept) is Tone.NOTE
    walk(kept, (SupplementReceived(UNDER_WAY), "supplied"), (Pressed("finish"), END))
    walk(kept, (CaseSetAside("incomplete"), "supply_set_aside"), (Pressed("another"), "home.home"))
    walk(kept, (Pressed("finish"), END))
    for start in ("supplying", "supply_sending"):
        assert tone(walk(with_pages(start), (CaseSetAside("x"), "supply_set_aside"))) is Tone.TROUBLE
    for event, step in ((NotKept(), "supply_not_kept"), (TimedOut(), "supply_unsure")):
        again = walk(sending, (event, step), (Pressed("again"), "supplying"))
        assert effects(again) == (SendSupplement(RETURNED.token, {ASKED.material: (SHEET,)}, "k"),)


def tone(position: Position) -> Tone:
    """The mood of the message shown."""
    view = draw(position, world())
    assert isinstance(view, MessageView)
    return view.tone


def test_take_a_case_back() -> None:
    going = walk(
        looking_at(),
        (Pressed("withdraw"), "withdraw"),
        (Pressed("case"), "case"),
        (Pressed("withdraw"), "withdraw"),
        (Confirmed("k"), "withdrawing"),
    )
    assert effects(going) == (WithdrawCase(UNDER_WAY.token),)
    part = UNDER_WAY.parts[0].model_copy(update={"state": CaseState.WITHDRAWN})
    gone = UNDER_WAY.model_copy(update={"parts": (part,)})
    end = walk(going, (CaseWithdrawn(gone), "withdrawn"), (Pressed("case"), "case"))
    assert end.answers.view == gone
    walk(going, (CentreAway(), "withdraw_away"), (Pressed("again"), "withdrawing"))
    walk(going, (CentreAway(), "withdraw_away"), (Pressed("case"), "case"))
    walk(going, (CentreSaidNo("case-closed"), "withdraw_refused"), (Pressed("case"), "case"))


@pytest.mark.parametrize("step", sorted(PROGRESS.steps.keys() - {"supplying", "supply_sending"}))
def test_nobody_does_anything(step: str) -> None:
    if step.startswith("material"):
        return
    position = replace(with_pages(step), answers=replace(with_pages(step).answers, search=Search(token=RETURNED.token)))
    walk(position, (TimedOut(), END))


def test_nothing_personal_in_a_repr() -> None:
    position = looking_at(search=Search(number=NUMBER, phone4="1234"), holder=OUYANG)
    shown = repr((position, position.answers, position.answers.search, effects(with_pages("supplying"))))
    assert not any(secret in shown for secret in (NUMBER, "1234", UNDER_WAY.token, OUYANG.number, "欧"))
