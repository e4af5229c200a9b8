"""Right-to-left text is joined and ordered for drawing; numbers, Latin and Chinese keep their own direction."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk import bidi, fonts, words
from kiosk.errors import SetupError
from kiosk.texts import LocalText, msg
from kiosk.words import Words
from tests.test_words import entries


def test_letters_are_joined_and_a_line_is_turned_around() -> None:
    assert bidi.visual(["بحث"], rtl=True) == ["\ufe9a\ufea4\ufe91"]  # theh final, hah medial, beh initial


@pytest.mark.parametrize("line", ["A027", "020-0000 0000", "3–6", "食品经营许可（新办）", "Search (all)", ""])
def test_a_line_without_such_letters_stays(line: str) -> None:
    assert bidi.visual([line], rtl=True) == [line]
    assert bidi.shaped(line) == line


@pytest.mark.parametrize("kept", ["020-0000 0000", "09:00–12:00", "食品经营许可（新办）", "WeChat", "A4"])
def test_values_keep_their_direction_in_a_sentence(arabic: Words, kept: str) -> None:
    (line,) = bidi.visual([arabic.say(msg("Enquiries {phone}", phone=kept))], rtl=True)
    assert line.startswith(kept)
    assert line.index(kept) < line.index(bidi.visual(["الاستفسارات"], rtl=True)[0])


def test_a_value_that_a_line_end_divides_keeps_its_direction() -> None:
    first, second = bidi.visual(["الرقم \u2068020-0000", "0000 12\u2069 هنا"], rtl=True)
    assert first.startswith("020-0000 ")
    assert second.endswith("0000 12")


def test_brackets_are_mirrored() -> None:
    (line,) = bidi.visual(["بحث (بحث)"], rtl=True)
    assert line.startswith("(")
    assert line.count("(") == line.count(")") == 1
    assert line.index("(") < line.index(")")


def test_nothing_that_steers_is_drawn(arabic: Words) -> None:
    said = arabic.say(msg("Enquiries {phone}", phone="020"))
    assert "\u2068" in said
    assert not set("\u2068\u2069") & {*bidi.shaped(said), *bidi.visual([said], rtl=True)[0]}


@pytest.mark.usefixtures("arabic")
def test_the_face_has_every_joined_letter() -> None:
    fonts.prepare()
    drawn = "".join(bidi.shaped(form) for forms in entries("ar").values() for form in forms)
    pieces = fonts.runs(drawn, "ar")
    assert fonts.MISSING_GLYPH not in "".join(piece for piece, _ in pieces)
    arabic_face = [piece for piece, path in pieces if path == fonts.face("ar")]
    assert any("\ufe91" in piece for piece in arabic_face)
    assert words.load("ar").font.format(weight="Regular") == str(fonts.face("ar"))


@pytest.mark.usefixtures("arabic")
def test_chinese_on_a_page_of_another_language_takes_the_chinese_face() -> None:
    fonts.prepare()
    assert fonts.runs("بحث食品", "ar") == [("بحث", fonts.face("ar")), ("食品", fonts.chinese_face("ar"))]


def test_an_isolated_value_inside_another_is_drawn(arabic: Words) -> None:
    marked = msg("Enquiries {phone}", phone=LocalText({"zh_CN": "食品（新办）"}))
    (line,) = bidi.visual([arabic.say(marked)], rtl=True)
    assert "食品（新办）" in line
    assert line.startswith("(")


@pytest.fixture
def faceless(tmp_path: Path) -> Iterator[None]:
    """A language whose face is not installed."""
    (tmp_path / "xx").mkdir()
    fact = 'msgctxt "language"\nmsgid "font"\nmsgstr "/nowhere/NotoSansXx-{weight}.ttf"\n'
    (tmp_path / "xx" / "all.po").write_text(f'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n{fact}')
    words.use(tmp_path)
    yield
    words.use(words.LOCALES)


@pytest.mark.usefixtures("faceless")
def test_a_missing_face_is_named_with_what_to_do() -> None:
    fonts.prepare()
    with pytest.raises(SetupError, match=r"NotoSansXx-Regular\.ttf of the language xx.*station\.languages"):
        fonts.require(("zh_CN", "xx"))


@pytest.mark.usefixtures("arabic")
def test_an_arabic_name_is_drawn_on_a_page_in_another_language() -> None:
    fonts.prepare()
    fonts.require(("en", "ar"))
    assert fonts.runs("بحث", "en") == [("بحث", fonts.face("ar"))]
