"""Which state of a case may follow which. Nothing else here; what goes with a change is in `case_changes`."""

from collections.abc import Mapping

from kiosk.contract.cases import CaseState
from kiosk.errors import KioskError

NEXT: Mapping[CaseState, frozenset[CaseState]] = {
    CaseState.RECEIVED: frozenset({CaseState.ACCEPTED, CaseState.RETURNED, CaseState.WITHDRAWN}),
    CaseState.RETURNED: frozenset({CaseState.RECEIVED, CaseState.WITHDRAWN}),
    CaseState.ACCEPTED: frozenset({CaseState.REVIEW, CaseState.RETURNED, CaseState.WITHDRAWN}),
    CaseState.REVIEW: frozenset({CaseState.GRANTED, CaseState.REFUSED, CaseState.RETURNED, CaseState.WITHDRAWN}),
    CaseState.GRANTED: frozenset({CaseState.MADE}),
    CaseState.MADE: frozenset({CaseState.ISSUED}),
    CaseState.ISSUED: frozenset({CaseState.DELIVERED}),
    CaseState.REFUSED: frozenset(),
    CaseState.DELIVERED: frozenset(),
    CaseState.WITHDRAWN: frozenset(),
}
"""An office may ask for more while it examines, too; the case then is received again, and the count has stood still."""

DECISIONS = frozenset({CaseState.GRANTED, CaseState.REFUSED})
CLOSED = frozenset({CaseState.REFUSED, CaseState.DELIVERED, CaseState.WITHDRAWN})
UNDECIDED = frozenset(state for state, after in NEXT.items() if CaseState.WITHDRAWN in after)
"""What may still be withdrawn."""


class NotPossible(KioskError):
    """A case cannot become that now; the message says what it is and what it can become."""


def check(now: CaseState, to: CaseState) -> None:
    """Raises NotPossible where a case that is `now` cannot become `to`."""
    if to in NEXT[now]:
        return
    after = ", ".join(sorted(_say(state) for state in NEXT[now]))
    can = f"it can become {after}" if after else "nothing more happens to it"
    raise NotPossible(f"a case that is {_say(now)} cannot become {_say(to)}; {can}")


def _say(state: CaseState) -> str:
    return state.value.replace("_", " ")
