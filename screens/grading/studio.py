"""Draws samples and moments in a setting, and grades them: one window, one app for each screen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kiosk.views.start import AttractView, HomeView
from screens.app import KioskApp
from screens.grading.matrix import THEMES, Setting, names, picture_name, shown_in
from screens.grading.moments import MOMENTS, Hand, Moment, scroll_to
from screens.grading.pretend import PretendVoice, PretendWriting
from screens.grading.rule import Finding, Grade, grade
from screens.grading.shot import Camera, Pixels, Shot
from screens.robot import Robot
from screens.sample_camera import PretendViewfinder
from screens.samples import SAMPLES, chrome

PLAIN = Moment(())


@dataclass
class Picture:
    """One graded picture."""

    name: str
    setting: Setting
    pixels: Pixels
    grade: Grade


class Studio:
    """An app on one screen with a camera before it. Call `close()` before the next is opened."""

    def __init__(self, screen: str) -> None:
        theme = THEMES[screen]
        self._app = KioskApp(theme=theme, tell=lambda _: None)
        self._app.start()
        self._app.tools.writing, self._app.tools.voice = PretendWriting(), PretendVoice()
        self._app.tools.viewfinder = PretendViewfinder()
        self._camera = Camera(theme.width_px, theme.height_px)
        self._hand = Hand(Robot(self._app), self._app.surface)

    def pictures(self, setting: Setting, pairs: Sequence[tuple[str, str]] = ()) -> Iterator[Picture]:
        """Every sample with its moments, one after the other."""
        for sample, moment in sorted(pairs or names()):
            if not moment or shown_in(setting, MOMENTS[moment].in_every_contrast):
                yield self.picture(setting, sample, moment)

    def picture(self, setting: Setting, sample: str, moment: str = "") -> Picture:
        """One sample at one moment."""
        doing = MOMENTS.get(moment, PLAIN)
        self._show(setting, sample, doing)
        missing = _done(doing, self._hand)
        shot = self._camera.take(self._app.surface)
        result = grade(shot)
        result.checked["moments"] = 1
        result.findings += missing
        if not missing:
            doing.undo(self._hand)
        return Picture(picture_name(sample, moment), setting, shot.pixels, result)

    def shot(self) -> Shot:
        """What the surface shows now."""
        return self._camera.take(self._app.surface)

    def _show(self, setting: Setting, sample: str, moment: Moment) -> None:
        view = SAMPLES[sample]
        around = chrome(
            setting.language,
            setting.size,
            home=isinstance(view, (AttractView, HomeView)),
            contrast=setting.contrast,
            low=setting.low,
            left_hand=setting.left,
            **moment.chrome,
        )
        self._app.show(view, replace(around, can_hear=True))
        if self._app.surface.screen:
            self._app.surface.screen.finish()
        scroll_to(self._app.surface, 0)

    def close(self) -> None:
        """The window stays for the next studio."""
        self._app.close()


def _done(moment: Moment, hand: Hand) -> list[Finding]:
    """Do what the moment asks; what is not there to press breaks the rule "moments"."""
    try:
        moment.act(hand)
    except LookupError as missing:
        return [Finding("moments", str(missing), "cannot be reached", "every state can be drawn")]
    return []
