"""The papers of a case: the receipt, which says exactly how far it has come, and the one-time notice of what is still missing.

A receipt never claims more than is known: kept here, not yet sent (已暂存); received (已送达); accepted (已受理).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kiosk.cases import needs
from kiosk.cases.notice import KEPT_HERE, SENT_LATER
from kiosk.journeys.apply_end_views import MEANING, TITLES, what_follows
from kiosk.journeys.apply_hub import is_filed, material_state
from kiosk.journeys.apply_model import (
    Standing,
    case_url,
    code_spaced,
    is_package,
    longest_promise,
    spaced,
    standing_of,
    title_of,
)
from kiosk.journeys.common import masked_name
from kiosk.journeys.guide_page import DELIVERY, material_terms
from kiosk.ports.document import Big, Block, Document, Facts, Heading, Items, Paragraph, Qr, Rule
from kiosk.texts import Text, counted, msg

if TYPE_CHECKING:
    from kiosk.cases.model import CaseInHand
    from kiosk.cases.notice import Notice
    from kiosk.contract.cases import CaseReceipt
    from kiosk.documents import Writer

NOT_SENT = msg("This paper shows that it is kept here. It is no proof that it was handed in.")


# --- the receipt -------------------------------------------------------------------------------------------------------


def receipt(writer: Writer, case: CaseInHand, answer: CaseReceipt | None) -> Document:
    """The receipt of a case; `answer` None: the centre does not have it yet."""
    stands = standing_of(answer) if answer else Standing.KEPT
    blocks: list[Block] = [Heading(writer.say(TITLES[stands]))]
    if answer:
        blocks.append(Big(spaced(answer.number)))
    blocks += [_facts(writer, _receipt_rows(writer, case, answer)), Paragraph(writer.say(MEANING[stands]))]
    if not answer:
        blocks.append(Paragraph(writer.say(NOT_SENT), strong=True))
    blocks.append(Items(tuple(writer.say(text) for text in what_follows(stands, answer))))
    blocks += [*_follow(writer, answer), *_parts(writer, case, answer), *_materials(writer, case)]
    return writer.document("receipt", blocks)


def _receipt_rows(writer: Writer, case: CaseInHand, answer: CaseReceipt | None) -> Iterator[tuple[Text, Text]]:
    catalogue, now = writer.world.catalogue, writer.world.now
    if answer:
        yield msg("Received at"), writer.words.moment(answer.received_at.astimezone(now.tzinfo))
    else:
        yield msg("Kept here since"), writer.words.moment(now)
    yield msg("Application"), title_of(case.target, catalogue)
    if case.identity:
        yield msg("Name"), masked_name(case.identity.card)
    if answer and standing_of(answer) is Standing.ACCEPTED:
        days = longest_promise(case, catalogue)
        yield msg("Decided within"), counted("{n} working day", "{n} working days", days)
    if case.wish:
        yield msg("The result comes"), DELIVERY[case.wish.method]


def _parts(writer: Writer, case: CaseInHand, answer: CaseReceipt | None) -> list[Block]:
    """Of a package: its items, each with the number of its own case once it has one."""
    catalogue = writer.world.catalogue
    if not is_package(case, catalogue):
        return []
    numbers = {part.item: spaced(part.number) for part in answer.sub_cases} if answer else {}
    lines = (_numbered(catalogue.by_id[item].title, numbers.get(item, "")) for item in case.items)
    return _list(writer, msg("With these items"), lines)


def _numbered(title: Text, number: str) -> Text:
    return msg("{title}: {number}", title=title, number=number) if number else title


def _materials(writer: Writer, case: CaseInHand) -> list[Block]:
    lines = []
    for need in needs.materials_of(case, writer.world.catalogue):
        if case.sheets.get(need.material.id) or is_filed(case, need):
            state, _icon = material_state(case, need)
            lines.append(msg("{term}: {text}", term=need.material.name, text=state))
    return _list(writer, msg("What you handed in"), lines) if lines else []


def _follow(writer: Writer, answer: CaseReceipt | None) -> list[Block]:
    if answer is None or not writer.world.station.public_url:
        return []
    caption = msg("Scan: follow your application, or hold it before a terminal")
    return [Qr(case_url(writer.world, answer.token), writer.say(caption))]


# --- the notice ----------------------------------------------------------------------------------------------------------


def notice(writer: Writer, told: Notice, *, whole: bool) -> Document:
    """The one-time notice; `whole` with the sample text of each material, for A4."""
    title = title_of(told.target, writer.world.catalogue)
    blocks: list[Block] = [Heading(writer.say(msg("What is still missing"))), Paragraph(writer.say(title), strong=True)]
    everything = msg("This is everything. Nothing else is asked for when you hand it in.")
    nothing = msg("Nothing is missing. It only needs your signature.")
    something = told.missing.materials or told.missing.fields
    blocks.append(Paragraph(writer.say(everything if something else nothing)))
    blocks += [*_missing(writer, told), *(_samples(writer, told) if whole else []), *_draft(writer, told, whole=whole)]
    return writer.document("notice", blocks)


def _missing(writer: Writer, told: Notice) -> list[Block]:
    papers = [
        msg("{material} ({terms})", material=need.material.name, terms=material_terms(need.material))
        for need in told.missing.materials
    ]
    answers = [need.field.label for need in told.missing.fields]
    blocks = _list(writer, msg("Please bring"), papers, boxes=True) if papers else []
    return [*blocks, *(_list(writer, msg("To answer here"), answers, boxes=True) if answers else [])]


def _samples(writer: Writer, told: Notice) -> list[Block]:
    lines = [
        msg("{term}: {text}", term=need.material.name, text=need.material.sample_text)
        for need in told.missing.materials
    ]
    return _list(writer, msg("Sample texts"), lines) if lines else []


def _draft(writer: Writer, told: Notice, *, whole: bool) -> list[Block]:
    """Where it is gone on with; the code is what a terminal scans, or people type."""
    if told.kept_here:
        return [Rule(), Paragraph(writer.say(KEPT_HERE), strong=True), Paragraph(writer.say(SENT_LATER))]
    if not told.code or told.until is None:
        lost = msg("What you entered could not be kept. Please begin again with this paper.")
        return [Rule(), Paragraph(writer.say(lost), strong=True)]
    steps = (
        msg("At any terminal choose: {tile}, then: {choice}.", tile=msg("Apply"), choice=msg("Go on with an application")),
        msg("Hold this code before the scanner, or write it."),
        msg("Use the same card as today."),
    )  # fmt: skip
    code, until = code_spaced(told.code), (msg("Kept until"), msg("{date}", date=told.until))
    # On A4 the largest type would push the square to another page.
    large: list[Block] = (
        [_facts(writer, ((msg("Code to go on"), code), until))] if whole else [Big(code), _facts(writer, (until,))]
    )
    return [
        Heading(writer.say(msg("To go on with it")), level=2),
        Items(tuple(writer.say(step) for step in steps), numbered=True),
        *large,
        Qr(told.code, writer.say(msg("This code opens what you have begun, with your card."))),
    ]


# --- both ------------------------------------------------------------------------------------------------------------------


def _facts(writer: Writer, rows: Iterable[tuple[Text, Text]]) -> Facts:
    return Facts(tuple((writer.say(label), writer.say(value)) for label, value in rows))


def _list(writer: Writer, title: Text, lines: Iterable[Text], *, boxes: bool = False) -> list[Block]:
    return [Heading(writer.say(title), level=2), Items(tuple(writer.say(line) for line in lines), boxes=boxes)]
