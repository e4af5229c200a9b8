"""The kiosk's surface: one widget of a given size that shows a view with what stands around it, and tells touches."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from kivy.clock import Clock
from kivy.input.motionevent import MotionEvent
from kivy.uix.widget import Widget

from kiosk.events.model import Event
from kiosk.texts import Text
from kiosk.views.chrome import Chrome
from kiosk.views.model import View
from kiosk.views.start import AttractView
from kiosk.words import Words
from screens import screen_class
from screens.base import Screen
from screens.blank import Blank
from screens.focus import Focus
from screens.hidden import Hidden
from screens.layout import Layout
from screens.pager import Pager
from screens.panel import Panel, display_panel, language_panel
from screens.panels import Panels
from screens.pen import Pen
from screens.pieces import Piece
from screens.scroll import Scroll, Spot
from screens.silence import Silence
from screens.standing import continues, same_hand, stands
from screens.telling import Teller
from screens.theme import Theme
from screens.tools import Tools
from screens.touch import Pressable
from screens.touches import Touches
from screens.without_touch import WithoutTouch

if TYPE_CHECKING:
    from screens.narrator import Narrator


class Surface(Widget):
    """Shows views. All coordinates are the window's; the surface may stand anywhere in it."""

    def __init__(
        self, theme: Theme, words: Callable[[str], Words], tell: Callable[[Event], None], tools: Tools
    ) -> None:
        super().__init__(size_hint=(None, None), size=(theme.width_px, theme.height_px))
        self._theme = theme
        self.words = words
        self._teller = Teller(tell)
        self.tell = self._teller.tell
        self.tools = tools
        self._layout: Layout | None = None
        self._waiting: tuple[View, Chrome] | None = None
        self.view: View | None = None
        self.screen: Screen | None = None
        self.focus = Focus(self)
        self.narrator: Narrator | Silence = Silence()
        self.panels = Panels(self)
        self.without_touch = WithoutTouch(self)
        self.blank = Blank(self)
        self.hidden = Hidden(self)
        self._touches = Touches(self)

    @property
    def theme(self) -> Theme:
        """The screen's measures, as the visitor wants them."""
        return self.pen.theme if self.pen else self._theme

    @property
    def asleep(self) -> bool:
        """Whether nobody is here: the first touch or key wakes."""
        return self.view is None or isinstance(self.view, AttractView)

    @property
    def chrome(self) -> Chrome | None:
        """What stands around the view on show."""
        return self._layout.chrome if self._layout else None

    @property
    def layout(self) -> Layout | None:
        """The page as it is laid out."""
        return self._layout

    @property
    def around(self) -> Mapping[str, Piece]:
        """What stands around the scrolling part, by name."""
        if self._layout is None:
            return {}
        pieces = dict(self._layout.pieces)
        return pieces | ({"pager": self._layout.pager} if self._layout.pager else {})

    @property
    def mirrored(self) -> bool:
        """Whether the language is read from right to left."""
        return self.pen is not None and self.pen.words.direction == "rtl"

    def is_main(self, piece: Pressable) -> bool:
        """Whether a piece is the view's main action."""
        actions = getattr(self.view, "actions", ())
        return any(action.main and action.event == piece.event for action in actions)

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
        if self._touches.finger.holding and view != self.view and continues(self.view, view):
            self._waiting = (view, chrome)  # other figures in the list must not take a page from under a finger
            return
        if view != self.view:
            self._teller.forget()
        fresh = not continues(self.view, view)
        if fresh:
            self.focus.start_anew()
            self._touches.exploring.forget()
        if self._layout and stands(self.chrome, chrome) and (view == self.view or self._takes(view)):
            self.view = view
            self._layout.refresh(chrome)
        else:
            self._build(view, chrome)
        self._attend_to(view, chrome, fresh)

    def _attend_to(self, view: View, chrome: Chrome, fresh: bool) -> None:
        """Frame, black sheet and voice go with what is now shown."""
        wanted = chrome.preferences
        self.focus.visible = (self.focus.visible or wanted.voice) and not self.asleep
        if fresh and self.focus.visible:
            self.focus.show()
        self.focus.draw()
        self.blank.cover(wanted.blank)
        if chrome.preferences.voice and isinstance(self.narrator, Silence):
            from screens.narrator import Narrator  # noqa: PLC0415  read for those who want to hear

            self.narrator = Narrator(self, self.words)
        self.narrator.shown(view, chrome, fresh=fresh)

    def _takes(self, view: View) -> bool:
        """Whether the page takes it over. Where it must make room for that, the page is made of the new view."""
        if self.screen is None or type(view) is not type(self.view):
            return False
        before, self.view = self.view, view
        if self.screen.takes(view):
            return True
        self.view = before
        return False

    def _build(self, view: View, chrome: Chrome) -> None:
        """A new page. The pen is kept while the hand is the same, and dropped when a visit ends: it knows words."""
        keeps_pen = same_hand(self.chrome, chrome) and not isinstance(view, AttractView)
        pen = self.pen if keeps_pen else None
        pen = pen or Pen(self._theme.preferred(chrome.preferences), self.words(chrome.language))
        goes_on = continues(self.view, view)
        if self.screen is None or not goes_on:
            if self.screen:
                self.screen.left()
            self.screen = screen_class(type(view))(pen, self)
        self.screen.pen = pen
        kept = self.scroll.spot() if self.scroll and goes_on else None
        reopen = self.panels.keep() if goes_on else _nothing
        self.view = view
        self._lay_out(pen, chrome, kept)
        reopen()
        self.focus.draw()

    def _lay_out(self, pen: Pen, chrome: Chrome, spot: Spot | None) -> None:
        if self.screen is None or self.view is None:
            return
        self._touches.finger.forget()
        opens = (self.open_display, self.open_languages)
        self._layout = Layout(self, pen, chrome, opens, self.without_touch.voice_bar)
        self._layout.lay_out(self.screen.render(self.view))
        if spot and self._layout.scroll:
            self._layout.scroll.return_to(spot)
        self._followed()

    def _followed(self) -> None:
        """The frame moves with the page."""
        if self.scroll:
            self.scroll.moved = self.focus.follow
        self.focus.draw()

    def redraw(self) -> None:
        """Make the page anew, keeping the place in the text."""
        if self._layout:
            spot, reopen = self.scroll.spot() if self.scroll else None, self.panels.keep()
            self._lay_out(self._layout.pen, self._layout.chrome, spot)
            reopen()
            self.focus.draw()

    def replace_body(self, body: Sequence[Piece]) -> None:
        """Put other pieces into the scrolling part, from their top."""
        if self._layout:
            self._layout.replace_body(body)
            self._followed()

    def announce(self, sentences: Sequence[Text]) -> None:
        """Say what has changed on the page, when the rest has been said; nothing while nobody listens."""
        self.narrator.news(tuple(sentences))

    # --- panels ----------------------------------------------------------------------------------------------

    @property
    def panel(self) -> Panel | None:
        """The panel that is open."""
        return self.panels.panel

    def open_display(self) -> None:
        """Let people choose text size, colours and hand."""
        self.panels.toggle("display", display_panel)

    def open_languages(self) -> None:
        """Let people choose the language."""
        self.panels.toggle("languages", language_panel)

    def close_panel(self) -> None:
        """Close whichever panel is open."""
        self.panels.close()

    # --- touching --------------------------------------------------------------------------------------------

    def pressables(self) -> list[Pressable]:
        """Everything that can be touched now, drawn or not."""
        return self._touches.pressables()

    def find(self, x: float, y: float) -> Pressable | None:
        """What would be pressed at a point of the window."""
        return self._touches.find(x, y)

    def wake_up(self) -> None:
        """Light up, then say that somebody is here."""
        self._touches.wake_up()

    def act(self, target: Pressable) -> None:
        """What was pressed happens."""
        self._touches.act(target)

    def on_touch_down(self, touch: MotionEvent) -> bool:
        """A touch that begins here is ours until it leaves."""
        if not self.collide_point(*touch.pos):
            return False
        touch.grab(self)
        self._touches.down(touch)
        return True

    def on_touch_move(self, touch: MotionEvent) -> bool:
        """Ours moves."""
        if touch.grab_current is not self:
            return False
        self._touches.move(touch)
        return True

    def on_touch_up(self, touch: MotionEvent) -> bool:
        """Ours leaves; a view that waited for that is shown."""
        if touch.grab_current is not self:
            return False
        touch.ungrab(self)
        self._touches.up(touch)
        Clock.schedule_once(self._show_waiting, 0)
        return True

    def _show_waiting(self, _: float) -> None:
        if self._waiting:
            self.show(*self._waiting)

    def page_moved(self) -> None:
        """The page buttons say where the page stands now."""
        if self._layout:
            self._layout.pager_follows()
        if self.panel:
            self.panel.follow()


def _nothing() -> None:
    """No panel is to be opened again."""
