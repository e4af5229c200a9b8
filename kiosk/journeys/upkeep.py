"""The technician's pages: PIN, devices, what to do about each, trials. Nothing of a resident is ever in them."""

from __future__ import annotations

from dataclasses import replace

from kiosk.effects.upkeep import CheckPin, LookAround, NoteRefill, OpenUpkeep, TryDevice
from kiosk.events.touches import Chosen, Pressed, Typed
from kiosk.events.upkeep import (
    PinLocked,
    PinNotSet,
    PinRight,
    PinWanted,
    PinWrong,
    RefillNoted,
    Tried,
    Trying,
    UpkeepSeen,
)
from kiosk.journeys.common import ANYWHERE, press, wait
from kiosk.journeys.model import Goto, Journey, Step, Target
from kiosk.journeys.upkeep_views import (
    ABOUT,
    UpkeepAnswers,
    about,
    counted_digits,
    device,
    devices,
    locked,
    not_set,
    noting,
    opening,
    pin,
    tried,
    trying,
    wrong_pin,
)
from kiosk.pin import is_well_formed
from kiosk.texts import msg
from kiosk.world import World


def lock(answers: UpkeepAnswers, event: PinLocked, _world: World) -> Goto:
    """Until when."""
    return Goto("locked", replace(answers, pin="", error="", until=event.until))


def typed(answers: UpkeepAnswers, event: Typed, _world: World) -> Goto:
    """What stands in the field; an objection goes with the next digit."""
    return Goto("pin", replace(answers, pin=event.text, error=""))


def open_pages(answers: UpkeepAnswers, _event: Pressed, _world: World) -> Goto:
    """Only what can be a PIN costs a try."""
    if is_well_formed(answers.pin):
        return Goto("checking", answers)
    return Goto("pin", replace(answers, error=counted_digits()))


def wrong(answers: UpkeepAnswers, event: PinWrong, _world: World) -> Goto:
    """Once more."""
    return Goto("pin", replace(answers, pin="", error=wrong_pin(event.tries)))


def right(_answers: UpkeepAnswers, _event: PinRight, _world: World) -> Goto:
    """In; the PIN is forgotten here."""
    return Goto("devices", UpkeepAnswers(), forget=True)


def chosen(answers: UpkeepAnswers, event: Chosen, _world: World) -> Goto:
    """A device, or the terminal itself."""
    if event.key == ABOUT:
        return Goto("about")
    return Goto("device", replace(answers, device=event.key, note=""))


def seen(step: str) -> Target:
    """More is known; the page stays."""
    return lambda answers, event, _world: Goto(step, replace(answers, report=event.report), asks=False)


def try_it(answers: UpkeepAnswers, _event: Pressed, _world: World) -> Goto:
    """From the beginning."""
    return Goto("trying", replace(answers, stage="", tried=None, note=""))


def staged(answers: UpkeepAnswers, event: Trying, _world: World) -> Goto:
    """The trial goes on and wants something."""
    return Goto("trying", replace(answers, stage=event.text), asks=False)


def ended(answers: UpkeepAnswers, event: Tried, _world: World) -> Goto:
    """With what came of it."""
    return Goto("tried", replace(answers, tried=event))


def to_device(answers: UpkeepAnswers, _event: Pressed, _world: World) -> Goto:
    """Back leads nowhere behind it: "all devices" does."""
    return Goto("device", answers, forget=True)


def noted(answers: UpkeepAnswers, event: RefillNoted, _world: World) -> Goto:
    """Said on the device's page."""
    said = msg("The refill is written down; its pages are counted anew.")
    missed = msg("The refill could not be written down. Look at the room on the disk.")
    return Goto("device", replace(answers, note=said if event.done else missed), forget=True)


TO_DEVICES = Goto("devices", forget=True)
LOOK = lambda _answers: (LookAround(),)  # noqa: E731  one expression, for three steps

UPKEEP = Journey(
    "upkeep",
    UpkeepAnswers,
    steps={
        "opening": Step(
            opening,
            {PinWanted: "pin", PinLocked: lock, PinNotSet: "not_set"},
            lambda _answers: (OpenUpkeep(),),
            passing=True,
        ),
        "not_set": Step(not_set, {Pressed: press()}, passing=True),
        "pin": Step(pin, {Typed: typed, Pressed: press(open=open_pages)}, passing=True),
        "checking": Step(
            wait(msg("Checking the PIN"), msg("This takes a moment."), "lock-outline", 1),
            {PinRight: right, PinWrong: wrong, PinLocked: lock},
            lambda answers: (CheckPin(answers.pin),),
            passing=True,
        ),
        "locked": Step(locked, {Pressed: press(again="opening")}, passing=True),
        "devices": Step(devices, {Chosen: chosen, UpkeepSeen: seen("devices"), Pressed: press()}, LOOK),
        "device": Step(
            device,
            {UpkeepSeen: seen("device"), Pressed: press(trial=try_it, refill="noting", devices=TO_DEVICES)},
            LOOK,
        ),
        "noting": Step(noting, {RefillNoted: noted}, lambda answers: (NoteRefill(answers.device),), passing=True),
        "trying": Step(
            trying,
            {Trying: staged, Tried: ended, Pressed: press(stop=to_device)},
            lambda answers: (TryDevice(answers.device),),
            passing=True,
        ),
        "tried": Step(tried, {Pressed: press(again=try_it, device=to_device)}, passing=True),
        "about": Step(about, {UpkeepSeen: seen("about"), Pressed: press(devices=TO_DEVICES)}, LOOK),
    },
    anywhere=ANYWHERE,
)
