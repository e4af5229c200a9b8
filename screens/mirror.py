"""Which side things stand at: where reading starts, and where the hand is.

A left-handed person covers what is right of and below the left hand, so what is touched again and again (the column of
buttons, page buttons, the keyboard beside a list, the main button) stands at the left and the text right of it stays
free to read. The header stays as it is: back and home are at the left already, and at the right the arm would lie across
the whole page. Arrows and chevrons show where reading goes on, so the hand does not turn them.

Right-to-left pages are mirrored as a whole, the hand's side too: it is the left one. Digits and keyboards are not.
"""

from collections.abc import Mapping

from screens.pen import Pen

TURNED: Mapping[str, str] = {
    one: other
    for left, right in (
        ("arrow-left", "arrow-right"),
        ("chevron-left", "chevron-right"),
        ("arrow-left-bold", "arrow-right-bold"),
    )
    for one, other in ((left, right), (right, left))
}
"""Icons that point along the line."""


def icon(pen: Pen, name: str) -> str:
    """The icon as it points on this page."""
    return TURNED.get(name, name) if pen.rtl else name


def hand_left(pen: Pen) -> bool:
    """Whether what is touched most stands at the left: for the left hand, and on right-to-left pages."""
    return pen.theme.left_hand or pen.rtl


def hand_first(pen: Pen) -> bool:
    """Whether the hand's side is the one where reading starts, so that rows begin with what is touched most."""
    return pen.theme.left_hand and not pen.rtl
