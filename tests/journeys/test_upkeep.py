"""The technician's pages: in by the PIN, every device with what to do about it, trials; nothing of a resident."""

from dataclasses import replace
from datetime import timedelta

import pytest

from devices.registry import MODELS
from kiosk.device_titles import TITLES
from kiosk.effects.upkeep import CheckPin, LookAround, NoteRefill, OpenUpkeep, TryDevice
from kiosk.errors import REMEDIES, Fault
from kiosk.events.touches import Chosen, Pressed, TimedOut, Typed, UpkeepAsked
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
from kiosk.handlers.trials import CONCERNS, KINDS, LAMPS, SENSORS
from kiosk.handlers.trials import TRIALS as HANDLED
from kiosk.instructions import PAGES, STEPS, steps_for
from kiosk.journeys.home import HOME
from kiosk.journeys.model import Position
from kiosk.journeys.upkeep import UPKEEP
from kiosk.journeys.upkeep_views import ABOUT, CENTRE, COUNTERS, PRINTERS, STATES, TRIALS, UpkeepAnswers
from kiosk.pictures import Picture
from kiosk.ports.board import Lamp, Sensor
from kiosk.ports.card_reader import CardKind
from kiosk.ports.device import ABSENT, READY, Health, Status
from kiosk.ports.page import Concern
from kiosk.ports.tally import Counter
from kiosk.texts import msg
from kiosk.upkeep_report import UpkeepReport
from kiosk.views.choose import ChooseView
from kiosk.views.devices import DeviceView
from kiosk.views.fields import FieldKind, FieldView
from kiosk.views.parts import Tone
from kiosk.views.told import MessageView, ReviewView, WaitView
from kiosk.words import load
from kiosk.world import World
from tests.walk import END, at, draw, effects, walk
from tests.worlds import DEVICES, OUT_OF_PAPER, TUESDAY_MORNING, world

PIN = "246813"
SLIP_COUNTERS = {Counter.PAGES: 18_240, Counter.ERRORS: 7}
REPORT = UpkeepReport(
    ("card_reader", "ticket_printer", "a4_printer"), {"ticket_printer": SLIP_COUNTERS}, ((msg("Version"), "1"),)
)
IN = at(UPKEEP, "devices", report=REPORT)


def say(text: object) -> str:
    return load("en").say(text)  # type: ignore[arg-type]


def with_state(name: str, status: Status, **changes: object) -> World:
    return world(devices={**DEVICES, name: status}, **changes)


def device(name: str, here: World | None = None) -> DeviceView:
    view = draw(at(UPKEEP, "device", device=name, report=REPORT), here or world())
    assert isinstance(view, DeviceView)
    return view


# --- the way in ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["attract", "home"])
def test_from_the_gesture_to_the_devices(page: str) -> None:
    opening = walk(at(HOME, page), (UpkeepAsked(), "upkeep.opening"))
    assert effects(opening) == (OpenUpkeep(),)
    typed = walk(opening, (PinWanted(), "pin"), *((Typed(PIN[: n + 1]), "pin") for n in range(len(PIN))))
    checking = walk(typed, (Pressed("open"), "checking"))
    assert effects(checking) == (CheckPin(PIN),)
    inside = walk(checking, (PinRight(), "devices"))
    assert inside.answers == UpkeepAnswers(), "the PIN is forgotten at the door"
    assert effects(inside) == (LookAround(),)


def test_no_other_page_knows_the_gesture() -> None:
    knowing = {
        (journey.name, name)
        for journey in (HOME, UPKEEP)
        for name, step in journey.steps.items()
        if UpkeepAsked in step.on
    }
    assert knowing == {("home", "attract"), ("home", "home")}


def test_the_pin_is_a_secret_field_and_in_no_repr() -> None:
    position = at(UPKEEP, "pin", pin=PIN)
    view = draw(position, world())
    assert isinstance(view, FieldView)
    assert view.kind is FieldKind.PIN
    assert PIN not in repr((position, view, CheckPin(PIN), Typed(PIN), position.answers))


def test_a_wrong_pin_says_how_many_tries_are_left() -> None:
    end = walk(at(UPKEEP, "checking", pin=PIN), (PinWrong(1), "pin"))
    view = draw(end, world())
    assert isinstance(view, FieldView)
    assert (view.text, say(view.error)) == ("", "This PIN is not right. 1 try is left.")
    assert end.answers.pin == ""
    walk(end, (Typed("2"), "pin"))


@pytest.mark.parametrize("pin", ["", "12345", "1" * 13])
def test_what_cannot_be_a_pin_costs_no_try(pin: str) -> None:
    end = walk(at(UPKEEP, "pin", pin=pin), (Pressed("open"), "pin"))
    assert end.answers.error
    assert effects(end) == ()


@pytest.mark.parametrize("step", ["opening", "checking"])
def test_locked_shows_a_countdown_and_two_ways_on(step: str) -> None:
    locked = walk(at(UPKEEP, step, pin=PIN), (PinLocked(4711.0), "locked"))
    view = draw(locked, world())
    assert isinstance(view, WaitView)
    assert (view.ends_at, locked.answers.pin) == (4711.0, "")
    walk(locked, (Pressed("again"), "opening"))
    walk(locked, (Pressed("finish"), END))


def test_without_a_pin_it_says_which_command_to_run() -> None:
    end = walk(at(UPKEEP, "opening"), (PinNotSet(), "not_set"))
    view = draw(end, world())
    assert isinstance(view, MessageView)
    assert view.facts[0].value == "kiosk upkeep-pin"
    walk(end, (Pressed("finish"), END))


@pytest.mark.parametrize("step", UPKEEP.steps)
def test_every_page_ends_by_itself(step: str) -> None:
    walk(at(UPKEEP, step, device="card_reader"), (TimedOut(), END))
    assert UPKEEP.steps[step].timeout_s, "none stays open"


# --- the list ------------------------------------------------------------------------------------------------


def test_the_worst_comes_first_in_words_and_with_an_icon() -> None:
    here = world(
        devices={
            "card_reader": READY,
            "ticket_printer": OUT_OF_PAPER,
            "a4_printer": Status(Health.BROKEN, frozenset({Fault.HARDWARE})),
        },
        since={"ticket_printer": TUESDAY_MORNING - timedelta(hours=3)},
    )
    view = draw(IN, here)
    assert isinstance(view, ChooseView)
    assert [option.key for option in view.options] == ["a4_printer", "ticket_printer", "card_reader", CENTRE, ABOUT]
    slip = view.options[1]
    assert say(slip.detail) == "Stopped: you can clear it · since 06:41, 3 hours"
    assert (say(slip.reason), slip.icon) == ("The printer has run out of paper.", "alert-outline")
    assert (say(view.options[2].detail), view.options[2].reason) == ("Ready", "")
    assert say(view.explain) == "2 things here want you."


def test_all_well_says_so() -> None:
    view = draw(IN, world())
    assert isinstance(view, ChooseView)
    assert say(view.explain) == "Everything works."


def test_a_device_that_never_answered_is_in_the_list() -> None:
    view = draw(IN, world(devices={}))
    assert isinstance(view, ChooseView)
    assert {option.key for option in view.options} == {*REPORT.fitted, CENTRE, ABOUT}
    assert say(view.options[0].detail) == "Not connected"


def test_before_the_report_is_there_the_states_are() -> None:
    view = draw(at(UPKEEP, "devices"), world())
    assert isinstance(view, ChooseView)
    assert {option.key for option in view.options} == {*DEVICES, CENTRE, ABOUT}


@pytest.mark.parametrize(
    ("ago", "said"),
    [
        (timedelta(seconds=20), "Ready · since 09:40"),
        (timedelta(minutes=5), "Ready · since 09:36, 5 minutes"),
        (timedelta(days=12), "Ready · since Thu, 12 Nov, 09:41, 12 days"),
        (-timedelta(hours=1), "Ready · since 10:41"),
    ],
)
def test_since_when(ago: timedelta, said: str) -> None:
    """A clock that was set back makes no negative time."""
    assert say(device("card_reader", world(since={"card_reader": TUESDAY_MORNING - ago})).since) == said


def test_more_is_known_and_the_page_stays_without_asking_again() -> None:
    for step in ("devices", "device", "about"):
        end = walk(at(UPKEEP, step, device="ticket_printer"), (UpkeepSeen(REPORT), step))
        assert end.answers.report is REPORT
    walk(IN, (Pressed("finish"), END))


def test_the_terminal_itself() -> None:
    end = walk(IN, (Chosen(ABOUT), "about"))
    view = draw(end, world())
    assert isinstance(view, ReviewView)
    assert view.rows == REPORT.rows
    walk(end, (Pressed("devices"), "devices"))


# --- a device ------------------------------------------------------------------------------------------------


def test_out_of_paper_is_four_pictures_and_its_counters() -> None:
    view = device("ticket_printer", with_state("ticket_printer", OUT_OF_PAPER))
    assert view.tone is Tone.TROUBLE
    assert [step.picture for step in view.steps] == [
        Picture.OPEN_COVER,
        Picture.ROLL_IN,
        Picture.CLOSE_COVER,
        Picture.PRESS_FEED,
    ]
    assert [(say(label), value) for label, value in view.rows] == [
        ("Pages printed", "18,240"),
        ("Times it did not work", "7"),
    ]


def test_pages_have_another_tray_than_slips() -> None:
    assert [step.picture for step in steps_for("a4_printer", OUT_OF_PAPER)] == [
        Picture.TRAY_OUT,
        Picture.PAPER_STACK,
        Picture.TRAY_IN,
    ]


def test_several_faults_are_one_list_without_repeats() -> None:
    steps = steps_for("ticket_printer", Status(Health.BLOCKED, frozenset({Fault.COVER_OPEN, Fault.PAPER_OUT})))
    assert len(steps) == len(set(steps)) == 4


def test_the_way_to_the_centre_is_a_page_too() -> None:
    gone = device(CENTRE, world(centre_reachable=False))
    assert (say(gone.state), gone.explain, bool(gone.steps)) == ("Not connected", (), True)
    there = device(CENTRE)
    assert (say(there.state), there.steps) == ("Ready", ())


def test_headphones_that_are_not_plugged_in_are_no_trouble() -> None:
    view = device("headphones", with_state("headphones", ABSENT))
    assert (say(view.state), view.tone, view.steps, view.explain) == ("Not plugged in", Tone.DONE, (), ())
    assert say(device("headphones", with_state("headphones", READY)).state) == "Plugged in"


@pytest.mark.parametrize("name", [*MODELS, CENTRE])
def test_every_kind_of_device_has_a_page_and_its_buttons(name: str) -> None:
    names = {action.event.name for action in device(name).actions if isinstance(action.event, Pressed)}
    assert ("refill" in names) == (name in PRINTERS)
    assert ("trial" in names) == (name in TRIALS)
    assert "devices" in names


def test_a_refill_is_written_down_and_said() -> None:
    noting = walk(IN, (Chosen("ticket_printer"), "device"), (Pressed("refill"), "noting"))
    assert effects(noting) == (NoteRefill("ticket_printer"),)
    done = walk(noting, (RefillNoted(True), "device"))
    assert effects(done) == (LookAround(),), "the counters are asked for again"
    assert "written down;" in say(device_note(done))
    assert "could not" in say(device_note(walk(noting, (RefillNoted(False), "device"))))
    assert walk(done, (Pressed("devices"), "devices"), (Chosen("a4_printer"), "device")).answers.note == ""


def device_note(position: Position) -> object:
    view = draw(position, world())
    assert isinstance(view, DeviceView)
    return view.note


# --- trials --------------------------------------------------------------------------------------------------


def test_a_trial_says_what_it_wants_and_how_it_ended() -> None:
    trying = walk(IN, (Chosen("card_reader"), "device"), (Pressed("trial"), "trying"))
    assert effects(trying) == (TryDevice("card_reader"),)
    staged = walk(trying, (Trying(msg("Put any card on the reader.")), "trying"))
    assert say(draw(staged, world()).explain) == "Put any card on the reader."  # type: ignore[attr-defined]
    tried = walk(staged, (Tried("card_reader", True, "fine", (("took", "1 s"),)), "tried"))
    view = draw(tried, world())
    assert isinstance(view, MessageView)
    assert (view.tone, view.facts[0].value, view.facts[0].note) == (Tone.DONE, "1 s", "took")
    again = walk(tried, (Pressed("again"), "trying"))
    assert (again.answers.stage, again.answers.tried) == ("", None)
    walk(tried, (Pressed("device"), "device"))
    walk(trying, (Pressed("stop"), "device"))


def test_one_that_went_wrong_is_no_success() -> None:
    view = draw(walk(at(UPKEEP, "trying", device="power"), (Tried("power", False, "gone"), "tried")), world())
    assert isinstance(view, MessageView)
    assert view.tone is Tone.TROUBLE


@pytest.mark.parametrize("name", TRIALS)
def test_every_trial_can_wait(name: str) -> None:
    view = draw(at(UPKEEP, "trying", device=name), world())
    assert isinstance(view, WaitView)
    assert view.actions


# --- tables that must be complete ----------------------------------------------------------------------------


def test_tables_know_everything() -> None:
    assert set(TITLES) == set(MODELS)
    assert set(STEPS) == set(Fault) == set(REMEDIES)
    assert set(PAGES) < set(Fault)
    assert set(STATES) == set(Health)
    assert set(COUNTERS) == set(Counter)
    assert set(TRIALS) == {*HANDLED, *PRINTERS}
    assert (set(KINDS), set(CONCERNS), set(LAMPS), set(SENSORS)) == (
        set(CardKind),
        set(Concern),
        set(Lamp),
        set(Sensor),
    )
    assert {step.picture for steps in (*STEPS.values(), *PAGES.values()) for step in steps} | {Picture.NETWORK} == set(
        Picture
    )


def test_nothing_of_a_resident_fits_into_the_answers() -> None:
    assert set(replace(UpkeepAnswers()).__dict__) == {
        "pin",
        "error",
        "until",
        "report",
        "device",
        "stage",
        "tried",
        "note",
    }
