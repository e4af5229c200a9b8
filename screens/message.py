"""How something ended: the state as icon, word and colour, the ticket number as large as the screen allows, what next."""

from collections.abc import Mapping

from kivy.graphics import Color, Rectangle

from kiosk.views import MessageView, Tone
from screens.base import Page, Screen
from screens.controls import facts, steps
from screens.pen import BODY, TITLE, Pen, Style
from screens.pieces import Box, Column, Icon, Piece, Row, Words
from screens.qr import Qr
from screens.theme import AMBER, CARD, INK, LINE, SOFT, TEAL, TROUBLE, TROUBLE_INK, Colour

LOOKS: Mapping[Tone, tuple[str, Colour, Colour | None, Colour]] = {
    Tone.PLAIN: ("information-outline", TEAL, None, INK),
    Tone.DONE: ("check-circle", TEAL, None, INK),
    Tone.NOTE: ("alert-circle-outline", INK, AMBER, INK),
    Tone.TROUBLE: ("alert-outline", TROUBLE_INK, TROUBLE, TROUBLE_INK),
}
"""Icon, its colour, the ground behind the title, the title's colour."""
BIG_MM = 58.0
BIG = Style("title", bold=True)


class MessageScreen(Screen):
    """Portrait: one below the other. Landscape: what happened left, what to do next right."""

    def render(self, view: MessageView) -> Page:
        """The page of a message."""
        said, more = self._said(view), self._more(view)
        foot = self.actions(view.actions)
        if self.pen.theme.landscape and more and (self.pen.theme.roomy or view.big):
            gap = self.pen.theme.px(6)
            columns = [Column(self.pen, said, gap), Column(self.pen, more, gap)]
            return Page(body=[Row(self.pen, columns, [1, 1], self.pen.theme.px(12))], foot=foot, middle=True)
        return Page(body=[*said, *more], foot=foot, middle=True, gap_mm=8 if not self.pen.theme.landscape else 5)

    def _said(self, view: MessageView) -> list[Piece]:
        pen = self.pen
        parts: list[Piece] = [self._title(view)]
        if view.big:
            parts.append(Number(pen, view.big))
        if view.big_note:
            parts.append(Words(pen, pen.say(view.big_note), BODY, INK, "center", even=True))
        return parts

    def _title(self, view: MessageView) -> Piece:
        pen, px = self.pen, self.pen.theme.px
        icon, icon_colour, ground, colour = LOOKS[view.tone]
        name = view.icon or icon
        texts: list[Piece] = [Words(pen, pen.say(view.title), TITLE, colour, "left" if ground else "center", even=True)]
        if view.explain:
            texts.append(Words(pen, pen.say(view.explain), BODY, colour if ground else SOFT, "left" if ground else "center", even=True))
        if ground is None:
            side = px(22 if pen.theme.landscape else 36)
            return Column(pen, [Icon(pen, name, side, icon_colour, "center"), *texts], px(3))
        row = Row(pen, [Icon(pen, name, px(20), icon_colour), Column(pen, texts, px(2))], [0, 1], px(6))
        return Box(pen, row, fill=ground, line=None, padding=(px(7), px(6)))

    def _more(self, view: MessageView) -> list[Piece]:
        pen, px = self.pen, self.pen.theme.px
        parts: list[Piece] = []
        if view.facts:
            parts.append(facts(pen, view.facts, "center"))
        if view.steps:
            parts.append(Box(pen, steps(pen, [pen.say(step) for step in view.steps]), padding=(px(7), px(6))))
        if view.qr:
            words = Words(pen, pen.say(view.qr.caption), BODY, INK)
            row = Row(pen, [Qr(pen, view.qr.data, px(44)), words], [0, 1], px(7))
            parts.append(Box(pen, row, padding=(px(5), px(5)), fill=CARD, line=LINE))
        return parts


class Number(Piece):
    """A ticket number, 58 mm type or as large as fits."""

    def __init__(self, pen: Pen, text: str) -> None:
        super().__init__(pen)
        self.text = text
        self.type_px = 1

    def natural(self) -> float:
        """Its width at 58 mm."""
        return self.pen.width(self.text, BIG, int(self.pen.theme.px(BIG_MM)))

    def fit(self, width: float) -> float:
        """As large as the width allows; the room above and below the figures is left out."""
        theme = self.pen.theme
        wanted = int(min(theme.px(BIG_MM), theme.px(theme.height_mm * 0.26)))
        needed = self.pen.width(self.text, BIG, wanted)
        self.type_px = int(wanted * min(1.0, width / needed))
        self.size = (width, self.type_px * 0.98)
        return float(self.height)

    def draw(self) -> None:
        """Centred."""
        texture = self.pen.texture([self.text], BIG, px=self.type_px)
        with self.canvas.before:
            Color(*INK)
            Rectangle(
                texture=texture,
                pos=(round(self.center_x - texture.width / 2), round(self.center_y - texture.height / 2)),
                size=texture.size,
            )
