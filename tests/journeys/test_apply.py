"""Apply: choose, the questions, the hub with its parts, delivery; and from every place that leads here."""

from dataclasses import replace

import pytest

from kiosk.cases import needs
from kiosk.cases.model import Wish
from kiosk.cases.notice import Notice
from kiosk.catalogue.kinds import ResultDelivery
from kiosk.events.touches import Chosen, Pressed, TimedOut, Typed
from kiosk.journeys import JOURNEYS
from kiosk.journeys.apply import APPLY as JOURNEY
from kiosk.journeys.apply_model import as_handed_in, draft_code, ways_to_get_it
from kiosk.journeys.guide import GUIDE, GuideAnswers
from kiosk.journeys.home import HOME
from kiosk.journeys.model import Move, advance
from kiosk.texts import msg
from kiosk.views.choose import ChooseView
from kiosk.views.guides import GuideView
from kiosk.views.told import MessageView, ReviewView
from tests.applying import (
    ASKED,
    CODE,
    DRAFT,
    FILLED,
    FOOD,
    HYGIENE,
    KNOWN,
    RESTAURANT,
    SHEET,
    TOGETHER,
    TRADER,
    WHOLE,
    hall,
    offers,
    published,
    without,
)
from tests.walk import END, at, draw, walk
from tests.worlds import OUYANG, catalogue

HALL = hall()
GROUP = offers().by_id[TRADER].group
BEGIN = at(JOURNEY, "begin")
THREE = ((Chosen("has"), "question_even"), (Chosen("one"), "question"))


def options(position: object, here: object = HALL) -> dict[str, object]:
    """The options of a page, by key."""
    view = draw(position, here)  # type: ignore[arg-type]
    assert isinstance(view, ChooseView)
    return {option.key: option for option in view.options}


# --- choose ---------------------------------------------------------------------------------------------------


def test_from_the_home_screen_by_kind_to_the_card() -> None:
    walk(
        at(HOME, "home"),
        (Chosen("apply"), "apply.begin"),
        (Chosen(GROUP), "shelf"),
        (Chosen(TRADER), "question"),
        *THREE,
        (Chosen("yes"), "card"),
        world=HALL,
    )


def test_by_goal_and_by_search() -> None:
    walk(BEGIN, (Pressed("by_package"), "begin"), (Chosen(RESTAURANT), "package"), world=HALL)
    search = walk(BEGIN, (Pressed("search"), "search"), (Typed("k"), "search"), (Typed("kfd"), "search"), world=HALL)
    walk(search, (Chosen(FOOD), "question"), world=HALL)
    walk(search, (Chosen(f"package:{RESTAURANT}"), "package"), world=HALL)


def test_what_cannot_be_applied_for_here_says_so() -> None:
    shelf = at(JOURNEY, "shelf", looking=GuideAnswers(shelf=offers().by_id[FOOD].group))
    window = options(shelf)["food-change"]
    assert not window.available  # type: ignore[attr-defined]
    assert "at a window" in str(window.reason)  # type: ignore[attr-defined]
    blind = without("document_scanner", "document_camera")
    assert not any(option.available for option in options(shelf, blind).values())  # type: ignore[attr-defined]
    goals = at(JOURNEY, "begin", looking=GuideAnswers(tab="by_package"))
    assert not options(goals, blind)[RESTAURANT].available  # type: ignore[attr-defined]
    assert options(goals)[RESTAURANT].available  # type: ignore[attr-defined]


def test_from_the_guides() -> None:
    guide = at(GUIDE, "guide", item=TRADER)
    view = draw(guide, HALL)
    assert isinstance(view, GuideView)
    assert [action.label for action in view.actions if action.main] == [msg("Apply for this here")]
    walk(guide, (Pressed("apply"), "apply.question"), world=HALL)
    package = at(GUIDE, "package", package=RESTAURANT)
    walk(package, (Pressed("apply"), "apply.package"), world=HALL)
    only_window = draw(at(GUIDE, "guide", item="food-change"), HALL)
    assert isinstance(only_window, GuideView)
    assert [action.label for action in only_window.actions if action.main] == [msg("Take a number for this")]


# --- packages and questions -------------------------------------------------------------------------------------


def test_of_a_package_what_applies_to_all_is_chosen_and_can_be_changed() -> None:
    package = walk(BEGIN, (Pressed("by_package"), "begin"), (Chosen(RESTAURANT), "package"), world=HALL)
    assert package.answers.case.items == (TRADER, FOOD)
    more = walk(package, (Chosen(HYGIENE), "package"), (Chosen(TRADER), "package"), world=HALL)
    assert more.answers.case.items == (FOOD, HYGIENE)
    back = walk(more, (Chosen(TRADER), "package"), world=HALL)
    assert back.answers.case.items == (TRADER, FOOD, HYGIENE), "in the package's order"
    none = walk(
        package, (Chosen(TRADER), "package"), (Chosen(FOOD), "package"), (Pressed("next"), "package"), world=HALL
    )
    view = draw(none, HALL)
    assert isinstance(view, ChooseView)
    assert not view.actions[0].available


def test_the_same_question_of_several_items_is_asked_once() -> None:
    package = walk(BEGIN, (Pressed("by_package"), "begin"), (Chosen(RESTAURANT), "package"), world=HALL)
    end = walk(
        package, (Pressed("next"), "question"), *THREE, (Chosen("yes"), "question_even"), (Chosen("yes"), "question"),
        (Chosen("no"), "card"), world=HALL,
    )  # fmt: skip
    assert list(end.answers.case.eligible) == ["place", "owner", "name", "cooks", "staff"]
    assert end.answers.case.variants == {TRADER: "single"}


def test_not_eligible_is_told_with_what_to_do_and_somebody_to_go_to() -> None:
    out = walk(at(JOURNEY, "question", case=ASKED), (Chosen("none"), "out"), world=HALL)
    view = draw(out, HALL)
    assert isinstance(view, MessageView)
    assert "先找好场所再来。" in str(view.explain)
    assert [action.event for action in view.actions if action.main] == [Pressed("ticket")]
    walk(out, (Pressed("ticket"), "ticket.card"), world=HALL)
    walk(out, (Pressed("guide"), "guide.guide"), world=HALL)
    fresh = walk(out, (Pressed("choose"), "begin"), world=HALL)
    assert fresh.answers.case.items == ()


def test_an_item_of_a_package_that_is_not_for_this_person_is_left_out() -> None:
    case = replace(TOGETHER, eligible={"place": "has", "owner": "one", "name": "yes"}, identity=None)
    out = walk(at(JOURNEY, "question_even", case=case), (Chosen("no"), "out"), world=HALL)
    assert out.answers.out == (FOOD,)
    rest = walk(out, (Pressed("without"), "card"), world=HALL)
    assert rest.answers.case.items == (TRADER,)
    all_out = walk(at(JOURNEY, "question", case=replace(case, eligible={})), (Chosen("none"), "out"), world=HALL)
    assert all_out.answers.out == (TRADER, FOOD)
    walk(all_out, (Pressed("guide"), "guide.guide"), world=HALL)


def test_a_reply_that_nobody_offered_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="no question"):
        walk(at(JOURNEY, "question", case=ASKED), (Chosen("maybe"), "out"), world=HALL)


# --- the hub ---------------------------------------------------------------------------------------------------------


def test_the_next_missing_thing_is_the_main_button() -> None:
    hub = at(JOURNEY, "hub", case=replace(KNOWN, fields={}))
    seen = []
    for case in (replace(KNOWN, fields={}), replace(FILLED, sheets={}), FILLED, WHOLE):
        view = draw(at(JOURNEY, "hub", case=case), HALL)
        assert isinstance(view, ChooseView)
        seen += [action.label.id for action in view.actions if action.main]  # type: ignore[union-attr]
    assert seen == ["Fill in my details", "Hand in the next paper", "Choose how it comes", "Look once more and sign"]
    walk(hub, (Pressed("next"), "form"), world=HALL)
    walk(at(JOURNEY, "hub", case=replace(FILLED, sheets={})), (Pressed("next"), "material"), world=HALL)
    walk(at(JOURNEY, "hub", case=FILLED), (Pressed("next"), "delivery"), world=HALL)
    walk(at(JOURNEY, "hub", case=WHOLE), (Pressed("review"), "review"), world=HALL)
    walk(at(JOURNEY, "hub", case=WHOLE), (Pressed("next"), "review"), world=HALL)


def test_the_page_says_what_is_kept_of_it_when_somebody_leaves() -> None:
    """Whoever walks away is forgotten; a draft is kept for those alone who ask for it."""
    kept = Notice(TRADER, needs.missing(WHOLE, HALL.catalogue, HALL.now.date()), kept_here=True)
    for known, words in (
        ({"case": WHOLE}, "nothing of this is kept"),
        ({"case": replace(WHOLE, draft=CODE)}, "since you last kept it"),
        ({"case": WHOLE, "notice": kept}, "since you last kept it"),
    ):
        view = draw(at(JOURNEY, "hub", **known), HALL)
        assert isinstance(view, ChooseView)
        assert words in view.note.id  # type: ignore[union-attr]
        assert "Keep it for later" in str(view.actions)


def test_each_material_says_how_it_stands() -> None:
    states = {key: str(option.detail) for key, option in options(at(JOURNEY, "hub", case=TOGETHER)).items()}  # type: ignore[attr-defined]
    assert "handed in, {n} page" in states["material:lease"]
    assert "already on file" in states["material:plan"]
    assert "only if it applies" in states["material:letter"]
    assert "material:kin" not in states, "only for another variant"
    assert "still missing" in str(options(at(JOURNEY, "hub", case=KNOWN))["material:lease"].detail)  # type: ignore[attr-defined]


def test_every_part_can_be_opened() -> None:
    hub = at(JOURNEY, "hub", case=WHOLE)
    walk(hub, (Chosen("details"), "details"), (Chosen("applicant-phone"), "form"), world=HALL)
    walk(hub, (Chosen("details"), "details"), (Pressed("hub"), "hub"), world=HALL)
    walk(at(JOURNEY, "hub", case=replace(WHOLE, fields={})), (Chosen("details"), "form"), world=HALL)
    lease = advance(JOURNEYS, hub, Chosen("material:lease"), HALL)
    assert isinstance(lease, Move)
    assert (lease.position.step[:8], lease.position.answers.handing.material) == ("material", "lease")
    walk(hub, (Chosen("delivery"), "delivery"), (Chosen("window"), "hub"), world=HALL)
    again = walk(hub, (Chosen("questions"), "question"), *THREE, (Chosen("yes"), "hub"), world=HALL)
    assert again.answers.case.fields == WHOLE.fields, "answers to the questions change nothing else"


def test_what_is_on_file_need_not_be_handed_in_but_can_be() -> None:
    filed = walk(at(JOURNEY, "hub", case=TOGETHER), (Chosen("material:plan"), "on_file"), world=HALL)
    walk(filed, (Pressed("hub"), "hub"), world=HALL)
    walk(filed, (Pressed("newer"), "material"), world=HALL)
    newer = replace(TOGETHER, sheets={**TOGETHER.sheets, "plan": (SHEET,)})
    again = advance(JOURNEYS, at(JOURNEY, "hub", case=newer), Chosen("material:plan"), HALL)
    assert isinstance(again, Move)
    assert again.position.answers.handing.material == "plan"


def test_a_material_that_is_not_asked_for_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="does not ask"):
        walk(at(JOURNEY, "hub", case=WHOLE), (Chosen("material:kin"), "material"), world=HALL)


def test_numbers_that_identify_are_shown_by_their_end() -> None:
    details = options(at(JOURNEY, "details", case=WHOLE))
    assert WHOLE.fields["applicant-number"] not in str(details)
    assert "0020" in str(details["applicant-number"])
    assert "left empty" in str(options(at(JOURNEY, "details", case=replace(WHOLE, fields={}))))


# --- delivery ----------------------------------------------------------------------------------------------------------


def test_only_what_every_item_offers() -> None:
    assert set(options(at(JOURNEY, "delivery", case=FILLED))) == {"window", "post"}
    apart = {TRADER: (ResultDelivery.POST,), FOOD: (ResultDelivery.ELECTRONIC,)}
    items = tuple(this.model_copy(update={"delivery": apart.get(this.id, this.delivery)}) for this in offers().items)
    other = published(items, offers().packages)
    assert ways_to_get_it(TOGETHER, other) == (ResultDelivery.WINDOW,), "one window hands out everything"


def test_the_post_needs_to_know_where() -> None:
    homeless = replace(FILLED, identity=replace(FILLED.identity, card=replace(OUYANG, address=None)))  # type: ignore[type-var]
    asked = walk(at(JOURNEY, "delivery", case=homeless), (Chosen("post"), "form"), world=HALL)
    assert asked.answers.case.wish == Wish(ResultDelivery.POST)
    assert asked.answers.filling.field == "delivery-address", "name and telephone are known"
    posted = replace(homeless, wish=Wish(ResultDelivery.POST))
    hub = at(JOURNEY, "hub", case=replace(posted, fields={**posted.fields, "delivery-recipient": "欧阳秀英"}))
    assert "address is still missing" in str(options(hub)["delivery"].detail)  # type: ignore[attr-defined]
    assert "Write where to post it" in str(draw(hub, HALL))
    walk(hub, (Pressed("next"), "form"), world=HALL)


def test_an_address_that_is_known_is_looked_at_before_it_is_used() -> None:
    where = walk(at(JOURNEY, "delivery", case=FILLED), (Chosen("post"), "where"), world=HALL)
    assert "小谷围街某路1号" in str(draw(where, HALL))
    changed = advance(JOURNEYS, where, Chosen("delivery-phone"), HALL)
    assert isinstance(changed, Move)
    assert changed.position.answers.filling.field == "delivery-phone"
    walk(where, (Chosen("delivery-address"), "form"), world=HALL)
    hub = walk(where, (Pressed("hub"), "hub"), (Pressed("next"), "review"), world=HALL)
    assert "delivery-address" not in options(at(JOURNEY, "details", case=hub.answers.case))
    review = draw(hub, HALL)
    assert isinstance(review, ReviewView)
    assert "小谷围街某路1号" in str(review.rows)
    sent = as_handed_in(hub.answers.case)
    assert sent.wish == Wish(ResultDelivery.POST, "欧阳秀英", str(OUYANG.address), "13800000000")
    assert not [name for name in sent.fields if name.startswith("delivery-")]


def test_the_number_of_the_card_is_masked_where_others_may_look() -> None:
    number = OUYANG.number
    for step in ("review", "details"):
        seen = str(draw(at(JOURNEY, step, case=WHOLE), HALL))
        assert (number in seen, number[-4:] in seen) == (False, True), step


def test_the_telephone_that_was_typed_is_not_asked_for_again() -> None:
    typed = replace(
        FILLED,
        identity=replace(FILLED.identity, record=None),
        fields={**FILLED.fields, "applicant-phone": "13900000001"},
    )  # type: ignore[type-var]
    where = walk(at(JOURNEY, "delivery", case=typed), (Chosen("post"), "where"), world=HALL)
    assert "13900000001" in str(draw(where, HALL))


def test_an_address_is_told_for_the_post_only() -> None:
    changed_mind = replace(WHOLE, fields={**WHOLE.fields, "delivery-address": "某路1号"})
    sent = as_handed_in(changed_mind)
    assert "delivery-address" not in sent.fields
    assert sent.wish == Wish(ResultDelivery.WINDOW)


# --- the review ----------------------------------------------------------------------------------------------------------


def test_the_review_of_a_package_says_which_item_takes_what() -> None:
    view = draw(at(JOURNEY, "review", case=TOGETHER), HALL)
    assert isinstance(view, ReviewView)
    rows = {str(label): str(value) for label, value in view.rows}
    assert "for all of them" in rows[str(offers().by_id[TRADER].materials[0].name)]
    plan = rows[str(offers().by_id[FOOD].materials[1].name)]
    assert catalogue().by_id[FOOD].title.root["en"] in plan
    assert "With these items" in str(view.rows)
    assert "440113195803050020" not in str(view.rows)
    assert ("欧***" in str(view.rows), str(OUYANG.name) in str(view.rows)) == (True, False)


# --- everywhere ------------------------------------------------------------------------------------------------------------


def test_what_a_code_is() -> None:
    assert draft_code(" k7mp-4xrw ") == draft_code("K7MP 4XRW") == "K7MP4XRW"
    for text in ("", "K7MP4XR", "K7MP4XRWW", "K7MP4XR0", "https://approval.example/c/abc", "😀" * 8, "K" * 10_000):
        assert draft_code(text) == ""


def test_nothing_personal_in_a_repr() -> None:
    shown = repr(at(JOURNEY, "hub", case=WHOLE)) + repr(JOURNEY.answers(case=WHOLE, code=DRAFT.code))
    assert "欧阳" not in shown
    assert "13800000000" not in shown


def test_idle_ends_the_visit_wherever_nothing_is_being_done_for_good() -> None:
    here = ("begin", "shelf", "search", "package", "question", "question_even", "out", "hub", "on_file", "details", "delivery", "where", "review", "sign", "consent", "notice")  # fmt: skip
    looking = GuideAnswers(shelf=GROUP)
    for step in here:
        case = ASKED if step.startswith("question") else TOGETHER
        walk(
            at(JOURNEY, step, case=case, looking=looking, out=(TRADER,), material="plan"), (TimedOut(), END), world=HALL
        )
