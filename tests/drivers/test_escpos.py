"""ESC/POS: the bytes against python-escpos, the paper against its text and QR code, the driver against trouble."""

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from devices.printers import escpos_bytes as esc
from devices.printers import glyphs, slip
from devices.printers.breaks import NOT_FIRST, NOT_LAST, balanced, wrap
from devices.printers.escpos import EscposPrinter
from devices.printers.escpos_parse import Parser
from devices.printers.escpos_wire import Wire
from devices.transports import sim
from kiosk.errors import Fault, SettingsError
from kiosk.ports.printer import Outcome
from tests.sample_documents import ALL, GUIDE_ZH, RARE, TICKET_EN, TICKET_ZH


@pytest.fixture
def oracle(monkeypatch, tmp_path):
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from escpos.printer import Dummy
    return Dummy()


@pytest.fixture
def wire() -> Wire:
    return Wire()


def printer(wire: Wire, **options) -> EscposPrinter:
    made = EscposPrinter(EscposPrinter.Options(sim.add("escpos-driver", wire), stall_s=0.2, **options))
    made.open()
    return made


# --- bytes ---------------------------------------------------------------------------------------------------


def test_raster_is_what_the_oracle_sends(oracle):
    page = slip.render(TICKET_EN, 384).crop((0, 0, 384, 200))
    oracle.image(page.point([255, *[0] * 255]), impl="bitImageRaster", fragment_height=esc.BAND_ROWS)
    assert b"".join(esc.raster(page)) in oracle.output


def test_qr_is_what_the_oracle_sends(oracle):
    oracle.qr("https://kiosk.example/q/abc", size=6, ec=1, native=True)
    commands = [part for part in esc.qr(b"https://kiosk.example/q/abc", 6).split(b"\x1d(k") if part]
    assert all(part in oracle.output for part in commands)


def test_cut_and_feed_are_what_the_oracle_sends(oracle):
    from escpos import constants

    oracle.print_and_feed(5)
    assert oracle.output == esc.feed(5)
    assert (esc.CUT["partial"], esc.CUT["full"]) == (constants.PAPER_PART_CUT, constants.PAPER_FULL_CUT)


def test_init_alignment_and_bold_are_what_the_oracle_sends(oracle):
    oracle.hw("INIT")
    assert oracle.output == esc.INIT
    oracle.clear()
    oracle.set(align="center", bold=True)
    assert esc.align(True) in oracle.output
    assert esc.bold(True) in oracle.output
    oracle.clear()
    oracle.set(align="left", bold=False)
    assert esc.align(False) in oracle.output
    assert esc.bold(False) in oracle.output


def test_the_status_questions_are_the_oracles(oracle):
    from escpos import constants

    assert esc.ask_status(1) == constants.RT_STATUS_ONLINE
    assert esc.ask_status(4) == constants.RT_STATUS_PAPER


def test_a_whole_slip_of_the_oracles_is_printed_by_the_far_end(oracle):
    """Another program's bytes, on our paper."""
    wire = Wire()
    oracle.hw("INIT")
    oracle.set(align="center")
    oracle.qr("https://kiosk.example/q/abc", size=6, ec=1, native=True)
    oracle.print_and_feed(2)
    oracle.cut(feed=False)
    wire.feed(oracle.output)
    assert wire.unknown == 0
    found = zxingcpp.read_barcodes(wire.slips[0].convert("L"))
    assert [code.text for code in found] == ["https://kiosk.example/q/abc"]


STATUS = [
    ({1: 0x12, 2: 0x12, 3: 0x12, 4: 0x12}, set()),
    ({1: 0x1A, 2: 0x16, 3: 0x12, 4: 0x12}, {Fault.COVER_OPEN}),
    ({1: 0x1A, 2: 0x32, 3: 0x12, 4: 0x7E}, {Fault.PAPER_OUT}),
    ({1: 0x12, 2: 0x12, 3: 0x12, 4: 0x1E}, {Fault.PAPER_LOW}),
    ({1: 0x1A, 2: 0x52, 3: 0x1A, 4: 0x12}, {Fault.CUTTER}),
    ({1: 0x1A, 2: 0x52, 3: 0x52, 4: 0x12}, {Fault.HEAD_HOT}),
    ({1: 0x1A, 2: 0x12, 3: 0x12, 4: 0x12}, {Fault.OFFLINE}),
    ({1: 0x1A, 2: 0x52, 3: 0x32, 4: 0x1E}, {Fault.HARDWARE, Fault.PAPER_LOW}),
]


@pytest.mark.parametrize(("answers", "faults"), STATUS)
def test_status_bytes(answers, faults):
    assert esc.faults_of(answers) == faults


def test_answers_are_told_apart():
    answers = esc.Answers()
    answers.feed(b"\x12\x37\x22" + b"0042\x00" + b"\x0c\x1e\x00\xe7")
    answers.feed(b"\x10\x0f\x24\x02\x01\x01" + b"\x10\x00\x00\x0f")
    assert list(answers.statuses) == [0x12, 0x1E]
    assert list(answers.echoes) == [b"0042"]
    assert list(answers.papers) == [0x0C, 0x00], "and none of a report that nobody asked for"
    assert list(answers.full) == [b"\x24\x02\x01\x01"]
    assert esc.full_faults(answers.full[0]) == {Fault.HEAD_HOT, Fault.CUTTER}
    assert answers.strange == 1


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.binary(max_size=60),
            st.sampled_from([esc.INIT, b"\x1d(k\x04\x001A2\0", b"\x1dv0\0\x01\0\x01\0\xff", b"\x10\x04\x02"]),
        ),
        max_size=12,
    )
)
def test_the_far_end_survives_any_bytes(pieces):
    wire = Wire(width=64)
    for piece in pieces:
        wire.feed(piece)
    wire.sight()
    parser = Parser()
    for piece in pieces:
        parser.feed(piece)
    while parser.take() is not None:
        pass


# --- paper ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [384, 576])
@pytest.mark.parametrize("name", ["ticket-zh", "ticket-en", "guide-zh", "guide-en"])
@pytest.mark.parametrize("encoding", ["raster", "gb18030"])
def test_the_code_on_the_paper_opens_what_it_should(width, name, encoding):
    wire = Wire(width)
    assert printer(wire, width_dots=width, encoding=encoding).print("job", ALL[name]).outcome is Outcome.OUT
    assert wire.unknown == 0
    found = zxingcpp.read_barcodes(wire.slips[0].convert("L"))
    expected = next(block.data for block in ALL[name].blocks if type(block).__name__ == "Qr")
    assert [code.text for code in found] == [expected]


def test_what_comes_out_is_what_was_drawn(wire):
    printer(wire).print("job", TICKET_ZH)
    drawn = slip.render(TICKET_ZH, 576).point([255, *[0] * 255])
    assert wire.slips[0].crop((0, 0, *drawn.size)).tobytes() == drawn.tobytes()


def test_rare_characters_are_pictures_in_text_mode(wire):
    job = b"".join(printer(wire, encoding="gb18030")._job(RARE))
    assert b"\x1dv0" in job, "the name"
    assert "繁體：黃樣本，「請帶證件」。".encode("gbk") in job


def test_hong_kong_glyphs_differ_from_mainland_ones():
    from dataclasses import replace

    from kiosk.ports.document import Document, Paragraph

    simplified = Document("t", "zh_CN", (Paragraph("骨直角"),))
    assert slip.render(simplified, 384).tobytes() != slip.render(replace(simplified, language="zh_HK"), 384).tobytes()


def test_drawn_characters_of_all_sizes_take_no_more_than_one_bound():
    glyphs._table.cache_clear()
    for size in (24, 48, 192):
        face, page = glyphs.Face("zh_CN", size), Image.new("1", (size, size))
        for point in range(0x4E00, 0x4E00 + 400):
            face.draw(page, 0, size, chr(point))
            assert glyphs._Table.kept <= glyphs.KEPT_BYTES
    assert len(glyphs._table(glyphs.Face("zh_CN", 192))) < 400, "some were forgotten"


def test_a_wide_slip_is_as_high_as_its_strips():
    paper = slip.Paper(576, "zh_CN")
    assert slip.render(GUIDE_ZH, 576).height == sum(strip.height for strip in slip.layout(GUIDE_ZH, paper))


# --- line breaks ---------------------------------------------------------------------------------------------

TEXTS = st.text(alphabet="请带（原件）和复印件，至2026-11-24。Open“好”《法》、 word/9:00", min_size=1, max_size=60)


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.integers(12, 40))
def test_lines_keep_the_rules_of_punctuation(text, width):
    lines = wrap(text, width, len)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(len(line) <= width for line in lines)


def test_no_line_begins_or_ends_with_the_wrong_punctuation():
    for document in ALL.values():
        for block in document.blocks:
            for text in (getattr(block, "text", ""), *getattr(block, "texts", ())):
                for width in range(8, 30):
                    for line in wrap(text, width, len)[1:]:
                        assert line[0] not in "，。、；：？！）》”"
                    for line in wrap(text, width, len)[:-1]:
                        assert line[-1] not in "（《“"


def test_words_dates_and_times_stay_whole():
    assert wrap("Please bring your identity card", 12, len) == ["Please bring", "your", "identity", "card"]
    assert "2026-11-24" in wrap("请于2026-11-24前来", 10, len)
    assert "9:00–12:00，" in wrap("工作日9:00–12:00，14:00–17:00", 12, len)


def test_balanced_lines_are_of_equal_length():
    assert balanced("扫码打开本事项的办事指南可下载示范文本", 16, len) == ["扫码打开本事项的办事", "指南可下载示范文本"]


def test_the_two_lists_of_punctuation_do_not_overlap():
    assert not set(NOT_FIRST) & set(NOT_LAST)


# --- options ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [0, 383, 5000])
def test_an_impossible_width_is_refused(width):
    with pytest.raises(SettingsError, match="width_dots"):
        EscposPrinter.Options("sim://x", width_dots=width)


def test_a_count_stays_with_its_sign_and_a_hard_space_is_hard():
    assert wrap("form (original × 1, on paper)", 16, len) == ["form (original", "× 1, on paper)"]
    assert wrap("wide 12\u00a0mm", 8, len) == ["wide", "12\u00a0mm"]
