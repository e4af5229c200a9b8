"""A case in hand as it is handed in, and a draft as it is gone on with.

Everything here is deterministic: the same case gives the same bytes, so that what is handed in again is known to be the same.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import groupby

from pydantic import ValidationError

from kiosk.cases.consent import CONSENT
from kiosk.cases.model import CaseInHand, Identity, Origin, Sheet, Wish
from kiosk.contract.cases import Applicant, CaseRequest, DeliveryWish, HandedIn, ItemAsked, SupplementRequest
from kiosk.contract.drafts import Draft, DraftRequest
from kiosk.contract.files import LARGEST_BYTES, MOST_PAGES
from kiosk.contract.ratings import Level, RatingRequest
from kiosk.errors import KioskError
from kiosk.pages_pdf import as_pdf
from kiosk.ports.page import Page
from kiosk.signature import svg

PHONE = "applicant-phone"
"""The form field that is the applicant's telephone number."""
MOST_SAVED = 30
"""Drafts of one case in one visit that are told of, the last ones; nobody saves as often."""
ROOM_BYTES = LARGEST_BYTES - 1_000_000
"""What the pages of one PDF may take together: the file has a little around them."""

Files = dict[str, bytes]
"""By SHA-256, 64 hex digits."""


class CaseIncomplete(KioskError):
    """It cannot be handed in as it is. The message names the field, never what is in it."""


def request_of(case: CaseInHand, holder: str, made_at: datetime) -> tuple[CaseRequest, Mapping[str, bytes]]:
    """The request, and the files that the centre may not have yet. `holder`: the applicant's digest (kiosk.centre.holder);
    `made_at`: when submit was pressed. Raises CaseIncomplete, KioskError for a page that is no picture."""
    files: Files = {}
    materials = _materials(case, files)
    signature = _add(files, svg(case.strokes).encode()) if case.strokes else None
    try:
        request = CaseRequest(
            items=_items(case),
            package=_package(case),
            applicant=_applicant(case, holder),
            fields=_fields(case),
            materials=materials,
            delivery=_delivery(case.wish),
            consent=CONSENT,
            signature=signature,
            made_at=made_at,
            drafts=(*([case.draft] if case.draft else []), *case.saving[-MOST_SAVED:]),
        )
    except ValidationError as error:
        raise _incomplete(error) from None
    return request, files


def draft_of(case: CaseInHand, holder: str) -> tuple[DraftRequest, Mapping[str, bytes]]:
    """As far as it has come. Raises as `request_of`."""
    files: Files = {}
    materials = _materials(case, files)
    try:
        request = DraftRequest(
            holder=holder, items=_items(case), package=_package(case), fields=_fields(case), materials=materials
        )
    except ValidationError as error:
        raise _incomplete(error) from None
    return request, files


def supplement_of(
    sheets: Mapping[str, tuple[Sheet, ...]], made_at: datetime
) -> tuple[SupplementRequest, Mapping[str, bytes]]:
    """Materials that were asked for. Raises as `request_of`."""
    files: Files = {}
    try:
        request = SupplementRequest(materials=tuple(_handed_in(sheets, files)), made_at=made_at)
    except ValidationError as error:
        raise _incomplete(error) from None
    return request, files


def rating_of(token: str, level: int, reasons: tuple[str, ...], words: str, made_at: datetime) -> RatingRequest:
    """`token` "" without a case. Raises CaseIncomplete."""
    try:
        return RatingRequest(token=token or None, level=Level(level), reasons=reasons, words=words, made_at=made_at)
    except ValidationError as error:
        raise _incomplete(error) from None
    except ValueError:
        raise CaseIncomplete(f"a rating has no level {level}") from None


def case_of(draft: Draft, identity: Identity, pages: Mapping[str, Sequence[Page]]) -> CaseInHand:
    """A draft in hand again, of the person who opened it. `pages`: the pictures of each file that it names; a file without
    any is left out, and its material is asked for again."""
    items = tuple(asked.item for asked in draft.items)
    sheets = {each.material: tuple(_sheets(each.files, pages)) for each in draft.materials if each.files}
    return CaseInHand(
        target=draft.package or items[0],
        items=items,
        variants={asked.item: asked.variant for asked in draft.items if asked.variant},
        identity=identity,
        fields=dict(draft.fields),
        sheets={material: found for material, found in sheets.items() if found},
        on_file=frozenset(each.material for each in draft.materials if each.on_file),
        draft=draft.code,
    )


def _sheets(files: Iterable[str], pages: Mapping[str, Sequence[Page]]) -> Iterator[Sheet]:
    for digest in files:
        for number, page in enumerate(pages.get(digest, ()), start=1):
            yield Sheet(page, Origin.DRAFT, file=digest, number=number)


# --- parts of a request --------------------------------------------------------------------------------------------


def _items(case: CaseInHand) -> tuple[ItemAsked, ...]:
    return tuple(ItemAsked(item=item, variant=case.variants.get(item, "")) for item in case.items)


def _package(case: CaseInHand) -> str | None:
    return case.target if case.target and case.target not in case.items else None


def _fields(case: CaseInHand) -> dict[str, str]:
    return dict(sorted(case.fields.items()))


def _applicant(case: CaseInHand, holder: str) -> Applicant:
    identity = case.identity
    if identity is None:
        raise CaseIncomplete("nobody is known who applies")
    card = identity.card
    return Applicant(
        holder=holder,
        document=identity.method.value,
        name=card.name or card.name_latin or "",
        number=card.number,
        phone=case.fields.get(PHONE, ""),
    )


def _delivery(wish: Wish | None) -> DeliveryWish:
    if wish is None:
        raise CaseIncomplete("it is not known how the result is to come")
    return DeliveryWish(method=wish.method, recipient=wish.recipient, address=wish.address, phone=wish.phone)


def _materials(case: CaseInHand, files: Files) -> tuple[HandedIn, ...]:
    on_file = [HandedIn(material=material, on_file=True) for material in sorted(case.on_file - set(case.sheets))]
    return (*_handed_in(case.sheets, files), *on_file)


def _handed_in(sheets: Mapping[str, tuple[Sheet, ...]], files: Files) -> Iterator[HandedIn]:
    for material, pages in sorted(sheets.items()):
        if pages:
            yield HandedIn(material=material, files=tuple(_files_of(pages, files)))


# --- the files of a material ---------------------------------------------------------------------------------------


@dataclass(frozen=True, repr=False)
class _Run:
    """Sheets that follow each other: those of one file at the centre, or pages that become one file here."""

    file: str
    sheets: tuple[Sheet, ...]


def _files_of(pages: Sequence[Sheet], files: Files) -> Iterator[str]:
    """Digests in the order of the pages."""
    for run in _joined(pages):
        if run.file:
            yield run.file
        else:
            yield from (_add(files, _pdf(part)) for part in _parted(run.sheets))


def _joined(pages: Sequence[Sheet]) -> Iterator[_Run]:
    """A file at the centre is used as it is, where it still is as it came; what was turned or left out is made anew here."""
    runs = [_Run(file, tuple(sheets)) for file, sheets in groupby(pages, key=lambda sheet: sheet.file)]
    for file, group in groupby(runs, key=lambda run: run.file if _untouched(run) else ""):
        if file:
            yield from group
        else:
            yield _Run("", tuple(sheet for run in group for sheet in run.sheets))


def _untouched(run: _Run) -> bool:
    as_it_came = range(1, len(run.sheets) + 1)
    numbers = [sheet.number for sheet in run.sheets]
    return bool(run.file) and numbers == [*as_it_came] and not any(sheet.turned % 4 for sheet in run.sheets)


def _parted(sheets: Sequence[Sheet]) -> Iterator[Sequence[Sheet]]:
    """As many pages in one PDF as the centre takes."""
    part: list[Sheet] = []
    size = 0
    for sheet in sheets:
        if part and (len(part) == MOST_PAGES or size + len(sheet.page.jpeg) > ROOM_BYTES):
            yield part
            part, size = [], 0
        part.append(sheet)
        size += len(sheet.page.jpeg)
    yield part


def _pdf(sheets: Sequence[Sheet]) -> bytes:
    return as_pdf([sheet.page for sheet in sheets], [sheet.turned for sheet in sheets])


def _add(files: Files, content: bytes) -> str:
    digest = sha256(content).hexdigest()
    files[digest] = content
    return digest


def _incomplete(error: ValidationError) -> CaseIncomplete:
    first = error.errors(include_input=False, include_url=False)[0]
    where = ".".join(str(part) for part in first["loc"] if part in CaseRequest.model_fields or isinstance(part, int))
    return CaseIncomplete(f"what is handed in is not complete at {where or 'a part of it'}: {first['type']}")
