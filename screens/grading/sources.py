"""What the rules ask other parts of the house: the order of the focus, what a control is called, what a view says."""

from collections.abc import Iterator, Sequence

from kiosk.spoken import read_aloud
from kiosk.texts import Text
from kiosk.views import View
from kiosk.words import Words as Language
from screens.grading.shot import Shot
from screens.pieces import Piece, Words
from screens.touch import Pressable

READING = ("head", "body", "pager", "foot", "keys", "header", "banner", "voice", "bottom")
"""The areas of a page in reading order: what the page is about comes before what stands on every page."""


def order_of(shot: Shot) -> list[Pressable]:
    """What the focus goes through, one after the other: the surface's own focus where it has one, else as it is read."""
    focus = getattr(shot.surface, "focus", None)
    if focus is not None:
        return [stop.piece for stop in focus.stops()]
    found = shot.pressables
    roots = [one for one in shot.surface.children if isinstance(one, Piece)]
    roots.sort(key=lambda root: area_of(shot, root))
    return [one for root in roots for one in _read(root) if one in found]


def _read(piece: Piece) -> Iterator[Pressable]:
    """Everything to press in a piece, as its parts follow each other."""
    if isinstance(piece, Pressable):
        yield piece
    for part in piece.parts:
        yield from _read(part)


def area_of(shot: Shot, root: Piece) -> int:
    """The place of a part of the layout in reading order."""
    name = shot.part_of(root)
    return READING.index(name) if name in READING else len(READING)


def label_of(one: Pressable, words: Language) -> str:
    """What a control is called aloud: what it says of itself, else the words on it."""
    spoken: Text = getattr(one, "spoken", "")
    if spoken:
        return words.say(spoken)
    return " ".join(part.text for part in one.walk(restrict=True) if isinstance(part, Words)).strip()


def said_of(view: View) -> Sequence[Text]:
    """What is read aloud when a view appears. Raises KeyError for a class of views nobody has written words for."""
    return read_aloud(view)
