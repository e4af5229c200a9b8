"""A readiness report, and the page of a test print, as documents: for paper, or for a PDF file."""

from collections.abc import Iterator
from datetime import datetime

from kiosk.contract.readiness import Examined, Figure, ReadinessReport
from kiosk.device_titles import TITLES
from kiosk.errors import REMEDIES, Fault
from kiosk.ports.device import Health
from kiosk.ports.document import Block, Document, Facts, Heading, Items, Paragraph, Rule
from kiosk.readiness.labels import FIGURES, STATES, UNITS, named, verdict
from kiosk.texts import Text, msg
from kiosk.words import Words


def document(report: ReadinessReport, words: Words) -> Document:
    """The report in a language, its verdict first."""
    when = words.moment(report.made_at)
    blocks: list[Block] = [
        Heading(words.say(msg("Readiness report"))),
        Paragraph(words.say(verdict(report)), strong=True),
        _facts(words, _about(report)),
        *(block for part in report.devices for block in _part(part, words)),
        Heading(words.say(msg("The machine")), level=2),
        _facts(words, [(named(part.name), _state_of_part(part, words)) for part in report.machine]),
    ]
    return Document("readiness", words.language, tuple(blocks), (f"{report.station} · {report.version}", when))


def trial_page(kind: str, station: str, at: datetime, words: Words) -> Document:
    """What a printer prints when it is tried."""
    blocks: tuple[Block, ...] = (
        Heading(words.say(msg("Test print"))),
        _facts(words, [(msg("Device"), words.say(TITLES[kind])), (msg("Terminal"), station), ("", words.moment(at))]),
        Rule(),
        Paragraph("永和九年 0123456789 ABC abc 㐂𠮷"),
    )
    return Document("test-print", words.language, blocks)


def _about(report: ReadinessReport) -> list[tuple[Text, str]]:
    return [
        (msg("Terminal"), report.station),
        (msg("Made"), f"{report.made_at:%Y-%m-%d %H:%M} (UTC{report.made_at:%z})"),
        (msg("Took"), f"{report.took_s:g} s"),
        (msg("Program version"), report.version),
    ]


def _part(part: Examined, words: Words) -> Iterator[Block]:
    title = words.say(named(part.name))
    yield Heading(f"{title} · {part.model}" if part.model else title, level=2)
    rows: list[tuple[Text, str]] = [(msg("State"), _state(part, words))]
    rows += [(FIGURES.get(figure.name, figure.name), shown(figure)) for figure in part.figures]
    yield _facts(words, rows)
    if wrong := tuple(_wrong(part, words)):
        yield Items(wrong)


def _state(part: Examined, words: Words) -> str:
    known = {health.value: text for health, text in STATES.items()}
    state = known.get(part.health, part.health)
    return words.say(state if part.ready or part.health != Health.READY else msg("Did not do its work"))


def _wrong(part: Examined, words: Words) -> Iterator[str]:
    """Each fault with what to do about it, then what the technician may want to know."""
    for fault in part.faults:
        if fault in set(Fault):
            remedy = REMEDIES[Fault(fault)]
            yield words.say(msg("{sentence} {next}", sentence=remedy.resident, next=remedy.staff))
        else:
            yield fault
    if part.trouble:
        yield part.trouble


def _state_of_part(part: Examined, words: Words) -> str:
    if not part.ready:
        return part.trouble
    said = [f"{words.say(FIGURES.get(figure.name, figure.name))} {shown(figure)}" for figure in part.figures]
    return " · ".join([words.say(STATES[Health.READY]), *said])


def shown(figure: Figure) -> str:
    """A figure with its unit."""
    value = figure.value if isinstance(figure.value, str) else f"{figure.value:.10g}"
    return f"{value}{UNITS.get(figure.unit, f' {figure.unit}')}"


def _facts(words: Words, rows: list[tuple[Text, str]]) -> Facts:
    return Facts(tuple((words.say(label), value) for label, value in rows))
