"""Visits on the runner with real threads where threads matter, and no Kivy."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest

from kiosk import words
from kiosk.context import Context
from kiosk.effects.cards import ReadCard
from kiosk.effects.model import Effect
from kiosk.effects.prints import PrintGuide, PrintTicket
from kiosk.effects.tickets import FindTickets, GiveUpTicket, TakeTicket
from kiosk.events.cards import CardRead, CardSeen  # fmt: skip
from kiosk.events.model import Event  # fmt: skip
from kiosk.events.prints import PrintedOut  # fmt: skip
from kiosk.events.tickets import TicketTaken  # fmt: skip
from kiosk.events.touches import (  # fmt: skip
    BackPressed,
    Chosen,
    Confirmed,
    HomePressed,
    MoreTime,
    Preferred,
    Pressed,
    Typed,
    Woken,
)
from kiosk.mailbox import Letter, News
from kiosk.ports.device import ABSENT, READY, Status
from kiosk.runner import Patience, Runner
from kiosk.views.choose import ChooseView, SearchView
from kiosk.views.chrome import Chrome
from kiosk.views.guides import GuideView
from kiosk.views.model import View
from kiosk.views.parts import Tone
from kiosk.views.start import AttractView, HomeView
from kiosk.views.told import MessageView, WaitView
from kiosk.world import World
from tests.worlds import OUT_OF_PAPER, OUYANG, TICKET, TUESDAY_MORNING, world


@dataclass
class Asked:
    """An effect that the runner handed out, with the way its answer takes."""

    effect: Effect
    context: Context
    cancelled: bool = False

    def cancel(self) -> None:
        """Remember."""
        self.cancelled = True


@dataclass
class Kiosk:
    """A runner with hands: a clock to turn, effects to answer, a screen to look at."""

    seconds: float = 0.0
    asked: list[Asked] = field(default_factory=list)
    shown: list[tuple[View, Chrome]] = field(default_factory=list)
    discards: int = 0
    disk_full: bool = False

    def start(self, here: World) -> Runner:
        """The runner over these hands."""
        effects = (ReadCard, TakeTicket, FindTickets, GiveUpTicket, PrintTicket, PrintGuide)
        self.runner = Runner(
            here, dict.fromkeys(effects, self._handle), lambda view, chrome: self.shown.append((view, chrome)),
            words.load, lambda: self.seconds, self._now, patience=Patience(90, 30), discard=self._discard,
        )  # fmt: skip
        self.runner.tick()
        return self.runner

    def _now(self) -> datetime:
        return TUESDAY_MORNING + timedelta(seconds=self.seconds)

    def _handle(self, effect: Effect, context: Context) -> Asked:
        self.asked.append(Asked(effect, context))
        return self.asked[-1]

    def _discard(self) -> None:
        self.discards += 1
        if self.disk_full:
            raise OSError(28, "No space left on device")

    @property
    def view(self) -> View:
        """What the screen shows."""
        return self.shown[-1][0]

    @property
    def chrome(self) -> Chrome:
        """What stands around it."""
        return self.shown[-1][1]

    def do(self, *events: Event) -> None:
        """Touches."""
        for event in events:
            self.runner.tell(event)

    def answer(self, *events: Event, to: int = -1) -> None:
        """What a device or the centre answers, through the mailbox."""
        for event in events:
            self.asked[to].context.post(event)
        self.runner.pump()

    def plug(self, headphones: Status) -> None:
        """Headphones are plugged in or pulled out."""
        self.become("headphones", headphones)

    def become(self, device: str, status: Status) -> None:
        """A device says that it is otherwise now."""
        self.runner.mailbox.post(News(lambda world: replace(world, devices={**world.devices, device: status})))
        self.runner.pump()

    def wait(self, seconds: float) -> None:
        """Time passes, tick by tick."""
        for _ in range(int(seconds * 2)):
            self.seconds += 0.5
            self.runner.tick()


@pytest.fixture
def kiosk() -> Kiosk:
    """Nobody is here."""
    hands = Kiosk()
    hands.start(world())
    return hands


def to_the_card(kiosk: Kiosk) -> None:
    """A resident wakes the screen and chooses a queue."""
    kiosk.do(Woken(), Chosen("ticket"), Chosen("market"))


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


def test_an_idle_visit_counts_down_and_ends(kiosk: Kiosk) -> None:
    kiosk.do(Woken())
    kiosk.wait(59)
    assert kiosk.chrome.remaining_s is None
    kiosk.wait(2)
    assert kiosk.chrome.remaining_s == 29
    kiosk.do(MoreTime())
    assert kiosk.chrome.remaining_s is None
    kiosk.wait(89)
    assert isinstance(kiosk.view, HomeView)
    kiosk.wait(2)
    assert isinstance(kiosk.view, AttractView)


def test_time_can_be_extended_ten_times(kiosk: Kiosk) -> None:
    kiosk.do(Woken(), Chosen("guides"))
    for _ in range(12):
        kiosk.wait(85)
        kiosk.do(MoreTime())
    assert isinstance(kiosk.view, ChooseView)


def test_attract_never_times_out(kiosk: Kiosk) -> None:
    kiosk.wait(300)
    assert isinstance(kiosk.view, AttractView)
    assert kiosk.chrome.remaining_s is None
    assert kiosk.discards == 0


def test_language_and_size_last_for_the_visit_and_no_longer(kiosk: Kiosk) -> None:
    kiosk.do(Woken(), Preferred("language", "en"), Preferred("text_size", "XL"), Chosen("guides"))
    assert (kiosk.chrome.language, kiosk.chrome.text_size) == ("en", "XL")
    kiosk.do(HomePressed())
    assert kiosk.chrome.language == "en"
    kiosk.wait(95)
    assert (kiosk.chrome.language, kiosk.chrome.text_size) == ("zh_CN", "M")


def test_language_chosen_before_the_first_touch_counts(kiosk: Kiosk) -> None:
    kiosk.do(Preferred("language", "en"), Woken())
    assert kiosk.chrome.language == "en"


def test_headphones_bring_the_voice_and_take_it_along(kiosk: Kiosk) -> None:
    kiosk.plug(READY)
    assert kiosk.chrome.preferences.voice
    kiosk.do(Woken(), Preferred("blank", True))
    assert kiosk.chrome.preferences.blank
    kiosk.plug(ABSENT)
    assert not kiosk.chrome.preferences.voice
    assert not kiosk.chrome.preferences.blank, "nobody is left before a dark and silent screen"


def test_who_still_wears_headphones_hears_the_start_screen_after_a_visit(kiosk: Kiosk) -> None:
    kiosk.plug(READY)
    kiosk.do(Woken(), Preferred("pace", 1.7), Chosen("guides"))
    kiosk.wait(95)
    assert isinstance(kiosk.view, AttractView)
    assert (kiosk.chrome.preferences.voice, kiosk.chrome.preferences.pace) == (True, 1.0)


def test_a_preference_that_does_not_exist_is_refused(kiosk: Kiosk) -> None:
    with pytest.raises(ValueError, match="contrast"):
        kiosk.chrome.preferences.but("contrast", "pink")
    with pytest.raises(ValueError, match="volume"):
        kiosk.chrome.preferences.but("volume", 3)
    with pytest.raises(ValueError, match="low"):
        kiosk.chrome.preferences.but("low", "yes")


def test_an_unexpected_exception_ends_with_an_apology_wiped_and_back_at_home(kiosk: Kiosk) -> None:
    to_the_card(kiosk)
    kiosk.answer(CardRead(OUYANG))
    kiosk.do(Pressed("a button that no table knows"))
    assert isinstance(kiosk.view, MessageView)
    assert kiosk.view.tone is Tone.TROUBLE
    assert kiosk.runner.position.step == "attract"
    assert kiosk.discards == 1
    kiosk.do(Pressed("finish"))
    assert isinstance(kiosk.view, AttractView)


def test_a_disk_that_fails_while_wiping_does_not_stop_the_wipe(kiosk: Kiosk, caplog: pytest.LogCaptureFixture) -> None:
    kiosk.disk_full = True
    to_the_card(kiosk)
    kiosk.answer(CardRead(OUYANG))
    kiosk.do(Pressed("unknown"))
    assert isinstance(kiosk.view, MessageView)
    assert kiosk.view.tone is Tone.TROUBLE
    assert kiosk.runner.position.answers.__dict__ == {}
    assert "could not be discarded" in caplog.text
    kiosk.do(Pressed("finish"))
    assert isinstance(kiosk.view, AttractView)


def test_the_apology_goes_by_itself(kiosk: Kiosk) -> None:
    kiosk.runner.failsafe(RuntimeError("boom"))
    kiosk.wait(16)
    assert isinstance(kiosk.view, AttractView)


def test_the_log_of_a_failure_holds_no_values(kiosk: Kiosk, caplog: pytest.LogCaptureFixture) -> None:
    to_the_card(kiosk)
    kiosk.answer(CardRead(OUYANG))
    kiosk.do(Pressed("unknown"))
    assert OUYANG.number not in caplog.text
    assert (OUYANG.name or "-") not in caplog.text


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


def test_unexpected_events_are_logged_and_change_nothing(kiosk: Kiosk, caplog: pytest.LogCaptureFixture) -> None:
    kiosk.do(Woken())
    kiosk.runner.mailbox.post(Letter(kiosk.runner.visit.number, CardRead(OUYANG)))
    kiosk.runner.pump()
    assert isinstance(kiosk.view, HomeView)
    assert "unexpected CardRead" in caplog.text


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
    assert isinstance(kiosk.view, GuideView)
    assert kiosk.view.limits == ""
    kiosk.become("document_camera", ABSENT)
    assert isinstance(kiosk.view, GuideView)
    assert "scanning papers" in str(kiosk.view.limits)
    kiosk.become("document_camera", READY)
    assert isinstance(kiosk.view, GuideView)
    assert kiosk.view.limits == ""
