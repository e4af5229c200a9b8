"""The frame around what is in focus: a bright line between two dark ones, above everything, seen on every ground."""

from typing import TYPE_CHECKING

from kivy.graphics import Color, InstructionGroup, Line

from screens.rect import Rect
from screens.theme import FOCUS, FOCUS_EDGE

if TYPE_CHECKING:
    from screens.surface import Surface

LINE_MM = 1.4
"""About 4 points."""
EDGE_MM = 0.35


class Frame:
    """Drawn on the surface's last layer, outside of what it frames and inside the surface."""

    def __init__(self, surface: "Surface") -> None:
        self._surface = surface
        self._group = InstructionGroup()
        self.place: Rect | None = None
        """The outer edge of what is drawn."""
        surface.canvas.after.add(self._group)

    @property
    def thickness(self) -> float:
        """All three lines together, in pixels."""
        px = self._surface.theme.px
        return px(LINE_MM) + 2 * max(1.0, px(EDGE_MM))

    def draw(self, target: Rect | None) -> None:
        """Around a place, or no more."""
        self._group.clear()
        self.place = self._outer(target) if target else None
        if self.place is None:
            return
        theme, thick = self._surface.theme, self.thickness
        left, bottom, right, top = self.place
        box = (left + thick / 2, bottom + thick / 2, right - left - thick, top - bottom - thick)
        radius = min(theme.radius + thick / 2, box[2] / 2, box[3] / 2)
        for colour, width in ((FOCUS_EDGE, thick), (FOCUS, theme.px(LINE_MM))):
            self._group.add(Color(*theme.paint(colour)))
            self._group.add(Line(rounded_rectangle=(*box, radius), width=width / 2))

    def _outer(self, target: Rect) -> Rect:
        surface, thick = self._surface, self.thickness
        return Rect(
            max(target.left - thick, surface.x),
            max(target.bottom - thick, surface.y),
            min(target.right + thick, surface.right),
            min(target.top + thick, surface.top),
        )
