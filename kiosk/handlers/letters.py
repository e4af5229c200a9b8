"""What is handed in, as letters of the outbox with the files that they name. The work of a worker's thread."""

from collections.abc import Mapping
from datetime import datetime

from kiosk.cases.model import CaseInHand, Sheet
from kiosk.effects.cases import SendRating
from kiosk.handlers.outgoing import Parcel
from kiosk.ports.outbox import Letter, LetterKind


def case_letter(case: CaseInHand, holder: str, made_at: datetime, key: str) -> Parcel:
    """A lane of its own. Raises KioskError for a case that is not complete."""
    from kiosk.cases.request import request_of  # noqa: PLC0415

    request, files = request_of(case, holder, made_at)
    return Letter(key, key, LetterKind.CASE, request.model_dump_json().encode()), files


def draft_letter(case: CaseInHand, holder: str, key: str) -> Parcel:
    """In the lane of the person's drafts for the same thing: the newest comes last. Raises KioskError."""
    from kiosk.cases.request import draft_of  # noqa: PLC0415

    request, files = draft_of(case, holder)
    lane = f"draft:{holder}:{case.target}"
    return Letter(key, lane, LetterKind.DRAFT, request.model_dump_json().encode(), case.draft), files


def supplement_letter(token: str, sheets: Mapping[str, tuple[Sheet, ...]], made_at: datetime, key: str) -> Parcel:
    """In the case's lane. Raises KioskError."""
    from kiosk.cases.request import supplement_of  # noqa: PLC0415

    request, files = supplement_of(sheets, made_at)
    return Letter(key, token, LetterKind.SUPPLEMENT, request.model_dump_json().encode(), token), files


def rating_letter(rating: SendRating, made_at: datetime) -> Parcel:
    """In the case's lane, or one of its own. Raises KioskError."""
    from kiosk.cases.request import rating_of  # noqa: PLC0415

    request = rating_of(rating.token, rating.level, rating.reasons, rating.words, made_at)
    return Letter(rating.key, rating.token or rating.key, LetterKind.RATING, request.model_dump_json().encode()), {}
