"""One attempt to deliver a letter: hands it in, uploading first the files that the centre does not have yet."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from pydantic import ValidationError

from kiosk.contract.cases import CaseRequest, SupplementRequest
from kiosk.contract.drafts import DraftRequest
from kiosk.contract.files import MediaType
from kiosk.contract.ratings import RatingRequest
from kiosk.contract.results import PrintReport
from kiosk.contract.wire import Wire
from kiosk.errors import CentreRefused, FilesMissing
from kiosk.ports.case_centre import CaseCentre
from kiosk.ports.outbox import Letter, LetterKind

T = TypeVar("T")

_SIGNS = ((b"\xff\xd8\xff", MediaType.JPEG), (b"\x89PNG", MediaType.PNG), (b"%PDF", MediaType.PDF))


def carry(centre: CaseCentre, letter: Letter, file: Callable[[str], bytes | None]) -> bytes:
    """The centre's answer as JSON. `file` gives a file by its digest. Raises CentreError; CentreRefused("unreadable")
    for a letter that an earlier program wrote and this one cannot read, CentreRefused("file-lost")."""
    try:
        return with_files(centre, file, lambda: _WAYS[letter.kind](centre, letter))
    except ValidationError:
        raise CentreRefused("unreadable", f"a {letter.kind.value} in the outbox cannot be read any more") from None


def with_files(centre: CaseCentre, file: Callable[[str], bytes | None], hand_in: Callable[[], T]) -> T:
    """Hand in; when files are missing, upload them and hand in once more. Raises CentreError."""
    try:
        return hand_in()
    except FilesMissing as missing:
        for digest in missing.missing:
            _upload(centre, digest, file(digest))
    return hand_in()


def media_type(content: bytes) -> MediaType:
    """By its first bytes; what is none of the others is a signature."""
    return next((kind for sign, kind in _SIGNS if content.startswith(sign)), MediaType.SVG)


def _upload(centre: CaseCentre, digest: str, content: bytes | None) -> None:
    if content is None:
        raise CentreRefused("file-lost", "the centre lacks a file that is not here either")
    centre.upload(digest, media_type(content), content)


def _case(centre: CaseCentre, letter: Letter) -> bytes:
    return _json(centre.submit_case(CaseRequest.model_validate_json(letter.body), letter.key))


def _supplement(centre: CaseCentre, letter: Letter) -> bytes:
    request = SupplementRequest.model_validate_json(letter.body)
    return _json(centre.supplement(letter.address, request, letter.key))


def _rating(centre: CaseCentre, letter: Letter) -> bytes:
    return _json(centre.rate(RatingRequest.model_validate_json(letter.body), letter.key))


def _draft(centre: CaseCentre, letter: Letter) -> bytes:
    """A draft whose time was over meanwhile becomes a new one."""
    request = DraftRequest.model_validate_json(letter.body)
    try:
        return _json(centre.save_draft(request, letter.key, letter.address))
    except CentreRefused as error:
        if not letter.address or error.code != "no-such-draft":
            raise
    return _json(centre.save_draft(request, letter.key))


def _print_report(centre: CaseCentre, letter: Letter) -> bytes:
    centre.report_print(letter.address, PrintReport.model_validate_json(letter.body).end)
    return letter.body


def _json(answer: Wire) -> bytes:
    return answer.model_dump_json().encode()


_WAYS: Mapping[LetterKind, Callable[[CaseCentre, Letter], bytes]] = {
    LetterKind.CASE: _case,
    LetterKind.SUPPLEMENT: _supplement,
    LetterKind.RATING: _rating,
    LetterKind.DRAFT: _draft,
    LetterKind.PRINT_REPORT: _print_report,
}
