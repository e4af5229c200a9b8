"""Every journey by name, and the engine that plays them. A journey is imported when somebody first goes there."""

from collections.abc import Iterator, Mapping
from importlib import import_module

from kiosk.journeys.home import HOME
from kiosk.journeys.model import Journey, Journeys, Position

TABLE: Mapping[str, str] = {
    "home": "kiosk.journeys.home:HOME",
    "guide": "kiosk.journeys.guide:GUIDE",
    "ticket": "kiosk.journeys.ticket:TICKET",
    "apply": "kiosk.journeys.apply:APPLY",
    "progress": "kiosk.journeys.progress:PROGRESS",
    "collect": "kiosk.journeys.collect:COLLECT",
    "rate": "kiosk.journeys.rate:RATE",
    "upkeep": "kiosk.journeys.upkeep:UPKEEP",
}


class _Named(Mapping[str, Journey]):
    """The table, with each journey in place of its address."""

    def __getitem__(self, name: str) -> Journey:
        module, _, attribute = TABLE[name].partition(":")
        journey: Journey = getattr(import_module(module), attribute)
        return journey

    def __iter__(self) -> Iterator[str]:
        return iter(TABLE)

    def __len__(self) -> int:
        return len(TABLE)


JOURNEYS: Journeys = _Named()
START = Position("home", "attract", HOME.answers())
