"""Every edge of every journey's tables is walked by some test; a new edge without a walk fails here."""

import pytest

from kiosk.effects.tickets import TakeTicket
from kiosk.events.cards import CardRead
from kiosk.events.touches import TimedOut, Typed, Woken
from kiosk.journeys import JOURNEYS
from kiosk.journeys.apply_parts import sub_flows
from kiosk.journeys.model import Journey, Step
from kiosk.journeys.ticket_views import TicketAnswers
from tests.conftest import WHOLE
from tests.walk import WALKED
from tests.worlds import OUYANG

PARTS = frozenset(sub_flows())
"""Sub-flows that other journeys have, too: they are walked by tests of their own."""


@pytest.mark.last
def test_every_edge_is_walked(request: pytest.FixtureRequest) -> None:
    """Runs last in its folder, after all walks (see conftest)."""
    if not request.session.config.stash.get(WHOLE, True):
        return
    edges = {
        (j.name, name, event)
        for j in JOURNEYS.values()
        for name, step in j.steps.items()
        for event in step.on
        if j.name not in ("apply", "progress") or name not in PARTS
    }
    missing = sorted(f"{journey}.{step} on {event.__name__}" for journey, step, event in edges - WALKED)
    assert not missing


def test_a_transition_to_nowhere_is_refused_at_import() -> None:
    with pytest.raises(ValueError, match="nowhere"):
        Journey("bad", tuple, {"a": Step(lambda _a, _w: None, {Woken: "nowhere"})})  # type: ignore[arg-type,return-value]
    with pytest.raises(ValueError, match="lost"):
        Journey("bad", tuple, {"a": Step(lambda _a, _w: None, {})}, {TimedOut: "lost"})  # type: ignore[arg-type,return-value]


def test_nothing_personal_in_a_repr() -> None:
    shown = repr(
        (OUYANG, CardRead(OUYANG), TakeTicket("market", OUYANG, "k"), TicketAnswers(holder=OUYANG), Typed("欧阳"))
    )
    assert OUYANG.number not in shown
    assert "欧阳" not in shown
