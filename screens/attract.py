"""Nobody is here: what this is, in every language, and "touch to begin"."""

from kivy.graphics import Color, Rectangle

from kiosk import words as kiosk_words
from kiosk.texts import Text
from kiosk.views import AttractView, Option
from screens.base import Page, Screen
from screens.pen import BODY, STRONG, TITLE, Pen, Style
from screens.pieces import Box, Column, Grid, Icon, Piece, Row, Space, Words
from screens.theme import CARD, LINE, ON_TEAL_SOFT, TEAL, WHITE

LANGUAGES = ("zh_CN", "zh_HK", "en")


class AttractScreen(Screen):
    """Upper part teal with the name in every language, lower part the offers and where to touch."""

    def render(self, view: AttractView) -> Page:
        """The page of the attract view."""
        theme = self.pen.theme
        upper = Ground(self.pen, self._names(view.title), round(theme.height_px * (0.4 if not theme.landscape else 0.42)))
        lower = Padded(self.pen, self._below(view), theme.height_px - upper.least)
        return Page(body=[upper, lower], gap_mm=0, bare=True)

    def _pens(self) -> list[Pen]:
        first = self.pen
        return [first, *(Pen(first.theme, kiosk_words.load(code)) for code in LANGUAGES if code != first.language)]

    def _said(self, text: Text) -> list[tuple[Pen, str]]:
        """The text in every language, the first in the one on show; what reads the same is said once."""
        said: list[tuple[Pen, str]] = []
        for pen in self._pens():
            if pen.say(text) not in [words for _, words in said]:
                said.append((pen, pen.say(text)))
        return said

    def _names(self, title: Text) -> Piece:
        (first, main), *others = self._said(title)
        parts: list[Piece] = [
            Icon(first, "hand-heart-outline", first.theme.px(26), WHITE, "center"),
            Words(first, main, TITLE, WHITE, "center", even=True),
        ]
        parts += [Words(pen, words, BODY, ON_TEAL_SOFT, "center", even=True) for pen, words in others]
        return Column(self.pen, parts, self.pen.theme.px(3))

    def _below(self, view: AttractView) -> Piece:
        pen, px = self.pen, self.pen.theme.px
        columns = 2 if not pen.theme.landscape else max(2, len(view.offers))
        offers = Grid(pen, [self._offer(option) for option in view.offers], columns if pen.theme.roomy else 1, px(5))
        gap = px(10 if not pen.theme.landscape else 5)
        return Column(pen, [offers, self._invitation(view.invitation)], gap)

    def _offer(self, option: Option) -> Piece:
        pen, px = self.pen, self.pen.theme.px
        texts: list[Piece] = [Words(pen, pen.say(option.title), STRONG)]
        row = Row(pen, [Icon(pen, option.icon, px(13), TEAL), Column(pen, texts)], [0, 1], px(5))
        return Box(pen, row, fill=CARD, line=LINE, padding=(px(6), px(5)))

    def _invitation(self, text: Text) -> Piece:
        px = self.pen.theme.px
        (first, main), *others = self._said(text)
        words: list[Piece] = [Words(first, main, Style("tile", bold=True), WHITE, "left", even=True)]
        words += [Words(pen, said, BODY, ON_TEAL_SOFT, "left", even=True) for pen, said in others]
        row = Row(self.pen, [Icon(self.pen, "gesture-tap", px(26), WHITE), Column(self.pen, words)], [0, 1], px(7))
        return Box(self.pen, row, fill=TEAL, line=None, padding=(px(9), px(8)))


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
            Color(*TEAL)
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


__all__ = ["AttractScreen", "Space"]
