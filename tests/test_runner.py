"""Visits on the runner with real threads where threads matter, and no Kivy."""

from collections.abc import Callable

import pytest

from kiosk.effects.cards import ReadCard
from kiosk.effects.tickets import TakeTicket
from kiosk.events.cards import CardRead, CardSeen  # fmt: skip
from kiosk.events.prints import PrintedOut  # fmt: skip
from kiosk.events.tickets import TicketTaken  # fmt: skip
from kiosk.events.touches import (  # fmt: skip
    BackPressed,
    Chosen,
    Confirmed,
    HomePressed,
    Pressed,
    Typed,
    Woken,
)
from kiosk.journeys.apply import APPLY
from kiosk.mailbox import News
from kiosk.ports.device import ABSENT, READY
from kiosk.views.choose import ChooseView, SearchView
from kiosk.views.guides import GuideView
from kiosk.views.start import AttractView, HomeView
from kiosk.views.told import MessageView, WaitView
from kiosk.world import World
from tests.applying import WHOLE
from tests.runner_hands import Kiosk, to_the_card
from tests.walk import at
from tests.worlds import OUT_OF_PAPER, OUYANG, TICKET, world


@pytest.fixture
def kiosk() -> Kiosk:
    """Nobody is here."""
    hands = Kiosk()
    hands.start(world())
    return hands


def test_a_whole_visit(kiosk: Kiosk) -> None:
    assert isinstance(kiosk.view, AttractView)
    to_the_card(kiosk)
    kiosk.answer(CardSeen(), CardRead(OUYANG))
    kiosk.do(Confirmed())
    taken = kiosk.asked[-1].effect
    assert isinstance(taken, TakeTicket)
    assert len(taken.key) == 32
    kiosk.answer(TicketTaken(TICKET))
    kiosk.answer(PrintedOut())
    assert isinstance(kiosk.view, MessageView)
    assert kiosk.view.big == "A027"
    kiosk.do(Pressed("finish"))
    assert isinstance(kiosk.view, AttractView)
    assert kiosk.discards == 1


def test_a_second_tap_on_confirm_takes_no_second_ticket(kiosk: Kiosk) -> None:
    to_the_card(kiosk)
    kiosk.answer(CardRead(OUYANG))
    kiosk.do(Confirmed(), Confirmed(), Confirmed())
    assert sum(isinstance(asked.effect, TakeTicket) for asked in kiosk.asked) == 1


def test_a_card_read_after_the_visit_never_reaches_the_next_person(kiosk: Kiosk) -> None:
    to_the_card(kiosk)
    late = kiosk.asked[-1]
    kiosk.do(HomePressed())
    assert late.cancelled
    kiosk.wait(95)
    to_the_card(kiosk)
    late.context.post(CardRead(OUYANG))
    kiosk.runner.pump()
    assert isinstance(kiosk.view, WaitView)
    assert kiosk.runner.position.answers.holder is None


def test_a_late_answer_does_not_reach_the_same_person_after_home(kiosk: Kiosk) -> None:
    to_the_card(kiosk)
    late = kiosk.asked[-1]
    kiosk.do(HomePressed(), Chosen("ticket"), Chosen("food"))
    late.context.post(CardRead(OUYANG))
    kiosk.runner.pump()
    assert kiosk.runner.position.step == "card"


def test_going_without_a_card_stops_the_reader(kiosk: Kiosk) -> None:
    to_the_card(kiosk)
    reading = kiosk.asked[-1]
    kiosk.do(Pressed("without_card"))
    assert reading.cancelled


def test_a_card_seen_goes_on_being_read(kiosk: Kiosk) -> None:
    to_the_card(kiosk)
    reading = kiosk.asked[-1]
    kiosk.answer(CardSeen())
    assert not reading.cancelled


def test_back_goes_step_by_step_and_asks_again(kiosk: Kiosk) -> None:
    to_the_card(kiosk)
    kiosk.answer(CardSeen(), CardRead(OUYANG))
    kiosk.do(BackPressed())
    assert kiosk.runner.position.step == "card"
    assert isinstance(kiosk.asked[-1].effect, ReadCard)
    kiosk.do(BackPressed())
    assert isinstance(kiosk.view, ChooseView)
    kiosk.do(BackPressed())
    assert isinstance(kiosk.view, HomeView)
    assert not kiosk.chrome.can_back
    kiosk.do(BackPressed())
    assert isinstance(kiosk.view, HomeView)


def test_no_way_back_behind_a_ticket_that_was_taken(kiosk: Kiosk) -> None:
    to_the_card(kiosk)
    kiosk.answer(CardRead(OUYANG))
    kiosk.do(Confirmed())
    assert not kiosk.chrome.can_back
    assert not kiosk.chrome.can_home
    kiosk.do(BackPressed(), HomePressed())
    assert kiosk.runner.position.step == "taking"
    kiosk.answer(TicketTaken(TICKET))
    kiosk.answer(PrintedOut())
    assert not kiosk.chrome.can_back
    assert kiosk.chrome.can_home


def test_news_changes_what_home_says_at_once(kiosk: Kiosk) -> None:
    kiosk.do(Woken())
    gone: Callable[[World], World] = lambda old: World(**{**old.__dict__, "queues": None, "centre_reachable": False})  # noqa: E731
    kiosk.runner.mailbox.post(News(gone))
    kiosk.runner.pump()
    assert isinstance(kiosk.view, HomeView)
    assert not next(tile for tile in kiosk.view.tiles if tile.key == "ticket").available
    assert kiosk.chrome.banner


def test_an_unchanged_view_is_not_drawn_again(kiosk: Kiosk) -> None:
    kiosk.do(Woken())
    drawn = len(kiosk.shown)
    kiosk.wait(10)
    assert len(kiosk.shown) == drawn


def test_typing_keeps_one_step_for_back(kiosk: Kiosk) -> None:
    kiosk.do(Woken(), Chosen("search"), Typed("k"), Typed("kf"), Typed("kfd"))
    assert isinstance(kiosk.view, SearchView)
    kiosk.do(BackPressed())
    assert isinstance(kiosk.view, HomeView)


def test_the_screen_says_by_itself_what_stopped_and_what_works_again(kiosk: Kiosk) -> None:
    kiosk.do(Woken())
    as_it_was = kiosk.view
    kiosk.become("ticket_printer", OUT_OF_PAPER)
    assert isinstance(kiosk.view, HomeView)
    notes = {tile.key: str(tile.reason) for tile in kiosk.view.tiles}
    assert "No paper slip now" in notes["ticket"]
    assert notes["guides"] == ""
    kiosk.become("a4_printer", ABSENT)
    assert isinstance(kiosk.view, HomeView)
    assert "No printing now" in str(kiosk.view.tiles[0].reason)
    kiosk.become("ticket_printer", READY)
    kiosk.become("a4_printer", READY)
    assert kiosk.view == as_it_was


def test_a_guide_says_by_itself_what_of_its_item_does_not_work_here(kiosk: Kiosk) -> None:
    kiosk.do(Woken(), Chosen("search"), Typed("kfd"), Chosen("sole-trader-open"))
    kiosk.become("document_camera", READY)
    assert isinstance(kiosk.view, GuideView)
    before = kiosk.view.limits
    assert "scanning papers" not in str(before)
    kiosk.become("document_camera", ABSENT)
    assert isinstance(kiosk.view, GuideView)
    assert "scanning papers" in str(kiosk.view.limits)
    kiosk.become("document_camera", READY)
    assert isinstance(kiosk.view, GuideView)
    assert kiosk.view.limits == before


def test_a_step_that_leads_on_by_itself_counts_nothing_down_and_holds(kiosk: Kiosk) -> None:
    """Handed in and not yet answered: after four seconds the page says that it is kept here."""
    kiosk.do(Woken())
    kiosk.become("ticket_printer", ABSENT)
    kiosk.become("a4_printer", ABSENT)
    kiosk.runner.position = at(APPLY, "sending", case=WHOLE, key="k")
    kiosk.do(BackPressed(), HomePressed(), Confirmed())
    kiosk.wait(3)
    assert (kiosk.runner.position.step, kiosk.chrome.remaining_s) == ("sending", None)
    kiosk.wait(2)
    assert kiosk.runner.position.step == "done"
    assert "Kept here" in str(kiosk.view)
