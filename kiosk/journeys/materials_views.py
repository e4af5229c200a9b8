"""What handing in a material shows: the ways, what to do, the pages, and what is wrong with the way around it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from kiosk.availability.materials import Way, ways
from kiosk.cases.model import HandingIn, PhonePage
from kiosk.contract.files import MOST_PAGES
from kiosk.errors import REMEDIES
from kiosk.events.touches import Pressed
from kiosk.journeys.materials_pages import in_hand, room
from kiosk.journeys.model import Answers
from kiosk.page_hints import hint
from kiosk.texts import Msg, Text, counted, msg
from kiosk.views.choose import ChooseView
from kiosk.views.model import View
from kiosk.views.pages import CameraView, PagesView, PictureView, Thumbnail
from kiosk.views.parts import Action, Fact, Option, QrCode, Tone
from kiosk.views.told import MessageView, ReviewView, WaitView
from kiosk.world import World


@dataclass(frozen=True)
class Shown:
    """A way as it is offered: its name, what it is good for, its icon."""

    title: Msg
    good_for: Msg
    icon: str


WAYS: Mapping[Way, Shown] = {
    Way.GLASS: Shown(msg("Scan on the glass"), msg("For cards, certificates, booklets and single pages."), "scanner"),
    Way.FEEDER: Shown(
        msg("Scan a stack of pages"),
        msg("For several loose pages. They are drawn in by themselves."),
        "tray-arrow-down",
    ),
    Way.CAMERA: Shown(
        msg("Take a picture with the camera"), msg("For what is large, thick or stuck together."), "camera-outline"
    ),
    Way.PHONE: Shown(
        msg("Send it from your phone"),
        msg("For pictures and PDF files that are on your phone."),
        "cellphone-arrow-down",
    ),
}
"""What is offered where it works, in this order."""

PAGES = Action(Pressed("pages"), msg("See all pages"), "file-multiple-outline")
OTHER = Action(Pressed("other"), msg("Choose another way"), "swap-horizontal")
AGAIN = Action(Pressed("again"), msg("Try again"), "refresh", main=True)
KEEP = Action(Pressed("keep"), msg("Keep this page"), "arrow-left")
DONE = Action(Pressed("done"), msg("Go on with these pages"), "check", main=True)
TURN = Action(Pressed("turn"), msg("Turn it"), "rotate-right")
FRONT_DESK = msg("Or hand the paper in at a window.")


def choose(answers: Answers, world: World) -> View:
    """The ways that work now; the title names the material."""
    handing = in_hand(answers)
    usable_now = ways(world)
    return ChooseView(
        msg("Take page {n} again: how?", n=handing.at + 1) if handing.again else handing.title,
        tuple(Option(way.value, WAYS[way].title, WAYS[way].good_for, WAYS[way].icon) for way in usable_now),
        explain=msg("The page you have stays until the new one is there.") if handing.again else handing.explain,
        empty=msg("Pages cannot be handed in here at the moment. Please hand them in at a window."),
        actions=_to_pages(handing),
    )


def _to_pages(handing: HandingIn) -> tuple[Action, ...]:
    """What there is already."""
    return (PAGES,) if handing.sheets else ()


def _so_far(handing: HandingIn) -> tuple[Fact, ...]:
    """Pages that are there are said to be there."""
    count = len(handing.sheets)
    kept = counted("{n} page is here", "{n} pages are here", count)
    return (Fact(kept, msg("nothing of it is lost"), "file-check-outline"),) if count else ()


def full(_answers: Answers, _world: World) -> View:
    """No more fits."""
    return MessageView(
        Tone.NOTE,
        msg("{n} pages are the most for one material", n=MOST_PAGES),
        msg("These pages are here. What came after them is not kept. You can hand in the rest at a window."),
        "file-alert-outline",
        actions=(replace(PAGES, main=True),),
    )


# --- scanner -------------------------------------------------------------------------------------------------

TO_DO: Mapping[Way, tuple[Msg, Msg]] = {
    Way.GLASS: (
        msg("Lay the page on the glass, with the print facing down"),
        msg("Close the lid. Then touch the button below."),
    ),
    Way.FEEDER: (
        msg("Put the pages into the feeder, with the print facing up"),
        msg("Take clips and staples out first. Then touch the button below."),
    ),
}
"""What to do before the scanner starts, as one sentence and one more."""


def scan(answers: Answers, _world: World) -> View:
    """What to do with the paper."""
    handing = in_hand(answers)
    way = handing.way or Way.GLASS
    title, then = TO_DO[way]
    start = Action(Pressed("scan"), msg("Scan now"), "scanner", main=True)
    return MessageView(
        Tone.PLAIN, title, then, WAYS[way].icon, facts=_so_far(handing), actions=(*_to_pages(handing), OTHER, start)
    )


def scanning(answers: Answers, _world: World) -> View:
    """The pages as they come."""
    handing = in_hand(answers)
    stop = Action(Pressed("stop"), msg("Stop scanning"), "stop-circle-outline")
    if not handing.came:
        return WaitView(
            msg("Scanning the page"), msg("Please leave everything where it is."), "scanner", 10, actions=(stop,)
        )
    note = counted("{n} page so far. More are coming.", "{n} pages so far. More are coming.", handing.came)
    return _pages(handing, note, (), (stop,))


def feeder_empty(answers: Answers, _world: World) -> View:
    """Nothing lay in the feeder."""
    handing = in_hand(answers)
    return MessageView(
        Tone.TROUBLE,
        msg("There is no paper in the scanner"),
        msg("Push the pages in until they stop. Then try again."),
        "tray-alert",
        facts=_so_far(handing),
        actions=_ways_on(handing),
    )


def _ways_on(handing: HandingIn) -> tuple[Action, ...]:
    return (*_to_pages(handing), OTHER, AGAIN)


def _trouble(handing: HandingIn, world: World, title: Msg, why: Text, icon: str) -> View:
    """What is wrong, that the pages stay, and what else works here now."""
    others = tuple(msg("Or: {way}", way=WAYS[way].title) for way in ways(world) if way is not handing.way)
    steps = (msg("Try it once more."), *others, FRONT_DESK)
    return MessageView(Tone.TROUBLE, title, why, icon, facts=_so_far(handing), steps=steps, actions=_ways_on(handing))


def scan_trouble(answers: Answers, world: World) -> View:
    """The scanner stopped; the page it was at is not there."""
    handing = in_hand(answers)
    return _trouble(handing, world, msg("The page was not scanned"), REMEDIES[handing.fault].resident, "printer-alert")


# --- camera and telephone ------------------------------------------------------------------------------------


def camera(answers: Answers, _world: World) -> View:
    """The live picture."""
    handing = in_hand(answers)
    take = Action(Pressed("take"), msg("Take the picture"), "camera", main=True)
    return CameraView(
        msg("Lay the page under the camera"), actions=(*_to_pages(handing), OTHER, take), corners=handing.corners
    )


def camera_lost(answers: Answers, world: World) -> View:
    """The camera went away."""
    handing = in_hand(answers)
    why = REMEDIES[handing.fault].resident
    return _trouble(handing, world, msg("The camera does not work now"), why, "camera-off-outline")


def phone(answers: Answers, _world: World) -> View:
    """The code for the telephone; what came is counted at once."""
    handing = in_hand(answers)
    if handing.phone is None:
        return WaitView(
            msg("Opening a page for your phone"), msg("This takes a moment."), "cellphone", 2, actions=(OTHER,)
        )
    end = replace(PAGES, label=msg("Look at the pages"), main=True)
    return MessageView(
        Tone.NOTE if handing.phone.bad_file else Tone.PLAIN,
        msg("One file cannot be shown") if handing.phone.bad_file else msg("Scan this code with your phone"),
        msg("Please take a photograph of that paper instead.") if handing.phone.bad_file else "",
        "cellphone-arrow-down",
        facts=(_came(handing.phone),),
        steps=(
            msg("Hold your phone's camera or WeChat over the code."),
            msg("Take photographs of the pages, or choose files, on your phone."),
            msg("They appear here by themselves."),
        ),
        qr=QrCode(handing.phone.url, msg("Opens a page on your phone for this paper only")),
        actions=(OTHER, end) if handing.sheets else (OTHER,),
    )


def _came(phone: PhonePage) -> Fact:
    if phone.came:
        return Fact(counted("{n} page came", "{n} pages came", phone.came), msg("from your phone"), "check-circle")
    if phone.joined:
        return Fact(msg("Your phone is connected"), msg("waiting for the first page"), "cellphone-check")
    return Fact(msg("Waiting for your phone"), "", "cellphone")


def phone_ended(answers: Answers, world: World) -> View:
    """Its time is over."""
    why = msg("The page on your phone takes nothing any more. You can open a new one.")
    return _trouble(in_hand(answers), world, msg("The time for your phone is over"), why, "cellphone-off")


def phone_away(answers: Answers, world: World) -> View:
    """The centre does not answer."""
    why = msg("There is no connection to the hall's system. Your phone cannot send anything now.")
    return _trouble(in_hand(answers), world, msg("Your phone cannot be connected now"), why, "lan-disconnect")


# --- looking -------------------------------------------------------------------------------------------------


def look(answers: Answers, _world: World) -> View:
    """One page, as large as there is room."""
    handing = in_hand(answers)
    sheet = handing.sheets[handing.at]
    concern = hint(sheet.page.concerns)
    again = Action(Pressed("again"), msg("Take it again"), "camera-retake-outline", main=concern is not None)
    more = Action(Pressed("more"), msg("Add a page"), "file-plus-outline")
    return PictureView(
        msg("Page {n} of {of}. Can you read everything?", n=handing.at + 1, of=len(handing.sheets)),
        sheet.page.jpeg,
        concern=concern,
        turned=sheet.turned,
        actions=(TURN, again, more, PAGES, replace(DONE, main=concern is None)),
    )


def pages(answers: Answers, _world: World) -> View:
    """All pages in their order."""
    handing = in_hand(answers)
    note = counted("{n} page. Is it complete?", "{n} pages. Are they complete and in order?", len(handing.sheets))
    full_now = not room(replace(handing, again=False))
    add = Action(
        Pressed("add"),
        msg("Add a page"),
        "file-plus-outline",
        available=not full_now,
        reason=msg("{n} pages are the most for one material", n=MOST_PAGES) if full_now else "",
    )
    return _pages(handing, note, _tools(handing), (add, DONE))


def _pages(handing: HandingIn, note: Text, tools: tuple[Action, ...], actions: tuple[Action, ...]) -> PagesView:
    thumbnails = tuple(Thumbnail(sheet.page.jpeg, sheet.turned, hint(sheet.page.concerns)) for sheet in handing.sheets)
    return PagesView(handing.title, thumbnails, handing.at, note, tools, actions)


def _tools(handing: HandingIn) -> tuple[Action, ...]:
    """What can be done with the page that is chosen."""
    earlier = Action(Pressed("earlier"), msg("Move earlier"), "arrow-left-bold")
    later = Action(Pressed("later"), msg("Move later"), "arrow-right-bold")
    return (
        Action(Pressed("look"), msg("Look at it"), "magnify-plus-outline"),
        TURN,
        Action(Pressed("again"), msg("Take it again"), "camera-retake-outline"),
        Action(Pressed("remove"), msg("Take it out"), "delete-outline"),
        *((earlier,) if handing.at > 0 else ()),
        *((later,) if handing.at < len(handing.sheets) - 1 else ()),
    )


def _ask(title: Callable[[int], Msg], explain: Msg, action: Action, icon: str) -> Callable[[Answers, World], View]:
    def view(answers: Answers, _world: World) -> View:
        handing = in_hand(answers)
        row = (msg("Page"), msg("{n} of {of}", n=handing.at + 1, of=len(handing.sheets)))
        return ReviewView(title(handing.at + 1), (row,), (KEEP, action), explain=explain, icon=icon)

    return view


again = _ask(
    lambda n: msg("Take page {n} again?", n=n),
    msg("The page you have stays until the new one is there. Then the new one takes its place."),
    Action(Pressed("replace"), msg("Take it again"), "camera-retake-outline", main=True),
    "camera-retake-outline",
)
remove = _ask(
    lambda n: msg("Take page {n} out?", n=n),
    msg("This page is then not handed in. The other pages stay."),
    Action(Pressed("remove"), msg("Take it out"), "delete-outline", main=True),
    "delete-outline",
)
