"""The voice's bar and the panels of help and tongues: whole, large enough and apart, on every screen and in every size."""

from collections.abc import Callable
from itertools import product

import pytest

from kiosk.preferences import LOUDNESS, PACES, SIZES, Preferences
from kiosk.texts import msg
from screens import hearing, voice_bar
from screens.gallery import LANGUAGES, THEMES
from screens.samples import SAMPLES, chrome
from screens.surface import Surface
from tests.screens import measure

from .conftest import Stage
from .ears import Ears

ENDS = ("voice-slower", "voice-faster", "voice-softer", "voice-louder")
CHECKS = (measure.cut_texts, measure.outside, measure.small_targets, measure.missing_glyphs)


def wrong(surface: Surface) -> list[str]:
    """What a ruler finds; things behind an open panel are not looked at for nearness."""
    found = [line for check in CHECKS for line in check(surface)]
    return found if surface.panel else found + measure.close_targets(surface)


@pytest.mark.parametrize(("screen", "size"), list(product(THEMES, SIZES)))
def test_everything_for_listeners_is_whole(stage: Callable[..., Stage], screen: str, size: str) -> None:
    app = stage(screen).app
    app.tools.voice = Ears()
    surface = app.surface
    for language in LANGUAGES:
        app.show(SAMPLES["guide"], chrome(language, size, voice=True))
        assert "voice" in surface.around
        assert wrong(surface) == [], language
        surface.without_touch.toggle_help()
        assert wrong(surface) == [], language
        assert sum(piece.name.startswith("help-") for piece in surface.pressables()) == 13
        surface.close_panel()
        app.show(SAMPLES["home"], chrome(language, size, home=True, voice=True))
        assert wrong(surface) == [], language


def test_steps_end_where_they_end() -> None:
    for steps in (PACES, LOUDNESS):
        assert voice_bar.stepped(steps, steps[0], -1) is None
        assert voice_bar.stepped(steps, steps[-1], 1) is None
        assert voice_bar.stepped(steps, steps[2], 1) == steps[3]


@pytest.mark.parametrize(("screen", "size"), list(product(THEMES, ("S", "XL"))))
def test_a_button_that_goes_no_further_says_so_in_words(stage: Callable[..., Stage], screen: str, size: str) -> None:
    app = stage(screen).app
    app.tools.voice = Ears()
    for language in LANGUAGES:
        app.show(SAMPLES["home"], chrome(language, size, home=True, voice=True, pace=PACES[0], loudness=LOUDNESS[-1]))
        ends = {
            piece.name: piece.spoken for piece in app.surface.pressables() if piece.name in ENDS and not piece.event
        }
        assert ends == {"voice-slower": msg("Slowest"), "voice-louder": msg("Loudest")}
        assert wrong(app.surface) == [], language


@pytest.mark.parametrize("name", ["text_size", "contrast", "tongue", "language", "blank"])
def test_every_change_of_a_preference_is_said(name: str) -> None:
    before = Preferences("zh_CN", voice=True)
    values = {"text_size": "XL", "contrast": "dark", "tongue": "yue", "language": "en", "blank": True}
    assert hearing.changed(before, before.but(name, values[name])) != ()
    assert hearing.changed(before, before) == ()
