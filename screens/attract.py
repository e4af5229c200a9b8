"""Nobody is here: what this is, in every language, and "touch to begin"."""

from kivy.graphics import Color, Rectangle

from kiosk import words as kiosk_words
from kiosk.preferences import SIZES
from kiosk.texts import LocalText, Text
from kiosk.views.parts import Option
from kiosk.views.start import AttractView
from screens.base import Page, Screen
from screens.grids import Grid
from screens.pen import BODY, FACT, TITLE, Pen, Style
from screens.pieces import Box, Column, Icon, Piece, Row, Space, Words
from screens.theme import ACCENT, AMBER, CARD, HEADER, INK, LINE, ON_HEADER, ON_TEAL, ON_TEAL_SOFT, TEAL, TEAL_PRESSED


class AttractScreen(Screen):
    """Upper part teal with the name in every language, lower part the offers and where to touch."""

    _at: Pen
    _box: Box
    _languages: tuple[str, ...] = ()
    _lights = True

    def render(self, view: AttractView) -> Page:
        """The page of the attract view, at the largest text size that fits: nobody scrolls what invites them."""
        self._languages = view.languages
        chosen = SIZES.index(self.pen.theme.text_size)
        for size in reversed(SIZES[: chosen + 1]):
            self._at = Pen(self.pen.theme.sized(size), self.pen.words)
            parts = self._parts(view)
            if sum(part.fit(self.pen.theme.width_px) for part in parts) <= self.pen.theme.height_px:
                break
        return Page(body=parts, gap_mm=0, bare=True)

    def _parts(self, view: AttractView) -> list[Piece]:
        theme = self._at.theme
        upper = Ground(
            self._at, self._names(view.title), round(theme.height_px * (0.38 if not theme.landscape else 0.4))
        )
        upper.fit(theme.width_px)
        return [upper, Padded(self._at, self._below(view), theme.height_px - upper.height)]

    def _pens(self) -> list[Pen]:
        first = self._at
        return [
            first,
            *(Pen(first.theme, kiosk_words.load(code)) for code in self._languages if code != first.language),
        ]

    def _said(self, text: Text) -> list[tuple[Pen, str]]:
        """The text in every language that has it, the first in the one on show; what reads the same is said once."""
        said: list[tuple[Pen, str]] = []
        for pen in self._pens():
            known = not isinstance(text, LocalText) or text.has(pen.language)
            if (known or not said) and pen.say(text) not in [words for _, words in said]:
                said.append((pen, pen.say(text)))
        return said

    def _names(self, title: Text) -> Piece:
        (first, main), *others = self._said(title)
        px = first.theme.px
        parts: list[Piece] = [
            Words(first, main, Style("hero", bold=True), ON_HEADER, "center", even=True),
            Space(first, px(1)),
        ]
        if not first.theme.short:
            parts.insert(0, Icon(first, "hand-heart-outline", px(first.theme.height_mm * 0.085), ON_HEADER, "center"))
        parts += [Words(pen, words, BODY, ON_HEADER, "center", even=True) for pen, words in others]
        return Column(first, parts, px(2))

    def _below(self, view: AttractView) -> Piece:
        pen, px = self._at, self._at.theme.px
        columns = min(len(view.offers), 4 if pen.theme.landscape else 2)
        offers = [Grid(pen, [self._offer(option) for option in view.offers], columns, px(6))] if view.offers else []
        gap = px(14 if not pen.theme.landscape else 6)
        return Column(pen, [*offers, self._invitation(view)], gap)

    def _offer(self, option: Option) -> Piece:
        pen, px = self._at, self._at.theme.px
        words = Words(pen, pen.say(option.title), FACT)
        if pen.theme.landscape:
            part: Piece = Row(pen, [Icon(pen, option.icon, pen.theme.sign(14), ACCENT), words], [0, 1], px(5))
        else:
            words.align = "center"
            part = Column(pen, [Icon(pen, option.icon, px(26), ACCENT, "center"), words], px(3))
        return Box(pen, part, fill=CARD, line=LINE, padding=(px(7), px(7)))

    def _invitation(self, view: AttractView) -> Piece:
        """Where to touch; while nobody can be served, why not, and it does not look like something to touch."""
        pen, px = self._at, self._at.theme.px
        icon, ink, soft = ("gesture-tap", ON_TEAL, ON_TEAL_SOFT) if view.open else ("power-plug-off-outline", INK, INK)
        (first, main), *others = self._said(view.invitation)
        words: list[Piece] = [Words(first, main, TITLE, ink, "left", even=True)]
        words += [Words(one, said, BODY, soft, "left", even=True) for one, said in others]
        row = Row(pen, [Icon(pen, icon, px(30), ink), Column(pen, words)], [0, 1], px(8))
        self._box = Box(pen, row, fill=TEAL if view.open else AMBER, line=None, padding=(px(10), px(9)))
        self._lights = view.open
        return self._box

    def touched(self) -> None:
        """The invitation lights up before anything is computed."""
        if self._lights:
            self._box.light(TEAL_PRESSED)


class Ground(Piece):
    """A part in the middle of a teal ground."""

    def __init__(self, pen: Pen, part: Piece, least: float) -> None:
        super().__init__(pen, [part])
        self.least = least

    def fit(self, width: float) -> float:
        """At least as high as asked."""
        margin = self.pen.theme.margin
        inner = self.parts[0].fit(width - 2 * margin)
        self.least = max(self.least, inner + 2 * margin)
        self.size = (width, self.least)
        return float(self.height)

    def draw(self) -> None:
        """Teal from edge to edge."""
        with self.canvas.before:
            Color(*self.pen.theme.paint(HEADER))
            Rectangle(pos=self.pos, size=self.size)

    def arrange(self) -> None:
        """In the middle."""
        part = self.parts[0]
        part.place(self.x + self.pen.theme.margin, self.top - (self.height - part.height) / 2)


class Padded(Piece):
    """A part with the page's margins, in the middle of what is left."""

    def __init__(self, pen: Pen, part: Piece, room: float) -> None:
        super().__init__(pen, [part])
        self._room = room

    def fit(self, width: float) -> float:
        """At least what is left of the screen."""
        margin = self.pen.theme.margin
        inner = self.parts[0].fit(width - 2 * margin)
        self.size = (width, max(self._room, inner + margin))
        return float(self.height)

    def arrange(self) -> None:
        """In the middle."""
        part = self.parts[0]
        part.place(self.x + self.pen.theme.margin, self.top - (self.height - part.height) / 2)
