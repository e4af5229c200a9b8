"""What the technician's pages show: the PIN, the list of devices, one device, a trial and how it ended."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType

from kiosk.device_titles import TITLES
from kiosk.errors import REMEDIES
from kiosk.events.touches import Pressed
from kiosk.events.upkeep import Tried
from kiosk.instructions import CONNECTION, ranked, steps_for
from kiosk.pin import LONGEST, SHORTEST
from kiosk.ports.device import READY, Health, Status
from kiosk.ports.tally import Counter
from kiosk.texts import Msg, Text, counted, msg
from kiosk.upkeep_report import UpkeepReport
from kiosk.views.choose import ChooseView
from kiosk.views.devices import DeviceView
from kiosk.views.fields import FieldKind, FieldView
from kiosk.views.parts import Action, Fact, Option, Tone
from kiosk.views.told import MessageView, ReviewView, WaitView
from kiosk.world import World


@dataclass(frozen=True, repr=False)
class UpkeepAnswers:
    """`pin` what is typed; `error` what is wrong with it; `until` the end of waiting; `device` the one that is open, by
    its worker's name or CENTRE; `stage` what a trial asks for now."""

    pin: str = ""
    error: Text = ""
    until: float = 0.0
    report: UpkeepReport | None = None
    device: str = ""
    stage: Text = ""
    tried: Tried | None = None
    note: Text = ""


CENTRE, ABOUT = "centre", "about"
PRINTERS = ("ticket_printer", "a4_printer")
LEAVE = Action(Pressed("finish"), msg("Close the upkeep pages"), "check")

STATES: Mapping[Health, tuple[Msg, str, Tone]] = MappingProxyType(
    {
        Health.BROKEN: (msg("Out of order"), "close-octagon-outline", Tone.TROUBLE),
        Health.ABSENT: (msg("Not connected"), "power-plug-off-outline", Tone.TROUBLE),
        Health.BLOCKED: (msg("Stopped: you can clear it"), "alert-outline", Tone.TROUBLE),
        Health.LOW: (msg("Works, but wants you soon"), "alert-circle-outline", Tone.NOTE),
        Health.BUSY: (msg("At work"), "progress-clock", Tone.PLAIN),
        Health.READY: (msg("Ready"), "check-circle-outline", Tone.DONE),
    }
)
"""In words, with an icon and a tone; the worst first. Headphones that are not plugged in are no trouble: see `health`."""
COUNTERS: Mapping[Counter, Msg] = MappingProxyType(
    {
        Counter.PAGES: msg("Pages printed"),
        Counter.PAGES_SINCE_REFILL: msg("Pages since the last refill"),
        Counter.CUTS: msg("Cuts"),
        Counter.READS: msg("Cards and codes read"),
        Counter.SCANS: msg("Pages scanned"),
        Counter.ERRORS: msg("Times it did not work"),
    }
)
TRIALS: Mapping[str, Action] = MappingProxyType(
    {
        "card_reader": Action(Pressed("trial"), msg("Read a test card"), "card-account-details-outline", main=True),
        "citizen_card_reader": Action(Pressed("trial"), msg("Read a test card"), "smart-card-outline", main=True),
        "ticket_printer": Action(Pressed("trial"), msg("Print a test slip"), "receipt-text-outline", main=True),
        "a4_printer": Action(Pressed("trial"), msg("Print a test page"), "printer-outline", main=True),
        "document_scanner": Action(Pressed("trial"), msg("Scan a test page"), "scanner", main=True),
        "document_camera": Action(Pressed("trial"), msg("Take a test picture"), "camera-outline", main=True),
        "code_scanner": Action(Pressed("trial"), msg("Read a test code"), "qrcode-scan", main=True),
        "power": Action(Pressed("trial"), msg("Ask the battery"), "battery-outline", main=True),
        "board": Action(Pressed("trial"), msg("Turn on every lamp"), "lightbulb-on-outline", main=True),
        "voice": Action(Pressed("trial"), msg("Play a test sentence"), "volume-high", main=True),
    }
)
"""The trial of each kind of device, as a button; what only has a state (headphones) has none."""


# --- the PIN -------------------------------------------------------------------------------------------------


def opening(_answers: UpkeepAnswers, _world: World) -> WaitView:
    """A moment, as a rule."""
    return WaitView(msg("Opening the upkeep pages"), "", "wrench-outline", 1)


def not_set(_answers: UpkeepAnswers, _world: World) -> MessageView:
    """Nobody can open them, and here is how that is changed."""
    return MessageView(
        Tone.NOTE,
        msg("The upkeep pages have no PIN yet"),
        msg("They stay closed until somebody sets one on this machine."),
        "lock-outline",
        facts=(Fact("kiosk upkeep-pin", msg("Run this on the machine")),),
        steps=(msg("Put the lines it prints where it says."), msg("Start the kiosk again.")),
        actions=(Action(Pressed("finish"), msg("Go back to the start"), "home", main=True),),
    )


def pin(answers: UpkeepAnswers, _world: World) -> FieldView:
    """Digits as dots."""
    return FieldView(
        msg("PIN for the upkeep pages"),
        answers.pin,
        FieldKind.PIN,
        explain=counted_digits(),
        error=answers.error,
        actions=(Action(Pressed("open"), msg("Open the upkeep pages"), "lock-open-outline", main=True),),
    )


def counted_digits() -> Msg:
    """How long a PIN is."""
    return msg("For the technician: {shortest} to {longest} digits.", shortest=SHORTEST, longest=LONGEST)


def wrong_pin(tries: int) -> Msg:
    """How many tries are left."""
    return counted(
        "This PIN is not right. {n} try is left.",
        "This PIN is not right. {n} tries are left.",
        tries,
    )


def locked(answers: UpkeepAnswers, _world: World) -> WaitView:
    """A calm countdown; the longer the more often it was wrong."""
    return WaitView(
        msg("There is a pause after wrong PINs"),
        msg("Then the next PIN can be tried. The terminal can be used meanwhile."),
        "timer-sand",
        ends_at=answers.until,
        actions=(
            Action(Pressed("again"), msg("Try the PIN again"), "refresh"),
            Action(Pressed("finish"), msg("Go back to the start"), "home", main=True),
        ),
    )


# --- devices -------------------------------------------------------------------------------------------------


def devices(answers: UpkeepAnswers, world: World) -> ChooseView:
    """Every device, the worst first; then the way to the centre and the terminal itself."""
    names = sorted(fitted(answers, world), key=lambda name: _rank(name, world))
    troubled = sum(health(name, world) not in (Health.READY, Health.BUSY) for name in names)
    return ChooseView(
        msg("Upkeep of this terminal"),
        (*(_option(name, world) for name in names), _about()),
        explain=_how_many(troubled),
        actions=(LEAVE,),
    )


def fitted(answers: UpkeepAnswers, world: World) -> tuple[str, ...]:
    """What is built in, and the way to the centre; before the report is there, what has told its state."""
    known = answers.report.fitted if answers.report else tuple(world.devices)
    return (*(name for name in known if name in TITLES), CENTRE)


def health(name: str, world: World) -> Health:
    """How it is. A headphone socket without a plug is ready; the centre is there or not."""
    if name == CENTRE:
        return Health.READY if world.centre_reachable else Health.ABSENT
    found = world.device(name).health
    return Health.READY if name == "headphones" and found is Health.ABSENT else found


def _rank(name: str, world: World) -> int:
    return tuple(STATES).index(health(name, world))


def _how_many(troubled: int) -> Msg:
    if not troubled:
        return msg("Everything works.")
    return counted("{n} thing here wants you.", "{n} things here want you.", troubled)


def _option(name: str, world: World) -> Option:
    said, icon, tone = STATES[health(name, world)]
    trouble = tone in (Tone.NOTE, Tone.TROUBLE)
    return Option(name, title(name), since(name, world), icon, reason=_reported(name, world, said) if trouble else "")


def _reported(name: str, world: World, otherwise: Msg) -> Text:
    """What it says itself, else its state."""
    faults = ranked(world.device(name).faults) if name != CENTRE else ()
    return REMEDIES[faults[0]].resident if faults else otherwise


def _about() -> Option:
    return Option(ABOUT, msg("This terminal"), msg("Version, running time, room on the disk"), "information-outline")


def title(name: str) -> Msg:
    """What a device is called."""
    return TITLES[name] if name != CENTRE else msg("Connection to the centre")


def since(name: str, world: World) -> Text:
    """Its state and since when it is so."""
    said = STATES[health(name, world)][0] if name != "headphones" else _plugged(world)
    began = world.since.get(name)
    if began is None:
        return said
    span = max(timedelta(), world.now - began)
    at = began.astimezone(world.now.tzinfo)
    moment = at.strftime("%H:%M") if at.date() == world.now.date() else at
    if span < timedelta(minutes=1):
        return msg("{state} · since {time}", state=said, time=moment)
    return msg("{state} · since {time}, {span}", state=said, time=moment, span=lasting(span))


def _plugged(world: World) -> Msg:
    return msg("Plugged in") if world.device("headphones").works else msg("Not plugged in")


def device(answers: UpkeepAnswers, world: World) -> DeviceView:
    """One of them: how it is, what to do, what was counted."""
    name = answers.device
    said, icon, tone = STATES[health(name, world)]
    return DeviceView(
        title(name),
        tone,
        said if name != "headphones" else _plugged(world),
        since(name, world),
        icon,
        _faults(name, world),
        CONNECTION if name == CENTRE and not world.centre_reachable else steps_for(name, _status(name, world)),
        _counters(answers),
        answers.note,
        _actions(name),
    )


def _status(name: str, world: World) -> Status:
    return READY if name == CENTRE or health(name, world) is Health.READY else world.device(name)


def lasting(span: timedelta) -> Msg | timedelta:
    """How long, in days where it is days: weeks would be rounded too far."""
    return counted("{n} day", "{n} days", span.days) if span.days else span


def _faults(name: str, world: World) -> tuple[Text, ...]:
    """Each fault, and its remedy in one sentence."""
    return tuple(REMEDIES[fault].resident for fault in ranked(_status(name, world).faults))


def _counters(answers: UpkeepAnswers) -> tuple[tuple[Text, Text], ...]:
    found = answers.report.counted(answers.device) if answers.report else {}
    shown = [counter for counter in Counter if counter in found]
    return tuple((COUNTERS[counter], f"{found[counter]:,}") for counter in shown)


def _actions(name: str) -> tuple[Action, ...]:
    refill = (Action(Pressed("refill"), msg("Write down the refill"), "tray-full"),) if name in PRINTERS else ()
    everything = Action(Pressed("devices"), msg("Show all devices"), "format-list-bulleted")
    trial = (TRIALS[name],) if name in TRIALS else ()
    return (*refill, everything, *trial)


def about(answers: UpkeepAnswers, _world: World) -> ReviewView:
    """Figures of the terminal itself."""
    rows = answers.report.rows if answers.report else ()
    return ReviewView(msg("This terminal"), rows, (_back_to_devices(),), icon="information-outline")


def _back_to_devices() -> Action:
    return Action(Pressed("devices"), msg("Show all devices"), "format-list-bulleted", main=True)


# --- trials --------------------------------------------------------------------------------------------------


def trying(answers: UpkeepAnswers, _world: World) -> WaitView:
    """What the trial wants now."""
    return WaitView(
        title(answers.device),
        answers.stage or msg("One moment, the device is being asked."),
        TRIALS[answers.device].icon,
        points_down=answers.device == "card_reader" and bool(answers.stage),
        actions=(Action(Pressed("stop"), msg("Stop the test"), "close"),),
    )


def noting(_answers: UpkeepAnswers, _world: World) -> WaitView:
    """The refill is being written down."""
    return WaitView(msg("Writing down the refill"), "", "tray-full", 1)


def tried(answers: UpkeepAnswers, _world: World) -> MessageView:
    """How it ended, with figures."""
    end = answers.tried or Tried(answers.device, False, "")
    return MessageView(
        Tone.DONE if end.well else Tone.TROUBLE,
        msg("The test went well: {device}", device=title(end.device))
        if end.well
        else msg("The test did not go well: {device}", device=title(end.device)),
        end.text,
        facts=tuple(Fact(value, label) for label, value in end.facts),
        actions=(
            Action(Pressed("again"), msg("Try again"), "refresh"),
            Action(Pressed("device"), msg("Go back to the device"), "arrow-left", main=True),
        ),
    )
