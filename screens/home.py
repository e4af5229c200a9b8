"""The start of a visit: search, the large tiles, and packages ("one thing, once")."""

from kiosk.events.touches import Chosen
from kiosk.views.parts import Option
from kiosk.views.start import HomeView
from screens.base import Page, Screen
from screens.controls import list_card, tile
from screens.grids import Grid
from screens.pen import BODY, SMALL, TILE, TITLE, Style
from screens.pieces import Column, Icon, Piece, Row, Words
from screens.theme import ACCENT, CARD, SOFT
from screens.touch import Pressable

SECTION = Style("fact", bold=True)
TWO_PARTS = 40
"""A landscape screen this many tile titles wide has packages beside the tiles."""


class HomeScreen(Screen):
    """Portrait: one below the other. Landscape: tiles left, search and packages right."""

    def render(self, view: HomeView) -> Page:
        """The page of a home view."""
        theme = self.pen.theme
        if theme.raised:
            return self._raised(view)
        if theme.landscape:
            return self._wide(view) if theme.width_mm / theme.type_mm("tile") >= TWO_PARTS else self._low(view)
        tiles = self._tiles(view, theme.width_px - 2 * theme.margin, 2)
        body = [self._greeting(view), self._search(view), tiles, *self._packages(view)]
        return Page(body=body, stretch=tiles, stretch_limit=1.2)

    def _raised(self, view: HomeView) -> Page:
        """The greeting above; search, tiles and packages within reach."""
        theme = self.pen.theme
        tiles = self._tiles(view, theme.width_px - 2 * theme.margin, 3 if theme.landscape else 2)
        body = [self._search(view), tiles, *self._packages(view)]
        greeting = Words(self.pen, self.pen.say(view.greeting), TITLE, even=True)
        above: list[Piece] = [greeting]
        if view.opening:
            above.append(Words(self.pen, self.pen.say(view.opening), SMALL, SOFT, even=True))
        return Page(body, above=above, gap_mm=5, stretch=tiles, stretch_limit=1.2)

    def _tiles(self, view: HomeView, width: float, most: int) -> Grid:
        """As many columns as leave every title in one line."""
        pen, gap = self.pen, self.pen.theme.gap
        longest = max(self._needs(option) for option in view.tiles)
        columns = most
        while columns > 1 and (width - gap * (columns - 1)) / columns - 2 * pen.theme.px(7) < longest:
            columns -= 1
        return Grid(pen, [tile(pen, option) for option in view.tiles], columns, gap)

    def _needs(self, option: Option) -> float:
        """The width a tile needs inside: its title in one line, and no word of its reason divided."""
        pen, theme = self.pen, self.pen.theme
        title = pen.width(pen.say(option.title), TILE)
        if not option.available or theme.short:
            title += theme.sign(15) + theme.px(4)
        around_reason = pen.size_px(SMALL) * 1.15 + theme.px(10)
        return max(
            title,
            pen.longest_word(pen.say(option.detail), BODY),
            pen.longest_word(pen.say(option.reason), SMALL) + around_reason,
        )

    def _wide(self, view: HomeView) -> Page:
        pen = self.pen
        tiles = self._tiles(view, (pen.theme.width_px - 2 * pen.theme.margin) * 0.62, 3)
        left = Column(pen, [self._greeting(view), tiles], pen.theme.px(6), stretch=tiles)
        right = Column(pen, [self._search(view), *self._packages(view)], pen.theme.px(5))
        both = Row(pen, [left, right], [1.75, 1], pen.theme.px(9), "fill")
        return Page(body=[both], stretch=both, stretch_limit=1.6)

    def _low(self, view: HomeView) -> Page:
        """Few lines: greeting and search beside each other, packages in columns too."""
        pen, theme = self.pen, self.pen.theme
        tiles = self._tiles(view, theme.width_px - 2 * theme.margin, 3)
        top = [self._greeting(view), self._search(view)]
        body: list[Piece] = [
            Row(pen, top, [1.2, 1], theme.px(8)) if theme.roomy else Column(pen, top, theme.px(4)),
            tiles,
        ]
        packages = self._packages(view)
        if packages:
            title, *cards = packages
            body += [title, Grid(pen, cards, 3 if theme.roomy else 2, theme.px(5))]
        return Page(body=body, gap_mm=5, stretch=tiles, stretch_limit=1.2)

    def _greeting(self, view: HomeView) -> Piece:
        pen = self.pen
        opening = Row(
            pen,
            [
                Icon(pen, "clock-outline", pen.size_px(SMALL) * 1.15, SOFT),
                Words(pen, pen.say(view.opening), SMALL, SOFT, even=True),
            ],
            [0, 1],
            pen.theme.px(2.2),
        )
        parts: list[Piece] = [Words(pen, pen.say(view.greeting), TITLE, even=True)]
        return Column(pen, [*parts, opening] if view.opening else parts)

    def _search(self, view: HomeView) -> Pressable:
        pen, px = self.pen, self.pen.theme.px
        row = Row(
            pen,
            [Icon(pen, "magnify", pen.theme.sign(10), ACCENT), Words(pen, pen.say(view.search_hint), BODY, SOFT)],
            [0, 1],
            px(4),
        )
        return Pressable(
            pen,
            row,
            name="search",
            event=Chosen("search"),
            fill=CARD,
            line=ACCENT,
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
