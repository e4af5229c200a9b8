"""Samples of forms: each kind of field as it is asked, a choice, and the places of an address."""

from collections.abc import Mapping

from kiosk.cases.places import china, near_first
from kiosk.journeys.form_views import LEVELS, NEXT, PICK, REST, SKIP, WRITE
from kiosk.texts import counted, msg
from kiosk.views.choose import ChooseView
from kiosk.views.fields import FieldKind, FieldView
from kiosk.views.model import View
from kiosk.views.parts import Option
from screens.sample_parts import local

HERE = "440113011"
ADDRESS = local("店铺（经营场所）在哪里", "店舖（經營場所）在哪裏", "Where are the premises")
THIRD = msg("Question {n} of {count}", n=3, count=9)


def _places(within: str, *first: Option) -> ChooseView:
    line, level = china().line(within), LEVELS[len(china().path(within))]
    parts = near_first(china().parts(within), HERE)
    return ChooseView(
        ADDRESS,
        (*first, *(Option(place.code, place.name) for place in parts)),
        level,
        given=line,
        actions=(WRITE,),
        progress=THIRD,
        short=True,
    )


FORM_SAMPLES: Mapping[str, View] = {
    "field-date": FieldView(
        local("租到哪一天", "租到哪一天", "Until when is it rented"),
        "202812",
        FieldKind.DATE,
        explain=local("看租约上写的日期。", "看租約上寫的日期。", "The date is in the lease."),
        hint="20281231",
        actions=(NEXT,),
        longest=8,
        progress=THIRD,
    ),
    "field-date-wrong": FieldView(
        local("租到哪一天", "租到哪一天", "Until when is it rented"),
        "20280230",
        FieldKind.DATE,
        hint="20281231",
        actions=(NEXT,),
        longest=8,
        progress=THIRD,
    ),
    "field-credit-code": FieldView(
        local("统一社会信用代码", "統一社會信用代碼", "Unified social credit code"),
        "91110000600037341",
        FieldKind.CREDIT_CODE,
        explain=local(
            "在营业执照上方，共 18 位。",
            "在營業執照上方，共 18 位。",
            "At the top of the business licence, 18 characters.",
        ),
        actions=(NEXT,),
        longest=18,
        progress=THIRD,
    ),
    "field-phone-form": FieldView(
        local("您的电话", "您的電話", "Your telephone"),
        "6123",
        FieldKind.PHONE,
        explain=local(
            "手机，或者带区号的座机。港澳号码前加 852、853。",
            "手提電話，或者帶區號的固網電話。港澳號碼前加 852、853。",
            "A mobile number, or a landline with its area code. Put 852 or 853 before numbers of Hong Kong and Macau.",
        ),
        error=msg("Please put the area code first. For Hong Kong and Macau that is 852 or 853."),
        actions=(NEXT,),
        longest=16,
        progress=THIRD,
    ),
    "field-money": FieldView(
        local("一共出多少钱（元）", "一共出多少錢（元）", "How much money is put in, in yuan"),
        "50000.5",
        FieldKind.MONEY,
        actions=(NEXT, SKIP),
        longest=15,
        progress=THIRD,
    ),
    "field-too-long": FieldView(
        local("主要做什么生意", "主要做什麼生意", "What business will it be"),
        "小吃店",
        error=counted("No more than {n} character fits here.", "No more than {n} characters fit here.", 200),
        actions=(NEXT,),
        longest=200,
        progress=THIRD,
    ),
    "choose-answer": ChooseView(
        local("这个地方是怎么来的", "這個地方是怎麼來的", "How do you have the place"),
        (
            Option("own", local("自己的房子", "自己的房子", "My own"), icon="check", main=True),
            Option("rented", local("租来的", "租來的", "Rented")),
            Option("lent", local("别人借给我用", "別人借給我用", "Lent to me")),
        ),
        progress=THIRD,
    ),
    "choose-provinces": _places("", Option(HERE, china().line(HERE), icon="map-marker-outline", main=True)),
    "choose-streets": _places("440113"),
    "field-address-rest": FieldView(
        ADDRESS,
        "大学城外环西路 230 号",
        explain=REST,
        given=china().line(HERE),
        actions=(NEXT, PICK),
        longest=120,
        progress=THIRD,
    ),
}
