"""Handing in survives everything: the short version of `python -m tests.faults.submit`, and proof that it would notice."""

from collections import Counter
from collections.abc import Iterator

import pytest

from tests.faults.submit import Laboratory, Nursery
from tests.faults.submit_centre import Centre, Found
from tests.faults.submit_plan import Mistake
from tests.faults.submit_verdict import Verdict

ROUNDS = 24
MOST = 60
"""Rounds until a mistake must have been found."""


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    with Nursery() as nursery:
        yield nursery


@pytest.fixture(scope="module")
def centre(nursery: Nursery, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    """After the nursery, so that both get ready together."""
    with Centre(tmp_path_factory.mktemp("centre")) as centre:
        yield centre


def found_by(laboratory: Laboratory) -> Verdict:
    """A few rounds after the other, until there is something."""
    for rounds in range(10, MOST + 1, 10):
        if not laboratory.run(rounds).clean:
            break
    return laboratory.verdict


def test_nothing_is_lost_doubled_or_told_to_be_further_than_it_is(nursery: Nursery, centre: Centre) -> None:
    verdict = Laboratory(nursery, centre, seed=7, calm_after=12).run(ROUNDS)
    assert verdict.clean, str(verdict)
    assert verdict.rounds == ROUNDS
    assert verdict.happened["killed"] > ROUNDS / 4
    assert verdict.happened["service killed"]
    assert all(verdict.arrived[kind] for kind in ("case", "draft", "rating")), str(verdict)


@pytest.mark.parametrize(
    ("mistake", "kind"),
    [(Mistake.NEW_KEYS, "doubled"), (Mistake.TELLS_FIRST, "lost"), (Mistake.FORGETS_SAVING, "resurrected")],
)
def test_a_terminal_that_does_it_wrong_is_found(nursery: Nursery, centre: Centre, mistake: Mistake, kind: str) -> None:
    seed = [*Mistake].index(mistake)
    verdict = found_by(Laboratory(nursery, centre, seed, calm_after=10, mistake=mistake))
    assert getattr(verdict, kind), str(verdict)


def test_a_service_that_forgets_keys_is_found(nursery: Nursery, centre: Centre) -> None:
    centre.forgets_keys = True
    centre.kill()
    verdict = found_by(Laboratory(nursery, centre, seed=9, calm_after=10))
    centre.forgets_keys = False
    centre.kill()
    assert verdict.doubled, str(verdict)


FOUND = Found(
    cases={"a": ["1"], "b": ["2", "3"]},
    drafts=Counter({"b": 1, "d": 1, "e": 2}),
    ratings=Counter({"r": 1}),
    supplements=Counter({"token": 1, "other": 2}),
)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (["case pressed a", "case kept a"], {}),
        (["case pressed a", "case received a 1"], {}),
        (["case pressed a", "case received a 2"], {"claimed": ["a"]}),
        (["case pressed a", "case not-kept a"], {"claimed": ["a"]}),
        (["case pressed a", "case not-kept a", "case kept a"], {}),
        (["case pressed z", "case kept z"], {"lost": ["case z"]}),
        (["case pressed z", "case not-kept z"], {}),
        (["case pressed z"], {}),
        (["case pressed z", "case set-aside z"], {"trouble": ["case set aside: z"]}),
        (["case pressed b", "case kept b"], {"doubled": ["case b"]}),
        (["draft pressed a", "draft kept a"], {}),
        (["draft pressed z", "draft received z 23456789"], {"lost": ["draft z"]}),
        (["draft pressed d", "draft kept d"], {}),
        (["draft pressed e"], {"doubled": ["draft e"]}),
        (["draft pressed b"], {"resurrected": ["b"]}),
        (["draft pressed a", "draft refused a"], {}),
        (["draft pressed z", "draft refused z"], {"trouble": ["draft refused: z"]}),
        (["rating pressed r", "rating kept r"], {}),
        (["rating pressed z", "rating kept z"], {"lost": ["rating z"]}),
        (["supplement pressed token", "supplement received token"], {}),
        (["supplement pressed other", "supplement kept other"], {"doubled": ["supplement other"]}),
        (["supplement pressed z", "supplement kept z"], {"lost": ["supplement z"]}),
    ],
)
def test_the_verdict_notices(said: list[str], found: dict[str, list[str]]) -> None:
    verdict = Verdict()
    verdict.judge(said, FOUND)
    assert verdict.clean is not bool(found)
    kinds = ("lost", "doubled", "claimed", "resurrected", "trouble")
    assert {kind: getattr(verdict, kind) for kind in kinds if getattr(verdict, kind)} == found
