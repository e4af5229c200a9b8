"""Whether people see what to do: one main action, and states that are said."""

from collections.abc import Iterator

from kiosk.events.touches import Chosen
from screens.grading.ink import ground_of
from screens.grading.rule import Mark, rule
from screens.grading.shot import Shot, name_of
from screens.pieces import Icon, Piece, Words
from screens.theme import TEAL
from screens.touch import Pressable

PAGE = ("head", "foot", "body", "")
AROUND = ("header", "banner", "foot", "pager", "keys", "bottom")


@rule("one-main", "README: how it looks", "at most one main action")
def one_main(shot: Shot) -> Iterator[Mark]:
    """At most one button of a page is the main one; what is chosen (a tab) is none, nor what is offered in a menu."""
    tabs = {option.key for option in getattr(shot.surface.view, "tabs", ())}
    main = [one for one in shot.pressables if one.fill == TEAL and shot.part_of(one) in PAGE and one.name not in tabs]
    main = [one for one in main if not isinstance(one.event, Chosen)]
    if shot.panel is None:
        yield Mark(len(main) <= 1, ", ".join(map(name_of, main)) or "no main action", f"{len(main)}", "at most 1")


@rule("colour-alone", "WCAG 2.2 1.4.1", "states are said by icon and word, never by colour alone")
def colour_alone(shot: Shot) -> Iterator[Mark]:
    """What cannot be chosen now says why in words (WCAG 1.4.1), and a message's mood has its icon. A page button at the
    end of a text has the page number beside it, and still looks unlike the one that turns."""
    for one in shot.everything:
        if isinstance(one, Pressable) and not one.available and not one.name.startswith("page-"):
            yield Mark(_says_why(one), name_of(one), "no reason beside it", "icon and words")
    yield from _page_buttons(shot)
    view = shot.surface.view
    if getattr(view, "tone", "plain") != "plain":
        icons = [one for one in shot.everything if isinstance(one, Icon) and shot.part_of(one) not in AROUND]
        yield Mark(bool(icons), f"mood {getattr(view, 'tone', '')}", "no icon", "an icon")


def _page_buttons(shot: Shot) -> Iterator[Mark]:
    buttons = [one for one in shot.pressables if one.name.startswith("page-")]
    live = [_look(shot, one) for one in buttons if one.available]
    for one in buttons:
        if not one.available and live:
            yield Mark(
                _look(shot, one) not in live, f"{name_of(one)}, which turns nothing", "looks alike", "another look"
            )


def _look(shot: Shot, one: Pressable) -> tuple[bytes, bytes]:
    """The colours of a control's ground and of its outline, in the middle of its left edge."""
    at = shot.seen[one]
    middle = round((at.bottom + at.top) / 2)
    edge = at._replace(right=at.left + 1, bottom=middle, top=middle + 1)
    return bytes(ground_of(shot.crop(at))), bytes(shot.crop(edge))


def _says_why(one: Pressable) -> bool:
    reason = one.reason
    if reason is None or not any(part is reason for part in one.walk(restrict=True)):
        return False
    parts: list[Piece] = [part for part in reason.walk(restrict=True) if isinstance(part, Piece)]
    has_words = any(isinstance(part, Words) and part.text.strip() for part in parts)
    return has_words and any(isinstance(part, Icon) for part in parts)
