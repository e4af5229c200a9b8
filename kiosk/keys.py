"""Keys by name, for keypads and switches that are keyboards to the machine.

Codes are those Kivy's window tells; for f13 to f24, which Kivy passes on as SDL has them (its own table calls Print
Screen f13), they are SDL's: 0x40000000 and the USB HID usage (HID Usage Tables 1.4, page 0x07: F13 is 0x68).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

_SDL_F13 = 0x40000068
CODES: Mapping[str, int] = {
    "up": 273,
    "down": 274,
    "right": 275,
    "left": 276,
    "enter": 13,
    "numpadenter": 271,
    "tab": 9,
    "insert": 277,
    "home": 278,
    "end": 279,
    "pageup": 280,
    "pagedown": 281,
    **{f"numpad{n}": 256 + n for n in range(10)},
    **{f"f{n}": 281 + n for n in range(1, 13)},
    **{f"f{n}": _SDL_F13 + n - 13 for n in range(13, 25)},
}
"""Name -> code, of everything that writes no letter."""


def codes(names: Iterable[str]) -> frozenset[int]:
    """The codes of keys. Raises KeyError for a name that is not in CODES."""
    return frozenset(CODES[name] for name in names)


@dataclass(frozen=True)
class Hands:
    """Which keys serve people who do not touch: the five of a keypad and its help key, and one or two switches."""

    up: Sequence[str] = ("up",)
    down: Sequence[str] = ("down",)
    left: Sequence[str] = ("left",)
    right: Sequence[str] = ("right",)
    ok: Sequence[str] = ("enter", "numpadenter")
    help: Sequence[str] = ("f1",)
    choose: Sequence[str] = ("f11",)
    """The switch that starts scanning and chooses."""
    move: Sequence[str] = ("f12",)
    """The second switch, which moves on."""
    switches: str = "one"
    """"one": scanning goes on by itself; "two": the second switch moves it on."""
    step_s: float = 1.2
    """How long scanning stays with a row or a thing."""
