"""A scrolling area: drag it, or use the large page buttons; never sideways. Only what can be seen is drawn."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from kivy.graphics import PopMatrix, PushMatrix, Rectangle, StencilPop, StencilPush, StencilUnUse, StencilUse, Translate
from kivy.input.motionevent import MotionEvent

from screens.pen import Pen
from screens.pieces import Piece, Words
from screens.touch import Pressable


class Spot(NamedTuple):
    """A place in a page's text: what stands there, how much of it is past, and how far down the page that is."""

    marks: frozenset[str]
    share: float
    of_all: float


def _marks(item: Piece) -> frozenset[str]:
    """What tells an item from others in every size and language: names, and the words on it."""
    found = [piece for piece in item.walk(restrict=True) if isinstance(piece, (Pressable, Words))]
    names = frozenset(piece.name for piece in found if isinstance(piece, Pressable))
    return names or frozenset(piece.text for piece in found if isinstance(piece, Words))


class Scroll(Piece):
    """Shows a window on `parts` below each other. Content coordinates: the content's top is 0, going down negative."""

    def __init__(self, pen: Pen, parts: Sequence[Piece], gap: float, *, middle: bool = False) -> None:
        super().__init__(pen)
        self.items = list(parts)
        self.gap = gap
        self.middle = middle
        self.offset = 0.0
        self.content_height = 0.0
        self._tops: list[float] = []
        self._move: Translate | None = None
        self.moved: Callable[[], None] = lambda: None
        """Called after every movement."""

    def measure(self, width: float) -> float:
        """Fit the parts to a width; returns the height of all."""
        top = 0.0
        self._tops = []
        for item in self.items:
            self._tops.append(top)
            top += item.fit(width) + self.gap
        self.content_height = max(0.0, top - self.gap)
        self.width = width
        return self.content_height

    def stretch(self, piece: Piece, extra: float) -> None:
        """Let one part be taller by so many pixels; the others move down."""
        piece.grow(piece.height + max(0.0, extra))
        top = 0.0
        self._tops = []
        for item in self.items:
            self._tops.append(top)
            top += item.height + self.gap
        self.content_height = max(0.0, top - self.gap)

    @property
    def too_long(self) -> bool:
        """Whether there is more than can be seen."""
        return self.content_height > self.height + 1

    @property
    def end(self) -> float:
        """The largest offset."""
        return max(0.0, self.content_height - self.height)

    def draw(self) -> None:
        """Clip to the window; the content moves by one matrix."""
        with self.canvas.before:
            StencilPush()
            Rectangle(pos=self.pos, size=self.size)
            StencilUse()
            PushMatrix()
            self._move = Translate(self.x, self._zero(), 0)
        self.canvas.after.clear()
        with self.canvas.after:
            PopMatrix()
            StencilUnUse()
            Rectangle(pos=self.pos, size=self.size)
            StencilPop()

    def arrange(self) -> None:
        """Put in what can be seen."""
        self.clear_widgets()
        self.parts = []
        self._reveal()

    def _zero(self) -> float:
        lead = max(0.0, self.height - self.content_height) / 2 if self.middle else 0.0
        return round(float(self.top) - lead + self.offset)

    def _reveal(self) -> None:
        low, high = self.offset - self.height * 0.2, self.offset + self.height * 1.2
        for item, top in zip(self.items, self._tops, strict=True):
            seen = top < high and top + item.height > low
            if seen and item.parent is None:
                self.add_widget(item)
                self.parts.append(item)
                item.place(0, -top)
            elif not seen and item.parent is not None:
                self.remove_widget(item)
                self.parts.remove(item)

    def scroll_to(self, offset: float) -> None:
        """Show the content from this offset on, as far as there is any."""
        self.offset = min(max(0.0, offset), self.end)
        if self._move:
            self._move.y = self._zero()
            self._reveal()
        self.moved()

    def drag(self, distance: float) -> None:
        """Move the content up by so many pixels."""
        self.scroll_to(self.offset + distance)

    def turn(self, pages: int) -> None:
        """One page on or back, keeping a strip of what was there."""
        self.scroll_to(self.offset + pages * self.height * 0.85)

    def show(self, piece: Piece) -> None:
        """Bring a piece of the content into view."""
        for item, top in zip(self.items, self._tops, strict=True):
            if item is piece or any(found is piece for found in item.walk(restrict=True)):
                inner = 0.0 if item is piece else -top - piece.top if item.parent else 0.0
                self.scroll_to(top + inner - (self.height - piece.height) / 2)
                return

    def set_out(self, index: int) -> None:
        """Make sure that the places of one item's pieces are known, also while it cannot be seen."""
        if self.items[index].parent is None:
            self.items[index].place(0, -self._tops[index])

    def bring(self, index: int, piece: Piece, room: float) -> None:
        """Move no more than needed until a piece of an item stands `room` pixels inside the window, or its top does."""
        self.set_out(index)
        top, bottom = -piece.top - room, -piece.y + room
        if bottom <= self.height:
            self.scroll_to(0)
        elif top < self.offset or bottom - top > self.height:
            self.scroll_to(top)
        elif bottom > self.offset + self.height:
            self.scroll_to(bottom - self.height)

    @property
    def shift(self) -> tuple[float, float]:
        """What is added to content coordinates to get the window's."""
        return float(self.x), float(self._zero())

    def spot(self) -> Spot:
        """Where one is, for `return_to` on the same page set in another size, width or language."""
        at = next((n for n, top in enumerate(self._tops) if top + self.items[n].height > self.offset + 1), 0)
        if self.offset <= 1 or not self.items:
            return Spot(frozenset(), 0.0, 0.0)
        item = self.items[at]
        share = (self.offset - self._tops[at]) / max(1.0, item.height)
        return Spot(_marks(item), share, self.offset / max(1.0, self.end))

    def return_to(self, spot: Spot) -> None:
        """Show what stood at the top then; where that is not found, the same share of the whole."""
        for item, top in zip(self.items, self._tops, strict=True):
            if spot.marks & _marks(item):
                self.scroll_to(top + spot.share * item.height)
                return
        self.scroll_to(spot.of_all * self.end)

    def to_local(self, x: float, y: float, **_: object) -> tuple[float, float]:
        """Window coordinates to content coordinates."""
        return x - self.x, y - self._zero()

    def to_parent(self, x: float, y: float, **_: object) -> tuple[float, float]:
        """Content coordinates to window coordinates."""
        return x + self.x, y + self._zero()

    def hit(self, x: float, y: float) -> Pressable | None:
        """Only what is inside the window can be touched."""
        if not self.collide_point(x, y):
            return None
        inner = self.to_local(x, y)
        return next((found for part in self.parts if (found := part.hit(*inner))), None)

    def on_touch_down(self, _: MotionEvent) -> bool:
        """Touches are handled by the surface's one finger."""
        return False
