"""What every screen is: it makes a page of pieces from a view, and tells events through its host."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from kiosk.events import Event
from kiosk.views import Action, View
from screens.controls import action_button
from screens.pen import Pen
from screens.pieces import Column, Piece, Row


@dataclass
class Page:
    """Where the pieces of a screen go. From top to bottom: head (stays), body (scrolls), foot (stays), keys."""

    body: Sequence[Piece]
    head: Piece | None = None
    foot: Piece | None = None
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
    extra: dict[str, Any] = field(default_factory=dict)


class Host(Protocol):
    """What a screen may ask of the surface it is on."""

    def tell(self, event: Event) -> None:
        """Say that this happened."""

    def redraw(self) -> None:
        """Make the page anew, keeping the place in the text."""

    def replace_body(self, body: Sequence[Piece]) -> None:
        """Put other pieces into the scrolling part."""


class Screen:
    """One kind of view. A screen lives as long as views of its kind follow each other in one language and size."""

    def __init__(self, pen: Pen, host: Host) -> None:
        self.pen = pen
        self.host = host

    def render(self, view: Any) -> Page:  # noqa: ANN401  each screen narrows it to its own view
        """The page for a view."""
        raise NotImplementedError

    def takes(self, view: View) -> bool:
        """Take over a changed view without a new page; False where a new page is needed."""
        return False

    def typed(self, text: str) -> bool:
        """Text from a physical keyboard or pasted; False where there is no field."""
        return False

    def erased(self) -> bool:
        """Backspace on a physical keyboard; False where there is no field."""
        return False

    def actions(self, actions: Sequence[Action]) -> Piece | None:
        """The buttons of a view: others beside each other, the main one below them over the whole width."""
        if not actions:
            return None
        main = [action_button(self.pen, action) for action in actions if action.main]
        others = [action_button(self.pen, action) for action in actions if not action.main]
        return ButtonBlock(self.pen, others, main)


class ButtonBlock(Piece):
    """Buttons that stand beside each other as long as their words fit in one line, main one last and largest."""

    def __init__(self, pen: Pen, others: Sequence[Piece], main: Sequence[Piece]) -> None:
        super().__init__(pen, [*others, *main])
        self._others = list(others)
        self._main = list(main)
        self._gap = pen.theme.px(5)
        self._block: Piece | None = None

    def fit(self, width: float) -> float:
        """One row for all where they fit, else a row of others and the main one below, else two in a row, else one."""
        for part in list(self.parts):
            if part.parent:
                part.parent.remove_widget(part)
        self.clear_widgets()
        self._block = self._arranged(width)
        self.add_widget(self._block)
        self.parts = [self._block]
        self.size = (width, self._block.fit(width))
        return float(self.height)

    def _arranged(self, width: float) -> Piece:
        everything = [*self._others, *self._main]
        small = len(everything) <= 2 or self.pen.theme.landscape
        if small and self._fits(everything, width, len(everything)):
            return self._row(everything, [1.0] * len(self._others) + [1.35] * len(self._main))
        columns = next((n for n in (3, 2) if n <= len(self._others) and self._fits(self._others, width, n)), 1)
        rows = [self._others[at : at + columns] for at in range(0, len(self._others), columns)]
        return Column(
            self.pen, [self._row(row, [1.0] * len(row)) for row in rows if row] + list(self._main), self._gap
        )

    def _fits(self, parts: Sequence[Piece], width: float, columns: int) -> bool:
        each = (width - self._gap * (columns - 1)) / (columns + (0.35 if self._main and parts[-1] in self._main else 0))
        return all(part.natural() <= each for part in parts)

    def _row(self, parts: Sequence[Piece], weights: Sequence[float]) -> Row:
        for part in parts:
            if part.parent:
                part.parent.remove_widget(part)
        return Row(self.pen, parts, weights, self._gap, "fill")
