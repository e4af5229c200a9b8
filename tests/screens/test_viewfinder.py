"""Photographing a page: the live picture, what is said of it, corners by finger, by arrows, by keypad and by switch."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from kiosk.events.camera import CornersSet
from kiosk.events.touches import Pressed
from kiosk.page_hints import GOOD, HINTS
from kiosk.ports.camera import Frame
from kiosk.ports.page import Concern
from kiosk.views.pages import CameraView, PictureView
from screens.camera import STEP, HintBox
from screens.page_picture import Photograph
from screens.pieces import Piece, Words
from screens.sample_camera import OUTLINE, PretendViewfinder, page_picture
from screens.samples import SAMPLES, chrome
from screens.viewfinder import Preview

from .conftest import Stage
from .ears import Ears

Open = Callable[..., Stage]
CAMERA = SAMPLES["camera"]
assert isinstance(CAMERA, CameraView)


class Lens:
    """A viewfinder in the test's hands."""

    def __init__(self) -> None:
        self.frame: Frame | None = None
        self._made = PretendViewfinder().latest()

    def see(self, *concerns: Concern, found: bool = True) -> None:
        """Another frame."""
        number = self.frame.number + 1 if self.frame else 1
        outline = OUTLINE if found else None
        self.frame = replace(self._made, number=number, outline=outline, concerns=frozenset(concerns))

    def latest(self) -> Frame | None:
        """The frame."""
        return self.frame


def opened_on(stage: Open, screen: str = "portrait", *, sees: bool = True, **more: object) -> tuple[Stage, Lens]:
    opened, lens = stage(screen), Lens()
    opened.app.tools.viewfinder = lens
    if sees:
        lens.see()
    opened.app.show(CAMERA, chrome("en", str(more.pop("text_size", "M")), **more))
    opened.robot.frames()
    return opened, lens


def pieces(opened: Stage, kind: type) -> list[Piece]:
    return [one for one in opened.app.surface.walk(restrict=True) if isinstance(one, kind)]


def preview(opened: Stage) -> Preview:
    (found,) = pieces(opened, Preview)
    assert isinstance(found, Preview)
    return found


def hint(opened: Stage) -> str:
    (box,) = pieces(opened, HintBox)
    return next(one.text for one in box.walk(restrict=True) if isinstance(one, Words))


def corners(opened: Stage) -> object:
    """What was told last."""
    return [event for event in opened.told if isinstance(event, CornersSet)][-1].outline


def test_without_a_picture_the_button_says_why_and_does_nothing(stage: Open) -> None:
    opened, lens = opened_on(stage, sees=False)
    take = opened.robot.find("take")
    assert not take.available
    assert take.reason is not None
    opened.robot.press("take")
    assert opened.told == []
    lens.see()
    assert opened.robot.until(lambda: opened.robot.find("take").available)
    opened.robot.press("take")
    assert opened.told == [Pressed("take")]


def test_a_camera_that_goes_takes_the_button_with_it(stage: Open) -> None:
    opened, lens = opened_on(stage)
    lens.frame = None
    assert opened.robot.until(lambda: not opened.robot.find("take").available)
    assert not opened.robot.find("corners").available


@pytest.mark.parametrize("screen", ["portrait", "landscape", "small"])
def test_frames_follow_each_other_without_a_new_page(stage: Open, screen: str) -> None:
    opened, lens = opened_on(stage, screen)
    page = preview(opened)
    for _ in range(3):
        lens.see()
        assert opened.robot.until(lambda: page.frame is lens.frame)
    assert preview(opened) is page


def test_what_is_said_changes_in_words_and_one_thing_at_a_time(stage: Open) -> None:
    opened, lens = opened_on(stage)
    assert hint(opened) == GOOD.text.id
    high = pieces(opened, HintBox)[0].height
    lens.see(Concern.BLURRED, Concern.MOVING)
    assert opened.robot.until(lambda: hint(opened) == HINTS[Concern.MOVING].text.id)
    lens.see(Concern.NO_PAGE, found=False)
    assert opened.robot.until(lambda: hint(opened) == HINTS[Concern.NO_PAGE].text.id)
    assert pieces(opened, HintBox)[0].height == high, "nothing below it jumps"


def test_who_listens_hears_what_to_do(stage: Open) -> None:
    ears = Ears()
    opened = stage("portrait")
    lens = Lens()
    opened.app.tools.viewfinder, opened.app.tools.voice = lens, ears
    lens.see()
    opened.app.show(CAMERA, chrome("en", "M", voice=True))
    opened.robot.frames()
    ears.finish()
    lens.see(Concern.CURVED)
    assert opened.robot.until(lambda: HINTS[Concern.CURVED].text.id in ears.heard[-1].text)


def test_scrolled_away_and_back_it_still_shows_what_comes(stage: Open) -> None:
    opened, lens = opened_on(stage, "small", text_size="XL")
    scroll = opened.app.surface.scroll
    scroll.scroll_to(scroll.end)
    opened.robot.frames(8)
    scroll.scroll_to(0)
    lens.see()
    assert opened.robot.until(lambda: preview(opened).frame is lens.frame)


def test_a_finger_drags_a_corner_and_it_is_told_when_it_is_let_go(stage: Open) -> None:
    opened, _ = opened_on(stage)
    opened.robot.press("corners")
    assert corners(opened) == OUTLINE
    handle = opened.robot.find("corner-2")
    x, y = opened.robot.spot(handle)
    before = len(opened.told)
    opened.robot.down(x + 5, y - 5)
    opened.robot.frames(1)
    opened.robot.move(x - 35, y + 25)
    opened.robot.frames(1)
    assert len(opened.told) == before, "told once, at the end"
    opened.robot.up(x - 35, y + 25)
    opened.robot.frames()
    _, _, wide, high = preview(opened).area
    moved = corners(opened)
    assert moved[2] == pytest.approx((OUTLINE[2][0] - 40 / wide, OUTLINE[2][1] - 30 / high), abs=0.003)
    assert moved[:2] == OUTLINE[:2]
    assert "Lower right corner" in [one.text for one in pieces(opened, Words)], "what the arrows move now"


def test_a_corner_cannot_leave_the_picture(stage: Open) -> None:
    opened, _ = opened_on(stage)
    opened.robot.press("corners")
    x, y = opened.robot.spot(opened.robot.find("corner-0"))
    opened.robot.down(x, y)
    opened.robot.frames(1)
    opened.robot.move(1, opened.app.surface.height - 1)
    opened.robot.frames(1)
    opened.robot.up(1, opened.app.surface.height - 1)
    opened.robot.frames()
    assert corners(opened)[0] == (0.0, 0.0)


def test_arrows_on_the_glass_move_the_corner_that_was_chosen(stage: Open) -> None:
    opened, _ = opened_on(stage)
    opened.robot.press("corners")
    opened.robot.press("nudge-right")
    opened.robot.press("nudge-down")
    assert corners(opened)[0] == pytest.approx((OUTLINE[0][0] + STEP, OUTLINE[0][1] + STEP))


def test_a_keypad_takes_a_corner_moves_it_and_lets_it_go(stage: Open) -> None:
    opened, _ = opened_on(stage)
    opened.robot.press("corners")
    surface = opened.app.surface
    surface.focus.go_to(opened.robot.find("corner-1"))
    opened.robot.key("enter")
    assert opened.robot.until(lambda: surface.screen.steered("left"))
    opened.robot.key("up")
    assert corners(opened)[1] == pytest.approx((OUTLINE[1][0] - STEP, OUTLINE[1][1] - STEP))
    assert surface.focus.current.piece.name == "corner-1"
    opened.robot.key("enter")
    assert opened.robot.until(lambda: not surface.screen.steered("left"))
    told = len(opened.told)
    opened.robot.key("right")
    assert surface.focus.current.piece.name != "corner-1"
    assert not [event for event in opened.told[told:] if isinstance(event, CornersSet)]


def test_the_page_is_found_again_by_itself(stage: Open) -> None:
    opened, _ = opened_on(stage)
    opened.robot.press("corners")
    opened.robot.press("corners")
    assert corners(opened) is None
    assert "corner-0" not in opened.robot.names()


def test_without_an_outline_corners_begin_inside_the_picture(stage: Open) -> None:
    opened, lens = opened_on(stage, sees=False)
    lens.see(Concern.NO_PAGE, found=False)
    assert opened.robot.until(lambda: opened.robot.find("corners").available)
    opened.robot.press("corners")
    assert all(0.05 < value < 0.95 for corner in corners(opened) for value in corner)


def test_a_late_answer_does_not_take_corners_back_but_the_journey_can_set_them(stage: Open) -> None:
    opened, _ = opened_on(stage)
    opened.robot.press("corners")
    first = corners(opened)
    opened.robot.press("nudge-right")
    opened.app.show(replace(CAMERA, corners=first), chrome("en", "M"))
    opened.robot.frames()
    assert preview(opened).corners == corners(opened) != first
    other = ((0.1, 0.1), (0.9, 0.1), (0.9, 0.9), (0.1, 0.9))
    opened.app.show(replace(CAMERA, corners=other), chrome("en", "M"))
    opened.robot.frames()
    assert preview(opened).corners == other


def test_nothing_that_was_seen_stays_when_the_page_is_left(stage: Open) -> None:
    opened, _ = opened_on(stage)
    screen = opened.app.surface.screen
    opened.app.show(SAMPLES["wait-unknown"], chrome("en", "M"))
    opened.robot.frames()
    assert not [value for value in vars(screen).values() if isinstance(value, (Frame, Preview))]


# --- a picture to look at --------------------------------------------------------------------------------------


def photograph(opened: Stage) -> Photograph:
    (found,) = pieces(opened, Photograph)
    assert isinstance(found, Photograph)
    return found


def test_a_picture_is_shown_turned_and_hides_itself(stage: Open) -> None:
    opened = stage("portrait")
    sample = SAMPLES["picture"]
    assert isinstance(sample, PictureView)
    shapes = []
    for turned in range(4):
        opened.app.show(replace(sample, turned=turned), chrome("en", "M"))
        opened.robot.frames()
        wide, high = photograph(opened).picture_size
        shapes.append(wide < high)
    assert shapes == [True, False, True, False]
    assert len(repr(sample)) < 100


def test_what_is_no_picture_is_said_in_words(stage: Open) -> None:
    opened = stage("portrait")
    for broken in (b"", b"no picture", page_picture()[:200]):
        opened.app.show(PictureView(CAMERA.title, broken, actions=CAMERA.actions), chrome("en", "M"))
        opened.robot.frames()
        assert any("cannot be shown" in one.text for one in pieces(opened, Words))


def test_a_large_picture_is_decoded_no_larger_than_the_screen(stage: Open) -> None:
    file = BytesIO()
    Image.new("RGB", (2480, 3508), (230, 230, 230)).save(file, "JPEG")
    opened = stage("small")
    opened.app.show(PictureView(CAMERA.title, file.getvalue(), actions=CAMERA.actions), chrome("en", "M"))
    opened.robot.frames()
    wide, high = photograph(opened).picture_size
    assert wide <= opened.app.surface.width
    assert high <= opened.app.surface.height
