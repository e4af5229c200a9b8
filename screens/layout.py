"""One laid-out page with what stands around it: header, banner, body with page buttons, buttons, keyboard, help line."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from kivy.clock import Clock
from kivy.uix.widget import Widget

from kiosk.views import Chrome
from screens import chrome as around
from screens.base import ButtonBlock, Page
from screens.pager import Pager
from screens.pen import Pen
from screens.pieces import Piece
from screens.scroll import Scroll
from screens.theme import GAP_MM


class Area(NamedTuple):
    """A part of the window in pixels; `top` counts upwards."""

    left: float
    right: float
    top: float
    bottom: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From bottom to top."""
        return self.top - self.bottom


class Layout:
    """Puts a page onto a root widget. A new page is a new layout; the clock and the countdown are changed in place."""

    def __init__(
        self,
        root: Widget,
        pen: Pen,
        chrome: Chrome,
        opens: tuple[Callable[[], None], Callable[[], None]],
        voice_bar: Callable[[Pen, Chrome], Piece] | None = None,
    ) -> None:
        self.root = root
        self.pen = pen
        self.chrome = chrome
        self.pieces: dict[str, Piece] = {}
        self.scroll: Scroll | None = None
        self.pager: Pager | None = None
        self._opens = opens
        self._voice_bar = voice_bar
        self._theme = pen.theme
        self._bottom = 0.0
        self._body_area = self._pager_area = Area(0, 0, 0, 0)

    def lay_out(self, page: Page) -> None:
        """Everything of a page."""
        root, margin = self.root, self._theme.margin
        root.clear_widgets()
        whole = Area(float(root.x), float(root.right), float(root.top), float(root.y))
        if page.bare:
            self._add_body(page, whole, 0)
            return
        top, bottom = self._lay_top(whole.top), self._lay_bottom(whole.bottom)
        area = self._lay_fixed(page, Area(whole.left + margin, whole.right - margin, top, bottom))
        self._add_body(page, area, self._theme.px(7))

    def _lay_fixed(self, page: Page, area: Area) -> Area:
        """Head, keyboard and buttons; returns what is left for the body."""
        wide_head = page.keys is not None and not self._theme.short
        if page.head and wide_head:
            area = self._lay_head(page.head, area)
        if page.keys:
            area = self._lay_keys(page.keys, area)
        if page.foot:
            area = self._lay_foot(page.foot, area)
        if page.head and not wide_head:
            area = self._lay_head(page.head, area)
        if page.foot and page.foot.left_over:
            page.body = [*page.body, page.foot.left_over]
        return area

    def put(self, name: str, piece: Piece, left: float, top: float) -> None:
        """Place a fitted piece, instead of the one that had this name."""
        self.take_away(name)
        self.pieces[name] = piece
        self.root.add_widget(piece)
        piece.place(left, top)

    def take_away(self, name: str) -> bool:
        """Remove a piece by name; returns whether it was there."""
        piece = self.pieces.pop(name, None)
        if piece is not None:
            self.root.remove_widget(piece)
        return piece is not None

    # --- around the page -------------------------------------------------------------------------------------

    def _lay_top(self, top: float) -> float:
        self._put_header()
        top -= self.pieces["header"].height
        line = around.banner(self.pen, self.chrome)
        if line:
            line.fit(self.root.width)
            self.put("banner", line, self.root.x, top)
            top -= line.height
        return top

    def _put_header(self) -> None:
        bar = around.header(self.pen, self.chrome, *self._opens)
        bar.fit(self.root.width)
        self.put("header", bar, self.root.x, self.root.top)

    def _lay_bottom(self, bottom: float) -> float:
        self._bottom = around.bottom_height(self.pen, self.chrome, self.root.width)
        self._put_bottom()
        return bottom + self._bottom + self._put_voice()

    def _put_voice(self) -> float:
        """The voice's bar above the bottom line, while somebody listens; returns its height."""
        if self._voice_bar is None or not self.chrome.preferences.voice:
            return 0.0
        bar = self._voice_bar(self.pen, self.chrome)
        height = bar.fit(self.root.width)
        self.put("voice", bar, self.root.x, self.root.y + self._bottom + height)
        return height

    def _put_bottom(self) -> None:
        left_s = self.chrome.remaining_s
        bar = around.help_line(self.pen, self.chrome) if left_s is None else around.countdown(self.pen, left_s)
        bar.fit(self.root.width)
        bar.grow(self._bottom)
        self.put("bottom", bar, self.root.x, self.root.y + self._bottom)

    def refresh(self, chrome: Chrome) -> None:
        """Another clock or countdown; the page stays as it is."""
        before, self.chrome = self.chrome, chrome
        if "header" not in self.pieces:
            return
        if (before.clock, before.station) != (chrome.clock, chrome.station):
            self._put_header()
        if before.remaining_s != chrome.remaining_s:
            self._put_bottom()
        if before.preferences != chrome.preferences:
            self._put_voice()

    # --- the page --------------------------------------------------------------------------------------------

    def _lay_head(self, head: Piece, area: Area) -> Area:
        top = area.top - self._theme.px(7)
        head.fit(area.width)
        self.put("head", head, area.left, top)
        return area._replace(top=top - head.height)

    def _lay_foot(self, foot: ButtonBlock, area: Area) -> Area:
        """Below the body, or on a wide screen beside it; buttons for which there is no room scroll with the body."""
        pad = self._theme.px(5)
        foot.upright = foot.wants_side()
        width = foot.side_width() if foot.upright else area.width
        while foot.fit(width) > area.height - 2 * pad and foot.upright and foot.give_up_one():
            pass
        self.put("foot", foot, area.right - width, area.bottom + pad + foot.height)
        if foot.upright:
            return area._replace(right=area.right - width - self._theme.px(8))
        return area._replace(bottom=area.bottom + pad + foot.height)

    def _lay_keys(self, keys: Piece, area: Area) -> Area:
        """Over the whole width in portrait; at the right in landscape."""
        if not self._theme.landscape:
            keys.fit(self.root.width)
            self.put("keys", keys, self.root.x, area.bottom + keys.height)
            return area._replace(bottom=area.bottom + keys.height)
        width = round(area.width * 0.52)
        keys.fit(width + self._theme.margin)
        self.put("keys", keys, area.right - width, area.bottom + keys.height)
        return area._replace(right=area.right - width - self._theme.gap)

    def replace_body(self, body: Sequence[Piece]) -> None:
        """Put other pieces into the scrolling part, from their top."""
        for piece in (self.scroll, self.pager):
            if piece is not None:
                self.root.remove_widget(piece)
        self._add_body(Page(body=body, gap_mm=5), self._body_area, self._theme.px(7))

    def _add_body(self, page: Page, area: Area, pad: float) -> None:
        self._body_area = area
        scroll = self.scroll = Scroll(self.pen, page.body, self._theme.px(page.gap_mm), middle=page.middle)
        self.pager = None
        inner = area._replace(top=area.top - pad, bottom=area.bottom + pad)
        scroll.measure(inner.width)
        scroll.height = max(0.0, inner.height)
        if scroll.too_long:
            inner = self._make_pager(scroll, inner, pad)
        elif page.stretch is not None:
            room = scroll.height - scroll.content_height
            scroll.stretch(page.stretch, min(room, page.stretch.height * (page.stretch_limit - 1)))
        scroll.size = (inner.width, max(0.0, inner.height))
        self.root.add_widget(scroll)
        scroll.place(inner.left, inner.top)

    def _make_pager(self, scroll: Scroll, inner: Area, pad: float) -> Area:
        """Room for the page buttons: below in portrait, at the right in landscape; the body is measured anew."""
        gap = self._theme.px(4)
        pager = self.pager = Pager(self.pen, scroll, self.pager_follows)
        if self._theme.landscape:
            thick = pager.fit(inner.height)
            self._pager_area = inner._replace(left=inner.right - thick)
            inner = inner._replace(
                right=inner.right - thick - gap, bottom=inner.bottom - pad + self._theme.px(GAP_MM + 0.5)
            )
        else:
            thick = pager.fit(inner.width)
            bottom = inner.bottom - pad + gap
            self._pager_area = inner._replace(bottom=bottom)
            inner = inner._replace(bottom=bottom + thick + gap)
        scroll.measure(inner.width)
        self.root.add_widget(pager)
        Clock.schedule_once(lambda _: self.pager_follows(), -1)
        return inner

    def pager_follows(self) -> None:
        """The page buttons say where the body stands."""
        if self.pager:
            self.pager.follow(self._pager_area.left, self._pager_area.bottom)
