"""A person who goes through a visit as the screens allow it: does what the visit is for, and where that fails takes the
way on that the screen offers. Nobody waits for ever: a step that does not change is a stuck one."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kiosk.apology import APOLOGY
from kiosk.events.model import Event
from kiosk.events.touches import Confirmed, HomePressed, Pressed
from kiosk.views.model import View
from tests.hall import Hall

STUCK_S = 60.0
"""Longer than the longest time limit of any device here on a machine that has other things to do; a visit that stands
still for so long is stuck."""
PATIENCE_S = 1.2
"""How long a person waits for the reader to notice the card before pressing the button beside it."""
MOST_STEPS = 40


class Bad(AssertionError):
    """A cell that is not as it must be."""


@dataclass
class Person:
    """One visit of one person. `card`: the key of the sample card that they carry. `meanwhile`: step -> what happens
    around them when they have come there."""

    hall: Hall
    policy: Mapping[str, "Act"]
    ends: frozenset[str]
    card: str
    meanwhile: Mapping[str, Callable[[], None]] = field(default_factory=dict)
    steps: list[str] = field(default_factory=list)
    over: bool = False
    shows: frozenset[str] = frozenset()
    """Steps where something is shown to a device until it notices."""
    _entered: float = 0.0
    _shown_again: int = 0
    _pressed_on: bool = False

    def go(self) -> str:
        """Go as far as the visit leads; the step where it ended."""
        standing: object = None
        while not self.over:
            self.hall.runner.pump()
            if self.hall.view == APOLOGY:
                raise Bad(f"the apology, after {self.steps[-1] if self.steps else 'nothing'}")
            if (here := self.hall.runner.position) is not standing:
                standing = here
                self._arrive()
            else:
                self._wait()
        return self.hall.step

    def _arrive(self) -> None:
        step = self.hall.step
        self.steps.append(step)
        if len(self.steps) > MOST_STEPS:
            raise Bad(f"goes in circles: {' '.join(self.steps[-8:])}")
        self._entered, self._pressed_on, self._shown_again = time.monotonic(), False, 0
        self.meanwhile.get(step, lambda: None)()
        if self.hall.step == step:
            self._act(step)

    def _act(self, step: str) -> None:
        if step in self.policy:
            self.policy[step](self)
        if step in self.ends and self.hall.step == step:
            self.over = True

    def _wait(self) -> None:
        waited = time.monotonic() - self._entered
        if waited > STUCK_S:
            raise Bad(f"stuck in {self.hall.step}")
        self._show_again(waited)
        if waited > PATIENCE_S and not self._pressed_on:
            self._press_on()
        time.sleep(0.003)

    def _show_again(self, waited: float) -> None:
        """What is shown and not noticed is shown again."""
        if self.hall.step in self.shows and waited > PATIENCE_S * (1 + self._shown_again):
            self._shown_again += 1
            self.policy[self.hall.step](self)

    def _press_on(self) -> None:
        """Nothing happens: the button beside the picture, where the screen has one."""
        self._pressed_on = True
        for action in getattr(self.hall.view, "actions", ()):
            if action.event in WAYS_ROUND and action.available:
                self.press(action.event.name)
                return

    def press(self, name: str) -> None:
        """Press a button; after "not now" one leaves."""
        self.hall.do(Pressed(name))
        self.over = self.over or name == LEAVES

    def leave(self) -> None:
        """Finish, by the button where there is one."""
        if offers(self.hall.view, Pressed("finish")):
            self.hall.do(Pressed("finish"))
        if self.hall.step != "home.attract":
            self.hall.do(HomePressed())
            self.hall.runner.end_visit()

    def tries(self, step: str) -> int:
        """How often they have come to this step."""
        return self.steps.count(step)


Act = Callable[[Person], None]
READERS = ("card_reader", "citizen_card_reader")
LEAVES = "not_now"
WAYS_ROUND = (Pressed("without_card"), Pressed(LEAVES))


def touch(*events: Event, otherwise: Event | None = None) -> Act:
    """Touch one thing after the other; where the screen does not offer it, `otherwise`, or the visit is over."""

    def act(person: Person) -> None:
        for event in events:
            if offers(person.hall.view, event):
                person.hall.do(event)
            elif otherwise is not None and offers(person.hall.view, otherwise):
                person.hall.do(otherwise)
                return
            else:
                person.over = True
                return

    return act


def again_or(round_it: str, twice: int = 2) -> Act:
    """Try again; when that did not help, go the way round."""

    def act(person: Person) -> None:
        name = "again" if person.tries(person.hall.step) < twice else round_it
        person.press(name)

    return act


def again_if(times: int) -> Act:
    """Try again so often; then the visit is over."""

    def act(person: Person) -> None:
        if person.tries(person.hall.step) <= times:
            person.press("again")
        else:
            person.over = True

    return act


def once(act: Act) -> Act:
    """The first time; who comes back to the step is done."""

    def first(person: Person) -> None:
        if person.tries(person.hall.step) > 1:
            person.over = True
        else:
            act(person)

    return first


def lay_card(reader: str) -> Act:
    """Put one's card on the reader; twice at most, then it is put away."""

    def act(person: Person) -> None:
        if person.tries(person.hall.step) <= 2:
            person.hall.hand(reader, "place", person.card)

    return act


def take_card(person: Person) -> None:
    """Take what lies on a reader away."""
    for reader in READERS:
        if reader in person.hall.devices:
            person.hall.hand(reader, "remove")


def offers(view: View, event: Event) -> bool:
    """Whether the screen lets one do that now."""
    if isinstance(event, Pressed | Confirmed):
        actions = getattr(view, "actions", ())
        return any(type(a.event) is type(event) and _name(a.event) == _name(event) and a.available for a in actions)
    tiles = (*getattr(view, "tiles", ()), *getattr(view, "options", ()))
    return all(tile.available for tile in tiles if tile.key == getattr(event, "key", None))


def _name(event: Any) -> str:
    return getattr(event, "name", "")
