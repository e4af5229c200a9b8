"""The blank screen: nothing at all is to be seen while somebody listens, not even for whoever looks over a shoulder."""

from typing import TYPE_CHECKING

from kivy.graphics import Color, InstructionGroup, Rectangle

from screens.palette import BLACK

if TYPE_CHECKING:
    from screens.surface import Surface


class Blank:
    """A black sheet over everything, the frame around what is in focus included."""

    def __init__(self, surface: "Surface") -> None:
        self._surface = surface
        self._group = InstructionGroup()
        surface.canvas.after.add(self._group)  # made after the frame, so drawn above it
        self.down = False

    def cover(self, wanted: bool) -> None:
        """Draw it, or take it away."""
        if wanted == self.down:
            return
        self.down = wanted
        self._group.clear()
        if wanted:
            self._group.add(Color(*BLACK))
            self._group.add(Rectangle(pos=self._surface.pos, size=self._surface.size))
