"""The card's text block: all layouts, and odd data."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.cn import ric

from devices.card_readers.sample_cards import CARDS, text_block
from devices.card_readers.sdt_card import parse, parse_reply
from kiosk.errors import CardUnreadable
from kiosk.ports.card_reader import CardKind

RESIDENT = {"name": "李示范", "sex": "2", "ethnicity": "01", "birth_date": "19900101", "number": "440113199001010041"}


def resident(**values):
    return parse(
        text_block(CardKind.RESIDENT, {**RESIDENT, "valid_from": "20200101", "valid_until": "20400101", **values})
    )


def test_all_sample_numbers_have_valid_check_digits():
    numbers = [parse(card.text).number for card in CARDS.values()]
    for number in (number for number in numbers if len(number) == 18):
        assert ric.calc_check_digit(number) == number[17]


def test_resident_fields():
    card = parse(CARDS["chen"].text)
    assert (card.kind, card.name, card.sex, card.ethnicity) == (CardKind.RESIDENT, "陈样本", "M", "汉")
    assert card.birth_date == date(1948, 6, 15)
    assert card.valid_from == date(2018, 4, 12)
    assert card.valid_until is None, "长期"


def test_hmt_permit_fields():
    card = parse(CARDS["hk"].text)
    assert (card.kind, card.pass_number, card.issue_count) == (CardKind.HMT_PERMIT, "H00000000", 1)
    assert card.ethnicity is None


def test_foreigner_fields_of_both_versions():
    old, new = parse(CARDS["foreigner17"].text), parse(CARDS["foreigner"].text)
    assert (old.kind, old.name_latin, old.nationality, old.number) == (
        CardKind.FOREIGNER_2017, "SAMPLE, JOHN", "GBR", "GBR440088022901",
    )  # fmt: skip
    assert old.birth_date == date(1988, 2, 29)
    assert (new.kind, new.name_latin, new.nationality) == (CardKind.FOREIGNER_2023, "EXAMPLE, ANNA MARIA", "DEU")


def test_a_long_latin_name_continues_in_its_second_field():
    values = {
        "name": "安娜",
        "sex": "2",
        "number": "911010199001010024",
        "name_latin": "A" * 35,
        "name_latin_rest": "BC",
    }
    assert parse(text_block(CardKind.FOREIGNER_2023, values)).name_latin == "A" * 35 + "BC"


def test_rare_and_long_names():
    assert parse(CARDS["rare"].text).name == "𠮷㛃䶮"
    assert len(parse(CARDS["long"].text).address) == 35


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("李\ue000", "李□"),
        ("\ud842李", "□李"),
        ("李\udfb7", "李□"),
        ("李\0\0", "李"),
        ("李　　", "李"),
        ("李\x07明", "李 明"),
        ("", None),
    ],
)
def test_what_cannot_be_shown_becomes_a_box(name, shown):
    assert resident(name=name).name == shown


@pytest.mark.parametrize("birth", ["19900230", "00000000", "1990", "ABCDEFGH", "１９９００１０１", ""])
def test_a_birth_date_that_is_none_is_left_out(birth):
    assert resident(birth_date=birth).birth_date is None


def test_an_odd_last_day_is_unknown_and_never_for_ever():
    card = resident(valid_until="20991399")
    assert (card.valid_from, card.valid_until) == (None, None)
    assert resident(valid_until="长期").valid_from == date(2020, 1, 1)


@pytest.mark.parametrize(
    ("code", "name"),
    [("01", "汉"), ("56", "基诺"), ("57", "其他"), ("98", "外国血统中国籍人士"), ("99", None), ("  ", None)],
)
def test_ethnic_codes(code, name):
    assert resident(ethnicity=code).ethnicity == name


@pytest.mark.parametrize(("code", "sex"), [("1", "M"), ("2", "F"), ("0", "U"), ("9", "U"), ("x", "U")])
def test_sex_codes(code, sex):
    assert resident(sex=code).sex == sex


def test_a_wrong_check_digit_is_read_all_the_same():
    assert resident(number="440113199001010042").number == "440113199001010042"


def test_a_block_without_a_number_is_unreadable():
    with pytest.raises(CardUnreadable):
        parse(bytes(256))


def test_lengths_that_do_not_fit_are_unreadable():
    with pytest.raises(CardUnreadable):
        parse_reply(b"\x01\x00\x04\x00" + bytes(100))


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_give_a_card_or_unreadable(block):
    try:
        card = parse(block)
    except CardUnreadable:
        return
    assert card.number
    for text in (card.name, card.address, card.number):
        (text or "").encode()
