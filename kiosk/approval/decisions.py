"""What clerks do with cases: accept, ask for more, examine, grant, refuse, make the result, issue it, deliver it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from kiosk.approval import case_changes, case_states, cases, holders, results
from kiosk.approval.case_tables import AskedRow, CaseRow, SubCaseRow
from kiosk.approval.centre import Centre
from kiosk.catalogue.kinds import ResultDelivery
from kiosk.contract.cases import CaseState
from kiosk.errors import KioskError

CLERK = "clerk"


class Action(StrEnum):
    """What can be done with a case."""

    ACCEPT = "accept"
    RETURN = "return"
    REVIEW = "review"
    GRANT = "grant"
    REFUSE = "refuse"
    MAKE = "make"
    ISSUE = "issue"
    DELIVER = "deliver"


TO: Mapping[Action, CaseState] = {
    Action.ACCEPT: CaseState.ACCEPTED,
    Action.RETURN: CaseState.RETURNED,
    Action.REVIEW: CaseState.REVIEW,
    Action.GRANT: CaseState.GRANTED,
    Action.REFUSE: CaseState.REFUSED,
    Action.MAKE: CaseState.MADE,
    Action.ISSUE: CaseState.ISSUED,
    Action.DELIVER: CaseState.DELIVERED,
}
_PART = select(SubCaseRow).where(SubCaseRow.number == bindparam("of_part")).with_for_update()
_REASON_LONGEST, _NOTE_LONGEST = 500, 1_000


@dataclass(frozen=True)
class Decision:
    """What is to be done. `asked`: materials with reasons, for RETURN. `note`: why, for REFUSE. `parcel`: the tracking number,
    for ISSUE by post."""

    action: Action
    asked: tuple[tuple[str, str], ...] = ()
    note: str = ""
    parcel: str = ""
    by: str = CLERK


def decide(session: Session, centre: Centre, number: str, decision: Decision) -> list[SubCaseRow]:
    """Do it to a sub-case, or to every sub-case of a case that allows it; those that were changed.

    Raises KioskError for a number that is nobody's, and NotPossible where no sub-case allows it."""
    _refuse_wrong_use(decision)
    parts = _parts(session, number)
    able = [part for part in parts if _is_able(part, decision.action)]
    if not able:
        case_states.check(CaseState(parts[0].state), TO[decision.action])
    for part in able:
        apply(session, centre, part, decision)
    return able


def apply(session: Session, centre: Centre, part: SubCaseRow, decision: Decision) -> None:
    """Do it to one sub-case. Raises NotPossible, and KioskError for a material that the item does not have."""
    if decision.action in (Action.GRANT, Action.REFUSE) and part.state == CaseState.ACCEPTED:
        case_changes.change(session, centre.hall, part, CaseState.REVIEW, decision.by)
    _BEFORE.get(decision.action, _nothing)(session, centre, part, decision)
    case_changes.change(session, centre.hall, part, TO[decision.action], decision.by, decision.note)
    if decision.action is Action.GRANT:
        _learn(session, centre, part)


def _parts(session: Session, number: str) -> Sequence[SubCaseRow]:
    part = session.scalar(_PART, {"of_part": number})
    if part is not None:
        return (part,)
    case = session.scalar(select(CaseRow).where(CaseRow.number == number))
    if case is None:
        raise KioskError(f"there is no case {number}; its number stands on the receipt")
    return cases.parts_of(session, case, to_change=True)


def _is_able(part: SubCaseRow, action: Action) -> bool:
    state = CaseState(part.state)
    shortcut = action in (Action.GRANT, Action.REFUSE) and state is CaseState.ACCEPTED
    return shortcut or TO[action] in case_states.NEXT[state]


def _refuse_wrong_use(decision: Decision) -> None:
    if decision.action is Action.RETURN and not decision.asked:
        raise KioskError("name what is asked for: --material ID --reason TEXT, once for each material")
    if decision.action is not Action.RETURN and decision.asked:
        raise KioskError("--material goes with return only")
    if decision.action is Action.REFUSE and not decision.note:
        raise KioskError("a refusal says why: --reason TEXT")
    if decision.parcel and decision.action is not Action.ISSUE:
        raise KioskError("--parcel goes with issue only")
    if len(decision.note) > _NOTE_LONGEST or any(len(reason) > _REASON_LONGEST for _, reason in decision.asked):
        raise KioskError(f"a reason may hold {_REASON_LONGEST} characters at most")


def _nothing(_session: Session, _centre: Centre, _part: SubCaseRow, _decision: Decision) -> None:
    """Most actions need no more than the change."""


def _ask(session: Session, centre: Centre, part: SubCaseRow, decision: Decision) -> None:
    case_states.check(CaseState(part.state), CaseState.RETURNED)
    item = centre.catalogue.by_id.get(part.item)
    known = [each.id for each in item.materials] if item else []
    for material, reason in decision.asked:
        if material not in known:
            raise KioskError(f"{part.item} has no material {material!r}; it has {', '.join(known)}")
        row = AskedRow(sub_case=part.number, material=material, reason=reason, asked_at=centre.hall.now())
        session.add(row)


def _make(session: Session, centre: Centre, part: SubCaseRow, _decision: Decision) -> None:
    case_states.check(CaseState(part.state), CaseState.MADE)
    item, case = centre.catalogue.by_id.get(part.item), session.get(CaseRow, part.case_number)
    if item is not None and case is not None:
        office = centre.offices.title(part.office)
        results.make_result(session, centre.hall, part.number, item, case.applicant_name, office)


def _post(_session: Session, _centre: Centre, part: SubCaseRow, decision: Decision) -> None:
    if part.delivery == ResultDelivery.POST and part.state == CaseState.MADE and not decision.parcel:
        raise KioskError(f"{part.number} goes by post; give its tracking number: --parcel NUMBER")
    if decision.parcel:
        part.parcel = decision.parcel


_BEFORE: Mapping[Action, Callable[[Session, Centre, SubCaseRow, Decision], None]] = {
    Action.RETURN: _ask,
    Action.MAKE: _make,
    Action.ISSUE: _post,
}


def _learn(session: Session, centre: Centre, part: SubCaseRow) -> None:
    item, case = centre.catalogue.by_id.get(part.item), session.get(CaseRow, part.case_number)
    if item is not None and case is not None:
        holders.learn(session, case, item, centre.offices.keeps, centre.hall.now())
