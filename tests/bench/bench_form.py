"""A form on a screen of 1080x1920, drawn in software: from the touch that answers a question, through judging it and working
out what comes next, to the end of the frame that shows the next one."""

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

os.environ.setdefault("SDL_VIDEODRIVER", "offscreen")

from kiosk import fonts
from kiosk.cases.model import CaseInHand, Filling
from kiosk.cases.places import Places
from kiosk.events.model import Event
from kiosk.events.touches import Chosen, Pressed, Typed
from kiosk.journeys.form import begin_form, form_steps
from kiosk.journeys.model import Goto, Journey, Move, Position, Step, advance
from kiosk.views.choose import ChooseView
from kiosk.views.parts import Tone
from kiosk.views.told import MessageView
from screens.app import KioskApp, forget
from screens.gallery import THEMES
from screens.samples import chrome
from tests.bench.rows import Row, below, told
from tests.cases.people import answer, in_hand
from tests.screens.fake_writing import FakeWriting
from tests.worlds import STATION, catalogue, world

STEP_MS, PLACES_MS = 100.0, 50.0
PACKAGE = ("sole-trader-open", "food-new", "hygiene-new")
HALL = world(station=replace(STATION, place="440113011"))


@dataclass(frozen=True)
class _Answers:
    case: CaseInHand = field(default_factory=CaseInHand)
    filling: Filling | None = None


_DONE = Step(lambda _answers, _world: MessageView(Tone.DONE, "done"), {})
_FORM = Journey("form", _Answers, {**form_steps("done"), "done": _DONE})


def main() -> list[Row]:
    """Fill in the form of a package of three items, five times."""
    fonts.prepare()
    app = KioskApp(theme=THEMES["portrait"], tell=lambda _: None)
    app.start()
    app.tools.writing = FakeWriting()
    try:
        steps = sorted(taken for _ in range(5) for taken in _filled(app))
    finally:
        app.close()
    return [
        below("form step to next step, p95", steps[round(0.95 * (len(steps) - 1))], "ms", STEP_MS),
        told("form step to next step, slowest", steps[-1], "ms"),
        below("the provinces of China, first use", _provinces_ms(), "ms", PLACES_MS),
    ]


def _filled(app: KioskApp) -> Iterator[float]:
    at = _moved(begin_form(_Answers(in_hand(catalogue(), *PACKAGE)), HALL))
    _show(app, at)
    while at.step == "form":
        *before, last = _reply(at)
        for event in before:
            at = _after(at, event)
            _show(app, at)
        app.frame(wait=False)
        forget()  # as the app does a moment after every page, long before a finger is on the next
        app._forget.cancel()  # done just now; it would fall into the frame that is timed
        start = time.perf_counter()
        at = _after(at, last)
        _show(app, at)
        yield (time.perf_counter() - start) * 1000


def _reply(at: Position) -> tuple[Event, ...]:
    """What somebody does with the question on the screen; the last one leads to another."""
    view = _FORM.steps["form"].view(at.answers, HALL)
    if isinstance(view, ChooseView):
        return (Chosen(view.options[1 if view.short and len(view.options) > 1 else 0].key),)
    asked = next(
        one for item in PACKAGE for one in catalogue().by_id[item].form.fields if one.id == at.answers.filling.field
    )
    return Typed(answer(asked)), Pressed("next")


def _after(at: Position, event: Event) -> Position:
    move = advance({"form": _FORM}, at, event, HALL)
    if not isinstance(move, Move):
        raise RuntimeError(f"the form does not expect {type(event).__name__}")
    return move.position


def _moved(goto: Goto) -> Position:
    return Position("form", goto.step, goto.answers)


def _show(app: KioskApp, at: Position) -> None:
    app.show(_FORM.steps[at.step].view(at.answers, HALL), chrome("zh_CN", "M"))
    app.frame(wait=False)


def _provinces_ms() -> float:
    start = time.perf_counter()
    Places().parts()
    return (time.perf_counter() - start) * 1000
