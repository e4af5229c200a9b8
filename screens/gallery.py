"""Draws every view in every language, text size, contrast, screen and reach, and grades each picture by every rule.

`python -m screens.gallery` draws all of it into build/gallery and ends with 1 when a rule is broken; with filters a
part: `--screen small --language en --size XL --only guide`.
"""

import argparse
import os
import shutil
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from kiosk.preferences import CONTRASTS, SIZES
from screens.grading import report
from screens.grading.matrix import LANGUAGES, REACHES, THEMES, Setting, every_setting, names, views_without_sample
from screens.grading.rule import Finding
from screens.grading.work import Failure, Order, Outcome, all_outcomes

__all__ = ["LANGUAGES", "THEMES", "main"]


def _asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=Path("build/gallery"))
    parser.add_argument("--screen", choices=list(THEMES), action="append")
    parser.add_argument("--language", action="append", help="also one that is not built in")
    parser.add_argument("--size", choices=SIZES, action="append")
    parser.add_argument("--contrast", choices=CONTRASTS, action="append")
    parser.add_argument("--reach", choices=REACHES, action="append")
    parser.add_argument("--only", default="", help="part of a picture's name")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    return parser.parse_args(arguments)


def _wanted(asked: argparse.Namespace) -> list[Setting]:
    filters = (asked.screen, None, asked.size, asked.contrast, asked.reach)
    settings = every_setting(asked.language or LANGUAGES)
    return [each for each in settings if all(not some or one in some for one, some in zip(each, filters, strict=True))]


def _drawn(orders: Sequence[Order], processes: int) -> Outcome:
    """All of it, with a line that says how far it is."""
    total, began = Outcome(), time.monotonic()
    for done, outcome in enumerate(all_outcomes(orders, processes), 1):
        total.add(outcome)
        _say_how_far(done, len(orders), total, time.monotonic() - began)
    return total


def _say_how_far(done: int, of: int, total: Outcome, seconds: float) -> None:
    left = seconds / done * (of - done)
    line = f"{done}/{of} settings, {total.pictures:,} pictures, {len(total.failures):,} findings, {left:.0f} s left"
    if sys.stderr.isatty():
        print(f"\r{line:<78}", end="" if done < of else "\n", file=sys.stderr)
    elif done == of or done % 10 == 0:
        print(line, file=sys.stderr)


def _without_sample() -> Iterable[Failure]:
    nobody = Setting("", "", "", "", "")
    for name in views_without_sample():
        found = Finding("samples", name, "no literal in SAMPLES", "one literal for every class of views")
        yield Failure(name, nobody, found, "")


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; 0 when every rule is kept, else 1."""
    asked = _asked(arguments)
    shutil.rmtree(asked.out, ignore_errors=True)
    began = time.monotonic()
    pairs = tuple(names(asked.only))
    outcome = _drawn([Order(setting, pairs, asked.out) for setting in _wanted(asked)], asked.processes)
    outcome.failures += _without_sample()
    outcome.checked["samples"] += 1
    report.write(outcome, asked.out)
    print(*report.table(outcome), sep="\n")
    print(f"{time.monotonic() - began:.0f} s; {asked.out / 'report.html'}")
    return 1 if outcome.failures else 0


if __name__ == "__main__":
    sys.exit(main())
