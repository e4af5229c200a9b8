"""What a document camera sees: the live picture, the page's outline, four corners to drag, a magnifier beside the finger."""

from collections.abc import Sequence
from typing import Protocol

from kivy.graphics import Color, Line, Rectangle
from kivy.graphics.texture import Texture

from kiosk.ports.camera import Corner, Frame, Outline
from kiosk.texts import Msg, msg
from screens.pen import Pen
from screens.pieces import Icon, Piece, Space
from screens.theme import CARD, FOCUS, FOCUS_EDGE, SOFT
from screens.touch import Drawable

LEAST_MM = 56.0
"""The least height of the picture."""
HANDLE_MM = 15.0
MAGNIFIER_MM, TIMES = 42.0, 3.0
"""The magnifier's side, and how much it enlarges what the picture shows."""
MAGNIFIER_EDGE_PX = 3
UPRIGHT = (0.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0)
"""Rows of a frame come from above."""
NAMES: tuple[Msg, ...] = (
    msg("Upper left corner"),
    msg("Upper right corner"),
    msg("Lower right corner"),
    msg("Lower left corner"),
)
READ = (0, 1, 3, 2)
"""Corners as they are read: from the left, line by line."""
START: Outline = ((0.2, 0.12), (0.8, 0.12), (0.8, 0.88), (0.2, 0.88))
"""Where corners are before anybody has set them and no page was found."""


class Moves(Protocol):
    """Who wants to know of corners that a finger moves."""

    def placed(self) -> None:
        """The picture stands on the window."""

    def chosen(self, corner: int) -> None:
        """A corner was pressed without a finger."""

    def moved(self, corner: int, to: Corner) -> None:
        """A finger drags a corner."""

    def dropped(self) -> None:
        """The finger has left it."""


class Handle(Drawable):
    """A corner of the page. The finger that drags it keeps its distance: what it does not cover stays to be seen."""

    def __init__(self, pen: Pen, view: "Preview", corner: int) -> None:
        part = Space(pen, pen.theme.px(HANDLE_MM), pen.theme.px(HANDLE_MM))
        super().__init__(
            pen, part, name=f"corner-{corner}", action=self._choose, spoken=NAMES[corner], rule=pen.theme.px(1.4)
        )
        self.corner = corner
        self._view = view
        self._grip: tuple[float, float] | None = None

    def _choose(self) -> None:
        self._view.moves.chosen(self.corner)

    def show_pressed(self, pressed: bool) -> None:
        """The magnifier shows it."""

    def draw(self) -> None:
        """A frame with light and dark lines, to be seen on paper and on mat; a dot in the one that arrows move."""
        theme, edge = self.pen.theme, max(1.0, self.pen.theme.px(0.5))
        with self.canvas.before:
            for colour, inset, width in ((FOCUS_EDGE, 1.0, 1.0), (FOCUS, 2.0, 1.0), (FOCUS_EDGE, 3.0, 0.5)):
                Color(*theme.paint(colour))
                deep = edge * inset
                box = (self.x + deep, self.y + deep, self.width - 2 * deep, self.height - 2 * deep)
                Line(rounded_rectangle=(*box, theme.px(2)), width=edge * width)
            if self._view.selected == self.corner:
                _dot(self.center, theme.px(1.6), theme.paint(FOCUS_EDGE), theme.paint(FOCUS))

    def ink(self, x: float, y: float) -> None:
        """The finger is here: the corner follows it."""
        if self._grip is None:
            at = self._view.spot(self.corner)
            self._grip = (at[0] - x, at[1] - y)
        self._view.drag(self.corner, x + self._grip[0], y + self._grip[1])

    def lift(self) -> None:
        """The corner stays here."""
        self._grip = None
        self._view.drop()


def _dot(at: Sequence[float], radius: float, dark: Sequence[float], light: Sequence[float]) -> None:
    for colour, r in ((dark, radius * 1.5), (light, radius)):
        Color(*colour)
        Line(circle=(at[0], at[1], r / 2), width=r / 2)


class Preview(Piece):
    """The picture as large as fits, on a dark ground; with `corners` it stands a little apart from its edges, so that
    handles at its very corners can be grasped."""

    def __init__(self, pen: Pen, moves: Moves, frame: Frame | None, corners: Outline | None, selected: int) -> None:
        super().__init__(pen)
        self.moves = moves
        self.corners = corners
        self.selected = selected
        self.frame = frame
        self._dragging = False
        self._texture: Texture | None = None
        self._handles = [Handle(pen, self, corner) for corner in READ] if corners and frame else []
        self._wait = Icon(pen, "camera-outline", pen.theme.px(24), SOFT, "center")
        self.parts = list(self._handles) if frame else [self._wait]
        for part in self.parts:
            self.add_widget(part)

    def natural(self) -> float:
        """As wide as there is room."""
        return float(self.pen.theme.width_px)

    def fit(self, width: float) -> float:
        """At least so high that a page can be recognised; more where there is room."""
        for part in self.parts:
            part.fit(self.pen.theme.px(HANDLE_MM) if part is not self._wait else width)
        self.size = (width, min(self.pen.theme.px(LEAST_MM), width * 3 / 4))
        return float(self.height)

    @property
    def most(self) -> float:
        """How many times its least height it has use for."""
        width = self.pen.theme.width_px - 2 * self.pen.theme.margin
        return max(1.0, (width * self._shape + 2 * self._inset * (1 - self._shape)) / self.pen.theme.px(LEAST_MM))

    @property
    def _shape(self) -> float:
        """Height over width of the picture."""
        return self.frame.height / self.frame.width if self.frame else 3 / 4

    @property
    def _inset(self) -> float:
        return self.pen.theme.px(HANDLE_MM / 2 + 1) if self.corners else 0.0

    def place(self, left: float, top: float) -> None:
        """Stand here, and show what comes."""
        super().place(left, top)
        self.moves.placed()

    # --- where the picture is --------------------------------------------------------------------------------

    @property
    def area(self) -> tuple[float, float, float, float]:
        """The picture's left, bottom, width and height in pixels."""
        wide = min(self.width - 2 * self._inset, (self.height - 2 * self._inset) / self._shape)
        size = (round(wide), round(wide * self._shape))
        return round(self.center_x - size[0] / 2), round(self.center_y - size[1] / 2), *size

    def place_of(self, corner: Corner) -> tuple[float, float]:
        """A point of the picture in this piece's coordinates."""
        left, bottom, wide, high = self.area
        return left + corner[0] * wide, bottom + (1 - corner[1]) * high

    def spot(self, corner: int) -> tuple[float, float]:
        """Where a corner is."""
        return self.place_of((self.corners or START)[corner])

    # --- drawing ---------------------------------------------------------------------------------------------

    def draw(self) -> None:
        """Picture and outline; a plain ground while there is none."""
        theme = self.pen.theme
        left, bottom, wide, high = self.area
        if self.frame:
            self._blit(self.frame)
        with self.canvas.before:
            Color(*(theme.paint(CARD) if self.frame is None else (1, 1, 1, 1)))
            Rectangle(texture=self._texture, pos=(left, bottom), size=(wide, high), tex_coords=UPRIGHT)
        self._draw_lines()

    def arrange(self) -> None:
        """Handles on their corners."""
        if not self.frame:
            self._wait.place(self.x, self.center_y + self._wait.height / 2)
            return
        for handle in self._handles:
            x, y = self.spot(handle.corner)
            handle.place(x - handle.width / 2, y + handle.height / 2)

    def show(self, frame: Frame) -> bool:
        """Another frame; False where the page has to be made anew for it: it is the first, or of another size."""
        before, self.frame = self.frame, frame
        if before is None or (before.width, before.height) != (frame.width, frame.height):
            return False
        self._blit(frame)
        if self._dragging or (not self.corners and before.outline != frame.outline):
            self._draw_lines()
        return True

    def _blit(self, frame: Frame) -> None:
        if self._texture is None:
            self._texture = Texture.create(size=(frame.width, frame.height), colorfmt="rgb")
        self._texture.blit_buffer(frame.rgb, colorfmt="rgb", bufferfmt="ubyte")
        self.canvas.ask_update()

    def _draw_lines(self) -> None:
        """The outline in two colours, so that it is seen on every page; the magnifier while a finger drags."""
        self.canvas.after.clear()
        outline = self.corners or (self.frame.outline if self.frame else None)
        if outline is None:
            return
        theme = self.pen.theme
        points = [value for corner in outline for value in self.place_of(corner)]
        with self.canvas.after:
            for colour, width in ((FOCUS_EDGE, theme.px(1.6)), (FOCUS, theme.px(1.0))):
                Color(*theme.paint(colour))
                Line(points=points, width=max(1.0, width / 2), close=True)
            if self._dragging:
                self._magnify()

    def _magnify(self) -> None:
        """A square beside the finger with what is around the corner, three times as large, and a cross on it."""
        theme, side = self.pen.theme, self.pen.theme.px(MAGNIFIER_MM)
        left, bottom = self._beside_finger(side)
        _, _, wide, high = self.area
        u, v = (self.corners or START)[self.selected]
        across, down = side / TIMES / wide / 2, side / TIMES / high / 2
        Color(*theme.paint(FOCUS_EDGE))
        edge = MAGNIFIER_EDGE_PX
        Rectangle(pos=(left - edge, bottom - edge), size=(side + 2 * edge, side + 2 * edge))
        Color(1, 1, 1, 1)
        ends = (u - across, v + down, u + across, v + down, u + across, v - down, u - across, v - down)
        Rectangle(texture=self._texture, pos=(left, bottom), size=(side, side), tex_coords=ends)
        middle_x, middle_y = left + side / 2, bottom + side / 2
        for colour, width in ((FOCUS_EDGE, 2.0), (FOCUS, 1.0)):
            Color(*theme.paint(colour))
            Line(points=(left, middle_y, left + side, middle_y), width=width)
            Line(points=(middle_x, bottom, middle_x, bottom + side), width=width)

    def _beside_finger(self, side: float) -> tuple[float, float]:
        """Where a square of this side stands: where it covers neither the finger nor another corner, or least of them;
        the free margin beside the picture first, away from the finger."""
        return min(self._places(side), key=lambda place: self._covered(place, side))

    def _places(self, side: float) -> list[tuple[float, float]]:
        """Places within the widget, best first."""
        x, y = self.spot(self.selected)
        left, _, wide, _ = self.area
        margins = (left + wide + self._inset, left - self._inset - side)
        beside = (x + side * 0.6, x - side * 1.6)
        across = [*margins, *beside] if x < self.center_x else [*reversed(margins), *reversed(beside)]
        ends = (self.x, self.right - side)
        free = [(at, y - side / 2) for at in across if ends[0] <= at <= ends[1]]
        corners = [(at, up) for at in ends for up in (self.y, self.top - side)]
        above_or_below = [(x - side / 2, y + side * 0.6), (x - side / 2, y - side * 1.6)]
        edge = MAGNIFIER_EDGE_PX
        return [
            (min(max(at, ends[0] + edge), ends[1] - edge), min(max(up, self.y + edge), self.top - side - edge))
            for at, up in (*free, *above_or_below, *corners)
        ]

    def _covered(self, place: tuple[float, float], side: float) -> float:
        """How much of the four corners' handles lies under a square, in square pixels."""
        half = self.pen.theme.px(HANDLE_MM / 2)
        found = 0.0
        for x, y in map(self.spot, range(4)):
            wide = min(place[0] + side, x + half) - max(place[0], x - half)
            high = min(place[1] + side, y + half) - max(place[1], y - half)
            found += max(0.0, wide) * max(0.0, high)
        return found

    # --- a finger on a corner --------------------------------------------------------------------------------

    def drag(self, corner: int, x: float, y: float) -> None:
        """A corner goes here, as far as the picture reaches."""
        left, bottom, wide, high = self.area
        to = (min(max((x - left) / wide, 0.0), 1.0), min(max(1 - (y - bottom) / high, 0.0), 1.0))
        self._dragging = True
        self.selected = corner
        self.moves.moved(corner, to)

    def drop(self) -> None:
        """The finger has gone."""
        self._dragging = False
        self._draw_lines()
        self.moves.dropped()

    def set_corners(self, corners: Outline) -> None:
        """Corners that have moved, on the same page."""
        self.corners = corners
        self._draw_lines()
        self.arrange()
