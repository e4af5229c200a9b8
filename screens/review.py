"""Look once more before something is done for good."""

from kivy.graphics import Color, Rectangle

from kiosk.views.told import ReviewView
from screens.base import Page, Screen
from screens.pen import BODY, SMALL, STRONG, TITLE
from screens.pieces import Box, Column, Icon, Piece, Row, Words
from screens.theme import ACCENT, LINE, SOFT


class ReviewScreen(Screen):
    """Title, what will be done as rows of label and value, the buttons."""

    def render(self, view: ReviewView) -> Page:
        """The page of a review."""
        pen, px = self.pen, self.pen.theme.px
        title: Piece = Words(pen, pen.say(view.title), TITLE, even=True)
        if view.icon and not pen.theme.raised and (pen.theme.roomy or not pen.theme.short):
            title = Row(pen, [Icon(pen, view.icon, px(18), ACCENT), title], [0, 1], px(6))
        top: list[Piece] = [title]
        if view.explain:
            top.append(Words(pen, pen.say(view.explain), BODY, SOFT))
        rows = [self._row(pen.say(label), pen.say(value)) for label, value in view.rows]
        card = Ruled(pen, rows, px(7))
        card_box = Box(pen, card, padding=(px(8), px(6)))
        if pen.theme.raised:
            return Page([card_box], above=top, foot=self.actions(view.actions))
        return Page(body=[*top, card_box], foot=self.actions(view.actions))

    def _row(self, label: str, value: str) -> Piece:
        pen = self.pen
        said, meant = Words(pen, label, SMALL, SOFT), Words(pen, value, STRONG)
        if pen.theme.roomy:
            return Row(pen, [said, meant], [1, 2.2], pen.theme.px(5), "top")
        return Column(pen, [said, meant])


class Ruled(Column):
    """Rows with a thin line between them."""

    def draw(self) -> None:
        """The lines stand in the gaps, which are known once the rows have their heights."""
        top = self.top
        with self.canvas.before:
            Color(*self.pen.theme.paint(LINE))
            for part in self.parts[:-1]:
                top -= part.height + self.gap
                Rectangle(pos=(self.x, round(top + self.gap / 2)), size=(self.width, 1))
