"""Hand in the pages of one material: scan them, photograph them, or let them come from a telephone. A sub-flow: `material_steps`
gives a journey its steps, `begin_material` enters it.

The pages stand in the answers from the moment they come. No step, trouble or Back loses one; only Remove and Take again do,
and both ask first.
"""

from dataclasses import replace

from kiosk.availability.materials import ways
from kiosk.cases.model import HandingIn
from kiosk.effects.materials import ReadText
from kiosk.events.materials import TextRead
from kiosk.events.touches import Chosen, Pressed
from kiosk.journeys import materials_views as views
from kiosk.journeys.common import press
from kiosk.journeys.materials_capture import ENTRY, capture_steps, remember, same_way
from kiosk.journeys.materials_pages import Change, changed, in_hand, keep_pages, move, remove, room, to_end, turn
from kiosk.journeys.model import Answers, Goto, Step, Target
from kiosk.texts import Text
from kiosk.world import World

__all__ = ["begin_material", "keep_pages", "material_steps"]


def begin_material(answers: Answers, material_id: str, title: Text, explain: Text = "") -> Goto:
    """Enter the sub-flow for a material: its pages where there are some, else the choice of ways. Nothing is replaced.
    The step that this is called from takes `returned=keep_pages`, so that Back loses no page either."""
    sheets = answers.case.sheets.get(material_id, ())
    handing = HandingIn(material_id, title, explain, sheets, found=answers.case.found)
    return Goto("material_pages" if sheets else "material", replace(answers, handing=handing))


def material_steps(after: str) -> dict[str, Step]:
    """The steps `material` (the entry) and `material_...`. When the person is done, `case.sheets[material]` holds the pages,
    `handing` is None, and the step `after` of the same journey follows."""
    return {**capture_steps(), **_looking(after)}


def _looking(after: str) -> dict[str, Step]:
    return {
        "material_look": Step(
            views.look,
            {
                Pressed: press(
                    turn=_stay("material_look", turn),
                    again=_ask_again,
                    more=_more,
                    pages="material_pages",
                    done=_done(after),
                ),
                TextRead: _read("material_look"),
            },
            lambda answers: _read_page(answers, in_hand(answers).at),
            passing=True,
        ),
        "material_pages": Step(
            views.pages,
            {
                Chosen: _page_chosen,
                Pressed: press(
                    look="material_look",
                    turn=_stay("material_pages", turn),
                    earlier=_stay("material_pages", move(-1)),
                    later=_stay("material_pages", move(1)),
                    again=_ask_again,
                    remove="material_remove",
                    add=_add,
                    done=_done(after),
                ),
                TextRead: _read("material_pages"),
            },
            lambda answers: _read_page(answers, 0),
            returned=keep_pages,
            once=True,
        ),
        "material_again": Step(views.again, {Pressed: press(replace=_take_again, keep="material_pages")}, passing=True),
        "material_remove": Step(views.remove, {Pressed: press(remove=_removed, keep="material_pages")}, passing=True),
    }


def _read_page(answers: Answers, at: int) -> tuple[ReadText, ...]:
    return tuple(ReadText(sheet.page) for sheet in in_hand(answers).sheets[at : at + 1])


def _stay(step: str, change: Change) -> Target:
    """The same step with the pages changed."""
    return lambda answers, _event, _world: Goto(step, changed(answers, change), asks=False)


def _read(step: str) -> Target:
    """What was read first counts: the page looked at later may be of somebody else."""

    def read(answers: Answers, event: TextRead, _world: World) -> Goto:
        found = {**event.found, **in_hand(answers).found}
        return Goto(step, remember(found=found)(answers), asks=False)

    return read


def _page_chosen(answers: Answers, event: Chosen, _world: World) -> Goto:
    return Goto("material_pages", remember(at=int(event.key))(answers), asks=False)


def _ask_again(answers: Answers, _event: Pressed, _world: World) -> Goto:
    """A page is replaced only after asking; the way is chosen after that, and the page stays until another is there."""
    return Goto("material_again", answers)


def _take_again(answers: Answers, _event: Pressed, world: World) -> Goto:
    """By the way that the page came by, while that works."""
    again = remember(again=True, came=0, corners=None, phone=None)(answers)
    way = in_hand(answers).way
    return Goto(ENTRY[way] if way in ways(world) and way is not None else "material", again)


def _more(answers: Answers, event: Pressed, world: World) -> Goto:
    """Another page by the same way."""
    last = changed(answers, to_end)
    return same_way(last, event, world) if room(in_hand(last)) else Goto("material_full", last)


def _add(answers: Answers, _event: Pressed, _world: World) -> Goto:
    last = changed(answers, to_end)
    return Goto("material" if room(in_hand(last)) else "material_full", last)


def _removed(answers: Answers, _event: Pressed, _world: World) -> Goto:
    left = changed(answers, remove)
    return Goto("material_pages" if in_hand(left).sheets else "material", left)


def _done(after: str) -> Target:
    """The pages are the case's, and what was read on them."""

    def done(answers: Answers, _event: Pressed, _world: World) -> Goto:
        handing = in_hand(answers)
        sheets = {**answers.case.sheets, handing.material: handing.sheets}
        case = replace(answers.case, sheets=sheets, found={**answers.case.found, **handing.found})
        return Goto(after, replace(answers, case=case, handing=None))

    return done
