"""Whether everything is whole: nothing cut, nothing out of the screen, no word divided, nothing sideways."""

from collections.abc import Iterator

from screens.grading.rule import Mark, rule
from screens.grading.shot import SLACK_PX, Shot, Written, ancestors, name_of, place_of
from screens.message import Number
from screens.pen import BODY
from screens.pieces import Piece, Words
from screens.rect import Rect
from screens.scroll import Scroll


@rule("cut-off", "this house: no layout breaks at any size", "texts fit into their place, words are whole")
def cut_off(shot: Shot) -> Iterator[Mark]:
    """No text is wider or higher than its place or divided inside a word, also further down the page."""
    for piece in shot.everything:
        if isinstance(piece, Words) and piece.lines:
            wide = max(piece.pen.width(line, piece.style) for line in piece.lines)
            high = piece.texture_size[1] if piece in shot.seen else 0
            fits = wide <= piece.width + SLACK_PX and high <= piece.height + SLACK_PX
            yield Mark(fits, name_of(piece), f"{wide:.0f} x {high} px", f"{piece.width:.0f} x {piece.height:.0f} px")
            yield Mark(not divided(piece), f"{name_of(piece)}: words", " | ".join(piece.lines), "whole words")
        elif isinstance(piece, Number):
            wide = piece.pen.width(piece.text, BODY, piece.type_px)
            yield Mark(wide <= piece.width * 1.1, name_of(piece), wide, f"{piece.width:.0f} px")


def divided(words: Words) -> bool:
    """Whether a line ends inside a word of letters or digits."""
    text, at = words.text.replace("\n", " "), 0
    for line in words.lines[:-1]:
        at = text.index(line, at) + len(line)
        if at < len(text) and _joined(text[at - 1]) and _joined(text[at]):
            return True
    return False


def _joined(char: str) -> bool:
    return char.isascii() and char.isalnum()


@rule("on-screen", "this house: no layout breaks at any size", "everything is inside the screen")
def on_screen(shot: Shot) -> Iterator[Mark]:
    """Nothing stands out of the screen at the top or below, except what can be scrolled to."""
    for piece in shot.everything:
        if _counts(piece) and _scroll_of(piece) is None:
            at = place_of(piece)
            good = at.bottom >= shot.whole.bottom - SLACK_PX and at.top <= shot.whole.top + SLACK_PX
            yield Mark(good, name_of(piece), f"{at.bottom:.0f} to {at.top:.0f} px", f"0 to {shot.whole.top:.0f} px")


def _scroll_of(piece: Piece) -> Scroll | None:
    """The scrolling part a piece is in."""
    return next((one for one in ancestors(piece) if isinstance(one, Scroll) and one is not piece), None)


def _counts(piece: Piece) -> bool:
    return piece.get_root_window() is not None and piece.width > 0 and piece.height > 0 and piece.pen is not None


@rule("sideways", "Chinese elder-friendly rules (2021)", "nothing is wider than the screen or its column")
def sideways(shot: Shot) -> Iterator[Mark]:
    """Nothing has to be scrolled sideways: no piece stands out of the screen or of the scrolling part to the side."""
    for piece in shot.everything:
        if _counts(piece):
            scroll = _scroll_of(piece)
            room = place_of(scroll) if scroll else shot.whole
            at = place_of(piece)
            good = at.left >= room.left - SLACK_PX and at.right <= room.right + SLACK_PX
            yield Mark(
                good, name_of(piece), f"{at.left:.0f} to {at.right:.0f} px", f"{room.left:.0f} to {room.right:.0f}"
            )


def ink_place(text: Written) -> Rect:
    """Where a text's lines really are: its place without the room its lines do not use."""
    at = place_of(text)
    if isinstance(text, Number) or not text.lines:
        return at
    spare = max(0.0, at.width - text.snug())
    share = {"left": 0.0, "center": 0.5, "right": 1.0}[text.align]
    trim = (text.pen.line_px(text.style) - text.pen.size_px(text.style)) / 2
    return Rect(at.left + spare * share, at.bottom + trim, at.right - spare * (1 - share), at.top - trim)
