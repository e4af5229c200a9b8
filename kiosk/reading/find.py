"""What of a page's text may be of use in a form: numbers with check digits, names after their labels, dates. Pure.

OCR writes Chinese with spaces between the characters and takes O for 0; a number counts only when its check digit fits, so
that what is offered is hardly ever wrong.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date

from kiosk import id_number

CREDIT_CODE, ID_NUMBER, NAME, ORGANISATION, LEGAL_PERSON, DATE = (
    "credit_code",
    "id_number",
    "name",
    "organisation",
    "legal_person",
    "date",
)
"""What may be found: keys of `TextRead.found`."""

LENGTH = 18
"""Of a unified social credit code (GB 32100-2015) and of a citizen's number (GB 11643-1999)."""
TAKEN_FOR = str.maketrans("OIZS", "0125")
"""Letters that no credit code has (GB 32100, 4.2), and the digits that OCR means by them."""
HAN = "\u3400-\u4dbf\u4e00-\u9fff"
BETWEEN_HAN = re.compile(rf"(?<=[{HAN}（）()：:]) +(?=[{HAN}（）()：:0-9A-Za-z])|(?<=[0-9A-Za-z]) +(?=[{HAN}（）：:])")
RUN = re.compile(r"[0-9A-Za-z][0-9A-Za-z ]{16,40}[0-9A-Za-z]")
NEXT = (
    "性别|民族|出生|住址|住所|类型|资本|组成|成立|营业|经营|公民|身份|统一|法定|负责|日期|期限|登记|电话|地址|名称|姓名"
)
"""What begins another entry on the same line."""
PERSON = rf"[ ：:]*(?!{NEXT})([{HAN}·]{{2,15}}?)(?=$|[^{HAN}·]|{NEXT})"
LABELLED: Mapping[str, re.Pattern[str]] = {
    LEGAL_PERSON: re.compile(rf"(?:法定代表人|负责人|经营者(?:姓名)?){PERSON}"),
    NAME: re.compile(rf"(?<!经营者)姓名{PERSON}"),
    ORGANISATION: re.compile(
        rf"(?<![{HAN}])(?:企业|字号|单位|机构)?名称[ ：:]*([{HAN}A-Za-z0-9（）()·]{{3,60}}?)(?=$|[ ，。；]|类型|住所|法定|统一)"
    ),
}
A_DATE = re.compile(r"(?<!\d)(\d{4}) ?[年./-] ?(\d{1,2}) ?[月./-] ?(\d{1,2}) ?日?(?!\d)")


def find(text: str, today: date) -> dict[str, str]:
    """The first of each kind; dates as ISO 8601. Nothing for what is not certain."""
    lines = [_joined(line) for line in unicodedata.normalize("NFKC", text).splitlines()]
    found = {name: value for line in reversed(lines) for name, value in _labelled(line)}
    numbers = [number for line in lines for number in _numbers(line)]
    citizens = [number for number in numbers if _is_citizen(number, today)]
    codes = [code for number in numbers if number not in citizens and (code := _credit_code(number))]
    dates = [day for line in lines for day in _dates(line)]
    firsts = ((ID_NUMBER, citizens), (CREDIT_CODE, codes), (DATE, dates))
    return found | {name: values[0] for name, values in firsts if values}


def _joined(line: str) -> str:
    """Without the spaces that OCR puts between Chinese characters."""
    return BETWEEN_HAN.sub("", line).strip()


def _labelled(line: str) -> Iterator[tuple[str, str]]:
    for name, pattern in LABELLED.items():
        if match := pattern.search(line):
            yield name, match[1]


def _numbers(line: str) -> Iterator[str]:
    """Runs of eighteen digits and letters, grouped or not."""
    for match in RUN.finditer(line):
        run = match[0].replace(" ", "").upper()
        if len(run) == LENGTH:
            yield run


def _is_citizen(number: str, today: date) -> bool:
    digits = number[:-1].isdigit() and number[-1] in "0123456789X"
    return digits and id_number.judge(number, today).fit is id_number.Fit.WHOLE


def _credit_code(number: str) -> str:
    """The code that was meant; "" where the check digit fits none."""
    from stdnum.cn import uscc  # noqa: PLC0415  with the first page, not with the first picture

    meant = number.translate(TAKEN_FOR)
    return meant if uscc.is_valid(meant) else ""


def _dates(line: str) -> Iterator[str]:
    for match in A_DATE.finditer(line):
        year, month, day = map(int, match.groups())
        try:
            yield date(year, month, day).isoformat()
        except ValueError:
            continue
