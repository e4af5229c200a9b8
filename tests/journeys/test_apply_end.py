"""Apply: the notice and keeping it for later; sign, hand in exactly once, and every way it can end."""

from dataclasses import replace
from datetime import date

import pytest

from kiosk.cases.consent import STATEMENT
from kiosk.effects.cases import SaveDraft, SubmitCase
from kiosk.effects.prints import PrinterName
from kiosk.effects.results import PrintNotice, PrintReceipt
from kiosk.errors import Fault
from kiosk.events.cases import CaseKept, CaseReceived, CaseSetAside, DraftKept, DraftSaved, NotKept
from kiosk.events.centre import CentreAway, CentreSaidNo
from kiosk.events.prints import PrintedOut, PrintFailed, PrintSent, SlipTaken
from kiosk.events.signing import Signed
from kiosk.events.touches import Confirmed, Pressed, TimedOut
from kiosk.journeys import JOURNEYS
from kiosk.journeys.apply import APPLY as JOURNEY
from kiosk.journeys.apply_end import rate
from kiosk.journeys.apply_model import ApplyAnswers, Paper, Standing
from kiosk.journeys.model import Move, Position, advance
from kiosk.views.parts import Tone
from kiosk.views.signing import SignView
from kiosk.views.told import MessageView, ReviewView
from tests.applying import CODE, FILLED, SIGNATURE, WHOLE, CaseState, hall, receipt, without
from tests.walk import END, at, draw, effects, walk

HALL = hall()
NO_PRINTER = without("ticket_printer", "a4_printer")
A4_ONLY = without("ticket_printer")
HALF = replace(FILLED, sheets={})
SIGNED = replace(WHOLE, strokes=SIGNATURE)
SUBMITTING = at(JOURNEY, "submitting", case=SIGNED, key="key-1")
RECEIVED, ACCEPTED = CaseReceived(receipt()), CaseReceived(receipt(CaseState.ACCEPTED))
NUMBER = "20261124 00012 3"


def message(position: Position, here: object = HALL) -> MessageView:
    """The message of a position."""
    view = draw(position, here)  # type: ignore[arg-type]
    assert isinstance(view, MessageView)
    return view


def expects(position: Position, event: object) -> bool:
    """Whether a step knows an event."""
    return advance(JOURNEYS, position, event, HALL) is not None  # type: ignore[arg-type]


# --- the notice ----------------------------------------------------------------------------------------------------------


def test_what_is_missing_is_told_completely_once() -> None:
    view = draw(at(JOURNEY, "notice", case=replace(HALF, fields={})), HALL)
    assert isinstance(view, ReviewView)
    said = str(view.rows)
    assert all(name in said for name in ("applicant-name", "applicant-number", "applicant-phone", "paper lease"))
    assert "paper letter" not in said, "that is not required"
    walk(at(JOURNEY, "notice", case=HALF), (Pressed("hub"), "hub"), world=HALL)
    nothing = draw(at(JOURNEY, "notice", case=WHOLE), HALL)
    assert "Nothing is missing" in str(nothing)


def test_it_is_kept_printed_and_gone_on_with() -> None:
    saving = walk(
        at(JOURNEY, "hub", case=HALF), (Pressed("notice"), "notice"), (Confirmed("key-7"), "saving"), world=HALL
    )
    assert effects(saving) == (SaveDraft(replace(HALF, saving=("key-7",)), "key-7"),)
    printing = walk(saving, (DraftSaved(CODE, "2026-12-24"), "notice_printing"), world=HALL)
    asked = effects(printing)[0]
    assert isinstance(asked, PrintNotice)
    assert (asked.printer, asked.notice.code, asked.notice.until) == (PrinterName.TICKET, CODE, date(2026, 12, 24))
    assert [need.material.id for need in asked.notice.missing.materials] == ["lease"]
    kept = walk(printing, (PrintedOut(), "draft_kept"), (SlipTaken(), "draft_kept"), world=HALL)
    view = message(kept)
    assert (view.big, view.qr and view.qr.data) == ("K7MP 4XRW", CODE)
    assert kept.answers.paper is Paper.TAKEN
    back = walk(kept, (Pressed("hub"), "hub"), world=HALL)
    assert back.answers.case.draft == CODE
    walk(kept, (Pressed("finish"), END), world=HALL)


@pytest.mark.parametrize(("event", "paper"), [(PrintSent(), Paper.SENT), (PrintFailed(Fault.PAPER_JAM), Paper.FAILED), (TimedOut(), Paper.SENT)])  # fmt: skip
def test_a_notice_whose_paper_is_not_there(event: object, paper: Paper) -> None:
    printing = walk(at(JOURNEY, "saving", case=HALF, key="k", notice=_notice()), (DraftSaved(CODE, "2026-12-24"), "notice_printing"), world=HALL)  # fmt: skip
    kept = walk(printing, (event, "draft_kept"), world=HALL)  # type: ignore[arg-type]
    assert kept.answers.paper is paper
    assert "take your paper" not in str(message(kept).big_note)
    walk(kept, (Pressed("print"), "notice_printing"), world=HALL)


def _notice() -> object:
    saving = walk(at(JOURNEY, "notice", case=HALF), (Confirmed("k"), "saving"), world=HALL)
    return saving.answers.notice


def test_without_a_printer_the_code_is_on_the_screen() -> None:
    saving = walk(at(JOURNEY, "notice", case=HALF), (Confirmed("k"), "saving"), world=NO_PRINTER)
    kept = walk(saving, (DraftSaved(CODE, "2026-12-24"), "draft_kept"), world=NO_PRINTER)
    view = message(kept, NO_PRINTER)
    assert "photograph" in str(view.big_note)
    assert Pressed("print") not in [action.event for action in view.actions]


@pytest.mark.parametrize("event", [CentreAway(), CentreSaidNo("x"), TimedOut()])
def test_what_cannot_be_kept_is_said_and_can_be_tried_again(event: object) -> None:
    unkept = walk(at(JOURNEY, "saving", case=HALF, key="k", notice=_notice()), (event, "draft_unkept"), world=HALL)  # type: ignore[arg-type]
    assert "could not be kept" in str(message(unkept).title)
    again = walk(unkept, (Pressed("again"), "saving"), world=HALL)
    assert effects(again) == (SaveDraft(HALF, "k"),)
    paper = walk(unkept, (Pressed("print"), "notice_printing"), (PrintedOut(), "draft_unkept"), world=HALL)
    assert "take your paper" in str(message(paper).steps)
    walk(unkept, (Pressed("hub"), "hub"), world=HALL)


def test_without_the_centre_it_is_kept_here_and_said_so() -> None:
    saving = at(JOURNEY, "saving", case=HALF, key="k", notice=_notice())
    kept = walk(
        saving, (DraftKept(), "saving"), (CentreAway(), "notice_printing"), (PrintedOut(), "draft_kept"), world=HALL
    )
    view = message(kept)
    assert (view.tone, view.big, view.qr) == (Tone.NOTE, "", None), "it has no code yet"
    assert "kept here" in str(view.title)
    alone = walk(saving, (DraftKept(), "saving"), (CentreAway(), "draft_kept"), world=NO_PRINTER)
    assert "photograph" in str(message(alone, NO_PRINTER).steps)
    move = advance(JOURNEYS, saving, DraftKept(), HALL)
    assert isinstance(move, Move)
    assert move.effects == (), "it is not saved twice"


def test_a_case_remembers_every_saving_until_it_is_handed_in() -> None:
    """Also one whose end is not known: what comes of it later must not be gone on with."""
    there = at(JOURNEY, "notice", case=WHOLE)
    for key, event in (("one", CentreAway()), ("two", TimedOut())):
        unkept = walk(there, (Confirmed(key), "saving"), (event, "draft_unkept"), world=HALL)
        there = at(JOURNEY, "notice", case=unkept.answers.case)
    assert unkept.answers.case.saving == ("one", "two")
    assert walk(unkept, (Pressed("hub"), "hub"), world=HALL).answers.case.saving == ("one", "two")


def test_a_page_without_its_notice_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="notice"):
        draw(at(JOURNEY, "draft_kept"), HALL)


# --- sign ------------------------------------------------------------------------------------------------------------------


def test_sign_and_hand_in() -> None:
    sign = walk(at(JOURNEY, "review", case=WHOLE), (Pressed("sign"), "sign"), (Signed(SIGNATURE), "sign"), world=HALL)
    view = draw(sign, HALL)
    assert isinstance(view, SignView)
    assert (view.statement, view.strokes) == (STATEMENT, SIGNATURE)
    submitting = walk(sign, (Confirmed("key-1"), "submitting"), world=HALL)
    asked = effects(submitting)[0]
    assert isinstance(asked, SubmitCase)
    assert (asked.key, asked.case.strokes) == ("key-1", SIGNATURE)


def test_a_stroke_asks_nothing_again_and_handing_in_cannot_be_gone_back_behind() -> None:
    sign = at(JOURNEY, "sign", case=SIGNED)
    stroke = advance(JOURNEYS, sign, Signed(SIGNATURE), HALL)
    handed = advance(JOURNEYS, sign, Confirmed("key-1"), HALL)
    assert isinstance(stroke, Move)
    assert isinstance(handed, Move)
    assert (stroke.effects, stroke.forget, handed.forget) == ((), False, True)


def test_a_dot_is_no_signature() -> None:
    dot = replace(WHOLE, strokes=(((0.5, 0.2),),))
    walk(at(JOURNEY, "sign", case=dot), (Confirmed("k"), "sign"), world=HALL)


def test_who_cannot_sign_consents_by_button() -> None:
    consent = walk(at(JOURNEY, "sign", case=SIGNED), (Pressed("unsigned"), "consent"), world=HALL)
    assert str(STATEMENT.id) in str(draw(consent, HALL))
    walk(consent, (Pressed("sign"), "sign"), world=HALL)
    submitting = walk(consent, (Confirmed("key-1"), "submitting"), world=HALL)
    assert submitting.answers.case.strokes == ()


def test_the_review_shows_who_it_is_masked_and_only_once() -> None:
    card = WHOLE.identity.card  # type: ignore[union-attr]
    said = str(draw(at(JOURNEY, "review", case=WHOLE), HALL).rows)  # type: ignore[attr-defined]
    assert card.number not in said
    assert str(card.name) not in said
    changed = replace(WHOLE, fields={**WHOLE.fields, "applicant-name": "何示范"})
    assert "何示范" in str(draw(at(JOURNEY, "review", case=changed), HALL).rows), "what was changed is looked at"  # type: ignore[attr-defined]


def test_what_is_not_complete_is_neither_signed_nor_handed_in() -> None:
    walk(at(JOURNEY, "review", case=HALF), (Pressed("sign"), "hub"), world=HALL)
    walk(at(JOURNEY, "review", case=WHOLE), (Pressed("hub"), "hub"), world=HALL)
    walk(at(JOURNEY, "sign", case=replace(HALF, strokes=SIGNATURE)), (Confirmed("k"), "hub"), world=HALL)


# --- exactly once ------------------------------------------------------------------------------------------------------------


def test_a_second_tap_meets_a_step_that_no_longer_knows_it() -> None:
    for step in ("submitting", "sending", "printing", "done", "not_kept", "unsure"):
        assert not expects(at(JOURNEY, step, case=SIGNED, key="k"), Confirmed("another"))
    for step in ("submitting", "sending", "printing", "saving", "notice_printing"):
        assert JOURNEY.steps[step].holds


@pytest.mark.parametrize(("event", "step"), [(NotKept(), "not_kept"), (TimedOut(), "unsure")])
def test_trying_again_goes_with_the_same_key(event: object, step: str) -> None:
    failed = walk(SUBMITTING, (event, step), world=HALL)  # type: ignore[arg-type]
    assert message(failed).tone is Tone.TROUBLE
    again = walk(failed, (Pressed("again"), "submitting"), world=HALL)
    assert effects(again) == effects(SUBMITTING) == (SubmitCase(SIGNED, "key-1"),)


def test_not_kept_promises_nothing_and_loses_nothing() -> None:
    failed = walk(SUBMITTING, (NotKept(), "not_kept"), world=HALL)
    assert "Nothing was sent" in str(message(failed).explain)
    assert message(failed).qr is None
    assert walk(failed, (Pressed("hub"), "hub"), world=HALL).answers.case.sheets == SIGNED.sheets
    walk(failed, (Pressed("ticket"), "ticket.card"), world=HALL)
    walk(walk(SUBMITTING, (TimedOut(), "unsure"), world=HALL), (Pressed("ticket"), "ticket.card"), world=HALL)


# --- how it ends ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("event", "title", "stands"),
    [(RECEIVED, "Received by", Standing.RECEIVED), (ACCEPTED, "Accepted by", Standing.ACCEPTED)],
)
def test_the_centre_answers_at_once(event: CaseReceived, title: str, stands: Standing) -> None:
    straight = walk(SUBMITTING, (event, "printing"), world=HALL)
    printing = walk(SUBMITTING, (CaseKept(), "sending"), (event, "printing"), world=HALL)
    assert effects(straight) == effects(printing) == (PrintReceipt(SIGNED, event.receipt, PrinterName.TICKET),)
    done = walk(printing, (PrintedOut(), "done"), world=HALL)
    view = message(done)
    assert title in str(view.title)
    assert (view.big, view.qr and view.qr.data) == (NUMBER, "https://approval.example/c/" + "t" * 32)
    assert done.answers.told is done.answers.stands is stands
    assert "take your paper" in str(view.steps)
    taken = walk(done, (SlipTaken(), "done"), world=HALL)
    assert "in your hand" in str(message(taken).steps)


def test_kept_here_is_said_only_when_the_centre_has_not_answered_in_time() -> None:
    sending = walk(SUBMITTING, (CaseKept(), "sending"), world=HALL)
    assert "Kept here" not in str(draw(sending, HALL))
    assert JOURNEY.steps["sending"].keeps
    printing = walk(sending, (TimedOut(), "printing"), world=HALL)
    assert effects(printing) == (PrintReceipt(SIGNED, None, PrinterName.TICKET),)
    done = walk(printing, (PrintedOut(), "done"), world=HALL)
    view = message(done)
    assert "Kept here, not yet sent" in str(view.title)
    assert (view.tone, view.big, view.qr) == (Tone.NOTE, "", None)
    assert "no time limit runs" in str(view.explain)


def test_the_answer_comes_while_the_page_says_kept() -> None:
    kept = at(JOURNEY, "done", case=SIGNED, key="k", told=Standing.KEPT, paper=Paper.OUT)
    later = walk(kept, (ACCEPTED, "done"), world=HALL)
    view = message(later)
    assert ("Accepted by" in str(view.title), view.big) == (True, NUMBER)
    assert "says less than is true" in str(view.steps)
    again = walk(later, (Pressed("print"), "printing"), (PrintedOut(), "done"), world=HALL)
    assert again.answers.told is Standing.ACCEPTED
    assert "says less" not in str(message(again).steps)


def test_the_answer_comes_while_the_paper_is_being_printed() -> None:
    printing = at(JOURNEY, "printing", case=SIGNED, key="k", told=Standing.KEPT)
    move = advance(JOURNEYS, printing, RECEIVED, HALL)
    assert isinstance(move, Move)
    assert move.effects == (), "the receipt is not printed twice"
    done = walk(printing, (RECEIVED, "printing"), (PrintedOut(), "done"), world=HALL)
    assert (done.answers.stands, done.answers.told) == (Standing.RECEIVED, Standing.KEPT)
    aside = walk(printing, (CaseSetAside("bad"), "printing"), (PrintedOut(), "done"), world=HALL)
    assert "no longer true" in str(message(aside).steps)


def test_set_aside_is_told_with_somebody_to_go_to_and_no_receipt() -> None:
    for start in (
        SUBMITTING,
        at(JOURNEY, "sending", case=SIGNED, key="k"),
        at(JOURNEY, "done", case=SIGNED, told=Standing.KEPT),
    ):
        aside = walk(start, (CaseSetAside("item-closed"), "done"), world=HALL)
        view = message(aside)
        assert (view.tone, view.big, view.qr) == (Tone.TROUBLE, "", None)
        assert "020-0000 0000" in str(view.steps)
        assert "item-closed" not in str(view)
        walk(aside, (Pressed("ticket"), "ticket.card"), world=HALL)


@pytest.mark.parametrize(
    ("event", "paper", "said"),
    [
        (PrintSent(), Paper.SENT, "look whether the paper came out"),
        (PrintFailed(Fault.PAPER_OUT), Paper.FAILED, "Nothing was printed"),
        (TimedOut(), Paper.SENT, "look whether"),
    ],
)
def test_a_receipt_that_is_not_known_to_be_out(event: object, paper: Paper, said: str) -> None:
    done = walk(walk(SUBMITTING, (RECEIVED, "printing"), world=HALL), (event, "done"), world=HALL)  # type: ignore[arg-type]
    assert done.answers.paper is paper
    view = message(done)
    assert said in str(view.steps)
    assert view.big == NUMBER
    walk(done, (Pressed("print"), "printing"), world=HALL)


def test_the_receipt_goes_to_whatever_prints() -> None:
    a4 = walk(SUBMITTING, (RECEIVED, "printing"), world=A4_ONLY)
    assert effects(a4) == (PrintReceipt(SIGNED, receipt(), PrinterName.A4),)
    none = walk(SUBMITTING, (RECEIVED, "done"), world=NO_PRINTER)
    view = message(none, NO_PRINTER)
    assert "photograph" in str(view.steps)
    assert Pressed("print") not in [action.event for action in view.actions]
    walk(none, (Pressed("print"), "done"), world=NO_PRINTER)


def test_rating_is_offered_and_finishing_ends_the_visit() -> None:
    done = at(JOURNEY, "done", case=SIGNED, stands=Standing.RECEIVED, receipt=receipt())
    assert [action.event for action in message(done).actions if action.main] == [Pressed("rate")]
    assert rate(ApplyAnswers(), Pressed("rate"), HALL).step == "rate.rate"
    walk(done, (Pressed("finish"), END), world=HALL)
    walk(done, (TimedOut(), END), world=HALL)


@pytest.mark.parametrize("step", ["draft_kept", "draft_unkept", "not_kept", "unsure"])
def test_nobody_does_anything(step: str) -> None:
    walk(at(JOURNEY, step, case=SIGNED, key="k", notice=_notice()), (TimedOut(), END), world=HALL)
