"""Hands at the keyboard: a page to write on, keys to press, what stands there then."""

from collections.abc import Callable, Sequence

from kiosk.events.touches import Pressed, Typed
from kiosk.ports.writing import Method
from kiosk.texts import msg
from kiosk.views.choose import SearchView
from kiosk.views.parts import Action
from screens.samples import chrome
from tests.screens import measure

from .conftest import Stage
from .fake_writing import FakeWriting

Open = Callable[..., Stage]

SEARCH = SearchView("Search", "hint", "", "", ())

NEXT = (Action(Pressed("next"), "Next", main=True),)

WHY = msg("This way of writing is not installed here.")


def opened_on(
    stage: Open, view: object, language: str = "zh_CN", screen: str = "portrait", missing: Sequence[Method] = ()
) -> tuple[Stage, FakeWriting]:
    writing = FakeWriting(dict.fromkeys(missing, WHY))
    opened = stage(screen)
    opened.app.tools.writing = writing
    opened.app.show(view, chrome(language, "M"))
    opened.robot.frames()
    return opened, writing


def texts(opened: Stage) -> list[str]:
    return [event.text for event in opened.told if isinstance(event, Typed)]


def candidates(opened: Stage) -> list[str]:
    found = [piece for piece in opened.app.surface.pressables() if piece.name.startswith("candidate-")]
    return [piece.parts[0].text for piece in found]


def said(opened: Stage) -> str:
    return " ".join(piece.text for piece in measure.pieces(opened.app.surface) if hasattr(piece, "text"))


def keys(opened: Stage, *names: str) -> None:
    for name in names:
        opened.robot.press(name)
