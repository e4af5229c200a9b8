"""The whole journey engine: frozen tables and one pure function that moves a position through them.

A step says what to show, what may happen next, and what to ask of the outside on entry. Neither reads a clock, a device
or the network: they get the answers so far and the `World` as values.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeAlias

from kiosk.effects.model import Effect
from kiosk.events.model import Event
from kiosk.views.model import View
from kiosk.world import World

Answers: TypeAlias = Any
"""A journey's own frozen dataclass; its fields have defaults, so that a journey can start with nothing known."""


@dataclass(frozen=True, repr=False)
class Goto:
    """Where to go. `step` is a step of this journey or "journey.step"; `answers` None keeps them within a journey
    and starts afresh in another. `forget`: Back does not return behind this point, because something was done for good.
    `asks` False: the same step with more known; what it asked for on entry goes on and is not asked for again."""

    step: str
    answers: Answers = None
    forget: bool = False
    asks: bool = True


@dataclass(frozen=True)
class EndVisit:
    """The visit is over: wipe, and wait for the next person."""


Aim: TypeAlias = str | Goto | EndVisit
Target: TypeAlias = Aim | Callable[[Any, Any, World], Aim]


def nothing(_answers: Answers) -> tuple[Effect, ...]:
    """No effect on entry."""
    return ()


def to_the_step_before(_answers: Answers) -> None:
    """Back leads to the step before."""


class Pace(StrEnum):
    """Time-outs that the station's settings say."""

    IDLE = "idle"
    CARD = "card"
    DONE = "done"


@dataclass(frozen=True)
class Step:
    """One step. `passing`: Back skips it. `keeps`: requests of the step before go on here. `holds`: something is being
    done for good; neither Back nor Home leaves before its outcome is known. `back`: where Back leads within the step, as
    its answers then; None: to the step before. `returned`: when Back leads here, the answers to go on with, from those of
    then and those of now; without it, those of then. `once`: the way back leads here once: whoever comes here again has
    not gone further, and Back leads to where one came from first."""

    view: Callable[[Any, World], View]
    on: Mapping[type[Event], Target]
    entry: Callable[[Any], tuple[Effect, ...]] = nothing
    timeout_s: float | Pace = Pace.IDLE
    """0: never."""
    passing: bool = False
    keeps: bool = False
    holds: bool = False
    back: Callable[[Any], Answers | None] = to_the_step_before
    returned: Callable[[Any, Any], Answers] | None = None
    once: bool = False


@dataclass(frozen=True)
class Journey:
    """A named table of steps. A transition to a step that does not exist is a ValueError at import."""

    name: str
    answers: Callable[[], Answers]
    steps: Mapping[str, Step]
    anywhere: Mapping[type[Event], Target] = field(default_factory=dict)

    def __post_init__(self) -> None:
        tables = [("anywhere", self.anywhere), *((name, step.on) for name, step in self.steps.items())]
        for where, table in tables:
            for target in table.values():
                name = target.step if isinstance(target, Goto) else target
                if isinstance(name, str) and "." not in name and name not in self.steps:
                    raise ValueError(f"journey {self.name}, {where}: there is no step {name!r}")

    def target(self, step: str, event: Event) -> Target | None:
        """What the table says about an event in a step."""
        return self.steps[step].on.get(type(event), self.anywhere.get(type(event)))


@dataclass(frozen=True, repr=False)
class Position:
    """Where a visit stands. `repr` names the step only: answers are personal."""

    journey: str
    step: str
    answers: Answers

    def __repr__(self) -> str:
        return f"<Position {self.journey}.{self.step}>"


@dataclass(frozen=True, repr=False)
class Move:
    """The outcome of an event: the new position, what to ask of the outside, whether Back stops here."""

    position: Position
    effects: tuple[Effect, ...]
    forget: bool = False


Journeys: TypeAlias = Mapping[str, Journey]


def step_of(journeys: Journeys, at: Position) -> Step:
    """The step a position stands on."""
    return journeys[at.journey].steps[at.step]


def enter(journeys: Journeys, at: Position, aim: str | Goto) -> Move:
    """Go to a step. Raises ValueError when there is no such step."""
    goto = aim if isinstance(aim, Goto) else Goto(aim)
    name, _, step = goto.step.rpartition(".")
    journey = journeys.get(name or at.journey)
    if journey is None or step not in journey.steps:
        raise ValueError(f"from {at.journey}.{at.step}: there is no step {goto.step!r}")
    kept = at.answers if journey.name == at.journey else journey.answers()
    answers = kept if goto.answers is None else goto.answers
    effects = journey.steps[step].entry(answers) if goto.asks else ()
    return Move(Position(journey.name, step, answers), effects, goto.forget)


def advance(journeys: Journeys, at: Position, event: Event, world: World) -> Move | EndVisit | None:
    """What an event does to a position; None when the step does not expect it."""
    target = journeys[at.journey].target(at.step, event)
    if target is None:
        return None
    aim = target(at.answers, event, world) if callable(target) else target
    return aim if isinstance(aim, EndVisit) else enter(journeys, at, aim)


def gone_back(journeys: Journeys, then: Position, now: Position) -> Position:
    """Where Back leads: the step of then, with what must not be lost of the answers of now."""
    returned = step_of(journeys, then).returned
    if returned is None or then.journey != now.journey:
        return then
    return Position(then.journey, then.step, returned(then.answers, now.answers))


def way_to(journeys: Journeys, history: Sequence[Position], to: Position) -> list[Position]:
    """The way back from a step that was just entered: without the round that led to the same place again."""
    if step_of(journeys, to).once:
        places = [(each.journey, each.step) for each in history]
        if (to.journey, to.step) in places:
            return list(history[: places.index((to.journey, to.step))])
    return list(history)
