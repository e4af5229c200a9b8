"""The dock: hands for simulated devices, in a column beside the kiosk's surface. Chinese, small, for those who practise.

The devices define their own hands; here stands only what the dock needs of them.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Protocol

from kivy.clock import Clock
from kivy.core.image import Image as CoreImage
from kivy.graphics import Color, Rectangle
from kivy.input.motionevent import MotionEvent
from kivy.uix.widget import Widget

from kiosk import words as kiosk_words
from kiosk.journal import Shown
from kiosk.texts import FIRST_LANGUAGE, Text, msg
from screens.dock_size import WIDTH_PX
from screens.grids import Flow
from screens.palette import WHITE, Paint
from screens.pen import BODY, SMALL, STRONG, Pen, Style
from screens.pieces import Box, Column, Icon, Piece, Row, Words
from screens.scroll import Scroll
from screens.theme import CARD, INK, LINE, ON_TEAL, SOFT, TEAL, TEAL_PRESSED, TINT, Theme
from screens.touch import Finger, Pressable

log = logging.getLogger(__name__)
WIDTH_MM = 125.0
"""Not a kiosk's screen: as if seen from an office chair."""
LOOK_S = 0.4
"""How often the dock looks what the devices show."""
GROUND = Paint(0.205, 0.235, 0.26)
PICTURE_PX = 400.0
TAKE = "take"
"""The hand that a click on the paper uses."""


class Hand(Protocol):
    """Something a person can do to a device: `act` is called with the value of a choice, or ""."""

    @property
    def key(self) -> str:
        """Its name in the program."""

    @property
    def label(self) -> Text:
        """What the button says."""

    @property
    def icon(self) -> str:
        """A Material Design Icons name."""

    @property
    def act(self) -> Callable[[str], None]:
        """Does it; returns at once."""

    @property
    def choices(self) -> tuple[tuple[str, Text], ...]:
        """(value, label) to choose from."""


class Sight(Protocol):
    """What one sees at the device."""

    @property
    def what(self) -> Text:
        """A sentence."""

    @property
    def picture(self) -> bytes | None:
        """The paper that hangs out of it, as PNG."""


@dataclass(frozen=True)
class DockGroup:
    """One device: its name, its hands, and what is to be seen at it."""

    title: Text
    hands: tuple[Hand, ...]
    sight: Callable[[], Sight | None] = lambda: None


class Dock(Widget):
    """The column of all devices."""

    def __init__(self, groups: Sequence[DockGroup], height: int) -> None:
        super().__init__(size_hint=(None, None), size=(WIDTH_PX, height))
        self._groups = tuple(groups)
        self._pen = Pen(
            Theme(WIDTH_PX, height, WIDTH_MM, height * WIDTH_MM / WIDTH_PX, "S"), kiosk_words.load(FIRST_LANGUAGE)
        )
        self._open: tuple[int, str] | None = None
        self._seen: tuple[tuple[str, bytes | None] | None, ...] = ()
        self._scroll: Scroll | None = None
        self._finger = Finger(self._find, lambda _x, _y: self._scroll, self._act, self._pen.theme.px(5))
        Clock.schedule_interval(self._look, LOOK_S)

    def _look(self, _: float) -> bool | None:
        if self.parent is None:
            return False  # another dock took its place
        seen = tuple(self._sight(group) for group in self._groups)
        if seen != self._seen or self._scroll is None:
            self._seen = seen
            self._build()
        return None

    def _sight(self, group: DockGroup) -> tuple[str, bytes | None] | None:
        sight = group.sight()
        return (self._pen.say(sight.what), sight.picture) if sight else None

    def _build(self) -> None:
        pen, px = self._pen, self._pen.theme.px
        offset = self._scroll.offset if self._scroll else 0.0
        self.clear_widgets()
        self.canvas.before.clear()
        with self.canvas.before:
            Color(*GROUND)
            Rectangle(pos=self.pos, size=self.size)
        parts: list[Piece] = [self._title()]
        parts += [self._group(index, group) for index, group in enumerate(self._groups)]
        margin = px(4)
        scroll = self._scroll = Scroll(pen, parts, px(4))
        scroll.measure(self.width - 2 * margin)
        scroll.size = (self.width - 2 * margin, self.height - 2 * margin)
        self.add_widget(scroll)
        scroll.place(self.x + margin, self.top - margin)
        scroll.scroll_to(offset)

    def _title(self) -> Piece:
        pen = self._pen
        said = Words(pen, pen.say(msg("Simulated devices")), Style("button", bold=True), ON_TEAL)
        hint = Words(pen, pen.say(msg("Do here what a person would do with their hands.")), SMALL, LINE)
        return Column(pen, [said, hint])

    def _group(self, index: int, group: DockGroup) -> Piece:
        pen, px = self._pen, self._pen.theme.px
        parts: list[Piece] = [Words(pen, pen.say(group.title), STRONG)]
        sight = self._seen[index]
        if sight:
            parts.append(self._sight_line(sight[0]))
            if sight[1]:
                parts.append(self._paper(sight[1], group))
        simple = [hand for hand in group.hands if not hand.choices]
        for hand in (hand for hand in group.hands if hand.choices):
            parts += self._unfolding(index, hand)
        parts.append(Flow(pen, [self._button(hand.label, hand.icon, hand, "") for hand in simple], px(2.6), px(2.6)))
        return Box(pen, Column(pen, parts, px(2.6)), padding=(px(4), px(4)), fill=CARD, radius=px(3))

    def _sight_line(self, said: str) -> Piece:
        pen, px = self._pen, self._pen.theme.px
        row = Row(pen, [Icon(pen, "eye-outline", px(6), SOFT), Words(pen, said, SMALL, SOFT)], [0, 1], px(2))
        return Box(pen, row, fill=TINT, line=None, padding=(px(3), px(1.5)), radius=px(2))

    def _paper(self, picture: bytes, group: DockGroup) -> Piece:
        taking = next((hand for hand in group.hands if hand.key == TAKE), None)
        paper = Picture(self._pen, picture)
        return Pressable(
            self._pen,
            paper,
            name="paper",
            action=(lambda: self._use(taking, "")) if taking else None,
            fill=CARD,
            padding=(self._pen.theme.px(2), self._pen.theme.px(2)),
        )

    def _unfolding(self, index: int, hand: Hand) -> list[Piece]:
        pen, px = self._pen, self._pen.theme.px
        opened = self._open == (index, hand.key)
        head = self._button(hand.label, "chevron-down" if opened else hand.icon, None, "")
        head.name = hand.key
        head.action = lambda: self._toggle(index, hand.key)
        if not opened:
            return [head]
        choices = [self._button(label, "", hand, value) for value, label in hand.choices]
        return [head, Flow(pen, choices, px(2.6), px(2.6))]

    def _button(self, label: Text, icon: str, hand: Hand | None, value: str) -> Pressable:
        pen, px = self._pen, self._pen.theme.px
        filled = hand is None
        colour = ON_TEAL if filled else INK
        words = Words(pen, pen.say(label), BODY, colour)
        part: Piece = Row(pen, [Icon(pen, icon, px(6.4), colour), words], [0, 1], px(1.8)) if icon else words
        return Pressable(
            pen,
            part,
            name=f"{hand.key}:{value}" if hand else "",
            action=(lambda: self._use(hand, value)) if hand else None,
            fill=TEAL if filled else TINT,
            pressed=TEAL_PRESSED if filled else LINE,
            line=None,
            padding=(px(3), px(2)),
            radius=px(2.4),
            least=px(11),
        )

    def _toggle(self, index: int, key: str) -> None:
        self._open = None if self._open == (index, key) else (index, key)
        self._build()

    def _use(self, hand: Hand, value: str) -> None:
        log.info("dock: %s %s", Shown(hand.key), Shown(value))
        hand.act(value)
        Clock.schedule_once(self._look, 0.05)

    def pressable(self, name: str) -> Pressable | None:
        """A button by its name: a hand's key, "key:choice", or "paper"; None while there is none."""
        found = (w for w in self.walk(restrict=True) if isinstance(w, Pressable) and w.name == name)
        return next(found, None)

    def _find(self, x: float, y: float) -> Pressable | None:
        return self._scroll.hit(x, y) if self._scroll else None

    def _act(self, target: Pressable) -> None:
        if target.action:
            target.action()

    def on_touch_down(self, touch: MotionEvent) -> bool:
        """Only what is on the dock."""
        if not self.collide_point(*touch.pos):
            return False
        touch.grab(self)
        self._finger.down(touch)
        return True

    def on_touch_move(self, touch: MotionEvent) -> bool:
        """Hand on to the finger."""
        if touch.grab_current is self:
            self._finger.move(touch)
        return touch.grab_current is self

    def on_touch_up(self, touch: MotionEvent) -> bool:
        """Hand on to the finger."""
        if touch.grab_current is not self:
            return False
        touch.ungrab(self)
        self._finger.up(touch)
        return True


class Picture(Piece):
    """A PNG, as wide as there is room and at most 400 pixels high."""

    def __init__(self, pen: Pen, png: bytes) -> None:
        super().__init__(pen)
        self._texture = CoreImage(BytesIO(png), ext="png", nocache=True).texture

    def natural(self) -> float:
        """Its own width."""
        return float(self._texture.width)

    def fit(self, width: float) -> float:
        """In its own proportions."""
        scale = min(width / self._texture.width, PICTURE_PX / self._texture.height)
        self._shown = (self._texture.width * scale, self._texture.height * scale)
        self.size = (width, self._shown[1])
        return float(self.height)

    def draw(self) -> None:
        """In the middle."""
        with self.canvas.before:
            Color(*WHITE)
            Rectangle(texture=self._texture, pos=(self.center_x - self._shown[0] / 2, self.y), size=self._shown)
