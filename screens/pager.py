"""Large page buttons for a scrolling area: below it in portrait, beside it in landscape."""

from collections.abc import Callable
from math import ceil

from kiosk.texts import Text, msg
from screens import mirror
from screens.palette import Colour
from screens.pen import SMALL, Pen
from screens.pieces import Column, Icon, Piece, Row, Space, Words
from screens.scroll import Scroll
from screens.theme import ACCENT, CARD, LINE, QUIET, QUIET_INK, SOFT
from screens.touch import Pressable

TURNS: tuple[tuple[str, Text], ...] = (("chevron-up", msg("Page up")), ("chevron-down", msg("Page down")))
ENDS: tuple[tuple[str, Text], ...] = (
    ("format-vertical-align-top", msg("At the start")),
    ("format-vertical-align-bottom", msg("At the end")),
)
"""Icon and word of the page buttons up and down: where they turn, and where there is nothing more."""


class Pager(Piece):
    """Up, where one is, down. In landscape `fit` takes the height and returns the width."""

    def __init__(self, pen: Pen, scroll: Scroll, moved: Callable[[], None]) -> None:
        super().__init__(pen)
        self.scroll = scroll
        self._moved = moved
        self._state: tuple[int, int, bool, bool] | None = None
        self._length = 0.0

    def fit(self, length: float) -> float:
        """The length along the area; returns the thickness."""
        self._length = length
        theme = self.pen.theme
        thickness = (
            max(theme.px(20), self.pen.width("88/88", SMALL) + 2)
            if theme.landscape
            else max(theme.px(17), self.pen.line_px(SMALL) + theme.px(4))
        )
        self.size = (thickness, length) if theme.landscape else (length, thickness)
        return float(thickness)

    def follow(self, left: float, bottom: float) -> None:
        """Say where the area stands now; drawn anew only when that changed."""
        state = self._now()
        if state != self._state:
            self._state = state
            self._fill(*state)
            self.place(left, bottom + self.height)

    def _now(self) -> tuple[int, int, bool, bool]:
        scroll = self.scroll
        step = max(1.0, scroll.height * 0.85)
        pages = 1 + max(int(scroll.end > 1), ceil(scroll.end / step - 0.02))
        page = pages if scroll.offset >= scroll.end - 1 else min(pages - 1, 1 + int(scroll.offset / step + 0.02))
        return page, pages, scroll.offset > 1, scroll.offset < scroll.end - 1

    def _fill(self, page: int, pages: int, up: bool, down: bool) -> None:
        self.clear_widgets()
        self.parts = []
        if pages == 1:
            return  # the text fits after all, now that it is set narrower: no buttons that turn nothing
        where = f"{page}/{pages}" if self.pen.theme.landscape else f"{page} / {pages}"
        buttons = [
            self._button(-1, *(TURNS if up else ENDS)[0], live=up),
            self._button(1, *(TURNS if down else ENDS)[1], live=down),
        ]
        middle = Words(self.pen, where, SMALL, SOFT, "center")
        body = self._upright(buttons, middle) if self.pen.theme.landscape else self._lying(buttons, middle)
        self.parts = [body]
        self.add_widget(body)
        body.fit(self.width)
        body.grow(self.height)

    def _lying(self, buttons: list[Pressable], middle: Words) -> Piece:
        gap = self.pen.theme.px(5)
        first, last = buttons[::-1] if mirror.hand_first(self.pen) else buttons
        return Row(self.pen, [first, middle, last], [2, 0, 2], gap)

    def _upright(self, buttons: list[Pressable], middle: Words) -> Piece:
        """Buttons at the lower end; without the page number where there is no room for it."""
        theme, line = self.pen.theme, self.pen.line_px(SMALL)
        gap = theme.px(3)
        parts: list[Piece] = [buttons[0], middle, buttons[1]]
        each = (self._length - line - 2 * gap) / 2
        if each < theme.px(18):
            parts, line, each = list(buttons), 0.0, (self._length - gap) / 2
        each = min(theme.px(40), each)
        for one in buttons:
            one.least = each
        rest = self._length - 2 * each - line - gap * len(parts)
        return Column(self.pen, [Space(self.pen, rest), *parts] if rest > 0 else parts, gap)

    def _button(self, pages: int, icon: str, label: Text, *, live: bool) -> Pressable:
        """One that turns nothing has no outline, another icon and another word: told apart in every contrast."""
        theme = self.pen.theme
        colour: Colour = ACCENT if live else QUIET_INK
        parts: list[Piece] = [Icon(self.pen, icon, theme.px(10), colour, "center")]
        if not theme.landscape:
            parts.append(Words(self.pen, self.pen.say(label), SMALL, colour))
        part: Piece = Row(self.pen, parts, [0] * len(parts), theme.px(2)) if len(parts) > 1 else parts[0]
        made = Pressable(
            self.pen,
            Centre(self.pen, part),
            name="page-up" if pages < 0 else "page-down",
            action=(lambda: self._turn(pages)) if live else None,
            fill=CARD if live else QUIET,
            line=ACCENT if live else LINE,
            rule=theme.rule if live else 0,
            least=self.height,
            spoken=label,
        )
        made.repeats = True
        return made

    def _turn(self, pages: int) -> None:
        self.scroll.turn(pages)
        self._moved()


class Centre(Piece):
    """A part in the middle of the width."""

    def __init__(self, pen: Pen, part: Piece) -> None:
        super().__init__(pen, [part])

    def fit(self, width: float) -> float:
        """The part at its natural width."""
        self.parts[0].fit(min(width, self.parts[0].natural()))
        self.size = (width, self.parts[0].height)
        return float(self.height)

    def arrange(self) -> None:
        """In the middle."""
        self.parts[0].place(self.x + (self.width - self.parts[0].width) / 2, self.top)
