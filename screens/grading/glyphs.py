"""Whether every character and icon is really drawn, not as a box."""

from collections.abc import Iterator
from functools import cache

from kivy.core.text import Label as CoreLabel

from kiosk import fonts
from screens import icons
from screens.grading.rule import Mark, rule
from screens.grading.shot import Shot, name_of
from screens.message import Number
from screens.pieces import Icon, Words

NOBODY_HAS = "\U0010fffe"
"""A character that is none: every face draws its box for it."""
PROBE_PX = 24


@rule("tofu", "this house: no boxes", "every character has a glyph, every icon a picture")
def tofu(shot: Shot) -> Iterator[Mark]:
    """No character becomes a box: by the tables of the faces, and by what the face really draws for it."""
    for piece in shot.everything:
        if isinstance(piece, (Words, Number)) and piece.text.strip():
            bold = piece.style.bold if isinstance(piece, Words) else True
            boxes = missing(piece.text, piece.pen.language, bold)
            yield Mark(not boxes, name_of(piece), f"no glyph for {boxes!r}", "a glyph for each character")
        elif isinstance(piece, Icon):
            yield Mark(_has_icon(piece.name), name_of(piece), "not in the icon font", "a picture")


@cache
def missing(text: str, language: str, bold: bool) -> str:
    """The characters of a text that are drawn as boxes."""
    found = ""
    for drawn, face in fonts.runs(text, language, bold):
        found += "".join(char for char in drawn if char == fonts.MISSING_GLYPH or _is_box(char, str(face)))
    return found


def _has_icon(name: str) -> bool:
    return icons.known(name) and not _is_box(icons.glyph(name), icons.FONT)


@cache
def _is_box(char: str, face: str) -> bool:
    """Whether the face draws the same for a character as for one that nobody has."""
    return not char.isspace() and char.isprintable() and _drawn(char, face) == _drawn(NOBODY_HAS, face)


@cache
def _drawn(char: str, face: str) -> bytes:
    label = CoreLabel(text=char, font_name=face, font_size=PROBE_PX)
    label.refresh()
    return bytes(label.texture.pixels) + repr(label.texture.size).encode()
