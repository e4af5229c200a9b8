"""Find a guide in every way there is, read it, take it along."""

import pytest

from kiosk.effects.prints import PrinterName, PrintGuide
from kiosk.errors import Fault
from kiosk.events.prints import PrintedOut, PrintFailed, PrintSent
from kiosk.events.touches import Chosen, Pressed, TimedOut, Typed, Woken
from kiosk.journeys.guide import GUIDE as JOURNEY
from kiosk.journeys.home import HOME
from kiosk.ports.device import READY
from kiosk.views.choose import ChooseView, SearchView
from kiosk.views.guides import GuideView
from kiosk.views.parts import Tone
from kiosk.views.start import HomeView
from kiosk.views.told import MessageView
from tests.walk import END, at, draw, effects, walk
from tests.worlds import DEVICES, OUT_OF_PAPER, catalogue, world

ITEM = "sole-trader-open"
PACKAGE = catalogue().packages[0].id
GROUP = catalogue().groups[0].id


def test_from_the_attract_screen_by_group_to_the_guide() -> None:
    first = catalogue().in_group(GROUP)[0].id
    walk(
        at(HOME, "attract"),
        (Woken(), "home"),
        (Chosen("guides"), "guide.browse"),
        (Chosen(GROUP), "shelf"),
        (Chosen(first), "guide"),
        (Pressed("qr"), "qr"),
        (Pressed("another"), "home.home"),
    )


def test_by_whom_it_serves() -> None:
    end = walk(at(JOURNEY, "browse"), (Pressed("by_serves"), "browse"), (Chosen("sole_trader"), "shelf"))
    view = draw(end, world())
    assert isinstance(view, ChooseView)
    assert ITEM in {option.key for option in view.options}


def test_by_package() -> None:
    walk(
        at(JOURNEY, "browse"), (Pressed("by_package"), "browse"), (Chosen(PACKAGE), "package"), (Chosen(ITEM), "guide")
    )
    walk(at(HOME, "home"), (Chosen(f"package:{PACKAGE}"), "guide.package"))


@pytest.mark.parametrize("word", ["开饭店", "kaifandian", "kfd"])
def test_search_by_everyday_words(word: str) -> None:
    end = walk(
        at(HOME, "home"),
        (Chosen("search"), "guide.search"),
        *((Typed(word[: n + 1]), "search") for n in range(len(word))),
    )
    view = draw(end, world())
    assert isinstance(view, SearchView)
    keys = [option.key for option in view.options]
    assert keys[0].startswith("package:")
    walk(end, (Chosen(keys[0]), "package"))
    item = next(key for key in keys if not key.startswith("package:"))
    walk(end, (Chosen(item), "guide"))


def test_nothing_found_says_what_to_try() -> None:
    view = draw(at(JOURNEY, "search", text="zzzzqqq"), world())
    assert isinstance(view, SearchView)
    assert view.options == ()
    assert "another word" in str(view.found)


def test_search_before_the_index_is_ready() -> None:
    view = draw(at(JOURNEY, "search", text="kfd"), world(index=None))
    assert isinstance(view, SearchView)
    assert view.options == ()


@pytest.mark.parametrize("item", [item.id for item in catalogue().items])
def test_every_guide_shows_all_nine_disclosed_fields(item: str) -> None:
    view = draw(at(JOURNEY, "guide", item=item), world())
    assert isinstance(view, GuideView)
    shown = " ".join(str(section) for section in view.sections)
    record = catalogue().by_id[item]
    for text in (*record.legal_basis, *record.conditions, *(m.name for m in record.materials), *(m.sample_text for m in record.materials), *(s.detail for s in record.process), record.fee.note):  # fmt: skip
        assert repr(text) in shown
    assert record.enquiry_phone in shown
    assert record.supervision_phone in shown
    assert "Time limit by law" in shown
    assert "Promised time limit" in shown


@pytest.mark.parametrize(("button", "printer"), [("slip", PrinterName.TICKET), ("a4", PrinterName.A4)])
def test_print_it(button: str, printer: PrinterName) -> None:
    printing = walk(at(JOURNEY, "guide", item=ITEM), (Pressed(button), "printing"))
    assert effects(printing) == (PrintGuide(ITEM, printer),)
    walk(printing, (PrintedOut(), "printed"), (Pressed("finish"), END))
    walk(printing, (PrintSent(), "sent"), (Pressed("qr"), "qr"))
    failed = walk(printing, (PrintFailed(Fault.PAPER_JAM), "not_printed"))
    view = draw(failed, world())
    assert isinstance(view, MessageView)
    assert view.tone is Tone.TROUBLE
    assert "stuck" in str(view.explain)
    assert effects(walk(failed, (Pressed("again"), "printing"))) == (PrintGuide(ITEM, printer),)


def test_printing_is_greyed_with_its_reason_where_it_cannot_work() -> None:
    view = draw(at(JOURNEY, "guide", item=ITEM), world(devices={**DEVICES, "ticket_printer": OUT_OF_PAPER}))
    assert isinstance(view, GuideView)
    slip = next(action for action in view.actions if action.event == Pressed("slip"))
    assert not slip.available
    assert "paper" in str(slip.reason)


def test_to_the_queue_that_takes_it() -> None:
    end = walk(at(JOURNEY, "guide", item=ITEM), (Pressed("ticket"), "ticket.card"))
    assert end.answers.queue == "market"
    walk(at(JOURNEY, "guide", item=catalogue().in_group(GROUP)[0].id), (Pressed("ticket"), "ticket.choose"))


def test_no_qr_without_a_public_address() -> None:
    here = world()
    unknown = world(station=type(here.station)(**{**here.station.__dict__, "public_url": ""}))
    view = draw(at(JOURNEY, "qr", item=ITEM), unknown)
    assert isinstance(view, MessageView)
    assert view.qr is None
    assert view.tone is Tone.TROUBLE


def test_home_says_honestly_what_is_not_there() -> None:
    view = draw(at(HOME, "home"), world(queues=None, centre_reachable=False))
    assert isinstance(view, HomeView)
    by_key = {tile.key: tile for tile in view.tiles}
    assert by_key["guides"].available
    assert not by_key["ticket"].available
    assert "front desk" in str(by_key["ticket"].reason)
    assert all(tile.available or tile.reason for tile in view.tiles)


def test_home_to_the_ticket() -> None:
    walk(at(HOME, "home"), (Chosen("ticket"), "ticket.choose"))


@pytest.mark.parametrize("step", list(JOURNEY.steps))
def test_nobody_does_anything(step: str) -> None:
    walk(at(JOURNEY, step, item=ITEM, package=PACKAGE, shelf=GROUP), (TimedOut(), END))


def test_back_to_browsing_by_search_and_finish() -> None:
    walk(at(JOURNEY, "browse"), (Pressed("search"), "search"), (Chosen(f"package:{PACKAGE}"), "package"))
    for step in ("qr", "printed", "sent", "not_printed", "guide"):
        walk(at(JOURNEY, step, item=ITEM), (Pressed("finish"), END))
    walk(at(HOME, "home"), (TimedOut(), END))


def test_lists_and_packages_say_which_items_something_is_missing_for() -> None:
    broken = world(devices={**DEVICES, "document_scanner": OUT_OF_PAPER})
    shelf = draw(at(JOURNEY, "shelf", shelf=GROUP), broken)
    assert isinstance(shelf, ChooseView)
    assert "scanning papers" in str(shelf.explain)
    assert not any(option.reason for option in shelf.options)
    package = draw(at(JOURNEY, "package", package=PACKAGE), broken)
    assert isinstance(package, ChooseView)
    assert all("scanning papers" in str(option.reason) and option.available for option in package.options)
    found = draw(at(JOURNEY, "search", text="kfd"), broken)
    assert isinstance(found, SearchView)
    assert all(bool(option.reason) is not option.key.startswith("package:") for option in found.options)


def test_a_walk_to_a_guide_whose_printer_is_out_of_order() -> None:
    broken = world(devices={**DEVICES, "document_scanner": READY, "a4_printer": OUT_OF_PAPER})
    printed = next(item.id for item in catalogue().items if "kiosk_print" in item.delivery)
    end = walk(
        at(HOME, "home"), (Chosen("guides"), "guide.browse"), (Pressed("by_serves"), "browse"),
        (Chosen("sole_trader"), "shelf"), (Chosen(printed), "guide"), world=broken,
    )  # fmt: skip
    view = draw(end, broken)
    assert isinstance(view, GuideView)
    assert "printing on A4" in str(view.limits)
    assert "by post" in str(view.limits)
    walk(end, (Pressed("qr"), "qr"), world=broken)
