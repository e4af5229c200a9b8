"""A device for those who look after it: its state as icon, word and colour, what to do as pictures, what was counted."""

from collections.abc import Sequence

from kiosk.views.devices import DeviceView, Instruction
from screens.base import Page, Screen
from screens.controls import Fixed
from screens.grids import Grid
from screens.message import LOOKS
from screens.pen import BODY, SMALL, STRONG, TITLE
from screens.pictogram import Pictogram
from screens.pieces import Box, Column, Icon, Piece, Row, Words
from screens.review import Ruled
from screens.theme import INK, ON_TEAL, SOFT, TEAL, TINT

PICTURE_MM, SMALL_PICTURE_MM = 40.0, 26.0


class DeviceScreen(Screen):
    """Portrait: one step below the other. Landscape: two beside each other."""

    def render(self, view: DeviceView) -> Page:
        """The page of a device."""
        pen, foot = self.pen, self.actions(view.actions)
        top: list[Piece] = [Words(pen, pen.say(view.title), TITLE, even=True), self._state(view)]
        body = [*self._note(view), *self._steps(view.steps), *self._counted(view)]
        if pen.theme.raised:
            return Page(body, above=top, foot=foot, gap_mm=5)
        return Page([*top, *body], foot=foot, gap_mm=5)

    def _state(self, view: DeviceView) -> Piece:
        pen, px = self.pen, self.pen.theme.px
        icon, colour, ground, ink = LOOKS[view.tone]
        texts: list[Piece] = [Words(pen, pen.say(view.since or view.state), STRONG, ink)]
        texts += [Words(pen, pen.say(said), BODY, ink) for said in view.explain]
        sign = Icon(pen, view.icon or icon, pen.theme.sign(14), colour)
        row = Row(pen, [sign, Column(pen, texts, px(1))], [0, 1], px(5))
        return Box(pen, row, fill=ground or TINT, line=None, padding=(px(6), px(4)))

    def _note(self, view: DeviceView) -> list[Piece]:
        pen = self.pen
        return [Words(pen, pen.say(view.note), BODY, SOFT)] if view.note else []

    def _steps(self, steps: Sequence[Instruction]) -> list[Piece]:
        """Cards of one height in a row; a list of rows, so that the page can be turned between them."""
        pen, theme = self.pen, self.pen.theme
        cards = [self._step(number, step) for number, step in enumerate(steps, 1)]
        columns = 2 if theme.landscape and theme.roomy and len(cards) > 1 else 1
        grid = Grid(pen, cards, columns, theme.px(4))
        rows = list(grid.parts)
        grid.clear_widgets()
        return rows

    def _step(self, number: int, step: Instruction) -> Piece:
        pen, px = self.pen, self.pen.theme.px
        disc = max(px(11), pen.line_px(STRONG) * 1.05)
        figure = Words(pen, str(number), STRONG, ON_TEAL, "center")
        mark = Fixed(pen, Box(pen, figure, fill=TEAL, line=None, radius=disc / 2, least=disc), disc)
        picture = Pictogram(pen, step.picture, px(SMALL_PICTURE_MM if pen.theme.short else PICTURE_MM))
        row = Row(pen, [mark, picture, Words(pen, pen.say(step.text), BODY)], [0, 0, 1], px(5))
        return Box(pen, row, padding=(px(5), px(2)), middle=True)

    def _counted(self, view: DeviceView) -> list[Piece]:
        pen, px = self.pen, self.pen.theme.px
        if not view.rows:
            return []
        rows = [self._row(pen.say(label), pen.say(value)) for label, value in view.rows]
        return [Box(pen, Ruled(pen, rows, px(4)), padding=(px(7), px(4)))]

    def _row(self, label: str, value: str) -> Piece:
        pen = self.pen
        said, meant = Words(pen, label, SMALL, SOFT), Words(pen, value, STRONG, INK)
        if pen.theme.roomy:
            return Row(pen, [said, meant], [2.2, 1], pen.theme.px(5))
        return Column(pen, [said, meant])
