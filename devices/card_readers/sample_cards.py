"""Invented people of all four kinds of card, as the bytes a reader hands over. Check digits are valid, people are not.

Used by the simulators, the dock, practice and tests. No photo is of anybody: the block has a header and noise.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from devices.card_readers.sdt_card import ETHNIC, FOREVER
from kiosk.errors import SetupError
from kiosk.ports.card_reader import CardKind
from kiosk.texts import Msg, msg

PHOTO = bytes.fromhex("574c66007e003200") + bytes((7 * n * n + n) % 251 for n in range(1016))
"""A WLT block: "WL", 102 wide, 126 high, then what no decoder will make a face of."""


@dataclass(frozen=True, repr=False)
class SampleCard:
    """A card to lay on a reader: its key and name for people, text block, photo and added address (or None)."""

    key: str
    label: Msg
    text: bytes
    photo: bytes = PHOTO
    new_address: bytes | None = None


Field = tuple[str, int, int]
"""Name, offset and length in bytes."""

COMMON: tuple[Field, ...] = (("valid_from", 188, 16), ("valid_until", 204, 16))
RESIDENT: tuple[Field, ...] = (
    ("name", 0, 30),
    ("sex", 30, 2),
    ("ethnicity", 32, 4),
    ("birth_date", 36, 16),
    ("address", 52, 70),
    ("number", 122, 36),
    ("issuer", 158, 30),
    *COMMON,
)
LAYOUTS: Mapping[CardKind, tuple[Field, ...]] = {
    CardKind.RESIDENT: RESIDENT,
    CardKind.HMT_PERMIT: (*RESIDENT, ("pass_number", 220, 18), ("issue_count", 238, 4)),
    CardKind.FOREIGNER_2017: (
        ("name_latin", 0, 120),
        ("sex", 120, 2),
        ("number", 122, 30),
        ("nationality", 152, 6),
        ("name", 158, 30),
        *COMMON,
        ("birth_date", 220, 16),
        ("version", 236, 4),
        ("issuer", 240, 8),
    ),
    CardKind.FOREIGNER_2023: (
        ("name", 0, 30),
        ("sex", 30, 2),
        ("issue_count", 32, 4),
        ("birth_date", 36, 16),
        ("name_latin", 52, 70),
        ("number", 122, 36),
        *COMMON,
        ("name_latin_rest", 220, 22),
        ("nationality", 242, 6),
    ),
}
DATES = ("birth_date", "valid_from", "valid_until")
MARKS = {CardKind.HMT_PERMIT: "J", CardKind.FOREIGNER_2017: "I", CardKind.FOREIGNER_2023: "Y"}


def text_block(kind: CardKind, values: Mapping[str, str]) -> bytes:
    """The 256 bytes of a card. Raises ValueError naming a field that is unknown or too long."""
    block = bytearray(" ".encode("utf-16-le") * 128)
    places = {name: (at, size) for name, at, size in (*LAYOUTS[kind], ("mark", 248, 2))}
    for name, value in {"mark": MARKS.get(kind, " "), **values}.items():
        if name not in places:
            raise ValueError(f"a {kind.value} card has no field {name!r}; it has {', '.join(places)}")
        at, size = places[name]
        raw = value.encode("utf-16-le", errors="surrogatepass")
        if len(raw) > size:
            raise ValueError(f"{name} is longer than {size // 2} characters")
        block[at : at + len(raw)] = raw
    return bytes(block)


def _resident(key: str, label: Msg, moved_to: str = "", **values: str) -> SampleCard:
    common = {"issuer": "广州市公安局番禺分局", "valid_from": "20180412", "valid_until": "20380412"}
    added = added_address(moved_to) if moved_to else None
    return SampleCard(key, label, text_block(CardKind.RESIDENT, {**common, **values}), new_address=added)


def added_address(address: str) -> bytes:
    """The 70 bytes of an address that was added to a card after a move."""
    return address.ljust(35).encode("utf-16-le")[:70]


def _other(key: str, kind: CardKind, label: Msg, **values: str) -> SampleCard:
    return SampleCard(key, label, text_block(kind, {"valid_from": "20240301", **values}))


CARDS: Mapping[str, SampleCard] = {
    card.key: card
    for card in (
        _resident(
            "li",
            msg("Resident, 36"),
            name="李示范",
            sex="2",
            ethnicity="01",
            birth_date="19900101",
            address="广东省广州市番禺区小谷围街穗石村示范路1号",
            number="440113199001010041",
        ),
        _resident(
            "chen",
            msg("Resident, 78, card valid for ever"),
            name="陈样本",
            sex="1",
            ethnicity="01",
            birth_date="19480615",
            address="广东省广州市番禺区小谷围街北亭村样本大街7号",
            number="440126194806150016",
            valid_until="长期",
        ),
        _resident(
            "rare",
            msg("Resident with rare characters in the name"),
            name="𠮷㛃䶮",
            sex="2",
            ethnicity="08",
            birth_date="19850730",
            address="广西壮族自治区南宁市青秀区样例街道虚构社区示例路12号",
            number="450103198507300024",
        ),
        _resident(
            "long",
            msg("Resident with a long name and address"),
            name="阿卜杜热西提·买买提示例",
            sex="1",
            ethnicity="05",
            birth_date="20010203",
            number="650102200102030012",
            address="新疆维吾尔自治区乌鲁木齐市天山区样例街道虚构社区示范巷88号院3栋2房",
        ),
        _resident(
            "moved",
            msg("Resident who has moved: newer address in the card's memory"),
            moved_to="广东省广州市番禺区小谷围街贝岗村样例路8号",
            name="周示例",
            sex="1",
            ethnicity="01",
            birth_date="19720318",
            address="湖南省长沙市岳麓区示范街道样本路3号",
            number="430104197203180017",
        ),
        _resident(
            "expired",
            msg("Resident, card expired"),
            name="王过期",
            sex="1",
            ethnicity="02",
            birth_date="19790909",
            address="广东省广州市番禺区南村镇样例村2号",
            number="440113197909090011",
            valid_from="20040101",
            valid_until="20240101",
        ),
        _other(
            "hk",
            CardKind.HMT_PERMIT,
            msg("Hong Kong resident with a residence permit"),
            name="黃樣本",
            sex="2",
            birth_date="19900101",
            address="广东省广州市番禺区小谷围街智汇谷示范楼A座",
            number="810000199001010027",
            issuer="广州市公安局",
            valid_until="20290301",
            pass_number="H00000000",  # noqa: S106
            issue_count="01",
        ),
        _other(
            "foreigner",
            CardKind.FOREIGNER_2023,
            msg("Foreign permanent resident, card of 2023"),
            name="安娜",
            sex="2",
            birth_date="19900101",
            name_latin="EXAMPLE, ANNA MARIA",
            number="911010199001010024",
            valid_until="20340228",
            nationality="DEU",
            issue_count="01",
        ),
        _other(
            "foreigner17",
            CardKind.FOREIGNER_2017,
            msg("Foreign permanent resident, card of 2017"),
            name="约翰",
            sex="1",
            birth_date="19880229",
            name_latin="SAMPLE, JOHN",
            number="GBR440088022901",
            valid_until="20280429",
            nationality="GBR",
            version="01",
            issuer="4400",
        ),
    )
}
"""Key -> card; `li` is the one demonstrations use."""


def card(name_or_path: str) -> SampleCard:
    """A card by its key, or from a JSON file with the keys that `kiosk read-card --json` prints. Raises SetupError."""
    if name_or_path in CARDS:
        return CARDS[name_or_path]
    if not name_or_path.endswith(".json"):
        raise SetupError(
            f"There is no sample card {name_or_path!r}. Known are {', '.join(CARDS)}, or name a .json file."
        )
    return _from_file(Path(name_or_path))


def _from_file(path: Path) -> SampleCard:
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        kind = CardKind(values.pop("kind"))
        added = added_address(values["address"]) if values.get("printed_address") else None
        values["address"] = values.pop("printed_address", None) or values.get("address")
        return SampleCard(path.stem, msg("Card from a file"), text_block(kind, _written(values)), new_address=added)
    except OSError as error:
        raise SetupError(f"The card file {path} cannot be read: {error.strerror}.") from error
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise SetupError(f"The card file {path} is not a card: {error}.") from error


def _written(values: Mapping[str, str | int | None]) -> dict[str, str]:
    """From the form of `read-card --json` to what stands on a card; `valid_until` null is 长期."""
    codes = {name: f"{code:02d}" for code, name in ETHNIC.items() if code not in (57, 58)}
    written = {
        key: str(value).rjust(2, "0") if key == "issue_count" else str(value)
        for key, value in values.items()
        if value is not None
    }
    written |= {key: written[key].replace("-", "") for key in DATES if key in written}
    if "valid_until" in values and "valid_until" not in written:
        written["valid_until"] = FOREVER
    written["sex"] = {"M": "1", "F": "2", "U": "0"}.get(written.get("sex", "U"), written.get("sex", "0"))
    if "ethnicity" in written:
        written["ethnicity"] = codes.get(written["ethnicity"], written["ethnicity"])
    return written
