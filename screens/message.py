"""How something ended: the state as icon, word and colour, the ticket number as large as the screen allows, what next."""

from collections.abc import Mapping
from dataclasses import replace

from kivy.graphics import Color, Rectangle

from kiosk.views.parts import Tone
from kiosk.views.told import MessageView
from screens.base import ButtonBlock, Page, Screen
from screens.controls import Hug, facts, steps
from screens.palette import Colour
from screens.pen import BODY, STRONG, TITLE, Pen, Style
from screens.pieces import Box, Column, Icon, Piece, Row, Words
from screens.qr import Qr
from screens.theme import ACCENT, AMBER, CARD, INK, LINE, SOFT, TROUBLE, TROUBLE_INK

LOOKS: Mapping[Tone, tuple[str, Colour, Colour | None, Colour]] = {
    Tone.PLAIN: ("information-outline", ACCENT, None, INK),
    Tone.DONE: ("check-circle", ACCENT, None, INK),
    Tone.NOTE: ("alert-circle-outline", INK, AMBER, INK),
    Tone.TROUBLE: ("alert-outline", TROUBLE_INK, TROUBLE, TROUBLE_INK),
}
"""Icon, its colour, the ground behind the title, the title's colour."""
BIG_MM = 58.0
BESIDE, AROUND_MM, MOST_LINES = 1.2, 42.0, 3
"""What to do next is so much wider than what happened; icon and edges of the latter; its title takes at most so many lines."""
LONG = 9
"""A number of more figures needs the whole width of a page with few lines."""
BIG = Style("title", bold=True)


class MessageScreen(Screen):
    """Portrait: one below the other. Landscape: what happened left, what to do next right."""

    def render(self, view: MessageView) -> Page:
        """The page of a message."""
        pen, theme = self.pen, self.pen.theme
        foot, title, gap = self.actions(view.actions), self._title(view), theme.px(5)
        if view.big and (theme.tight or (theme.short and len(view.big) > LONG)):
            return self._tight(view, foot)
        if theme.raised:
            return self._raised(view, title, foot)
        big, facts_, steps_, code = self._big(view), self._facts(view), self._steps(view), self._code(view)
        if not (theme.landscape and theme.roomy):
            return Page(
                body=[title, *big, *facts_, *_ordered(view, steps_, code)],
                foot=foot,
                middle=True,
                gap_mm=5 if theme.landscape else 8,
            )
        if big:
            row = [Row(pen, [Column(pen, big, gap), *code], [1] * (1 + len(code)), theme.px(8))]
            return Page(body=[title, *row, *facts_, *steps_], foot=foot, middle=True, gap_mm=5)
        more = [*facts_, *_ordered(view, steps_, code)]
        if theme.short or not more or not self._beside(view, foot):
            return Page(body=[title, *more], foot=foot, middle=True, gap_mm=5)
        return Page(body=[Row(pen, [title, Column(pen, more, gap)], [1, BESIDE], theme.px(10))], foot=foot, middle=True)

    def _beside(self, view: MessageView, foot: ButtonBlock | None) -> bool:
        """Whether what happened has room for its words left of what to do next, with the buttons beside both."""
        pen, theme = self.pen, self.pen.theme
        buttons = foot.side_width() + theme.px(8) if foot and foot.wants_side() else 0.0
        room = (theme.width_px - 2 * theme.margin - buttons - theme.px(10)) / (1 + BESIDE) - theme.px(AROUND_MM)
        title = pen.say(view.title)
        return pen.longest_word(title, TITLE) <= room and len(pen.lines(title, TITLE, room)) <= MOST_LINES

    def _raised(self, view: MessageView, title: Piece, foot: ButtonBlock | None) -> Page:
        """What happened and the number above, what to do next within reach; a trouble stands before the number."""
        big = self._big(view)
        above = [title, *big] if LOOKS[view.tone][2] or not view.big else [*big, *title.parts[1:]]
        body = [*self._facts(view), *_ordered(view, self._steps(view), self._code(view))]
        for part in above:
            if part.parent:
                part.parent.remove_widget(part)
        return Page(body, above=above, foot=foot, middle=True, gap_mm=5)

    def _tight(self, view: MessageView, foot: ButtonBlock | None) -> Page:
        """Few large lines: the number stands on the first page, after a trouble in few words, before a success."""
        big, title = self._big(view), self._title(replace(view, explain=""), STRONG)
        first = [title, *big] if LOOKS[view.tone][2] else [*big, title]
        more = [Words(self.pen, self.pen.say(view.explain), BODY, SOFT)] if view.explain else []
        return Page([*first, *more, *self._facts(view), *self._steps(view), *self._code(view)], foot=foot, gap_mm=3)

    def _big(self, view: MessageView) -> list[Piece]:
        pen = self.pen
        parts: list[Piece] = [Number(pen, view.big)] if view.big else []
        if view.big_note:
            parts.append(Words(pen, pen.say(view.big_note), BODY, INK, "center", even=True))
        return parts

    def _title(self, view: MessageView, style: Style = TITLE) -> Piece:
        pen, px = self.pen, self.pen.theme.px
        icon, icon_colour, ground, colour = LOOKS[view.tone]
        beside = ground is not None or pen.theme.short
        align = "left" if beside else "center"
        texts: list[Piece] = [Words(pen, pen.say(view.title), style, colour, align, even=True)]
        if view.explain:
            texts.append(Words(pen, pen.say(view.explain), BODY, colour if ground else SOFT, align, even=True))
        if not beside:
            side = px(22 if pen.theme.landscape else 36)
            return Column(pen, [Icon(pen, view.icon or icon, side, icon_colour, "center"), *texts], px(3))
        narrow = not pen.theme.roomy and pen.theme.short
        side, pad = (px(13), px(4)) if narrow else (px(20), px(7))
        row = Row(pen, [Icon(pen, view.icon or icon, side, icon_colour), Column(pen, texts, px(2))], [0, 1], pad)
        return Box(pen, row, fill=ground, line=None, padding=(pad, px(6)), rule=pen.theme.rule * 2) if ground else row

    def _facts(self, view: MessageView) -> list[Piece]:
        return [facts(self.pen, view.facts, "center")] if view.facts else []

    def _steps(self, view: MessageView) -> list[Piece]:
        pen, px = self.pen, self.pen.theme.px
        if not view.steps:
            return []
        return [Box(pen, steps(pen, [pen.say(step) for step in view.steps]), padding=(px(7), px(6)))]

    def _code(self, view: MessageView) -> list[Piece]:
        if not view.qr:
            return []
        side = 44 if view.big or self.pen.theme.short else 72  # the code is what this page is for
        return [Code(self.pen, view.qr.data, self.pen.say(view.qr.caption), self.pen.theme.px(side))]


def _ordered(view: MessageView, steps_: list[Piece], code: list[Piece]) -> list[Piece]:
    """The code first where it is what the page is for; below what to do next where a number is."""
    return [*steps_, *code] if view.big else [*code, *steps_]


class Code(Piece):
    """A QR code in a box with its sentence beside it, or below it where there is not room for words."""

    def __init__(self, pen: Pen, data: str, caption: str, side: float) -> None:
        super().__init__(pen)
        self._side = side
        self._data = data
        self._caption = caption

    def fit(self, width: float) -> float:
        """Beside as long as the sentence keeps half the width and no word is divided."""
        pen, px = self.pen, self.pen.theme.px
        code = Qr(pen, self._data, self._side)
        beside = width - code.natural() - px(20)
        room = max(pen.longest_word(self._caption, BODY), min(px(60), pen.width(self._caption, BODY)))
        part: Piece
        if beside >= room:
            part = Row(pen, [code, Words(pen, self._caption)], [0, 1], px(7))
        else:
            part = Column(pen, [Hug(pen, code, "center"), Words(pen, self._caption, align="center", even=True)], px(2))
        box = Box(pen, part, padding=(px(5), px(5)), fill=CARD, line=LINE)
        self.clear_widgets()
        self.add_widget(box)
        self.parts = [box]
        self.size = (width, box.fit(width))
        return float(self.height)


class Number(Piece):
    """A ticket number, 58 mm type or as large as fits."""

    def __init__(self, pen: Pen, text: str) -> None:
        super().__init__(pen)
        self.text = text
        self.type_px = 1
        self.colour: Colour = INK

    def natural(self) -> float:
        """Its width at 58 mm."""
        return self.pen.width(self.text, BIG, int(self.pen.theme.px(BIG_MM)))

    def fit(self, width: float) -> float:
        """As large as the width allows; the room above and below the figures is left out."""
        theme = self.pen.theme
        wanted = int(min(theme.px(BIG_MM), theme.px(max(theme.band.height_mm, theme.above_mm) * 0.26)))
        needed = self.pen.width(self.text, BIG, wanted)
        self.type_px = int(wanted * min(1.0, width / needed))
        self.size = (width, self.type_px * 0.98)
        return float(self.height)

    def draw(self) -> None:
        """Centred."""
        texture = self.pen.texture([self.text], BIG, px=self.type_px)
        with self.canvas.before:
            Color(*self.pen.theme.paint(self.colour))
            Rectangle(
                texture=texture,
                pos=(round(self.center_x - texture.width / 2), round(self.center_y - texture.height / 2)),
                size=texture.size,
            )
