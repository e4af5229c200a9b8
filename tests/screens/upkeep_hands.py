"""A page for a technician, with a clock that only a test lets pass."""

from collections.abc import Callable

from kiosk.views.start import HomeView
from screens.hidden import Hidden
from screens.samples import SAMPLES, chrome

from .conftest import Stage

Open = Callable[..., Stage]


class Clock:
    """Seconds that only a test lets pass."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


def shown(
    stage: Open, name: str, screen: str = "portrait", language: str = "zh_CN", **more: object
) -> tuple[Stage, Clock]:
    """A page, with a clock of its own for the gesture."""
    opened = stage(screen, **{key: more.pop(key) for key in ("tell",) if key in more})
    view = SAMPLES[name]
    opened.app.show(view, chrome(language, "M", home=isinstance(view, HomeView), **more))
    opened.robot.frames()
    clock = Clock()
    opened.app.surface.hidden = Hidden(opened.app.surface, clock)
    return opened, clock
