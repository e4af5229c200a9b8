"""Compares what people were told with what the service has."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tests.faults.submit_centre import Found

Told = Mapping[tuple[str, str], Mapping[str, str]]
"""(kind, word) -> name -> what else was said."""


@dataclass
class Verdict:
    """What was found. `lost`: told to be kept, and not there in the end; `doubled`: there twice; `claimed`: told to be received
    under a number that the service does not have for it, or told not to be kept and there; `resurrected`: a draft that can be
    gone on with although its case is there."""

    rounds: int = 0
    pressed: Counter[str] = field(default_factory=Counter)
    arrived: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    claimed: list[str] = field(default_factory=list)
    resurrected: list[str] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)
    happened: Counter[str] = field(default_factory=Counter)

    @property
    def clean(self) -> bool:
        """Whether nothing was found."""
        return not (self.lost or self.doubled or self.claimed or self.resurrected or self.trouble)

    def __str__(self) -> str:
        arrived = ", ".join(f"{self.arrived[kind]} of {often} {kind}s" for kind, often in sorted(self.pressed.items()))
        happened = ", ".join(f"{what} {often}" for what, often in sorted(self.happened.items()))
        return (
            f"{self.rounds} rounds; arrived: {arrived}; {len(self.lost)} lost, {len(self.doubled)} doubled, "
            f"{len(self.claimed)} told more than was true, {len(self.resurrected)} drafts of cases that are there"
            f"{', TROUBLE: ' + '; '.join(self.trouble[:5]) if self.trouble else ''}\n({happened})"
        )

    def judge(self, said: Iterable[str], found: Found) -> None:
        """`said`: lines of lives, "KIND WORD NAME ..."."""
        told = _sorted(said)
        numbers = {kind: _counted(kind, found) for kind in ("case", "draft", "rating", "supplement")}
        for kind, there in numbers.items():
            pressed = told.get((kind, "pressed"), {})
            self.pressed[kind] += len(pressed)
            self.arrived[kind] += sum(1 for name in pressed if there[name])
            self.doubled += [f"{kind} {name}" for name in pressed if there[name] > 1]
            self.lost += [f"{kind} {name}" for name in _promised(told, kind) if not there[name]]
        self._judge_cases(told, found)

    def _judge_cases(self, told: Told, found: Found) -> None:
        """A draft whose case is there is not lost, and must be gone."""
        self.lost = [each for each in self.lost if not (each.startswith("draft ") and each[6:] in found.cases)]
        drafts = told.get(("draft", "pressed"), {})
        self.resurrected += [name for name in drafts if found.drafts[name] and name in found.cases]
        received = told.get(("case", "received"), {})
        self.claimed += [name for name, number in received.items() if number not in found.cases.get(name, ())]
        for kind in ("case", "rating", "supplement"):
            there, not_kept = _counted(kind, found), told.get((kind, "not-kept"), {})
            self.claimed += [name for name in not_kept if there[name] and name not in _promised(told, kind)]
            self.trouble += [f"{kind} set aside: {name}" for name in told.get((kind, "set-aside"), {})]
        refused = told.get(("draft", "refused"), {})
        self.trouble += [f"draft refused: {name}" for name in refused if name not in found.cases]


def _sorted(said: Iterable[str]) -> dict[tuple[str, str], dict[str, str]]:
    told: dict[tuple[str, str], dict[str, str]] = {}
    for line in said:
        kind, word, name, *more = [*line.split(), "", ""][:4]
        told.setdefault((kind, word), {})[name] = more[0]
    return told


def _promised(told: Told, kind: str) -> set[str]:
    return {*told.get((kind, "kept"), {}), *told.get((kind, "received"), {})}


def _counted(kind: str, found: Found) -> Counter[str]:
    cases = Counter({name: len(numbers) for name, numbers in found.cases.items()})
    return {"case": cases, "draft": found.drafts, "rating": found.ratings, "supplement": found.supplements}[kind]
