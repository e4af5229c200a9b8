"""What a case's token opens, for whoever needs no more of cases than that."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.approval.case_tables import CaseRow, SubCaseRow


def sub_cases_of_token(session: Session, token: str) -> frozenset[str]:
    """The numbers of the sub-cases of the case that has this token; none for an unknown one."""
    own = select(SubCaseRow.number).join(CaseRow, CaseRow.number == SubCaseRow.case_number)
    return frozenset(session.scalars(own.where(CaseRow.token == token)))
