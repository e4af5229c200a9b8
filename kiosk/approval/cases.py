"""Cases: handed in exactly once, found by those who may see them, supplemented, withdrawn.

Every function runs inside one writing (or reading) transaction of `Database`. Refusals carry problem codes.
"""

import secrets
from collections.abc import Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kiosk.approval import case_changes, case_numbers, case_rules, case_states, case_writing, drafts, holders
from kiosk.approval.case_rules import Chosen
from kiosk.approval.case_tables import AskedRow, CaseMaterialRow, CaseRow, SubCaseRow
from kiosk.approval.centre import Centre
from kiosk.approval.file_rules import refuse_missing
from kiosk.approval.problems import Refusal
from kiosk.approval.queues import Hall
from kiosk.contract.cases import CaseReceipt, CaseRequest, CaseState, HandedIn, SupplementRequest


def submit(session: Session, centre: Centre, request: CaseRequest, kiosk: str) -> CaseReceipt:
    """A new case, which takes the place of the drafts that it was begun as.

    Raises Refusal 409 materials-missing, 422 (see `case_rules.judge`), 503 day-full.
    """
    holder = request.applicant.holder
    chosen = case_rules.judge(request, centre.catalogue, lambda: holders.materials_of(session, holder))
    refuse_missing(session, _files_of(request.materials, request.signature))
    now, parts = centre.hall.now(), len(chosen)
    numbers = case_numbers.take_numbers(session, centre.hall.today(), parts if parts == 1 else parts + 1)
    receipt = case_writing.write(session, centre, request, chosen, numbers, now, kiosk)
    drafts.end(session, centre.hall, request.drafts, holder)
    return receipt


def by_token(session: Session, token: str, *, to_change: bool = False) -> CaseRow:
    """A case by the token on its receipt. Raises Refusal 404 no-such-case."""
    wanted = select(CaseRow).where(CaseRow.token == token)
    return _found(session.scalar(wanted.with_for_update() if to_change else wanted))


def by_number(session: Session, number: str, last4: str) -> CaseRow:
    """A case, or the case of a sub-case, by its number and its telephone's last four digits. Raises Refusal 404
    no-such-case, the same whichever is wrong."""
    if not case_numbers.is_number(number):
        return _found(None)
    own = select(CaseRow).where(CaseRow.number == number)
    part = select(CaseRow).join(SubCaseRow, SubCaseRow.case_number == CaseRow.number).where(SubCaseRow.number == number)
    row = session.scalar(own) or session.scalar(part)
    right = row is not None and secrets.compare_digest(row.phone4, last4)
    return _found(row if right else None)


def of_holder(session: Session, holder: str) -> Sequence[CaseRow]:
    """All cases of a person, newest first."""
    return session.scalars(
        select(CaseRow).where(CaseRow.holder == holder).order_by(CaseRow.received_at.desc(), CaseRow.number.desc())
    ).all()


def parts_of(session: Session, row: CaseRow, *, to_change: bool = False) -> Sequence[SubCaseRow]:
    """The sub-cases of a case, in its order."""
    wanted = select(SubCaseRow).where(SubCaseRow.case_number == row.number).order_by(SubCaseRow.place)
    return session.scalars(wanted.with_for_update() if to_change else wanted).all()


def withdraw(session: Session, hall: Hall, row: CaseRow, kiosk: str) -> None:
    """Withdraw what is not decided yet; twice is harmless. Raises Refusal 409 case-closed when all of it is decided."""
    parts = parts_of(session, row, to_change=True)
    open_ones = [part for part in parts if CaseState(part.state) in case_states.UNDECIDED]
    if not open_ones and all(part.state != CaseState.WITHDRAWN for part in parts):
        raise Refusal(409, "case-closed", "The case is decided; it cannot be withdrawn any more.")
    for part in open_ones:
        case_changes.change(session, hall, part, CaseState.WITHDRAWN, kiosk)
        for asked in asked_of(session, part):
            asked.handed_at = hall.now()


def supplement(session: Session, centre: Centre, row: CaseRow, request: SupplementRequest, kiosk: str) -> None:
    """Take what was asked for; a sub-case of which nothing is asked any more is received again.

    Raises Refusal 409 nothing-asked, materials-missing, 422 unknown-material, material-twice, not-on-file, incomplete.
    """
    parts = [part for part in parts_of(session, row, to_change=True) if part.state == CaseState.RETURNED]
    asked = [each for part in parts for each in asked_of(session, part)]
    _refuse_unasked(session, centre, row, request, parts, asked)
    refuse_missing(session, _files_of(request.materials, None))
    now = centre.hall.now()
    turn = 1 + (
        session.scalar(select(func.max(CaseMaterialRow.turn)).where(CaseMaterialRow.case_number == row.number)) or 0
    )
    case_writing.add_materials(session, row.number, turn, request.materials, now)
    for each in asked:
        if each.material in {given.material for given in request.materials}:
            each.handed_at = now
    session.flush()
    for part in parts:
        if not asked_of(session, part):
            case_changes.change(session, centre.hall, part, CaseState.RECEIVED, kiosk)


def asked_of(session: Session, part: SubCaseRow) -> Sequence[AskedRow]:
    """What is asked of the applicant now."""
    still = (AskedRow.sub_case == part.number, AskedRow.handed_at.is_(None))
    return session.scalars(select(AskedRow).where(*still).order_by(AskedRow.id)).all()


def handed_in(session: Session, row: CaseRow) -> Sequence[CaseMaterialRow]:
    """Every material of a case, in the order in which it came."""
    own = select(CaseMaterialRow).where(CaseMaterialRow.case_number == row.number)
    return session.scalars(own.order_by(CaseMaterialRow.turn, CaseMaterialRow.place)).all()


def _found(row: CaseRow | None) -> CaseRow:
    if row is None:
        raise Refusal(404, "no-such-case", "There is no such case.")
    return row


def _files_of(handed: Iterable[HandedIn], signature: str | None) -> list[str]:
    return [*(digest for each in handed for digest in each.files), *([signature] if signature else [])]


def _refuse_unasked(
    session: Session,
    centre: Centre,
    row: CaseRow,
    request: SupplementRequest,
    parts: Sequence[SubCaseRow],
    asked: Sequence[AskedRow],
) -> None:
    if not asked:
        raise Refusal(409, "nothing-asked", "Nothing is asked of the applicant of this case now.")
    known = {each.material for each in asked}
    for each in request.materials:
        if each.material not in known:
            raise Refusal(422, "unknown-material", f"The material {each.material} is not asked for now.")
        if not each.files and not each.on_file:
            raise Refusal(422, "incomplete", f"Missing: {each.material}.", {"fields": [], "materials": [each.material]})
    chosen = [Chosen(item, part.variant) for part in parts if (item := centre.catalogue.by_id.get(part.item))]
    case_rules.refuse_materials(request.materials, chosen, lambda: holders.materials_of(session, row.holder))
