"""The kiosk's surface: one widget of a given size that shows a view with what stands around it, and tells touches."""

from collections.abc import Callable, Mapping, Sequence

from kivy.clock import Clock
from kivy.input.motionevent import MotionEvent
from kivy.uix.widget import Widget

from kiosk.events import Event, MoreTime, Preferred, Typed, Woken
from kiosk.preferences import Preferences
from kiosk.views import AttractView, Chrome, View
from kiosk.words import Words
from screens import screen_class
from screens.base import Screen
from screens.controls import is_for_good
from screens.layout import Layout
from screens.pager import Pager
from screens.panel import Panel, display_panel, language_panel
from screens.pen import Pen
from screens.pieces import Piece
from screens.scroll import Scroll, Spot
from screens.theme import Theme
from screens.tools import Tools
from screens.touch import Finger, Pressable

AGAIN_S = 1.5
"""After this long an action that changed nothing may be told again, so that no button stays dead."""
DRAG_MM = 4.0
"""A finger that moves further scrolls, and presses nothing."""
FREE: tuple[type[Event], ...] = (Typed, MoreTime, Preferred)
"""Events that may be told as often as they happen."""
PANELS: Mapping[str, Callable[[Pen, Chrome, Callable[[], None]], Panel]] = {
    "display": display_panel,
    "languages": language_panel,
}
STANDING = ("languages", "can_back", "can_home", "can_hear", "banner", "help", "enquiry_phone", "supervision_phone")
"""What of the chrome decides the layout around the page."""


class Surface(Widget):
    """Shows views. All coordinates are the window's; the surface may stand anywhere in it."""

    def __init__(
        self, theme: Theme, words: Callable[[str], Words], tell: Callable[[Event], None], tools: Tools
    ) -> None:
        super().__init__(size_hint=(None, None), size=(theme.width_px, theme.height_px))
        self._theme = theme
        self._words = words
        self._tell = tell
        self.tools = tools
        self._told: set[Event] = set()
        self._layout: Layout | None = None
        self._waiting: tuple[View, Chrome] | None = None
        self.view: View | None = None
        self.screen: Screen | None = None
        self._finger = Finger(self.find, self._scroll_at, self.act, theme.px(DRAG_MM))

    @property
    def pen(self) -> Pen | None:
        """What the page on show is written with."""
        return self._layout.pen if self._layout else None

    @property
    def scroll(self) -> Scroll | None:
        """The scrolling part of the page on show."""
        return self._layout.scroll if self._layout else None

    @property
    def pager(self) -> Pager | None:
        """The page buttons, where the page needs them."""
        return self._layout.pager if self._layout else None

    # --- showing ---------------------------------------------------------------------------------------------

    def show(self, view: View, chrome: Chrome) -> None:
        """Show a view. What has not changed is not made anew; a changed clock or countdown leaves the page alone."""
        self._waiting = None
        if self._finger.holding and view != self.view and self._continues(view):
            self._waiting = (view, chrome)  # other figures in the list must not take a page from under a finger
            return
        if view != self.view:
            self._told.clear()
        standing = self._layout is not None and self._stands(self._layout, chrome)
        if standing and self._layout is not None and (view == self.view or self._takes(view)):
            self.view = view
            self._layout.refresh(chrome)
        else:
            self._build(view, chrome)

    def _stands(self, layout: Layout, chrome: Chrome) -> bool:
        before = layout.chrome
        return self._same_hand(chrome) and all(getattr(before, name) == getattr(chrome, name) for name in STANDING)

    def _same_hand(self, chrome: Chrome) -> bool:
        """Whether language, text size, contrast and reach are those on show."""
        before = self._layout.chrome if self._layout else None
        return before is not None and _hand(before.preferences) == _hand(chrome.preferences)

    def _takes(self, view: View) -> bool:
        return type(view) is type(self.view) and self.screen is not None and self.screen.takes(view)

    def _build(self, view: View, chrome: Chrome) -> None:
        """A new page. The pen is kept while the hand is the same, and dropped when a visit ends: it knows words."""
        keeps_pen = self._same_hand(chrome) and not isinstance(view, AttractView)
        pen = self.pen if keeps_pen else None
        pen = pen or Pen(self._theme.preferred(chrome.preferences), self._words(chrome.language))
        continues = self._continues(view)
        if self.screen is None or not continues:
            self.screen = screen_class(type(view))(pen, self)
        self.screen.pen = pen
        kept = self.scroll.spot() if self.scroll and continues else None
        tried = self._open_panel() if continues else None
        self.view = view
        self._lay_out(pen, chrome, kept)
        if tried:
            self._open(*tried)

    def _lay_out(self, pen: Pen, chrome: Chrome, spot: Spot | None) -> None:
        if self.screen is None or self.view is None:
            return
        self._finger.forget()
        self._layout = Layout(self, pen, chrome, (self.open_display, self.open_languages))
        self._layout.lay_out(self.screen.render(self.view))
        if spot and self._layout.scroll:
            self._layout.scroll.return_to(spot)

    def _continues(self, view: View) -> bool:
        """Whether the view is the one on show with other figures: open sections and the place in the list are kept."""
        return type(view) is type(self.view) and all(
            getattr(view, name, None) == getattr(self.view, name, None) for name in ("title", "tab")
        )

    def redraw(self) -> None:
        """Make the page anew, keeping the place in the text."""
        if self._layout:
            spot = self.scroll.spot() if self.scroll else None
            self._lay_out(self._layout.pen, self._layout.chrome, spot)

    def replace_body(self, body: Sequence[Piece]) -> None:
        """Put other pieces into the scrolling part, from their top."""
        if self._layout:
            self._layout.replace_body(body)

    # --- panels ----------------------------------------------------------------------------------------------

    @property
    def panel(self) -> Panel | None:
        """The panel that is open."""
        pieces = self._layout.pieces if self._layout else {}
        return next((piece for name in PANELS if isinstance(piece := pieces.get(name), Panel)), None)

    def _open_panel(self) -> tuple[str, Spot] | None:
        """Name and place of the panel that is open."""
        pieces = self._layout.pieces if self._layout else {}
        panel = self.panel
        return (next(name for name in PANELS if pieces.get(name) is panel), panel.scroll.spot()) if panel else None

    def open_display(self) -> None:
        """Let people choose text size, colours and hand."""
        self._open("display")

    def open_languages(self) -> None:
        """Let people choose the language."""
        self._open("languages")

    def _open(self, name: str, spot: Spot | None = None) -> None:
        layout = self._layout
        was_open = layout is not None and name in layout.pieces
        self.close_panel()
        if layout is None or was_open:
            return
        panel = PANELS[name](layout.pen, layout.chrome, self.close_panel)
        layout.put_panel(name, panel)
        if spot:
            panel.scroll.return_to(spot)
            panel.follow()

    def close_panel(self) -> None:
        """Close whichever panel is open."""
        for name in PANELS if self._layout else ():
            self._layout.take_away(name)  # type: ignore[union-attr]

    # --- touching --------------------------------------------------------------------------------------------

    def pressables(self) -> list[Pressable]:
        """Everything that can be touched now, drawn or not."""
        scrolls = [scroll for scroll in (self.scroll, self.panel and self.panel.scroll) if scroll]
        hidden = [item for scroll in scrolls for item in scroll.items if item.parent is None]
        roots: list[Widget] = [self, *hidden]
        return [w for root in roots for w in root.walk(restrict=True) if isinstance(w, Pressable)]

    def find(self, x: float, y: float) -> Pressable | None:
        """What would be pressed at a point of the window."""
        if self.panel and self._layout:
            return self.panel.hit(x, y) or self._layout.pieces["header"].hit(x, y)
        hits = (piece.hit(x, y) for piece in self.children if isinstance(piece, Piece))
        return next((found for found in hits if found), None)

    def _scroll_at(self, x: float, y: float) -> Scroll | None:
        scroll = self.panel.scroll if self.panel else self.scroll
        return scroll if scroll and scroll.collide_point(x, y) else None

    def on_touch_down(self, touch: MotionEvent) -> bool:
        """The first touch on the attract screen wakes and presses nothing."""
        if not self.collide_point(*touch.pos):
            return False
        touch.grab(self)
        if isinstance(self.view, AttractView):
            self._wake_up()
        elif self.panel and not (self.panel.collide_point(*touch.pos) or self.find(*touch.pos)):
            self.close_panel()
        else:
            self._finger.down(touch)
        self._follow()
        return True

    def _wake_up(self) -> None:
        if self.screen:
            self.screen.touched()
        # Two turns of the loop: the first one draws what was just lit up.
        Clock.schedule_once(lambda _: Clock.schedule_once(lambda _: self.tell(Woken()), 0), 0)

    def on_touch_move(self, touch: MotionEvent) -> bool:
        """Hand on to the finger."""
        if touch.grab_current is not self:
            return False
        self._finger.move(touch)
        self._follow()
        return True

    def on_touch_up(self, touch: MotionEvent) -> bool:
        """Hand on to the finger."""
        if touch.grab_current is not self:
            return False
        touch.ungrab(self)
        self._finger.up(touch)
        Clock.schedule_once(self._show_waiting, 0)
        return True

    def _show_waiting(self, _: float) -> None:
        if self._waiting:
            self.show(*self._waiting)

    def _follow(self) -> None:
        if self._layout:
            self._layout.pager_follows()
        if self.panel:
            self.panel.follow()

    def act(self, target: Pressable) -> None:
        """What was pressed happens."""
        if target.action:
            target.action()
        elif target.event:
            if not _tries(target.event):
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


def _tries(event: Event) -> bool:
    """Whether a panel stays open: one looks at what was chosen, and may choose again."""
    return isinstance(event, Preferred) and event.name != "language"


def _hand(preferences: Preferences) -> tuple[object, ...]:
    """What decides how a page is written and laid out."""
    p = preferences
    return (p.language, p.text_size, p.contrast, p.low, p.left_hand)
