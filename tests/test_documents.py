"""Prints: in two languages where the visit was not in Chinese, marked where only the Chinese is there, drawn as read."""

from collections.abc import Iterator
from itertools import product

import pypdfium2
import pytest
from PIL import Image

from devices.printers import escpos_text, slip
from devices.printers.escpos import EscposPrinter
from devices.printers.pdf import pdf
from kiosk import bidi, fonts, words
from kiosk.catalogue.model import Catalogue, ServiceItem
from kiosk.documents import Writer
from kiosk.ports.document import Block, Document, Facts, Heading, Items, Line, Paragraph, Qr, Twice, first, second
from kiosk.texts import LocalText
from kiosk.world import World
from tests.catalogue.records import chinese_only
from tests.worlds import TICKET, catalogue, world

ITEM = catalogue().items[0]
ONLY = chinese_only(ITEM)
LANGUAGES = ("zh_CN", "zh_HK", "en", "ar")


@pytest.fixture(autouse=True)
def _words_and_faces(arabic: words.Words) -> None:
    fonts.prepare()


def lines(document: Document) -> Iterator[Line]:
    """Everything written in the blocks."""
    for block in document.blocks:
        yield from _lines(block)


def _lines(block: Block) -> Iterator[Line]:
    if isinstance(block, (Heading, Paragraph)):
        yield block.text
    elif isinstance(block, Facts):
        yield from (line for row in block.rows for line in row)
    elif isinstance(block, Items):
        yield from block.texts
    elif isinstance(block, Qr):
        yield block.caption


def prints(language: str, item: ServiceItem = ITEM) -> dict[str, Document]:
    """The three prints there are."""
    writer = Writer(words.load(language), world(catalogue=one_item(item)))
    return {"ticket": writer.ticket(TICKET), "short": writer.short_guide(item), "whole": writer.guide(item)}


def one_item(item: ServiceItem) -> Catalogue:
    """A hall's own catalogue with one item: nothing on it is a sample."""
    full = catalogue()
    return full.model_copy(update={"items": (item,), "packages": (), "sample": False})


@pytest.mark.parametrize("language", ["zh_CN", "zh_HK"])
def test_a_visit_in_chinese_prints_one_language(language: str) -> None:
    for document in prints(language).values():
        assert not [line for line in lines(document) if isinstance(line, Twice)]


@pytest.mark.parametrize(("language", "name"), list(product(["en", "ar"], ["ticket", "short", "whole"])))
def test_headings_labels_and_codes_stand_in_chinese_too(language: str, name: str) -> None:
    for block in prints(language)[name].blocks:
        keys = [label for label, _ in block.rows] if isinstance(block, Facts) else []
        if isinstance(block, Heading) and block.level == 2:
            keys.append(block.text)
        if isinstance(block, Qr):
            keys.append(block.caption)
        assert all(second(key) for key in keys), [first(key) for key in keys]


def test_what_reads_the_same_stands_once() -> None:
    rows = [row for block in prints("en")["short"].blocks if isinstance(block, Facts) for row in block.rows]
    phones = [value for label, value in rows if first(label) in ("Enquiries", "Supervision")]
    assert phones == [ITEM.enquiry_phone, ITEM.supervision_phone]


def test_the_english_guide_has_both_texts() -> None:
    written = list(lines(prints("en")["whole"]))
    assert Twice(ITEM.title.root["en"], ITEM.title.root["zh_CN"]) in written
    assert Twice("Please bring", "请带齐以下材料") in written


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh_HK", "本指南只有簡體中文版本，可請服務台講解。"),
        ("en", "This guide is only in Chinese. The front desk can explain it."),
        ("ar", "هذا الدليل متوفر بالصينية فقط. يمكن لمكتب الاستقبال شرحه لك."),
    ],
)
def test_a_guide_only_in_chinese_says_so_once(language: str, said: str) -> None:
    document = prints(language, ONLY)["whole"]
    written = list(lines(document))
    assert [first(line) for line in written].count(said) == 1
    assert ONLY.title.root["zh_CN"] in written, "not twice, and without a mark of its own"
    mark = words.load(language).mark.format(text="")
    assert not [line for line in written if mark.strip() in bidi.bare(first(line))]


def test_a_single_text_only_in_chinese_is_marked() -> None:
    item = ITEM.model_copy(update={"summary": LocalText({"zh_CN": "开饭店前要办的证"})})
    for language, mark in (("en", "开饭店前要办的证 (in Chinese)"), ("zh_HK", "开饭店前要办的证（簡體原文）")):
        written = list(lines(prints(language, item)["short"]))
        assert mark in written
        assert not [line for line in written if "版本" in first(line) or "only in Chinese" in first(line)]


def test_a_marked_text_is_not_twice() -> None:
    queue = TICKET.model_copy(update={"queue_title": LocalText({"zh_CN": "食品许可"})})
    document = Writer(words.load("en"), world()).ticket(queue)
    assert document.blocks[0] == Heading("食品许可 (in Chinese)")


# --- as pictures ---------------------------------------------------------------------------------------------


def ink(picture: Image.Image) -> tuple[int, int, int, int]:
    """The box of what is drawn."""
    box = picture.convert("L").getbbox()
    assert box is not None
    return box


@pytest.mark.parametrize("width", [384, 576])
def test_an_arabic_slip_begins_at_the_right(width: int) -> None:
    paragraph = (Paragraph("أدلة الخدمات"),)
    arabic = ink(slip.render(Document("t", "ar", paragraph), width))
    assert arabic[2] >= width - 16
    assert arabic[0] > width / 3
    assert ink(slip.render(Document("t", "en", (Paragraph("Service guides"),)), width))[0] <= 16


def test_a_slip_draws_joined_letters() -> None:
    """Four letters that join are narrower than the four of them alone."""
    paper = slip.Paper(576, "ar")
    face = paper.face("body")
    assert face.measure("بحثت") < sum(face.measure(letter) for letter in "بحثت") * 0.8


@pytest.mark.parametrize(("language", "width"), list(product(LANGUAGES, [384, 576])))
def test_no_slip_leaves_its_paper_or_lacks_a_letter(language: str, width: int) -> None:
    for document in (prints(language)["ticket"], prints(language)["short"], prints(language, ONLY)["short"]):
        left, _, right, _ = ink(slip.render(document, width))
        assert 0 < left < right < width
        assert not [line for line in lines(document) if boxes(first(line) + second(line), language)]


def boxes(text: str, language: str) -> bool:
    """Whether a character of the text is drawn as a box."""
    return any(fonts.MISSING_GLYPH in piece for piece, _ in fonts.runs(bidi.shaped(text), language))


def test_text_mode_writes_both_languages() -> None:
    job = b"".join(escpos_text.lines(prints("en")["short"], 384))
    for written in ("Please bring", "请带齐以下材料", "Enquiries", "咨询电话", "[ ] "):
        assert written.encode("gbk") in job
    assert b"\x1dv0" not in job, "no line of it needs a picture"


def test_what_runs_from_right_to_left_goes_as_a_picture() -> None:
    printer = EscposPrinter(EscposPrinter.Options("sim://none", encoding="gb18030", width_dots=576))
    document = prints("ar")["ticket"]
    job = b"".join(printer._job(document))
    assert b"\x1dv0" in job
    assert "请到".encode("gbk") not in job


@pytest.mark.parametrize("language", LANGUAGES)
def test_a4_stays_within_its_margins(language: str) -> None:
    for page in pypdfium2.PdfDocument(pdf(prints(language)["whole"])):
        picture = page.render(scale=1, grayscale=True).to_pil().point(lambda grey: 255 * (grey < 200))
        left, top, right, bottom = ink(picture)
        assert 40 < left < right < 556
        assert 20 < top < bottom < 826


def test_a4_in_english_can_be_read_in_both_languages() -> None:
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf(prints("en")["whole"])))
    assert "Please bring" in text
    assert "请带齐以下材料" in text


def test_the_foot_names_the_hall_in_both_languages() -> None:
    hall: World = world()
    english, chinese = (hall.station.hall.root[code] for code in ("en", "zh_CN"))
    assert Writer(words.load("en"), hall).guide(ITEM).footer[0] == f"{english} · {chinese}"
    assert Writer(words.load("zh_CN"), hall).guide(ITEM).footer[0] == chinese


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_test_print_shows_common_and_rare_characters_and_nothing_personal(language: str) -> None:
    document = Writer(words.load(language), world()).test_print(LocalText({"zh_CN": "小票打印机"}))
    written = [first(line) for line in lines(document)]
    assert (document.name, sum("𠮷" in text for text in written)) == ("test", 1)
    drawn = "".join(piece for text in written for piece, _ in fonts.runs(bidi.shaped(text), language))
    assert fonts.MISSING_GLYPH not in drawn
    assert [block.data for block in document.blocks if isinstance(block, Qr)] == ["https://approval.example"]
