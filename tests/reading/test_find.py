"""What is found in a page's text, and what is not."""

from datetime import date

import pytest

from kiosk.cases.suggestions import Suggestion, suggestions
from kiosk.catalogue.forms import FormField
from kiosk.catalogue.kinds import FieldKind
from kiosk.reading.find import find
from tests.paper import CARD, CITIZEN, CODE, LICENCE
from tests.worlds import text

TODAY = date(2026, 11, 24)


def test_a_business_licence() -> None:
    assert find("\n".join(LICENCE), TODAY) == {
        "credit_code": CODE,
        "organisation": "试样餐饮服务有限公司",
        "legal_person": "欧阳试样",
        "date": "2019-03-05",
    }


def test_an_id_card() -> None:
    assert find("\n".join(CARD), TODAY) == {"name": "欧阳秀英", "id_number": CITIZEN}


@pytest.mark.parametrize("line", ["统 一 社 会 信 用 代 码 ： {}", "信用代码{}", "{}", "代码 {} 副本"])
def test_a_code_as_ocr_writes_it(line: str) -> None:
    for written in (CODE, CODE.lower(), CODE.replace("0", "O").replace("1", "I"), f"{CODE[:8]} {CODE[8:]}"):
        assert find(line.format(written), TODAY).get("credit_code") == CODE, (line, written)


@pytest.mark.parametrize(
    "line",
    [
        CODE[:-1] + ("B" if CODE[-1] == "A" else "A"),
        CODE + "7",
        CODE[:-1],
        "440113195802300027",
        "440113195803050028",
        "440113209903050023",
        "1" * 18,
        "日期 2019年13月05日",
        "2019年02月30日",
        "1234567890123456789012345",
        "名称",
        "姓名",
        "姓名：",
        "",
        "\x00\x1b[31m￿",
        "姓名 𠮷",
    ],
)
def test_what_does_not_fit_is_not_found(line: str) -> None:
    assert find(line, TODAY) == {}


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("姓名欧阳秀英性别女", {"name": "欧阳秀英"}),
        ("姓 名 ： 阿依古丽·买买提", {"name": "阿依古丽·买买提"}),
        ("经营者姓名 欧阳试样", {"legal_person": "欧阳试样"}),
        ("负责人：欧阳试样 电话 020-0000 0000", {"legal_person": "欧阳试样"}),
        ("企业名称：试样（广州）科技有限公司 类型：有限责任公司", {"organisation": "试样(广州)科技有限公司"}),
        ("发证日期 2019/3/5", {"date": "2019-03-05"}),
    ],
)
def test_labels(line: str, found: dict[str, str]) -> None:
    assert find(line, TODAY) == found


def test_a_huge_text_takes_no_time() -> None:
    assert find(("1" * 5000 + "姓名" * 2000 + "\n") * 40, TODAY) == {}


def field(name: str, kind: FieldKind) -> FormField:
    return FormField(id=name, label=text("某项"), kind=kind)


def test_what_may_answer_which_field() -> None:
    found = {"credit_code": CODE, "legal_person": "欧阳试样", "organisation": "试样", "date": "2019-03-05"}
    fields = (
        field("business-credit-code", FieldKind.CREDIT_CODE),
        field("representative-name", FieldKind.NAME),
        field("business-name", FieldKind.NAME),
        field("wanted-name", FieldKind.NAME),
        field("applicant-name", FieldKind.NAME),
        field("representative-number", FieldKind.ID_NUMBER),
        field("founded-date", FieldKind.DATE),
        field("lease-until", FieldKind.DATE),
        field("remarks", FieldKind.TEXT),
    )
    assert suggestions(found, fields) == (
        Suggestion("business-credit-code", CODE),
        Suggestion("representative-name", "欧阳试样"),
        Suggestion("business-name", "试样"),
        Suggestion("founded-date", "2019-03-05"),
    )
    assert suggestions({}, fields) == ()
    assert CODE not in repr(suggestions(found, fields))
