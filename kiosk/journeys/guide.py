"""Find a guide, read it, take it along: browse by group, by whom it serves, by package; search; QR, slip, A4."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from kiosk import availability
from kiosk.catalogue.kinds import Serves
from kiosk.effects.prints import PrinterName, PrintGuide
from kiosk.errors import REMEDIES, Fault
from kiosk.events.prints import PrintedOut, PrintFailed, PrintSent
from kiosk.events.touches import Chosen, Pressed, Typed
from kiosk.journeys.common import ANOTHER, ANYWHERE, FINISH, press, wait
from kiosk.journeys.guide_onward import apply_for_package, onward_actions, to_apply, to_apply_for_package, to_ticket
from kiosk.journeys.guide_page import guide_page
from kiosk.journeys.model import Goto, Journey, Step, Target
from kiosk.texts import Msg, Text, counted, msg
from kiosk.views.choose import ChooseView, SearchView
from kiosk.views.guides import GuideView
from kiosk.views.model import View
from kiosk.views.parts import Action, Option, QrCode, Tone
from kiosk.views.told import MessageView
from kiosk.world import World

SERVES: dict[Serves, tuple[Msg, Msg, str]] = {
    Serves.NATURAL_PERSON: (msg("Individuals"), msg("You, as a private person"), "account-outline"),
    Serves.SOLE_TRADER: (
        msg("Sole traders"),
        msg("A shop or trade in your own name (个体工商户)"),
        "storefront-outline",
    ),
    Serves.LEGAL_PERSON: (msg("Companies and organisations"), msg("A company, a cooperative, a branch"), "domain"),
}
TABS = (
    Option("by_group", msg("By kind"), icon="shape-outline"),
    Option("by_serves", msg("For whom"), icon="account-group-outline"),
    Option("by_package", msg("By goal"), icon="flag-outline"),
)
EXAMPLES = (msg("restaurant"), msg("hairdresser"), msg("food stall"), msg("business licence"), "kfd")
SAMPLE = msg("Sample data: the hall has not published its own list yet.")
RESULTS = 30


@dataclass(frozen=True)
class GuideAnswers:
    """What is being looked at. Nothing personal."""

    tab: str = "by_group"
    shelf: str = ""
    package: str = ""
    item: str = ""
    text: str = ""
    printer: PrinterName = PrinterName.TICKET
    fault: Fault = Fault.HARDWARE


# --- browse --------------------------------------------------------------------------------------------------


def browse(answers: GuideAnswers, world: World) -> ChooseView:
    """The shelves of the chosen tab."""
    shelves = {"by_group": _groups, "by_serves": _audiences, "by_package": _packages}[answers.tab](world)
    return ChooseView(
        msg("Service guides"),
        shelves,
        tabs=TABS,
        tab=answers.tab,
        actions=(Action(Pressed("search"), msg("Search"), "magnify"),),
        note=_sample(world),
    )


def _groups(world: World) -> tuple[Option, ...]:
    return tuple(
        Option(group.id, group.title, _count(len(world.catalogue.in_group(group.id))), group.icon)
        for group in world.catalogue.groups
    )


def _audiences(world: World) -> tuple[Option, ...]:
    return tuple(
        Option(serves.value, title, detail, icon)
        for serves, (title, detail, icon) in SERVES.items()
        if any(serves in item.serves for item in world.catalogue.items)
    )


def _packages(world: World) -> tuple[Option, ...]:
    return tuple(
        Option(package.id, package.title, package.summary, package.icon) for package in world.catalogue.packages
    )


def _count(n: int) -> Msg:
    return counted("{n} item", "{n} items", n)


def _sample(world: World) -> Text:
    return SAMPLE if world.catalogue.sample else ""


def tab_or_search(answers: GuideAnswers, event: Pressed, _world: World) -> Goto:
    """Switch the tab, or go to the search."""
    if event.name == "search":
        return Goto("search", replace(answers, text=""))
    return Goto("browse", replace(answers, tab=event.name))


def open_shelf(answers: GuideAnswers, event: Chosen, _world: World) -> Goto:
    """A shelf, or a package's own page."""
    if answers.tab == "by_package":
        return Goto("package", replace(answers, package=event.key))
    return Goto("shelf", replace(answers, shelf=event.key))


def shelf(answers: GuideAnswers, world: World) -> ChooseView:
    """The items of a shelf."""
    items = world.catalogue.items
    if answers.tab == "by_serves":
        title: Text = SERVES[Serves(answers.shelf)][0]
        listed = tuple(item.id for item in items if answers.shelf in item.serves)
    else:
        title = next(group.title for group in world.catalogue.groups if group.id == answers.shelf)
        listed = tuple(item.id for item in items if item.group == answers.shelf)
    all_of_them, each = _limits(listed, world)
    options = tuple(item_option(item_id, world, each) for item_id in listed)
    return ChooseView(title, options, explain=all_of_them, note=_sample(world))


def _limits(listed: Iterable[str], world: World) -> tuple[Text, Mapping[str, Text]]:
    """What does not work now: for all items of a list, or by item."""
    return availability.items_in_short(world, [world.catalogue.by_id[item_id] for item_id in listed])


def item_option(item_id: str, world: World, limits: Mapping[str, Text]) -> Option:
    """A row for an item: its title, the promised days, the fee, and what of it does not work here now."""
    item = world.catalogue.by_id[item_id]
    fee = msg("free of charge") if item.fee.yuan == 0 else msg("fee {yuan} yuan", yuan=item.fee.yuan)
    days = counted("promised {n} working day", "promised {n} working days", item.time_limit.promised_days)
    terms = msg("{days} · {fee}", days=days, fee=fee)
    return Option(item.id, item.title, terms, "file-document-outline", reason=limits.get(item.id, ""))


def package(answers: GuideAnswers, world: World) -> View:
    """A package: which items, for whom each, everything to bring once."""
    this = world.catalogue.packages_by_id[answers.package]
    options, limits = [], _by_item((part.item for part in this.items), world)
    for part in this.items:
        option = item_option(part.item, world, limits)
        options.append(replace(option, detail=part.when) if part.when else option)
    actions = (apply_for_package(this, world),)
    return ChooseView(this.title, tuple(options), explain=this.summary, actions=actions, note=_sample(world))


def _by_item(listed: Iterable[str], world: World) -> Mapping[str, Text]:
    """What of each item does not work now, where a list has no line for all of them."""
    every, each = _limits(ids := tuple(listed), world)
    return dict.fromkeys(ids, every) if every else each


# --- search --------------------------------------------------------------------------------------------------


def search(answers: GuideAnswers, world: World) -> SearchView:
    """Results as one types."""
    hits = world.index.search(answers.text, RESULTS) if world.index and answers.text.strip() else ()
    limits = _by_item((hit.id for hit in hits if hit.kind == "item"), world)
    options = tuple(
        item_option(hit.id, world, limits) if hit.kind == "item" else _package_hit(hit.id, world) for hit in hits
    )
    return SearchView(
        msg("Find a guide"),
        msg("Chinese characters, pinyin or its initials"),
        answers.text,
        _found(answers.text, len(options)),
        options,
        EXAMPLES,
    )


def _package_hit(package_id: str, world: World) -> Option:
    this = world.catalogue.packages_by_id[package_id]
    return Option(f"package:{this.id}", this.title, msg("Package · {summary}", summary=this.summary), this.icon)


def _found(text: str, n: int) -> Text:
    if not text.strip():
        return msg("Try one of these words:")
    return counted("{n} match", "{n} matches", n) if n else msg("Nothing found. Try another word, or fewer letters.")


def typed(answers: GuideAnswers, event: Typed, _world: World) -> Goto:
    """What stands in the field."""
    return Goto("search", replace(answers, text=event.text[:60]))


def open_hit(answers: GuideAnswers, event: Chosen, _world: World) -> Goto:
    """An item or a package among the results."""
    kind, _, name = event.key.partition(":")
    return (
        Goto("package", replace(answers, package=name))
        if kind == "package"
        else Goto("guide", replace(answers, item=event.key))
    )


def open_item(answers: GuideAnswers, event: Chosen, _world: World) -> Goto:
    """The guide of an item."""
    return Goto("guide", replace(answers, item=event.key))


# --- the guide, and taking it along ----------------------------------------------------------------------------


def guide(answers: GuideAnswers, world: World) -> GuideView:
    """The page, with what can be done with it now."""
    slip, a4 = availability.printing(world, "ticket_printer"), availability.printing(world, "a4_printer")
    item = world.catalogue.by_id[answers.item]
    actions = (
        Action(Pressed("qr"), msg("Take along by phone"), "qrcode"),
        Action(
            Pressed("slip"), msg("Print a slip"), "receipt-text-outline", available=slip.available, reason=slip.note
        ),
        Action(Pressed("a4"), msg("Print on A4"), "printer-outline", available=a4.available, reason=a4.note),
        *onward_actions(item, world),
    )
    return guide_page(item, actions, _sample(world), availability.item(world, item).note)


def qr(answers: GuideAnswers, world: World) -> View:
    """The guide's public address as a QR code."""
    item = world.catalogue.by_id[answers.item]
    if not world.station.public_url:
        return MessageView(
            Tone.TROUBLE,
            msg("The guide cannot be sent to a phone now"),
            msg("There is no connection to the hall's system. You can print the guide instead."),
            "qrcode-remove",
            actions=(ANOTHER, FINISH),
        )
    return MessageView(
        Tone.PLAIN,
        msg("Take the guide along"),
        item.title,
        steps=(
            msg("Open the camera or WeChat on your phone."),
            msg("Point it at the code."),
            msg("The guide opens: you can keep it or pass it on."),
        ),
        qr=QrCode(world.guide_url(item.id), msg("Opens this guide on your phone")),
        actions=(ANOTHER, FINISH),
    )


def to_print(printer: PrinterName) -> Target:
    """Remember the printer and print."""
    return lambda answers, _event, _world: Goto("printing", replace(answers, printer=printer))


def printed(_answers: GuideAnswers, _world: World) -> View:
    """The printer confirmed that the paper is out."""
    return MessageView(
        Tone.DONE,
        msg("The guide is printed"),
        msg("Please take your paper."),
        "check-circle",
        actions=(ANOTHER, FINISH),
    )


def sent(_answers: GuideAnswers, _world: World) -> View:
    """The printer took it and cannot tell."""
    return MessageView(
        Tone.NOTE,
        msg("The guide was sent to the printer"),
        msg("Please check that your paper has come out. If not, use the QR code or ask at the front desk."),
        "printer-outline",
        actions=(Action(Pressed("qr"), msg("Take along by phone"), "qrcode"), FINISH),
    )


def remember_fault(answers: GuideAnswers, event: PrintFailed, _world: World) -> Goto:
    """Nothing, or not all, came out."""
    return Goto("not_printed", replace(answers, fault=event.fault))


def not_printed(answers: GuideAnswers, _world: World) -> View:
    """What was wrong, and the ways around it."""
    return MessageView(
        Tone.TROUBLE,
        msg("The guide was not printed"),
        REMEDIES[answers.fault].resident,
        "printer-alert",
        steps=(
            msg("Take the guide along on your phone with the QR code."),
            msg("Or try again."),
            msg("The front desk can print it too."),
        ),
        actions=(
            Action(Pressed("qr"), msg("Take along by phone"), "qrcode", main=True),
            Action(Pressed("again"), msg("Try again"), "refresh"),
            ANOTHER,
        ),
    )


GUIDE = Journey(
    "guide",
    GuideAnswers,
    steps={
        "browse": Step(browse, {Chosen: open_shelf, Pressed: tab_or_search}),
        "shelf": Step(shelf, {Chosen: open_item}),
        "package": Step(package, {Chosen: open_item, Pressed: press(apply=to_apply_for_package)}),
        "search": Step(search, {Typed: typed, Chosen: open_hit}),
        "guide": Step(
            guide,
            {
                Pressed: press(
                    qr="qr",
                    slip=to_print(PrinterName.TICKET),
                    a4=to_print(PrinterName.A4),
                    ticket=to_ticket,
                    apply=to_apply,
                )
            },
            timeout_s=180,
        ),
        "qr": Step(qr, {Pressed: press()}),
        "printing": Step(
            wait(msg("Printing the guide"), msg("The paper comes out below the screen."), "printer-outline", 6),
            {PrintedOut: "printed", PrintSent: "sent", PrintFailed: remember_fault},
            lambda answers: (PrintGuide(answers.item, answers.printer),),
            timeout_s=150,
            passing=True,
            holds=True,
        ),
        "printed": Step(printed, {Pressed: press()}, passing=True),
        "sent": Step(sent, {Pressed: press(qr="qr")}, passing=True),
        "not_printed": Step(not_printed, {Pressed: press(qr="qr", again="printing")}, passing=True),
    },
    anywhere=ANYWHERE,
)
