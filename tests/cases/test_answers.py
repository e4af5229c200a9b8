"""Answers judged in words: what is right, what is wrong and how it is said, and that nothing whatever makes it fall over."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.cases import answers
from kiosk.cases.answers import judge, limit, settled, typed
from kiosk.catalogue.forms import Choice, FormField
from kiosk.catalogue.kinds import FieldKind
from kiosk.texts import LocalText, Msg
from tests.cases.people import TODAY, credit_code, id_number

LABEL = LocalText({"zh_CN": "某项"})
OPTIONS = (Choice(id="yes", label=LABEL), Choice(id="no", label=LABEL))


def field(kind: FieldKind, **more: object) -> FormField:
    options = OPTIONS if kind is FieldKind.CHOICE else ()
    return FormField.model_validate({"id": "one", "label": LABEL, "kind": kind, "options": options, **more})


def wrong(kind: FieldKind, text: str, fields: dict[str, str] | None = None, **more: object) -> str | None:
    """The sentence, None where nothing is wrong."""
    said = judge(field(kind, **more), text, TODAY, fields or {})
    return said.id if said else None


RIGHT: list[tuple[FieldKind, str, str]] = [
    (FieldKind.NAME, "王", "王"),
    (FieldKind.NAME, "㐱䶮𠮷", "㐱䶮𠮷"),
    (FieldKind.NAME, "\ue000", "\ue000"),
    (FieldKind.NAME, "\U000313b0\U0002ebf0", "\U000313b0\U0002ebf0"),
    (FieldKind.NAME, "葛\U000e0100城", "葛\U000e0100城"),
    (FieldKind.NAME, "\uf900", "\uf900"),
    (FieldKind.NAME, "買買提·艾力", "買買提·艾力"),
    (FieldKind.NAME, "某" * 50, "某" * 50),
    (FieldKind.NAME, " EXAMPLE,  ANA\u3000MARIA ", "EXAMPLE, ANA MARIA"),
    (FieldKind.TEXT, "卖水果\n卖糖水", "卖水果 卖糖水"),
    (FieldKind.LATIN, "JY1440-113", "JY1440-113"),
    (FieldKind.DIGITS, "０１２", "012"),
    (FieldKind.PHONE, "138 0000 0000", "13800000000"),
    (FieldKind.PHONE, "+86-13800000000", "13800000000"),
    (FieldKind.PHONE, "0086 138-0000-0000", "13800000000"),
    (FieldKind.PHONE, "020-3999 9999", "02039999999"),
    (FieldKind.PHONE, "(0755)8999999", "07558999999"),
    (FieldKind.PHONE, "+852 6123 4567", "85261234567"),
    (FieldKind.PHONE, "853 6612 3456", "85366123456"),
    (FieldKind.PHONE, "８５３ 2812 3456", "85328123456"),
    (FieldKind.ID_NUMBER, "11010519491231002x", "11010519491231002X"),
    (FieldKind.CREDIT_CODE, "91 110000 600037341 l", "91110000600037341L"),
    (FieldKind.DATE, "20240229", "2024-02-29"),
    (FieldKind.DATE, "2024-02-29", "2024-02-29"),
    (FieldKind.MONEY, "050,000.50 元", "50000.50"),
    (FieldKind.MONEY, "50000.00", "50000"),
    (FieldKind.MONEY, "0.01", "0.01"),
    (FieldKind.ADDRESS, "广东省广州市番禺区 1 号", "广东省广州市番禺区 1 号"),
    (FieldKind.CHOICE, "yes", "yes"),
]
WRONG: list[tuple[FieldKind, str, str]] = [
    (FieldKind.NAME, "", "Nothing is written here"),
    (FieldKind.NAME, " \u3000\t", "Nothing is written here"),
    (FieldKind.NAME, "123", "with letters"),
    (FieldKind.NAME, "王😀", "pictures and special signs"),
    (FieldKind.NAME, "王\u202e五", "pictures and special signs"),
    (FieldKind.NAME, "王\x00", "pictures and special signs"),
    (FieldKind.NAME, "王\ud800", "pictures and special signs"),
    (FieldKind.TEXT, "早餐☀️", "pictures and special signs"),
    (FieldKind.TEXT, "字" * 10_000, "No more than {n}"),
    (FieldKind.LATIN, "证123", "letters, digits and hyphens"),
    (FieldKind.DIGITS, "12a", "digits only"),
    (FieldKind.PHONE, "61234567", "area code first"),
    (FieldKind.PHONE, "1380000", "area code first"),
    (FieldKind.PHONE, "138000000000", "has 11 digits"),
    (FieldKind.PHONE, "12000000000", "no such telephone"),
    (FieldKind.PHONE, "0203999", "area code first"),
    (FieldKind.PHONE, "020399999999", "landline"),
    (FieldKind.PHONE, "一三八", "digits only"),
    (FieldKind.ID_NUMBER, "110105194912310021", "One digit is not right"),
    (FieldKind.ID_NUMBER, "110105194913310020", "no such date of birth"),
    (FieldKind.ID_NUMBER, "110105", "missing"),
    (FieldKind.ID_NUMBER, "1101051949123100XX", "One digit is not right"),
    (FieldKind.CREDIT_CODE, "91110000600037341M", "One character is not right"),
    (FieldKind.CREDIT_CODE, "9111000060003734IL", "One character is not right"),
    (FieldKind.CREDIT_CODE, "9111", "missing"),
    (FieldKind.DATE, "20230229", "no such day"),
    (FieldKind.DATE, "20231301", "no such day"),
    (FieldKind.DATE, "2023", "no such day"),
    (FieldKind.DATE, "00000000", "no such day"),
    (FieldKind.MONEY, "五万", "in digits"),
    (FieldKind.MONEY, "1.234", "in digits"),
    (FieldKind.MONEY, "1.2.3", "in digits"),
    (FieldKind.MONEY, "-5", "in digits"),
    (FieldKind.MONEY, "0", "above 0"),
    (FieldKind.MONEY, "9" * 13, "cannot be above"),
    (FieldKind.CHOICE, "maybe", "choose one"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "text", "kept"), RIGHT)
def test_right_answers_are_kept_in_their_plain_form(kind: FieldKind, text: str, kept: str) -> None:
    assert wrong(kind, text) is None
    assert settled(field(kind), text) == kept
    assert settled(field(kind), kept) == kept


@pytest.mark.parametrize(("kind", "text", "said"), WRONG)
def test_wrong_answers_are_told_why(kind: FieldKind, text: str, said: str) -> None:
    assert said in (wrong(kind, text) or "")


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "said"),
    [
        ("20261124", "today", "today", None),
        ("20261123", "today", "", "before"),
        ("20261125", "", "today", "after"),
        ("20261214", "", "+20", None),
        ("20261215", "", "+20", "after"),
        ("20261122", "-1", "", "before"),
        ("19791231", "1980-01-01", "", "before"),
    ],
)
def test_days_have_limits(text: str, earliest: str, latest: str, said: str | None) -> None:
    found = wrong(FieldKind.DATE, text, earliest=earliest, latest=latest)
    assert (found is None) if said is None else said in (found or "")


def test_the_limit_stands_in_the_sentence() -> None:
    said = judge(field(FieldKind.DATE, latest="today"), "20300101", TODAY, {})
    assert said is not None
    assert said.mapping == {"date": TODAY}


def test_what_is_optional_may_be_left_out() -> None:
    assert wrong(FieldKind.NAME, "", required=False) is None
    assert wrong(FieldKind.CHOICE, "", required=False) is None
    assert wrong(FieldKind.PHONE, "12", required=False) is not None


def test_too_short_and_too_long_by_one() -> None:
    assert wrong(FieldKind.NAME, "某" * 51, longest=50) == "No more than {n} character fits here."
    assert wrong(FieldKind.TEXT, "某", shortest=2) == "Please write at least {n} character."
    assert wrong(FieldKind.TEXT, "𠮷𠮷", shortest=2, longest=2) is None


def test_answers_are_compared_with_others() -> None:
    other = {"two": "王𠮷", "all": "8"}
    assert wrong(FieldKind.NAME, "王𠮷 ", other, unlike="two") == answers.REPEATS.id
    assert wrong(FieldKind.NAME, "王吉", other, unlike="two") is None
    assert "more than the {n}" in (wrong(FieldKind.DIGITS, "9", other, at_most="all") or "")
    assert wrong(FieldKind.DIGITS, "8", other, at_most="all") is None
    assert wrong(FieldKind.DIGITS, "9", {"all": "viele"}, at_most="all") is None


def test_a_kept_day_is_typed_as_digits() -> None:
    assert typed(field(FieldKind.DATE), "1958-03-05") == "19580305"
    assert typed(field(FieldKind.NAME), "A-B") == "A-B"


@pytest.mark.parametrize("written", ["tomorrow", "+x", "2026-13-01"])
def test_a_limit_that_says_nothing_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        limit(written, TODAY)


@given(st.sampled_from(sorted(FieldKind)), st.text(st.characters(), max_size=300), st.booleans())
def test_it_never_raises_and_what_is_right_stays_right(kind: FieldKind, text: str, required: bool) -> None:
    one = field(kind, required=required, earliest="", latest="today", at_most="all", unlike="two")
    said = judge(one, text, TODAY, {"all": text, "two": "x"})
    kept = settled(one, text)
    assert said is None or isinstance(said, Msg)
    assert settled(one, kept) == kept
    assert (judge(one, kept, TODAY, {"all": text, "two": "x"}) is None) == (said is None)


@given(st.integers(0, 999), st.dates(date(1, 1, 1), date(9999, 12, 31)))
def test_valid_numbers_codes_and_days_are_right(serial: int, day: date) -> None:
    assert wrong(FieldKind.ID_NUMBER, id_number(serial)) is None
    assert wrong(FieldKind.CREDIT_CODE, credit_code(serial)) is None
    assert settled(field(FieldKind.DATE), f"{day.year:04d}{day.month:02d}{day.day:02d}") == day.isoformat()
