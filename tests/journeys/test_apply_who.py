"""Apply: who it is. Every card, the wrong card, an expired one, somebody else's; the app's code; without the centre; drafts."""

from dataclasses import replace
from datetime import date

import pytest

from kiosk.cases.model import CaseInHand
from kiosk.catalogue.kinds import IdentityMethod
from kiosk.effects.cards import ReadCard
from kiosk.effects.cases import AskWhoseCode, LookUpHolder, OpenDraft
from kiosk.effects.codes import ReadCode
from kiosk.events.cards import CardFailed, CardLeft, CardRead, CardReaderLost, CardSeen, CardTaken
from kiosk.events.cases import AppCodeRefused, DraftGone, DraftOpened, HolderKnown
from kiosk.events.centre import CentreAway, CentreSaidNo
from kiosk.events.codes import CodeScanned, CodeScannerLost
from kiosk.events.touches import Chosen, Pressed, TimedOut, Typed
from kiosk.journeys.apply import APPLY as JOURNEY
from kiosk.journeys.apply_model import Goal
from kiosk.journeys.model import Position
from kiosk.ports.code_scanner import Code
from kiosk.views.choose import ChooseView
from kiosk.views.fields import FieldView
from kiosk.views.parts import Tone
from kiosk.views.told import MessageView, WaitView
from tests.applying import (
    CODE,
    DRAFT,
    EXPIRED,
    FILLED,
    FOOD,
    KNOWN,
    LAST_DAY,
    OTHER_DRAFT,
    PACKAGE_DRAFT,
    PERMIT,
    RECORD,
    REPLIED,
    SOCIAL,
    TRADER,
    hall,
    offers,
    published,
    without,
)
from tests.walk import END, at, draw, effects, walk
from tests.worlds import FOREIGNER, OUYANG

HALL = hall()
CARD = at(JOURNEY, "card", case=REPLIED)
CARDS_ONLY = without("code_scanner")
CODES_ONLY = without("card_reader", "citizen_card_reader")
LOOKING = at(JOURNEY, "looking", case=KNOWN)
RESUMING = at(JOURNEY, "looking", case=CaseInHand(identity=KNOWN.identity), goal=Goal.RESUME)


def message(position: Position) -> MessageView:
    """The message of a position."""
    view = draw(position, HALL)
    assert isinstance(view, MessageView)
    return view


# --- cards -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("card", "method"),
    [
        (OUYANG, IdentityMethod.RESIDENT_CARD),
        (FOREIGNER, IdentityMethod.FOREIGNER_CARD),
        (SOCIAL, IdentityMethod.CITIZEN_CARD),
        (LAST_DAY, IdentityMethod.RESIDENT_CARD),
    ],
)
def test_a_card_that_the_item_takes(card: object, method: IdentityMethod) -> None:
    assert effects(CARD) == (ReadCard(),)
    looking = walk(CARD, (CardSeen(), "card_reading"), (CardRead(card), "looking"), world=HALL)  # type: ignore[arg-type]
    assert looking.answers.case.identity.method is method
    assert effects(looking) == (LookUpHolder(card),)  # type: ignore[arg-type]
    hub = walk(looking, (HolderKnown(RECORD), "hub"), world=HALL)
    assert hub.answers.case.identity.record == RECORD
    assert hub.answers.case.fields["applicant-phone"] == "13800000000", "what the government holds is filled in"


def test_a_card_that_the_item_does_not_take_is_refused_and_nothing_of_it_kept() -> None:
    wrong = walk(CARD, (CardRead(PERMIT), "card_wrong"), world=HALL)
    assert wrong.answers.case.identity is None
    view = message(wrong)
    assert view.tone is Tone.TROUBLE
    assert "resident ID card" in str(view.explain)
    assert "residence permit" not in str(view.explain).replace("permanent residence", "")
    walk(wrong, (Pressed("again"), "card"), (CardRead(OUYANG), "looking"), world=HALL)
    walk(wrong, (Pressed("ticket"), "ticket.card"), world=HALL)


def test_an_expired_card_is_refused_with_its_date_and_what_to_do() -> None:
    expired = walk(CARD, (CardRead(EXPIRED), "card_expired"), world=HALL)
    assert expired.answers.case.identity is None
    view = message(expired)
    assert date(2026, 11, 23) in dict(view.explain.values).values()  # type: ignore[union-attr]
    assert "police station" in str(view.steps)
    walk(expired, (Pressed("not_now"), "home.home"), world=HALL)


def test_every_way_a_card_can_fail() -> None:
    for start in (CARD, at(JOURNEY, "card_reading", case=REPLIED)):
        walk(start, (CardFailed(), "card_unreadable"), (Pressed("again"), "card"), world=HALL)
        walk(start, (CardFailed(slot=True), "card_slot_unreadable"), (Pressed("code"), "code"), world=HALL)
        walk(start, (CardFailed(genuine=False), "card_not_genuine"), (Pressed("not_now"), "home.home"), world=HALL)
        walk(start, (CardReaderLost(), "card_no_reader"), (Pressed("code"), "code"), world=HALL)
    walk(at(JOURNEY, "card_reading", case=REPLIED), (CardRead(OUYANG), "looking"), world=HALL)
    walk(CARD, (CardLeft(), "card_left"), (CardTaken(), "card"), world=HALL)
    for step in ("card_left", "card_slot_left"):
        left = at(JOURNEY, step, case=REPLIED)
        walk(left, (CardReaderLost(), "card_no_reader"), world=HALL)
        walk(left, (Pressed("not_now"), "home.home"), world=HALL)
        walk(left, (CardTaken(), "card"), world=HALL)
    walk(CARD, (Pressed("code"), "code"), world=HALL)


def test_nobody_is_told_to_go_on_without_a_card() -> None:
    for step in ("card_unreadable", "card_slot_unreadable", "card_no_reader"):
        said = str(draw(at(JOURNEY, step, case=REPLIED), HALL))
        assert "without a card" not in said
        assert "without the card" not in said
    assert "Or ask at the front desk" in str(
        draw(at(JOURNEY, "card_slot_unreadable", case=REPLIED), without("card_reader"))
    )


def test_what_is_asked_for_is_what_the_item_takes() -> None:
    items = tuple(
        this.model_copy(update={"identity_methods": (IdentityMethod.CITIZEN_CARD,)}) for this in offers().items
    )
    social = hall(catalogue=published(items, offers().packages))
    view = draw(CARD, social)
    assert isinstance(view, WaitView)
    assert "social-security card into the slot" in str(view.title)
    assert "code" not in str([action.event for action in view.actions]), "the item does not take the app's code"
    wrong = walk(CARD, (CardRead(OUYANG), "card_wrong"), world=social)
    assert "citizen card" in str(draw(wrong, social))


# --- the app's code --------------------------------------------------------------------------------------------------------


def test_by_the_code_of_the_app() -> None:
    code = walk(at(JOURNEY, "question", case=replace(REPLIED, eligible={"place": "has", "owner": "one"})), (Chosen("yes"), "code"), world=CODES_ONLY)  # fmt: skip
    assert effects(code) == (ReadCode(),)
    whose = walk(code, (CodeScanned(Code("app-code")), "whose"), world=HALL)
    assert effects(whose) == (AskWhoseCode(Code("app-code")),)
    looking = walk(whose, (CardRead(OUYANG), "looking"), world=HALL)
    assert looking.answers.case.identity.method is IdentityMethod.APP_QR
    walk(whose, (CardRead(EXPIRED), "card_expired"), world=HALL)


def test_every_way_a_code_can_fail() -> None:
    whose = at(JOURNEY, "whose", case=REPLIED, scan=Code("x"))
    walk(whose, (AppCodeRefused(), "code_refused"), (Pressed("again"), "code"), world=HALL)
    walk(whose, (CentreSaidNo("bad-code"), "code_refused"), (Pressed("card"), "card"), world=HALL)
    walk(whose, (CentreAway(), "code_away"), (Pressed("ticket"), "ticket.card"), world=HALL)
    lost = walk(at(JOURNEY, "code", case=REPLIED), (CodeScannerLost(), "code_lost"), world=HALL)
    walk(lost, (Pressed("card"), "card"), world=HALL)
    walk(at(JOURNEY, "code", case=REPLIED), (Pressed("card"), "card"), world=HALL)
    assert "Use a card" not in str(draw(lost, CODES_ONLY))


def test_without_any_reader_and_without_the_centre() -> None:
    last = at(JOURNEY, "question", case=replace(REPLIED, eligible={"place": "has", "owner": "one"}))
    walk(last, (Chosen("yes"), "card_no_reader"), world=without("card_reader", "citizen_card_reader", "code_scanner"))
    nobody_to_ask = hall(devices=CODES_ONLY.devices, centre_reachable=False)
    walk(last, (Chosen("yes"), "card_no_reader"), world=nobody_to_ask)
    assert "Use the app" not in str(draw(CARD, hall(centre_reachable=False)))


# --- what the centre knows ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("event", [CentreAway(), CentreSaidNo("x")])
def test_without_the_centre_it_goes_on_and_is_said_once(event: object) -> None:
    alone = walk(LOOKING, (event, "without_record"), world=HALL)  # type: ignore[arg-type]
    assert "ask for everything" in str(message(alone).explain)
    hub = walk(alone, (Pressed("next"), "hub"), world=HALL)
    assert hub.answers.case.fields["applicant-name"] == "欧阳秀英", "the card is known all the same"
    assert hub.answers.case.identity.card == OUYANG


def test_what_was_begun_before_is_offered() -> None:
    before = walk(LOOKING, (HolderKnown(RECORD, (OTHER_DRAFT, DRAFT)), "begun_before"), world=HALL)
    opening = walk(before, (Pressed("go_on"), "opening"), world=HALL)
    assert effects(opening) == (OpenDraft(CODE, OUYANG),)
    fresh = walk(before, (Pressed("anew"), "hub"), world=HALL)
    assert fresh.answers.case.draft == CODE, "the new one takes the old one's place"
    walk(LOOKING, (HolderKnown(RECORD, (OTHER_DRAFT, PACKAGE_DRAFT)), "hub"), world=HALL)


# --- go on with an application ---------------------------------------------------------------------------------------------------


def test_by_card_from_the_home_screen() -> None:
    card = walk(at(JOURNEY, "begin"), (Chosen("resume"), "resume"), (Chosen("by_card"), "card"), world=HALL)
    mine = walk(
        card, (CardRead(PERMIT), "looking"), (HolderKnown(RECORD, (DRAFT, PACKAGE_DRAFT)), "my_drafts"), world=HALL
    )
    view = draw(mine, HALL)
    assert isinstance(view, ChooseView)
    assert [option.key for option in view.options] == [CODE, PACKAGE_DRAFT.code]
    walk(mine, (Chosen(CODE), "opening"), world=HALL)
    none = walk(RESUMING, (HolderKnown(RECORD), "my_drafts"), world=HALL)
    walk(none, (Pressed("choose"), "begin"), world=HALL)


def test_a_draft_of_an_item_that_is_no_longer_offered_is_not_listed() -> None:
    gone = DRAFT.model_copy(update={"items": (DRAFT.items[0].model_copy(update={"item": "long-gone"}),)})
    mine = walk(RESUMING, (HolderKnown(RECORD, (gone,)), "my_drafts"), world=HALL)
    view = draw(mine, HALL)
    assert isinstance(view, ChooseView)
    assert view.options == ()
    opened = at(JOURNEY, "opening", case=KNOWN, code=CODE)
    walk(opened, (DraftOpened(replace(FILLED, items=("long-gone",))), "draft_gone"), world=HALL)


def test_by_scanning_the_notice() -> None:
    scan = walk(at(JOURNEY, "resume"), (Chosen("by_scan"), "draft_scan"), world=HALL)
    assert effects(scan) == (ReadCode(),)
    opening = walk(
        scan,
        (CodeScanned(Code(CODE)), "card"),
        (CardRead(OUYANG), "looking"),
        (HolderKnown(RECORD), "opening"),
        world=HALL,
    )
    assert effects(opening) == (OpenDraft(CODE, OUYANG),)
    odd = walk(scan, (CodeScanned(Code("https://elsewhere.example/x")), "draft_odd"), world=HALL)
    walk(odd, (Pressed("again"), "draft_scan"), world=HALL)
    walk(odd, (Pressed("type"), "draft_type"), world=HALL)
    lost = walk(scan, (CodeScannerLost(), "draft_unscanned"), world=HALL)
    walk(lost, (Pressed("resume"), "resume"), world=HALL)
    walk(scan, (Pressed("not_now"), "home.home"), world=HALL)
    assert not next(
        option for option in draw(at(JOURNEY, "resume"), CARDS_ONLY).options if option.key == "by_scan"
    ).available  # type: ignore[attr-defined]


def test_by_typing_the_code() -> None:
    typing = walk(
        at(JOURNEY, "resume"), (Chosen("by_typing"), "draft_type"), (Typed("k7mp 4xr"), "draft_type"), world=HALL
    )
    wrong = walk(typing, (Pressed("next"), "draft_type"), world=HALL)
    view = draw(wrong, HALL)
    assert isinstance(view, FieldView)
    assert "eight letters and digits" in str(view.error)
    right = walk(wrong, (Typed("k7mp 4xrw"), "draft_type"), (Pressed("next"), "card"), world=HALL)
    assert right.answers.code == CODE
    long = walk(typing, (Typed("K" * 10_000), "draft_type"), world=HALL)
    assert len(long.answers.code) == 20


def test_it_opens_for_whoever_began_it_with_what_was_there() -> None:
    opening = at(JOURNEY, "opening", case=CaseInHand(identity=KNOWN.identity), goal=Goal.RESUME, code=CODE)
    hub = walk(opening, (DraftOpened(replace(FILLED, identity=None, draft=CODE)), "hub"), world=HALL)
    assert (hub.answers.case.draft, hub.answers.case.sheets) == (CODE, FILLED.sheets)
    assert hub.answers.case.identity.card == OUYANG
    newer = replace(KNOWN.identity, record=RECORD.model_copy(update={"materials": ()}))  # type: ignore[type-var]
    known = walk(opening, (DraftOpened(replace(FILLED, identity=newer)), "hub"), world=HALL)
    assert known.answers.case.identity.record.materials == ()


def test_somebody_elses_card_opens_nothing_and_shows_nothing() -> None:
    opening = at(JOURNEY, "opening", case=CaseInHand(identity=KNOWN.identity), goal=Goal.RESUME, code=CODE)
    gone = walk(opening, (DraftGone(), "draft_gone"), world=HALL)
    view = message(gone)
    assert view.facts == ()
    assert "材料" not in str(view)
    walk(gone, (Pressed("resume"), "resume"), world=HALL)
    assert walk(gone, (Pressed("choose"), "begin"), world=HALL).answers.case == CaseInHand()
    walk(opening, (CentreSaidNo("no-such-draft"), "draft_gone"), world=HALL)


def test_a_draft_whose_items_do_not_take_this_card() -> None:
    permit = replace(KNOWN.identity, method=IdentityMethod.HMT_PERMIT, card=PERMIT)  # type: ignore[type-var]
    opening = at(JOURNEY, "opening", case=CaseInHand(identity=permit), goal=Goal.RESUME, code=CODE)
    wrong = walk(opening, (DraftOpened(FILLED), "card_wrong"), world=HALL)
    assert wrong.answers.case == CaseInHand(items=(TRADER,))
    again = walk(
        wrong, (Pressed("again"), "card"), (CardRead(OUYANG), "looking"), (HolderKnown(RECORD), "opening"), world=HALL
    )
    assert effects(again) == (OpenDraft(CODE, OUYANG),)


def test_drafts_are_at_the_centre() -> None:
    away = walk(RESUMING, (CentreAway(), "drafts_away"), world=HALL)
    walk(away, (Pressed("look_again"), "looking"), world=HALL)
    walk(away, (Pressed("choose"), "begin"), world=HALL)
    opening = at(JOURNEY, "opening", case=KNOWN, goal=Goal.RESUME, code=CODE)
    walk(opening, (CentreAway(), "drafts_away"), world=HALL)
    unknown = at(JOURNEY, "drafts_away", case=CaseInHand(), goal=Goal.RESUME)
    walk(unknown, (Pressed("look_again"), "card"), world=HALL)
    offline = draw(at(JOURNEY, "begin"), hall(centre_reachable=False))
    assert isinstance(offline, ChooseView)
    assert not offline.options[0].available


@pytest.mark.parametrize(
    "step",
    [step for step in JOURNEY.steps if step.startswith(("card", "code", "draft_")) and step not in ("draft_kept", "draft_unkept")]
    + ["whose", "looking", "without_record", "resume", "my_drafts", "begun_before", "opening", "drafts_away"],
)  # fmt: skip
def test_nobody_does_anything(step: str) -> None:
    walk(at(JOURNEY, step, case=KNOWN, drafts=(DRAFT,), scan=Code("x")), (TimedOut(), END), world=HALL)


def test_food_is_another_draft() -> None:
    food = at(JOURNEY, "looking", case=replace(KNOWN, target=FOOD, items=(FOOD,), eligible={}))
    walk(food, (HolderKnown(RECORD, (DRAFT,)), "hub"), world=HALL)
