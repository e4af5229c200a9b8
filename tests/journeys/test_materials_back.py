"""Back among pages, on a real runner: wherever it is pressed, no page is lost, and it leads out again."""

from collections.abc import Iterator

import pytest

from kiosk import words
from kiosk.context import Context
from kiosk.effects.camera import TakePicture, WatchCamera
from kiosk.effects.materials import OpenPhonePage, ReadText
from kiosk.effects.model import Effect
from kiosk.effects.scans import ScanPages
from kiosk.errors import Fault
from kiosk.events.camera import CameraLost, PictureTaken
from kiosk.events.materials import PhonePageOpened, PhonePages
from kiosk.events.model import Event
from kiosk.events.scans import PageScanned, ScanEnded, ScanTrouble
from kiosk.events.touches import BackPressed, Chosen, HomePressed, Pressed, Woken
from kiosk.mailbox import Letter
from kiosk.runner import Runner
from tests.worlds import TUESDAY_MORNING

from .material_host import ALL, JOURNEYS, PHONE_URL, WELCOME, names, page, sheets


class Asked:
    """An effect under way."""

    def __init__(self, effect: Effect) -> None:
        self.effect, self.cancelled = effect, False

    def cancel(self) -> None:
        self.cancelled = True


class Desk:
    """A runner over the host journey; effects are answered by hand."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        effects = (ScanPages, WatchCamera, TakePicture, OpenPhonePage, ReadText)
        self.runner = Runner(
            ALL,
            dict.fromkeys(effects, self._ask),
            lambda _view, _chrome: None,
            words.load,
            lambda: 0.0,
            lambda: TUESDAY_MORNING,
            journeys=JOURNEYS,
            start=WELCOME,
        )
        self.runner.tell(Woken())

    def _ask(self, effect: Effect, _ctx: Context) -> Asked:
        self.asked.append(Asked(effect))
        return self.asked[-1]

    def does(self, *events: Event) -> str:
        """Touches are told, answers come by letter; returns the step."""
        for event in events:
            if isinstance(event, Pressed | Chosen | BackPressed | HomePressed):
                self.runner.tell(event)
            else:
                self.runner.mailbox.post(Letter(self.runner.visit.number, event))
                self.runner.pump()
        return self.runner.position.step

    def scans(self, *pages: str) -> str:
        """From the choice of ways to the pages."""
        came = [PageScanned(page(name)) for name in pages]
        return self.does(Chosen("feeder"), Pressed("scan"), *came, ScanEnded())

    @property
    def pages(self) -> str:
        """In hand or, outside of the sub-flow, in the case."""
        answers = self.runner.position.answers
        if answers.handing is not None:
            return names(self.runner.position)
        return "".join(sheet.page.jpeg[2:].decode() for sheet in answers.case.sheets.get("lease", ()))


@pytest.fixture
def desk() -> Iterator[Desk]:
    made = Desk()
    made.does(Chosen("lease"))
    yield made
    assert not made.runner._apologising


def test_back_from_the_pages_to_the_ways_and_out(desk: Desk) -> None:
    assert desk.scans("a", "b") == "material_pages"
    assert (desk.does(BackPressed()), desk.pages) == ("material", "ab")
    assert (desk.does(BackPressed()), desk.pages) == ("list", "ab")
    assert (desk.does(Chosen("lease")), desk.pages) == ("material_pages", "ab")


def test_back_in_the_middle_of_a_scan_stops_it_and_keeps_what_came(desk: Desk) -> None:
    desk.does(Chosen("feeder"), Pressed("scan"), PageScanned(page("a")), PageScanned(page("b")))
    scan = desk.asked[-1]
    assert (desk.does(BackPressed()), desk.pages) == ("material", "ab")
    assert scan.cancelled


def test_rounds_of_adding_do_not_make_the_way_back_longer(desk: Desk) -> None:
    desk.scans("a", "b")
    for name in "cdef":
        desk.does(Pressed("add"))
        assert desk.scans(name, name) == "material_pages"
    assert desk.pages == "abccddeeff"
    assert [desk.does(BackPressed()) for _ in range(2)] == ["material", "list"]
    assert desk.pages == "abccddeeff"


def test_back_from_a_look_at_a_page_just_taken(desk: Desk) -> None:
    desk.does(Chosen("camera"), Pressed("take"))
    assert desk.does(PictureTaken(page("a"))) == "material_look"
    assert (desk.does(BackPressed()), desk.pages) == ("material", "a")


def test_back_from_a_look_among_the_pages(desk: Desk) -> None:
    desk.scans("a", "b")
    assert desk.does(Chosen("0"), Pressed("look"), Pressed("turn")) == "material_look"
    assert desk.does(BackPressed()) == "material_pages"
    assert [sheet.turned for sheet in desk.runner.position.answers.handing.sheets] == [1, 0]


def test_back_from_taking_again_forgets_the_wish_not_the_page(desk: Desk) -> None:
    desk.scans("a", "b")
    desk.does(Chosen("0"), Pressed("again"), Pressed("replace"))
    assert desk.does(BackPressed()) == "material_pages"
    assert (desk.pages, desk.runner.position.answers.handing.again) == ("ab", False)


def test_back_after_a_page_was_taken_out_does_not_bring_it_back(desk: Desk) -> None:
    desk.scans("a", "b")
    desk.does(Pressed("remove"), Pressed("remove"))
    assert (desk.does(BackPressed()), desk.pages) == ("material", "a")
    desk.does(Pressed("pages"), Pressed("remove"), Pressed("remove"))
    assert (desk.runner.position.step, desk.pages) == ("material", "")
    while desk.runner.position.step != "list":
        desk.does(BackPressed())
    assert desk.pages == ""


def test_back_after_done_leads_to_the_pages_as_they_are(desk: Desk) -> None:
    desk.scans("a", "b")
    desk.does(Pressed("done"))
    assert (desk.does(BackPressed()), desk.pages) == ("material_pages", "ab")


@pytest.mark.parametrize("trouble", [ScanTrouble(Fault.PAGE_JAM), ScanTrouble(Fault.UNPLUGGED)])
def test_back_from_trouble(desk: Desk, trouble: Event) -> None:
    desk.does(Chosen("feeder"), Pressed("scan"), PageScanned(page("a")), trouble)
    assert (desk.does(BackPressed()), desk.pages) == ("material", "a")


def test_leaving_the_phone_closes_its_page_and_keeps_what_came(desk: Desk) -> None:
    desk.does(Chosen("phone"), PhonePageOpened(PHONE_URL, 9.0), PhonePages(sheets("ab")))
    opened = desk.asked[-1]
    assert not opened.cancelled
    assert (desk.does(BackPressed()), desk.pages) == ("material", "ab")
    assert opened.cancelled


def test_the_camera_goes_on_looking_while_a_picture_is_taken(desk: Desk) -> None:
    desk.does(Chosen("camera"), Pressed("take"))
    watch, take = desk.asked[-2:]
    assert not watch.cancelled
    desk.does(CameraLost(Fault.UNPLUGGED))
    assert watch.cancelled
    assert take.cancelled


def test_home_forgets_all_of_it(desk: Desk) -> None:
    desk.scans("a", "b")
    desk.does(HomePressed())
    assert desk.runner.position.journey == "home"
    assert desk.runner._history == []
