"""What applying shows, for the gallery: questions, the items of a package, the hub, the review, and every way it ends."""

from collections.abc import Mapping
from datetime import date

from kiosk.cases.consent import STATEMENT
from kiosk.cases.delivery import ADDRESS, PHONE, RECIPIENT
from kiosk.events.touches import Confirmed, Pressed
from kiosk.texts import LocalText, Msg, Series, Text, counted, msg
from kiosk.views.choose import ChooseView
from kiosk.views.model import View
from kiosk.views.parts import Action, Fact, Option, QrCode, Tone
from kiosk.views.signing import SignView
from kiosk.views.told import MessageView, ReviewView, WaitView
from screens.sample_parts import DAYS, FOOD, HYGIENE, RESTAURANT, SIGNATURE, TRADER, local

LEASE = local("经营场所使用证明", "經營場所使用證明", "Proof that you may use the premises")
PLAN = local(
    "经营场所平面图、设备布局和操作流程图",
    "經營場所平面圖、設備佈局和操作流程圖",
    "Floor plan with equipment and workflow",
)
LICENCE = local("营业执照", "營業執照", "Business licence")
LETTER = local("授权委托书", "授權委託書", "Letter of authority")
NUMBER = Action(Pressed("ticket"), msg("Take a number instead"), "ticket-confirmation")
FINISH = Action(Pressed("finish"), msg("Finish and clear my data"), "check")
RATE = Action(Pressed("rate"), msg("Rate our service"), "star-outline", main=True)
TO_HUB = Action(Pressed("hub"), msg("Go on with it now"), "arrow-left")
AT_WINDOW = Fact(msg("at the window"), msg("how the result comes"), "truck-delivery-outline")
LATER = msg("You can see how it stands at any terminal, with the same card.")
CASE = QrCode("https://hall.example.org/c/8Kq2vN4mWc7RtZ8Kq2vN4mWc7RtZ", msg("Follow your application on your phone"))


def _part(key: str, item: LocalText, whom: Msg | LocalText, chosen: bool) -> Option:
    state = msg("Chosen") if chosen else msg("Not chosen")
    icon = "checkbox-marked-outline" if chosen else "checkbox-blank-outline"
    return Option(key, item, msg("{state} · {whom}", state=state, whom=whom), icon)


def hub(*, complete: bool) -> ChooseView:
    """Half done, or ready to be signed."""
    missing, done = "circle-outline", "check-circle"
    plan = (
        (counted("handed in, {n} page", "handed in, {n} pages", 3), done)
        if complete
        else (msg("still missing"), missing)
    )
    sign = Action(Pressed("review"), msg("Look once more and sign"), "draw", main=True)
    paper = Action(Pressed("next"), msg("Hand in the next paper"), "file-plus-outline", main=True)
    return ChooseView(
        msg("Your application"),
        (
            Option("questions", msg("Questions"), msg("answered"), done),
            Option("details", msg("Your details"), msg("complete"), done),
            Option("lease", LEASE, counted("handed in, {n} page", "handed in, {n} pages", 2), done),
            Option("plan", PLAN, *plan),
            Option("licence", LICENCE, msg("already on file"), "archive-check-outline"),
            Option("letter", LETTER, msg("only if it applies"), missing),
            Option(
                "delivery",
                msg("How the result comes"),
                msg("by post (free)") if complete else msg("still to choose"),
                done if complete else missing,
            ),
        ),
        explain=RESTAURANT,
        actions=(Action(Pressed("notice"), msg("Keep it for later"), "clock-outline"), sign if complete else paper),
        note=msg("What is new since you last kept it goes when you leave, unless you keep it again.")
        if complete
        else msg("If you leave now, nothing of this is kept. To go on another day, choose Keep it for later."),
    )


def _ended(
    tone: Tone, title: Text, meaning: Text, icon: str, *steps: Text, number: bool = True, days: bool = False
) -> View:
    decided = (Fact(DAYS, msg("until it is decided"), "clock-outline"),) if days else ()
    return MessageView(
        tone,
        title,
        meaning,
        icon,
        big="20261124 00012 3" if number else "",
        big_note=msg("Your case number") if number else "",
        facts=(*decided, AT_WINDOW),
        steps=steps,
        qr=CASE if number else None,
        actions=(Action(Pressed("print"), msg("Print it again"), "printer-outline"), FINISH, RATE),
    )


TAKE = msg("Please take your paper below the screen.")
APPLY_SAMPLES: Mapping[str, View] = {
    "choose-question": ChooseView(
        local("您有固定的经营场所吗？", "您有固定的經營場所嗎？", "Do you have fixed premises?"),
        (
            Option(
                "has", local("有，已租好或自己的", "有，已租好或自己的", "Yes, rented or my own"), icon="circle-outline"
            ),
            Option("soon", local("还没有", "還沒有", "Not yet"), icon="circle-outline"),
        ),
        explain=local("流动摆摊请选“还没有”。", "流動擺攤請選「還沒有」。", "For a moving stall choose: not yet."),
    ),
    "choose-package": ChooseView(
        RESTAURANT,
        (
            _part("trader", TRADER, msg("applies to everybody"), True),
            _part("food", FOOD, msg("applies to everybody"), True),
            _part(
                "hygiene",
                HYGIENE,
                local("也提供住宿、理发的", "也提供住宿、理髮的", "if it also offers lodging"),
                False,
            ),
        ),
        explain=msg("Touch what applies to you. Each answer and each paper is needed once for all."),
        actions=(Action(Pressed("next"), msg("Go on with these"), "arrow-right", main=True),),
    ),
    "choose-hub": hub(complete=False),
    "choose-hub-complete": hub(complete=True),
    "wait-app-code": WaitView(
        msg("Hold the code of the app before the scanner"),
        msg("Open the citizens' app and choose your identity code. It is good for one minute."),
        "qrcode-scan",
        actions=(
            Action(Pressed("card"), msg("Use a card"), "card-account-details-outline"),
            Action(Pressed("not_now"), msg("Not now"), "arrow-left"),
        ),
    ),
    "message-card-expired": MessageView(
        Tone.TROUBLE,
        msg("Your card has expired"),
        msg("It was valid until {date}. Applying needs a valid one.", date=date(2026, 11, 23)),
        "calendar-alert",
        steps=(
            msg("Renew it where it was issued. For resident ID cards that is any police station."),
            msg("If it is renewed already, use the new card."),
            msg("Or take a number: the window can help you meanwhile."),
        ),
        actions=(
            Action(Pressed("again"), msg("Use another card"), "card-account-details-outline", main=True),
            NUMBER,
            Action(Pressed("not_now"), msg("Not now"), "arrow-left"),
        ),
    ),
    "message-not-eligible": MessageView(
        Tone.NOTE,
        msg("This is not right for you: {items}", items=Series((HYGIENE,))),
        local(
            "只做外卖的不用办这个证。",
            "只做外賣的不用辦這個證。",
            "Who only sells takeaway does not need this licence.",
        ),
        "sign-direction",
        actions=(
            Action(Pressed("without"), msg("Go on without it"), "arrow-right", main=True),
            Action(Pressed("guide"), msg("Read the guide"), "book-open-page-variant-outline"),
            Action(Pressed("choose"), msg("Choose something else"), "format-list-bulleted"),
            NUMBER,
        ),
    ),
    "review-missing": ReviewView(
        msg("What is still missing"),
        (
            (
                msg("To answer here"),
                Series((local("联系电话", "聯絡電話", "Telephone"), local("店名", "店名", "Name of the shop"))),
            ),
            (LEASE, msg("{kind} × {n}, {form}", kind=msg("original and copy"), n=1, form=msg("on paper"))),
            (PLAN, msg("{kind} × {n}, {form}", kind=msg("original"), n=1, form=msg("on paper or electronic"))),
        ),
        (Action(Confirmed(), msg("Keep it for 30 days"), "content-save-outline", main=True), TO_HUB),
        explain=msg("This is everything. Nothing else is asked for when you hand it in."),
        icon="clipboard-list-outline",
    ),
    "review-application": ReviewView(
        msg("Is everything right?"),
        (
            (msg("Application"), RESTAURANT),
            (msg("With these items"), Series((TRADER, FOOD))),
            (msg("Name"), "欧***"),
            (msg("Card number"), msg("ending in {last}", last="0027")),
            (local("店名", "店名", "Name of the shop"), "䶮记𠮷祥小馆"),
            (
                LEASE,
                msg("{state} · for all of them", state=counted("handed in, {n} page", "handed in, {n} pages", 2)),
            ),
            (PLAN, msg("{state} · for: {items}", state=msg("already on file"), items=Series((FOOD,)))),
            (msg("How the result comes"), msg("by post (free)")),
            (RECIPIENT.label, "欧阳示范"),
            (ADDRESS.label, "广东省广州市番禺区小谷围街道示范路1号"),
            (PHONE.label, "13800000000"),
        ),
        (
            Action(Pressed("hub"), msg("Change something"), "pencil-outline"),
            Action(Pressed("sign"), msg("Go on and sign"), "draw", main=True),
        ),
        explain=msg("Nothing is handed in before you have signed."),
        icon="clipboard-check-outline",
    ),
    "sign-application": SignView(
        msg("Please sign"),
        STATEMENT,
        (
            Action(Pressed("unsigned"), msg("Go on without signing"), "hand-back-right-off-outline"),
            Action(Confirmed(), msg("Sign and hand it in"), "send-check-outline", main=True),
        ),
        SIGNATURE,
        explain=msg("Please read this before you sign."),
    ),
    "review-consent": ReviewView(
        msg("Hand it in without a signature"),
        ((msg("You declare"), STATEMENT),),
        (
            Action(Pressed("sign"), msg("Sign by hand"), "draw"),
            Action(Confirmed(), msg("Hand it in now"), "send-check-outline", main=True),
        ),
        explain=msg("Who cannot sign by hand agrees by this button. It counts the same."),
        icon="hand-back-right-off-outline",
    ),
    "message-kept-here": _ended(
        Tone.NOTE,
        msg("Kept here, not yet sent"),
        msg("It is safe in this terminal and is sent by itself. Nobody has it yet, and no time limit runs."),
        "tray-arrow-up",
        TAKE,
        msg("You need not wait here, and need not do it again."),
        LATER,
        number=False,
    ),
    "message-received": _ended(
        Tone.DONE,
        msg("Received by the hall's system"),
        msg("You have handed it in. The authority now looks whether it is complete."),
        "inbox-arrow-down-outline",
        TAKE,
        msg("If something is missing, you are told all of it within 5 working days."),
        msg("If not, it counts as accepted from {date}.", date=date(2026, 11, 24)),
    ),
    "message-accepted": _ended(
        Tone.DONE,
        msg("Accepted by the authority"),
        msg("The authority has taken it on. Its time limit runs from now."),
        "check-decagram-outline",
        TAKE,
        LATER,
        days=True,
    ),
    "message-set-aside": MessageView(
        Tone.TROUBLE,
        msg("It is kept here, but could not be handed in"),
        msg("The hall's system did not take it. Our staff have to look at it."),
        "account-alert-outline",
        steps=(
            msg("Your paper is no longer true. It does not count as handed in."),
            msg("You need not do it again. Ask at the front desk, or call {phone}.", phone="020-0000 0000"),
            msg("Or take a number: the window can take your papers at once."),
        ),
        actions=(
            Action(Pressed("ticket"), msg("Take a number instead"), "ticket-confirmation", main=True),
            Action(Pressed("rate"), msg("Rate our service"), "star-outline"),
            FINISH,
        ),
    ),
    "message-draft-kept": MessageView(
        Tone.DONE,
        msg("It is kept for you until {date}", date=date(2026, 12, 24)),
        msg("Go on at any terminal, with the same card as today."),
        "content-save-check-outline",
        big="K7MP 4XRW",
        big_note=TAKE,
        facts=(Fact(RESTAURANT, msg("what you have begun"), "file-clock-outline"),),
        qr=QrCode("K7MP4XRW", msg("Hold this before the scanner of any terminal, with your card at hand.")),
        actions=(TO_HUB, Action(Pressed("finish"), msg("Finish and clear my data"), "check", main=True)),
    ),
}
"""Name -> view."""
