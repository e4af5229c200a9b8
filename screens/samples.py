"""A literal for every view and its important variants: the gallery is drawn from them, the tests measure them."""

from collections.abc import Mapping

from kiosk.events import Confirmed, Pressed
from kiosk.texts import LocalText, Text, counted, msg
from kiosk.views import (
    Action,
    AttractView,
    ChooseView,
    Chrome,
    Entry,
    Fact,
    GuideView,
    HomeView,
    MessageView,
    Option,
    QrCode,
    ReviewView,
    SearchView,
    Section,
    Tone,
    View,
    WaitView,
)


def local(zh: str, hk: str, en: str) -> LocalText:
    """One text in the three languages."""
    return LocalText({"zh_CN": zh, "zh_HK": hk, "en": en})


HALL = local("小谷围街政务服务中心", "小谷圍街政務服務中心", "Xiaoguwei Street Service Hall")
LATER = msg("Not yet here: please go to a comprehensive window")
NO_PAPER = msg("No paper slip now: your number is shown on the screen")
FINISH = Action(Pressed("finish"), msg("Finish and clear my data"), "check", main=True)
ANOTHER = Action(Pressed("another"), msg("Do something else"), "home")
AGAIN = Action(Pressed("again"), msg("Try again"), "refresh", main=True)
WITHOUT = Action(Pressed("without_card"), msg("Go on without a card"), "card-off-outline")
RESTAURANT = local("我要开小餐馆", "我要開小餐館", "Open a small restaurant")
STALL = local("我要摆食品摊", "我要擺食品攤", "Run a food stall")
STUDENT = local("大学生创业", "大學生創業", "Start a business as a student")
FOOD = local("食品经营许可（新办）", "食品經營許可（新辦）", "Food business licence (new)")
TRADER = local("个体工商户设立登记", "個體工商戶設立登記", "Registration of a sole trader")
HYGIENE = local("公共场所卫生许可（新办）", "公共場所衞生許可（新辦）", "Public-place hygiene licence (new)")
DAYS = counted("{n} working day", "{n} working days", 5)


def chrome(
    language: str, text_size: str, *, home: bool = False, left_s: int | None = None, banner: Text = ""
) -> Chrome:
    """What stands around a view in the gallery."""
    return Chrome(
        language,
        ("zh_CN", "zh_HK", "en"),
        text_size,
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


def _tiles(ticket_note: Text) -> tuple[Option, ...]:
    return (
        Option(
            "guides",
            msg("Service guides"),
            msg("How to apply, what to bring, how long"),
            "book-open-page-variant",
            main=True,
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
        Option("apply", msg("Apply"), msg("Scan documents, submit here"), "file-document-edit", False, LATER),
        Option("progress", msg("Progress"), msg("By ID card or receipt QR code"), "progress-check", False, LATER),
        Option("collect", msg("Print results"), msg("Licences, receipts, notices"), "printer", False, LATER),
        Option("rate", msg("Rate our service"), msg("Five levels"), "star-outline", False, LATER),
    )


def _home(ticket_note: Text = "") -> HomeView:
    return HomeView(
        msg("Hello, what would you like to do today?"),
        msg("Search: open a restaurant / kfd / food"),
        _tiles(ticket_note),
        msg("One goal, done in one go"),
        (
            Option("package:restaurant", RESTAURANT, counted("{n} item", "{n} items", 2), "silverware-fork-knife"),
            Option("package:stall", STALL, counted("{n} item", "{n} items", 1), "storefront"),
            Option("package:student", STUDENT, counted("{n} item", "{n} items", 3), "account-group"),
        ),
        msg("Windows open now: {spans} · this terminal is open all day", spans="09:00-12:00, 14:00-17:30"),
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


def _guide(marked: Text = "") -> GuideView:
    return GuideView(
        FOOD,
        local(
            "开饭店、食堂、小卖部之前要办的许可",
            "開飯店、食堂、小賣部之前要辦的許可",
            "The licence you need before opening a restaurant, canteen or shop",
        ),
        (
            Fact(DAYS, msg("promised (statutory {n})", n=20), "clock-outline"),
            Fact(msg("Free"), msg("no charge of any kind"), "currency-cny"),
            Fact(msg("By post or window"), msg("the result is sent free of charge"), "map-marker"),
        ),
        (
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
        ),
        GUIDE_ACTIONS,
        SAMPLE,
        marked,
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

SAMPLES: Mapping[str, View] = {
    "attract": AttractView(
        HALL,
        msg("Touch the screen to begin"),
        (
            Option("guides", msg("Service guides"), icon="book-open-page-variant-outline"),
            Option("ticket", msg("Queue ticket"), icon="ticket-confirmation-outline"),
        ),
    ),
    "home": _home(),
    "home-no-paper": _home(NO_PAPER),
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
        ("开饭店", "开理发店", "摆摊", "营业执照", "kfd"),
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
    "guide": _guide(),
    "guide-marked": _guide(
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
    "message-done": MessageView(
        Tone.DONE,
        msg("Your number. Please take the slip"),
        msg("Listen for your number and watch the hall's screen."),
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
        msg("One open number per person and matter. It keeps its place."),
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
}
"""Name -> view. Names of the views they draw come first."""
