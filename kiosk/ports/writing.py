"""Writing on the screen: what turns pressed keys and drawn strokes into characters.

Nothing that is written is kept anywhere: an input method learns nothing, and `forget()` leaves nothing behind.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeAlias

from kiosk.texts import Text


class Method(StrEnum):
    """A way to write characters. LOOKUP is the last resort for rare ones: by code point or by parts."""

    PINYIN = "pinyin"
    JYUTPING = "jyutping"
    STROKES = "strokes"
    HANDWRITING = "handwriting"
    LOOKUP = "lookup"


class Script(StrEnum):
    """The characters wanted: simplified or traditional (ISO 15924)."""

    SIMPLIFIED = "Hans"
    TRADITIONAL = "Hant"


Stroke: TypeAlias = tuple[tuple[float, float], ...]
"""The points of one stroke in the order drawn, in units of the writing field's side: 0 to 1, y downwards."""


@dataclass(frozen=True, repr=False)
class Composed:
    """What has become of the keys pressed so far."""

    committed: str = ""
    """Finished text, to be put into the field; told once."""
    preedit: str = ""
    """What is still being composed, as people read it: "pan yu qu"."""
    candidates: tuple[str, ...] = ()
    """One page of characters and words to choose from, best first."""
    page: int = 0
    more: bool = False
    """Whether there is a next page."""


class Writing(Protocol):
    """Called from one thread, the main one; every call answers within 10 ms (handwriting 20 ms) once `ready`.

    A call on a method that does not work raises WritingUnavailable.
    """

    def missing(self) -> Mapping[Method, Text]:
        """The methods that do not work on this machine, each with a sentence that says why. Empty when all do."""

    def begin(self, method: Method, script: Script) -> None:
        """Start writing in this way, with nothing composed."""

    def press(self, key: str) -> Composed:
        """A letter (for strokes: h s p n z), an apostrophe between syllables, or "backspace"."""

    def choose(self, index: int) -> Composed:
        """Take a candidate of the page on show; what is left of the keys is composed on."""

    def turn(self, pages: int) -> Composed:
        """Another page of candidates: 1 or -1."""

    def recognise(self, strokes: Sequence[Stroke], script: Script) -> tuple[str, ...]:
        """The characters that look like the strokes, at least 8 where the engine works, best first."""

    def look_up(self, query: str) -> tuple[str, ...]:
        """Characters by code point ("U+20BB7", "20BB7") or by their parts written one after the other ("木木木")."""

    def forget(self) -> None:
        """Drop whatever is composed; nothing of it can be found afterwards. Never raises."""
