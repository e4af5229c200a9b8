"""What is remembered while somebody applies, and what follows from it alone: items, questions, ways to identify and to get the
result.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from kiosk.cases.delivery import POSTED
from kiosk.cases.model import CaseInHand, Filling, HandingIn, Wish
from kiosk.catalogue.kinds import IdentityMethod, ResultDelivery
from kiosk.contract.cases import CaseState
from kiosk.effects.prints import PrinterName
from kiosk.errors import Fault
from kiosk.journeys.guide import GuideAnswers
from kiosk.ports.card_reader import CardKind
from kiosk.texts import LocalText, Text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet
    from datetime import date

    from kiosk.cases.notice import Notice
    from kiosk.catalogue.forms import Question, Reply
    from kiosk.catalogue.model import Catalogue, ServiceItem
    from kiosk.contract.cases import CaseReceipt
    from kiosk.contract.drafts import Draft
    from kiosk.ports.code_scanner import Code
    from kiosk.world import World

METHODS: Mapping[CardKind, IdentityMethod] = {
    CardKind.RESIDENT: IdentityMethod.RESIDENT_CARD,
    CardKind.HMT_PERMIT: IdentityMethod.HMT_PERMIT,
    CardKind.FOREIGNER_2017: IdentityMethod.FOREIGNER_CARD,
    CardKind.FOREIGNER_2023: IdentityMethod.FOREIGNER_CARD,
    CardKind.SOCIAL_SECURITY: IdentityMethod.CITIZEN_CARD,
}
"""Each kind of card, and the way to identify that it is."""
DRAFT_CODE = re.compile(r"[2-9A-HJKMNP-Z]{8}")
"""kiosk.contract.drafts.DraftCode."""
WAYS = (ResultDelivery.WINDOW, ResultDelivery.POST, ResultDelivery.ELECTRONIC, ResultDelivery.KIOSK_PRINT)
"""How results come, in the order they are offered."""


class Goal(StrEnum):
    """What somebody identifies for."""

    NEW = "new"
    RESUME = "resume"


class Paper(StrEnum):
    """What is known about a print."""

    NONE = "none"
    """Nothing was printed: no printer works."""
    OUT = "out"
    SENT = "sent"
    FAILED = "failed"
    TAKEN = "taken"


class Standing(StrEnum):
    """What can be said of a case that was handed in: exactly one of these."""

    KEPT = "kept"
    """已暂存."""
    RECEIVED = "received"
    """已送达."""
    ACCEPTED = "accepted"
    """已受理."""
    SET_ASIDE = "set_aside"
    """The centre refused it; a person looks after it."""


@dataclass(frozen=True, repr=False)
class ApplyAnswers:
    """`looking`: where in the lists. `out`, `advice`: the items that a reply has ruled out, and what to do instead. `material`:
    the one looked at. `expired`: when the card did. `scan`: the app's code. `code`: of a draft, as it was typed or scanned,
    with what is wrong with it (`error`). `key`: of what was confirmed last. `stands`, `receipt`: what is known of the case
    since it was handed in; `told`: what its printed receipt says."""

    looking: GuideAnswers = field(default_factory=GuideAnswers)
    goal: Goal = Goal.NEW
    case: CaseInHand = field(default_factory=CaseInHand)
    filling: Filling | None = None
    handing: HandingIn | None = None
    out: tuple[str, ...] = ()
    advice: Text = ""
    material: str = ""
    expired: date | None = None
    drafts: tuple[Draft, ...] = ()
    scan: Code | None = None
    code: str = ""
    error: Text = ""
    notice: Notice | None = None
    key: str = ""
    stands: Standing = Standing.KEPT
    receipt: CaseReceipt | None = None
    told: Standing | None = None
    printer: PrinterName = PrinterName.TICKET
    paper: Paper = Paper.NONE
    fault: Fault = Fault.HARDWARE


def items_of(case: CaseInHand, catalogue: Catalogue) -> tuple[ServiceItem, ...]:
    """The items a case asks for. Raises KeyError for one that is not in the catalogue."""
    return tuple(catalogue.by_id[item] for item in case.items)


def title_of(target: str, catalogue: Catalogue) -> LocalText:
    """What is applied for: an item, or a package."""
    package = catalogue.packages_by_id.get(target)
    return package.title if package else catalogue.by_id[target].title


def titles(items: Iterable[str], catalogue: Catalogue) -> tuple[LocalText, ...]:
    """The titles of some items."""
    return tuple(catalogue.by_id[item].title for item in items)


def is_package(case: CaseInHand, catalogue: Catalogue) -> bool:
    """Whether it asks for a package."""
    return case.target in catalogue.packages_by_id


def next_question(case: CaseInHand, catalogue: Catalogue) -> Question | None:
    """The first question of its items that has no reply; the same question of several items is asked once."""
    for item in items_of(case, catalogue):
        for question in item.form.questions:
            if question.id not in case.eligible:
                return question
    return None


def replies(case: CaseInHand, question: str, reply: str, catalogue: Catalogue) -> Mapping[str, Reply]:
    """What a reply means for each item that asks the question."""
    return {
        item.id: each
        for item in items_of(case, catalogue)
        for asked in item.form.questions
        if asked.id == question
        for each in asked.replies
        if each.id == reply
    }


def ways_to_identify(case: CaseInHand, catalogue: Catalogue) -> AbstractSet[IdentityMethod]:
    """What every item of the case allows; all there are while the items are not known."""
    allowed = set(IdentityMethod)
    for item in items_of(case, catalogue):
        allowed &= set(item.identity_methods)
    return allowed


def ways_to_get_it(case: CaseInHand, catalogue: Catalogue) -> tuple[ResultDelivery, ...]:
    """What every item of the case offers; where they have nothing in common, the window, which hands out everything."""
    items = items_of(case, catalogue)
    return tuple(way for way in WAYS if all(way in item.delivery for item in items)) or (ResultDelivery.WINDOW,)


def post_fields_missing(case: CaseInHand) -> tuple[str, ...]:
    """What sending by post still takes."""
    if case.wish is None or case.wish.method is not ResultDelivery.POST:
        return ()
    return tuple(name for name in POSTED if not case.fields.get(name))


def as_handed_in(case: CaseInHand) -> CaseInHand:
    """The wish complete with where it is posted to; that is told for the post only."""
    if case.wish is None:
        return case
    recipient, address, phone = (case.fields.get(name, "") for name in POSTED)
    others = {name: text for name, text in case.fields.items() if name not in POSTED}
    if case.wish.method is ResultDelivery.POST:
        return replace(case, fields=others, wish=Wish(ResultDelivery.POST, recipient, address, phone))
    return replace(case, fields=others, wish=Wish(case.wish.method))


def draft_code(text: str) -> str:
    """The code of a draft in what was typed or scanned; "" where it is none."""
    code = re.sub(r"[\s-]", "", text).upper()
    return code if DRAFT_CODE.fullmatch(code) else ""


def drafts_for(target: str, drafts: Iterable[Draft]) -> tuple[Draft, ...]:
    """Those of a target, in their order."""
    return tuple(draft for draft in drafts if draft_target(draft) == target)


def draft_target(draft: Draft) -> str:
    """What a draft is for: its package, or its only item."""
    return draft.package or draft.items[0].item


def standing_of(receipt: CaseReceipt) -> Standing:
    """What a receipt says."""
    return Standing.ACCEPTED if receipt.state is CaseState.ACCEPTED else Standing.RECEIVED


def working_printer(world: World) -> PrinterName | None:
    """The printer for a receipt: the slip printer, otherwise A4, otherwise none."""
    return next((name for name in PrinterName if world.device(name).works), None)


def case_url(world: World, token: str) -> str:
    """The public address of a case's progress."""
    return f"{world.station.public_url}/c/{token}"


def spaced(number: str) -> str:
    """A case number as it is read: the day, the serial, the check digit."""
    return f"{number[:8]} {number[8:13]} {number[13:]}"


def code_spaced(code: str) -> str:
    """The code of a draft as it is read: four and four."""
    return f"{code[:4]} {code[4:]}"


def longest_promise(case: CaseInHand, catalogue: Catalogue) -> int:
    """Working days until all of it is decided, as promised."""
    return max(item.time_limit.promised_days for item in items_of(case, catalogue))
