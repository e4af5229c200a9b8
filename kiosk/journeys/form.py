"""A form, one decision per screen: write, choose, or pick a place level by level. A sub-flow for any journey whose answers
have `case: CaseInHand` and `filling: Filling | None`.

What is known is not asked. Each answer is judged when it is given, and what is wrong is said at its field. Back goes to
the field before with what was written there; nothing that was written is lost by going back and forth.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from kiosk.cases.answers import judge, settled, too_long, typed
from kiosk.cases.model import CaseInHand, Filling
from kiosk.cases.needs import FieldNeed, fields_of, is_open, prefilled
from kiosk.cases.places import china
from kiosk.catalogue.forms import FormField
from kiosk.catalogue.kinds import FieldKind
from kiosk.catalogue.model import Catalogue
from kiosk.events.touches import Chosen, Pressed, Typed
from kiosk.journeys.form_views import nothing_to_ask, view_of
from kiosk.journeys.model import Answers, Goto, Step
from kiosk.views.model import View
from kiosk.world import World

FORM = "form"


def form_steps(after: str) -> dict[str, Step]:
    """The step "form", which goes on to `after` with `case.fields` filled and `filling` None."""
    return {
        FORM: Step(
            _view,
            {Typed: _typed, Chosen: _chosen(after), Pressed: _pressed(after)},
            back=_back,
        )
    }


def begin_form(answers: Answers, world: World) -> Goto:
    """To the first field that has no right answer yet, with everything filled in that is known. Where nothing is to be asked
    the step says so, and goes on at a touch."""
    case = prefilled(answers.case, world.catalogue)
    needs = fields_of(case, world.catalogue)
    still = tuple(need.field.id for need in needs if _is_to_ask(need, case, world.now.date()))
    return Goto(FORM, replace(answers, case=case, filling=_at(Filling(still=still), case, world.catalogue)))


def edit_field(answers: Answers, field_id: str) -> Goto:
    """To one field with what stands in it; then on to `after`, by way of fields that the new answer brings."""
    text = answers.case.fields.get(field_id, "")
    return Goto(FORM, replace(answers, filling=Filling(field=field_id, text=text, picking=False)))


# --- what is shown -------------------------------------------------------------------------------------------------


def _view(answers: Answers, world: World) -> View:
    filling = answers.filling or Filling()
    field = _field(answers.case, world.catalogue, filling.field)
    if field is None:
        return nothing_to_ask()
    return view_of(field, filling, answers.case.fields.get(field.id, ""), world.station.place)


def _field(case: CaseInHand, catalogue: Catalogue, name: str) -> FormField | None:
    return next((need.field for need in fields_of(case, catalogue) if need.field.id == name), None)


# --- what happens --------------------------------------------------------------------------------------------------


def _typed(answers: Answers, event: Typed, world: World) -> Goto:
    """Every change, so that nothing is lost; more than fits is cut off with a word about it."""
    filling: Filling = answers.filling
    field = _field(answers.case, world.catalogue, filling.field)
    longest = field.longest if field else len(event.text)
    error = too_long(longest) if len(event.text) > longest else ""
    return _stay(answers, replace(filling, text=event.text[:longest], error=error))


def _chosen(after: str) -> Callable[[Answers, Chosen, World], Goto]:
    """An option, or a place."""

    def chosen(answers: Answers, event: Chosen, world: World) -> Goto:
        filling: Filling = answers.filling
        if not filling.picking:
            return _give(answers, event.key, world, after)
        return _stay(answers, replace(filling, place=event.key, picking=bool(china().parts(event.key))))

    return chosen


def _pressed(after: str) -> Callable[[Answers, Pressed, World], Goto]:
    """Next, skip; for an address: write it, or pick its place anew."""

    def pressed(answers: Answers, event: Pressed, world: World) -> Goto:
        filling: Filling = answers.filling
        if event.name == "pick":
            return _stay(answers, replace(filling, picking=True, place="", error=""))
        if event.name == "write":
            return _stay(answers, replace(filling, picking=False))
        if not filling.field:
            return _finished(answers, after)
        text = "" if event.name == "skip" else china().line(filling.place) + filling.text
        return _give(answers, text, world, after, skipped=event.name == "skip")

    return pressed


def _give(answers: Answers, text: str, world: World, after: str, *, skipped: bool = False) -> Goto:
    """An answer: kept and on to the next field, or refused with the reason at the field."""
    filling, case = answers.filling, answers.case
    field = _field(case, world.catalogue, filling.field)
    if field is None:
        return _finished(answers, after)
    error = None if skipped else _wrong(field, text, filling, world.now.date(), case.fields)
    if error:
        return _stay(answers, replace(filling, error=error))
    told = replace(case, fields={**case.fields, field.id: settled(field, text)})
    return _onward(replace(answers, case=told), text, world, after)


def _wrong(field: FormField, text: str, filling: Filling, today: date, fields: Mapping[str, str]) -> object:
    """What is wrong; an address is more than the place that was picked."""
    others = {name: said for name, said in fields.items() if name != field.id}
    said = filling.text if filling.place and field.kind is FieldKind.ADDRESS else text
    return judge(field.model_copy(update={"shortest": 1}), said, today, others) or judge(field, text, today, others)


def _onward(answers: Answers, text: str, world: World, after: str) -> Goto:
    """To the next field; after the last one, to those that an answer has made wrong; then out of the form."""
    filling, case, today = answers.filling, answers.case, world.now.date()
    needs = fields_of(case, world.catalogue)
    asked = {need.field.id for need in needs}
    done = (*(name for name in filling.done if name in asked), filling.field)
    still = tuple(need.field.id for need in needs if _follows(need, done, filling, case))
    if not still:
        still = tuple(need.field.id for need in needs if is_open(need.field, case, today))
    kept = {**filling.kept, filling.field: text}
    if not still:
        return _finished(answers, after, asked)
    left = Filling(still=still, done=tuple(name for name in done if name not in still), kept=kept)
    return _stay(answers, _at(left, case, world.catalogue))


def _follows(need: FieldNeed, done: tuple[str, ...], filling: Filling, case: CaseInHand) -> bool:
    """Whether a field is still to be asked: it was to be, or an answer has brought it."""
    name = need.field.id
    return name not in done and (name in filling.still or name not in case.fields)


def _at(filling: Filling, case: CaseInHand, catalogue: Catalogue) -> Filling:
    """On the first of the fields still to be asked, with what was written there before."""
    name, *still = filling.still or ("",)
    field = _field(case, catalogue, name)
    if field is None:
        return replace(filling, still=tuple(still), field=name)
    text = filling.kept.get(name, typed(field, case.fields.get(name, "")))
    picking = field.kind is FieldKind.ADDRESS and not text
    return replace(filling, still=tuple(still), field=name, text=text, error="", place="", picking=picking)


def _back(answers: Answers) -> Answers | None:
    """A level of the place up, or the field before; None from the first one."""
    filling: Filling = answers.filling or Filling()
    if filling.place:
        return replace(answers, filling=replace(filling, place=_above(filling.place), picking=True, error=""))
    if not filling.done:
        return None
    *done, before = filling.done
    kept = {**filling.kept, filling.field: filling.text}
    earlier = Filling((filling.field, *filling.still), before, kept.get(before, ""), done=tuple(done), kept=kept)
    return replace(answers, filling=earlier)


def _above(place: str) -> str:
    """The place that a place is in, "" of a province."""
    return next((one.code for one in reversed(china().path(place)) if len(one.code) < len(place)), "")


def _finished(answers: Answers, after: str, asked: set[str] | None = None) -> Goto:
    """Out of the form, without answers to what is no longer asked."""
    fields = answers.case.fields
    kept = fields if asked is None else {name: text for name, text in fields.items() if name in asked}
    return Goto(after, replace(answers, case=replace(answers.case, fields=kept), filling=None))


def _stay(answers: Answers, filling: Filling) -> Goto:
    return Goto(FORM, replace(answers, filling=filling), asks=False)


def _is_to_ask(need: FieldNeed, case: CaseInHand, today: date) -> bool:
    return need.field.id not in case.fields or is_open(need.field, case, today)
