"""Touching: a touch counts only if it starts and ends inside; the pressed thing changes at once, then it is told."""

from collections.abc import Callable
from typing import Any, Protocol

from kivy.clock import Clock
from kivy.input.motionevent import MotionEvent

from kiosk.events.model import Event
from kiosk.texts import Text
from screens.palette import Colour
from screens.pen import Pen
from screens.pieces import Box, Piece
from screens.theme import AMBER_PRESSED, CARD, LINE, TINT_PRESSED

WHEEL = {"scrolldown": -1, "scrollup": 1}
"""Kivy names them by where the page goes: the wheel towards oneself is "scrollup", as a finger moving up."""
SHOWN_S = 0.7
"""How long a reason stays highlighted after a touch on what is not available."""


class Pressable(Box):
    """A box one can press: tells `event`, or calls `action` when it only concerns the screen itself."""

    def __init__(
        self,
        pen: Pen,
        part: Piece,
        *,
        name: str = "",
        event: Event | None = None,
        action: Callable[[], None] | None = None,
        fill: Colour = CARD,
        pressed: Colour = TINT_PRESSED,
        line: Colour | None = LINE,
        padding: tuple[float, float] = (0, 0),
        rule: float = 1,
        radius: float | None = None,
        least: float = 0,
        middle: bool = True,
        spoken: Text = "",
    ) -> None:
        super().__init__(
            pen, part, fill=fill, line=line, padding=padding, rule=rule, radius=radius, least=least, middle=middle
        )
        self.name = name
        self.event = event
        self.action = action
        self.pressed = pressed
        self.repeats = False
        """Whether every touch counts, also before the view has changed: keys, more time, scrolling."""
        self.reason: Box | None = None
        self.spoken: Text = spoken
        """What it is called aloud, where its words are not on it or do not say enough."""
        self.opened = False
        """Whether what it heads is unfolded."""
        self.stays = False
        """Whether the panel it stands in stays open after it was pressed."""

    @property
    def available(self) -> bool:
        """Whether pressing does something."""
        return self.event is not None or self.action is not None

    def show_pressed(self, pressed: bool) -> None:
        """Look pressed, or not; what is not available lights up its reason instead."""
        target = self if self.available else self.reason
        if target:
            lit = self.pressed if self.available else AMBER_PRESSED
            target.light(lit if pressed else target.fill)

    def hit(self, x: float, y: float) -> "Pressable | None":
        """Itself, wherever inside."""
        return self if self.collide_point(x, y) else None


class Drawable(Pressable):
    """What wants every point of a finger's way instead of a press: a writing pad."""

    def ink(self, x: float, y: float) -> None:
        """The finger is here, down."""
        raise NotImplementedError

    def lift(self) -> None:
        """The finger has left."""
        raise NotImplementedError


def count(target: Pressable, act: Callable[[Pressable], None], wait_s: float) -> None:
    """It was pressed, and looks so: after `wait_s` and the next frame it happens; a reason stays lit for a while."""

    def after_the_frame(_: float) -> None:
        if target.available:
            target.show_pressed(False)
            act(target)

    Clock.schedule_once(after_the_frame, wait_s)
    if not target.available:
        Clock.schedule_once(lambda _: target.show_pressed(False), SHOWN_S)


class Scrolling(Protocol):
    """What a finger can drag."""

    def collide_point(self, x: float, y: float) -> bool:
        """Whether the point is on it."""

    def drag(self, distance: float) -> None:
        """Move the content up by so many pixels."""


class Finger:
    """The one touch that counts: the first on the surface until it leaves. A palm's other touches are ignored."""

    def __init__(
        self,
        find: Callable[[float, float], Pressable | None],
        scrolling: Callable[[float, float], Scrolling | None],
        act: Callable[[Pressable], None],
        slop: float,
    ) -> None:
        self._find = find
        self._scrolling = scrolling
        self._act = act
        self._slop = slop
        self._target: Pressable | None = None
        self._scroll: Scrolling | None = None
        self._start = self._last = (0.0, 0.0)
        self._dragging = False
        self.touch: Any = None

    def down(self, touch: MotionEvent) -> None:
        """A touch begins."""
        if getattr(touch, "button", "left") in WHEEL:
            self._wheel(touch)
            return
        if self.touch is not None or getattr(touch, "button", "left") != "left":
            return
        self.touch = touch
        self._start = self._last = touch.pos
        self._dragging = False
        self._target = self._find(*touch.pos)
        self._scroll = self._scrolling(*touch.pos)
        if isinstance(self._target, Drawable):
            self._target.ink(*touch.pos)
        elif self._target:
            self._target.show_pressed(True)

    def _wheel(self, touch: MotionEvent) -> None:
        scroll = self._scrolling(*touch.pos)
        if scroll:
            scroll.drag(WHEEL[touch.button] * self._slop * 6)

    def move(self, touch: MotionEvent) -> None:
        """It moves: out of its target, or drags."""
        if touch is not self.touch:
            return
        if isinstance(self._target, Drawable):
            self._target.ink(*touch.pos)
            return
        if self._scroll and not self._dragging and abs(touch.y - self._start[1]) > self._slop:
            self._begin_drag()
        if self._dragging and self._scroll:
            self._scroll.drag(touch.y - self._last[1])
        elif self._target:
            self._target.show_pressed(self._find(*touch.pos) is self._target)
        self._last = touch.pos

    def _begin_drag(self) -> None:
        self._dragging = True
        if self._target:
            self._target.show_pressed(False)
            self._target = None

    def up(self, touch: MotionEvent) -> None:
        """It ends: inside its target it counts, once the pressed look has been drawn."""
        if touch is not self.touch:
            return
        target, self._target, self.touch, self._scroll = self._target, None, None, None
        if isinstance(target, Drawable):
            target.lift()
        elif target and self._find(*touch.pos) is target:
            self._count(target)
        elif target:
            target.show_pressed(False)

    def _count(self, target: Pressable) -> None:
        count(target, self._act, 0)

    @property
    def holding(self) -> bool:
        """Whether a finger is on something."""
        return self._target is not None

    def forget(self) -> None:
        """The page is gone: whatever is held counts no more, and its end must press nothing on the next page."""
        self._target = self._scroll = None
        self._dragging = False
