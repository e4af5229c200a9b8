"""A journey that hands in materials, and nothing else: what the sub-flow is walked in."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk.cases.model import CaseInHand, Filling, HandingIn, Origin, Sheet
from kiosk.events.touches import Chosen, Pressed, Woken
from kiosk.journeys.common import ANYWHERE, press
from kiosk.journeys.home import HOME
from kiosk.journeys.materials import begin_material, keep_pages, material_steps
from kiosk.journeys.model import Answers, Goto, Journey, Position, Step
from kiosk.ports.device import READY
from kiosk.ports.page import Concern, Page
from kiosk.texts import msg
from kiosk.views.choose import ChooseView
from kiosk.views.model import View
from kiosk.views.parts import Option
from kiosk.views.start import AttractView
from kiosk.world import World
from tests.walk import walk as any_walk
from tests.worlds import DEVICES, text, world

LEASE = text("租赁合同", "Lease")
EXPLAIN = text("每一页都要", "Every page of it")
ALL = world(devices={**DEVICES, "document_scanner": READY, "document_camera": READY})
PHONE_URL = "https://approval.example/u/one-time"


@dataclass(frozen=True, repr=False)
class Answers_:  # noqa: N801  the journeys' own name is taken by the type
    """As the apply journey has them."""

    case: CaseInHand = field(default_factory=CaseInHand)
    filling: Filling | None = None
    handing: HandingIn | None = None


def _list(answers: Answers_, _world: World) -> View:
    options = tuple(Option(key, LEASE, str(len(answers.case.sheets.get(key, ())))) for key in ("lease", "plan"))
    return ChooseView(msg("Guides"), options)


def _begin(answers: Answers, event: Chosen, _world: World) -> Goto:
    return begin_material(answers, event.key, LEASE, EXPLAIN)


HOST = Journey(
    "host",
    Answers_,
    {
        "welcome": Step(lambda _answers, _world: AttractView(LEASE, LEASE, (), ("en",)), {Woken: "list"}),
        "list": Step(_list, {Chosen: _begin, Pressed: press()}, returned=keep_pages),
        **material_steps("list"),
    },
    ANYWHERE,
)
JOURNEYS: Mapping[str, Journey] = {"home": HOME, "host": HOST}
WELCOME = Position("host", "welcome", Answers_())
LIST = Position("host", "list", Answers_())


def page(name: str = "a", *concerns: Concern) -> Page:
    """A page told apart by its name; nobody decodes it here."""
    return Page(b"\xff\xd8" + name.encode(), 1240, 1754, 150, frozenset(concerns))


def sheets(names: str, origin: Origin = Origin.SCANNER) -> tuple[Sheet, ...]:
    """A page for each letter."""
    return tuple(Sheet(page(name), origin) for name in names)


def names(position: Position) -> str:
    """The pages in hand, by their letters, in order."""
    return "".join(sheet.page.jpeg[2:].decode() for sheet in position.answers.handing.sheets)


def at(step: str, pages: str = "", **known: object) -> Position:
    """A position within the sub-flow."""
    return Position("host", step, Answers_(handing=HandingIn("lease", LEASE, EXPLAIN, sheets(pages), **known)))


def walk(start: Position, *script: tuple[object, str], world: World = ALL) -> Position:
    """Through the host."""
    return any_walk(start, *script, world=world, journeys=JOURNEYS)
