"""Something is awaited: what, how long it may take, and where to put the card."""

import math
import time

from kivy.clock import Clock
from kivy.graphics import Color, SmoothRoundedRectangle

from kiosk.texts import msg
from kiosk.views.told import WaitView
from screens.base import ButtonBlock, Page, Screen
from screens.palette import Paint
from screens.pen import BODY, SMALL, TITLE, Pen, Style
from screens.pieces import Column, Icon, Piece, Row, Space, Words
from screens.theme import ACCENT, INK, SOFT, TRACK

BIG = Style("hero", bold=True)
BEATS_PER_S = 12
"""How often a sign of life moves; a software-rendered frame costs some 10 ms."""


class WaitScreen(Screen):
    """A large picture, what to do, a sign of life."""

    def render(self, view: WaitView) -> Page:
        """The page of a waiting view."""
        theme = self.pen.theme
        foot = self.actions(view.actions)
        if theme.raised:
            return Page(self._sign(view), above=self._words(view), foot=foot, middle=True, gap_mm=4)
        picture = Icon(self.pen, view.icon, theme.px(min(90, theme.height_mm * 0.26)), ACCENT, "center")
        if theme.short:
            picture.side = theme.px(40 if theme.roomy else 26)
            if view.points_down and not theme.roomy:
                return self._card_first(view, picture, foot)
            row = Row(self.pen, [picture, Column(self.pen, self._said(view), theme.px(4))], [0, 1], theme.px(8))
            return Page(body=[row], foot=foot, middle=True)
        gap = 4 if theme.landscape else 8
        return Page(body=[picture, *self._said(view)], foot=foot, middle=True, gap_mm=gap)

    def _card_first(self, view: WaitView, picture: Icon, foot: ButtonBlock | None) -> Page:
        """Few large lines: the card and where it goes are seen before anything is read."""
        arrow = self._arrow()
        picture.align, arrow.align = "right", "left"
        return Page(body=[Row(self.pen, [picture, arrow], [1, 1], self.pen.theme.px(8)), *self._lead(view)], foot=foot)

    def _words(self, view: WaitView) -> list[Piece]:
        """The words first, the picture where there is room for it as well."""
        theme = self.pen.theme
        picture = Icon(self.pen, view.icon, theme.px(min(60, theme.above_mm * 0.3)), ACCENT, "center")
        return [*self._lead(view), picture]

    def _said(self, view: WaitView) -> list[Piece]:
        return [*self._lead(view), *self._sign(view)]

    def _lead(self, view: WaitView) -> list[Piece]:
        pen = self.pen
        parts: list[Piece] = [Words(pen, pen.say(view.title), TITLE, INK, "center", even=True)]
        if view.explain:
            parts.append(Words(pen, pen.say(view.explain), BODY, SOFT, "center", even=True))
        return parts

    def _sign(self, view: WaitView) -> list[Piece]:
        """Where to put the card, or a sign of life."""
        pen, px = self.pen, self.pen.theme.px
        if view.ends_at is not None:
            return [Space(pen, px(2)), Countdown(pen, view.ends_at)]
        if view.points_down:
            return [Space(pen, px(0 if pen.theme.landscape else 6)), self._arrow()]
        parts: list[Piece] = [Space(pen, px(2)), Progress(pen, view.expected_s) if view.expected_s else Life(pen)]
        if view.expected_s:
            said = pen.say(msg("About {n} s", n=max(1, round(view.expected_s))))
            parts.append(Words(pen, said, SMALL, SOFT, "center"))
        return parts

    def _arrow(self) -> Icon:
        theme = self.pen.theme
        return Icon(self.pen, "arrow-down-bold", theme.px(24 if theme.landscape else 44), ACCENT, "center")


class Moving(Piece):
    """A piece that moves while it is on a window."""

    def __init__(self, pen: Pen) -> None:
        super().__init__(pen)
        self._since = time.monotonic()
        self._beat = Clock.create_trigger(self._move, 1 / BEATS_PER_S, interval=True)

    def place(self, left: float, top: float) -> None:
        """Move from now on."""
        super().place(left, top)
        self._beat()

    def _move(self, _: float) -> bool | None:
        if self.get_root_window() is None:
            return False
        self.at(time.monotonic() - self._since)
        return None

    def at(self, seconds: float) -> None:
        """Look as one should after so many seconds."""
        raise NotImplementedError


class Progress(Moving):
    """A bar that fills in the expected time and waits just before its end."""

    def __init__(self, pen: Pen, expected_s: float) -> None:
        super().__init__(pen)
        self.expected_s = expected_s
        self._fill: SmoothRoundedRectangle | None = None

    def fit(self, width: float) -> float:
        """A bar 5 mm high."""
        self.size = (width, self.pen.theme.px(5))
        return float(self.height)

    def _area(self) -> tuple[float, float]:
        width = min(self.width, self.pen.theme.px(160))
        return self.x + (self.width - width) / 2, width

    def draw(self) -> None:
        """Ground and filling."""
        left, width = self._area()
        with self.canvas.before:
            Color(*self.pen.theme.paint(TRACK))
            SmoothRoundedRectangle(pos=(left, self.y), size=(width, self.height), radius=[self.height / 2])
            Color(*self.pen.theme.paint(ACCENT))
            self._fill = SmoothRoundedRectangle(
                pos=(left, self.y), size=(self.height, self.height), radius=[self.height / 2]
            )

    def at(self, seconds: float) -> None:
        """Fast first, never quite full: only the result ends the waiting."""
        share = min(seconds / self.expected_s * 0.9, 0.96)
        if self._fill:
            left, width = self._area()
            filled = max(self.height, width * share)
            self._fill.size = (filled, self.height)
            self._fill.pos = (left + width - filled if self.pen.rtl else left, self.y)


class Countdown(Moving):
    """Minutes and seconds that are left; at the end it stands still at nothing."""

    def __init__(self, pen: Pen, ends_at: float) -> None:
        super().__init__(pen)
        self._ends_at = ends_at
        self.words = Words(pen, self._left(), BIG, INK, "center")
        self.parts = [self.words]
        self.add_widget(self.words)

    def _left(self) -> str:
        left = max(0, math.ceil(self._ends_at - time.monotonic()))
        return f"{left // 60}:{left % 60:02d}"

    def at(self, seconds: float) -> None:
        """Another figure each second."""
        if self.words.text != (left := self._left()):
            self.words.text = left
            self.words.fit(self.width)
            self.words.place(self.x, self.top)


class Life(Moving):
    """Three dots, one of them dark in turn: something is going on, nobody knows how long."""

    def fit(self, width: float) -> float:
        """Dots of 6 mm."""
        self.size = (width, self.pen.theme.px(6))
        return float(self.height)

    def draw(self) -> None:
        """The dots."""
        side, gap = self.height, self.pen.theme.px(5)
        left = self.center_x - 1.5 * side - gap
        self._colours = []
        with self.canvas.before:
            for number in range(3):
                self._colours.append(Color(*self._shade(number == 0)))
                SmoothRoundedRectangle(pos=(left + number * (side + gap), self.y), size=(side, side), radius=[side / 2])

    def at(self, seconds: float) -> None:
        """One dark dot, moving on twice a second."""
        for number, colour in enumerate(self._colours):
            wanted = self._shade(int(seconds * 2) % 3 == number)
            if tuple(colour.rgba) != tuple(wanted):
                colour.rgba = wanted

    def _shade(self, dark: bool) -> Paint:
        return self.pen.theme.paint(ACCENT if dark else TRACK)
