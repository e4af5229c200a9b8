"""A4: the PDF as it is read and seen, IPP as bytes, a real CUPS server with a printer in bad moods."""

import logging
from dataclasses import replace

import pypdfium2
import pytest
import zxingcpp

from devices.printers import ipp
from devices.printers.pdf import pdf
from devices.printers.pdf_apart import pdf_apart
from tests.sample_documents import GUIDE_ZH, RARE


@pytest.fixture(scope="module")
def guide():
    return pypdfium2.PdfDocument(pdf(replace(GUIDE_ZH, blocks=GUIDE_ZH.blocks * 2)))


def text_of(page) -> str:
    return page.get_textpage().get_text_range()


def test_the_text_can_be_read_out_of_the_pdf(guide):
    text = "".join(text_of(page) for page in guide)
    for wanted in ("食品经营许可（小餐饮）新办", "法定办结时限", "《中华人民共和国食品安全法》"):
        assert wanted in text


def test_every_page_has_title_hall_and_number(guide):
    assert len(guide) > 1
    for number, page in enumerate(guide, start=1):
        text = text_of(page)
        assert "食品经营许可" in text
        assert "小谷围街政务服务中心" in text
        assert f"{number} / {len(guide)}" in text


def test_pages_are_a4_and_nothing_leaves_the_margins(guide):
    for page in guide:
        assert page.get_size() == pytest.approx((595.28, 841.89), abs=0.1)
        ink = page.render(scale=1, grayscale=True).to_pil().point(lambda grey: 255 * (grey < 200)).getbbox()
        assert ink[0] > 40
        assert ink[1] > 20
        assert ink[2] < 556
        assert ink[3] < 820


def test_the_code_opens_what_it_should(guide):
    picture = guide[0].render(scale=3, grayscale=True).to_pil()
    found = {code.text for page in guide for code in zxingcpp.read_barcodes(page.render(scale=3).to_pil())}
    assert picture.width > 1000
    assert found == {"https://kiosk.example/guide/food-licence-small-restaurant"}


def test_setting_pages_leaves_no_file(monkeypatch, tmp_path):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    assert pdf_apart(RARE).startswith(b"%PDF")
    assert list(tmp_path.rglob("*")) == []


def test_rare_characters_are_in_the_pdf(caplog):
    with caplog.at_level(logging.WARNING):
        text = text_of(pypdfium2.PdfDocument(pdf(RARE))[0])
    assert "㛃䶮" in text
    assert "□" in text
    assert not caplog.records, "no glyph is missing"


def test_ipp_requests_are_the_standards_bytes():
    body = ipp.encode(ipp.GET_JOB, [("job-id", ipp.INTEGER, 42)])
    assert body[:8] == bytes.fromhex("0101000900000001")
    assert b"\x47\x00\x12attributes-charset\x00\x05utf-8" in body
    assert body.endswith(b"\x21\x00\x06job-id\x00\x04\x00\x00\x00\x2a\x03")


def test_ipp_answers_with_several_values():
    raw = (
        bytes.fromhex("0101000000000001")
        + b"\x04\x44\x00\x01a\x00\x01x\x44\x00\x00\x00\x01y\x23\x00\x01b\x00\x04\0\0\0\x05\x03"
    )
    answer = ipp.decode(raw)
    assert answer.words("a") == ("x", "y")
    assert answer.number("b") == 5


def test_the_foot_is_of_one_size_on_every_page(guide):
    sizes = set()
    for page in guide:
        foot = page.render(scale=2, grayscale=True).to_pil().crop((0, 1580, 700, 1684))
        left, top, right, bottom = foot.point(lambda grey: 255 * (grey < 160)).getbbox()
        sizes.add((right - left, bottom - top))
    assert len(sizes) == 1
