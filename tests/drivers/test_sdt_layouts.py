"""The four layouts of the text block, offset by offset as the vendors' tables have them, independent of the sample cards."""

from collections.abc import Mapping
from datetime import date

import pytest

from devices.card_readers.sdt_card import parse, with_newest_address
from kiosk.ports.card_reader import CardKind

Field = tuple[int, int, str]
"""Offset and length in bytes, and what stands there."""
VALID = ((188, 16, "20240301"), (204, 16, "20340228"))
PERSON: tuple[Field, ...] = (
    (0, 30, "欧阳示范"),
    (30, 2, "2"),
    (32, 4, "08"),
    (36, 16, "19900101"),
    (52, 70, "广东省广州市番禺区示范路1号"),
    (122, 36, "440113199001010041"),
    (158, 30, "广州市公安局番禺分局"),
    *VALID,
)
COMMON = {"valid_from": date(2024, 3, 1), "valid_until": date(2034, 2, 28), "birth_date": date(1990, 1, 1), "sex": "F"}
PERSONAL = {**COMMON, "name": "欧阳示范", "address": "广东省广州市番禺区示范路1号", "issuer": "广州市公安局番禺分局"}

CARDS: Mapping[CardKind, tuple[tuple[Field, ...], dict[str, object]]] = {
    CardKind.RESIDENT: (PERSON, {**PERSONAL, "number": "440113199001010041", "ethnicity": "壮", "issue_count": None}),
    CardKind.HMT_PERMIT: (
        (*PERSON, (122, 36, "810000199001010027"), (220, 18, "H00000000"), (238, 4, "02"), (248, 2, "J")),
        {**PERSONAL, "number": "810000199001010027", "ethnicity": None, "pass_number": "H00000000", "issue_count": 2},
    ),
    CardKind.FOREIGNER_2017: (
        (
            (0, 120, "EXAMPLE, ANNA MARIA JOSEPHINE CHARLOTTE DOROTHEA"),
            (120, 2, "2"),
            (122, 30, "DEU440090010102"),
            (152, 6, "DEU"),
            (158, 30, "安娜"),
            *VALID,
            (220, 16, "19900101"),
            (236, 4, "01"),
            (240, 8, "4400"),
            (248, 2, "I"),
        ),
        {
            **COMMON,
            "number": "DEU440090010102",
            "name": "安娜",
            "name_latin": "EXAMPLE, ANNA MARIA JOSEPHINE CHARLOTTE DOROTHEA",
            "nationality": "DEU",
            "issuer": "4400",
            "address": None,
            "ethnicity": None,
        },
    ),
    CardKind.FOREIGNER_2023: (
        (
            (0, 30, "安娜"),
            (30, 2, "2"),
            (32, 4, "03"),
            (36, 16, "19900101"),
            (52, 70, "EXAMPLE, ANNA MARIA JOSEPHINE CHARL"),
            (122, 36, "911010199001010024"),
            *VALID,
            (220, 22, "OTTE DORO"),
            (242, 6, "DEU"),
            (248, 2, "Y"),
            (250, 6, "001"),
        ),
        {
            **COMMON,
            "number": "911010199001010024",
            "name": "安娜",
            "name_latin": "EXAMPLE, ANNA MARIA JOSEPHINE CHARLOTTE DORO",
            "nationality": "DEU",
            "issue_count": 3,
            "issuer": None,
            "address": None,
            "ethnicity": None,
        },
    ),
}


def block(fields: tuple[Field, ...]) -> bytes:
    made = bytearray(" ".encode("utf-16-le") * 128)
    for at, size, value in fields:
        raw = value.encode("utf-16-le", "surrogatepass")
        assert len(raw) <= size
        made[at : at + size] = raw + " ".encode("utf-16-le") * ((size - len(raw)) // 2)
    return bytes(made)


@pytest.mark.parametrize("kind", CARDS)
def test_every_field_of_every_layout(kind):
    fields, wanted = CARDS[kind]
    card = parse(block(fields))
    assert card.kind is kind
    assert {name: getattr(card, name) for name in wanted} == wanted


NAME_AT = {CardKind.RESIDENT: 0, CardKind.HMT_PERMIT: 0, CardKind.FOREIGNER_2017: 158, CardKind.FOREIGNER_2023: 0}
RARE = {
    "𠮷㛃䶮": "𠮷㛃䶮",
    "李\ue863\uf8ff": "李□□",
    "李\U000f0001": "李□",
    "\ud842": "□",
    "𠮷" * 7 + "李": "𠮷" * 7 + "李",
    "买买提·\u200d示例": "买买提·示例",
}


@pytest.mark.parametrize("kind", CARDS)
@pytest.mark.parametrize("name", RARE, ids=ascii)
def test_rare_characters_are_shown_or_a_box_and_never_a_reason_to_refuse(kind, name):
    fields, wanted = CARDS[kind]
    card = parse(block((*fields, (NAME_AT[kind], 30, name))))
    assert (card.name, card.number) == (RARE[name], wanted["number"])


@pytest.mark.parametrize(
    "field", ["birth_date", "sex", "ethnicity", "issue_count", "valid_until", "nationality", "name"]
)
@pytest.mark.parametrize("kind", CARDS)
def test_a_field_of_garbage_costs_only_itself(kind, field):
    places = {"birth_date": (36, 16), "sex": (30, 2), "ethnicity": (32, 4), "valid_until": (204, 16), "name": (0, 30)}
    places |= {"issue_count": (238, 4), "nationality": (242, 6)}
    if kind is CardKind.FOREIGNER_2017:
        places |= {
            "birth_date": (220, 16),
            "sex": (120, 2),
            "nationality": (152, 6),
            "name": (158, 30),
            "ethnicity": (236, 4),
        }
    fields, wanted = CARDS[kind]
    at, size = places[field]
    card = parse(block((*fields, (at, size, "\ue000" * (size // 2)))))
    assert card.number == wanted["number"]
    assert card.kind is kind


@pytest.mark.parametrize("kind", CARDS)
def test_the_newest_address_takes_the_place_of_the_printed_one(kind):
    card = parse(block(CARDS[kind][0]))
    moved = with_newest_address(card, "广州市番禺区样例路8号".ljust(35).encode("utf-16-le"))
    if card.address is None:
        assert moved == card, "a card that has none gets none"
        return
    assert (moved.address, moved.printed_address) == ("广州市番禺区样例路8号", card.address)
    for same in (card.address.ljust(35).encode("utf-16-le"), " ".ljust(35).encode("utf-16-le"), b"", b"\0" * 70):
        assert with_newest_address(card, same) == card
    assert card.printed_address is None
