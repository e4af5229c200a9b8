"""Invented people and their cases."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache

from devices.scanners.sample_pages import picture
from kiosk.cases.model import CaseInHand, Identity, Origin, Sheet, Wish
from kiosk.catalogue.kinds import IdentityMethod, ResultDelivery
from kiosk.catalogue.source import load_builtin
from kiosk.contract.cases import Applicant, CaseRequest, DeliveryWish, ItemAsked
from kiosk.ports.card_reader import CardKind, IdCard
from kiosk.ports.outbox import Letter, LetterKind
from kiosk.ports.page import Page
from tests.answers import answers_to

HOLDER = "a1" * 32
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
CARD = IdCard(CardKind.RESIDENT, "11010519491231002X", "甘露露", birth_date=date(1949, 12, 31))
STALL = "vendor-register"
SIGNED = (((0.1, 0.1), (0.5, 0.2), (0.9, 0.1)), ((0.2, 0.3), (0.8, 0.3)))


@cache
def page(kind: str = "form", dpi: int = 75) -> Page:
    """A drawn page."""
    return Page(*picture(kind, dpi, colour=False), dpi)


@cache
def speck(shade: int = 200) -> Page:
    """The smallest picture there is, for those who make thousands. `shade`: 0 to 255; each is another file."""
    from io import BytesIO

    from PIL import Image

    out = BytesIO()
    Image.new("L", (8, 8), shade).save(out, "JPEG")
    return Page(out.getvalue(), 8, 8, 75)


def sheet(kind: str = "form", turned: int = 0) -> Sheet:
    """A scanned page."""
    return Sheet(page(kind), Origin.SCANNER, turned)


def case(words: str = "饮食店", *, pages: int = 0, signed: bool = False, draft: str = "") -> CaseInHand:
    """A case that is complete, with so many pages for one material."""
    return CaseInHand(
        target="workshop-new",
        items=("workshop-new",),
        identity=Identity(IdentityMethod.RESIDENT_CARD, CARD),
        fields={"business-name": words, "applicant-phone": "13800138000"},
        sheets={"premises-proof": tuple(Sheet(speck(), Origin.SCANNER) for _ in range(pages))} if pages else {},
        wish=Wish(ResultDelivery.WINDOW),
        strokes=SIGNED if signed else (),
        draft=draft,
    )


@cache
def _answers() -> Mapping[str, str]:
    return answers_to([load_builtin().by_id[STALL]], NOW.date())


def stall(goods: str = "果蔬", *, shade: int = 200, draft: str = "") -> CaseInHand:
    """A case that the real service takes: all that is required, one page that is handed in. `goods` tells it from others."""
    return CaseInHand(
        target=STALL,
        items=(STALL,),
        identity=Identity(IdentityMethod.RESIDENT_CARD, CARD),
        fields={**_answers(), "stall-goods": goods},
        sheets={"photo": (Sheet(speck(shade), Origin.SCANNER),)},
        wish=Wish(ResultDelivery.WINDOW),
        draft=draft,
    )


def letter(key: str, lane: str = "", words: str = "饮食店", drafts: tuple[str, ...] = ()) -> Letter:
    """A case without files."""
    request = CaseRequest(
        items=(ItemAsked(item="workshop-new"),),
        applicant=Applicant(holder=HOLDER, document="resident_card", name="甘露露", number="11010519491231002X"),
        fields={"business-name": words},
        delivery=DeliveryWish(method=ResultDelivery.WINDOW),
        consent="apply-2026-1",
        made_at=NOW,
        drafts=drafts,
    )
    return Letter(key, lane or key, LetterKind.CASE, request.model_dump_json().encode())
