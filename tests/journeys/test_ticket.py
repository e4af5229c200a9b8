"""Queue tickets: the visits people make, and everything that goes wrong on the way."""

import pytest

from kiosk.effects.cards import ReadCard
from kiosk.effects.prints import PrintTicket
from kiosk.effects.tickets import FindTickets, GiveUpTicket, TakeTicket
from kiosk.errors import Fault
from kiosk.events.cards import CardFailed, CardLeft, CardRead, CardReaderLost, CardSeen, CardTaken  # fmt: skip
from kiosk.events.centre import CentreAway, CentreSaidNo  # fmt: skip
from kiosk.events.prints import PrintedOut, PrintFailed, PrintSent, SlipTaken  # fmt: skip
from kiosk.events.tickets import TicketGivenUp, TicketsFound, TicketTaken  # fmt: skip
from kiosk.events.touches import Chosen, Confirmed, Pressed, TimedOut  # fmt: skip
from kiosk.journeys.ticket import TICKET as JOURNEY
from kiosk.journeys.ticket_views import windows
from kiosk.ports.device import ABSENT
from kiosk.texts import Series, msg
from kiosk.ticket_state import TicketState
from kiosk.views.choose import ChooseView
from kiosk.views.parts import Tone
from kiosk.views.told import MessageView, ReviewView
from tests.walk import END, at, draw, effects, walk
from tests.worlds import DEVICES, FOREIGNER, MARKET, OUYANG, TICKET, world

CHOOSE = at(JOURNEY, "choose")
NO_READER = world(devices={**DEVICES, "card_reader": ABSENT})


def test_with_the_card_to_the_paper() -> None:
    end = walk(
        CHOOSE,
        (Chosen("market"), "card"),
        (CardSeen(), "card_reading"),
        (CardRead(OUYANG), "review"),
        (Confirmed("key-1"), "taking"),
        (TicketTaken(TICKET), "printing"),
        (PrintedOut(), "done"),
        (SlipTaken(), "in_hand"),
        (Pressed("finish"), END),
    )
    view = draw(end, world())
    assert isinstance(view, MessageView)
    assert (view.tone, view.big, view.qr) == (Tone.DONE, "A027", None)


def test_what_is_asked_of_the_outside() -> None:
    assert effects(walk(CHOOSE, (Chosen("market"), "card"))) == (ReadCard(),)
    taking = walk(CHOOSE, (Chosen("market"), "card"), (CardRead(OUYANG), "review"), (Confirmed("key-1"), "taking"))
    assert effects(taking) == (TakeTicket("market", OUYANG, "key-1"),)
    assert effects(walk(taking, (TicketTaken(TICKET), "printing"))) == (PrintTicket(TICKET),)


def test_the_card_is_forgotten_once_the_ticket_is_there() -> None:
    end = walk(at(JOURNEY, "taking", queue="market", holder=OUYANG, key="k"), (TicketTaken(TICKET), "printing"))
    assert end.answers.holder is None
    assert OUYANG.number not in repr(end)


def test_without_a_card() -> None:
    taking = walk(CHOOSE, (Chosen("market"), "card"), (Pressed("without_card"), "review"), (Confirmed("k"), "taking"))
    assert effects(taking) == (TakeTicket("market", None, "k"),)


def test_name_and_number_are_masked_on_the_screen() -> None:
    for card, name in ((OUYANG, "欧***"), (FOREIGNER, "EXAMPLE, ***")):
        view = draw(at(JOURNEY, "review", queue="market", holder=card), world())
        assert isinstance(view, ReviewView)
        shown = str(view.rows)
        assert name in shown
        assert card.number not in shown
        assert card.number[-4:] in shown


def test_an_unreadable_card_then_a_good_one() -> None:
    walk(
        at(JOURNEY, "card", queue="market"),
        (CardFailed(), "card_unreadable"),
        (Pressed("again"), "card"),
        (CardSeen(), "card_reading"),
        (CardFailed(), "card_unreadable"),
        (Pressed("again"), "card"),
        (CardRead(OUYANG), "review"),
    )


def test_a_card_that_is_not_genuine() -> None:
    walk(
        at(JOURNEY, "card", queue="market"),
        (CardFailed(genuine=False), "card_not_genuine"),
        (Pressed("without_card"), "review"),
    )


def test_the_reader_is_lost_in_the_middle() -> None:
    walk(
        at(JOURNEY, "card_reading", queue="market"),
        (CardReaderLost(), "card_no_reader"),
        (Pressed("again"), "card"),
        (CardReaderLost(), "card_no_reader"),
        (Pressed("without_card"), "review"),
    )


def test_no_reader_from_the_start() -> None:
    walk(CHOOSE, (Chosen("market"), "card_no_reader"), (Pressed("without_card"), "review"), world=NO_READER)
    walk(CHOOSE, (Chosen("mine"), "find_card_no_reader"), (Pressed("not_now"), "home.home"), world=NO_READER)


def test_the_centre_goes_away_and_the_same_key_is_used_again() -> None:
    again = walk(
        at(JOURNEY, "review", queue="market", holder=OUYANG),
        (Confirmed("key-1"), "taking"),
        (CentreAway(), "away"),
        (Pressed("again"), "taking"),
    )
    assert effects(again) == (TakeTicket("market", OUYANG, "key-1"),)


def test_the_centre_says_no() -> None:
    walk(
        at(JOURNEY, "taking", queue="market", key="k"),
        (CentreSaidNo("queue-closed"), "refused"),
        (Pressed("another"), "home.home"),
    )


def test_one_number_per_person() -> None:
    end = walk(
        at(JOURNEY, "taking", queue="market", holder=OUYANG, key="k"),
        (TicketTaken(TICKET, already_open=True), "have_one"),
    )
    view = draw(end, world())
    assert isinstance(view, MessageView)
    assert view.title == msg("You already have this number")
    walk(end, (Pressed("print"), "printing"))


@pytest.mark.parametrize("fault", list(Fault))
def test_the_printer_fails_and_the_number_counts(fault: Fault) -> None:
    end = walk(at(JOURNEY, "printing", ticket=TICKET), (PrintFailed(fault), "not_printed"))
    view = draw(end, world())
    assert isinstance(view, MessageView)
    assert (view.tone, view.big) == (Tone.TROUBLE, "A027")
    assert view.qr is not None
    assert view.qr.data == "https://approval.example/q/secret-token"
    assert "not printed" in str(view.title)
    walk(end, (Pressed("print"), "printing"))


def test_a_printer_that_cannot_tell_is_not_believed() -> None:
    end = walk(at(JOURNEY, "printing", ticket=TICKET), (PrintSent(), "sent"))
    view = draw(end, world())
    assert isinstance(view, MessageView)
    assert view.tone is Tone.NOTE
    assert view.qr is not None
    walk(end, (Pressed("give_up"), "give_up"))


def test_give_up_right_away() -> None:
    giving = walk(
        at(JOURNEY, "done", ticket=TICKET),
        (Pressed("give_up"), "give_up"),
        (Pressed("keep"), "have_one"),
        (Pressed("give_up"), "give_up"),
        (Confirmed("k"), "giving_up"),
    )
    assert effects(giving) == (GiveUpTicket("t-1"),)
    walk(giving, (TicketGivenUp(TICKET), "given_up"), (Pressed("finish"), END))
    walk(giving, (CentreAway(), "away"), (Pressed("again"), "giving_up"), (CentreSaidNo("ticket-closed"), "refused"))


def test_find_ones_number_by_card_and_give_it_up() -> None:
    finding = walk(
        CHOOSE, (Chosen("mine"), "find_card"), (CardSeen(), "find_card_reading"), (CardRead(OUYANG), "finding")
    )
    assert effects(finding) == (FindTickets(OUYANG),)
    walk(finding, (TicketsFound((TICKET,)), "have_one"), (Pressed("give_up"), "give_up"), (Confirmed("k"), "giving_up"))


def test_several_numbers_or_none() -> None:
    other = TICKET.model_copy(update={"id": "t-2", "number": "B003"})
    finding = at(JOURNEY, "finding", holder=OUYANG)
    end = walk(finding, (TicketsFound((TICKET, other)), "several"), (Chosen("t-2"), "have_one"))
    assert end.answers.ticket == other
    walk(finding, (TicketsFound(()), "none_found"), (Pressed("take"), "choose"))


def test_the_look_up_fails() -> None:
    finding = at(JOURNEY, "finding", holder=OUYANG)
    again = walk(finding, (CentreAway(), "away"), (Pressed("again"), "finding"))
    assert effects(again) == (FindTickets(OUYANG),)
    walk(finding, (CentreSaidNo("x"), "refused"))


def test_finding_with_a_bad_card() -> None:
    walk(at(JOURNEY, "find_card"), (CardFailed(), "find_card_unreadable"), (Pressed("not_now"), "home.home"))
    walk(
        at(JOURNEY, "find_card"), (CardFailed(genuine=False), "find_card_not_genuine"), (Pressed("again"), "find_card")
    )
    walk(at(JOURNEY, "find_card"), (CardReaderLost(), "find_card_no_reader"))
    walk(at(JOURNEY, "find_card"), (CardRead(OUYANG), "finding"))
    walk(at(JOURNEY, "find_card"), (Pressed("not_now"), "home.home"))
    for event, step in ((CardFailed(), "find_card_unreadable"), (CardReaderLost(), "find_card_no_reader")):
        walk(at(JOURNEY, "find_card_reading"), (event, step))


def test_a_closed_queue_says_so_and_others_stay() -> None:
    closed = MARKET.model_copy(update={"open": False})
    view = draw(CHOOSE, world(queues=(closed,)))
    assert isinstance(view, ChooseView)
    assert not view.options[0].available
    assert view.options[0].reason


def test_without_the_centre_there_is_nothing_to_choose_but_a_sentence() -> None:
    view = draw(CHOOSE, world(queues=None, centre_reachable=False))
    assert isinstance(view, ChooseView)
    assert view.options == ()
    assert "front desk" in str(view.empty)


def test_a_called_ticket_says_which_window() -> None:
    called = TICKET.model_copy(update={"state": TicketState.CALLED, "window": 5})
    view = draw(at(JOURNEY, "have_one", ticket=called), world())
    assert isinstance(view, MessageView)
    assert view.facts[0].value == msg("Please go now")


def test_windows_are_said_as_people_say_them() -> None:
    assert windows((3,)) == msg("window {window}", window="3")
    assert windows((6, 4, 3, 5)) == msg("windows {span}", span="3–6")
    assert windows((3, 5)) == msg("windows {span}", span=Series(("3", "5")))


@pytest.mark.parametrize("step", list(JOURNEY.steps))
def test_nobody_does_anything(step: str) -> None:
    walk(at(JOURNEY, step, queue="market", ticket=TICKET, retry="taking", found=(TICKET,)), (TimedOut(), END))


@pytest.mark.parametrize(
    "step",
    [
        "choose",
        "review",
        "sent",
        "not_printed",
        "have_one",
        "none_found",
        "given_up",
        "away",
        "refused",
        "find_card_unreadable",
        "find_card_not_genuine",
        "find_card_no_reader",
        "card_unreadable",
        "card_not_genuine",
    ],
)
def test_finish_is_everywhere(step: str) -> None:
    walk(at(JOURNEY, step, queue="market", ticket=TICKET, retry="taking"), (Pressed("finish"), END))


def test_a_button_nobody_knows_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="dance"):
        walk(at(JOURNEY, "done", ticket=TICKET), (Pressed("dance"), "done"))


def test_a_card_that_somebody_left_is_not_read() -> None:
    left = walk(at(JOURNEY, "card", queue="market"), (CardLeft(), "card_left"))
    assert "front desk" in str(draw(left, world()))
    walk(left, (CardTaken(), "card"), (CardRead(OUYANG), "review"))
    walk(left, (Pressed("without_card"), "review"))
    walk(left, (CardReaderLost(), "card_no_reader"))
    found = walk(at(JOURNEY, "find_card"), (CardLeft(), "find_card_left"), (CardTaken(), "find_card"))
    assert effects(found) == (ReadCard(),)
    walk(at(JOURNEY, "find_card_left"), (CardReaderLost(), "find_card_no_reader"))
    walk(at(JOURNEY, "find_card_left"), (Pressed("not_now"), "home.home"))


def test_the_rest_of_the_card_edges() -> None:
    walk(at(JOURNEY, "card_reading", queue="market"), (CardRead(OUYANG), "review"))
    walk(at(JOURNEY, "card_reading", queue="market"), (CardFailed(), "card_unreadable"))
    walk(at(JOURNEY, "find_card_reading"), (CardRead(OUYANG), "finding"))
