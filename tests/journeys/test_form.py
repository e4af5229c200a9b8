"""The form as a sub-flow: every field of every item asked once, errors at the field, Back without loss, places, edits."""

from dataclasses import dataclass, field, replace

import pytest

from kiosk import journeys
from kiosk.cases.model import CaseInHand, Filling, HandingIn
from kiosk.cases.needs import fields_of, missing
from kiosk.events.model import Event
from kiosk.events.touches import BackPressed, Chosen, Pressed, Typed, Woken
from kiosk.journeys import home
from kiosk.journeys.form import begin_form, edit_field, form_steps
from kiosk.journeys.model import Goto, Journey, Position, Step, advance
from kiosk.views.choose import ChooseView
from kiosk.views.fields import FieldKind, FieldView
from kiosk.views.parts import Tone
from kiosk.views.told import MessageView
from tests.cases.people import KNOWN, TODAY, answer, in_hand
from tests.test_runner import Kiosk
from tests.worlds import STATION, catalogue, world

HERE = "440113011"
HALL = world(station=replace(STATION, place=HERE))
STREET = "广东省广州市番禺区小谷围街道"


@dataclass(frozen=True)
class Answers:
    """What a journey with a form knows."""

    case: CaseInHand = field(default_factory=CaseInHand)
    filling: Filling | None = None
    handing: HandingIn | None = None


REVIEW = Step(lambda _answers, _world: MessageView(Tone.PLAIN, "review"), {})
APPLY = Journey("apply-form", Answers, {**form_steps("review"), "review": REVIEW})
TABLE = {"apply-form": APPLY}


class Filler:
    """Somebody who fills in a form, with the engine and without a screen."""

    def __init__(self, case: CaseInHand, goto: Goto | None = None) -> None:
        self.go(goto or begin_form(Answers(case), HALL))

    def go(self, goto: Goto) -> None:
        self.at = Position("apply-form", goto.step, goto.answers)

    def do(self, *events: Event) -> "Filler":
        for event in events:
            move = advance(TABLE, self.at, event, HALL)
            assert not isinstance(move, type(None))
            self.at = move.position  # type: ignore[union-attr]
        return self

    def back(self) -> bool:
        """Back within the form; False where it leads out of it."""
        answers = form_steps("review")["form"].back(self.at.answers)
        if answers is not None:
            self.at = replace(self.at, answers=answers)
        return answers is not None

    @property
    def filling(self) -> Filling:
        assert self.at.answers.filling is not None
        return self.at.answers.filling

    @property
    def view(self) -> object:
        return APPLY.steps[self.at.step].view(self.at.answers, HALL)

    @property
    def case(self) -> CaseInHand:
        return self.at.answers.case

    def field(self) -> object:
        return next(n.field for n in fields_of(self.case, catalogue()) if n.field.id == self.filling.field)

    def say(self, text: str = "") -> None:
        """Answer what is on the screen."""
        view = self.view
        if isinstance(view, ChooseView) and view.short:
            self.do(Chosen(HERE))
            self.do(Typed("某路 1 号"), Pressed("next"))
        elif isinstance(view, ChooseView):
            self.do(Chosen(text or view.options[0].key))
        else:
            self.do(Typed(text or answer(self.field())), Pressed("next"))  # type: ignore[arg-type]

    def until(self, name: str) -> "Filler":
        while self.filling.field != name:
            self.say()
        return self


def somebody(item: str, **more: object) -> CaseInHand:
    return in_hand(catalogue(), item, **more)


# --- the whole way -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("item", sorted(catalogue().by_id))
@pytest.mark.parametrize("reply", ["first", "last"])
def test_every_item_is_filled_in_one_decision_at_a_time(item: str, reply: str) -> None:
    replies = {q.id: [r for r in q.replies if r.leads == "on"] for q in catalogue().by_id[item].form.questions}
    chosen = {name: (each[0] if reply == "first" else each[-1]).id for name, each in replies.items()}
    filler, asked = Filler(somebody(item, eligible=chosen)), []
    while filler.at.step == "form":
        asked.append(filler.filling.field)
        filler.say()
        assert len(asked) < 60
    assert len(asked) == len(set(asked))
    assert filler.at.answers.filling is None
    assert not missing(filler.case, catalogue(), TODAY).fields
    assert "applicant-name" not in asked


def test_a_package_asks_each_field_once() -> None:
    filler, asked = Filler(in_hand(catalogue(), "sole-trader-open", "food-new", "hygiene-new")), []
    while filler.at.step == "form":
        asked.append(filler.filling.field)
        filler.say()
    assert len(asked) == len(set(asked))
    assert not {"business-name", "premises-right", "acting-as", "applicant-address"} & set(asked)


def test_what_is_known_is_not_asked_but_can_be_changed() -> None:
    filler = Filler(replace(somebody("food-change"), identity=KNOWN))
    assert "applicant-phone" not in (filler.filling.field, *filler.filling.still)
    while filler.at.step == "form":
        filler.say()
    filler.go(edit_field(filler.at.answers, "applicant-phone"))
    assert isinstance(filler.view, FieldView)
    assert filler.view.text == "13800000000"
    assert filler.view.progress == ""
    filler.do(Typed("13900000000"), Pressed("next"))
    assert (filler.at.step, filler.case.fields["applicant-phone"]) == ("review", "13900000000")


def test_an_edit_that_brings_further_fields_asks_them() -> None:
    filler = Filler(somebody("company-open"))
    while filler.at.step == "form":
        filler.say()
    assert "term-years" not in filler.case.fields
    filler.go(edit_field(filler.at.answers, "term"))
    filler.do(Chosen("years"))
    assert filler.filling.field == "term-years"
    filler.do(Typed("20"), Pressed("next"))
    assert filler.at.step == "review"
    filler.go(edit_field(filler.at.answers, "term"))
    filler.do(Chosen("long"))
    assert (filler.at.step, "term-years" in filler.case.fields) == ("review", False)


def test_nothing_to_ask_is_said() -> None:
    filler = Filler(somebody("food-replace"))
    while filler.at.step == "form":
        filler.say()
    filler.go(begin_form(Answers(filler.case), HALL))
    assert isinstance(filler.view, MessageView)
    assert filler.do(Pressed("next")).at.step == "review"
    assert filler.at.answers.filling is None


# --- one field ---------------------------------------------------------------------------------------------------


def test_an_error_is_said_at_the_field_and_goes_when_it_is_changed() -> None:
    filler = Filler(somebody("sole-trader-open")).until("applicant-phone")
    filler.do(Typed("61234567"), Pressed("next"))
    assert isinstance(filler.view, FieldView)
    assert "area code" in filler.view.error.id  # type: ignore[union-attr]
    assert filler.view.text == "61234567"
    filler.do(Typed("85261234567"))
    assert filler.view.error == ""  # type: ignore[attr-defined]
    filler.do(Pressed("next"))
    assert filler.case.fields["applicant-phone"] == "85261234567"


@pytest.mark.parametrize("text", ["", "😀", "\x07", "名" * 10_000])
def test_bad_words_stay_at_the_field(text: str) -> None:
    filler = Filler(somebody("name-declare")).until("wanted-name")
    filler.do(Typed(text))
    assert len(filler.filling.text) <= 60
    assert bool(filler.filling.error) == (len(text) > 60)
    if len(text) <= 60:
        filler.do(Pressed("next"))
        assert (filler.filling.field, bool(filler.filling.error)) == ("wanted-name", True)


def test_what_is_optional_can_be_skipped_and_is_not_asked_again() -> None:
    filler = Filler(somebody("name-declare")).until("second-name")
    assert {action.event for action in filler.view.actions} == {Pressed("next"), Pressed("skip")}  # type: ignore[attr-defined]
    filler.do(Typed("不要了"), Pressed("skip"))
    assert filler.case.fields["second-name"] == ""
    assert filler.filling.field == "business-scope"


def test_days_are_typed_as_digits_and_kept_as_iso() -> None:
    filler = Filler(somebody("food-cancel")).until("stop-date")
    assert isinstance(filler.view, FieldView)
    assert (filler.view.kind, filler.view.longest) == (FieldKind.DATE, 8)
    filler.do(Typed("20261130"), Pressed("next"))
    assert filler.case.fields["stop-date"] == "2026-11-30"
    filler.go(edit_field(filler.at.answers, "stop-date"))
    assert filler.view.text == "20261130"  # type: ignore[attr-defined]


def test_an_answer_made_wrong_by_another_is_asked_again() -> None:
    filler = Filler(somebody("cooperative-open")).until("member-count")
    filler.say("10")
    filler.say("9")
    while filler.at.step == "form":
        filler.say()
    filler.go(edit_field(filler.at.answers, "member-count"))
    filler.do(Typed("6"), Pressed("next"))
    assert filler.filling.field == "farmer-count"
    assert filler.view.text == "9"  # type: ignore[attr-defined]
    filler.do(Typed("5"), Pressed("next"))
    assert filler.at.step == "review"


# --- back --------------------------------------------------------------------------------------------------------


def test_back_goes_one_field_back_and_nothing_is_lost() -> None:
    filler = Filler(somebody("name-declare"))
    first = filler.filling.field
    filler.say()
    second = filler.filling.field
    filler.say("想好的名字")
    third = filler.filling.field
    filler.do(Typed("写了一半"))
    assert filler.back()
    assert (filler.filling.field, filler.view.text) == (second, "想好的名字")  # type: ignore[attr-defined]
    assert filler.back()
    assert filler.filling.field == first
    assert not filler.back()
    filler.do(Pressed("next"), Pressed("next"))
    assert (filler.filling.field, filler.view.text) == (third, "写了一半")  # type: ignore[attr-defined]


def test_a_field_that_an_earlier_answer_takes_away_is_not_asked() -> None:
    filler = Filler(somebody("company-open")).until("term")
    filler.do(Chosen("years"))
    assert filler.filling.field == "term-years"
    filler.back()
    filler.do(Chosen("long"))
    assert "term-years" not in (filler.filling.field, *filler.filling.still)


def test_progress_counts_what_was_and_what_will_be_asked() -> None:
    filler = Filler(somebody("name-declare"))
    count = 1 + len(filler.filling.still)
    for number in range(1, count + 1):
        assert filler.view.progress.mapping == {"n": number, "count": count}  # type: ignore[attr-defined]
        filler.say()
    assert filler.at.step == "review"


# --- addresses ---------------------------------------------------------------------------------------------------


def address() -> Filler:
    return Filler(somebody("sole-trader-open")).until("premises-address")


def test_an_address_is_picked_level_by_level_and_its_rest_written() -> None:
    filler = address()
    assert isinstance(filler.view, ChooseView)
    assert [option.key for option in filler.view.options[:3]] == [HERE, "44", "11"]
    filler.do(Chosen("44"), Chosen("4401"), Chosen("440113"))
    assert [option.title for option in filler.view.options[:2]] == ["小谷围街道", "市桥街道"]
    filler.do(Chosen("440113012"))
    assert isinstance(filler.view, FieldView)
    given = filler.view.given
    filler.do(Pressed("next"))
    assert filler.filling.error, "the house is missing"
    filler.do(Typed("某路 1 号"), Pressed("next"))
    assert filler.case.fields["premises-address"] == f"{given}某路 1 号"


def test_the_halls_own_street_is_one_touch_away() -> None:
    filler = address().do(Chosen(HERE), Typed("外环西路 230 号"), Pressed("next"))
    assert filler.case.fields["premises-address"] == STREET + "外环西路 230 号"


@pytest.mark.parametrize("path", [("11", "110101", "110101001"), ("44", "4419", "441900003"), ("81", "8101")])
def test_levels_that_are_none_are_passed_over(path: tuple[str, ...]) -> None:
    filler = address()
    for code in path:
        assert code in {option.key for option in filler.view.options}  # type: ignore[attr-defined]
        filler.do(Chosen(code))


def test_back_goes_a_level_up_and_then_to_the_field_before() -> None:
    filler = address()
    before = filler.filling.done[-1]
    filler.do(Chosen("44"), Chosen("4401"), Chosen("440113"), Chosen("440113012"), Typed("某路"))
    for level in ("440113", "4401", "44", ""):
        assert filler.back()
        assert (filler.filling.place, filler.filling.picking) == (level, True)
    filler.back()
    assert filler.filling.field == before


def test_an_address_abroad_can_be_written_and_a_known_one_picked_anew() -> None:
    filler = address().do(Pressed("write"), Typed("1 Example Street, Utopia"), Pressed("next"))
    assert filler.case.fields["premises-address"] == "1 Example Street, Utopia"
    filler.go(edit_field(filler.at.answers, "premises-address"))
    assert filler.view.text == "1 Example Street, Utopia"  # type: ignore[attr-defined]
    filler.do(Pressed("pick"), Chosen(HERE))
    assert filler.view.given == STREET  # type: ignore[attr-defined]


# --- on the runner -----------------------------------------------------------------------------------------------


def with_form(case: CaseInHand) -> Kiosk:
    """A kiosk whose home screen leads into a form."""
    start = replace(home.HOME.steps["home"], on={Chosen: lambda _a, _e, here: into(begin_form(Answers(case), here))})
    table = {**{name: journeys.JOURNEYS[name] for name in ("home", "guide", "ticket")}, **TABLE}
    table["home"] = replace(home.HOME, steps={**home.HOME.steps, "home": start})
    kiosk = Kiosk()
    kiosk.start(HALL)
    kiosk.runner._journeys = table
    return kiosk


def into(goto: Goto) -> Goto:
    return replace(goto, step=f"apply-form.{goto.step}")


def test_back_on_the_machine() -> None:
    kiosk = with_form(somebody("name-declare"))
    kiosk.do(Woken(), Chosen("apply"), Typed("13800000000"), Pressed("next"), Typed("某名"))
    assert kiosk.chrome.can_back
    kiosk.do(BackPressed())
    assert kiosk.view.text == "13800000000"  # type: ignore[attr-defined]
    kiosk.do(Pressed("next"))
    assert kiosk.view.text == "某名"  # type: ignore[attr-defined]
    kiosk.do(BackPressed(), BackPressed())
    assert kiosk.runner.position.journey == "home"


def test_nothing_of_a_form_is_in_a_repr() -> None:
    filler = Filler(somebody("name-declare")).do(Typed("13800000000"))
    assert "138" not in repr(filler.at) + repr(filler.filling) + repr(filler.case) + repr(filler.view)
