"""English put into words. Amounts stay digits, which every English voice reads; codes are taken apart."""

import calendar
import re

from kiosk.ports.voice import Tongue
from kiosk.speech_text import Rule, Rules, is_spelt, one_by_one

UNITS = {
    "mm": "millimetres", "cm": "centimetres", "km": "kilometres", "m": "metres", "m²": "square metres",
    "㎡": "square metres", "kg": "kilograms", "g": "grams", "KB": "kilobytes", "MB": "megabytes", "GB": "gigabytes",
    "ms": "milliseconds", "s": "seconds", "min": "minutes", "h": "hours", "°C": "degrees", "℃": "degrees",
}  # fmt: skip
SIGNS = {
    "%": "percent", "+": "plus", "=": "equals", "×": "times", "÷": "divided by", "≤": "at most", "≥": "at least",
    "<": "less than", ">": "more than", "&": "and", "@": "at", "#": "number", "°": "degrees", "№": "number",
    "§": "section", "¥": "yuan", "￥": "yuan", "$": "dollars", "€": "euros", "£": "pounds", "²": "squared", "³": "cubed",
}  # fmt: skip
PAUSES = {"。": ".", "，": ",", "、": ",", "；": ";", "：": ",", ":": ",", "？": "?", "！": "!", "\n": "."}
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d.])|\d+(?:\.\d+)?"
_TIME = r"\d{1,2}:[0-5]\d(?![\d:])"
_UNIT = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))


def in_words(text: str, tongue: Tongue) -> str:
    """The text in English words, digits and pauses; Chinese in it stays."""
    return _tidy(_ENGLISH.apply(text))


def _plain(number: str) -> str:
    return number.replace(",", "")


def _time(text: str) -> str:
    hour, minute = text.split(":")
    if minute == "00":
        return f"{int(hour)} o'clock"
    return f"{int(hour)} oh {int(minute)}" if minute[0] == "0" else f"{int(hour)} {minute}"


def _times(text: str) -> str:
    first, last = re.findall(_TIME, text)
    return f"{_time(first)} to {_time(last)}"


def _date(text: str) -> str:
    year, month, day = re.split(r"[-/.]", text)
    known = 1 <= int(month) <= _MONTHS
    return f"{calendar.month_name[int(month)]} {int(day)}, {year}" if known else f"{year}, {int(month)}, {int(day)}"


def _telephone(text: str) -> str:
    return f", {', '.join(one_by_one(group) for group in re.findall(r'[0-9]+', text))},"


def _identity(text: str) -> str:
    return f", {', '.join(one_by_one(part) for part in (text[:6], text[6:10], text[10:14], text[14:]))},"


def _hidden(text: str) -> str:
    before, after = re.split(r"\*+", text, maxsplit=1)
    rest = f"the middle hidden, {one_by_one(after)}" if after else "the rest hidden,"
    return f"{one_by_one(before)}, {rest}"


def _range(text: str) -> str:
    first, last = re.findall(_NUMBER, text)
    return f"{_plain(first)} to {_plain(last)}"


def _of(text: str) -> str:
    first, last = text.split("/")
    return f"{first.strip()} of {last.strip()}"


def _measured(text: str) -> str:
    amount = re.match(_NUMBER, text)
    assert amount  # noqa: S101 (the rule begins with a number)
    unit = UNITS[text[amount.end() :].strip()]
    return f"{_plain(amount.group())} {unit.removesuffix('s') if amount.group() == '1' else unit}"


def _word(text: str) -> str:
    return one_by_one(text) if is_spelt(text) and len(text) > 1 else text


_RULES: dict[str, Rule] = {
    "address": (r"(?:https?://|www\.)[^\s,)]+", lambda _: "the address shown"),
    "date": (r"\b\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\b", _date),
    "times": (rf"{_TIME}\s*[-–—~]\s*{_TIME}", _times),
    "time": (_TIME, _time),
    "hidden": (r"(?:[0-9A-Za-z]*\d)?\*+[0-9A-Za-z]*", _hidden),
    "identity": (r"(?<![0-9A-Za-z])\d{17}[0-9Xx](?![0-9A-Za-z])", _identity),
    "telephone": (
        r"(?<!\d)(?:0\d{2,3}[- ]\d{3,4}[- ]?\d{4}|[48]00[- ]\d{3}[- ]?\d{4}|1[3-9]\d(?:[- ]?\d{4}){2})(?!\d)",
        _telephone,
    ),
    "last": (r"(?<=ending in )[0-9Xx]+", one_by_one),
    "measured": (rf"(?:{_NUMBER})\s*(?:{_UNIT})(?![A-Za-z])", _measured),
    "percent": (rf"(?:{_NUMBER})\s*%", lambda text: f"{_plain(text.rstrip('% '))} percent"),
    "money": (rf"[¥￥]\s*(?:{_NUMBER})", lambda text: f"{_plain(text[1:].strip())} yuan"),
    "ordinal": (r"\b\d+(?:st|nd|rd|th)\b", str),
    "code": (r"[A-Za-z]{1,4}-?\d[0-9A-Za-z]*(?:-[0-9A-Za-z]+)*|\d+[A-Za-z][0-9A-Za-z]*", one_by_one),
    "of": (r"(?<![\d/])\d+\s*/\s*\d+(?![\d/])", _of),
    "range": (rf"(?:{_NUMBER})\s*[-–—~]\s*(?:{_NUMBER})", _range),
    "digits": (r"(?<![\d.,])(?:0\d+|\d{5,})(?![\d.,]\d)", one_by_one),
    "number": (_NUMBER, _plain),
    "word": (r"[A-Za-z]+(?:['’&.-][A-Za-z]+)*", _word),
    "dots": (r"…+|\.{2,}|\s*[—–]+\s*", lambda _: ", "),
    "slash": (r"\s*/\s*", lambda _: ", "),
    "quote": (r"[\"“”‘’《》〈〉「」『』*_^`~|\\{}']", lambda _: ""),
    "aside": (r"[（）()\[\]【】〔〕·•‧・→←↑↓►▶■□●○★☆✓✔※\-]", lambda _: ", "),
    "pause": ("|".join(map(re.escape, PAUSES)), lambda sign: f"{PAUSES[sign]} "),
    "sign": ("|".join(map(re.escape, SIGNS)), lambda sign: f" {SIGNS[sign]} "),
    "unknown": (r"[^\w\s,.?!;]|_", lambda _: ", "),
}
_MONTHS = 12
_ENGLISH = Rules(_RULES)


def _tidy(text: str) -> str:
    """One pause where several met, the strongest; none in front."""
    text = re.sub(r"\s*([,.?!;])(?!\d)[\s,.?!;]*", _strongest, re.sub(r"\s+", " ", text))
    kept = text.strip(" ,;.?!")
    end = text.strip()[-1:]
    return kept + end if kept and end in (".", "?", "!") else kept


def _strongest(met: "re.Match[str]") -> str:
    pauses = re.sub(r"\s", "", met.group())
    return min(pauses, key=".?!;,".index) + " "
