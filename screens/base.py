"""What every screen is: it makes a page of pieces from a view, and tells events through its host."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from kiosk.events.model import Event
from kiosk.texts import Text
from kiosk.views.model import View
from kiosk.views.parts import Action
from screens import mirror
from screens.controls import action_button
from screens.pen import Pen
from screens.pieces import Column, Piece, Row
from screens.tools import Tools
from screens.touch import Pressable

MAIN_SHARE = 1.35
"""How much wider the main button is than its neighbours."""


@dataclass
class Page:
    """Where the pieces of a screen go. From top to bottom: head (stays), body (scrolls), foot (stays), keys."""

    body: Sequence[Piece]
    above: Sequence[Piece] = ()
    """Title and explanation, the most important first, where they stand above the page (Theme.raised)."""
    head: Piece | None = None
    foot: "ButtonBlock | None" = None
    keys: Piece | None = None
    """An in-app keyboard: below the foot in portrait, beside the body in landscape."""
    gap_mm: float = 6
    middle: bool = False
    """The body stands in the middle where there is room."""
    stretch: Piece | None = None
    """The piece of the body that takes the room left over."""
    stretch_limit: float = 1.35
    bare: bool = False
    """Without header and help line: the attract screen."""


class Host(Protocol):
    """What a screen may ask of the surface it is on."""

    tools: Tools

    def tell(self, event: Event) -> None:
        """Say that this happened."""

    def redraw(self) -> None:
        """Make the page anew, keeping the place in the text."""

    def replace_body(self, body: Sequence[Piece]) -> None:
        """Put other pieces into the scrolling part."""

    def announce(self, sentences: Sequence[Text]) -> None:
        """Say what has changed, to somebody who listens."""


class Screen:
    """One kind of view. A screen lives as long as views of its kind follow each other in one language and size."""

    def __init__(self, pen: Pen, host: Host) -> None:
        self.pen = pen
        self.host = host

    def render(self, view: Any) -> Page:
        """The page for a view."""
        raise NotImplementedError

    def takes(self, view: View) -> bool:
        """Take over a changed view without a new page; False where a new page is needed."""
        return False

    def typed(self, text: str) -> bool:
        """Text from a physical keyboard or pasted; False where nothing of it was written."""
        return False

    def erased(self) -> bool:
        """Backspace on a physical keyboard; False where it deleted nothing."""
        return False

    def steered(self, way: str) -> bool:
        """A keypad's arrow ("left", "right", "up", "down") that something on the page takes; False where the focus moves."""
        return False

    @property
    def written(self) -> str:
        """All that stands in the field, with what is begun; to see whether a key has changed it."""
        return ""

    def left(self) -> None:
        """Another page has taken its place for good: forget what was entered."""

    def finish(self) -> None:
        """Draw now what was left to later frames: a photograph is going to be taken."""

    def touched(self) -> None:
        """A finger has come down where any touch counts: show it at once."""

    def actions(self, actions: Sequence[Action]) -> "ButtonBlock | None":
        """The buttons of a view: others beside each other, the main one below them over the whole width."""
        if not actions:
            return None
        main = [action_button(self.pen, action) for action in actions if action.main]
        others = [action_button(self.pen, action) for action in actions if not action.main]
        return ButtonBlock(self.pen, others, main)


class ButtonBlock(Piece):
    """Buttons that stand beside each other as long as their words fit in one line, the main one last and largest."""

    def __init__(self, pen: Pen, others: Sequence[Pressable], main: Sequence[Pressable]) -> None:
        super().__init__(pen)
        self._others = list(others)
        self._main = list(main)
        self._given_up: list[Pressable] = []
        self._gap = pen.theme.px(5)
        self.upright = False
        """All below each other, beside the text: on a wide screen."""

    def give_up_one(self) -> bool:
        """Leave one of the other buttons to the end of the page's text, what is not available first; False when only
        one is left."""
        if len(self.everything) <= 1:
            return False
        asleep = [part for part in self._others if not part.available]
        loser = (asleep or self._others or self._main)[-1]
        (self._others if loser in self._others else self._main).remove(loser)
        self._given_up.insert(0, loser)
        return True

    @property
    def left_over(self) -> Piece | None:
        """The buttons for which there was no room."""
        for part in self._given_up:
            if part.parent:
                part.parent.remove_widget(part)
        return Column(self.pen, self._given_up, self._gap) if self._given_up else None

    @property
    def everything(self) -> list[Pressable]:
        """All buttons, the main one last."""
        return [*self._others, *self._main]

    def wants_side(self) -> bool:
        """Whether a wide screen has more use of these buttons beside the text."""
        theme = self.pen.theme
        return theme.landscape and (theme.short or len(self.everything) > 2)

    def side_width(self) -> float:
        """The width for a column beside the text: as the longest label asks, within a quarter and a good third."""
        theme = self.pen.theme
        asked = max(part.natural() for part in self.everything) + 2
        return float(round(min(max(asked, theme.width_px * 0.24), theme.width_px * 0.36)))

    def fit(self, width: float) -> float:
        """One row for all where they fit, else a row of others and the main one below, else two in a row, else one."""
        for part in self.everything:
            if part.parent:
                part.parent.remove_widget(part)
        self.clear_widgets()
        block = Column(self.pen, self.everything, self._gap) if self.upright else self._arranged(width)
        self.add_widget(block)
        self.parts = [block]
        self.size = (width, block.fit(width))
        return float(self.height)

    def _arranged(self, width: float) -> Piece:
        everything = self.everything
        if (len(everything) <= 2 or self.pen.theme.landscape) and self._fits(everything, width, len(everything)):
            return self._row(everything)
        columns = next((n for n in (3, 2) if n <= len(self._others) and self._fits(self._others, width, n)), 1)
        rows = [self._others[at : at + columns] for at in range(0, len(self._others), columns)]
        return Column(self.pen, [*map(self._row, rows), *self._main], self._gap)

    def _fits(self, parts: Sequence[Pressable], width: float, columns: int) -> bool:
        shares = columns + (MAIN_SHARE - 1) * sum(part in self._main for part in parts)
        each = (width - self._gap * (columns - 1)) / shares
        return all(part.natural() <= each * (MAIN_SHARE if part in self._main else 1) for part in parts)

    def _row(self, parts: Sequence[Pressable]) -> Row:
        if mirror.hand_first(self.pen):
            parts = parts[::-1]
        weights = [MAIN_SHARE if part in self._main else 1.0 for part in parts]
        return Row(self.pen, parts, weights, self._gap, "fill")
