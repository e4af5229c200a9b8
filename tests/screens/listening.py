"""A stage with a speaker that remembers, and what was said on it."""

from collections.abc import Callable

from kiosk.events.model import Event
from kiosk.events.touches import Attended
from kiosk.ports.voice import Tongue
from kiosk.views.start import AttractView, HomeView
from screens.samples import SAMPLES, chrome

from .conftest import Stage
from .ears import Ears

Open = Callable[..., Stage]


def listen(
    stage: Open, name: str, language: str = "en", known: frozenset[Tongue] = frozenset(Tongue), **more: object
) -> Stage:
    opened = stage("portrait")
    opened.app.tools.voice = Ears(known)
    show(opened, name, language, **more)
    return opened


def show(opened: Stage, name: str, language: str = "en", **more: object) -> None:
    view = SAMPLES[name]
    around = {"voice": True, **more}
    opened.app.show(view, chrome(language, "M", home=isinstance(view, (HomeView, AttractView)), **around))
    opened.robot.frames()


def ears(opened: Stage) -> Ears:
    voice = opened.app.tools.voice
    assert isinstance(voice, Ears)
    return voice


def told(opened: Stage) -> list[Event]:
    return [event for event in opened.told if event != Attended()]
