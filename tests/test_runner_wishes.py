"""Time and wishes: how long a visit waits, and what a visitor chose lasts for that visit."""

import pytest

from kiosk.events.touches import (  # fmt: skip
    Chosen,
    HomePressed,
    MoreTime,
    Preferred,
    Woken,
)
from kiosk.ports.device import ABSENT, READY
from kiosk.views.choose import ChooseView
from kiosk.views.start import AttractView, HomeView
from tests.runner_hands import Kiosk
from tests.worlds import world


@pytest.fixture
def kiosk() -> Kiosk:
    """Nobody is here."""
    hands = Kiosk()
    hands.start(world())
    return hands


def test_an_idle_visit_counts_down_and_ends(kiosk: Kiosk) -> None:
    kiosk.do(Woken())
    kiosk.wait(59)
    assert kiosk.chrome.remaining_s is None
    kiosk.wait(2)
    assert kiosk.chrome.remaining_s == 29
    kiosk.do(MoreTime())
    assert kiosk.chrome.remaining_s is None
    kiosk.wait(89)
    assert isinstance(kiosk.view, HomeView)
    kiosk.wait(2)
    assert isinstance(kiosk.view, AttractView)


def test_time_can_be_extended_ten_times(kiosk: Kiosk) -> None:
    kiosk.do(Woken(), Chosen("guides"))
    for _ in range(12):
        kiosk.wait(85)
        kiosk.do(MoreTime())
    assert isinstance(kiosk.view, ChooseView)


def test_attract_never_times_out(kiosk: Kiosk) -> None:
    kiosk.wait(300)
    assert isinstance(kiosk.view, AttractView)
    assert kiosk.chrome.remaining_s is None
    assert kiosk.discards == 0


def test_language_and_size_last_for_the_visit_and_no_longer(kiosk: Kiosk) -> None:
    kiosk.do(Woken(), Preferred("language", "en"), Preferred("text_size", "XL"), Chosen("guides"))
    assert (kiosk.chrome.language, kiosk.chrome.text_size) == ("en", "XL")
    kiosk.do(HomePressed())
    assert kiosk.chrome.language == "en"
    kiosk.wait(95)
    assert (kiosk.chrome.language, kiosk.chrome.text_size) == ("zh_CN", "M")


def test_language_chosen_before_the_first_touch_counts(kiosk: Kiosk) -> None:
    kiosk.do(Preferred("language", "en"), Woken())
    assert kiosk.chrome.language == "en"


def test_headphones_bring_the_voice_and_take_it_along(kiosk: Kiosk) -> None:
    kiosk.plug(READY)
    assert kiosk.chrome.preferences.voice
    kiosk.do(Woken(), Preferred("blank", True))
    assert kiosk.chrome.preferences.blank
    kiosk.plug(ABSENT)
    assert not kiosk.chrome.preferences.voice
    assert not kiosk.chrome.preferences.blank, "nobody is left before a dark and silent screen"


def test_who_still_wears_headphones_hears_the_start_screen_after_a_visit(kiosk: Kiosk) -> None:
    kiosk.plug(READY)
    kiosk.do(Woken(), Preferred("pace", 1.7), Chosen("guides"))
    kiosk.wait(95)
    assert isinstance(kiosk.view, AttractView)
    assert (kiosk.chrome.preferences.voice, kiosk.chrome.preferences.pace) == (True, 1.0)


def test_a_preference_that_does_not_exist_is_refused(kiosk: Kiosk) -> None:
    with pytest.raises(ValueError, match="contrast"):
        kiosk.chrome.preferences.but("contrast", "pink")
    with pytest.raises(ValueError, match="volume"):
        kiosk.chrome.preferences.but("volume", 3)
    with pytest.raises(ValueError, match="low"):
        kiosk.chrome.preferences.but("low", "yes")
