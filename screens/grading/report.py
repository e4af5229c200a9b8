"""What came of the gallery: a page to look at, a file to read by machine, a table to print."""

import json
from collections import Counter
from collections.abc import Iterator
from html import escape
from pathlib import Path

from screens.grading.rule import RULES
from screens.grading.work import Failure, Outcome

FIRST = 12
"""So many failures of each rule are shown."""
STYLE = (
    "body{font:16px sans-serif;margin:2em}table{border-collapse:collapse}td,th{border:1px solid #999;padding:.3em .6em;"
    "text-align:left}.bad{background:#fbd5d0}.good{background:#d8f0dc}img{max-width:260px;max-height:320px}"
    "figure{display:inline-block;width:270px;vertical-align:top;margin:.5em}"
)
OTHER_RULES = {"moments": ("this house", "every state can be drawn"), "samples": ("issue", "every view has a literal")}


def failed(outcome: Outcome) -> Counter[str]:
    """How often each rule was broken."""
    return Counter(failure.finding.rule for failure in outcome.failures)


def rule_names() -> list[str]:
    """In the order of the report."""
    return [*RULES, *OTHER_RULES]


def table(outcome: Outcome) -> Iterator[str]:
    """The printed summary, a line for each rule."""
    broken = failed(outcome)
    yield f"{'rule':<16}{'checked':>12}{'failed':>8}  source"
    for name in rule_names():
        yield f"{name:<16}{outcome.checked[name]:>12,}{broken[name]:>8,}  {_source(name)[0]}"
    for name in rule_names():
        for failure in _of(outcome, name)[:3]:
            yield f"  {failure.finding}\n    {failure.file}"
    total, bad = sum(outcome.checked.values()), len(outcome.failures)
    yield f"{outcome.pictures:,} pictures, {total:,} things measured, {bad:,} findings: " + (
        "100 % green" if not bad else "NOT green"
    )


def _source(name: str) -> tuple[str, str]:
    return (RULES[name].source, RULES[name].asks) if name in RULES else OTHER_RULES[name]


def _of(outcome: Outcome, name: str) -> list[Failure]:
    return [failure for failure in outcome.failures if failure.finding.rule == name]


def write(outcome: Outcome, out: Path) -> None:
    """Write report.json and report.html into the folder of the pictures."""
    out.mkdir(parents=True, exist_ok=True)
    (out / "report.json").write_text(json.dumps(_as_json(outcome), ensure_ascii=False, indent=1), "utf-8")
    (out / "report.html").write_text("\n".join(_page(outcome)), "utf-8")


def _as_json(outcome: Outcome) -> dict[str, object]:
    broken = failed(outcome)
    return {
        "pictures": outcome.pictures,
        "rules": {
            name: {"checked": outcome.checked[name], "failed": broken[name], "source": _source(name)[0]}
            for name in rule_names()
        },
        "findings": [
            {"picture": each.picture, **each.setting._asdict(), **vars(each.finding), "file": each.file}
            for each in outcome.failures
        ],
    }


def _page(outcome: Outcome) -> Iterator[str]:
    broken = failed(outcome)
    yield f"<!doctype html><meta charset=utf-8><title>Gallery</title><style>{STYLE}</style><h1>Gallery</h1>"
    yield f"<p>{outcome.pictures:,} pictures, {len(outcome.failures):,} findings.</p>"
    yield "<table><tr><th>rule<th>asks<th>source<th>checked<th>failed</tr>"
    for name in rule_names():
        source, asks = _source(name)
        look = "bad" if broken[name] else "good"
        cells = "".join(f"<td>{escape(str(cell))}" for cell in (name, asks, source))
        yield f"<tr class={look}>{cells}<td>{outcome.checked[name]:,}<td>{broken[name]:,}</tr>"
    yield "</table>"
    for name in rule_names():
        yield from _failures(name, _of(outcome, name))
    yield "<h2>Contact sheets</h2><ul>"
    yield from (f'<li><a href="{escape(sheet)}">{escape(Path(sheet).stem)}</a>' for sheet in sorted(outcome.sheets))
    yield "</ul>"


def _failures(name: str, failures: list[Failure]) -> Iterator[str]:
    if failures:
        yield f"<h2>{escape(name)}: {len(failures):,}</h2>"
    for each in failures[:FIRST]:
        said = f"{each.picture} · {each.setting}<br>{escape(str(each.finding))}"
        picture = f'<a href="{escape(each.file)}"><img loading=lazy src="{escape(each.file)}"></a>' if each.file else ""
        yield f"<figure>{picture}<figcaption>{said}</figcaption></figure>"
