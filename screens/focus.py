"""Focus: what a keypad or a switch would press, in reading order, with a frame that is seen on every ground.

Reading order: the page's head, body, page buttons, buttons, keyboard, then the header, the voice's bar and the bottom
line. Left and right go through all of it and come back to the start; up and down go to what is nearest.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from screens.focus_frame import Frame
from screens.pieces import Piece
from screens.rect import Rect
from screens.scroll import Scroll
from screens.touch import Pressable

if TYPE_CHECKING:
    from screens.panel import Panel
    from screens.surface import Surface

BODY, PANEL, PANEL_TITLE, PANEL_PAGER = "body", "panel", "panel title", "panel pager"
READING = ("head", BODY, "pager", "foot", "keys", "header", "banner", "voice", "bottom")
SEEN = ("header", "banner", "head", BODY, "pager", "foot", "keys", "voice", "bottom")
"""The areas from top to bottom."""
BESIDE = 2.0
"""What is not below or above counts as so much further away, per pixel to the side."""


class Key(NamedTuple):
    """What stays the same when a page is made anew."""

    area: str
    name: str


@dataclass(frozen=True, eq=False)
class Stop:
    """One thing the focus can be on. `item`: which item of the scrolling part it stands in."""

    piece: Pressable
    area: str
    item: int = 0

    @property
    def key(self) -> Key:
        """Its area and name."""
        return Key(self.area, self.piece.name)


Line = list[Stop]
"""What stands beside each other."""


def within(piece: Piece) -> Iterator[Pressable]:
    """Everything to press in a piece, as it is read."""
    if isinstance(piece, Pressable):
        yield piece
    for part in piece.items if isinstance(piece, Scroll) else piece.parts:
        yield from within(part)


def _items(scroll: Scroll, area: str) -> list[Stop]:
    return [Stop(piece, area, at) for at, item in enumerate(scroll.items) for piece in within(item)]


class Focus:
    """Where the focus is on a surface. It is always somewhere; `visible` says whether its frame is drawn."""

    def __init__(self, surface: "Surface") -> None:
        self._surface = surface
        self._frame = Frame(surface)
        self._at: Key | None = None
        self._in_panel: Key | None = None
        self._framed: Sequence[Stop] = ()
        self.visible = False
        self.page = 0
        """Counts the pages, so that what was meant for one is not done on the next."""

    # --- what there is ---------------------------------------------------------------------------------------

    def stops(self) -> list[Stop]:
        """Everything that can be pressed now, in reading order."""
        return [stop for line in self.lines() for stop in line]

    def lines(self) -> list[Line]:
        """The same, by what stands beside each other; an open panel is all there is."""
        return [line for area in self._areas() for line in self._lined_up(area)]

    def _areas(self) -> list[list[Stop]]:
        surface = self._surface
        if surface.panel:
            return self._of_panel(surface.panel)
        pieces = dict(surface.around)
        ordered = [name for name in READING if name in pieces or name == BODY]
        ordered += [name for name in pieces if name not in READING]
        return [self._body() if name == BODY else [Stop(p, name) for p in within(pieces[name])] for name in ordered]

    def _of_panel(self, panel: "Panel") -> list[list[Stop]]:
        """Its choices, its page buttons, and what closes it."""
        pager = panel.body.pager
        turns = [Stop(piece, PANEL_PAGER) for piece in within(pager)] if pager else []
        return [_items(panel.scroll, PANEL), turns, [Stop(piece, PANEL_TITLE) for piece in within(panel.title)]]

    def _body(self) -> list[Stop]:
        scroll = self._surface.scroll
        return _items(scroll, BODY) if scroll else []

    def _scroll_of(self, stop: Stop) -> Scroll | None:
        """The scrolling part it stands in."""
        if stop.area == PANEL and self._surface.panel:
            return self._surface.panel.scroll
        return self._surface.scroll if stop.area == BODY else None

    def _lined_up(self, stops: Sequence[Stop]) -> list[Line]:
        """Neighbours in reading order that stand at one height are a line, sorted as they are seen."""
        lines: list[Line] = []
        for stop in stops:
            if lines and self._beside(lines[-1][-1], stop):
                lines[-1].append(stop)
            else:
                lines.append([stop])
        sign = -1 if self._surface.mirrored else 1
        return [sorted(line, key=lambda stop: sign * stop.piece.x) if len(line) > 1 else line for line in lines]

    def _beside(self, one: Stop, other: Stop) -> bool:
        if one.item != other.item:
            return False
        a, b = self.place_of(one), self.place_of(other)
        return min(a.top, b.top) - max(a.bottom, b.bottom) > min(a.height, b.height) / 2

    def place_of(self, stop: Stop) -> Rect:
        """Where it is in the window; outside of it while it is scrolled away."""
        piece, across, up = stop.piece, 0.0, 0.0
        scroll = self._scroll_of(stop)
        if scroll:
            scroll.set_out(stop.item)
            across, up = scroll.shift
        return Rect(piece.x + across, piece.y + up, piece.right + across, piece.top + up)

    # --- where it is -----------------------------------------------------------------------------------------

    @property
    def current(self) -> Stop | None:
        """What it is on; where that has gone, what one would begin with."""
        stops = self.stops()
        return self._found(stops) or self._first(stops)

    def _found(self, stops: Iterable[Stop]) -> Stop | None:
        wanted = self._in_panel if self._surface.panel else self._at
        return next((stop for stop in stops if stop.key == wanted), None)

    def _first(self, stops: Sequence[Stop]) -> Stop | None:
        """The first option of the page, else its main action, else whatever comes first."""
        wishes = (
            lambda stop: stop.area == BODY and stop.piece.event is not None,
            lambda stop: stop.area in (BODY, "foot") and self._surface.is_main(stop.piece),
        )
        found = (stop for wish in wishes for stop in stops if wish(stop))
        return next(found, stops[0] if stops else None)

    def go(self, stop: Stop) -> None:
        """Put it on something, in view."""
        self._set(stop.key)
        self.visible = True
        scroll = self._scroll_of(stop)
        if scroll:
            scroll.bring(stop.item, stop.piece, self._frame.thickness)
        self._surface.page_moved()
        self.draw()

    def go_to(self, piece: Pressable) -> Stop | None:
        """Put it on a piece."""
        stop = next((stop for stop in self.stops() if stop.piece is piece), None)
        if stop:
            self.go(stop)
        return stop

    def _set(self, key: Key | None) -> None:
        if self._surface.panel:
            self._in_panel = key
        else:
            self._at = key

    def start_anew(self) -> None:
        """Another page: from its beginning."""
        self._at = self._in_panel = None
        self.page += 1

    def leave_panel(self) -> None:
        """A panel was closed, or another is opened: begin at its first thing."""
        self._in_panel = None

    # --- moving ----------------------------------------------------------------------------------------------

    def move(self, way: str) -> Stop | None:
        """ "left", "right", "up" or "down"; the first time it only shows where it is."""
        here = self.current
        if here is None:
            return None
        target = here if not self.visible else self._towards(here, way)
        self.go(target)
        return target

    def _towards(self, here: Stop, way: str) -> Stop:
        lines = self.lines()
        if way in ("up", "down"):
            return self._across(here, lines, down=way == "down")
        stops = [stop for line in lines for stop in line]
        on = (way == "right") != self._surface.mirrored
        at = next(index for index, stop in enumerate(stops) if stop.key == here.key)
        return stops[(at + (1 if on else -1)) % len(stops)]

    def _across(self, here: Stop, lines: Sequence[Line], *, down: bool) -> Stop:
        sign = 1 if down else -1
        near = [stop for line in lines for stop in line if stop.area == here.area and self._near(stop, here, lines)]
        mine = self.place_of(here)
        ahead = [(mine.gap_to(self.place_of(stop), sign), stop) for stop in near if stop.key != here.key]
        scored = [(gap + mine.aside(self.place_of(stop)) * BESIDE, stop) for gap, stop in ahead if gap >= -1]
        if scored:
            return min(scored, key=lambda pair: pair[0])[1]
        return self._next_area(here, lines, mine, down=down)

    def _near(self, stop: Stop, here: Stop, lines: Sequence[Line]) -> bool:
        """In the same item of the list or in the next one that has anything: others are never nearer."""
        items = sorted({one.item for line in lines for one in line if one.area == here.area})
        return abs(items.index(stop.item) - items.index(here.item)) <= 1

    def _next_area(self, here: Stop, lines: Sequence[Line], mine: Rect, *, down: bool) -> Stop:
        """The nearest of the next area's first line (going up: of its last one that can be seen); round and round."""
        areas = [
            name for name in (*SEEN, PANEL_TITLE, PANEL, PANEL_PAGER) if any(line[0].area == name for line in lines)
        ]
        areas += [line[0].area for line in lines if line[0].area not in areas]
        name = areas[(areas.index(here.area) + (1 if down else -1)) % len(areas)]
        theirs = [line for line in lines if line[0].area == name]
        seen = [line for line in theirs if self.seen(line[0])] or theirs
        line = seen[0] if down else seen[-1]
        return min(line, key=lambda stop: abs(self.place_of(stop).middle - mine.middle))

    def seen(self, stop: Stop) -> bool:
        """Whether at least half of it is in view."""
        scroll = self._scroll_of(stop)
        if scroll and scroll.items[stop.item].parent is None:
            return False
        place = self.place_of(stop)
        return self._cut(stop, place).height >= place.height / 2

    @property
    def outline(self) -> Rect | None:
        """The outer edge of the frame that is drawn."""
        return self._frame.place

    def is_framed(self, piece: Pressable) -> bool:
        """Whether the frame stands around this."""
        return self._frame.place is not None and any(stop.piece is piece for stop in self._framed)

    # --- the frame -------------------------------------------------------------------------------------------

    def hide(self) -> None:
        """A finger has taken over."""
        self.visible = False
        self.draw()

    def show(self) -> None:
        """Show where it is, without moving it."""
        if self.current:
            self.go(self.current)

    def draw(self) -> None:
        """The frame, where it belongs now."""
        here = self.current if self.visible else None
        self.frame([here] if here else [])

    def frame(self, stops: Sequence[Stop]) -> None:
        """A frame around these together."""
        self._framed = stops
        places = [cut for stop in stops if (cut := self._cut(stop, self.place_of(stop))).height > 0]
        self._frame.draw(Rect.around(places) if places else None)

    def follow(self) -> None:
        """The page has moved below the frame."""
        self.frame(self._framed)

    def _cut(self, stop: Stop, place: Rect) -> Rect:
        scroll = self._scroll_of(stop)
        if scroll is None:
            return place
        return place._replace(bottom=max(place.bottom, scroll.y), top=min(place.top, scroll.top))
