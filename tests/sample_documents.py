"""Documents that the device tests and benches print: a ticket and a guide, in Chinese and English."""

from kiosk.ports.document import Big, Document, Facts, Heading, Items, Paragraph, Qr, Rule

TICKET_ZH = Document(
    "ticket",
    "zh_CN",
    (
        Heading("小谷围街政务服务中心"),
        Paragraph("市场监管综合窗口", strong=True),
        Big("A0128"),
        Facts(
            (
                ("前面等候", "6人"),
                ("预计等候", "约25分钟"),
                ("办理窗口", "3、4、5号综合窗口"),
                ("取号时间", "11月24日 星期二 09:30"),
            )
        ),
        Qr("https://kiosk.example/q/AbCdEfGhIjKlMnOpQrStUv", "扫码查看叫号进度，也可以在那里放弃此号。"),
        Rule(),
        Paragraph("请留意大厅屏幕和广播。过号三次后请重新取号。", small=True),
    ),
    ("小谷围街政务服务中心 · 咨询电话 020-00000000", "2026-11-24 09:30"),
)
TICKET_EN = Document(
    "ticket",
    "en",
    (
        Heading("Xiaoguwei Public Service Centre"),
        Paragraph("Market supervision, comprehensive windows", strong=True),
        Big("A0128"),
        Facts(
            (
                ("Ahead of you", "6 people"),
                ("Estimated wait", "about 25 minutes"),
                ("Windows", "3, 4 and 5"),
                ("Taken at", "Tuesday, 24 November, 09:30"),
            )
        ),
        Qr(
            "https://kiosk.example/q/AbCdEfGhIjKlMnOpQrStUv",
            "Scan to follow the queue. You can also give this ticket up there.",
        ),
        Rule(),
        Paragraph(
            "Please watch the screens in the hall. After three calls the ticket ends and you need a new one.",
            small=True,
        ),
    ),
    ("Xiaoguwei Public Service Centre · Tel. 020-00000000", "2026-11-24 09:30"),
)
GUIDE_ZH = Document(
    "guide",
    "zh_CN",
    (
        Heading("食品经营许可（小餐饮）新办"),
        Facts(
            (
                ("承诺办结时限", "5个工作日"),
                ("法定办结时限", "20个工作日"),
                ("收费", "不收费"),
                ("办理地点", "小谷围街政务服务中心综合窗口（外环西路示范段1号一楼大厅）"),
            )
        ),
        Heading("需要携带的材料", 2),
        Items(
            (
                "食品经营许可证申请书，原件1份（可在自助终端打印）",
                "法定代表人或者经营者的身份证，原件及复印件各1份",
                "与食品经营相适应的主要设备设施布局、操作流程等文件（A4纸，签名或者盖章）",
                "保证食品安全的规章制度（包括“从业人员健康管理制度”）",
            ),
            boxes=True,
        ),
        Heading("办理流程", 2),
        Items(
            (
                "收件：窗口或者网上提交材料。",
                "受理：材料齐全、符合法定形式的，当场受理。",
                "审查：必要时现场核查。",
                "决定与送达：可选择EMS免费寄递。",
            ),
            numbered=True,
        ),
        Heading("受理条件", 2),
        Paragraph(
            "具有与经营的食品品种、数量相适应的食品原料处理和食品加工、销售、贮存等场所，保持该场所环境整洁，并与有毒、有害场所以及其他污染源保持规定的距离。"
        ),
        Heading("法律依据", 2),
        Items(
            (
                "《中华人民共和国食品安全法》（2021年修正）第三十五条",
                "《食品经营许可和备案管理办法》（国家市场监督管理总局令第78号）",
            )
        ),
        Facts((("咨询电话", "020-00000000"), ("监督电话", "12345"))),
        Qr("https://kiosk.example/guide/food-licence-small-restaurant", "扫码打开本事项的办事指南，可下载示范文本。"),
    ),
    ("小谷围街政务服务中心 · 工作日 9:00–12:00，14:00–17:00", "打印时间 2026-11-24 09:30"),
)
GUIDE_EN = Document(
    "guide",
    "en",
    (
        Heading("Food business licence for a small restaurant: new application"),
        Facts(
            (
                ("Promised time", "5 working days"),
                ("Statutory time", "20 working days"),
                ("Fee", "free of charge"),
                ("Where", "Xiaoguwei Public Service Centre, comprehensive windows, ground floor"),
            )
        ),
        Heading("What to bring", 2),
        Items(
            (
                "Application form, 1 original (you can print it at the kiosk)",
                "Identity card of the legal representative or the owner, original and one copy",
                "Plan of premises and equipment, and description of the workflow (A4, signed or stamped)",
                "Rules that keep the food safe, including health checks of the staff",
            ),
            boxes=True,
        ),
        Heading("Steps", 2),
        Items(
            (
                "Hand in at a window or online.",
                "Acceptance: on the spot when complete.",
                "Review, on site where needed.",
                "Decision; free delivery by EMS.",
            ),
            numbered=True,
        ),
        Heading("Legal basis", 2),
        Items(("《中华人民共和国食品安全法》第三十五条",)),
        Facts((("Enquiries", "020-00000000"), ("Supervision", "12345"))),
        Qr(
            "https://kiosk.example/guide/food-licence-small-restaurant",
            "Scan to open this guide and download sample texts.",
        ),
    ),
    ("Xiaoguwei Public Service Centre · working days 9:00–12:00, 14:00–17:00", "Printed 2026-11-24 09:30"),
)
RARE = Document(
    "ticket",
    "zh_CN",
    (
        Heading("取号凭证"),
        Big("B7"),
        Facts((("姓名", "𠮷㛃䶮 先生"), ("备注", "\ue000号"))),
        Paragraph("繁體：黃樣本，「請帶證件」。"),
    ),
    ("脚",),
)
ALL = {"ticket-zh": TICKET_ZH, "ticket-en": TICKET_EN, "guide-zh": GUIDE_ZH, "guide-en": GUIDE_EN, "rare": RARE}
