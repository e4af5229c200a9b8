"""Receipts and notices: never more than is known, complete, in two languages where the visit was not in Chinese, drawn whole."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from devices.printers import slip
from devices.printers.pdf import pdf
from kiosk import case_documents, fonts, words
from kiosk.cases import needs
from kiosk.cases.notice import Notice
from kiosk.context import Context
from kiosk.documents import Writer
from kiosk.effects.prints import PrinterName
from kiosk.effects.results import PrintNotice, PrintPaper, PrintReceipt
from kiosk.handlers.case_prints import CasePrints
from kiosk.handlers.results import NoRequest
from kiosk.ports.document import Big, Document, Qr, first, second
from kiosk.ports.worker import Request
from tests.applying import CODE, RESTAURANT, TOGETHER, WHOLE, CaseState, hall, receipt
from tests.test_documents import boxes, ink, lines
from tests.worlds import OUYANG

LANGUAGES = ("zh_CN", "zh_HK", "en", "ar")
HALL = hall()
HALF = replace(TOGETHER, fields={}, sheets={}, on_file=frozenset())
NOTICE = Notice(RESTAURANT, needs.missing(HALF, HALL.catalogue, HALL.now.date()), CODE, date(2026, 12, 24))
RECEIVED, ACCEPTED = receipt(), receipt(CaseState.ACCEPTED)


@pytest.fixture(autouse=True)
def _words_and_faces(arabic: words.Words) -> None:
    fonts.prepare()


def writer(language: str) -> Writer:
    return Writer(words.load(language), HALL)


def papers(language: str) -> Iterator[Document]:
    """All there are."""
    yield case_documents.receipt(writer(language), TOGETHER, None)
    yield case_documents.receipt(writer(language), TOGETHER, RECEIVED)
    yield case_documents.receipt(writer(language), WHOLE, ACCEPTED)
    yield case_documents.notice(writer(language), NOTICE, whole=False)
    yield case_documents.notice(writer(language), NOTICE, whole=True)
    yield case_documents.notice(writer(language), replace(NOTICE, code="", until=None), whole=False)


def written(document: Document) -> str:
    """Everything on it, in both languages."""
    return "\n".join(first(line) + second(line) for line in lines(document))


def test_each_receipt_says_exactly_one_state() -> None:
    said = {
        "已暂存": written(case_documents.receipt(writer("zh_CN"), TOGETHER, None)),
        "已送达：": written(case_documents.receipt(writer("zh_CN"), TOGETHER, RECEIVED)),
        "审批机关已受理": written(case_documents.receipt(writer("zh_CN"), TOGETHER, ACCEPTED)),
    }
    for state, text in said.items():
        assert [other for other in said if other in text] == [state]


def test_what_is_kept_here_has_no_number_no_code_and_says_that_it_proves_nothing() -> None:
    kept = case_documents.receipt(writer("en"), TOGETHER, None)
    assert not [block for block in kept.blocks if isinstance(block, Big | Qr)]
    assert "It is no proof that it was handed in." in written(kept)


def test_the_number_is_large_and_the_code_leads_to_the_case() -> None:
    blocks = case_documents.receipt(writer("en"), TOGETHER, RECEIVED).blocks
    assert Big("20261124 00012 3") in blocks
    assert [block.data for block in blocks if isinstance(block, Qr)] == ["https://approval.example/c/" + "t" * 32]
    nowhere = hall(station=replace(HALL.station, public_url=""))
    alone = case_documents.receipt(Writer(words.load("en"), nowhere), TOGETHER, RECEIVED)
    assert not [block for block in alone.blocks if isinstance(block, Qr)]


def test_a_package_has_one_receipt_with_its_items() -> None:
    text = written(case_documents.receipt(writer("en"), TOGETHER, RECEIVED))
    assert "Sole trader: registration: 20261124 00012 3" in text
    assert "Food operation licence: new" in text
    single = written(case_documents.receipt(writer("en"), WHOLE, ACCEPTED))
    assert "With these items" not in single
    assert "Decided within" in single


def test_nobodys_name_or_number_stands_on_a_paper_that_may_be_left() -> None:
    for document in papers("zh_CN"):
        assert OUYANG.number not in written(document)
        assert "欧阳秀英" not in written(document)


def test_the_notice_is_complete_with_samples_where_there_is_room() -> None:
    short, whole = (written(case_documents.notice(writer("en"), NOTICE, whole=large)) for large in (False, True))
    for name in ("paper lease", "paper plan", "applicant-name", "applicant-number", "applicant-phone", "kitchen"):
        assert name in short
        assert name in whole
    assert "a sample" in whole
    assert "a sample" not in short


def test_the_notice_carries_the_code_only_where_the_draft_is_kept() -> None:
    kept = case_documents.notice(writer("en"), NOTICE, whole=False)
    assert Big("K7MP 4XRW") in kept.blocks
    assert [block.data for block in kept.blocks if isinstance(block, Qr)] == [CODE]
    lost = case_documents.notice(writer("en"), replace(NOTICE, code="", until=None), whole=False)
    assert not [block for block in lost.blocks if isinstance(block, Big | Qr)]
    assert "could not be kept" in written(lost)
    later = case_documents.notice(writer("en"), replace(NOTICE, code="", until=None, kept_here=True), whole=False)
    assert not [block for block in later.blocks if isinstance(block, Big | Qr)]
    assert "As soon as the connection is back" in written(later)
    ready = replace(NOTICE, missing=needs.Missing((), ()))
    assert "Nothing is missing" in written(case_documents.notice(writer("en"), ready, whole=True))


@pytest.mark.parametrize(("turn", "language"), list(enumerate(LANGUAGES)))
def test_no_slip_leaves_its_paper_or_lacks_a_letter(turn: int, language: str) -> None:
    """Every paper in every language, the widths of paper in turn."""
    for number, document in enumerate(papers(language), turn):
        width = (384, 576)[number % 2]
        left, _, right, _ = ink(slip.render(document, width))
        assert 0 < left < right < width
        assert not [line for line in lines(document) if boxes(first(line) + second(line), language)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a4_takes_one_page_within_its_margins(language: str) -> None:
    """The fullest of each kind; in two languages it may take another."""
    for document in list(papers(language))[1:5:3]:
        pages = pypdfium2.PdfDocument(pdf(document))
        assert len(pages) <= (1 if language.startswith("zh") else 2)
        picture = pages[0].render(scale=1, grayscale=True).to_pil().point(lambda grey: 255 * (grey < 200))
        left, top, right, bottom = ink(picture)
        assert 40 < left < right < 556
        assert 20 < top < bottom < 826


# --- the handlers --------------------------------------------------------------------------------------------------------


def test_papers_go_to_their_printer_in_the_visits_language() -> None:
    printed: list[tuple[str, Document]] = []

    def print_(name: str, document: Document, _context: Context) -> Request:
        printed.append((name, document))
        return NoRequest()

    table, context = CasePrints(print_).table(), Context(1, HALL, words.load("en"), lambda _event: None)
    paper = case_documents.notice(writer("zh_HK"), NOTICE, whole=False)
    asked = (
        PrintReceipt(TOGETHER, RECEIVED, PrinterName.TICKET),
        PrintNotice(NOTICE, PrinterName.A4),
        PrintNotice(NOTICE, PrinterName.TICKET),
        PrintPaper(paper, PrinterName.A4),
    )
    for effect in asked:
        table[type(effect)](effect, context)
    assert [name for name, _ in printed] == ["ticket_printer", "a4_printer", "ticket_printer", "a4_printer"]
    assert [document.name for _, document in printed] == ["receipt", "notice", "notice", "notice"]
    assert [document.language for _, document in printed] == ["en", "en", "en", "zh_HK"]
    assert "a sample" in written(printed[1][1])
    assert "a sample" not in written(printed[2][1])
    assert printed[3][1] is paper
