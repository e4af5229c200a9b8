"""What fingers do on a surface: what lies under one, what it presses, scrolls or explores, and what comes of that."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from kivy.clock import Clock
from kivy.input.motionevent import MotionEvent
from kivy.uix.widget import Widget

from kiosk.events.model import Event
from kiosk.events.touches import Preferred, Woken
from kiosk.views.start import AttractView
from screens.exploring import Exploring
from screens.pieces import Piece
from screens.scroll import Scroll
from screens.touch import Finger, Pressable

if TYPE_CHECKING:
    from screens.surface import Surface

DRAG_MM = 4.0
"""A finger that moves further scrolls, and presses nothing."""


class Touches:
    """The touches of one surface, which has grabbed those that began on it."""

    def __init__(self, surface: "Surface") -> None:
        self._surface = surface
        self.finger = Finger(self.find, self._scroll_at, self.act, surface.theme.px(DRAG_MM))
        self.exploring = Exploring(surface.focus, self.find, lambda: surface.narrator.focused())  # noqa: PLW0108  it may be another by then

    # --- what is there ---------------------------------------------------------------------------------------

    def pressables(self) -> list[Pressable]:
        """Everything that can be touched now, drawn or not."""
        surface = self._surface
        scrolls = [scroll for scroll in (surface.scroll, surface.panel and surface.panel.scroll) if scroll]
        hidden = [item for scroll in scrolls for item in scroll.items if item.parent is None]
        roots: list[Widget] = [surface, *hidden]
        return [w for root in roots for w in root.walk(restrict=True) if isinstance(w, Pressable)]

    def find(self, x: float, y: float) -> Pressable | None:
        """What would be pressed at a point of the window."""
        surface = self._surface
        if surface.panel and surface.layout:
            return surface.panel.hit(x, y) or surface.layout.pieces["header"].hit(x, y)
        hits = (piece.hit(x, y) for piece in surface.children if isinstance(piece, Piece))
        return next((found for found in hits if found), None)

    def _scroll_at(self, x: float, y: float) -> Scroll | None:
        panel = self._surface.panel
        scroll = panel.scroll if panel else self._surface.scroll
        return scroll if scroll and scroll.collide_point(x, y) else None

    # --- a finger's way --------------------------------------------------------------------------------------

    def down(self, touch: MotionEvent) -> None:
        """It comes down. The first touch on the attract screen wakes and presses nothing."""
        surface = self._surface
        surface.hidden.touched(*touch.pos)
        if surface.blank.down:
            surface.tell(Preferred("blank", False))
        elif isinstance(surface.view, AttractView):
            self.wake_up()
        elif surface.panel and not (surface.panel.collide_point(*touch.pos) or self.find(*touch.pos)):
            surface.close_panel()
            surface.focus.draw()
        elif not (surface.narrator.on and self.exploring.takes(touch)):
            self._pressed(touch)
        self._follow()

    def _pressed(self, touch: MotionEvent) -> None:
        if not self._surface.narrator.on:
            self._surface.focus.hide()
        self.finger.down(touch)

    def move(self, touch: MotionEvent) -> None:
        """It moves."""
        self._surface.hidden.moved(*touch.pos)
        if not self.exploring.moves(touch):
            self.finger.move(touch)
        self._follow()

    def up(self, touch: MotionEvent) -> None:
        """It leaves."""
        self._surface.hidden.lifted()
        if not self.exploring.ends(touch):
            self.finger.up(touch)

    def _follow(self) -> None:
        surface = self._surface
        surface.page_moved()
        if surface.layout:
            surface.focus.follow()

    # --- what comes of it ------------------------------------------------------------------------------------

    def wake_up(self) -> None:
        """Light up, then say that somebody is here."""
        surface = self._surface
        if surface.screen:
            surface.screen.touched()
        # Two turns of the loop: the first one draws what was just lit up.
        Clock.schedule_once(lambda _: Clock.schedule_once(lambda _: surface.tell(Woken()), 0), 0)

    def act(self, target: Pressable) -> None:
        """What was pressed happens."""
        surface = self._surface
        surface.narrator.pressed(target)
        if target.action:
            self._acted(target, target.action)
        elif target.event:
            if not (target.stays or _tries(target.event)):
                surface.close_panel()
            surface.tell(target.event)

    def _acted(self, target: Pressable, action: Callable[[], None]) -> None:
        """What changes only the screen: whoever sees nothing hears where that led."""
        surface = self._surface
        panel, page, written = surface.panel, surface.focus.page, surface.screen and surface.screen.written
        action()
        if surface.screen and surface.screen.written != written:
            surface.narrator.wrote(target.name)
        if surface.panel is not panel or target.name.startswith("section-"):
            if surface.focus.visible:
                surface.focus.show()
            surface.narrator.opened()
        elif page == surface.focus.page:
            surface.focus.draw()


def _tries(event: Event) -> bool:
    """Whether a panel stays open: one looks at what was chosen, and may choose again."""
    return isinstance(event, Preferred) and event.name != "language"
