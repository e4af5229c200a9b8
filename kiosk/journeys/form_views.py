"""How each kind of field is asked: written on the right keyboard, chosen, or picked from the places of China."""

from collections.abc import Mapping

from kiosk import credit_code, day_digits, id_number
from kiosk.cases.model import Filling
from kiosk.cases.places import Place, china, near_first
from kiosk.catalogue.forms import FormField
from kiosk.catalogue.kinds import FieldKind
from kiosk.events.touches import Pressed
from kiosk.texts import Msg, Text, msg
from kiosk.views.choose import ChooseView
from kiosk.views.fields import FieldKind as Written
from kiosk.views.fields import FieldView
from kiosk.views.model import View
from kiosk.views.parts import Action, Option, Tone
from kiosk.views.told import MessageView

KINDS: Mapping[FieldKind, Written] = {
    FieldKind.TEXT: Written.TEXT,
    FieldKind.NAME: Written.NAME,
    FieldKind.LATIN: Written.LATIN,
    FieldKind.DIGITS: Written.DIGITS,
    FieldKind.PHONE: Written.PHONE,
    FieldKind.ID_NUMBER: Written.ID_NUMBER,
    FieldKind.CREDIT_CODE: Written.CREDIT_CODE,
    FieldKind.DATE: Written.DATE,
    FieldKind.MONEY: Written.MONEY,
    FieldKind.ADDRESS: Written.TEXT,
}
"""How a field of the catalogue is written; choices are not written."""
LONGEST: Mapping[FieldKind, int] = {
    FieldKind.ID_NUMBER: id_number.LENGTH,
    FieldKind.CREDIT_CODE: credit_code.LENGTH,
    FieldKind.DATE: day_digits.LENGTH,
    FieldKind.PHONE: 16,
    FieldKind.MONEY: 15,
}
LEVELS: tuple[Msg, ...] = (
    msg("First choose the province."),
    msg("Now choose the city."),
    msg("Now choose the district or county."),
    msg("Now choose the street or town."),
)
REST = msg("Now write the road, the house number and the room.")
NEXT = Action(Pressed("next"), msg("Continue"), "arrow-right", main=True)
SKIP = Action(Pressed("skip"), msg("Skip this question"), "debug-step-over")
WRITE = Action(Pressed("write"), msg("Write it yourself"), "pencil-outline")
PICK = Action(Pressed("pick"), msg("Choose the place again"), "map-marker-outline")


def view_of(field: FormField, filling: Filling, answer: str, here: str) -> View:
    """The screen of a field; `here` is the code of the hall's place."""
    if field.kind is FieldKind.CHOICE:
        return _choose(field, filling, answer)
    if field.kind is FieldKind.ADDRESS:
        return _pick(field, filling, here) if filling.picking else _write_address(field, filling)
    return _write(field, filling)


def nothing_to_ask() -> MessageView:
    """Everything is known."""
    return MessageView(
        Tone.DONE,
        msg("There is nothing left to ask"),
        msg("We know everything from your card and from what you told us before."),
        "check-circle-outline",
        actions=(NEXT,),
    )


def progress(filling: Filling) -> Text:
    """ "3 of 9", nothing for a single field."""
    count = len(filling.done) + 1 + len(filling.still)
    return msg("Question {n} of {count}", n=len(filling.done) + 1, count=count) if count > 1 else ""


def _choose(field: FormField, filling: Filling, answer: str) -> ChooseView:
    options = tuple(
        Option(option.id, option.label, icon="check" if option.id == answer else "", main=option.id == answer)
        for option in field.options
    )
    return ChooseView(field.label, options, field.explain or "", actions=_ways(field)[1:], progress=progress(filling))


def _write(field: FormField, filling: Filling) -> FieldView:
    text = day_digits.typed(filling.text) if field.kind is FieldKind.DATE else filling.text
    return FieldView(
        field.label,
        text,
        KINDS[field.kind],
        explain=field.explain or "",
        hint=field.hint,
        error=filling.error,
        actions=_ways(field),
        longest=LONGEST.get(field.kind, field.longest),
        progress=progress(filling),
    )


def _ways(field: FormField) -> tuple[Action, ...]:
    return (NEXT,) if field.required else (NEXT, SKIP)


def _write_address(field: FormField, filling: Filling) -> FieldView:
    """The rest after a place that was picked, or the whole line."""
    line = china().line(filling.place)
    return FieldView(
        field.label,
        filling.text,
        KINDS[field.kind],
        explain=REST if line else "",
        given=line,
        error=filling.error,
        actions=(*_ways(field), PICK),
        longest=max(1, field.longest - len(line)),
        progress=progress(filling),
    )


def _pick(field: FormField, filling: Filling, here: str) -> ChooseView:
    """One level of the places; on the first one the hall's own street stands above all others."""
    parts = near_first(china().parts(filling.place), here)
    line = china().line(filling.place)
    level = LEVELS[len(china().path(filling.place))] if filling.place else LEVELS[0]
    return ChooseView(
        field.label,
        (*_own_street(filling, here), *(_option(place) for place in parts)),
        level,
        given=line,
        actions=(*((SKIP,) if not field.required else ()), WRITE),
        progress=progress(filling),
        short=True,
    )


def _own_street(filling: Filling, here: str) -> tuple[Option, ...]:
    line = china().line(here) if here and not filling.place else ""
    return (Option(here, line, icon="map-marker-outline", main=True),) if line else ()


def _option(place: Place) -> Option:
    return Option(place.code, place.name)
