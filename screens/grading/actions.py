"""Whether people see what to do: one main action, and states that are said."""

from collections.abc import Iterator

from kiosk.events import Chosen
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
    """What cannot be chosen now says why in words (WCAG 1.4.1), and a message's mood has its icon. Page buttons at the
    end of a text have the page number beside them."""
    for one in shot.everything:
        if isinstance(one, Pressable) and not one.available and not one.name.startswith("page-"):
            yield Mark(_says_why(one), name_of(one), "no reason beside it", "icon and words")
    view = shot.surface.view
    if getattr(view, "tone", "plain") != "plain":
        icons = [one for one in shot.everything if isinstance(one, Icon) and shot.part_of(one) not in AROUND]
        yield Mark(bool(icons), f"mood {getattr(view, 'tone', '')}", "no icon", "an icon")


def _says_why(one: Pressable) -> bool:
    reason = one.reason
    if reason is None or not any(part is reason for part in one.walk(restrict=True)):
        return False
    parts: list[Piece] = [part for part in reason.walk(restrict=True) if isinstance(part, Piece)]
    has_words = any(isinstance(part, Words) and part.text.strip() for part in parts)
    return has_words and any(isinstance(part, Icon) for part in parts)
