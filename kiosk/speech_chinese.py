"""Chinese put into words, for Mandarin and Cantonese: both read the same characters, each in its own way.

The digit 1 is read 幺 in telephone numbers in Mandarin, as operators do, and 一 in everything else; an ID number is
compared with what stands on a card, where 一 is clearer to foreign ears. Numbers become characters by cn2an.
"""

import re

from kiosk.ports.voice import Tongue
from kiosk.speech_text import Rule, Rules, is_spelt, one_by_one

DIGITS = dict(zip("0123456789", "零一二三四五六七八九", strict=True))
UNITS = {
    "mm": "毫米", "cm": "厘米", "km": "公里", "m": "米", "m²": "平方米", "㎡": "平方米", "kg": "公斤", "g": "克",
    "KB": "K B", "MB": "兆", "GB": "G B", "ms": "毫秒", "s": "秒", "min": "分钟", "h": "小时", "°C": "度", "℃": "度",
}  # fmt: skip
MEASURES = "个個份次位页頁种種项項步条條家块塊点點张張人天年周週秒分小岁歲本元套台臺间間名件封段行列处處句遍"
"""After these two is 两: 两个, 两张. Not after 第, and not where it is a name: 2号, 2楼, 2月."""
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d.])|\d+(?:\.\d+)?"
_TIME = r"\d{1,2}[:：][0-5]\d(?![\d:])"
_TO = r"\s*[-–—~～至到]\s*"
_UNIT = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
SIGNS = {
    "%": "百分号", "+": "加", "=": "等于", "×": "乘", "÷": "除以", "≤": "不超过", "≥": "不少于", "<": "小于", ">": "大于",
    "&": "和", "@": "艾特", "#": "井号", "°": "度", "№": "号", "§": "第", "¥": "元", "￥": "元", "$": "元", "€": "欧元",
    "£": "镑", "²": "平方", "³": "立方",
}  # fmt: skip
PAUSES = {
    ".": "。",
    "…": "，",
    "\n": "。",
    "!": "！",
    "?": "？",
    ";": "；",
    ":": "，",
    "：": "，",
    ",": "，",
    "、": "、",
}


def in_words(text: str, tongue: Tongue) -> str:
    """The text in Chinese characters, Latin words and pauses."""
    rules = _MANDARIN if tongue is Tongue.MANDARIN else _CANTONESE
    return _tidy(rules.apply(text))


def number(digits: str) -> str:
    """An amount: 12,345 is 一万二千三百四十五. Longer than any amount people say: digit by digit."""
    from cn2an import an2cn  # noqa: PLC0415  30 ms, and only who speaks needs it

    plain = digits.replace(",", "")
    return an2cn(plain, "low") if len(plain.partition(".")[0]) <= _LONGEST_NUMBER else digit_by_digit(plain)


def digit_by_digit(digits: str) -> str:
    """Each digit on its own; other signs are left out."""
    return "".join(DIGITS[sign] for sign in digits if sign in DIGITS)


def _groups(text: str) -> str:
    return "，".join(digit_by_digit(group) for group in text.split())


def _telephone_mandarin(text: str) -> str:
    return _telephone(text).replace("一", "幺")


def _telephone(text: str) -> str:
    """In the groups it is written in, or after the third and seventh digit of a mobile number."""
    if re.fullmatch(r"1\d{10}", text):
        text = f"{text[:3]} {text[3:7]} {text[7:]}"
    return f"，{'，'.join(digit_by_digit(group) for group in re.findall(r'[0-9]+', text))}，"


def _time(text: str) -> str:
    hour, minute = re.split("[:：]", text)
    if minute == "00":
        return f"{number(str(int(hour)))}点"
    return f"{number(str(int(hour)))}点{'零' if minute[0] == '0' else ''}{number(str(int(minute)))}分"


def _times(text: str) -> str:
    first, last = re.findall(_TIME, text)
    return f"{_time(first)}至{_time(last)}"


def _date(text: str) -> str:
    year, month, day = re.split(r"[-/.]", text)
    return f"{digit_by_digit(year)}年{number(str(int(month)))}月{number(str(int(day)))}日"


def _code(text: str) -> str:
    said = "".join(f" {sign} " if sign.isalpha() else DIGITS.get(sign, "，") for sign in text.upper())
    return re.sub(" +", " ", said)


def _identity(text: str) -> str:
    """An ID number in its parts: place, year, day, rest."""
    return f"，{'，'.join(_code(part) for part in (text[:6], text[6:10], text[10:14], text[14:]))}，"


def _hidden(text: str) -> str:
    before, after = re.split(r"\*+", text, maxsplit=1)
    return f"{_code(before)}，中间隐藏，{_code(after)}" if after else f"{_code(before)}，其余隐藏，"


def _range(text: str) -> str:
    first, last = re.findall(_NUMBER, text)
    return f"{number(first)}至{number(last)}"


def _of(text: str) -> str:
    """3/6 as screens count: the third of six."""
    first, last = text.split("/")
    return f"{number(first.strip())}，共{number(last.strip())}"


def _percent(text: str) -> str:
    return f"百分之{number(text.rstrip('% '))}"


def _money(text: str) -> str:
    return f"{number(text[1:].strip())}元"


def _measured(text: str) -> str:
    amount = re.match(_NUMBER, text)
    assert amount  # noqa: S101 (the rule begins with a number)
    return f"{number(amount.group())}{UNITS[text[amount.end() :].strip()]}"


def _word(text: str) -> str:
    return f" {one_by_one(text)} " if is_spelt(text) or text == "App" else f" {text} "


_RULES: dict[str, Rule] = {
    "address": (r"(?:https?://|www\.)[^\s，。）)]+", lambda _: "，屏幕上的网址，"),
    "date": (r"\b\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\b", _date),
    "year": (r"(?<!\d)\d{4}(?=\s*[年版])", digit_by_digit),
    "times": (_TIME + _TO + _TIME, _times),
    "time": (_TIME, _time),
    "hidden": (r"(?:[0-9A-Za-z]*\d)?\*+[0-9A-Za-z]*", _hidden),
    "identity": (r"(?<![0-9A-Za-z])\d{17}[0-9Xx](?![0-9A-Za-z])", _identity),
    "telephone": (
        r"(?<!\d)(?:0\d{2,3}[- ]\d{3,4}[- ]?\d{4}|[48]00[- ]\d{3}[- ]?\d{4}|1[3-9]\d(?:[- ]?\d{4}){2})(?!\d)",
        _telephone,
    ),
    "last": (r"(?<=尾[号號])\s*[0-9Xx]+", lambda text: _code(text.strip())),
    "measured": (rf"(?:{_NUMBER})\s*(?:{_UNIT})(?![A-Za-z])", _measured),
    "percent": (rf"(?:{_NUMBER})\s*%", _percent),
    "money": (rf"[¥￥]\s*(?:{_NUMBER})", _money),
    "code": (r"[A-Za-z]+[- ]?\d[0-9A-Za-z]*(?:-[0-9A-Za-z]+)*|\d+[A-Za-z][0-9A-Za-z]*", _code),
    "of": (r"(?<![\d/])\d+\s*/\s*\d+(?![\d/])", _of),
    "range": (rf"(?:{_NUMBER})\s*[-–—~～]\s*(?:{_NUMBER})", _range),
    "digits": (r"(?<![\d.,])(?:0\d+|\d{5,})(?:\s\d+)*(?![\d.,])", _groups),
    "pair": (rf"(?<![\d.,第])2(?=\s*[{MEASURES}])", lambda _: "两"),
    "number": (_NUMBER, number),
    "word": (r"[A-Za-z]+(?:['’&.][A-Za-z]+)*", _word),
    "dots": (r"…+|\.{2,}|—+|–+", lambda _: "，"),
    "slash": (r"\s*/\s*", lambda _: "，"),
    "quote": (r"[\"'“”‘’《》〈〉「」『』*_^`~|\\{}]", lambda _: ""),
    "aside": (r"[（）()\[\]【】〔〕·•‧・→←↑↓►▶■□●○★☆✓✔※\-]", lambda _: "，"),
    "pause": ("|".join(map(re.escape, PAUSES)), lambda sign: PAUSES[sign]),
    "sign": ("|".join(map(re.escape, SIGNS)), lambda sign: SIGNS[sign]),
    "unknown": (r"[^\w\s，。？！；：、]|_", lambda _: "，"),
}
_LONGEST_NUMBER = 12
_CANTONESE = Rules(_RULES)
_MANDARIN = Rules(_RULES | {"telephone": (_RULES["telephone"][0], _telephone_mandarin)})
_HANZI = r"[\u3400-\u9fff\U00020000-\U0003ffff]"


def _tidy(text: str) -> str:
    """One pause where several met, the strongest; no spaces between characters; none in front."""
    text = re.sub(rf"(?<={_HANZI})\s+(?={_HANZI})", "", re.sub(r"\s+", " ", text))
    text = re.sub(r"\s*([，。？！；、])\s*", r"\1", text)
    text = re.sub(r"[，。？！；、]{2,}", lambda met: min(met.group(), key="。？！；，、".index), text)
    return text.strip(" ，；、。") + (text[-1] if text[-1:] in ("。", "？", "！") and text.strip("。？！ ") else "")
