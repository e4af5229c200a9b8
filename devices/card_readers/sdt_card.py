"""The 256-byte text block of the four cards that SDT readers read (GA/T 490; layouts in facts 1.5): pure, forgiving.

UTF-16LE, padded with spaces. Odd data is never a reason to refuse a card here: a date that is none becomes None, a
character nobody can draw becomes a box, and the rest is shown as it stands. Check digits are not judged.
"""

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from kiosk.errors import CardUnreadable
from kiosk.ports.card_reader import CardKind, IdCard

TEXT_SIZE = 256
BOX = "□"
"""U+25A1: shown for private-use characters (rare names on old cards) and broken surrogates."""
FOREVER = "长期"
SEX = {"1": "M", "2": "F"}
_NAMES = (
    "汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 "
    "土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 "
    "柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 "
    "乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺 "
)
ETHNIC = {
    **dict(enumerate(_NAMES.split(), start=1)),
    **dict.fromkeys((57, 97), "其他"),
    **dict.fromkeys((58, 98), "外国血统中国籍人士"),
}
"""GB/T 3304; some systems write 57 and 58 for the last two."""


class Text:
    """The text block, cut by offset and length in bytes."""

    def __init__(self, block: bytes) -> None:
        self._block = block.ljust(TEXT_SIZE, b"\0")[:TEXT_SIZE]

    def raw(self, at: int, size: int) -> str:
        """A field with its padding; what cannot be shown is replaced."""
        return "".join(map(shown, _characters(self._block[at : at + size])))

    def cut(self, at: int, size: int) -> str:
        """A field without its padding, which may be spaces, ideographic spaces or NULs."""
        return self.raw(at, size).strip()

    def opt(self, at: int, size: int) -> str | None:
        """A field, or None when it is empty."""
        return self.cut(at, size) or None

    def day(self, at: int) -> date | None:
        """A YYYYMMDD field, or None when it is no day."""
        digits = self.cut(at, 16)
        if len(digits) != 8 or not digits.isascii() or not digits.isdigit():
            return None
        try:
            return datetime.strptime(digits, "%Y%m%d").date()  # noqa: DTZ007  a calendar day has no zone
        except ValueError:
            return None

    def count(self, at: int, size: int) -> int | None:
        """A field of digits, or None."""
        digits = self.cut(at, size)
        return int(digits) if digits.isascii() and digits.isdigit() else None

    def first_day(self) -> date | None:
        """The first day of validity; unknown, too, where the last day is neither a day nor 长期, because a first day
        without a last one says "for ever"."""
        known = self.day(204) is not None or self.cut(204, 16) == FOREVER
        return self.day(188) if known else None

    def sex(self, at: int) -> str:
        """M, F, or U for GB/T 2261.1's 0 and 9 and anything else."""
        return SEX.get(self.cut(at, 2), "U")


def _characters(raw: bytes) -> list[str]:
    """UTF-16LE units joined to characters; a half of a surrogate pair stays alone and costs its neighbour nothing."""
    return list(raw.decode("utf-16-le", errors="surrogatepass"))


def shown(char: str) -> str:
    """The character, a space for controls, a box for what no font can have."""
    category = unicodedata.category(char)
    if category == "Cc":
        return " "
    if category in ("Co", "Cs", "Cn") or char == "\N{REPLACEMENT CHARACTER}":
        return BOX
    return "" if category == "Cf" else char


def _number(text: Text, size: int) -> str:
    return text.cut(122, size).upper().replace(" ", "")


def _ethnicity(text: Text) -> str | None:
    code = text.count(32, 4)
    return ETHNIC.get(code) if code is not None else None


def _resident(text: Text) -> IdCard:
    return IdCard(
        kind=CardKind.RESIDENT,
        number=_number(text, 36),
        name=text.opt(0, 30),
        sex=text.sex(30),
        ethnicity=_ethnicity(text),
        birth_date=text.day(36),
        address=text.opt(52, 70),
        issuer=text.opt(158, 30),
        valid_from=text.first_day(),
        valid_until=text.day(204),
    )


def _hmt_permit(text: Text) -> IdCard:
    """港澳台居民居住证, marked J."""
    return IdCard(
        kind=CardKind.HMT_PERMIT,
        number=_number(text, 36),
        name=text.opt(0, 30),
        sex=text.sex(30),
        birth_date=text.day(36),
        address=text.opt(52, 70),
        issuer=text.opt(158, 30),
        valid_from=text.first_day(),
        valid_until=text.day(204),
        pass_number=text.opt(220, 18),
        issue_count=text.count(238, 4),
    )


def _foreigner_2017(text: Text) -> IdCard:
    """外国人永久居留身份证, version of 2017, marked I."""
    return IdCard(
        kind=CardKind.FOREIGNER_2017,
        number=_number(text, 30),
        name=text.opt(158, 30),
        name_latin=text.opt(0, 120),
        sex=text.sex(120),
        nationality=text.opt(152, 6),
        birth_date=text.day(220),
        issuer=text.opt(240, 8),
        valid_from=text.first_day(),
        valid_until=text.day(204),
    )


def _foreigner_2023(text: Text) -> IdCard:
    """外国人永久居留身份证, version of 2023 (五星卡), marked Y; the Latin name continues in a second field."""
    latin = " ".join((text.raw(52, 70) + text.raw(220, 22)).split())
    return IdCard(
        kind=CardKind.FOREIGNER_2023,
        number=_number(text, 36),
        name=text.opt(0, 30),
        name_latin=latin or None,
        sex=text.sex(30),
        nationality=text.opt(242, 6),
        birth_date=text.day(36),
        valid_from=text.first_day(),
        valid_until=text.day(204),
        issue_count=text.count(32, 4),
    )


LAYOUTS: dict[str, Callable[[Text], IdCard]] = {"J": _hmt_permit, "I": _foreigner_2017, "Y": _foreigner_2023}
"""By the character at offset 248; everything else is a resident card."""

WITH_ADDRESS = frozenset({CardKind.RESIDENT, CardKind.HMT_PERMIT})
"""The kinds to which a new address may be added."""


def parse(text_block: bytes, photo: bytes = b"") -> IdCard:
    """The card of a text block. Raises CardUnreadable when it holds no number: then it is no ID card's text."""
    text = Text(text_block)
    card = LAYOUTS.get(text.cut(248, 2), _resident)(text)
    if not card.number:
        raise CardUnreadable("The card's text has no number.")
    return replace(card, photo=photo)


def with_newest_address(card: IdCard, data: bytes) -> IdCard:
    """The card with the address of a `30 03` reply as its address; empty ones, and kinds of cards without, stay as they
    are."""
    newest = Text(data).opt(0, len(data)) if card.kind in WITH_ADDRESS else None
    if newest is None or newest == card.address:
        return card
    return replace(card, address=newest, printed_address=card.address)


def parse_reply(data: bytes) -> IdCard:
    """The card of the data of a `30 01` reply: two lengths, text, photo. Raises CardUnreadable."""
    text_size, photo_size = int.from_bytes(data[:2], "big"), int.from_bytes(data[2:4], "big")
    if text_size != TEXT_SIZE or len(data) != 4 + text_size + photo_size:
        raise CardUnreadable("The card's answer has lengths that do not fit together.")
    return parse(data[4 : 4 + text_size], data[4 + text_size :])
