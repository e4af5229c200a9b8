"""What is said to work, held against every combination of devices that work, are out of order or are not there."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from itertools import product

import pytest

from kiosk import availability, words
from kiosk.availability.items import IDENTIFIED_BY, MET_BY, MISSED
from kiosk.availability.model import OFFERED
from kiosk.catalogue.forms import Form, Question, Reply
from kiosk.catalogue.kinds import IdentityMethod, Need, ResultDelivery
from kiosk.catalogue.model import PackageItem, ServiceItem
from kiosk.errors import REMEDIES, Fault
from kiosk.journeys.home import HOME
from kiosk.journeys.model import step_of
from kiosk.ports.device import ABSENT, READY, Health, Status
from kiosk.ports.weights import WEIGHTS, health_of, worst
from kiosk.texts import Text
from kiosk.world import World
from tests.applying import published
from tests.walk import at
from tests.worlds import OUT_OF_PAPER, catalogue, text, world

DEVICES = ("card_reader", "citizen_card_reader", "code_scanner", "document_scanner", "document_camera", "a4_printer")
BROKEN = Status(Health.BROKEN, frozenset({Fault.HARDWARE}))
EVERYTHING = frozenset({*OFFERED, "apply", "collect"})
CARDS = (IdentityMethod.RESIDENT_CARD, IdentityMethod.HMT_PERMIT)
ALL_WAYS = tuple(ResultDelivery)
ASKS = Form(
    questions=(
        Question(
            id="place",
            text=text("有经营场所吗？"),
            replies=(Reply(id="has", label=text("有")), Reply(id="soon", label=text("快有了"))),
        ),
    )
)
"""Questions: the item can be applied for at a terminal."""
SHAPES: dict[str, dict[str, object]] = {
    "ordinary": {},
    "printed": {"delivery": ALL_WAYS},
    "printed only": {"delivery": (ResultDelivery.KIOSK_PRINT,), "needs": (Need.A4_PRINTER,)},
    "printed or fetched": {"delivery": (ResultDelivery.KIOSK_PRINT,), "needs": (Need.SCANNER,)},
    "cards only": {"identity_methods": CARDS, "needs": (Need.CARD_READER,)},
    "citizens": {"identity_methods": (IdentityMethod.CITIZEN_CARD,), "needs": (Need.CITIZEN_CARD_READER,)},
    "everything": {"needs": tuple(Need), "delivery": ALL_WAYS},
    "nothing": {"needs": (), "delivery": (ResultDelivery.WINDOW,)},
}


@cache
def shaped(shape: str) -> ServiceItem:
    """An item of the sample catalogue that needs something else."""
    return catalogue().by_id["sole-trader-open"].model_copy(update={"form": ASKS, **SHAPES[shape]})


def combinations() -> Iterator[World]:
    """Every device works, is out of order or is not fitted; the centre answers or does not."""
    for states in product((READY, BROKEN, None), repeat=len(DEVICES)):
        fitted = {name: state for name, state in zip(DEVICES, states, strict=True) if state}
        for reachable in (True, False):
            yield world(devices=fitted, centre_reachable=reachable)


COMBINATIONS = tuple(combinations())


def said(text: Text) -> str:
    """As an English resident reads it."""
    return words.load("en").say(text)


def works(here: World, *names: str) -> bool:
    return any(here.device(name).works for name in names)


def could_apply(here: World, this: ServiceItem) -> bool:
    """Written down once more, without looking at how it is computed."""
    known = works(here, *(IDENTIFIED_BY[way] for way in this.identity_methods))
    met = {
        Need.CARD_READER: known,
        Need.CITIZEN_CARD_READER: works(here, "citizen_card_reader"),
        Need.CODE_SCANNER: works(here, "code_scanner"),
        Need.SCANNER: works(here, "document_scanner", "document_camera"),
        Need.A4_PRINTER: works(here, "a4_printer") or this.delivery != (ResultDelivery.KIOSK_PRINT,),
        Need.TICKET_PRINTER: True,
        Need.NETWORK: True,  # it is kept here and sent later
    }
    return all(met[need] for need in this.needs)


@pytest.mark.parametrize("shape", SHAPES)
def test_one_can_apply_exactly_where_what_it_takes_works(shape: str) -> None:
    this = shaped(shape)
    for here in COMBINATIONS:
        assert availability.item(here, this, EVERYTHING).available == could_apply(here, this)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("offered", [OFFERED, EVERYTHING], ids=["today", "with applying"])
def test_nothing_false_is_said_and_there_is_always_a_way(shape: str, offered: frozenset[str]) -> None:
    this = shaped(shape)
    judged: dict[tuple[bool, Text], list[World]] = {}
    for here in COMBINATIONS:
        one = availability.item(here, this, offered)
        judged.setdefault((one.available, one.note), []).append(here)
    for (available, note), worlds in judged.items():
        text = said(note)
        for here in worlds:
            check_truth(text, here, this)
        if "apply" in offered:
            assert available or "at a window" in text
        assert "here" not in text.replace("Not possible here", "").replace("read here", "") or "apply" in offered
        assert ("You can still apply here" not in text) or available
        assert "  " not in text


def check_truth(text: str, here: World, this: ServiceItem) -> None:
    """Each phrase, where it is said, is so."""
    identified = {IDENTIFIED_BY[way] for way in this.identity_methods}
    false_where = {
        "reading ID cards": works(here, *identified),
        "reading citizen cards": works(here, "citizen_card_reader"),
        "reading codes": works(here, "code_scanner"),
        "scanning papers": works(here, "document_scanner", "document_camera"),
        "printing on A4": works(here, "a4_printer"),
        "reaching the hall's system": here.centre_reachable,
        "ID cards cannot be read": works(here, "card_reader"),
        "instead: citizen card": not works(here, "citizen_card_reader"),
        "QR code of the app": not works(here, "code_scanner"),
        "by post": ResultDelivery.POST not in this.delivery,
        "electronic licence": ResultDelivery.ELECTRONIC not in this.delivery,
        ", or at the window": ResultDelivery.WINDOW not in this.delivery,
    }
    assert [phrase for phrase, false in false_where.items() if phrase in text and false] == []


@pytest.mark.parametrize(
    ("shape", "broken", "expected"),
    [
        ("printed", ("a4_printer",), "Not possible here now: printing on A4. You can still apply here. The result can come by post, as an electronic licence, or at the window."),
        ("printed or fetched", ("a4_printer",), "Not possible here now: printing on A4. The front desk can help you with the printed result."),
        ("printed only", ("a4_printer",), "Not possible here now: printing on A4. You can apply at a window."),
        ("ordinary", ("document_scanner",), ""),
        ("ordinary", ("document_scanner", "document_camera"), "Not possible here now: scanning papers. You can apply at a window."),
        ("ordinary", ("card_reader", "citizen_card_reader"), "ID cards cannot be read here now. You can use this instead: QR code of the app."),
        ("cards only", ("card_reader",), "Not possible here now: reading ID cards. You can apply at a window."),
        ("everything", ("ticket_printer",), "Not possible here now: printing receipts. You can still apply here."),
        ("nothing", DEVICES, ""),
    ],
)  # fmt: skip
def test_the_sentences(shape: str, broken: tuple[str, ...], expected: str) -> None:
    devices = {**dict.fromkeys((*DEVICES, "ticket_printer"), READY), **dict.fromkeys(broken, BROKEN)}
    assert said(availability.item(world(devices=devices), shaped(shape), EVERYTHING).note) == expected


def test_without_the_network_it_is_kept_and_said_so() -> None:
    here = world(devices=dict.fromkeys((*DEVICES, "ticket_printer"), READY), centre_reachable=False)
    one = availability.item(here, shaped("everything"), EVERYTHING)
    note = "Not possible here now: reaching the hall's system. You can still apply here: it is kept and sent by itself."
    assert (one.available, said(one.note)) == (True, note)


def test_a_package_takes_all_that_applies_to_everybody_and_one_card() -> None:
    fitted = world(devices=dict.fromkeys(DEVICES, READY))

    def can(*shapes: str) -> availability.Availability:
        items = tuple(shaped(shape).model_copy(update={"id": f"i-{n}"}) for n, shape in enumerate(shapes))
        parts = tuple(PackageItem(item=item.id) for item in items)
        together = catalogue().packages[0].model_copy(update={"items": parts})
        some = published(items, (together,))
        return availability.package(replace(fitted, catalogue=some), together, EVERYTHING)

    assert can("ordinary", "printed").available
    assert said(can("cards only", "citizens").note) == "You can apply at a window."
    broken = replace(fitted, devices={})
    assert not availability.package(broken, catalogue().packages[0], EVERYTHING).available


def test_what_was_never_fitted_is_not_deplored_where_one_cannot_apply_anyway() -> None:
    assert availability.item(world(devices={}), shaped("ordinary"), OFFERED - {"apply"}).note == ""
    unasked = shaped("ordinary").model_copy(update={"form": Form()})
    one = availability.item(world(devices={}), unasked)
    assert (one.available, said(one.note)) == (False, "You can apply at a window.")


def test_a_list_says_once_what_all_of_it_lacks() -> None:
    without = world(devices={"card_reader": READY, "document_scanner": BROKEN, "a4_printer": BROKEN})
    same = [shaped("ordinary"), shaped("ordinary").model_copy(update={"id": "other"})]
    every, each = availability.items_in_short(without, same)
    assert (said(every), each) == ("Not possible here now: scanning papers.", {})
    every, each = availability.items_in_short(without, [shaped("nothing").model_copy(update={"id": "n"}), same[0]])
    assert (every, {name: said(note) for name, note in each.items()}) == (
        "",
        {same[0].id: "Not possible here now: scanning papers."},
    )


def test_the_tables_know_every_need_and_every_way_to_identify() -> None:
    assert set(MET_BY) == set(MISSED) == set(Need)
    assert set(IDENTIFIED_BY) == set(IdentityMethod)


# --- the tiles -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("queues", [None, (), world().queues], ids=["unknown", "none", "some"])
def test_no_tile_is_silent_about_why_it_is_grey_and_guides_always_work(queues: tuple[object, ...] | None) -> None:
    for states in product((READY, BROKEN, OUT_OF_PAPER, ABSENT, None), repeat=3):
        names = ("card_reader", "ticket_printer", "a4_printer")
        fitted = {name: state for name, state in zip(names, states, strict=True) if state}
        for reachable in (True, False):
            check_tiles(world(devices=fitted, queues=queues, centre_reachable=reachable))


def check_tiles(here: World) -> None:
    start = at(HOME, "home")
    view = step_of({"home": HOME}, start).view(start.answers, here)
    tiles = {tile.key: tile for tile in view.tiles}
    assert tiles["guides"].available
    assert all(tile.available or tile.reason for tile in tiles.values())
    ticket, guides = said(tiles["ticket"].reason), said(tiles["guides"].reason)
    assert "no slip" not in ticket.lower() or not works(here, "ticket_printer")
    assert "No ID cards" not in ticket or not works(here, "card_reader")
    assert "No printing" not in guides or not works(here, "ticket_printer", "a4_printer")
    assert "phone" not in guides or here.station.public_url


@pytest.mark.parametrize(
    ("broken", "reachable", "apply", "collect"),
    [
        ((), True, "", ""),
        (("a4_printer",), True, "", "No printing now. Results are handed out at the window."),
        ((), False, "", "No connection to the hall's system. Results are handed out at the window."),
        (("document_scanner", "document_camera"), True, "Not possible here now: scanning papers. You can apply at a window.", ""),
    ],
)  # fmt: skip
def test_the_tiles_of_services_that_come_with_applying(
    broken: tuple[str, ...], reachable: bool, apply: str, collect: str
) -> None:
    devices: Mapping[str, Status] = {**dict.fromkeys(DEVICES, READY), **dict.fromkeys(broken, BROKEN)}
    asking = catalogue().model_copy(
        update={"items": tuple(this.model_copy(update={"form": ASKS}) for this in catalogue().items)}
    )
    here = world(devices=devices, centre_reachable=reachable, catalogue=asking)
    applying, collecting = availability.apply(here, EVERYTHING), availability.collect(here, EVERYTHING)
    assert collecting.available is (collect == "")
    assert said(collecting.note) == collect
    assert applying.available is (apply == "")
    assert applying.available or said(applying.note).endswith("You can apply at a window.")


# --- which fault is told ---------------------------------------------------------------------------------------


def test_every_fault_has_one_weight() -> None:
    ranked = [fault for kinds in WEIGHTS.values() for fault in kinds]
    assert sorted(ranked) == sorted(Fault)


@pytest.mark.parametrize(
    ("faults", "told"),
    [
        ({Fault.COVER_OPEN, Fault.PAPER_OUT, Fault.TONER_LOW}, Fault.COVER_OPEN),
        ({Fault.CUTTER, Fault.HARDWARE}, Fault.HARDWARE),
        ({Fault.BATTERY_LOW, Fault.CUTTER}, Fault.BATTERY_LOW),
        ({Fault.PAPER_LOW}, None),
        (set(), None),
    ],
)
def test_the_heaviest_fault_is_told(faults: set[Fault], told: Fault | None) -> None:
    assert worst(faults) is told
    status = Status(health_of(faults), frozenset(faults))
    assert availability.trouble(status) == REMEDIES[told or Fault.HARDWARE].resident


def test_a_device_that_is_not_there_is_said_to_be_so() -> None:
    assert availability.trouble(ABSENT) == REMEDIES[Fault.UNPLUGGED].resident
