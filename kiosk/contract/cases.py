"""Cases: handed in once, followed, supplemented, withdrawn.

A case that asks for several items (a package) is one case with a sub-case for each; a case for one item is its own only sub-case.
Whoever follows a case shows who they are: by the digest of their card, by the token on the receipt, or by case number and the
last four digits of the telephone. Everything after that goes by the case's `token`.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StrictBool

from kiosk.catalogue.kinds import ResultDelivery
from kiosk.contract.wire import Digest, Identifier, Key, Moment, Problem, Wire
from kiosk.texts import LocalText

CaseNumber = Annotated[str, Field(pattern=r"^[0-9]{14}$")]
"""What people type and call: the day (YYYYMMDD), its serial (five digits) and a check digit (ISO/IEC 7064, MOD 11,10)."""
Phone4 = Annotated[str, Field(pattern=r"^[0-9]{4}$")]
Token = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{20,64}$")]
FieldId = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]
FieldText = Annotated[str, Field(max_length=2_000)]
Fields = Annotated[
    Mapping[FieldId, FieldText], Field(max_length=200, json_schema_extra={"additionalProperties": False})
]
"""The form: field id -> what was answered, in the form's own writing (dates as ISO 8601, choices by their id)."""


class CaseState(StrEnum):
    """Where a case stands. 已送达 received, 已受理 accepted, 待补正 returned, 审查 under review, 准予 granted, 不予 refused,
    制证 result made, 出件 issued (handed out or sent off), 办结送达 delivered, 撤回 withdrawn."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    REVIEW = "under_review"
    GRANTED = "granted"
    REFUSED = "refused"
    MADE = "result_made"
    ISSUED = "issued"
    DELIVERED = "delivered"
    WITHDRAWN = "withdrawn"


class Applicant(Wire):
    """Who applies. `holder`: HMAC-SHA256 under `holder_key` of the document's kind and number (as for tickets). `document`: a
    kiosk.catalogue.kinds.IdentityMethod. `number`, `name` as on the document."""

    holder: Digest
    document: Identifier
    name: Annotated[str, Field(min_length=1, max_length=100, repr=False)]
    number: Annotated[str, Field(min_length=1, max_length=40, repr=False)]
    phone: Annotated[str, Field(max_length=20, repr=False)] = ""


class ItemAsked(Wire):
    """An item, and the variant that the three questions led to ("" where there is one only)."""

    item: Identifier
    variant: Annotated[str, Field(max_length=64)] = ""


class HandedIn(Wire):
    """A material: its files in order, by SHA-256 of their bytes; none where the government holds it (`on_file`)."""

    material: Identifier
    files: Annotated[tuple[Digest, ...], Field(max_length=100)] = ()
    on_file: StrictBool = False


class DeliveryWish(Wire):
    """How the result is to come. Recipient, address and phone for the post only."""

    method: ResultDelivery
    recipient: Annotated[str, Field(max_length=100, repr=False)] = ""
    address: Annotated[str, Field(max_length=300, repr=False)] = ""
    phone: Annotated[str, Field(max_length=20, repr=False)] = ""


class CaseRequest(Wire):
    """A case as it is handed in. `package` where the items belong to one. `signature`: digest of the signature's SVG file, handed
    in like a material; None where somebody could not sign and consented by button. `consent`: the id of the words consented to.
    `made_at`: when the applicant pressed submit, by the kiosk's clock. `drafts`: what it was begun as: codes of drafts, and keys
    under which drafts of it were saved, whether or not they have come; the case takes their place for good."""

    items: Annotated[tuple[ItemAsked, ...], Field(min_length=1, max_length=20)]
    package: Identifier | None = None
    applicant: Applicant
    fields: Fields = Field(default_factory=dict, repr=False)
    materials: Annotated[tuple[HandedIn, ...], Field(max_length=100)] = ()
    delivery: DeliveryWish
    consent: Identifier
    signature: Digest | None = None
    made_at: Moment
    drafts: Annotated[tuple[Key, ...], Field(max_length=40)] = ()


class SubCase(Wire):
    """One item of a case."""

    number: CaseNumber
    item: Identifier
    state: CaseState


class CaseReceipt(Wire):
    """The centre has the case: RECEIVED, or already ACCEPTED. `token` opens the public page `/c/<token>`."""

    number: CaseNumber
    token: Token = Field(repr=False)
    state: Literal[CaseState.RECEIVED, CaseState.ACCEPTED]
    received_at: Moment
    sub_cases: tuple[SubCase, ...]


class CaseStep(Wire):
    """A transition: what the case became, when, and which office did it."""

    state: CaseState
    at: Moment
    office: LocalText
    note: Annotated[str, Field(max_length=1_000)] = ""


class Asked(Wire):
    """A material asked of the applicant now, and why."""

    material: Identifier
    reason: Annotated[str, Field(max_length=500)]
    asked_at: Moment


class Term(Wire):
    """A time limit in real working days, counted from acceptance: how many, how many are used, the last day. The count stands
    still while the applicant is asked for something (`paused`)."""

    days: Annotated[int, Field(ge=0)]
    used: Annotated[int, Field(ge=0)]
    due: date | None
    paused: StrictBool = False


class ResultOffer(Wire):
    """A result document. `printable`: at kiosks at all; `prints_left` there, 0: no more.
    `code`: what its public verification page `/v/<code>` goes by."""

    id: Identifier
    title: LocalText
    printable: bool = True
    prints_left: Annotated[int, Field(ge=0)]
    made_at: Moment
    code: Annotated[str, Field(max_length=64, repr=False)]


class Parcel(Wire):
    """A result in the post: carrier, tracking number, what became of it so far."""

    carrier: LocalText
    number: Annotated[str, Field(max_length=40)]
    events: tuple[tuple[Moment, LocalText], ...] = ()


class Progress(Wire):
    """How one sub-case stands."""

    number: CaseNumber
    item: Identifier
    title: LocalText
    state: CaseState
    steps: tuple[CaseStep, ...]
    promised: Term
    statutory: Term
    asked: tuple[Asked, ...] = ()
    results: tuple[ResultOffer, ...] = ()
    delivery: ResultDelivery
    parcel: Parcel | None = None
    window: int | None = None
    """Where the result waits, once it is made and is to be fetched."""


class CaseView(Wire):
    """A case for its applicant. `applicant`: the name, masked (张*)."""

    number: CaseNumber
    token: Token = Field(repr=False)
    title: LocalText
    applicant: str = Field(repr=False)
    received_at: Moment
    rated: StrictBool
    parts: tuple[Progress, ...]


class CaseList(Wire):
    """The cases of one holder, newest first."""

    cases: tuple[CaseView, ...]


class CaseLookup(Wire):
    """A case by its number, or the number of one of its sub-cases, and the last four digits of its telephone."""

    number: CaseNumber = Field(repr=False)
    phone4: Phone4 = Field(repr=False)


class SupplementRequest(Wire):
    """Materials that were asked for."""

    materials: Annotated[tuple[HandedIn, ...], Field(min_length=1, max_length=100)]
    made_at: Moment


class HolderRecord(Wire):
    """What the government holds about a person: known answers (phone, address, ... by the `known_from` of form fields) and
    materials that need not be handed in again."""

    fields: Fields = Field(default_factory=dict, repr=False)
    materials: tuple[Identifier, ...] = ()


class AppCode(Wire):
    """What the code of the citizens' app says when it is held before a scanner; good for a minute, once."""

    code: Annotated[str, Field(min_length=8, max_length=512, repr=False)]


class AppIdentity(Wire):
    """Whose code it was: `document` as in Applicant, name and number as on it."""

    document: Identifier
    name: Annotated[str, Field(min_length=1, max_length=100, repr=False)]
    number: Annotated[str, Field(min_length=1, max_length=40, repr=False)]


class MaterialsMissing(Problem):
    """409 /problems/materials-missing: files that the request names and the service does not have yet; upload them, then repeat
    the request with the same key."""

    type: Literal["/problems/materials-missing"]
    missing: tuple[Digest, ...]
