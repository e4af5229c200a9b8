"""Plays a visit: position, effects, mailbox, clock. Only the main thread calls it.

The visit number goes up whenever a visit begins or ends; letters of another number are dropped. An unexpected
exception ends the visit: wipe, apologise, home.
"""

import logging
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial

from kiosk import power_cut
from kiosk.context import Context, Handler
from kiosk.effects.model import Effect
from kiosk.events.model import Event
from kiosk.events.touches import Attended, BackPressed, Confirmed, HomePressed, MoreTime, Preferred, Pressed, TimedOut
from kiosk.journal import Shown
from kiosk.journeys import JOURNEYS, START
from kiosk.journeys.model import Answers, EndVisit, Journeys, Move, Position, advance, enter, gone_back, step_of, way_to
from kiosk.mailbox import Letter, Mailbox, News
from kiosk.patience import APOLOGY_S, USUAL, Patience
from kiosk.ports.worker import Request
from kiosk.preferences import Preferences
from kiosk.texts import Text, msg
from kiosk.views.chrome import Chrome
from kiosk.views.model import View
from kiosk.visit import Visit
from kiosk.words import Words
from kiosk.world import World

log = logging.getLogger(__name__)


class Runner:
    """One station's visits, one after another.

    `show(view, chrome)` draws; `handlers` do the effects; `clock` is monotonic seconds, `now` the time of day;
    `discard` is called when a visit ends, so that nothing of it can be printed later; `power_over` when the terminal must
    end because its battery is nearly empty.
    """

    def __init__(
        self,
        world: World,
        handlers: Mapping[type[Effect], Handler],
        show: Callable[[View, Chrome], None],
        words: Callable[[str], Words],
        clock: Callable[[], float],
        now: Callable[[], datetime],
        *,
        mailbox: Mailbox | None = None,
        patience: Patience = USUAL,
        discard: Callable[[], None] = lambda: None,
        power_over: Callable[[], None] = lambda: None,
        journeys: Journeys = JOURNEYS,
        start: Position = START,
    ) -> None:
        self.world = world
        self.mailbox = mailbox or Mailbox()
        self._handlers, self._show, self._words, self._clock, self._now = handlers, show, words, clock, now
        self._patience, self._discard, self._journeys, self._start = patience, discard, journeys, start
        self._power_over, self._countdown = power_over, power_cut.Countdown()
        self._default = Preferences(world.station.languages[0])
        self.visit = Visit(0, self._default)
        self.position = start
        self._history: list[Position] = []
        self._requests: list[Request] = []
        self._kept_news: list[News] = []
        self._touched = clock()
        self._apologising = False
        self._shown: tuple[View, Chrome] | None = None

    @property
    def idle(self) -> bool:
        """Whether nobody is here."""
        return self.position == self._start and not self._apologising

    # --- what comes in ---------------------------------------------------------------------------------------

    def tell(self, event: Event) -> None:
        """A touch. Never raises: the failsafe catches."""
        self._touched = self._clock()
        self._guard(lambda: self._touch(event))

    def pump(self) -> None:
        """Empty the mailbox."""
        for letter in self.mailbox.empty():
            self._guard(partial(self._open, letter))

    def tick(self) -> None:
        """Let time pass: end an idle visit, count down, keep the clock line true."""
        self._guard(self._pass_time)

    def failsafe(self, error: BaseException) -> None:
        """End the visit after an unexpected exception: wipe, apologise. The log gets the type, never the values."""
        log.error("failsafe", exc_info=error)
        self._wipe()
        self._apologising = True
        self._touched = self._clock()
        self._apologise()

    # --- inside ----------------------------------------------------------------------------------------------

    def _guard(self, work: Callable[[], None]) -> None:
        try:
            work()
        except Exception as error:  # noqa: BLE001  the failsafe is for what nobody expected
            self.failsafe(error)

    def _touch(self, event: Event) -> None:
        if self._apologising:
            self._leave_apology(event)
        elif isinstance(event, MoreTime | Attended):
            self._draw()
        elif isinstance(event, Preferred):
            self._prefer(event)
        elif isinstance(event, BackPressed | HomePressed):
            self._leave(event)
        else:
            self._feed(replace(event, key=os.urandom(16).hex()) if isinstance(event, Confirmed) else event)

    def _open(self, letter: Letter | News) -> None:
        if isinstance(letter, News):
            self._learn(letter)
        elif letter.visit == self.visit.number:
            # An answer is a sign of life of the machine, not of the person, but it changes what the person sees.
            self._touched = self._clock()
            self._feed(letter.event)
        else:
            log.info("late %s dropped", Shown(type(letter.event).__name__))

    def _learn(self, news: News) -> None:
        if news.between_visits and self.position != self._start:
            self._kept_news.append(news)
        else:
            plugged = self._headphones()
            self.world = news.change(self.world)
            if self._headphones() != plugged:
                self._headphones_changed(plugged=not plugged)
            self._mind_power()
            self._draw()

    def _mind_power(self) -> None:
        """Nobody begins anything on battery; with the battery nearly empty the visit ends, then the terminal."""
        now = self._clock()
        self._countdown = self._countdown.look(self.world, now)
        if self._closed(self.position) or (self.position != self._start and self._countdown.wipe_due(now)):
            self.end_visit()
        if self._countdown.over(now):
            self._power_over()

    def _closed(self, place: Position) -> bool:
        """Whether it is the place where something new begins, and nothing may."""
        return (place.journey, place.step) == ("home", "home") and bool(power_cut.closed(self.world))

    def _headphones(self) -> bool:
        return self.world.device("headphones").works

    def _headphones_changed(self, *, plugged: bool) -> None:
        """Plugged in: somebody wants to hear. Pulled out: what was private must not come from the loudspeaker."""
        self._touched = self._clock()
        self.visit = replace(self.visit, preferences=self.visit.preferences.but("voice", plugged))

    def _fresh_preferences(self) -> Preferences:
        return self._default.but("voice", self._headphones())

    def _feed(self, event: Event) -> None:
        move = advance(self._journeys, self.position, event, self.world)
        if move is None and event.incidental:
            log.debug("%s in %s", Shown(type(event).__name__), Shown(repr(self.position)))
        elif move is None:
            log.warning("unexpected %s in %s", Shown(type(event).__name__), Shown(repr(self.position)))
        elif isinstance(move, EndVisit) or (self._closed(move.position) and self.position != self._start):
            self.end_visit()
        elif not self._closed(move.position):
            self._go(move)

    def _go(self, move: Move) -> None:
        before, old = self.position, step_of(self._journeys, self.position)
        if before == self._start:
            self._begin_visit()
        step = step_of(self._journeys, move.position)
        same_step = (before.journey, before.step) == (move.position.journey, move.position.step)
        if move.forget:
            self._history.clear()
        elif not old.passing and not same_step and before != self._start:
            self._history.append(before)
        self._history = way_to(self._journeys, self._history, move.position)
        if not step.keeps and not same_step:
            self._cancel()
        self.position = move.position
        self._ask(move.effects)
        self._draw()

    def _ask(self, effects: Iterable[Effect]) -> None:
        number, box = self.visit.number, self.mailbox
        context = Context(
            number,
            self.world,
            self._words(self.visit.preferences.language),
            lambda event: box.post(Letter(number, event)),
        )
        self._requests += [self._handlers[type(effect)](effect, context) for effect in effects]

    def _cancel(self) -> None:
        for request in self._requests:
            request.cancel()
        self._requests.clear()

    def _begin_visit(self) -> None:
        self.visit = Visit(self.visit.number + 1, self.visit.preferences)
        log.info("visit %s begins", Shown(self.visit.log_name))

    def end_visit(self) -> None:
        """Wipe, and show that nobody is here."""
        self._wipe()
        self._draw()

    def _wipe(self) -> None:
        log.info("visit %s ends", Shown(self.visit.log_name))
        self._cancel()
        self._history.clear()
        self._apologising = False
        self.position = self._start
        for news in self._kept_news:
            self.world = news.change(self.world)
        self._kept_news.clear()
        self.visit = Visit(self.visit.number + 1, self._fresh_preferences())
        self._discard_prints()

    def _discard_prints(self) -> None:
        try:
            self._discard()
        except Exception as error:
            log.error("what the visit printed could not be discarded", exc_info=error)

    def _leave(self, event: Event) -> None:
        if step_of(self._journeys, self.position).holds:
            log.info("%s while something is being done", Shown(type(event).__name__))
        elif isinstance(event, HomePressed):
            self._home()
        else:
            self._back()

    def _home(self) -> None:
        if power_cut.closed(self.world):
            self.end_visit()
            return
        self._cancel()
        self._history.clear()
        # A new number: what was asked for before must not arrive on the home screen, or in what is done next.
        self.visit = Visit(self.visit.number + 1, self.visit.preferences, self.visit.log_name)
        self._discard_prints()
        self.position = enter(self._journeys, self._start, "home.home").position
        self._draw()

    def _back(self) -> None:
        within = self._back_within()
        if within is not None:
            self.position = replace(self.position, answers=within)
            self._draw()
        elif self._history:
            self._back_to_step()

    def _back_within(self) -> Answers | None:
        return step_of(self._journeys, self.position).back(self.position.answers)

    def _back_to_step(self) -> None:
        self._cancel()
        self.position = gone_back(self._journeys, self._history.pop(), self.position)
        self._ask(step_of(self._journeys, self.position).entry(self.position.answers))
        self._draw()

    def _prefer(self, choice: Preferred) -> None:
        self.visit = replace(self.visit, preferences=self.visit.preferences.but(choice.name, choice.value))
        self._draw()

    def _leave_apology(self, event: Event) -> None:
        if event == Pressed("finish"):
            self._apologising = False
            self.end_visit()

    # --- time ------------------------------------------------------------------------------------------------

    def _timeout_s(self) -> float:
        if self._apologising:
            return APOLOGY_S
        return self._patience.of(step_of(self._journeys, self.position).timeout_s)

    def _remaining_s(self) -> float | None:
        timeout = self._timeout_s()
        return max(0.0, self._touched + timeout - self._clock()) if timeout else None

    def _pass_time(self) -> None:
        now = self._now()
        if (now.minute, now.hour) != (self.world.now.minute, self.world.now.hour):
            self.world = replace(self.world, now=now)
        self._mind_power()
        remaining = self._remaining_s()
        if remaining == 0:
            self._touched = self._clock()
            if self._apologising:
                self.end_visit()
            else:
                self._feed(TimedOut())
        else:
            self._draw()

    # --- drawing ---------------------------------------------------------------------------------------------

    def _apologise(self) -> None:
        from kiosk.apology import APOLOGY  # noqa: PLC0415  hardly ever shown

        self._draw_view(APOLOGY)

    def _draw(self) -> None:
        if self._apologising:
            self._apologise()
        else:
            self._draw_view(step_of(self._journeys, self.position).view(self.position.answers, self.world))

    def _draw_view(self, view: View) -> None:
        chrome = self._chrome()
        if (view, chrome) != self._shown:
            self._shown = (view, chrome)
            self._show(view, chrome)

    def _chrome(self) -> Chrome:
        station, remaining = self.world.station, self._remaining_s()
        # A step that is shorter than the warning leads somewhere by itself: there is nothing to warn of.
        counted = self._timeout_s() >= self._patience.warn_s and not self._apologising
        warn = remaining is not None and remaining <= self._patience.warn_s and counted
        free = not step_of(self._journeys, self.position).holds and not self._apologising
        here = (self.position.journey, self.position.step)
        return Chrome(
            self.visit.preferences,
            station.languages,
            can_back=free and (bool(self._history) or self._back_within() is not None),
            can_home=here not in (("home", "home"), ("home", "attract")) and free,
            station=station.hall,
            clock=""
            if self.position == self._start
            else self._words(self.visit.preferences.language).moment(self.world.now),
            help=msg("Need help?"),
            enquiry_phone=station.enquiry_phone,
            supervision_phone=station.supervision_phone,
            remaining_s=round(remaining) if warn and remaining is not None else None,
            can_hear=self.world.device("voice").works,
            private=self._headphones(),
            banner=self._banner(),
        )

    def _banner(self) -> Text:
        if urgent := power_cut.banner(self.world):
            return urgent
        reachable = self.world.centre_reachable
        return "" if reachable else msg("No connection to the hall's system now: guides work, numbers do not.")
