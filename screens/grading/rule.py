"""What a rule is: a name, its source, what it asks, and a function that looks at one drawn surface."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from screens.grading.shot import Shot


class Mark(NamedTuple):
    """One thing a rule looked at: where, what was measured, what is asked."""

    good: bool
    where: str
    measured: float | str = ""
    required: float | str = ""


Check = Callable[[Shot], Iterator[Mark]]


@dataclass(frozen=True)
class Rule:
    """A rule of `facts/standards.md` or of this house; its number is in the words of `asks`."""

    name: str
    source: str
    asks: str
    check: Check


@dataclass(frozen=True)
class Finding:
    """Something that breaks a rule."""

    rule: str
    where: str
    measured: str
    required: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.where}: {self.measured} (asked: {self.required})"


@dataclass
class Grade:
    """How one surface did: how many things each rule looked at, and what broke one."""

    checked: dict[str, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


RULES: dict[str, Rule] = {}
"""Every rule by name, in the order of the report."""


def rule(name: str, source: str, asks: str) -> Callable[[Check], Check]:
    """Enter a function as a rule."""

    def enter(check: Check) -> Check:
        RULES[name] = Rule(name, source, asks, check)
        return check

    return enter


def grade(shot: Shot) -> Grade:
    """Let every rule look at a drawn surface."""
    result = Grade()
    for each in RULES.values():
        marks = list(each.check(shot))
        result.checked[each.name] = len(marks)
        result.findings += [_finding(each, mark) for mark in marks if not mark.good]
    return result


def _finding(broken: Rule, mark: Mark) -> Finding:
    return Finding(broken.name, mark.where, _said(mark.measured), _said(mark.required or broken.asks))


def _said(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:.2f}"
