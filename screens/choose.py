"""Choose one of several: a list of cards, with tabs where the list has kinds."""

from collections.abc import Sequence

from kiosk.events.touches import Chosen, Pressed
from kiosk.views.choose import ChooseView
from kiosk.views.parts import Option
from screens.base import Page, Screen
from screens.controls import given_line, list_card, note, progress_line
from screens.grids import Flow, Grid
from screens.pen import BODY, SMALL, TITLE, Style
from screens.pieces import Column, Icon, Piece, Row, Words
from screens.theme import ACCENT, CARD, ON_TEAL, SOFT, TEAL, TEAL_PRESSED, TINT_PRESSED
from screens.touch import Pressable

MOST_COLUMNS = 4
"""Of single words side by side."""
ROOM, ROOM_BESIDE = 0.88, 0.72
"""The share of the width that the list has, upright and with page buttons beside it."""
FEW, AIRY = 5, 1.7
"""So few options take more of a page that has room, at most so many times their height: large, and nearer to the hand."""
MANY = 6
"""From this many options on a wide screen lists them in two columns."""


class ChooseScreen(Screen):
    """Title, explanation, tabs; then the options."""

    def render(self, view: ChooseView) -> Page:
        """The page of a choice."""
        pen = self.pen
        top: list[Piece] = [*progress_line(pen, view.progress), Words(pen, pen.say(view.title), TITLE, even=True)]
        top += given_line(pen, view.given)
        if view.explain:
            top.append(Words(pen, pen.say(view.explain), BODY, SOFT))
        tabs = self._tabs(view)
        if pen.theme.raised:
            return Page(self._list(view), above=top, head=tabs, gap_mm=5, foot=self.actions(view.actions))
        head: Piece = Column(pen, [*top, tabs] if tabs else top, pen.theme.px(3))
        foot = self.actions(view.actions)
        if self.pen.theme.short:
            return Page(body=[head, *self._list(view)], gap_mm=5, foot=foot)
        page = Page(body=self._list(view), head=head, gap_mm=5, foot=foot)
        if 0 < len(view.options) <= FEW and not (view.short or view.tabs):
            page.stretch = cards = Grid(pen, page.body[: len(view.options)], 1, pen.theme.px(page.gap_mm))
            page.body, page.stretch_limit = [cards, *page.body[len(view.options) :]], AIRY
        return page

    def _list(self, view: ChooseView) -> list[Piece]:
        pen = self.pen
        cards: list[Piece] = self._plates(view.options) if view.short else self._cards(view.options)
        if not view.options and view.empty:
            cards.append(note(pen, pen.say(view.empty), "information-outline"))
        if view.note:
            cards.append(Words(pen, pen.say(view.note), SMALL, SOFT))
        return cards

    def _cards(self, options: Sequence[Option]) -> list[Piece]:
        pen = self.pen
        cards = [list_card(pen, option) for option in options]
        if pen.theme.landscape and pen.theme.roomy and not pen.theme.short and len(cards) >= MANY:
            grid = Grid(pen, cards, 2, pen.theme.px(5))
            rows = list(grid.parts)
            grid.clear_widgets()
            return rows
        return list(cards)

    def _plates(self, options: Sequence[Option]) -> list[Piece]:
        """Single words side by side; what most people take stands alone above them."""
        pen, theme = self.pen, self.pen.theme
        wide = [self._plate(option) for option in options if option.main]
        plates = [self._plate(option) for option in options if not option.main]
        gap = theme.px(4)
        widest = max((plate.natural() for plate in plates), default=1.0) + gap
        room = theme.width_px * (ROOM_BESIDE if theme.landscape else ROOM)
        grid = Grid(pen, plates, max(1, min(MOST_COLUMNS, int(room / widest))), gap)
        rows = list(grid.parts)
        grid.clear_widgets()
        return [*wide, *rows]

    def _plate(self, option: Option) -> Pressable:
        pen, px = self.pen, self.pen.theme.px
        colour = ON_TEAL if option.main else ACCENT
        words = Words(pen, pen.say(option.title), Style("body", bold=True), colour, "center")
        part: Piece = words
        if option.icon:
            part = Row(pen, [Icon(pen, option.icon, pen.theme.sign(9), colour), words], [0, 1], px(3))
        return Pressable(
            pen,
            part,
            name=option.key,
            event=Chosen(option.key),
            fill=TEAL if option.main else CARD,
            pressed=TEAL_PRESSED if option.main else TINT_PRESSED,
            line=ACCENT,
            rule=pen.theme.rule,
            padding=(px(4), px(3)),
            least=px(20),
        )

    def _tabs(self, view: ChooseView) -> Piece | None:
        if not view.tabs:
            return None
        parts = [self._tab(option, option.key == view.tab) for option in view.tabs]
        return Flow(self.pen, parts, self.pen.theme.px(4), self.pen.theme.px(4))

    def _tab(self, option: Option, chosen: bool) -> Pressable:
        pen, px = self.pen, self.pen.theme.px
        colour = ON_TEAL if chosen else ACCENT
        words = Words(pen, pen.say(option.title), Style("body", bold=True), colour)
        icon = option.icon or ("check" if chosen else "")
        part: Piece = Row(pen, [Icon(pen, icon, pen.theme.sign(8), colour), words], [0, 0], px(2.5)) if icon else words
        return Pressable(
            pen,
            part,
            name=option.key,
            event=Pressed(option.key),
            fill=TEAL if chosen else CARD,
            pressed=TEAL_PRESSED if chosen else TINT_PRESSED,
            line=ACCENT,
            rule=pen.theme.rule,
            padding=(px(6), px(2)),
            least=px(17),
        )
