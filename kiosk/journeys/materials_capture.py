"""The ways by which pages of a material come: scanner, document camera, telephone; and what goes wrong on them. Pure.

A part of the sub-flow of `kiosk.journeys.materials`.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from kiosk.availability.materials import Way
from kiosk.cases.model import HandingIn, Origin, PhonePage, Sheet
from kiosk.effects.camera import TakePicture, WatchCamera
from kiosk.effects.materials import OpenPhonePage
from kiosk.effects.model import Effect
from kiosk.effects.scans import ScanPages
from kiosk.events.camera import CameraLost, CornersSet, PictureTaken
from kiosk.events.centre import CentreAway, CentreSaidNo
from kiosk.events.materials import PhoneFileUnreadable, PhoneJoined, PhonePageEnded, PhonePageOpened, PhonePages
from kiosk.events.model import Event
from kiosk.events.scans import NothingInFeeder, PageScanned, ScanEnded, ScanTrouble
from kiosk.events.touches import Chosen, Pressed
from kiosk.journeys import materials_views as views
from kiosk.journeys.common import press
from kiosk.journeys.materials_pages import changed, in_hand, keep_pages, room, with_sheets
from kiosk.journeys.model import Answers, Goto, Step, Target
from kiosk.ports.scanner import ScanOrder, Source
from kiosk.texts import LocalText, Msg, Text
from kiosk.world import World

SCAN_S = 180
"""A feeder of forty pages is told page by page; a glass takes less than a minute."""
PHONE_S = 300
"""Whoever takes photographs with a telephone does not touch the screen."""
SOURCES = {Way.GLASS: Source.FLATBED, Way.FEEDER: Source.FEEDER}
ENTRY = {
    Way.GLASS: "material_scan",
    Way.FEEDER: "material_scan",
    Way.CAMERA: "material_camera",
    Way.PHONE: "material_phone",
}


def capture_steps() -> dict[str, Step]:
    """The steps from the choice of a way to a page that is there."""
    return {**_choosing(), **_scanning(), **_photographing(), **_from_phone()}


def _choosing() -> dict[str, Step]:
    buttons = press(pages="material_pages")
    return {
        "material": Step(views.choose, {Chosen: _way_chosen, Pressed: buttons}, returned=keep_pages),
        "material_full": Step(views.full, {Pressed: buttons}, passing=True),
    }


def _way_chosen(answers: Answers, event: Chosen, _world: World) -> Goto:
    way = Way(event.key)
    begun = changed(answers, lambda handing: replace(handing, way=way, came=0, corners=None, phone=None))
    return Goto(ENTRY[way], begun)


def _trouble(view: Any) -> Step:
    """A step that says what is wrong; the pages so far stay, and there are other ways."""
    buttons = press(again=same_way, other="material", pages="material_pages")
    return Step(view, {Pressed: buttons}, passing=True)


def same_way(answers: Answers, _event: Pressed, _world: World) -> Goto:
    """Once more by the way that was chosen."""
    way = in_hand(answers).way or Way.GLASS
    return Goto(ENTRY[way], changed(answers, lambda handing: replace(handing, came=0, corners=None, phone=None)))


def remember(**known: object) -> Callable[[Answers], Answers]:
    """Answers -> those with this known of the material in hand."""
    return lambda answers: changed(answers, lambda handing: replace(handing, **known))  # type: ignore[arg-type]


# --- scanner -------------------------------------------------------------------------------------------------


def _scanning() -> dict[str, Step]:
    return {
        "material_scan": Step(
            views.scan,
            {Pressed: press(scan="material_scanning", other="material", pages="material_pages")},
            passing=True,
            returned=keep_pages,
        ),
        "material_scanning": Step(
            views.scanning,
            {
                PageScanned: _scanned,
                ScanEnded: _scan_ended,
                NothingInFeeder: "material_feeder_empty",
                ScanTrouble: _scan_trouble,
                Pressed: press(stop=_stopped),
            },
            lambda answers: (ScanPages(ScanOrder(SOURCES[in_hand(answers).way or Way.GLASS])),),
            timeout_s=SCAN_S,
            passing=True,
        ),
        "material_feeder_empty": _trouble(views.feeder_empty),
        "material_scan_trouble": _trouble(views.scan_trouble),
    }


def _scanned(answers: Answers, event: PageScanned, _world: World) -> Goto:
    """A page more; the scan goes on, unless no more fits."""
    if not room(in_hand(answers)):
        return Goto("material_full", answers)
    return Goto("material_scanning", _come(answers, Sheet(event.page, Origin.SCANNER)), asks=False)


def _come(answers: Answers, *sheets: Sheet) -> Any:
    return changed(answers, lambda handing: with_sheets(handing, sheets))


def _scan_ended(answers: Answers, _event: Event, _world: World) -> str:
    """One page is looked at at once; several are looked at together."""
    came = in_hand(answers).came
    return "material_look" if came == 1 else "material_pages" if came else "material_feeder_empty"


def _scan_trouble(answers: Answers, event: ScanTrouble, _world: World) -> Goto:
    return Goto("material_scan_trouble", remember(fault=event.fault)(answers))


def _stopped(answers: Answers, _event: Pressed, _world: World) -> str:
    return "material_pages" if in_hand(answers).sheets else "material"


# --- camera --------------------------------------------------------------------------------------------------


def _photographing() -> dict[str, Step]:
    watch: Callable[[Answers], tuple[Effect, ...]] = lambda _answers: (WatchCamera(),)  # noqa: E731
    return {
        "material_camera": Step(
            views.camera,
            {
                Pressed: press(take="material_taking", other="material", pages="material_pages"),
                CornersSet: _corners_set,
                CameraLost: _camera_lost,
            },
            watch,
            passing=True,
            returned=keep_pages,
        ),
        "material_taking": Step(
            views.camera,
            {PictureTaken: _taken, CameraLost: _camera_lost, CornersSet: _corners_ignored, Pressed: _busy},
            lambda answers: (TakePicture(in_hand(answers).corners),),
            passing=True,
            keeps=True,
        ),
        "material_camera_lost": _trouble(views.camera_lost),
    }


def _corners_set(answers: Answers, event: CornersSet, _world: World) -> Goto:
    return Goto("material_camera", remember(corners=event.outline)(answers), asks=False)


def _corners_ignored(answers: Answers, _event: CornersSet, _world: World) -> Goto:
    """The picture is being taken along those of before."""
    return Goto("material_taking", answers, asks=False)


def _busy(answers: Answers, _event: Pressed, _world: World) -> Goto:
    """The picture comes within a moment; a second touch takes no second one."""
    return Goto("material_taking", answers, asks=False)


def _taken(answers: Answers, event: PictureTaken, _world: World) -> Goto:
    if not room(in_hand(answers)):
        return Goto("material_full", answers)
    rested = remember(corners=None)(answers)
    return Goto("material_look", _come(rested, Sheet(event.page, Origin.CAMERA)))


def _camera_lost(answers: Answers, event: CameraLost, _world: World) -> Goto:
    return Goto("material_camera_lost", remember(fault=event.fault, corners=None)(answers))


# --- telephone -----------------------------------------------------------------------------------------------


def _from_phone() -> dict[str, Step]:
    return {
        "material_phone": Step(
            views.phone,
            {
                PhonePageOpened: _phone_opened,
                PhoneJoined: _phone_told(joined=True),
                PhonePages: _phone_pages,
                PhoneFileUnreadable: _phone_told(bad_file=True, joined=True),
                PhonePageEnded: "material_phone_ended",
                CentreAway: "material_phone_away",
                CentreSaidNo: "material_phone_away",
                Pressed: press(pages="material_pages", other="material"),
            },
            lambda answers: (OpenPhonePage(_local(in_hand(answers).title)),),
            timeout_s=PHONE_S,
            passing=True,
        ),
        "material_phone_ended": _trouble(views.phone_ended),
        "material_phone_away": _trouble(views.phone_away),
    }


def _local(title: Text) -> LocalText:
    """Materials are called by the catalogue, in several languages; a bare word is the same in all."""
    if isinstance(title, LocalText):
        return title
    return LocalText({"zh_CN": title.id if isinstance(title, Msg) else str(title)})


def _phone_opened(answers: Answers, event: PhonePageOpened, _world: World) -> Goto:
    opened = remember(phone=PhonePage(event.url, event.ends_at))(answers)
    return Goto("material_phone", opened, asks=False)


def _phone_told(**known: bool) -> Target:
    def told(answers: Answers, _event: Event, _world: World) -> Goto:
        return Goto("material_phone", changed(answers, lambda handing: _with_phone(handing, **known)), asks=False)

    return told


def _with_phone(handing: HandingIn, **known: object) -> HandingIn:
    return replace(handing, phone=replace(handing.phone, **known)) if handing.phone else handing  # type: ignore[arg-type]


def _phone_pages(answers: Answers, event: PhonePages, _world: World) -> Goto:
    """They appear at once, and the page stays open for more while more fits."""
    fits = len(event.sheets) <= room(in_hand(answers))
    came = _come(answers, *event.sheets)
    if not fits:
        return Goto("material_full", came)
    told = changed(came, lambda handing: _with_phone(handing, joined=True, bad_file=False, came=handing.came))
    return Goto("material_phone", told, asks=False)
