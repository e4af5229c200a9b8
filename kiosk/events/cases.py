"""What the centre, and what is kept for it, tell of cases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.events.model import Event

if TYPE_CHECKING:
    from kiosk.cases.model import CaseInHand
    from kiosk.contract.cases import CaseReceipt, CaseView, HolderRecord
    from kiosk.contract.drafts import Draft


@dataclass(frozen=True, repr=False)
class HolderKnown(Event):
    """What the government holds about the person, and the drafts that were begun."""

    record: HolderRecord
    drafts: tuple[Draft, ...] = ()


@dataclass(frozen=True)
class AppCodeRefused(Event):
    """It is no code of the app, or an old or used one."""


@dataclass(frozen=True)
class CaseKept(Event):
    """已暂存: it is safe on this machine's disk and not yet sent. It is sent by itself, also after the visit."""


@dataclass(frozen=True, repr=False)
class CaseReceived(Event):
    """已送达 or 已受理, as the receipt says."""

    receipt: CaseReceipt


@dataclass(frozen=True)
class CaseSetAside(Event):
    """The centre refuses it with the problem's code: it is kept, and a person looks after it."""

    code: str


@dataclass(frozen=True)
class NotKept(Event):
    """It could not be written down (the disk is full): nothing was sent, nothing is promised."""


@dataclass(frozen=True)
class DraftSaved(Event):
    """The centre keeps it under this code, for 30 days."""

    code: str
    until: str
    """The last day, ISO 8601."""


@dataclass(frozen=True)
class DraftKept(Event):
    """The centre is away: the draft is safe on this machine's disk and goes to the centre by itself, which then shows it to
    the person at any kiosk; it has no code yet. CentreAway follows, for steps that know nothing of this."""


@dataclass(frozen=True, repr=False)
class DraftOpened(Event):
    """As it was when it was saved; its identity is the person's who opened it."""

    case: CaseInHand


@dataclass(frozen=True)
class DraftGone(Event):
    """There is no such draft of this person: never, no more, or somebody else's."""


@dataclass(frozen=True, repr=False)
class CasesFound(Event):
    """Newest first."""

    cases: tuple[CaseView, ...]


@dataclass(frozen=True)
class NoSuchCase(Event):
    """No case goes by what was shown or typed; which of it was wrong is not said."""


@dataclass(frozen=True)
class SupplementKept(Event):
    """Safe on this machine's disk, not yet sent."""


@dataclass(frozen=True, repr=False)
class SupplementReceived(Event):
    """The centre has it; the case as it stands now."""

    case: CaseView


@dataclass(frozen=True, repr=False)
class CaseWithdrawn(Event):
    """The case as it stands now."""

    case: CaseView


@dataclass(frozen=True)
class RatingKept(Event):
    """It will reach the centre."""
