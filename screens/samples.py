"""A literal for every view and its important variants: the gallery is drawn from them, the tests measure them."""

from collections.abc import Mapping

from kiosk.events.touches import Confirmed, Pressed
from kiosk.page_hints import HINTS
from kiosk.ports.page import Concern
from kiosk.texts import counted, msg
from kiosk.views.choose import ChooseView, SearchView
from kiosk.views.fields import FieldKind, FieldView
from kiosk.views.model import View
from kiosk.views.pages import CameraView, PictureView
from kiosk.views.parts import Action, Option, QrCode, Tone
from kiosk.views.start import AttractView
from kiosk.views.told import MessageView, ReviewView, WaitView
from screens.sample_apply import APPLY_SAMPLES
from screens.sample_camera import page_picture
from screens.sample_cases import CASE_SAMPLES
from screens.sample_forms import FORM_SAMPLES
from screens.sample_materials import MATERIAL_SAMPLES
from screens.sample_parts import (
    AGAIN,
    ANOTHER,
    CODE,
    DAYS,
    FINISH,
    FOOD,
    GIVE_UP,
    HALL,
    HYGIENE,
    KEEP,
    NO_CENTRE,
    NO_PAPER,
    NO_SCANS,
    NUMBER_FACTS,
    ONWARD,
    RESULT_BY_POST,
    RESULTS,
    SAMPLE,
    SIGNATURE,
    TABS,
    TAKE,
    TINY,
    TRADER,
    WITHOUT,
    chrome,
    guide,
    home,
    local,
    sign,
)
from screens.sample_upkeep import UPKEEP_SAMPLES

__all__ = ["SAMPLES", "chrome"]

SAMPLES: Mapping[str, View] = {
    "attract": AttractView(
        HALL,
        msg("Touch the screen to begin"),
        (
            Option("guides", msg("Service guides"), icon="book-open-page-variant-outline"),
            Option("ticket", msg("Queue ticket"), icon="ticket-confirmation-outline"),
        ),
        ("zh_CN", "zh_HK", "en"),
    ),
    "attract-no-power": AttractView(
        HALL,
        msg("There is a power cut. This terminal can be used again as soon as the power is back."),
        (),
        ("zh_CN", "zh_HK", "en"),
        open=False,
    ),
    "home": home(),
    "home-no-paper": home(NO_PAPER),
    "home-nothing-works": home(
        msg("No ID cards and no slip now: take a number without a card, it is shown on the screen"),
        msg("No printing now: take guides along by phone"),
        NO_CENTRE,
    ),
    "choose-tabs": ChooseView(
        msg("Service guides"),
        (
            Option(
                "hygiene",
                local("公共场所卫生", "公共場所衞生", "Public-place hygiene"),
                counted("{n} item", "{n} items", 4),
                "spray-bottle",
            ),
            Option(
                "market",
                local("市场监督", "市場監督", "Market supervision"),
                counted("{n} item", "{n} items", 54),
                "store-check-outline",
            ),
            Option(
                "vendor",
                local("食品摊贩登记", "食品攤販登記", "Food-vendor registration"),
                counted("{n} item", "{n} items", 1),
                "food-outline",
            ),
        ),
        tabs=TABS,
        tab="by_group",
        actions=(Action(Pressed("search"), msg("Search"), "magnify"),),
        note=SAMPLE,
    ),
    "choose-long": ChooseView(
        local("市场监督", "市場監督", "Market supervision"),
        tuple(Option(f"item-{n}", (FOOD, TRADER, HYGIENE)[n % 3], DAYS) for n in range(54)),
        note=SAMPLE,
    ),
    "choose-limits": ChooseView(
        local("开一家小饭店", "開一家小飯店", "Open a small restaurant"),
        (
            Option("food", FOOD, DAYS, "file-document-outline", reason=NO_SCANS),
            Option("trader", TRADER, DAYS, "file-document-outline"),
        ),
        explain=NO_SCANS,
        note=SAMPLE,
    ),
    "choose-queue": ChooseView(
        local("您要办哪一类？", "您要辦哪一類？", "Which matter is it?"),
        (
            Option(
                "general",
                local("综合业务", "綜合業務", "General matters"),
                counted("{n} person waiting now", "{n} people waiting now", 6),
                "file-document-multiple-outline",
            ),
            Option(
                "social",
                local("社会保障", "社會保障", "Social security"),
                counted("{n} person waiting now", "{n} people waiting now", 1),
                "umbrella-outline",
            ),
            Option(
                "tax",
                local("税务", "稅務", "Tax"),
                "",
                "calculator",
                False,
                msg("The windows are closed now. You can still read the guides."),
            ),
        ),
        explain=local("取号后按窗口类别叫号", "取號後按窗口類別叫號", "Numbers are called by kind of window"),
    ),
    "choose-empty": ChooseView(
        local("我的号码", "我的號碼", "My numbers"),
        (),
        empty=local("今天没有取过号", "今天沒有取過號", "No number was taken today"),
        actions=(ANOTHER,),
    ),
    "search-empty": SearchView(
        msg("Search"),
        msg("Search: open a restaurant / kfd / food"),
        "",
        local("可以这样搜：", "可以這樣搜：", "Try one of these:"),
        (),
        (msg("restaurant"), msg("hairdresser"), msg("food stall"), msg("business licence"), "kfd"),
    ),
    "search-results": SearchView(
        msg("Search"),
        msg("Search: open a restaurant / kfd / food"),
        "kaifandian",
        local("找到 3 个事项、1 个套餐", "找到 3 個事項、1 個套餐", "3 items and 1 package found"),
        RESULTS,
    ),
    "search-nothing": SearchView(
        msg("Search"),
        msg("Search: open a restaurant / kfd / food"),
        "xyz",
        local(
            "没有找到。换一个说法，或用拼音首字母试试。",
            "沒有找到。換一個說法，或用拼音首字母試試。",
            "Nothing found. Try other words, or the initials in pinyin.",
        ),
        (),
    ),
    "field-name": FieldView(
        local("您的姓名？", "您的姓名？", "What is your name?"),
        "欧阳修",
        FieldKind.NAME,
        explain=local("请按身份证上的写法填写。", "請按身份證上的寫法填寫。", "As it is written on your ID card."),
        actions=(ONWARD, WITHOUT),
    ),
    "field-id": FieldView(
        local("身份证号码？", "身份證號碼？", "What is your ID number?"),
        "11010519491231002",
        FieldKind.ID_NUMBER,
        explain=local("在身份证正面，共 18 位。", "在身份證正面，共 18 位。", "On the front of the card, 18 digits."),
        actions=(ONWARD,),
    ),
    "field-id-wrong": FieldView(
        local("身份证号码？", "身份證號碼？", "What is your ID number?"), "110105194912310021", FieldKind.ID_NUMBER
    ),
    "field-phone": FieldView(
        local("手机号码？", "手機號碼？", "What is your mobile number?"),
        "1380000",
        FieldKind.DIGITS,
        explain=local("办好后给您发短信。", "辦好後給您發短訊。", "We send a message when it is done."),
        hint="13800000000",
        error=local("手机号码要 11 位。", "手機號碼要 11 位。", "A mobile number has 11 digits."),
        actions=(ONWARD,),
    ),
    "field-latin": FieldView(
        local("护照上的姓名？", "護照上的姓名？", "Your name as in the passport?"),
        "",
        FieldKind.LATIN,
        hint="OUYANG XIU",
    ),
    "field-text": FieldView(
        local("经营地址？", "經營地址？", "Where is the shop?"),
        "番禺区小谷围街道",
        explain=local("街道、门牌号。", "街道、門牌號。", "Street and number."),
        actions=(ONWARD,),
    ),
    "sign-empty": sign(),
    "sign-small": sign(TINY),
    "sign-done": sign(SIGNATURE),
    "guide": guide(),
    "guide-limits": guide(limits=RESULT_BY_POST),
    "guide-marked": guide(
        local(
            "本指南暂无此语言",
            "本指南暫無繁體版本，現以簡體顯示",
            "This guide is not yet in English; it is shown in Chinese.",
        )
    ),
    "wait-card": WaitView(
        msg("Place your ID card on the reader"),
        msg("The marked area is below the screen. Leave the card there for about one second."),
        "card-account-details-outline",
        points_down=True,
        actions=(WITHOUT,),
    ),
    "wait-either-card": WaitView(
        msg("Place your ID card on the reader"),
        msg(
            "The marked area is below the screen. Leave the card there for about one second. "
            "Or put your social-security card into the slot."
        ),
        "card-account-details-outline",
        points_down=True,
        actions=(WITHOUT,),
    ),
    "wait-reading": WaitView(
        msg("Reading your card"), msg("Please leave it on the reader."), "card-account-details-outline", 1.0
    ),
    "wait-printing": WaitView(local("正在打印小票", "正在列印小票", "Printing your slip"), "", "printer-outline", 4.0),
    "wait-unknown": WaitView(
        local("正在连接大厅系统", "正在連接大廳系統", "Asking the hall's system"), "", "server-network"
    ),
    "review": ReviewView(
        local("请核对后取号", "請核對後取號", "Please check, then take your number"),
        (
            (
                local("办理类别", "辦理類別", "Matter"),
                local("综合业务（窗口 3 – 6）", "綜合業務（窗口 3 – 6）", "General matters (windows 3 – 6)"),
            ),
            (local("姓名", "姓名", "Name"), "欧阳𠮷䶮"),
            (local("证件号码", "證件號碼", "Card number"), "4401**********001X"),
        ),
        (
            Action(Confirmed("c0ffee"), msg("Take a number"), "ticket-confirmation", main=True),
            Action(Pressed("another"), msg("Not now"), "arrow-left"),
        ),
        explain=local("每人每类只取一个号", "每人每類只取一個號", "One open number per person and matter"),
        icon="ticket-confirmation-outline",
    ),
    "message-slot": MessageView(
        Tone.TROUBLE,
        msg("The social-security card could not be read"),
        icon="card-off-outline",
        steps=(
            msg("Take the card out. Put it in again with the chip first and facing up."),
            msg("Only social-security cards without a PIN can be read here. This terminal never asks for a PIN."),
            msg("Or use your ID card: its reader is below the screen."),
        ),
        actions=(Action(Pressed("again"), msg("Try again"), "refresh", main=True), WITHOUT),
    ),
    "camera": CameraView(
        msg("Photograph the page"), msg("Lay it on the dark mat. All four corners should be visible."), (TAKE,)
    ),
    "camera-corners": CameraView(
        msg("Photograph the page"),
        msg("Lay it on the dark mat. All four corners should be visible."),
        (TAKE,),
        ((0.31, 0.08), (0.71, 0.1), (0.73, 0.92), (0.28, 0.9)),
    ),
    "picture": PictureView(
        msg("Can you read everything?"), page_picture(), msg("Take it again if something is missing."), actions=KEEP
    ),
    "picture-concern": PictureView(
        msg("Can you read everything?"), page_picture(), concern=HINTS[Concern.BLURRED], turned=1, actions=KEEP
    ),
    "message-done": MessageView(
        Tone.DONE,
        msg("Your number. Please take the slip"),
        msg("Do not forget your card. Listen for your number and watch the hall's screen."),
        "check-circle",
        big="A027",
        facts=NUMBER_FACTS,
        qr=CODE,
        actions=(GIVE_UP, ANOTHER, FINISH),
    ),
    "message-not-printed": MessageView(
        Tone.TROUBLE,
        msg("The slip was not printed. Your number counts"),
        msg("The printer has run out of paper."),
        "printer-alert",
        big="A027",
        big_note=msg("Please write the number down or scan the code."),
        facts=NUMBER_FACTS,
        qr=CODE,
        actions=(Action(Pressed("print"), msg("Try printing again"), "refresh"), GIVE_UP, FINISH),
    ),
    "message-have-one": MessageView(
        Tone.NOTE,
        msg("You already have this number"),
        msg("One number per person and matter. Yours keeps its place."),
        "ticket-account",
        big="B108",
        facts=NUMBER_FACTS,
        actions=(GIVE_UP, FINISH),
    ),
    "message-unreadable": MessageView(
        Tone.TROUBLE,
        msg("The card could not be read"),
        icon="card-off-outline",
        steps=(
            msg("Take the card out of its cover or wallet, and away from other cards."),
            msg("Lay it flat on the marked area and leave it there until the screen changes."),
            msg("If it still does not work, go on without the card or ask at the front desk."),
        ),
        actions=(AGAIN, WITHOUT),
    ),
    "message-qr": MessageView(
        Tone.PLAIN,
        msg("Take along by phone"),
        icon="qrcode-scan",
        qr=QrCode("https://hall.example.org/g/food-new", FOOD),
        actions=(FINISH,),
    ),
    **FORM_SAMPLES,
    **MATERIAL_SAMPLES,
    **APPLY_SAMPLES,
    **CASE_SAMPLES,
    **UPKEEP_SAMPLES,
}
"""Name -> view. Names of the views they draw come first."""
