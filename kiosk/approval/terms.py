"""Time limits in working days, read off the history of a case.

A term is counted from the day of acceptance, which itself is not counted (Civil Code, article 201), to the day of the
decision. It stands still from the day on which the applicant is asked for something to the day on which it is handed in.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from kiosk.contract.cases import CaseState, Term
from kiosk.working_days import add_working_days, working_days_between


@dataclass(frozen=True)
class Change:
    """What a case became, on which day of the hall."""

    state: CaseState
    on: date


@dataclass(frozen=True)
class Count:
    """How far a case is. `used`, `still`: working days counted, and on which the count stood still. `paused`: it stands now."""

    accepted: date | None
    used: int
    still: int
    paused: bool

    def term(self, days: int) -> Term:
        """The limit of so many working days; without a last day until the case is accepted."""
        due = add_working_days(self.accepted, days + self.still) if self.accepted else None
        return Term(days=days, used=self.used, due=due, paused=self.paused)


def count(changes: Sequence[Change], today: date) -> Count:
    """Count up to the decision, or withdrawal, or to `today`. `changes`: the history in order."""
    asked = bool(changes) and changes[-1].state is CaseState.RETURNED
    accepted = next((change.on for change in changes if change.state is CaseState.ACCEPTED), None)
    if accepted is None:
        return Count(None, 0, 0, asked)
    end = max(accepted, next((change.on for change in changes if change.state in _ENDS), today))
    still = sum(working_days_between(first, last) for first, last in _pauses(changes, end) if first >= accepted)
    return Count(accepted, working_days_between(accepted, end) - still, still, asked)


_ENDS = (CaseState.GRANTED, CaseState.REFUSED, CaseState.WITHDRAWN)


def _pauses(changes: Sequence[Change], end: date) -> Iterable[tuple[date, date]]:
    for change, after in zip(changes, (*changes[1:], None), strict=True):
        if change.state is CaseState.RETURNED:
            yield change.on, after.on if after else end
