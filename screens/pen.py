"""A pen writes for one visit's language and text size: it says texts, measures, breaks lines and makes textures."""

from dataclasses import dataclass
from functools import lru_cache

from kivy.core.text import Label as CoreLabel
from kivy.core.text.markup import MarkupLabel
from kivy.graphics.texture import Texture

from kiosk import bidi, fonts
from kiosk.words import Words
from screens import icons
from screens.linebreak import balanced, break_lines, units
from screens.theme import Theme


@dataclass(frozen=True)
class Style:
    """A kind of text: its role in the theme and its weight."""

    role: str = "body"
    bold: bool = False


SMALL_PX, MOST_SMALL = 20_000, 300
"""Pictures of so many pixels, and of so many texts, are kept for the visit: 24 MB where all of them are as large."""

BODY = Style("body")
SMALL = Style("small")
STRONG = Style("body", bold=True)
BUTTON = Style("button", bold=True)
FACT = Style("fact", bold=True)
TILE = Style("tile", bold=True)
TITLE = Style("title", bold=True)


class Pen:
    """Texts for one theme and language. `scale_px` overrides the role's size, where a number fills the screen."""

    def __init__(self, theme: Theme, words: Words) -> None:
        self.theme = theme
        self.words = words
        self.say = words.say
        self.rtl = words.rtl
        """Whether the language reads from right to left: what aligns "left" stands where reading starts, at the right."""
        self._faces = {bold: str(fonts.face(words.language, bold)) for bold in (False, True)}
        self._widths: dict[tuple[str, str, int], float] = {}
        self._lines: dict[tuple[bool, int], float] = {}
        self._broken: dict[tuple[str, Style, float, bool], list[str]] = {}
        self._small: dict[tuple[str, str, int, str], Texture] = {}

    @property
    def language(self) -> str:
        """The language that is written."""
        return self.words.language

    def face(self, style: Style) -> str:
        """The font file of a style in this language."""
        return self._faces[style.bold]

    def size_px(self, style: Style) -> int:
        """The type size of a style."""
        return self.theme.type_px(style.role)

    def line_px(self, style: Style, px: int | None = None) -> float:
        """The height of one line: Noto's own, 1.45 of the type size; Chinese finds room in any language's line."""
        key = (style.bold, px or self.size_px(style))
        if key not in self._lines:
            faces = {self.face(style), str(fonts.chinese_face(self.language, style.bold))}
            self._lines[key] = max(_line_height(face, key[1]) for face in faces)
        return self._lines[key]

    def side(self, align: str) -> str:
        """Where a text stands that is aligned by the direction of reading: "left" is its start."""
        return {"left": "right", "right": "left"}.get(align, align) if self.rtl else align

    def width(self, text: str, style: Style, px: int | None = None) -> float:
        """How wide one line of text is, in pixels."""
        key = (text, self.face(style), px or self.size_px(style))
        if key not in self._widths:
            self._widths[key] = sum(
                _ruler(face, key[2]).get_extents(piece)[0] for piece, face in self._runs(bidi.shaped(text), style)
            )
        return self._widths[key]

    def lines(self, text: str, style: Style, width: float, *, even: bool = False) -> list[str]:
        """The text in lines not wider than `width`; `even` for titles."""
        key = (text, style, width, even)
        if key not in self._broken:
            breaker = balanced if even else break_lines
            self._broken[key] = breaker(text, width, lambda piece: self.width(piece, style))
        return [*self._broken[key]]

    def longest_word(self, text: str, style: Style) -> float:
        """The width of what must not be divided; 0 for no text."""
        return max((self.width(unit.rstrip(" "), style) for unit in units(text)), default=0.0)

    def texture(self, lines: list[str], style: Style, align: str = "left", px: int | None = None) -> Texture:
        """A picture of the lines, white on nothing, to be coloured when drawn."""
        text = "\n".join(bidi.visual(lines, self.rtl))
        align, size = self.side(align), px or self.size_px(style)
        key = (text, self.face(style), size, align)
        return self._small.get(key) or self._kept(key, self._written(text, style, align, size))

    def icon(self, name: str, px: float) -> Texture:
        """A picture of an icon, white on nothing, `px` square."""
        key = (icons.glyph(name), icons.FONT, round(px), "left")
        return self._small.get(key) or self._kept(
            key, _texture(CoreLabel(text=key[0], font_name=key[1], font_size=key[2]))
        )

    def _written(self, text: str, style: Style, align: str, size: int) -> Texture:
        if fonts.plain(text, self.language):
            return _texture(CoreLabel(text=text, font_name=self.face(style), font_size=size, halign=align))
        return _texture(
            MarkupLabel(text=self._marked(text, style), font_name=self.face(style), font_size=size, halign=align)
        )

    def _kept(self, key: tuple[str, str, int, str], texture: Texture) -> Texture:
        """Keys, signs and labels are on every page of a visit; whole texts are drawn anew."""
        if texture.width * texture.height <= SMALL_PX and len(self._small) < MOST_SMALL:
            self._small[key] = texture
        return texture

    def _runs(self, text: str, style: Style) -> list[tuple[str, str]]:
        if fonts.plain(text, self.language):
            return [(text, self.face(style))]
        return [(piece, str(path)) for piece, path in fonts.runs(text, self.language, style.bold)]

    def _marked(self, text: str, style: Style) -> str:
        return "".join(f"[font={face}]{_escaped(piece)}[/font]" for piece, face in self._runs(text, style))


def _escaped(text: str) -> str:
    """Data is never markup (kivy.utils.escape_markup, which would import half of Kivy's uix)."""
    return text.replace("&", "&amp;").replace("[", "&bl;").replace("]", "&br;")


def _texture(label: CoreLabel) -> Texture:
    label.refresh()
    texture = label.texture
    texture.mag_filter = texture.min_filter = "nearest"  # drawn pixel by pixel: crisp, and cheaper to shade
    return texture


@lru_cache(maxsize=64)
def _ruler(face: str, px: int) -> CoreLabel:
    return CoreLabel(font_name=face, font_size=px)


@lru_cache(maxsize=64)
def _line_height(face: str, px: int) -> float:
    return float(_ruler(face, px).get_extents("字")[1])
