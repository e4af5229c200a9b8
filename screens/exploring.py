"""Touching without seeing: while the voice is on, a first touch names what is below the finger, a second presses it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from screens.focus import Key
from screens.touch import WHEEL, Pressable

if TYPE_CHECKING:
    from screens.focus import Focus


class Exploring:
    """`named` is called with every thing a finger comes upon."""

    def __init__(self, focus: "Focus", find: Callable[[float, float], Pressable | None], named: Callable[[], None]):
        self._focus, self._find, self._named = focus, find, named
        self._heard: Key | None = None
        self._touch: Any = None

    def takes(self, touch: Any) -> bool:
        """Whether a touch that begins is for hearing only: unless it is the second one on what was named."""
        if getattr(touch, "button", "left") in WHEEL:
            return False
        piece = self._find(*touch.pos)
        here = self._focus.current
        second = piece is not None and here is not None and here.piece is piece and here.key == self._heard
        if second and piece is not None and piece.available:
            return False
        self._touch = touch
        self._name(piece)
        return True

    def moves(self, touch: Any) -> bool:
        """The finger looks around."""
        if touch is not self._touch:
            return False
        piece, here = self._find(*touch.pos), self._focus.current
        if piece is not None and (here is None or here.piece is not piece):
            self._name(piece)
        return True

    def ends(self, touch: Any) -> bool:
        """The finger leaves; what it named last can be pressed by the next touch."""
        if touch is not self._touch:
            return False
        self._touch = None
        return True

    def forget(self) -> None:
        """Another page: nothing on it was named."""
        self._heard = None

    def _name(self, piece: Pressable | None) -> None:
        stop = self._focus.go_to(piece) if piece else None
        self._heard = stop.key if stop else None
        if stop:
            self._named()
