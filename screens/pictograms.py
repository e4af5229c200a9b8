"""Drawings of what hands do at a machine, as strokes on a square of 100 by 100, y upwards: no words, no brand.

What stays as it is is drawn in ink; what the hand moves, and where to, in the accent's colour and with an arrow.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

from kiosk.pictures import Picture

Point: TypeAlias = tuple[float, float]


@dataclass(frozen=True)
class Stroke:
    """A line through points. `moves`: it is what the hand moves."""

    points: tuple[Point, ...]
    moves: bool = False


@dataclass(frozen=True)
class Ring:
    """A circle."""

    x: float
    y: float
    r: float
    moves: bool = False


@dataclass(frozen=True)
class Arrow:
    """The way something goes."""

    start: Point
    end: Point


@dataclass(frozen=True)
class Glyph:
    """An icon of the font, its middle and side."""

    name: str
    x: float
    y: float
    side: float
    moves: bool = False


Layer: TypeAlias = Stroke | Ring | Arrow | Glyph
Layers: TypeAlias = tuple[Layer, ...]


def box(left: float, bottom: float, right: float, top: float, *, moves: bool = False) -> Stroke:
    """A rectangle."""
    return Stroke(((left, bottom), (right, bottom), (right, top), (left, top), (left, bottom)), moves)


def line(*points: Point) -> Stroke:
    """What stays."""
    return Stroke(points)


def moved(*points: Point) -> Stroke:
    """What is moved."""
    return Stroke(points, moves=True)


SLIP_PRINTER: Layers = (box(14, 12, 86, 46), line((30, 24), (70, 24)))
"""Seen from the front: its body, the slot of the paper."""
COVER_UP: Layers = (*SLIP_PRINTER, line((86, 46), (94, 84), (88, 86), (80, 46)))
PAGE_PRINTER: Layers = (box(12, 30, 88, 66), line((26, 66), (26, 84), (74, 84), (74, 66)), line((24, 44), (76, 44)))
SCANNER: Layers = (box(10, 20, 90, 38), line((16, 38), (84, 38)))
SOCKET: Layers = (box(62, 26, 92, 74), Ring(77, 59, 3), Ring(77, 41, 3))
SWITCH: Layers = (box(28, 10, 62, 90), line((28, 50), (62, 50)), Ring(45, 30, 9), line((45, 60), (45, 80)))
CABINET: Layers = (box(24, 10, 76, 90), box(32, 54, 68, 82))

DRAWINGS: Mapping[Picture, Layers] = MappingProxyType(
    {
        Picture.OPEN_COVER: (
            *SLIP_PRINTER,
            moved((14, 46), (10, 52), (70, 92), (74, 86), (20, 48)),
            Arrow((88, 54), (84, 86)),
        ),
        Picture.ROLL_IN: (
            *COVER_UP,
            Ring(46, 62, 19, moves=True),
            Ring(46, 62, 6, moves=True),
            moved((34, 47), (22, 38), (22, 6)),
            Arrow((46, 99), (46, 84)),
        ),
        Picture.CLOSE_COVER: (
            *SLIP_PRINTER,
            moved((14, 46), (10, 52), (70, 92), (74, 86), (20, 48)),
            Arrow((86, 88), (86, 56)),
        ),
        Picture.PRESS_FEED: (
            box(14, 12, 86, 52),
            line((24, 24), (56, 24)),
            Ring(70, 32, 6),
            Glyph("gesture-tap", 70, 22, 44, moves=True),
            line((32, 52), (32, 78), (50, 78), (50, 52)),
            Arrow((41, 62), (41, 96)),
        ),
        Picture.PULL_PAPER: (
            *COVER_UP,
            moved((34, 40), (34, 56), (40, 62), (32, 68), (38, 74), (60, 74), (66, 68), (58, 62), (64, 56), (64, 40)),
            Arrow((49, 76), (49, 99)),
        ),
        Picture.CLEAR_CUTTER: (
            box(14, 12, 86, 46),
            line((24, 34), (30, 28), (36, 34), (42, 28), (48, 34), (54, 28), (60, 34), (66, 28), (72, 34)),
            Glyph("content-cut", 26, 68, 30),
            box(52, 50, 62, 58, moves=True),
            box(66, 54, 74, 60, moves=True),
            Arrow((64, 66), (84, 90)),
        ),
        Picture.SWITCH_OFF: (
            *SWITCH,
            box(28, 10, 62, 50, moves=True),
            Arrow((98, 30), (70, 30)),
        ),
        Picture.WAIT: (Glyph("timer-sand", 50, 50, 84),),
        Picture.SWITCH_ON: (
            *SWITCH,
            box(28, 50, 62, 90, moves=True),
            Arrow((98, 70), (70, 70)),
        ),
        Picture.AIR: (
            box(52, 18, 90, 82),
            line((60, 36), (82, 36)),
            line((60, 50), (82, 50)),
            line((60, 64), (82, 64)),
            Glyph("fan", 24, 76, 32),
            Arrow((8, 50), (44, 50)),
            Arrow((8, 36), (44, 36)),
        ),
        Picture.TRAY_OUT: (
            *PAGE_PRINTER,
            moved((20, 30), (8, 8), (84, 8), (76, 30)),
            moved((38, 16), (54, 16)),
            Arrow((95, 46), (95, 14)),
        ),
        Picture.PAPER_STACK: (
            line((10, 44), (10, 12), (90, 12), (90, 44)),
            line((82, 36), (98, 36)),
            moved((20, 18), (80, 18)),
            moved((20, 24), (80, 24)),
            moved((20, 30), (80, 30)),
            Glyph("file-outline", 50, 62, 38, moves=True),
            Arrow((50, 99), (50, 80)),
        ),
        Picture.TRAY_IN: (
            *PAGE_PRINTER,
            moved((20, 30), (8, 8), (84, 8), (76, 30)),
            moved((38, 16), (54, 16)),
            Arrow((95, 14), (95, 46)),
        ),
        Picture.OPEN_FRONT: (
            box(16, 26, 84, 84),
            line((16, 62), (84, 62)),
            moved((16, 26), (4, 8), (72, 8), (84, 26)),
            Arrow((50, 54), (50, 18)),
        ),
        Picture.CLOSE_FRONT: (
            box(16, 26, 84, 84),
            line((16, 62), (84, 62)),
            moved((16, 26), (4, 8), (72, 8), (84, 26)),
            Arrow((50, 16), (50, 54)),
        ),
        Picture.TONER_OUT: (
            line((10, 20), (10, 86), (50, 86)),
            line((10, 20), (50, 20)),
            moved((30, 38), (76, 38), (84, 46), (84, 66), (30, 66), (30, 38)),
            moved((40, 52), (62, 52)),
            Arrow((64, 14), (96, 14)),
        ),
        Picture.TONER_IN: (
            line((10, 20), (10, 86), (50, 86)),
            line((10, 20), (50, 20)),
            moved((30, 38), (76, 38), (84, 46), (84, 66), (30, 66), (30, 38)),
            moved((40, 52), (62, 52)),
            Arrow((96, 14), (64, 14)),
        ),
        Picture.ORDER: (Glyph("truck-delivery-outline", 50, 40, 76), Glyph("phone-outline", 30, 82, 30, moves=True)),
        Picture.ONLINE: (
            box(10, 24, 90, 76),
            Ring(30, 50, 8),
            Ring(66, 50, 6, moves=True),
            moved((66, 62), (66, 70)),
            moved((78, 50), (84, 50)),
            moved((75, 59), (80, 64)),
            Glyph("gesture-tap", 31, 38, 42, moves=True),
        ),
        Picture.SOUND: (Glyph("speaker", 26, 56, 52), Glyph("headphones", 74, 62, 44), Arrow((50, 12), (50, 40))),
        Picture.TAKE_PAGES: (
            *PAGE_PRINTER[:1],
            line((24, 66), (16, 90)),
            moved((34, 60), (28, 88), (72, 88), (66, 60)),
            moved((40, 70), (60, 70)),
            Arrow((82, 72), (96, 94)),
        ),
        Picture.OPEN_FEEDER: (
            *SCANNER,
            moved((16, 42), (10, 48), (62, 88), (68, 82), (24, 42)),
            Arrow((84, 46), (78, 80)),
        ),
        Picture.PULL_PAGE: (
            *SCANNER,
            line((16, 42), (6, 80)),
            moved((34, 40), (40, 62), (34, 76), (70, 76), (76, 62), (70, 40)),
            Arrow((54, 78), (54, 99)),
        ),
        Picture.CLOSE_LID: (
            *SCANNER,
            moved((16, 42), (10, 48), (62, 88), (68, 82), (24, 42)),
            Arrow((82, 84), (82, 48)),
        ),
        Picture.RESTART: (
            box(22, 8, 78, 92),
            Glyph("restart", 50, 56, 44, moves=True),
            line((40, 20), (60, 20)),
        ),
        Picture.CAMERA: (
            Glyph("camera-outline", 46, 40, 72),
            moved((30, 66), (70, 66), (66, 82), (34, 82), (30, 66)),
            Arrow((74, 78), (96, 94)),
        ),
        Picture.LIGHT: (Glyph("camera-outline", 32, 34, 52), Glyph("lightbulb-on-outline", 70, 68, 50, moves=True)),
        Picture.CABLE: (
            box(4, 26, 22, 74),
            box(78, 26, 96, 74),
            moved((22, 50), (34, 50)),
            moved((66, 50), (78, 50)),
            moved((34, 42), (34, 58), (42, 58), (42, 42), (34, 42)),
            moved((58, 42), (58, 58), (66, 58), (66, 42), (58, 42)),
            moved((42, 50), (46, 34), (54, 34), (58, 50)),
            Arrow((44, 78), (24, 78)),
            Arrow((56, 78), (76, 78)),
        ),
        Picture.PLUG: (
            *SOCKET,
            moved((4, 50), (18, 50)),
            moved((18, 38), (18, 62), (36, 62), (36, 38), (18, 38)),
            moved((36, 56), (46, 56)),
            moved((36, 44), (46, 44)),
            Arrow((24, 82), (56, 82)),
        ),
        Picture.FUSE: (
            box(12, 14, 88, 86),
            *(box(left, 34, left + 14, 66) for left in (20, 43, 66)),
            moved((50, 40), (50, 50)),
            Arrow((50, 10), (50, 32)),
        ),
        Picture.BATTERY: (
            Glyph("car-battery", 26, 40, 48),
            Glyph("car-battery", 74, 40, 48, moves=True),
            Arrow((26, 70), (10, 92)),
            Arrow((90, 92), (74, 70)),
        ),
        Picture.DOOR: (
            *CABINET[:1],
            moved((76, 10), (96, 22), (96, 78), (76, 90)),
            Ring(90, 50, 2.5, moves=True),
            Arrow((66, 34), (40, 34)),
            Arrow((66, 66), (40, 66)),
        ),
        Picture.KEY: (*CABINET[:1], Ring(64, 50, 4), Glyph("key-variant", 44, 50, 44, moves=True)),
        Picture.SETTINGS: (
            Glyph("serial-port", 28, 32, 48),
            Glyph("cog-outline", 72, 68, 48, moves=True),
            line((50, 36), (72, 36), (72, 44)),
            line((28, 56), (28, 64), (48, 64)),
        ),
        Picture.NETWORK: (
            box(22, 24, 78, 80),
            line((36, 24), (36, 40), (44, 40), (44, 48), (56, 48), (56, 40), (64, 40), (64, 24)),
            Ring(34, 68, 5, moves=True),
            Ring(66, 68, 5),
            Arrow((50, 2), (50, 34)),
        ),
        Picture.CALL: (Glyph("phone-outline", 50, 50, 76),),
    }
)
"""Complete by test."""
