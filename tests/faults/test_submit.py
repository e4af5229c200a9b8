"""Handing in survives everything: the short version of `python -m tests.faults.submit`, and proof that it would notice."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.case_service import CaseService
from tests.faults.submit import Laboratory

ROUNDS = 100


def test_nothing_is_lost_doubled_or_told_to_be_further_than_it_is() -> None:
    laboratory = Laboratory(seed=7, calm_after=25)
    verdict = laboratory.run(ROUNDS)
    assert verdict.clean, str(verdict)
    assert verdict.rounds == ROUNDS
    assert verdict.happened["killed"] > ROUNDS / 4
    assert verdict.arrived > ROUNDS / 4


@pytest.fixture
def service(tmp_path: Path) -> Iterator[CaseService]:
    service = CaseService(tmp_path)
    yield service
    service.close()


def put(service: CaseService, key: str, name: str, number: str) -> None:
    body, answer = f'{{"fields": {{"business-name": "{name}"}}}}', f'{{"number": "{number}"}}'
    service.rows("INSERT INTO done (key, kind, body, answer) VALUES (?, 'case', ?, ?)", key, body, answer)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (["pressed a", "kept a"], {}),
        (["pressed a", "received a 1"], {}),
        (["pressed a", "received a 2"], {"claimed": ["a"]}),
        (["pressed a", "not-kept a"], {"claimed": ["a"]}),
        (["pressed z", "kept z"], {"lost": ["z"]}),
        (["pressed z", "not-kept z"], {}),
        (["pressed z"], {}),
        (["pressed b", "kept b"], {"doubled": ["b"]}),
    ],
)
def test_the_laboratory_would_notice(service: CaseService, said: list[str], found: dict[str, list[str]]) -> None:
    put(service, "a", "a", "1")
    if "pressed b" in said:
        put(service, "b", "b", "2")
        put(service, "other key", "b", "3")
    laboratory = Laboratory(seed=1)
    laboratory._judge(said, service)
    verdict = laboratory.verdict
    seen = {"lost": verdict.lost, "doubled": verdict.doubled, "claimed": verdict.claimed}
    assert {kind: keys for kind, keys in seen.items() if keys} == found
