"""What the rules ask other parts of the house: the order of the focus, what a control is called, what a view says."""

from collections.abc import Sequence

from kiosk.spoken import read_aloud
from kiosk.texts import Text
from kiosk.views import View
from kiosk.words import Words as Language
from screens.grading.shot import Rect, Shot
from screens.pieces import Words
from screens.touch import Pressable

READING = ("head", "body", "pager", "foot", "keys", "header", "banner", "voice", "bottom")
"""The areas of a page in reading order: what the page is about comes before what stands on every page."""


def order_of(shot: Shot) -> list[Pressable]:
    """What the focus goes through, one after the other: the surface's own focus where it has one, else as it is read."""
    focus = getattr(shot.surface, "focus", None)
    if focus is not None:
        return [stop.piece for stop in focus.stops()]
    return sorted(shot.pressables, key=lambda one: (area_of(shot, one), *_line(shot.seen[one])))


def area_of(shot: Shot, one: Pressable) -> int:
    """The place of a control's area in reading order."""
    name = shot.part_of(one)
    return READING.index(name) if name in READING else len(READING)


def _line(at: Rect) -> tuple[float, float]:
    return (-round((at.top + at.bottom) / 2 / 10), at.left)


def label_of(one: Pressable, words: Language) -> str:
    """What a control is called aloud: what it says of itself, else the words on it."""
    spoken: Text = getattr(one, "spoken", "")
    if spoken:
        return words.say(spoken)
    return " ".join(part.text for part in one.walk(restrict=True) if isinstance(part, Words)).strip()


def said_of(view: View) -> Sequence[Text]:
    """What is read aloud when a view appears. Raises KeyError for a class of views nobody has written words for."""
    return read_aloud(view)
