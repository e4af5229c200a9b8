"""The kiosk's surface: one widget of a given size that shows a view with what stands around it, and tells touches."""

import logging
from collections.abc import Callable, Sequence

from kivy.clock import Clock
from kivy.input.motionevent import MotionEvent
from kivy.uix.widget import Widget

from kiosk.events import Event, LanguageChosen, MoreTime, TextSizeChosen, Typed, Woken
from kiosk.texts import Text
from kiosk.views import AttractView, Chrome, View
from kiosk.words import Words
from screens import chrome as around
from screens import screen_class
from screens.base import ButtonBlock, Page, Screen
from screens.controls import is_for_good
from screens.pager import Pager
from screens.pen import Pen
from screens.pieces import Piece
from screens.scroll import Scroll
from screens.theme import Theme
from screens.touch import Finger, Pressable

log = logging.getLogger(__name__)
AGAIN_S = 1.5
"""After this long an action that changed nothing may be told again, so that no button stays dead."""
DRAG_MM = 4.0
"""A finger that moves further scrolls, and presses nothing."""
FREE: tuple[type[Event], ...] = (Typed, MoreTime, LanguageChosen, TextSizeChosen)
"""Events that may be told as often as they happen."""


class Surface(Widget):
    """Shows views. All coordinates are the window's; the surface may stand anywhere in it."""

    def __init__(self, theme: Theme, words: Callable[[str], Words], tell: Callable[[Event], None]) -> None:
        super().__init__(size_hint=(None, None), size=(theme.width_px, theme.height_px))
        self._theme = theme
        self._words = words
        self._tell = tell
        self._told: set[Event] = set()
        self.view: View | None = None
        self.chrome: Chrome | None = None
        self.pen: Pen | None = None
        self.screen: Screen | None = None
        self.scroll: Scroll | None = None
        self.pager: Pager | None = None
        self.panel: Piece | None = None
        self._pieces: dict[str, Piece] = {}
        self._finger = Finger(self.find, self._scroll_at, self.act, theme.px(DRAG_MM))

    # --- showing ---------------------------------------------------------------------------------------------

    def show(self, view: View, chrome: Chrome) -> None:
        """Show a view. What has not changed is not made anew; a changed clock or countdown leaves the page alone."""
        before, self.chrome = self.chrome, chrome
        same_hand = before is not None and (before.language, before.text_size) == (chrome.language, chrome.text_size)
        if same_hand and view == self.view and self._stands(before, chrome):
            self._refresh_around(before, chrome)
            return
        if view != self.view:
            self._told.clear()
        if not same_hand or self.pen is None or isinstance(view, AttractView):
            self.pen = Pen(self._theme.sized(chrome.text_size), self._words(chrome.language))
        if not (same_hand and self._takes(view, before, chrome)):
            self._build(view, same_hand)

    def _stands(self, before: Chrome | None, chrome: Chrome) -> bool:
        """Whether what decides the layout around the page is as it was."""
        return before is not None and all(
            getattr(before, name) == getattr(chrome, name)
            for name in ("languages", "can_back", "can_home", "banner", "help", "enquiry_phone", "supervision_phone")
        )

    def _takes(self, view: View, before: Chrome | None, chrome: Chrome) -> bool:
        if type(view) is not type(self.view) or self.screen is None or not self._stands(before, chrome):
            return False
        if not self.screen.takes(view):
            return False
        self.view = view
        self._refresh_around(before, chrome)
        return True

    def _build(self, view: View, same_hand: bool) -> None:
        assert self.pen is not None
        kept = self.scroll.offset if self.scroll and self._continues(view) else 0.0
        if self.screen is None or type(view) is not type(self.view) or not same_hand:
            self.screen = screen_class(type(view))(self.pen, self)
        elif not self._continues(view):
            self.screen = type(self.screen)(self.pen, self)
        self.view = view
        self.panel = None
        self._finger.forget()
        self._lay_out(self.screen.render(view))
        if self.scroll and kept:
            self.scroll.scroll_to(kept)
            self._pager_follows()

    def _continues(self, view: View) -> bool:
        """Whether the view is the one on show with other figures: the place in the list is kept."""
        return (
            type(view) is type(self.view)
            and getattr(view, "title", None) == getattr(self.view, "title", None)
            and getattr(view, "tab", None) == getattr(self.view, "tab", None)
        )

    def redraw(self) -> None:
        """Make the page anew, keeping the place in the text."""
        if self.screen and self.view:
            kept = self.scroll.offset if self.scroll else 0.0
            self._finger.forget()
            self._lay_out(self.screen.render(self.view))
            if self.scroll:
                self.scroll.scroll_to(kept)
                self._pager_follows()

    def replace_body(self, body: Sequence[Piece]) -> None:
        """Put other pieces into the scrolling part, from their top."""
        old = self.scroll
        if old is None or self.screen is None:
            return
        page = Page(body=body)
        area = self._body_area
        for piece in (old, self.pager):
            if piece is not None:
                self.remove_widget(piece)
        self._add_body(page, *area)

    # --- layout ----------------------------------------------------------------------------------------------

    def _lay_out(self, page: Page) -> None:
        self.clear_widgets()
        self._pieces = {}
        self.pager = None
        top, bottom = float(self.top), float(self.y)
        if not page.bare:
            top = self._lay_around_top(top)
            bottom = self._lay_around_bottom(bottom)
        left, right = self.x + self._theme.margin, self.right - self._theme.margin
        if page.head and page.keys and not self._theme.low:
            top = self._lay_head(page.head, left, right, top)
        if page.keys:
            right, bottom = self._lay_keys(page.keys, left, right, bottom)
        if page.foot:
            right, bottom = self._lay_foot(page.foot, left, right, bottom, top)
        if page.head and "head" not in self._pieces:
            top = self._lay_head(page.head, left, right, top)
        if page.foot and page.foot.left_over:
            page.body = [*page.body, page.foot.left_over]
        if page.bare:
            self._add_body(page, float(self.x), float(self.right), top, bottom, 0)
        else:
            self._add_body(page, left, right, top, bottom, self._theme.px(7))

    def _lay_head(self, head: Piece, left: float, right: float, top: float) -> float:
        top -= self._theme.px(7)
        head.fit(right - left)
        self._put("head", head, left, top)
        return top - head.height

    def _put(self, name: str, piece: Piece, left: float, top: float) -> None:
        old = self._pieces.get(name)
        if old is not None:
            self.remove_widget(old)
        self._pieces[name] = piece
        self.add_widget(piece)
        piece.place(left, top)

    def _lay_around_top(self, top: float) -> float:
        assert self.pen is not None
        assert self.chrome is not None
        self._put_header()
        top -= self._pieces["header"].height
        line = around.banner(self.pen, self.chrome)
        if line:
            line.fit(self.width)
            self._put("banner", line, self.x, top)
            top -= line.height
        return top

    def _put_header(self) -> None:
        assert self.pen is not None
        assert self.chrome is not None
        bar = around.header(self.pen, self.chrome, self.open_sizes, self.open_languages)
        bar.fit(self.width)
        self._put("header", bar, self.x, self.top)

    def _lay_around_bottom(self, bottom: float) -> float:
        assert self.pen is not None
        assert self.chrome is not None
        self._bottom = around.bottom_height(self.pen, self.chrome, self.width)
        self._put_bottom()
        return bottom + self._bottom

    def _put_bottom(self) -> None:
        assert self.pen is not None
        assert self.chrome is not None
        left_s = self.chrome.remaining_s
        bar = around.help_line(self.pen, self.chrome) if left_s is None else around.countdown(self.pen, left_s)
        bar.fit(self.width)
        bar.grow(self._bottom)
        self._put("bottom", bar, self.x, self.y + self._bottom)

    def _lay_foot(self, foot: ButtonBlock, left: float, right: float, bottom: float, top: float) -> tuple[float, float]:
        """Below the body, or on a wide screen beside it; where even that is too high, it scrolls with the body."""
        pad = self._theme.px(5)
        foot.upright = foot.wants_side()
        if not foot.upright:
            foot.fit(right - left)
            self._put("foot", foot, left, bottom + pad + foot.height)
            return right, bottom + pad + foot.height
        width = foot.side_width()
        room = top - bottom - 2 * pad
        while foot.fit(width) > room and foot.give_up_one():
            pass
        self._put("foot", foot, right - width, bottom + pad + foot.height)
        return right - width - self._theme.px(8), bottom

    def _lay_keys(self, keys: Piece, left: float, right: float, bottom: float) -> tuple[float, float]:
        if not self._theme.landscape:
            keys.fit(self.width)
            self._put("keys", keys, self.x, bottom + keys.height)
            return right, bottom + keys.height
        width = (right - left) * 0.52
        keys.fit(width + self._theme.margin)
        self._put("keys", keys, right - width, bottom + keys.height)
        return right - width - self._theme.gap, bottom

    def _add_body(self, page: Page, left: float, right: float, top: float, bottom: float, pad: float) -> None:
        assert self.pen is not None
        self._body_area = (left, right, top, bottom, pad)
        scroll = Scroll(self.pen, page.body, self._theme.px(page.gap_mm), middle=page.middle)
        room = top - bottom - 2 * pad
        scroll.measure(right - left)
        scroll.height = room
        self.pager = None
        if scroll.too_long:
            right, bottom = self._make_pager(scroll, left, right, top, bottom, pad)
        elif page.stretch is not None:
            extra = min(room - scroll.content_height, page.stretch.height * (page.stretch_limit - 1))
            scroll.stretch(page.stretch, extra)
        scroll.size = (right - left, top - bottom - pad - (0 if scroll.too_long else pad))
        self.scroll = scroll
        self.add_widget(scroll)
        scroll.place(left, top - pad)

    def _make_pager(
        self, scroll: Scroll, left: float, right: float, top: float, bottom: float, pad: float
    ) -> tuple[float, float]:
        """Room for the page buttons: below in portrait, at the right in landscape; the body is measured anew."""
        assert self.pen is not None
        self.pager = Pager(self.pen, scroll, self._pager_follows)
        if self._theme.landscape:
            width = self.pager.fit(top - bottom - 2 * pad)
            right -= width + self._theme.px(4)
            self._pager_spot = (right + self._theme.px(4), bottom + pad)
            bottom += pad
        else:
            height = self.pager.fit(right - left)
            self._pager_spot = (left, bottom + self._theme.px(4))
            bottom += height + self._theme.px(8)
        scroll.measure(right - left)
        scroll.height = top - bottom - pad
        self.add_widget(self.pager)
        Clock.schedule_once(lambda _: self._pager_follows(), -1)
        return right, bottom

    def _pager_follows(self) -> None:
        if self.pager:
            self.pager.follow(*self._pager_spot)

    def _refresh_around(self, before: Chrome | None, chrome: Chrome) -> None:
        if "header" not in self._pieces or before is None:
            return
        if (before.clock, before.station) != (chrome.clock, chrome.station):
            self._put_header()
        if before.remaining_s != chrome.remaining_s:
            self._put_bottom()

    # --- panels ----------------------------------------------------------------------------------------------

    def open_sizes(self) -> None:
        """Let people choose the text size."""
        assert self.pen is not None
        assert self.chrome is not None
        self._open("sizes", around.size_panel(self.pen, self.chrome))

    def open_languages(self) -> None:
        """Let people choose the language."""
        assert self.pen is not None
        assert self.chrome is not None
        self._open("languages", around.language_panel(self.pen, self.chrome))

    def _open(self, name: str, panel: Piece) -> None:
        was_open = name in self._pieces
        self.close_panel()
        if was_open:
            return
        width = min(self.width - 2 * self._theme.margin, self._theme.px(120))
        panel.fit(width)
        self.panel = panel
        self._put(name, panel, self.right - self._theme.margin - width, self._pieces["header"].y - self._theme.px(3))

    def close_panel(self) -> None:
        """Close whichever panel is open."""
        for name in ("sizes", "languages"):
            piece = self._pieces.pop(name, None)
            if piece is not None:
                self.remove_widget(piece)
        self.panel = None

    # --- touching --------------------------------------------------------------------------------------------

    def pressables(self) -> list[Pressable]:
        """Everything that can be touched now, drawn or not."""
        hidden = [item for item in (self.scroll.items if self.scroll else []) if item.parent is None]
        return [w for root in (self, *hidden) for w in root.walk(restrict=True) if isinstance(w, Pressable)]

    def find(self, x: float, y: float) -> Pressable | None:
        """What would be pressed at a point of the window."""
        if self.panel:
            found = self.panel.hit(x, y)
            header = self._pieces["header"].hit(x, y)
            return found or header
        for piece in self.children:
            if isinstance(piece, Piece):
                found = piece.hit(x, y)
                if found:
                    return found
        return None

    def _scroll_at(self, x: float, y: float) -> Scroll | None:
        return self.scroll if self.scroll and not self.panel and self.scroll.collide_point(x, y) else None

    def on_touch_down(self, touch: MotionEvent) -> bool:
        """The first touch on the attract screen wakes and presses nothing."""
        if not self.collide_point(*touch.pos):
            return False
        touch.grab(self)
        if isinstance(self.view, AttractView):
            self.tell(Woken())
        elif self.panel and not (self.panel.collide_point(*touch.pos) or self.find(*touch.pos)):
            self.close_panel()
        else:
            self._finger.down(touch)
        return True

    def on_touch_move(self, touch: MotionEvent) -> bool:
        """Hand on to the finger."""
        if touch.grab_current is not self:
            return False
        self._finger.move(touch)
        self._pager_follows()
        return True

    def on_touch_up(self, touch: MotionEvent) -> bool:
        """Hand on to the finger."""
        if touch.grab_current is not self:
            return False
        touch.ungrab(self)
        self._finger.up(touch)
        return True

    def act(self, target: Pressable) -> None:
        """What was pressed happens."""
        if target.action:
            target.action()
        elif target.event:
            self.close_panel()
            self.tell(target.event)

    def tell(self, event: Event) -> None:
        """Tell an event, once per shown view unless it may repeat."""
        if not isinstance(event, FREE):
            if event in self._told:
                return
            self._told.add(event)
            if not is_for_good(event):
                Clock.schedule_once(lambda _: self._told.discard(event), AGAIN_S)
        self._tell(event)

    def say(self, text: Text) -> str:
        """A text in the language on show."""
        return self.pen.say(text) if self.pen else str(text)
