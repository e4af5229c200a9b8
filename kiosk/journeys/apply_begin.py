"""How an application begins: choose an item or a package, which items of it apply, and the plain questions of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk import availability
from kiosk.cases.model import CaseInHand
from kiosk.events.touches import Chosen, Pressed, Typed
from kiosk.journeys import guide
from kiosk.journeys.apply_handover import CHOOSE_OTHER, READ_GUIDE, TAKE_NUMBER
from kiosk.journeys.apply_identify import to_identify
from kiosk.journeys.apply_model import ApplyAnswers, next_question, replies, titles
from kiosk.journeys.apply_parts import HUB, prefilled
from kiosk.journeys.guide import GuideAnswers
from kiosk.journeys.model import Aim, Goto
from kiosk.texts import Series, Text, msg
from kiosk.views.choose import ChooseView
from kiosk.views.parts import Action, Option, Tone
from kiosk.views.told import MessageView

if TYPE_CHECKING:
    from kiosk.catalogue.model import Package, PackageItem
    from kiosk.views.model import View
    from kiosk.world import World

RESUME = "resume"


# --- choose ---------------------------------------------------------------------------------------------------


def begin(answers: ApplyAnswers, world: World) -> View:
    """What can be applied for, in the guides' order, and the way back to what was begun."""
    view = guide.browse(answers.looking, world)
    return replace(
        view,
        title=msg("What would you like to apply for?"),
        options=(_resume(world), *_marked(view.options, world)),
    )


def _resume(world: World) -> Option:
    return Option(
        RESUME,
        msg("Go on with an application"),
        msg("With your card, or the code on your notice"),
        "folder-open-outline",
        world.centre_reachable,
        "" if world.centre_reachable else msg("No connection to the hall's system now."),
    )


def shelf(answers: ApplyAnswers, world: World) -> View:
    """The items of a shelf."""
    view = guide.shelf(answers.looking, world)
    return replace(view, options=_marked(view.options, world))


def search(answers: ApplyAnswers, world: World) -> View:
    """Results as one types."""
    view = guide.search(answers.looking, world)
    return replace(view, title=msg("Find what to apply for"), options=_marked(view.options, world))


def _marked(options: Iterable[Option], world: World) -> tuple[Option, ...]:
    """Items and packages that cannot be applied for here now say so; shelves stay as they are."""
    return tuple(_mark(option, world) for option in options)


def _mark(option: Option, world: World) -> Option:
    name = option.key.removeprefix("package:")
    if name in world.catalogue.packages_by_id:
        can = availability.package(world, world.catalogue.packages_by_id[name])
    elif name in world.catalogue.by_id:
        can = availability.item(world, world.catalogue.by_id[name])
    else:
        return option
    return option if can.available else replace(option, available=False, reason=can.note)


def tab_or_search(answers: ApplyAnswers, event: Pressed, _world: World) -> Goto:
    """Switch the tab, or go to the search."""
    if event.name == "search":
        return Goto("search", replace(answers, looking=replace(answers.looking, text="")))
    return Goto("begin", replace(answers, looking=replace(answers.looking, tab=event.name)))


def open_shelf(answers: ApplyAnswers, event: Chosen, world: World) -> Aim:
    """What was begun, a shelf, or a package."""
    if event.key == RESUME:
        return RESUME
    if answers.looking.tab == "by_package":
        return start_package(event.key, world, answers.looking)
    return Goto("shelf", replace(answers, looking=replace(answers.looking, shelf=event.key)))


def typed(answers: ApplyAnswers, event: Typed, _world: World) -> Goto:
    """What stands in the field."""
    return Goto("search", replace(answers, looking=replace(answers.looking, text=event.text[:60])))


def open_item(answers: ApplyAnswers, event: Chosen, world: World) -> Aim:
    """An item, or a package among the results."""
    kind, _, name = event.key.partition(":")
    if kind == "package":
        return start_package(name, world, answers.looking)
    return start_item(event.key, world, answers.looking)


def start_item(item: str, world: World, looking: GuideAnswers | None = None) -> Goto:
    """Into the journey with an item chosen, from anywhere."""
    case = CaseInHand(target=item, items=(item,))
    return _from_anywhere(onward(ApplyAnswers(looking or GuideAnswers(), case=case), world))


def start_package(package: str, world: World, looking: GuideAnswers | None = None) -> Goto:
    """Into the journey with a package chosen, from anywhere: everything that applies to all is chosen."""
    parts = world.catalogue.packages_by_id[package].items
    chosen = tuple(part.item for part in parts if part.when is None and _can(part, world))
    case = CaseInHand(target=package, items=chosen)
    return Goto("apply.package", ApplyAnswers(looking or GuideAnswers(), case=case))


def _from_anywhere(goto: Goto) -> Goto:
    return replace(goto, step=f"apply.{goto.step}")


# --- which items of a package ------------------------------------------------------------------------------------


def package(answers: ApplyAnswers, world: World) -> View:
    """The items of a package, those chosen marked."""
    this = world.catalogue.packages_by_id[answers.case.target]
    chosen = answers.case.items
    return ChooseView(
        this.title,
        tuple(_part(part, part.item in chosen, world) for part in this.items),
        explain=msg("Touch what applies to you. Each answer and each paper is needed once for all."),
        actions=(
            Action(
                Pressed("next"),
                msg("Go on with these"),
                "arrow-right",
                main=True,
                available=bool(chosen),
                reason="" if chosen else msg("Please choose at least one."),
            ),
        ),
    )


def _part(part: PackageItem, chosen: bool, world: World) -> Option:
    item = world.catalogue.by_id[part.item]
    can = availability.item(world, item)
    state = msg("Chosen") if chosen else msg("Not chosen")
    whom: Text = part.when or msg("applies to everybody")
    icon = "checkbox-marked-outline" if chosen else "checkbox-blank-outline"
    detail = msg("{state} · {whom}", state=state, whom=whom)
    return Option(item.id, item.title, detail, icon, can.available, "" if can.available else can.note)


def _can(part: PackageItem, world: World) -> bool:
    return availability.item(world, world.catalogue.by_id[part.item]).available


def toggle(answers: ApplyAnswers, event: Chosen, world: World) -> Goto:
    """In or out; the items stay in the package's order."""
    this: Package = world.catalogue.packages_by_id[answers.case.target]
    chosen = {*answers.case.items} ^ {event.key}
    items = tuple(part.item for part in this.items if part.item in chosen)
    return Goto("package", replace(answers, case=replace(answers.case, items=items)))


def package_chosen(answers: ApplyAnswers, _event: Pressed, world: World) -> Aim:
    """On to the questions, with at least one item."""
    return onward(answers, world) if answers.case.items else "package"


# --- the questions -------------------------------------------------------------------------------------------------


def onward(answers: ApplyAnswers, world: World) -> Goto:
    """The next question; after the last one to the identification, or back to the hub for somebody who is known."""
    case = answers.case
    if next_question(case, world.catalogue):
        # Two steps in turn, so that Back leads to the question before.
        return Goto("question_even" if len(case.eligible) % 2 else "question", answers)
    if case.identity:
        return Goto(HUB, replace(answers, case=prefilled(case, world)))
    return to_identify(answers, world)


def question(answers: ApplyAnswers, world: World) -> View:
    """A plain question with its replies."""
    asked = next_question(answers.case, world.catalogue)
    if asked is None:
        raise ValueError("there is no question left")
    options = tuple(Option(reply.id, reply.label, icon="circle-outline") for reply in asked.replies)
    return ChooseView(asked.text, options, explain=asked.explain or "")


def answered(answers: ApplyAnswers, event: Chosen, world: World) -> Goto:
    """Remember the reply, and what it means for each item that asks; whoever is not eligible is told what to do."""
    case = answers.case
    asked = next_question(case, world.catalogue)
    meant = replies(case, asked.id, event.key, world.catalogue) if asked else {}
    if asked is None or not meant:
        raise ValueError("a reply that no question has")
    variants = {item: reply.variant for item, reply in meant.items() if reply.variant}
    case = replace(case, eligible={**case.eligible, asked.id: event.key}, variants={**case.variants, **variants})
    out = tuple(item for item, reply in meant.items() if reply.leads == "out")
    if not out:
        return onward(replace(answers, case=case), world)
    return Goto("out", replace(answers, case=case, out=out, advice=meant[out[0]].advice or ""))


def out(answers: ApplyAnswers, world: World) -> View:
    """Not the right thing for this person: what is, and where they are helped."""
    rest = _rest(answers)
    onward_ = Action(Pressed("without"), msg("Go on without it"), "arrow-right", main=True)
    number = TAKE_NUMBER if rest else replace(TAKE_NUMBER, main=True)
    names = Series(titles(answers.out, world.catalogue))
    return MessageView(
        Tone.NOTE,
        msg("This is not right for you: {items}", items=names),
        answers.advice,
        "sign-direction",
        actions=(*((onward_,) if rest else ()), READ_GUIDE, CHOOSE_OTHER, number),
    )


def _rest(answers: ApplyAnswers) -> tuple[str, ...]:
    return tuple(item for item in answers.case.items if item not in answers.out)


def without(answers: ApplyAnswers, _event: Pressed, world: World) -> Goto:
    """The other items of the package."""
    rest = _rest(answers)
    variants = {item: variant for item, variant in answers.case.variants.items() if item in rest}
    case = replace(answers.case, items=rest, variants=variants)
    return onward(replace(answers, case=case, out=(), advice=""), world)
