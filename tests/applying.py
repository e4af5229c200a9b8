"""A small hall to apply in: three items with questions, fields and materials, one package, people with cards, receipts.

All people are invented; their numbers have valid check digits.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache

from kiosk.cases.model import CaseInHand, Identity, Origin, Sheet, Wish
from kiosk.catalogue.forms import Choice, Form, FormField, Question, Reply
from kiosk.catalogue.kinds import FieldKind, IdentityMethod, ResultDelivery
from kiosk.catalogue.model import Catalogue, Material, Package, PackageItem, ServiceItem
from kiosk.catalogue.search import SearchIndex
from kiosk.contract.cases import CaseReceipt, CaseState, HolderRecord, ItemAsked, SubCase
from kiosk.contract.drafts import Draft
from kiosk.ports.card_reader import CardKind, IdCard
from kiosk.ports.device import READY
from kiosk.ports.page import Page
from kiosk.ports.writing import Stroke
from kiosk.world import World
from tests.worlds import OUYANG, catalogue, text, world

TRADER, FOOD, HYGIENE, RESTAURANT = "sole-trader-open", "food-new", "hygiene-new", "restaurant"
FITTED = dict.fromkeys(
    (
        "card_reader",
        "citizen_card_reader",
        "code_scanner",
        "document_scanner",
        "document_camera",
        "ticket_printer",
        "a4_printer",
    ),
    READY,
)


def _question(name: str, *replies: Reply) -> Question:
    return Question(id=name, text=text(f"{name}？", f"{name}?"), replies=replies)


def _reply(name: str, variant: str | None = None, out: str = "") -> Reply:
    advice = text(out) if out else None
    return Reply(id=name, label=text(name), leads="out" if out else "on", variant=variant, advice=advice)


PLACE = _question("place", _reply("has"), _reply("none", out="先找好场所再来。"))
QUESTIONS = {
    TRADER: (PLACE, _question("owner", _reply("one", "single"), _reply("kin", "family")), _question("name", _reply("yes"), _reply("no"))),
    FOOD: (PLACE, _question("cooks", _reply("yes"), _reply("no", out="不用办这个证。")), _question("staff", _reply("yes"), _reply("no"))),
    HYGIENE: (PLACE, _question("water", _reply("yes"), _reply("no")), _question("air", _reply("yes"), _reply("no"))),
}  # fmt: skip


def _field(name: str, kind: FieldKind, known_from: str = "", **more: object) -> FormField:
    return FormField(id=name, label=text(name), kind=kind, known_from=known_from, **more)


NAME = _field("applicant-name", FieldKind.NAME, "card.name")
NUMBER = _field("applicant-number", FieldKind.ID_NUMBER, "card.number")
PHONE = _field("applicant-phone", FieldKind.PHONE, "record.applicant-phone")
KITCHEN = _field(
    "kitchen", FieldKind.CHOICE, options=(Choice(id="open", label=text("明厨")), Choice(id="shut", label=text("不是")))
)
FIELDS = {TRADER: (NAME, NUMBER, PHONE), FOOD: (NAME, PHONE, KITCHEN), HYGIENE: (NAME, PHONE)}


def _material(name: str, required: bool = True, variants: tuple[str, ...] = (), held: bool = False) -> Material:
    return Material(
        id=name, name=text(f"材料 {name}", f"paper {name}"), kind="original", count=1, form="paper", required=required,
        held_by_government=held, sample_text=text("样张", "a sample"), variants=variants,
    )  # fmt: skip


LEASE, PLAN, LETTER, KIN = (
    _material("lease"),
    _material("plan", held=True),
    _material("letter", False),
    _material("kin", variants=("family",)),
)
MATERIALS = {TRADER: (LEASE, KIN, LETTER), FOOD: (LEASE, PLAN), HYGIENE: (LEASE,)}


def item(name: str) -> ServiceItem:
    """One of the three, as the hall publishes it."""
    record = {
        "form": Form(questions=QUESTIONS[name], fields=FIELDS[name]),
        "materials": MATERIALS[name],
        "delivery": (ResultDelivery.WINDOW, ResultDelivery.POST),
        "identity_methods": tuple(way for way in IdentityMethod if way is not IdentityMethod.HMT_PERMIT),
    }
    return catalogue().by_id[name].model_copy(update=record)


def published(items: tuple[ServiceItem, ...], packages: tuple[Package, ...]) -> Catalogue:
    """A catalogue of these."""
    whole = catalogue()
    return Catalogue(title=whole.title, sample=False, groups=whole.groups, items=items, packages=packages)


@cache
def offers() -> Catalogue:
    """What can be applied for; a fourth item is for the window only."""
    items = (
        item(TRADER),
        item(FOOD),
        item(HYGIENE),
        catalogue().by_id["food-change"].model_copy(update={"form": Form()}),
    )
    parts = (
        PackageItem(item=TRADER),
        PackageItem(item=FOOD),
        PackageItem(item=HYGIENE, when=text("也理发的", "if it cuts hair too")),
    )
    old = catalogue().packages_by_id[RESTAURANT]
    package = Package(id=old.id, title=old.title, summary=old.summary, icon=old.icon, aliases=old.aliases, items=parts)
    return published(items, (package,))


def hall(**changes: object) -> World:
    """An ordinary morning at a terminal where everything is fitted and works."""
    return world(**{"catalogue": offers(), "index": index(), "devices": FITTED, **changes})


@cache
def index() -> SearchIndex:
    """The search over what can be applied for."""
    return SearchIndex.build(offers())


def without(*devices: str) -> World:
    """The same with some devices not fitted."""
    return hall(devices={name: status for name, status in FITTED.items() if name not in devices})


EXPIRED = replace(OUYANG, valid_from=date(2006, 1, 1), valid_until=date(2026, 11, 23))
LAST_DAY = replace(OUYANG, valid_from=date(2006, 1, 1), valid_until=date(2026, 11, 24))
PERMIT = IdCard(CardKind.HMT_PERMIT, "810000199001010019", name="何示范", valid_from=date(2024, 3, 1), valid_until=date(2034, 3, 1))  # fmt: skip
SOCIAL = IdCard(CardKind.SOCIAL_SECURITY, OUYANG.number, name=OUYANG.name)
RECORD = HolderRecord(fields={"applicant-phone": "13800000000"}, materials=("plan",))
SHEET = Sheet(Page(b"jpeg", 100, 140), Origin.SCANNER)
SIGNATURE: tuple[Stroke, ...] = (((0.1, 0.2), (0.5, 0.1), (0.9, 0.3)),)

ASKED = CaseInHand(target=TRADER, items=(TRADER,))
REPLIED = replace(ASKED, eligible={"place": "has", "owner": "one", "name": "yes"}, variants={TRADER: "single"})
KNOWN = replace(REPLIED, identity=Identity(IdentityMethod.RESIDENT_CARD, OUYANG, RECORD))
FILLED = replace(
    KNOWN,
    fields={"applicant-name": "欧阳秀英", "applicant-number": OUYANG.number, "applicant-phone": "13800000000"},
    sheets={"lease": (SHEET, SHEET)},
)
WHOLE = replace(FILLED, wish=Wish(ResultDelivery.WINDOW))
TOGETHER = replace(
    WHOLE,
    target=RESTAURANT,
    items=(TRADER, FOOD),
    eligible={**REPLIED.eligible, "cooks": "yes", "staff": "no"},
    fields={**FILLED.fields, "kitchen": "open"},
    on_file=frozenset({"plan"}),
)

CODE = "K7MP4XRW"
DRAFT = Draft(
    holder="0" * 64, items=(ItemAsked(item=TRADER, variant="single"),), code=CODE,
    saved_at=datetime(2026, 11, 20, 2, 0, tzinfo=UTC), expires_at=datetime(2026, 12, 20, 2, 0, tzinfo=UTC),
)  # fmt: skip
OTHER_DRAFT = DRAFT.model_copy(update={"items": (ItemAsked(item=FOOD),), "code": "ABCDEFGH"})
PACKAGE_DRAFT = DRAFT.model_copy(update={"package": RESTAURANT, "code": "PQRSTUVW"})


def receipt(state: CaseState = CaseState.RECEIVED) -> CaseReceipt:
    """What the centre answers."""
    number = "20261124000123"
    return CaseReceipt(
        number=number, token="t" * 32, state=state, received_at=datetime(2026, 11, 24, 1, 42, tzinfo=UTC) + timedelta(seconds=5),
        sub_cases=(SubCase(number=number, item=TRADER, state=CaseState(state)),),
    )  # fmt: skip
