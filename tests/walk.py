"""Plays a journey as a script: `walk(TICKET, (event, "step where it leads"), ...)`, with no screen, device or clock.

Every edge walked is counted; `tests/journeys/test_edges.py` fails for the edges of the tables that no walk went.
"""

from kiosk.events.model import Event
from kiosk.journeys import JOURNEYS
from kiosk.journeys.model import EndVisit, Journey, Journeys, Position, advance, enter, step_of
from kiosk.world import World
from tests.worlds import world as ordinary

END = "(end of the visit)"
WALKED: set[tuple[str, str, type[Event]]] = set()


def at(journey: Journey, step: str, **answers: object) -> Position:
    """A position to start from."""
    return Position(journey.name, step, journey.answers(**answers))


def walk(
    start: Position, *script: tuple[Event, str], world: World | None = None, journeys: Journeys = JOURNEYS
) -> Position:
    """Feed the events one by one; each must lead to its step, and every step's view must draw. Returns the last position."""
    world, position = world or ordinary(), start
    draw(position, world, journeys)
    for event, expected in script:
        WALKED.add((position.journey, position.step, type(event)))
        move = advance(journeys, position, event, world)
        assert move is not None, f"{position!r} does not expect {type(event).__name__}"
        if isinstance(move, EndVisit):
            assert expected == END, f"{position!r} ended the visit, expected {expected}"
            return position
        full = expected if "." in expected else f"{position.journey}.{expected}"
        position = move.position
        assert f"{position.journey}.{position.step}" == full
        draw(position, world, journeys)
    return position


def draw(position: Position, world: World, journeys: Journeys = JOURNEYS) -> object:
    """The view of a position."""
    return step_of(journeys, position).view(position.answers, world)


def effects(position: Position, journeys: Journeys = JOURNEYS) -> tuple[object, ...]:
    """What entering the position asks of the outside."""
    return enter(journeys, position, position.step).effects
