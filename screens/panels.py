"""Which panel is open on a surface: one at a time, inside the reach, opened again when the page is set anew."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from kiosk.views.chrome import Chrome
from screens.pen import Pen
from screens.scroll import Spot

if TYPE_CHECKING:
    from screens.panel import Panel
    from screens.surface import Surface

Close: TypeAlias = Callable[[], None]
Make: TypeAlias = "Callable[[Pen, Chrome, Close], Panel]"


class Opened(NamedTuple):
    """A panel that is open: its name, how it is made, and itself."""

    name: str
    make: Make
    panel: "Panel"


class Panels:
    """The panels of one surface."""

    def __init__(self, surface: "Surface") -> None:
        self._surface = surface
        self._opened: Opened | None = None

    @property
    def panel(self) -> "Panel | None":
        """The panel that is open on the page on show."""
        layout, opened = self._surface.layout, self._opened
        return opened.panel if layout and opened and layout.pieces.get(opened.name) is opened.panel else None

    def named(self, name: str) -> "Panel | None":
        """The panel that is open, if this is its name."""
        return self.panel if self._opened and self._opened.name == name else None

    def toggle(self, name: str, make: Make) -> None:
        """Open a panel in the place of any other, or close it where it is open."""
        was_open = self.named(name) is not None
        self.close()
        if not was_open:
            self._open(name, make)
        self._surface.focus.draw()

    def _open(self, name: str, make: Make) -> None:
        layout = self._surface.layout
        if layout:
            panel = make(layout.pen, layout.chrome, self.close)
            layout.put_panel(name, panel)
            panel.scroll.moved = self._surface.focus.follow
            self._opened = Opened(name, make, panel)

    def keep(self) -> Callable[[], None]:
        """What opens the present panel again, at its place, on a page that is about to be set."""
        opened, panel = self._opened, self.panel
        if opened is None or panel is None:
            return lambda: None
        spot = panel.scroll.spot()
        return lambda: self._again(opened, spot)

    def _again(self, opened: Opened, spot: Spot) -> None:
        self._open(opened.name, opened.make)
        if self.panel:
            self.panel.scroll.return_to(spot)
            self.panel.follow()

    def close(self) -> None:
        """Close whichever panel is open."""
        layout, opened = self._surface.layout, self._opened
        if self.panel:
            self._surface.focus.leave_panel()
        if layout and opened:
            layout.take_away(opened.name)
        self._opened = None
