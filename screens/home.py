"""The start of a visit: search, the large tiles, and packages ("one thing, once")."""

from kiosk.events import Chosen
from kiosk.views import HomeView
from screens.base import Page, Screen
from screens.controls import list_card, tile
from screens.pen import BODY, SMALL, TITLE, Style
from screens.pieces import Column, Grid, Icon, Piece, Row, Words
from screens.theme import CARD, SOFT, TEAL
from screens.touch import Pressable

SECTION = Style("fact", bold=True)


class HomeScreen(Screen):
    """Portrait: one below the other. Landscape: tiles left, search and packages right."""

    def render(self, view: HomeView) -> Page:
        """The page of a home view."""
        if self.pen.theme.landscape and self.pen.theme.roomy:
            return self._wide(view)
        columns = 2 if self.pen.theme.roomy else 1
        tiles = Grid(self.pen, [tile(self.pen, option) for option in view.tiles], columns, self.pen.theme.gap)
        body = [self._greeting(view), self._search(view), tiles, *self._packages(view)]
        return Page(body=body, stretch=tiles)

    def _wide(self, view: HomeView) -> Page:
        pen = self.pen
        columns = 3 if pen.theme.width_mm / pen.theme.type_mm("tile") >= 30 else 2
        tiles = Grid(pen, [tile(pen, option) for option in view.tiles], columns, pen.theme.gap)
        left = Column(pen, [self._greeting(view), tiles], pen.theme.px(6), stretch=tiles)
        right = Column(pen, [self._search(view), *self._packages(view)], pen.theme.px(5))
        both = Row(pen, [left, right], [1.75, 1], pen.theme.px(9), "fill")
        return Page(body=[both], stretch=both, stretch_limit=1.6)

    def _greeting(self, view: HomeView) -> Piece:
        pen = self.pen
        opening = Row(
            pen,
            [Icon(pen, "clock-outline", pen.size_px(SMALL) * 1.15, SOFT), Words(pen, pen.say(view.opening), SMALL, SOFT)],
            [0, 1],
            pen.theme.px(2.2),
        )
        parts: list[Piece] = [Words(pen, pen.say(view.greeting), TITLE, even=True)]
        return Column(pen, [*parts, opening] if view.opening else parts)

    def _search(self, view: HomeView) -> Pressable:
        pen, px = self.pen, self.pen.theme.px
        row = Row(
            pen,
            [Icon(pen, "magnify", px(10), TEAL), Words(pen, pen.say(view.search_hint), BODY, SOFT)],
            [0, 1],
            px(4),
        )
        return Pressable(
            pen,
            row,
            name="search",
            event=Chosen("search"),
            fill=CARD,
            line=TEAL,
            rule=pen.theme.rule,
            padding=(px(6), px(3)),
            least=px(21),
        )

    def _packages(self, view: HomeView) -> list[Piece]:
        if not view.packages:
            return []
        return [
            Words(self.pen, self.pen.say(view.packages_title), SECTION),
            *(list_card(self.pen, option) for option in view.packages),
        ]
