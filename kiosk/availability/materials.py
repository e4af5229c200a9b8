"""By which ways pages can be handed in here now."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from kiosk.ports.scanner import Source
from kiosk.world import World


class Way(StrEnum):
    """How pages are handed in at a terminal."""

    GLASS = "glass"
    FEEDER = "feeder"
    CAMERA = "camera"
    PHONE = "phone"


def ways(world: World) -> tuple[Way, ...]:
    """The ways that work at this moment, those for paper first."""
    return tuple(way for way, works in WORKS.items() if works(world))


def _scanner(source: Source) -> Callable[[World], bool]:
    return lambda world: world.device("document_scanner").works and source in world.scan_sources


def _phone(world: World) -> bool:
    """The telephone's page is the centre's, under its public address."""
    return world.centre_reachable and bool(world.station.public_url)


WORKS: Mapping[Way, Callable[[World], bool]] = {
    Way.GLASS: _scanner(Source.FLATBED),
    Way.FEEDER: _scanner(Source.FEEDER),
    Way.CAMERA: lambda world: world.device("document_camera").works,
    Way.PHONE: _phone,
}
