"""What the samples are put together from: texts in three languages, options, actions, whole guides."""

import math

from kiosk.events.touches import Pressed
from kiosk.ports.writing import Stroke
from kiosk.preferences import Preferences
from kiosk.texts import LocalText, Series, Text, counted, msg
from kiosk.views.chrome import Chrome
from kiosk.views.guides import GuideView
from kiosk.views.parts import Action, Entry, Fact, Option, QrCode, Section
from kiosk.views.signing import SignView
from kiosk.views.start import HomeView


def local(zh: str, hk: str, en: str) -> LocalText:
    """One text in the three languages."""
    return LocalText({"zh_CN": zh, "zh_HK": hk, "en": en})


HALL = local("小谷围街政务服务中心", "小谷圍街政務服務中心", "Xiaoguwei Street Service Hall")
NO_CENTRE = (
    msg("You can apply at a window."),
    msg("No connection to the hall's system. The front desk can look it up."),
    msg("No connection to the hall's system. Results are handed out at the window."),
)
"""Why nobody can apply, follow a case or print a result while the hall's system cannot be reached."""
NO_PAPER = msg("No paper slip now: your number is shown on the screen")
FINISH = Action(Pressed("finish"), msg("Finish and clear my data"), "check", main=True)
ANOTHER = Action(Pressed("another"), msg("Do something else"), "home")
AGAIN = Action(Pressed("again"), msg("Try again"), "refresh", main=True)
WITHOUT = Action(Pressed("without_card"), msg("Go on without a card"), "card-off-outline")
ONWARD = Action(Pressed("next"), msg("Continue"), "arrow-right", main=True)
TAKE = Action(Pressed("take"), msg("Take the picture"), "camera", main=True)
KEEP = (
    Action(Pressed("again"), msg("Take it again"), "camera-retake-outline"),
    Action(Pressed("turn"), msg("Turn the page"), "rotate-right"),
    Action(Pressed("use"), msg("Use this page"), "check", main=True),
)
RESTAURANT = local("我要开小餐馆", "我要開小餐館", "Open a small restaurant")
STALL = local("我要摆食品摊", "我要擺食品攤", "Run a food stall")
STUDENT = local("大学生创业", "大學生創業", "Start a business as a student")
FOOD = local("食品经营许可（新办）", "食品經營許可（新辦）", "Food business licence (new)")
TRADER = local("个体工商户设立登记", "個體工商戶設立登記", "Registration of a sole trader")
HYGIENE = local("公共场所卫生许可（新办）", "公共場所衞生許可（新辦）", "Public-place hygiene licence (new)")
DAYS = counted("{n} working day", "{n} working days", 5)


def chrome(
    language: str,
    text_size: str,
    *,
    home: bool = False,
    left_s: int | None = None,
    banner: Text = "",
    **more: str | float | bool,
) -> Chrome:
    """What stands around a view in the gallery; `more`: further preferences."""
    preferences = Preferences(language, text_size)
    for name, value in more.items():
        preferences = preferences.but(name, value)
    return Chrome(
        preferences,
        ("zh_CN", "zh_HK", "en"),
        can_back=not home,
        can_home=not home,
        station=HALL,
        clock=local("11月23日 星期一 09:41", "11月23日 星期一 09:41", "Mon, 23 Nov, 09:41"),
        help=msg("Need help?"),
        enquiry_phone="020-0000 0000",
        supervision_phone="020-0000 0001",
        remaining_s=left_s,
        banner=banner,
    )


def _tiles(ticket_note: Text, guides_note: Text, reasons: tuple[Text, ...]) -> tuple[Option, ...]:
    works = not any(reasons)
    apply, progress, collect = reasons
    return (
        Option(
            "guides",
            msg("Service guides"),
            msg("How to apply, what to bring, how long"),
            "book-open-page-variant",
            True,
            guides_note,
            True,
        ),
        Option(
            "ticket",
            msg("Queue ticket"),
            counted("{n} person waiting now", "{n} people waiting now", 6),
            "ticket-confirmation",
            True,
            ticket_note,
            True,
        ),
        Option("apply", msg("Apply"), msg("Scan documents, submit here"), "file-document-edit", works, apply),
        Option("progress", msg("Progress"), msg("By ID card or receipt QR code"), "progress-check", works, progress),
        Option("collect", msg("Print results"), msg("Licences, receipts, notices"), "printer", works, collect),
        Option("rate", msg("Rate our service"), msg("Five levels"), "star-outline"),
    )


def home(ticket_note: Text = "", guides_note: Text = "", reasons: tuple[Text, ...] = ("", "", "")) -> HomeView:
    return HomeView(
        msg("Hello, what would you like to do today?"),
        msg("Search: open a restaurant / kfd / food"),
        _tiles(ticket_note, guides_note, reasons),
        msg("One goal, done in one go"),
        (
            Option("package:restaurant", RESTAURANT, counted("{n} item", "{n} items", 2), "silverware-fork-knife"),
            Option("package:stall", STALL, counted("{n} item", "{n} items", 1), "storefront"),
            Option("package:student", STUDENT, counted("{n} item", "{n} items", 3), "account-group"),
        ),
        msg("Windows open now: {spans} · this terminal is open all day", spans=Series(("09:00–12:00", "14:00–17:30"))),
    )


RESULTS = (
    Option("package:restaurant", RESTAURANT, counted("{n} item", "{n} items", 2), "silverware-fork-knife"),
    Option("food", FOOD, DAYS),
    Option("trader", TRADER, counted("{n} working day", "{n} working days", 1)),
    Option("hygiene", HYGIENE, DAYS),
)
TABS = (
    Option("by_group", msg("By kind"), icon="shape-outline"),
    Option("by_serves", msg("For whom"), icon="account-group-outline"),
    Option("by_package", msg("By goal"), icon="flag-outline"),
)
SAMPLE = msg("Sample data: the hall has not published its own list yet.")
MATERIAL = Entry(
    local(
        "经营场所平面图（标明设备布局和操作流程）",
        "經營場所平面圖（標明設備佈局和操作流程）",
        "Floor plan of the premises, with equipment and workflow",
    ),
    term=local("平面图", "平面圖", "Floor plan"),
    notes=(msg("{kind} × {n}, {form}", kind=msg("original"), n=1, form=msg("on paper or electronic")),),
    tags=(msg("only if it applies"),),
)
LAW = Entry(
    local(
        "《中华人民共和国食品安全法》第三十五条：国家对食品生产经营实行许可制度。",
        "《中華人民共和國食品安全法》第三十五條：國家對食品生產經營實行許可制度。",
        "Food Safety Law of the People's Republic of China, article 35: food production and trade require a licence.",
    )
)
GUIDE_ACTIONS = (
    Action(Pressed("qr"), msg("Take along by phone"), "qrcode"),
    Action(Pressed("slip"), msg("Print a slip"), "receipt-text-outline"),
    Action(
        Pressed("a4"),
        msg("Print on A4"),
        "printer-outline",
        available=False,
        reason=msg("The printer has run out of paper."),
    ),
    Action(Pressed("ticket"), msg("Take a number"), "ticket-confirmation", main=True),
)


SECTIONS = (
    Section(
        counted("Material to bring ({n})", "Materials to bring ({n})", 5),
        msg("{n} to bring, {held} already on file", n=3, held=2),
        (MATERIAL, MATERIAL),
        "clipboard-list-outline",
    ),
    Section(
        counted("Condition ({n})", "Conditions ({n})", 4),
        local(
            "有固定的经营场所，有食品安全管理员",
            "有固定的經營場所，有食品安全管理員",
            "Fixed premises and a food safety manager",
        ),
        (LAW,),
        "check-decagram-outline",
    ),
    Section(
        local("办理流程", "辦理流程", "Process"),
        local(
            "收件 → 受理 → 审查 → 决定 → 送达",
            "收件 → 受理 → 審查 → 決定 → 送達",
            "Filing → acceptance → review → decision → delivery",
        ),
        (LAW,),
        "sign-direction",
    ),
    Section(
        msg("Sample texts"),
        msg("How to fill in and prepare each one"),
        (MATERIAL,),
        "file-document-check-outline",
    ),
    Section(local("设立依据", "設立依據", "Legal basis"), LAW.text, (LAW,), "scale-balance"),
    Section(
        local("咨询与监督电话", "諮詢與監督電話", "Enquiries and complaints"),
        "020-0000 0000 · 020-0000 0001",
        (LAW,),
        "phone-outline",
    ),
)


def guide(marked: Text = "", limits: Text = "") -> GuideView:
    return GuideView(
        FOOD,
        local(
            "开饭店、食堂、小卖部之前要办的许可",
            "開飯店、食堂、小賣部之前要辦的許可",
            "The licence you need before opening a restaurant, canteen or shop",
        ),
        (
            Fact(DAYS, msg("promised (by law {n})", n=20), "clock-outline"),
            Fact(msg("Free"), msg("no charge of any kind"), "currency-cny"),
            Fact(msg("By post or window"), msg("the result is sent free of charge"), "map-marker"),
        ),
        SECTIONS,
        GUIDE_ACTIONS,
        SAMPLE,
        marked,
        limits,
    )


def sign(strokes: tuple[Stroke, ...] = ()) -> SignView:
    return SignView(
        msg("Please sign"),
        local(
            "我提交的材料真实有效，如有虚假，愿意承担责任。",
            "我提交的資料真實有效，如有虛假，願意承擔責任。",
            "What I have handed in is true. If it is not, I am responsible for it.",
        ),
        (
            Action(Pressed("sign_otherwise"), msg("Sign by typing my name"), "keyboard-outline"),
            Action(Pressed("signed"), msg("Keep this signature"), "check", main=True),
        ),
        strokes,
        explain=msg("Please read this before you sign."),
    )


def _wave(left: float, right: float, middle: float, high: float, turns: float) -> Stroke:
    """A stroke as of a quick hand."""
    steps = [step / 60 for step in range(61)]
    return tuple(
        (round(left + (right - left) * at, 4), round(middle - high * at * math.sin(turns * math.tau * at), 4))
        for at in steps
    )


SIGNATURE: tuple[Stroke, ...] = (
    _wave(0.2, 0.45, 0.2, 0.11, 2.5),
    _wave(0.42, 0.8, 0.2, 0.07, 4),
    ((0.25, 0.31), (0.4, 0.3), (0.6, 0.295), (0.78, 0.28)),
)
"""Nobody's."""
TINY: tuple[Stroke, ...] = (((0.4, 0.2), (0.43, 0.21)),)
NO_SCANS = msg("Not possible here now: {things}.", things=Series((msg("reading ID cards"), msg("scanning papers"))))
RESULT_BY_POST = msg(
    "{sentence} {next}",
    sentence=msg("Not possible here now: {things}.", things=Series((msg("printing on A4"),))),
    next=msg(
        "You can still apply here. The result can come {ways}.",
        ways=Series((msg("by post"), msg("as an electronic licence"), msg("at the window")), either=True),
    ),
)


NUMBER_FACTS = (
    Fact("3 – 6", local("综合窗口", "綜合窗口", "Comprehensive windows"), "store-outline"),
    Fact(local("6 人", "6 人", "6 people"), local("在您前面", "在您前面", "ahead of you"), "account-group-outline"),
    Fact(
        local("约 15 分钟", "約 15 分鐘", "about 15 min"),
        local("预计等候", "預計等候", "expected wait"),
        "clock-outline",
    ),
)
CODE = QrCode("https://hall.example.org/t/8Kq2vN4mWc7RtZ", msg("Follow your number on your phone"))
GIVE_UP = Action(Pressed("give_up"), msg("Give this number up"), "ticket-outline")
