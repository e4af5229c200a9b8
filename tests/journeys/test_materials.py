"""Handing in a material: every way, every trouble, and that no page is lost or replaced unasked."""

import pytest

from kiosk.availability.materials import Way
from kiosk.cases.model import Origin, PhonePage, Sheet
from kiosk.contract.files import MOST_PAGES
from kiosk.effects.camera import TakePicture, WatchCamera
from kiosk.effects.materials import OpenPhonePage, ReadText
from kiosk.effects.scans import ScanPages
from kiosk.errors import Fault
from kiosk.events.camera import CameraLost, CornersSet, PictureTaken
from kiosk.events.centre import CentreAway, CentreSaidNo
from kiosk.events.materials import (
    PhoneFileUnreadable,
    PhoneJoined,
    PhonePageEnded,
    PhonePageOpened,
    PhonePages,
    TextRead,
)
from kiosk.events.model import Event
from kiosk.events.scans import NothingInFeeder, PageScanned, ScanEnded, ScanTrouble
from kiosk.events.touches import Chosen, Pressed, TimedOut
from kiosk.page_hints import HINTS
from kiosk.ports.device import ABSENT, READY
from kiosk.ports.page import Concern
from kiosk.ports.scanner import ScanOrder, Source
from kiosk.views.choose import ChooseView
from kiosk.views.pages import CameraView, PagesView, PictureView
from kiosk.views.parts import Tone
from kiosk.views.told import MessageView, WaitView
from tests.walk import END, WALKED, draw, effects
from tests.worlds import DEVICES, STATION, world

from .material_host import ALL, HOST, JOURNEYS, LEASE, LIST, PHONE_URL, at, names, page, sheets, walk

OUTLINE = ((0.1, 0.1), (0.9, 0.1), (0.9, 0.9), (0.1, 0.9))
OPENED = PhonePageOpened(PHONE_URL, 900.0)
PHONE = PhonePage(PHONE_URL, 900.0)


def shown(position, in_world=ALL):
    return draw(position, in_world, JOURNEYS)


def asked(position):
    return effects(position, JOURNEYS)


def buttons(view) -> list[str]:
    return [action.event.name for action in view.actions]


# --- ways ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ["glass", "feeder", "camera", "phone"]),
        ({"scan_sources": (Source.FLATBED,)}, ["glass", "camera", "phone"]),
        ({"devices": {**DEVICES, "document_camera": READY}}, ["camera", "phone"]),
        ({"devices": {**DEVICES, "document_scanner": READY, "document_camera": ABSENT}, "centre_reachable": False}, ["glass", "feeder"]),
        ({"devices": DEVICES, "station": STATION.__class__(**{**STATION.__dict__, "public_url": ""})}, []),
    ],
)  # fmt: skip
def test_only_ways_that_work_now_are_offered_and_what_they_are_good_for(changes, expected) -> None:
    view = shown(at("material"), world(**{"devices": ALL.devices, **changes}))
    assert isinstance(view, ChooseView)
    assert [option.key for option in view.options] == expected
    assert all(option.detail for option in view.options)
    assert view.empty, "with no way at all it is said where else"


def test_one_page_from_the_glass_to_the_end() -> None:
    scan = walk(LIST, (Chosen("lease"), "material"), (Chosen("glass"), "material_scan"))
    told = shown(scan)
    assert isinstance(told, MessageView)
    assert buttons(told) == ["other", "scan"]
    scanning = walk(scan, (Pressed("scan"), "material_scanning"))
    assert asked(scanning) == (ScanPages(ScanOrder(Source.FLATBED)),)
    assert isinstance(shown(scanning), WaitView)
    look = walk(scanning, (PageScanned(page("a")), "material_scanning"), (ScanEnded(), "material_look"))
    assert asked(look) == (ReadText(page("a")),)
    end = walk(look, (Pressed("done"), "list"))
    assert end.answers.handing is None
    assert end.answers.case.sheets == {"lease": sheets("a")}


def test_forty_pages_in_the_feeder_are_seen_one_by_one() -> None:
    position = walk(at("material"), (Chosen("feeder"), "material_scan"), (Pressed("scan"), "material_scanning"))
    assert asked(position) == (ScanPages(ScanOrder(Source.FEEDER)),)
    for count in range(1, 41):
        position = walk(position, (PageScanned(page("x")), "material_scanning"))
        view = shown(position)
        assert isinstance(view, PagesView)
        assert (len(view.pages), view.chosen) == (count, count - 1)
    assert walk(position, (ScanEnded(), "material_pages")).answers.handing.at == 39


def test_a_scan_that_goes_on_asks_for_nothing_again() -> None:
    position = at("material_scanning", way=Way.FEEDER)
    target = HOST.target("material_scanning", PageScanned(page()))
    assert target(position.answers, PageScanned(page()), ALL).asks is False


def test_the_sixty_first_page_is_told_in_words() -> None:
    sixty = at("material_scanning", "x" * MOST_PAGES, at=MOST_PAGES - 1, way=Way.FEEDER)
    full = walk(sixty, (PageScanned(page("y")), "material_full"))
    view = shown(full)
    assert isinstance(view, MessageView)
    assert view.title.mapping == {"n": MOST_PAGES}
    pages = walk(full, (Pressed("pages"), "material_pages"))
    assert names(pages) == "x" * MOST_PAGES
    add = next(action for action in shown(pages).actions if action.event == Pressed("add"))
    assert not add.available
    assert add.reason
    walk(pages, (Pressed("add"), "material_full"))
    walk(at("material_look", "x" * MOST_PAGES, way=Way.GLASS), (Pressed("more"), "material_full"))
    walk(at("material_taking", "x" * MOST_PAGES, way=Way.CAMERA), (PictureTaken(page()), "material_full"))
    many = walk(
        at("material_phone", "x" * 58, at=57, way=Way.PHONE, phone=PHONE),
        (PhonePages(sheets("abc", Origin.PHONE)), "material_full"),
    )
    assert names(many) == "x" * 58 + "ab"


def test_a_full_material_can_still_have_a_page_taken_again() -> None:
    position = at("material_scanning", "x" * MOST_PAGES, at=7, again=True, way=Way.GLASS)
    look = walk(position, (PageScanned(page("y")), "material_scanning"), (ScanEnded(), "material_look"))
    assert names(look) == "x" * 7 + "y" + "x" * (MOST_PAGES - 8)


# --- trouble -------------------------------------------------------------------------------------------------


def test_a_jam_in_the_middle_keeps_the_pages_before_it() -> None:
    trouble = walk(
        at("material_scanning", way=Way.FEEDER),
        (PageScanned(page("a")), "material_scanning"),
        (PageScanned(page("b")), "material_scanning"),
        (ScanTrouble(Fault.PAGE_JAM), "material_scan_trouble"),
    )
    view = shown(trouble)
    assert isinstance(view, MessageView)
    assert view.tone is Tone.TROUBLE
    assert view.facts[0].value.mapping == {"n": 2}
    assert len(view.steps) == 5, "again, the three other ways, the window"
    assert names(walk(trouble, (Pressed("pages"), "material_pages"))) == "ab"
    again = walk(trouble, (Pressed("again"), "material_scan"), (Pressed("scan"), "material_scanning"))
    assert names(walk(again, (PageScanned(page("c")), "material_scanning"), (ScanEnded(), "material_look"))) == "abc"
    walk(trouble, (Pressed("other"), "material"))


def test_an_empty_feeder_is_said() -> None:
    empty = walk(at("material_scanning", way=Way.FEEDER), (NothingInFeeder(), "material_feeder_empty"))
    assert buttons(shown(empty)) == ["other", "again"]
    walk(empty, (Pressed("again"), "material_scan"))
    walk(at("material_scanning", way=Way.FEEDER), (ScanEnded(), "material_feeder_empty"))


def test_stopping_a_scan_keeps_what_came() -> None:
    walk(at("material_scanning", way=Way.FEEDER), (Pressed("stop"), "material"))
    came = walk(at("material_scanning", way=Way.FEEDER), (PageScanned(page("a")), "material_scanning"))
    assert names(walk(came, (Pressed("stop"), "material_pages"))) == "a"


def test_from_the_instructions_to_the_other_ways_and_the_pages() -> None:
    walk(at("material_scan", way=Way.GLASS), (Pressed("other"), "material"))
    walk(at("material_scan", "a", way=Way.GLASS), (Pressed("pages"), "material_pages"))
    walk(at("material", "a"), (Pressed("pages"), "material_pages"))


# --- camera --------------------------------------------------------------------------------------------------


def test_a_picture_with_corners_set_by_hand() -> None:
    camera = walk(at("material"), (Chosen("camera"), "material_camera"))
    assert asked(camera) == (WatchCamera(),)
    assert isinstance(shown(camera), CameraView)
    taking = walk(camera, (CornersSet(OUTLINE), "material_camera"), (Pressed("take"), "material_taking"))
    assert asked(taking) == (TakePicture(OUTLINE),)
    busy = walk(taking, (Pressed("take"), "material_taking"), (CornersSet(None), "material_taking"))
    look = walk(busy, (PictureTaken(page("a", Concern.BLURRED)), "material_look"))
    view = shown(look)
    assert isinstance(view, PictureView)
    assert view.concern == HINTS[Concern.BLURRED]
    assert [a.event.name for a in view.actions if a.main] == ["again"], "what is not sharp is best taken again"
    assert walk(look, (Pressed("more"), "material_camera")).answers.handing.corners is None


@pytest.mark.parametrize("step", ["material_camera", "material_taking"])
def test_a_camera_that_is_unplugged(step: str) -> None:
    lost = walk(at(step, "a", way=Way.CAMERA), (CameraLost(Fault.UNPLUGGED), "material_camera_lost"))
    view = shown(lost, world(devices={**ALL.devices, "document_camera": ABSENT}))
    assert isinstance(view, MessageView)
    assert view.facts
    walk(lost, (Pressed("again"), "material_camera"))
    walk(lost, (Pressed("other"), "material"))
    walk(lost, (Pressed("pages"), "material_pages"))


def test_from_the_camera_to_the_other_ways_and_the_pages() -> None:
    walk(at("material_camera", way=Way.CAMERA), (Pressed("other"), "material"))
    walk(at("material_camera", "a", way=Way.CAMERA), (Pressed("pages"), "material_pages"))


# --- telephone -----------------------------------------------------------------------------------------------


def test_pages_from_a_telephone() -> None:
    phone = walk(at("material"), (Chosen("phone"), "material_phone"))
    assert asked(phone) == (OpenPhonePage(LEASE),)
    assert isinstance(shown(phone), WaitView)
    opened = walk(phone, (OPENED, "material_phone"))
    view = shown(opened)
    assert isinstance(view, MessageView)
    assert view.qr is not None
    assert view.qr.data == PHONE_URL
    assert len(view.steps) == 3
    assert buttons(view) == ["other"]
    joined = walk(opened, (PhoneJoined(), "material_phone"))
    assert shown(joined).facts != view.facts
    came = walk(joined, (PhonePages(sheets("ab", Origin.PHONE)), "material_phone"))
    came = walk(came, (PhonePages(sheets("c", Origin.PHONE)), "material_phone"))
    assert shown(came).facts[0].value.mapping == {"n": 3}
    assert names(walk(came, (Pressed("pages"), "material_pages"))) == "abc"
    walk(opened, (Pressed("other"), "material"))


def test_a_file_that_cannot_be_shown_is_said_and_the_next_one_clears_that() -> None:
    bad = walk(at("material_phone", way=Way.PHONE, phone=PHONE), (PhoneFileUnreadable(), "material_phone"))
    assert shown(bad).tone is Tone.NOTE
    good = walk(bad, (PhonePages(sheets("a", Origin.PHONE)), "material_phone"))
    assert shown(good).tone is Tone.PLAIN


def test_a_phone_that_answers_before_its_page_is_known_changes_nothing() -> None:
    assert walk(at("material_phone", way=Way.PHONE), (PhoneJoined(), "material_phone")).answers.handing.phone is None


@pytest.mark.parametrize(
    ("event", "step"),
    [
        (PhonePageEnded(), "material_phone_ended"),
        (CentreAway(), "material_phone_away"),
        (CentreSaidNo("x"), "material_phone_away"),
    ],
)
def test_when_the_telephone_cannot_go_on(event: Event, step: str) -> None:
    trouble = walk(at("material_phone", "ab", way=Way.PHONE, phone=PHONE), (event, step))
    assert shown(trouble).facts[0].value.mapping == {"n": 2}
    assert walk(trouble, (Pressed("again"), "material_phone")).answers.handing.phone is None
    walk(trouble, (Pressed("other"), "material"))
    walk(trouble, (Pressed("pages"), "material_pages"))


# --- looking -------------------------------------------------------------------------------------------------


def test_turned_moved_removed_taken_again() -> None:
    pages = walk(at("material_pages", "abcd"), (Chosen("1"), "material_pages"))
    assert names(walk(pages, (Pressed("earlier"), "material_pages"), (Pressed("earlier"), "material_pages"))) == "bacd"
    moved = walk(pages, (Pressed("later"), "material_pages"))
    assert (names(moved), moved.answers.handing.at) == ("acbd", 2)
    turned = walk(pages, (Pressed("turn"), "material_pages"))
    assert [sheet.turned for sheet in turned.answers.handing.sheets] == [0, 1, 0, 0]
    assert shown(turned).pages[1].turned == 1
    look = walk(turned, (Pressed("look"), "material_look"), (Pressed("turn"), "material_look"))
    assert shown(look).turned == 2
    walk(look, (Pressed("pages"), "material_pages"))
    out = walk(pages, (Pressed("remove"), "material_remove"), (Pressed("remove"), "material_pages"))
    assert names(out) == "acd"
    assert names(walk(pages, (Pressed("remove"), "material_remove"), (Pressed("keep"), "material_pages"))) == "abcd"


def test_the_last_page_taken_out_leads_back_to_the_ways() -> None:
    walk(at("material_remove", "a"), (Pressed("remove"), "material"))


def test_taking_again_asks_and_replaces_only_when_the_new_page_is_there() -> None:
    ask = walk(at("material_pages", "abc", at=1, way=Way.GLASS), (Pressed("again"), "material_again"))
    assert names(walk(ask, (Pressed("keep"), "material_pages"))) == "abc"
    scan = walk(ask, (Pressed("replace"), "material_scan"), (Pressed("scan"), "material_scanning"))
    assert names(walk(scan, (ScanTrouble(Fault.PAGE_JAM), "material_scan_trouble"))) == "abc"
    new = walk(scan, (PageScanned(page("z")), "material_scanning"), (ScanEnded(), "material_look"))
    assert names(new) == "azc"
    broken = world(devices={**DEVICES, "document_camera": READY})
    chosen = walk(ask, (Pressed("replace"), "material"), world=broken)
    assert names(walk(chosen, (Chosen("camera"), "material_camera"), world=broken)) == "abc"
    walk(at("material_look", "a"), (Pressed("again"), "material_again"))


def test_more_pages_come_last() -> None:
    more = walk(at("material_look", "abc", at=0, way=Way.GLASS), (Pressed("more"), "material_scan"))
    assert (
        names(walk(more, (Pressed("scan"), "material_scanning"), (PageScanned(page("d")), "material_scanning")))
        == "abcd"
    )
    walk(at("material_pages", "a"), (Pressed("add"), "material"))


def test_what_was_read_goes_with_the_case_and_the_first_reading_counts() -> None:
    look = walk(at("material_look", "ab"), (TextRead({"name": "欧阳试样"}), "material_look"))
    pages = walk(look, (Pressed("pages"), "material_pages"))
    assert asked(pages) == (ReadText(page("a")),)
    both = walk(pages, (TextRead({"name": "某某", "date": "2026-11-24"}), "material_pages"), (Pressed("done"), "list"))
    assert both.answers.case.found == {"name": "欧阳试样", "date": "2026-11-24"}


def test_pages_that_are_there_are_looked_at_first_and_nothing_is_replaced() -> None:
    done = walk(at("material_look", "ab"), (Pressed("done"), "list"))
    again = walk(done, (Chosen("lease"), "material_pages"))
    assert names(again) == "ab"
    other = walk(done, (Chosen("plan"), "material"), (Chosen("glass"), "material_scan"))
    assert other.answers.case.sheets == {"lease": sheets("ab")}


def test_nobody_does_anything() -> None:
    for step in HOST.steps:
        walk(at(step, "a", way=Way.GLASS), (TimedOut(), END))


def test_every_edge_of_the_sub_flow_is_walked() -> None:
    edges = {
        ("host", name, event) for name, step in HOST.steps.items() if name.startswith("material") for event in step.on
    }
    assert sorted(f"{step} on {event.__name__}" for _, step, event in edges - WALKED) == []


def test_nothing_of_a_page_is_in_a_repr() -> None:
    position = at("material_pages", "secret", phone=PHONE, found={"name": "欧阳"})
    view = shown(position)
    assert isinstance(Sheet(page("secret"), Origin.PHONE), Sheet)
    said = repr(
        (
            position,
            position.answers,
            position.answers.handing,
            view,
            PhonePages(sheets("secret")),
            TextRead({"name": "欧阳"}),
        )
    )
    assert "欧阳" not in said
    assert "secret" not in said
    assert PHONE_URL not in said
