"""To be asked of the centre, and of what is kept for it, about cases. What is handed in goes into the outbox first:
it is never lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.effects.model import Effect

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiosk.cases.model import CaseInHand, Sheet
    from kiosk.ports.card_reader import IdCard
    from kiosk.ports.code_scanner import Code


@dataclass(frozen=True, repr=False)
class LookUpHolder(Effect):
    """What the centre holds about a person, and the person's drafts: HolderKnown; CentreAway or CentreSaidNo."""

    card: IdCard


@dataclass(frozen=True, repr=False)
class AskWhoseCode(Effect):
    """Whose code of the citizens' app this is: CardRead; AppCodeRefused; CentreAway or CentreSaidNo."""

    code: Code


@dataclass(frozen=True, repr=False)
class SubmitCase(Effect):
    """Hand in a case exactly once per `key`: CaseKept as soon as it is safe on this machine's disk, then CaseReceived
    when the centre has it; CaseSetAside when the centre refuses it; NotKept when it could not be written down."""

    case: CaseInHand
    key: str


@dataclass(frozen=True, repr=False)
class SaveDraft(Effect):
    """Keep a case that was begun: DraftSaved (the centre has it, under a code); DraftKept and then CentreAway; CentreAway
    alone where it could not be kept here either; CentreSaidNo."""

    case: CaseInHand
    key: str


@dataclass(frozen=True, repr=False)
class OpenDraft(Effect):
    """Go on with a draft of this person: DraftOpened; DraftGone; CentreAway or CentreSaidNo."""

    code: str
    card: IdCard


@dataclass(frozen=True, repr=False)
class FindCases(Effect):
    """The cases of a card's holder, of a receipt's code, or by number and the last four digits of the telephone;
    exactly one of the three is given: CasesFound (none: an empty one); NoSuchCase; CentreAway or CentreSaidNo."""

    card: IdCard | None = None
    token: str = ""
    number: str = ""
    phone4: str = ""


@dataclass(frozen=True, repr=False)
class SendSupplement(Effect):
    """Hand in what was asked for, exactly once per `key`: SupplementKept, then SupplementReceived; CaseSetAside;
    NotKept."""

    token: str
    sheets: Mapping[str, tuple[Sheet, ...]]
    key: str


@dataclass(frozen=True, repr=False)
class WithdrawCase(Effect):
    """Withdraw a case: CaseWithdrawn; CentreAway or CentreSaidNo."""

    token: str


@dataclass(frozen=True, repr=False)
class SendRating(Effect):
    """Keep a rating for the centre, exactly once per `key`: RatingKept; NotKept. `token` "" without a case."""

    token: str
    level: int
    reasons: tuple[str, ...]
    words: str
    key: str
