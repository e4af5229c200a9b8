"""Looks at a laid-out surface as a ruler would: every text, every target, every gap."""

from collections.abc import Iterator
from itertools import combinations

from kiosk import fonts
from screens import icons
from screens.pieces import Icon, Piece, Words
from screens.surface import Surface
from screens.theme import GAP_MM, TARGET_MM
from screens.touch import Pressable

Rect = tuple[float, float, float, float]
SLACK_PX = 1.01
"""Whole pixels: a millimetre is not."""


def pieces(surface: Surface) -> list[Piece]:
    """Everything on the surface, and everything further down in the scrolling part."""
    hidden = [item for item in (surface.scroll.items if surface.scroll else []) if item.parent is None]
    return [w for root in (surface, *hidden) for w in root.walk(restrict=True) if isinstance(w, Piece)]


def cut_texts(surface: Surface) -> list[str]:
    """Texts that are wider or higher than their place, or whose words were divided."""
    found = []
    for words in (piece for piece in pieces(surface) if isinstance(piece, Words)):
        widest = max(words.pen.width(line, words.style) for line in words.lines)
        drawn = words.texture_size
        if widest > words.width + SLACK_PX or (words.get_root_window() and drawn[1] > words.height + SLACK_PX):
            found.append(f"{words.text!r}: {widest} x {drawn[1]} in {words.width} x {words.height}")
        if _divided(words):
            found.append(f"{words.text!r} is divided inside a word: {words.lines}")
    return found


def _divided(words: Words) -> bool:
    text = words.text.replace("\n", " ")
    at = 0
    for line in words.lines[:-1]:
        at = text.index(line, at) + len(line)
        if (
            at < len(text)
            and text[at - 1].isascii()
            and text[at - 1].isalnum()
            and text[at].isascii()
            and text[at].isalnum()
        ):
            return True
    return False


def outside(surface: Surface) -> list[str]:
    """What stands out of the surface to the side, or out of the screen."""
    found = []
    for piece in pieces(surface):
        if piece.get_root_window() is None or piece.width == 0 or not piece.pen:
            continue
        left, bottom, right, top = rect(piece)
        inside = surface.x - SLACK_PX <= left and right <= surface.right + SLACK_PX
        scrolled = surface.scroll is not None and piece is not surface.scroll and _below(piece, surface.scroll)
        if not inside or (not scrolled and not (surface.y - SLACK_PX <= bottom and top <= surface.top + SLACK_PX)):
            found.append(f"{type(piece).__name__} {getattr(piece, 'name', '')} at {left, bottom, right, top}")
    return found


def _below(piece: Piece, root: Piece) -> bool:
    while piece is not None and piece is not piece.parent:
        if piece is root:
            return True
        piece = piece.parent
    return False


def rect(piece: Piece) -> Rect:
    """Where a piece is in the window: left, bottom, right, top."""
    left, bottom = piece.to_window(piece.x, piece.y)
    return left, bottom, left + piece.width, bottom + piece.height


def targets(surface: Surface) -> list[tuple[Pressable, Rect]]:
    """What can be touched now and where, cut to the scrolling area's window."""
    found = []
    for piece in surface.pressables():
        if piece.get_root_window() is None:
            continue
        left, bottom, right, top = rect(piece)
        for scroll in (surface.scroll, surface.panel.scroll if surface.panel else None):
            if scroll and _below(piece, scroll):
                _, low, _, high = rect(scroll)
                bottom, top = max(bottom, low), min(top, high)
        if top > bottom:
            found.append((piece, (left, bottom, right, top)))
    return found


def small_targets(surface: Surface) -> list[str]:
    """Targets with a side under 12.7 mm."""
    least = surface.pen.theme.width_px / surface.pen.theme.width_mm * TARGET_MM - SLACK_PX
    return [
        f"{piece.name} {piece.size}"
        for piece in surface.pressables()
        if piece.available and min(piece.width, piece.height) < least
    ]


def close_targets(surface: Surface) -> list[str]:
    """Pairs of targets with less than 2.54 mm between them."""
    gap = surface.pen.theme.width_px / surface.pen.theme.width_mm * GAP_MM - SLACK_PX
    found = []
    for (one, a), (other, b) in combinations(targets(surface), 2):
        if a[0] < b[2] + gap and b[0] < a[2] + gap and a[1] < b[3] + gap and b[1] < a[3] + gap:
            found.append(f"{one.name} {a} and {other.name} {b}")
    return found


def missing_glyphs(surface: Surface) -> list[str]:
    """Characters no face has, and icons the icon font does not have."""
    return [*_boxes(surface), *(p.name for p in pieces(surface) if isinstance(p, Icon) and not icons.known(p.name))]


def _boxes(surface: Surface) -> Iterator[str]:
    for words in (piece for piece in pieces(surface) if isinstance(piece, Words)):
        drawn = "".join(text for text, _ in fonts.runs(words.text, words.pen.language, words.style.bold))
        if fonts.MISSING_GLYPH in drawn:
            yield words.text
