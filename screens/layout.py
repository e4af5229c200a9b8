"""One laid-out page with what stands around it: header, banner, body with page buttons, buttons, keyboard, help line."""

from collections.abc import Callable, Sequence

from kivy.clock import Clock
from kivy.uix.widget import Widget

from kiosk.views.chrome import Chrome
from screens import chrome as around
from screens import mirror
from screens.aloft import Aloft, aloft
from screens.base import ButtonBlock, Page
from screens.bottom import bottom, left_out
from screens.pager import Pager
from screens.panel import Panel
from screens.pen import BODY, SMALL, Pen
from screens.pieces import Piece, Words
from screens.rect import Rect
from screens.scroll import Scroll
from screens.theme import GAP_MM, SOFT

PANEL_MM = 300.0
KEYS_SHARE = 0.52
"""How much of a lying screen's width the keyboard takes."""
LINES, PAGER_MM = 2, 40.0
"""Above a keyboard so many lines can be read, with the page buttons and the gaps around them."""
BESIDE_MM = 44.0
"""Beside a keyboard this is the least height for a text with page buttons, gaps above and below included."""
FOOT_SHARE = 0.38
"""Buttons below the text take at most this part of the page; the others scroll with the text."""


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
        self._crowded = False
        self._body_area = self._pager_area = Rect(0, 0, 0, 0)

    def lay_out(self, page: Page) -> None:
        """Everything of a page."""
        root, margin = self.root, self._theme.margin
        root.clear_widgets()
        if page.bare:
            self._add_body(page, Rect(float(root.x), float(root.y), float(root.right), float(root.top)), 0)
            return
        page.body = [*self._lay_aloft(list(page.above)), *page.body, *self._unsaid()]
        top = self._lay_top(self.reach.top)
        self._put_bottom()
        self._crowded = self._leaves_no_room(page, top)
        bottom = self.pieces["bottom"].top + self._put_voice()
        area = self._lay_fixed(page, Rect(root.x + margin, bottom, root.right - margin, top))
        self._add_body(page, area, self._pad(page.keys))

    @property
    def reach(self) -> Rect:
        """The part of the window in which everything that is touched stands."""
        root, theme = self.root, self._theme
        high = root.top - theme.px(theme.above_mm) if theme.above_mm else float(root.top)
        return Rect(float(root.x), root.y + theme.px(theme.band.bottom_mm), float(root.right), float(high))

    def _lay_aloft(self, lead: list[Piece]) -> list[Piece]:
        """What is only read, above the page; returns what has no room there."""
        high = self.root.top - self.reach.top
        if high < 1:
            return lead
        made, rest = aloft(self.pen, self.chrome, lead, (self.root.width, high))
        self.put("aloft", made, self.root.x, self.root.top)
        return rest

    def _unsaid(self) -> list[Piece]:
        """What the bottom bar has no room for is said at the end of the first page."""
        if self.chrome.can_back or self.chrome.can_home:
            return []
        return [Words(self.pen, said, SMALL, SOFT) for said in left_out(self.pen, self.chrome, self.root.width)]

    def _lay_fixed(self, page: Page, area: Rect) -> Rect:
        """Head, keyboard and buttons; returns what is left for the body."""
        wide_head = self._head_above_keys(page, area)
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

    def _head_above_keys(self, page: Page, area: Rect) -> bool:
        """Whether the head stands over the whole width, with the keyboard below it: where both have room."""
        if page.head is None or page.keys is None or self._theme.short:
            return False
        keys = page.keys.fit(self._keys_width(area.width))
        return page.head.fit(area.width) + self._theme.px(7) + keys <= area.height

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
        bar = around.header(self.pen, self.chrome, *self._opens, self.root.width)
        bar.fit(self.root.width)
        self.put("header", bar, self.root.x, self.reach.top)

    def _put_voice(self) -> float:
        """The voice's bar above the bottom line, while somebody listens; returns its height. A keyboard that needs its
        room takes its place: the bar comes back when the keyboard is hidden, and the help key has all of it."""
        if self._voice_bar is None or self._crowded or not self.chrome.preferences.voice:
            return 0.0
        bar = self._voice_bar(self.pen, self.chrome)
        height = bar.fit(self.root.width)
        self.put("voice", bar, self.root.x, self.pieces["bottom"].top + height)
        return height

    def _leaves_no_room(self, page: Page, top: float) -> bool:
        """Whether field, buttons, two lines of text and the keyboard need the room of the voice's bar."""
        if page.keys is None or self._voice_bar is None or not self.chrome.preferences.voice:
            return False
        px, width = self._theme.px, self.root.width - 2 * self._theme.margin
        needed = page.keys.fit(self._keys_width(width))
        if self._theme.landscape:
            needed = max(needed, self._column_px(page, width - round(width * KEYS_SHARE) - self._theme.gap))
        else:
            fixed = [piece.fit(width) for piece in (page.head, page.foot) if piece]
            needed += sum(fixed) + px(PAGER_MM) + LINES * self.pen.line_px(BODY)
        around_it = self._voice_bar(self.pen, self.chrome).fit(self.root.width)
        return needed + around_it + px(GAP_MM) > top - self.pieces["bottom"].top

    def _column_px(self, page: Page, width: float) -> float:
        """The height that field, text and buttons take beside a keyboard; a long text takes that of its page buttons."""
        px = self._theme.px
        fixed = [piece.fit(width) for piece in (page.head, page.foot) if piece]
        text = [piece.fit(width) + px(page.gap_mm) for piece in page.body]
        return sum(fixed) + px(7) + min(sum(text) + 2 * self._pad(page.keys), px(BESIDE_MM))

    def _put_bottom(self) -> None:
        bar = bottom(self.pen, self.chrome, self.root.width, self.reach.bottom - self.root.y)
        self.put("bottom", bar, self.root.x, self.reach.bottom + bar.height)

    def refresh(self, chrome: Chrome) -> None:
        """Another clock or countdown; the page stays as it is."""
        before, self.chrome = self.chrome, chrome
        if "header" not in self.pieces:
            return
        if (before.clock, before.station) != (chrome.clock, chrome.station):
            self._put_header()
            if "aloft" in self.pieces:
                self._rename(chrome)
        if (before.remaining_s, before.preferences) != (chrome.remaining_s, chrome.preferences):
            self._put_bottom()
        if before.preferences != chrome.preferences:
            self._put_voice()

    def _rename(self, chrome: Chrome) -> None:
        above = self.pieces["aloft"]
        if isinstance(above, Aloft):
            above.rename(chrome)

    def put_panel(self, name: str, panel: Panel) -> None:
        """Under the header at its end, inside the reach; over the whole width where words are large."""
        theme, reach = self._theme, self.reach
        top = self.pieces["header"].y - theme.px(3)
        whole = theme.text_size == "XL" or not theme.landscape
        width = reach.width - 2 * theme.margin if whole else min(reach.width - 2 * theme.margin, theme.px(PANEL_MM))
        panel.fit_into(width, top - reach.bottom - theme.px(3))
        low = self.pieces["bottom"].top
        if top - panel.height < low:  # it stands over the bottom line as well: of that nothing is left to read
            low = reach.bottom
        panel.veil = (reach.left, low, reach.width, self.pieces["header"].y - low)
        left = reach.left + theme.margin if self.pen.rtl else reach.right - theme.margin - width
        self.put(name, panel, left, top)

    # --- the page --------------------------------------------------------------------------------------------

    def _lay_head(self, head: Piece, area: Rect) -> Rect:
        top = area.top - self._theme.px(7)
        head.fit(area.width)
        self.put("head", head, area.left, top)
        return area._replace(top=top - head.height)

    def _lay_foot(self, foot: ButtonBlock, area: Rect) -> Rect:
        """Below the body, or on a wide screen beside it; buttons for which there is no room scroll with the body."""
        pad = self._theme.px(5)
        foot.upright = foot.wants_side()
        width = foot.side_width() if foot.upright else area.width
        most = area.height - 2 * pad if foot.upright else area.height * FOOT_SHARE
        while foot.fit(width) > most and foot.give_up_one():
            pass
        self.put("foot", foot, self._at_hand(area, width), area.bottom + pad + foot.height)
        if foot.upright:
            return self._beside(area, width + self._theme.px(8))
        return area._replace(bottom=area.bottom + pad + foot.height)

    def _at_hand(self, area: Rect, width: float) -> float:
        """Where something of this width begins at the hand's side of an area."""
        return area.left if mirror.hand_left(self.pen) else area.right - width

    def _beside(self, area: Rect, width: float) -> Rect:
        """What is left of an area beside something at the hand's side."""
        if mirror.hand_left(self.pen):
            return area._replace(left=area.left + width)
        return area._replace(right=area.right - width)

    def _lay_keys(self, keys: Piece, area: Rect) -> Rect:
        """Over the whole width in portrait; at the hand's side in landscape."""
        keys.fit(self._keys_width(area.width))
        if not self._theme.landscape:
            self.put("keys", keys, self.root.x, area.bottom + keys.height)
            return area._replace(bottom=area.bottom + keys.height)
        width = round(area.width * KEYS_SHARE)
        overhang = self._theme.margin if mirror.hand_left(self.pen) else 0
        self.put("keys", keys, self._at_hand(area, width) - overhang, area.bottom + keys.height)
        return self._beside(area, width + self._theme.gap)

    def _keys_width(self, width: float) -> float:
        """The keyboard's, in an area of this width; in landscape it stands over the margin as well."""
        return round(width * KEYS_SHARE) + self._theme.margin if self._theme.landscape else self.root.width

    def replace_body(self, body: Sequence[Piece]) -> None:
        """Put other pieces into the scrolling part, from their top."""
        for piece in (self.scroll, self.pager):
            if piece is not None:
                self.root.remove_widget(piece)
        self._add_body(Page(body=body, gap_mm=5), self._body_area, self._pad(self.pieces.get("keys")))

    def _add_body(self, page: Page, area: Rect, pad: float) -> None:
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

    def _pad(self, keys: Piece | None) -> float:
        """Above and below the body: less where a keyboard leaves it few lines."""
        return self._theme.px(5 if keys and self._theme.text_size == "XL" else 7)

    def _make_pager(self, scroll: Scroll, inner: Rect, pad: float) -> Rect:
        """Room for the page buttons: below in portrait, at the hand's side in landscape; the body is measured anew."""
        gap = self._theme.px(4)
        pager = self.pager = Pager(self.pen, scroll, self.pager_follows)
        if self._theme.landscape:
            thick = pager.fit(inner.height)
            self._pager_area = inner._replace(left=self._at_hand(inner, thick))
            inner = self._beside(inner, thick + gap)
            inner = inner._replace(bottom=inner.bottom - pad + self._theme.px(GAP_MM + 0.5))
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
