"""Characters drawn as straight lines in the right order, as somebody with a steady finger would."""

from itertools import pairwise

from kiosk.ports.writing import Stroke

Corners = tuple[tuple[float, float], ...]
STEPS = 8


def drawn(corners: Corners) -> Stroke:
    """A stroke through these corners, with points between them, as a finger leaves them."""
    points = [corners[0]]
    for (x, y), (to_x, to_y) in pairwise(corners):
        points += [(x + (to_x - x) * step / STEPS, y + (to_y - y) * step / STEPS) for step in range(1, STEPS + 1)]
    return tuple(points)


def box(left: float, top: float, right: float, bottom: float) -> list[Corners]:
    """The three strokes of 口."""
    return [
        ((left, top), (left, bottom)),
        ((left, top), (right, top), (right, bottom)),
        ((left, bottom), (right, bottom)),
    ]


def across(y: float, left: float = 0.1, right: float = 0.9) -> Corners:
    return ((left, y), (right, y))


def down(x: float, top: float = 0.1, bottom: float = 0.9) -> Corners:
    return ((x, top), (x, bottom))


_LEFT_GATE = [down(0.1), ((0.1, 0.1), (0.4, 0.1), (0.4, 0.45)), across(0.27, 0.1, 0.4), across(0.45, 0.1, 0.4)]
_RIGHT_GATE = [
    down(0.6, 0.1, 0.45),
    ((0.6, 0.1), (0.9, 0.1), (0.9, 0.9), (0.8, 0.85)),
    across(0.27, 0.6, 0.9),
    across(0.45, 0.6, 0.9),
]

CHARACTERS: dict[str, list[Corners]] = {
    "十": [across(0.5), down(0.5)],
    "三": [across(0.2), across(0.5, 0.2, 0.8), across(0.85)],
    "王": [across(0.15), across(0.5, 0.2, 0.8), down(0.5, 0.15, 0.85), across(0.85)],
    "口": box(0.2, 0.2, 0.8, 0.8),
    "人": [((0.5, 0.1), (0.45, 0.4), (0.1, 0.9)), ((0.48, 0.4), (0.9, 0.9))],
    "中": [*box(0.15, 0.3, 0.85, 0.6), down(0.5, 0.05, 0.95)],
    "大": [across(0.35), ((0.5, 0.1), (0.5, 0.35), (0.1, 0.9)), ((0.5, 0.35), (0.9, 0.9))],
    "木": [across(0.3), down(0.5), ((0.5, 0.3), (0.1, 0.75)), ((0.5, 0.3), (0.9, 0.75))],
}
TRADITIONAL: dict[str, list[Corners]] = {
    "門": [*_LEFT_GATE, *_RIGHT_GATE],
    "車": [across(0.2), *box(0.2, 0.35, 0.8, 0.65), across(0.5, 0.2, 0.8), across(0.8), down(0.5, 0.05, 0.95)],
}
SIMPLIFIED: dict[str, list[Corners]] = {
    "門": [((0.2, 0.08), (0.3, 0.18)), down(0.15, 0.2, 0.95), ((0.35, 0.12), (0.9, 0.12), (0.9, 0.92), (0.8, 0.88))],
    "國": [
        down(0.1),
        ((0.1, 0.1), (0.9, 0.1), (0.9, 0.9)),
        across(0.3, 0.25, 0.75),
        across(0.5, 0.3, 0.7),
        down(0.5, 0.3, 0.75),
        across(0.75, 0.22, 0.78),
        ((0.62, 0.58), (0.7, 0.66)),
        across(0.9),
    ],
}


def strokes(corners: list[Corners]) -> tuple[Stroke, ...]:
    """All strokes of a character."""
    return tuple(drawn(each) for each in corners)
