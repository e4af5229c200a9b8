"""Drafts: kept for 30 days under a code, for the same person alone, and until their case is handed in.

A draft that was written without network may arrive after its case. It is not kept: whoever found it would hand the same
case in again. So the case names what it was begun as, and of those drafts nothing stays but that they are submitted.
"""

import json
import re
import secrets
from collections.abc import Iterable, Sequence
from datetime import timedelta

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from kiosk.approval import case_rules
from kiosk.approval.file_rules import refuse_missing
from kiosk.approval.idempotency import LETTERS_KEPT, close_letter, draft_submitted
from kiosk.approval.problems import Refusal
from kiosk.approval.queues import Hall
from kiosk.approval.record_tables import DraftFileRow, DraftRow
from kiosk.catalogue.model import Catalogue
from kiosk.contract.drafts import Draft, DraftRequest

KEPT = timedelta(days=30)
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""No 0, 1, I, L, O: nothing that is mistaken for something else."""
CODE_LENGTH = 8
CODE = re.compile(f"[{ALPHABET}]{{{CODE_LENGTH}}}")


def save(session: Session, hall: Hall, catalogue: Catalogue, request: DraftRequest) -> Draft:
    """A new draft. Raises Refusal 409 materials-missing, 422 as a case's items, fields and materials."""
    _refuse(session, catalogue, request)
    row = DraftRow(code=_code(), holder=request.holder)
    return _write(session, hall, row, request)


def replace(session: Session, hall: Hall, catalogue: Catalogue, code: str, request: DraftRequest) -> Draft:
    """Keep a draft in the place of an earlier one, for 30 more days. Raises Refusal 404 no-such-draft, 409
    draft-submitted, and as `save`."""
    row = _own(session, hall, code, request.holder)
    if row.submitted_at is not None:
        raise draft_submitted()
    _refuse(session, catalogue, request)
    session.execute(delete(DraftFileRow).where(DraftFileRow.code == code))
    return _write(session, hall, row, request)


def find(session: Session, hall: Hall, code: str, holder: str) -> Draft:
    """A draft of this person. Raises Refusal 404 no-such-draft, also where it is somebody else's or too old."""
    return _view(hall, _find(session, hall, code, holder))


def of_holder(session: Session, hall: Hall, holder: str) -> tuple[Draft, ...]:
    """The drafts of a person, newest first."""
    kept = (DraftRow.expires_at > hall.now(), DraftRow.submitted_at.is_(None))
    own = select(DraftRow).where(DraftRow.holder == holder, *kept)
    rows = session.scalars(own.order_by(DraftRow.saved_at.desc(), DraftRow.code))
    return tuple(_view(hall, row) for row in rows)


def drop(session: Session, code: str, holder: str) -> None:
    """Delete a draft of this person; harmless when there is none."""
    own = select(DraftRow.code).where(DraftRow.code == code, DraftRow.holder == holder, DraftRow.submitted_at.is_(None))
    _delete(session, session.scalars(own).all())


def end(session: Session, hall: Hall, begun_as: Iterable[str], holder: str) -> None:
    """The case of these drafts is handed in. `begun_as`: codes, and keys of drafts that may not even have come yet.

    Raises Refusal 409 already-handed-in when another case took the place of one: two kiosks had it open."""
    names = sorted(set(begun_as))  # in one order, so that two who do this never wait for each other
    codes = {name if CODE.fullmatch(name) else _code_given(session, hall, name) for name in names}
    for code in sorted(code for code in codes if code):  # a code and the key it was saved under are one draft
        _end(session, hall, code, holder)


def drop_old(session: Session, hall: Hall) -> None:
    """Delete the drafts whose time is over."""
    _delete(session, session.scalars(select(DraftRow.code).where(DraftRow.expires_at <= hall.now())).all())


def _delete(session: Session, codes: Sequence[str]) -> None:
    for table in (DraftFileRow, DraftRow):
        session.execute(delete(table).where(table.code.in_(codes)))


def _refuse(session: Session, catalogue: Catalogue, request: DraftRequest) -> None:
    chosen = case_rules.chosen_of(request.items, request.package, catalogue)
    case_rules.refuse_controls(request.fields)
    # Whether what is said to be on file still is, is seen when the case is handed in.
    case_rules.refuse_materials(request.materials, chosen, lambda: [each.material for each in request.materials])
    refuse_missing(session, _files(request))


def _files(request: DraftRequest) -> list[str]:
    return list(dict.fromkeys(digest for each in request.materials for digest in each.files))


def _code_given(session: Session, hall: Hall, key: str) -> str | None:
    """The code that the draft of this key got; one that comes from now on gets none."""
    answer = close_letter(session, key, hall.now())
    code = json.loads(answer.body).get("code") if answer and answer.body else None
    return code if isinstance(code, str) and CODE.fullmatch(code) else None


def _end(session: Session, hall: Hall, code: str, holder: str) -> None:
    """Nothing is left of it but that; also of one that is gone already, in whose place a late letter would come."""
    row = session.get(DraftRow, code, with_for_update=True) or DraftRow(code=code, holder=holder, saved_at=hall.now())
    if row.holder != holder:
        return
    if row.submitted_at is not None:
        raise Refusal(409, "already-handed-in", "This draft was handed in already; its case is there.")
    session.execute(delete(DraftFileRow).where(DraftFileRow.code == code))
    row.body, row.submitted_at, row.expires_at = "", hall.now(), hall.now() + LETTERS_KEPT
    session.add(row)
    session.flush()


def _find(session: Session, hall: Hall, code: str, holder: str) -> DraftRow:
    row = _own(session, hall, code, holder)
    if row.submitted_at is not None:
        raise _no_such_draft()
    return row


def _own(session: Session, hall: Hall, code: str, holder: str) -> DraftRow:
    row = session.get(DraftRow, code, with_for_update=True)
    if row is None or not secrets.compare_digest(row.holder, holder) or row.expires_at <= hall.now():
        raise _no_such_draft()
    return row


def _no_such_draft() -> Refusal:
    return Refusal(404, "no-such-draft", "There is no such draft of this person.")


def _write(session: Session, hall: Hall, row: DraftRow, request: DraftRequest) -> Draft:
    row.body, row.saved_at = request.model_dump_json(), hall.now()
    row.expires_at = row.saved_at + KEPT
    session.add(row)
    session.flush()
    files = [{"code": row.code, "digest": digest} for digest in _files(request)]
    if files:
        session.execute(insert(DraftFileRow), files)
    return _view(hall, row)


def _view(hall: Hall, row: DraftRow) -> Draft:
    kept = DraftRequest.model_validate_json(row.body)
    saved, ends = hall.local(row.saved_at), hall.local(row.expires_at)
    return Draft(
        holder=kept.holder,
        items=kept.items,
        package=kept.package,
        fields=kept.fields,
        materials=kept.materials,
        code=row.code,
        saved_at=saved,
        expires_at=ends,
    )


def _code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
