"""The attract screen and the start of a visit."""

from dataclasses import dataclass

from kiosk import availability, power_cut
from kiosk.availability import Availability
from kiosk.events.touches import Chosen, TimedOut, UpkeepAsked, Woken
from kiosk.journeys.model import Answers, EndVisit, Goto, Journey, Step
from kiosk.texts import Msg, Text, counted, msg
from kiosk.views.parts import Option
from kiosk.views.start import AttractView, HomeView
from kiosk.world import World


@dataclass(frozen=True)
class HomeAnswers:
    """Home remembers nothing."""


FIRST_STEPS = {
    "guides": "guide.browse",
    "search": "guide.search",
    "ticket": "ticket.choose",
    "apply": "apply.begin",
    "progress": "progress.find",
    "collect": "collect.find",
    "rate": "rate.start",
}
"""Where a tile leads."""
OFFERS = (
    Option("guides", msg("Service guides"), icon="book-open-page-variant-outline"),
    Option("ticket", msg("Queue ticket"), icon="ticket-confirmation-outline"),
)


def attract(_answers: Answers, world: World) -> AttractView:
    """Nobody is here; on battery, why nobody can be served."""
    if closed := power_cut.closed(world):
        return AttractView(world.station.hall, closed, (), world.station.languages, open=False)
    return AttractView(world.station.hall, msg("Touch the screen to begin"), OFFERS, world.station.languages)


def home(_answers: Answers, world: World) -> HomeView:
    """The tiles with what works now, and the packages."""
    return HomeView(
        msg("Hello, what would you like to do today?"),
        msg("Search: open a restaurant / kfd / food"),
        tiles(world),
        msg("One goal, done in one go"),
        tuple(
            Option(
                f"package:{package.id}",
                package.title,
                counted("{n} item", "{n} items", len(package.items)),
                package.icon,
            )
            for package in world.catalogue.packages
        ),
        availability.opening(world.station, world.now),
    )


def tiles(world: World) -> tuple[Option, ...]:
    """The services, the two that this terminal has in teal."""
    return (
        _tile(
            "guides",
            msg("Service guides"),
            msg("How to apply, what to bring, how long"),
            "book-open-page-variant",
            availability.guides(world),
            main=True,
        ),
        _tile(
            "ticket", msg("Queue ticket"), _waiting(world), "ticket-confirmation", availability.ticket(world), main=True
        ),
        _tile(
            "apply", msg("Apply"), msg("Scan documents, submit here"), "file-document-edit", availability.apply(world)
        ),
        _tile(
            "progress",
            msg("Progress"),
            msg("By ID card or receipt QR code"),
            "progress-check",
            availability.progress(world),
        ),
        _tile(
            "collect", msg("Print results"), msg("Licences, receipts, notices"), "printer", availability.collect(world)
        ),
        _tile("rate", msg("Rate our service"), msg("Five levels"), "star-outline", availability.rate(world)),
    )


def _tile(key: str, title: Msg, detail: Text, icon: str, can: Availability, main: bool = False) -> Option:
    return Option(key, title, detail, icon, can.available, can.note, main)


def _waiting(world: World) -> Text:
    waiting = sum(queue.waiting for queue in world.queues or () if queue.open)
    if world.queues is None:
        return msg("Take a number for a window")
    return (
        counted("{n} person waiting now", "{n} people waiting now", waiting)
        if waiting
        else msg("Nobody is waiting now")
    )


def chosen(_answers: Answers, event: Chosen, _world: World) -> Goto:
    """From a tile, the search field or a package to its journey."""
    from kiosk.journeys.guide import GuideAnswers  # noqa: PLC0415  home and guide know each other

    kind, _, name = event.key.partition(":")
    if kind == "package":
        return Goto("guide.package", GuideAnswers(package=name))
    return Goto(FIRST_STEPS[kind])


HOME = Journey(
    "home",
    HomeAnswers,
    steps={
        "attract": Step(attract, {Woken: "home", UpkeepAsked: "upkeep.opening"}, timeout_s=0),
        "home": Step(home, {Chosen: chosen, UpkeepAsked: "upkeep.opening"}),
    },
    anywhere={TimedOut: EndVisit()},
)
