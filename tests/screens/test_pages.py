"""The pages of a material on the screen: by touches, by keypad, by ears; decoded without holding up the screen."""

import io
import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from PIL import Image

from kiosk.events.touches import Chosen, Pressed
from kiosk.page_hints import HINTS
from kiosk.ports.page import Concern
from kiosk.views.pages import PagesView, Thumbnail
from screens.pages import Card, PagesScreen
from screens.pieces import Piece, Words
from screens.samples import SAMPLES, chrome
from screens.thumbnails import SmallPicture

from .conftest import Stage
from .ears import Ears

Open = Callable[..., Stage]
MANY = SAMPLES["pages-many"]
assert isinstance(MANY, PagesView)


def scan(number: int, megapixels: float = 5.0) -> bytes:
    """A page as large as a scanner makes it; each is another file."""
    wide = round((megapixels * 1e6 / 1.414) ** 0.5)
    page = Image.effect_noise((wide // 4, round(wide * 1.414) // 4), 60 + number).resize((wide, round(wide * 1.414)))
    file = io.BytesIO()
    page.convert("RGB").save(file, "JPEG", quality=85)
    return file.getvalue()


def opened_on(stage: Open, view: PagesView = MANY, screen: str = "portrait", **more: object) -> Stage:
    opened = stage(screen)
    opened.app.show(view, chrome("en", str(more.pop("text_size", "M")), **more))
    opened.robot.frames()
    return opened


def pieces(opened: Stage, kind: type) -> list[Piece]:
    return [one for one in opened.app.surface.walk(restrict=True) if isinstance(one, kind)]


def cards(opened: Stage) -> list[str]:
    return [one.name for one in pieces(opened, Card)]


def words(opened: Stage) -> set[str]:
    return {one.text for one in pieces(opened, Words)}


def pages_screen(opened: Stage) -> PagesScreen:
    screen = opened.app.surface.screen
    assert isinstance(screen, PagesScreen)
    return screen


def test_the_chosen_page_is_among_those_shown_and_marked_in_words_and_icon(stage: Open) -> None:
    opened = opened_on(stage)
    assert cards(opened) == [f"page-{n}" for n in range(6, 12)]
    assert "7–12 of 14" in words(opened)
    chosen = opened.robot.find("page-7")
    assert any(getattr(one, "name", "") == "check-circle" for one in chosen.walk(restrict=True))


def test_a_touch_chooses_a_page(stage: Open) -> None:
    opened = opened_on(stage)
    opened.robot.press("page-9")
    assert opened.told == [Chosen("9")]


@pytest.mark.parametrize("name", ["look", "turn", "earlier", "later", "again", "remove", "add", "done"])
def test_every_button_tells_its_name(stage: Open, name: str) -> None:
    opened = opened_on(stage)
    opened.robot.press(name)
    assert opened.told == [Pressed(name)]


@pytest.mark.parametrize(("screen", "size"), [("portrait", "M"), ("portrait", "XL"), ("landscape", "M"), ("small", "L"), ("small", "XL")])  # fmt: skip
def test_large_buttons_turn_to_every_page_and_never_sideways(stage: Open, screen: str, size: str) -> None:
    opened = opened_on(stage, replace(MANY, chosen=0), screen, text_size=size)
    seen = cards(opened)
    while opened.robot.find("page-after").available:
        opened.robot.press("page-after")
        seen += cards(opened)
    assert seen == [f"page-{n}" for n in range(14)]
    assert opened.told == [], "turning concerns the screen alone"
    assert all(card.x >= 0 and card.right <= opened.app.surface.width for card in pieces(opened, Card))
    while opened.robot.find("page-before").available:
        opened.robot.press("page-before")
    assert cards(opened)[0] == "page-0"


def test_another_chosen_page_is_turned_to(stage: Open) -> None:
    opened = opened_on(stage, replace(MANY, chosen=0))
    opened.app.show(replace(MANY, chosen=13), chrome("en", "M"))
    opened.robot.frames()
    assert "page-13" in cards(opened)


def test_a_changed_page_keeps_the_place_that_was_turned_to(stage: Open) -> None:
    opened = opened_on(stage, replace(MANY, chosen=0))
    opened.robot.press("page-after")
    turned = replace(MANY.pages[0], turned=2)
    opened.app.show(replace(MANY, chosen=0, pages=(turned, *MANY.pages[1:])), chrome("en", "M"))
    opened.robot.frames()
    assert cards(opened)[0] == "page-6"


def test_by_keypad_alone(stage: Open) -> None:
    opened = opened_on(stage, SAMPLES["pages"])
    surface = opened.app.surface
    names = []
    for _ in range(40):
        opened.robot.key("right")
        names.append(surface.focus.current.piece.name)
        if names[-1] == "done":
            break
    assert [name for name in names if name.startswith("page-")] == ["page-0", "page-1", "page-2", "page-3"]
    surface.focus.go_to(opened.robot.find("page-2"))
    opened.robot.key("enter")
    assert opened.robot.until(lambda: opened.told[-1] == Chosen("2"))
    opened.app.show(replace(SAMPLES["pages"], chosen=2), chrome("en", "M"))
    opened.robot.frames()
    assert surface.focus.current.piece.name == "page-2", "the focus stays on the page"
    surface.focus.go_to(opened.robot.find("later"))
    opened.robot.key("enter")
    assert opened.robot.until(lambda: opened.told[-1] == Pressed("later"))


def test_by_ears(stage: Open) -> None:
    opened, ears = stage("portrait"), Ears()
    opened.app.tools.voice = ears
    pages = (MANY.pages[0], replace(MANY.pages[1], concern=HINTS[Concern.BLANK]), *MANY.pages[2:])
    opened.app.show(replace(MANY, pages=pages, chosen=1), chrome("en", "M", voice=True))
    opened.robot.frames()
    assert opened.robot.until(lambda: bool(ears.heard))
    said = " ".join(each.text for each in ears.heard)
    for part in ("14 pages", "Page 2 of 14 is chosen", HINTS[Concern.BLANK].text.id, "Add a page"):
        assert part in said
    assert "Page {n}, chosen" in repr(opened.robot.find("page-1").spoken)


def test_five_megapixels_hold_up_no_frame(stage: Open) -> None:
    """Six pages of 5 MP: no turn of the loop takes 100 ms, that which makes the page included. The best of three, each of
    which draws them anew: beside others a processor second is worth less."""
    pages = tuple(Thumbnail(scan(number)) for number in range(6))
    longest = []
    for _ in range(3):
        opened = opened_on(stage, SAMPLES["pages-one"])
        spent = [_spent(lambda: opened.app.show(PagesView("Pages", pages), chrome("en", "M")))]  # noqa: B023
        spent += [_spent(lambda: opened.robot.frames(1)) for _ in range(30)]  # noqa: B023
        assert all(picture.there for picture in pieces(opened, SmallPicture))
        longest.append(max(spent))
    assert min(longest) < 0.1, longest


def _spent(work: Callable[[], object]) -> float:
    """Processor seconds of this thread: what others do on the machine is not counted."""
    begin = time.thread_time()
    work()
    return time.thread_time() - begin


def test_what_is_no_picture_is_an_empty_sheet(stage: Open) -> None:
    opened = opened_on(stage, replace(MANY, pages=(Thumbnail(b"no picture"), *MANY.pages[1:3]), chosen=0))
    first, *others = pieces(opened, SmallPicture)
    assert not first.there
    assert all(one.there for one in others)
    opened.robot.press("page-0")
    assert opened.told == [Chosen("0")]


def test_only_what_is_seen_is_held_and_nothing_when_it_is_left(stage: Open) -> None:
    many = tuple(Thumbnail(scan(number, 0.2)) for number in range(20))
    opened = opened_on(stage, replace(MANY, pages=many, chosen=0))
    screen = pages_screen(opened)
    for _ in range(3):
        opened.robot.press("page-after")
        opened.robot.frames(12)
        assert len(screen._store) <= 6
    opened.app.show(SAMPLES["message-done"], chrome("en", "M"))
    opened.robot.frames()
    assert len(screen._store) == 0
    assert screen._view is None
