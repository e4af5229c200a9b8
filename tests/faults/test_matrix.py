"""A covering cut of the fault matrix, and that the matrix is whole: no device, no hand, no kind is left out."""

import random
from collections.abc import Iterator

import pytest

from devices import registry
from tests.faults.cells import Cell
from tests.faults.matrix import IMPOSSIBLE, STANDS, Verdict, cut, kinds_of, rows_of, verdict_on
from tests.faults.mischief import ORDINARY, REMEDIES, unknown_hands
from tests.faults.people import Bad, Person, touch
from tests.faults.stand import BENCH, Stand
from tests.faults.taps import Moment
from tests.faults.visits import NO_VISIT, USES

CELLS = {"simulated": 24, "cups": 6}


@pytest.fixture(scope="module", params=STANDS)
def stand(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stand]:
    with Stand(tmp_path_factory.mktemp(request.param), request.param) as made:
        yield made


def test_a_covering_cut_of_the_matrix(stand: Stand) -> None:
    seed = random.SystemRandom().randrange(1_000_000)
    rows = list(rows_of(stand, kinds_of(stand)))
    cells = cut(rows, random.Random(seed), CELLS[stand.a4])
    judged = [verdict_on(stand, cell) for cell in cells]
    assert [f"{v.cell}: {v.wrong} (seed {seed})" for v in judged if v.wrong] == []
    assert {(v.cell.kind, v.cell.moment) for v in judged} == {(k, m) for k in kinds_of(stand) for m in Moment}


def test_every_hand_is_known_to_break_something_or_not(stand: Stand) -> None:
    assert {kind: unknown_hands(stand.handled(kind)) for kind in kinds_of(stand)} == {k: [] for k in kinds_of(stand)}
    assert not set(REMEDIES) & ORDINARY


def test_every_device_has_faults_at_every_moment(stand: Stand) -> None:
    rows = list(rows_of(stand, kinds_of(stand)))
    for kind in kinds_of(stand):
        here = [row for row in rows if row.kind == kind]
        assert len(here) >= 4
        assert {cell.moment for row in here for cell in row.cells()} == set(Moment)
    assert all(
        len(list(row.cells())) + sum(row.fault.key == key for key, _ in IMPOSSIBLE) == len(Moment) for row in rows
    )


@pytest.mark.parametrize("kind", [kind for kind, models in registry.MODELS.items() if models])
def test_every_kind_of_device_has_a_visit_or_a_reason_why_none(kind: str) -> None:
    assert (kind in USES) != (kind in NO_VISIT), f"say in tests/faults/visits.py how a visit uses the {kind}"
    assert kind in BENCH or kind in NO_VISIT, f"put the {kind} on the stand: tests/faults/stand.py"


@pytest.mark.parametrize("use", USES.values(), ids=USES)
def test_what_is_said_of_a_use_can_be_so(use) -> None:
    assert use.visits
    assert not use.harmless & use.either
    for visit in use.visits:
        assert visit.good
        assert not visit.good & visit.ends
        assert visit.after in {*visit.policy, *visit.good}


def test_a_visit_that_stands_still_is_a_bad_cell(stand: Stand, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.faults.people.STUCK_S", 0.2)
    person = Person(stand.hall, {}, frozenset({"ticket.done"}), "li")
    with pytest.raises(Bad, match=r"stuck in home\.attract"):
        person.go()


def test_a_screen_that_does_not_offer_it_is_not_touched(stand: Stand) -> None:
    from kiosk.events.touches import Pressed

    person = Person(stand.hall, {"home.attract": touch(Pressed("no such button"))}, frozenset(), "li")
    assert person.go() == "home.attract"
    assert person.over


def test_a_claim_without_paper_is_a_bad_cell(stand: Stand, monkeypatch: pytest.MonkeyPatch) -> None:
    """A printer that says "out" and prints nothing."""
    kind = "a4_printer"
    row = next(row for row in rows_of(stand, (kind,)) if str(row.fault) in USES[kind].harmless)
    sound = Cell(row.kind, row.model, row.visit, row.fault, Moment.AFTER)
    assert verdict_on(stand, sound).wrong == ""
    monkeypatch.setattr("tests.faults.cells._whole_paper", lambda *_: False)
    verdict: Verdict = verdict_on(stand, sound)
    assert "says that the paper is out, and it is not" in verdict.wrong
    stand.hall.runner.end_visit()
