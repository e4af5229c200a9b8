""" "Your application": every part with how it stands, the next thing to do, and how the result is to come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.cases.delivery import POSTED
from kiosk.cases.model import Wish
from kiosk.catalogue.kinds import FieldKind, ResultDelivery
from kiosk.events.touches import Chosen, Pressed
from kiosk.journeys import apply_parts as parts
from kiosk.journeys.apply_begin import onward
from kiosk.journeys.apply_model import (
    ApplyAnswers,
    is_package,
    post_fields_missing,
    title_of,
    titles,
    ways_to_get_it,
)
from kiosk.journeys.apply_parts import HUB
from kiosk.journeys.common import press
from kiosk.journeys.guide_page import DELIVERY, material_terms
from kiosk.journeys.model import Aim, Goto, Step
from kiosk.texts import Series, Text, counted, msg
from kiosk.views.choose import ChooseView
from kiosk.views.parts import Action, Option, Tone
from kiosk.views.told import MessageView

if TYPE_CHECKING:
    from kiosk.cases.model import CaseInHand
    from kiosk.cases.needs import FieldNeed, MaterialNeed
    from kiosk.catalogue.forms import FormField
    from kiosk.views.model import View
    from kiosk.world import World

DONE, OPEN, FILED = "check-circle", "circle-outline", "archive-check-outline"
MATERIAL = "material:"
NOTICE = Action(Pressed("notice"), msg("Keep it for later"), "clock-outline")
SIGN = Action(Pressed("review"), msg("Look once more and sign"), "draw", main=True)
NUMBER_OF_CARD = "card.number"
ON_CARD = ("card.name", NUMBER_OF_CARD)
"""FormField.known_from: what the review says of the card itself."""
NOT_KEPT = msg("If you leave now, nothing of this is kept. To go on another day, choose Keep it for later.")
KEPT_SINCE = msg("What is new since you last kept it goes when you leave, unless you keep it again.")
"""An idle visit is forgotten, and a draft is kept only for whoever asks for it: this page says so."""
TO_HUB = Action(Pressed("hub"), msg("Go on with it now"), "arrow-left")
WAY_DETAIL: Mapping[ResultDelivery, Text] = {
    ResultDelivery.WINDOW: msg("You collect it with your card"),
    ResultDelivery.POST: msg("EMS brings it to you, free of charge"),
    ResultDelivery.ELECTRONIC: msg("In the citizens' app, as valid as paper"),
    ResultDelivery.KIOSK_PRINT: msg("You print it here or at another terminal"),
}
WAY_ICON: Mapping[ResultDelivery, str] = {
    ResultDelivery.WINDOW: "store-outline",
    ResultDelivery.POST: "truck-delivery-outline",
    ResultDelivery.ELECTRONIC: "cellphone",
    ResultDelivery.KIOSK_PRINT: "printer-outline",
}


# --- the parts ---------------------------------------------------------------------------------------------------------


def hub(answers: ApplyAnswers, world: World) -> View:
    """What is done and what is missing, on one page."""
    case = answers.case
    return ChooseView(
        msg("Your application"),
        tuple(_parts(case, world)),
        explain=title_of(case.target, world.catalogue),
        actions=(NOTICE, SIGN) if complete(case, world) else (NOTICE, next_action(case, world)),
        note=KEPT_SINCE if case.draft or (answers.notice and answers.notice.kept_here) else NOT_KEPT,
    )


def _parts(case: CaseInHand, world: World) -> Iterator[Option]:
    yield Option("questions", msg("Questions"), msg("answered"), DONE)
    yield _details(case, world)
    for need in parts.materials(case, world):
        yield Option(MATERIAL + need.material.id, need.material.name, *material_state(case, need))
    yield _delivery(case)


def _details(case: CaseInHand, world: World) -> Option:
    left = len([need for need in parts.still_missing(case, world).fields if need.field.id not in POSTED])
    state = counted("{n} answer still missing", "{n} answers still missing", left) if left else msg("complete")
    return Option("details", msg("Your details"), state, OPEN if left else DONE)


def material_state(case: CaseInHand, need: MaterialNeed) -> tuple[Text, str]:
    """How a material stands, in words and as an icon."""
    pages = len(case.sheets.get(need.material.id, ()))
    if pages:
        return counted("handed in, {n} page", "handed in, {n} pages", pages), DONE
    if is_filed(case, need):
        return msg("already on file"), FILED
    if not need.material.required:
        return msg("only if it applies"), OPEN
    return msg("still missing"), OPEN


def is_filed(case: CaseInHand, need: MaterialNeed) -> bool:
    """Whether the government holds it, as the centre says now, or said when the draft was kept."""
    return need.on_file or need.material.id in case.on_file


def _delivery(case: CaseInHand) -> Option:
    title = msg("How the result comes")
    if case.wish is None:
        return Option("delivery", title, msg("still to choose"), OPEN)
    where = post_fields_missing(case)
    missing = msg("{way} · the address is still missing", way=DELIVERY[case.wish.method])
    return Option("delivery", title, missing if where else DELIVERY[case.wish.method], OPEN if where else DONE)


# --- what is next ------------------------------------------------------------------------------------------------------


def complete(case: CaseInHand, world: World) -> bool:
    """Whether it can be handed in."""
    missing = parts.still_missing(case, world)
    return not (missing.fields or missing.materials or case.wish is None or post_fields_missing(case))


def next_action(case: CaseInHand, world: World) -> Action:
    """The next thing that is missing, as the main button."""
    missing = parts.still_missing(case, world)
    if missing.fields and not {need.field.id for need in missing.fields} <= set(POSTED):
        label, icon = msg("Fill in my details"), "form-textbox"
    elif missing.materials:
        label, icon = msg("Hand in the next paper"), "file-plus-outline"
    elif case.wish is None:
        label, icon = msg("Choose how it comes"), "truck-delivery-outline"
    else:
        label, icon = msg("Write where to post it"), "map-marker"
    return Action(Pressed("next"), label, icon, main=True)


def next_step(answers: ApplyAnswers, _event: Pressed, world: World) -> Aim:
    """To the next thing that is missing."""
    case = answers.case
    missing = parts.still_missing(case, world)
    if missing.fields:
        return parts.fill_in(answers, world)
    if missing.materials:
        return parts.hand_in(answers, missing.materials[0])
    return "delivery" if case.wish is None else "review"


def open_part(answers: ApplyAnswers, event: Chosen, world: World) -> Aim:
    """A part of the application, to do it or to look at it again."""
    if event.key == "questions":
        case = replace(answers.case, eligible={}, variants={})
        return onward(replace(answers, case=case, out=(), advice=""), world)
    if event.key == "details":
        return parts.fill_in(answers, world) if parts.still_missing(answers.case, world).fields else "details"
    if event.key == "delivery":
        return "delivery"
    return _open_material(replace(answers, material=event.key.removeprefix(MATERIAL)), world)


def _open_material(answers: ApplyAnswers, world: World) -> Goto:
    need = material(answers, world)
    filed = is_filed(answers.case, need) and not answers.case.sheets.get(need.material.id)
    return Goto("on_file", answers) if filed else parts.hand_in(answers, need)


def material(answers: ApplyAnswers, world: World) -> MaterialNeed:
    """The material that was chosen. Raises ValueError when the case does not ask for it."""
    for need in parts.materials(answers.case, world):
        if need.material.id == answers.material:
            return need
    raise ValueError("a material that this case does not ask for")


def on_file(answers: ApplyAnswers, world: World) -> View:
    """The government holds it already."""
    return MessageView(
        Tone.DONE,
        msg("This is already on file"),
        material(answers, world).material.name,
        FILED,
        steps=(msg("You need not hand it in again."), msg("If yours is newer, you can hand it in.")),
        actions=(
            Action(Pressed("newer"), msg("Hand in a newer one"), "file-plus-outline"),
            Action(Pressed("hub"), msg("Use what is on file"), "check", main=True),
        ),
    )


def newer(answers: ApplyAnswers, _event: Pressed, world: World) -> Goto:
    """In its place."""
    return parts.hand_in(answers, material(answers, world))


# --- details -----------------------------------------------------------------------------------------------------------


def details(answers: ApplyAnswers, world: World) -> View:
    """Every answer, to look at and to change."""
    return ChooseView(
        msg("Your details"),
        tuple(_detail(answers.case, need) for need in parts.fields(answers.case, world) if need.field.id not in POSTED),
        explain=msg("Touch one to change it."),
        actions=(Action(Pressed("hub"), msg("Go back to the application"), "check", main=True),),
    )


def _detail(case: CaseInHand, need: FieldNeed) -> Option:
    text = case.fields.get(need.field.id, "")
    icon = "card-account-details-outline" if need.known else "pencil-outline"
    return Option(need.field.id, need.field.label, shown(need.field, text) or msg("left empty"), icon)


def shown(field: FormField, text: str) -> Text:
    """An answer as people read it in a public room: a choice by its name, of a number that identifies the last four."""
    if field.kind is FieldKind.CHOICE:
        return next((option.label for option in field.options if option.id == text), text)
    if text and (field.kind is FieldKind.ID_NUMBER or field.known_from == NUMBER_OF_CARD):
        return msg("ending in {last}", last=text[-4:])
    return text


def change_detail(answers: ApplyAnswers, event: Chosen, _world: World) -> Goto:
    """One of them."""
    return parts.ask_field(answers, event.key)


# --- delivery ----------------------------------------------------------------------------------------------------------


def delivery(answers: ApplyAnswers, world: World) -> View:
    """How the result can come: what every item of the case offers."""
    wish = answers.case.wish
    options = tuple(
        Option(way.value, DELIVERY[way], WAY_DETAIL[way], WAY_ICON[way], main=bool(wish and wish.method is way))
        for way in ways_to_get_it(answers.case, world.catalogue)
    )
    return ChooseView(msg("How should the result come to you?"), options)


def wish(answers: ApplyAnswers, event: Chosen, world: World) -> Goto:
    """One of them; the post needs to know where, and what is known is looked at."""
    case = parts.prefilled(replace(answers.case, wish=Wish(ResultDelivery(event.key))), world)
    chosen = replace(answers, case=case)
    if case.wish is None or case.wish.method is not ResultDelivery.POST:
        return Goto(HUB, chosen)
    return parts.fill_in(chosen, world) if post_fields_missing(case) else Goto("where", chosen)


def where(answers: ApplyAnswers, world: World) -> View:
    """Where it is posted to, as it is known: to look at and to change."""
    options = tuple(
        _detail(answers.case, need) for need in parts.fields(answers.case, world) if need.field.id in POSTED
    )
    return ChooseView(
        msg("Where should it be posted to?"),
        options,
        explain=msg("Touch one to change it."),
        actions=(Action(Pressed("hub"), msg("Send it there"), "truck-delivery-outline", main=True),),
    )


# --- for the review ------------------------------------------------------------------------------------------------------


def material_rows(case: CaseInHand, world: World) -> Iterator[tuple[Text, Text]]:
    """Each material that is handed in or on file; of a package, which items take it."""
    for need in parts.materials(case, world):
        if case.sheets.get(need.material.id) or is_filed(case, need):
            state, _icon = material_state(case, need)
            yield need.material.name, _for_items(state, need.items, case, world)


def _for_items(state: Text, items: tuple[str, ...], case: CaseInHand, world: World) -> Text:
    if not is_package(case, world.catalogue) or len(case.items) < 2:
        return state
    if len(items) == len(case.items):
        return msg("{state} · for all of them", state=state)
    return msg("{state} · for: {items}", state=state, items=Series(titles(items, world.catalogue)))


def field_rows(case: CaseInHand, world: World) -> Iterator[tuple[Text, Text]]:
    """Each answer; the card's name and number stand masked above already: others look over one's shoulder."""
    card = case.identity.card if case.identity else None
    above = (card.name, card.name_latin, card.number) if card else ()
    for need in parts.fields(case, world):
        text = case.fields.get(need.field.id, "")
        if text and need.field.id not in POSTED and not (need.field.known_from in ON_CARD and text in above):
            yield need.field.label, shown(need.field, text)


def missing_rows(answers: ApplyAnswers, world: World) -> Iterator[tuple[Text, Text]]:
    """Everything that is still missing: answers in one row, each material in its own."""
    missing = parts.still_missing(answers.case, world)
    if missing.fields:
        yield msg("To answer here"), Series(tuple(need.field.label for need in missing.fields))
    for need in missing.materials:
        yield need.material.name, material_terms(need.material)


def hub_steps() -> dict[str, Step]:
    """The hub and what is only reached from it."""
    return {
        HUB: Step(
            hub,
            {Chosen: open_part, Pressed: press(next=next_step, notice="notice", review="review")},
            timeout_s=180,
            returned=parts.back_with_pages,
        ),
        "on_file": Step(on_file, {Pressed: press(newer=newer, hub=HUB)}, returned=parts.back_with_pages),
        "details": Step(details, {Chosen: change_detail, Pressed: press(hub=HUB)}),
        "delivery": Step(delivery, {Chosen: wish}),
        "where": Step(where, {Chosen: change_detail, Pressed: press(hub=HUB)}),
    }
