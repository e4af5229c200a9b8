"""Handwriting by libzinnia: strokes in, the characters that look like them out. Standard library only.

The models are trained on characters of one Chinese and one Japanese standard: GB 2312 with 6,763, and JIS X 0208, which
has the traditional form of many (國, 學, 門). Not thread-safe.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from ctypes import CDLL, c_char_p, c_float, c_int, c_size_t, c_void_p
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any

LIBRARY = "libzinnia.so.0"
MODELS = Path("/usr/share/tegaki/models/zinnia")
SIMPLIFIED, JAPANESE = "handwriting-zh_CN.model", "handwriting-ja.model"
TRADITIONAL_FORMS = Path(__file__).resolve().parents[2] / "config" / "catalogue" / "traditional.txt"
SIDE = 300
"""The writing field's side in zinnia's units: the models' own scale."""
ASKED, OFFERED = 24, 16

BIG5, HONG_KONG = "big5", "big5hkscs"
"""The standards of traditional characters, as Python calls them."""

Strokes = Sequence[Sequence[Sequence[float]]]

_FUNCTIONS: dict[str, tuple[Any, list[Any]]] = {
    "zinnia_recognizer_new": (c_void_p, []),
    "zinnia_recognizer_open": (c_int, [c_void_p, c_char_p]),
    "zinnia_recognizer_destroy": (None, [c_void_p]),
    "zinnia_recognizer_classify": (c_void_p, [c_void_p, c_void_p, c_size_t]),
    "zinnia_character_new": (c_void_p, []),
    "zinnia_character_destroy": (None, [c_void_p]),
    "zinnia_character_clear": (None, [c_void_p]),
    "zinnia_character_set_width": (None, [c_void_p, c_size_t]),
    "zinnia_character_set_height": (None, [c_void_p, c_size_t]),
    "zinnia_character_add": (c_int, [c_void_p, c_size_t, c_int, c_int]),
    "zinnia_result_size": (c_size_t, [c_void_p]),
    "zinnia_result_value": (c_char_p, [c_void_p, c_size_t]),
    "zinnia_result_score": (c_float, [c_void_p, c_size_t]),
    "zinnia_result_destroy": (None, [c_void_p]),
}


class Zinnia:
    """The library; models are opened when they are needed and closed by `forget`."""

    def __init__(self, drawable: Callable[[str, str], bool], library: str = LIBRARY, models: Path = MODELS) -> None:
        """Raises OSError or AttributeError without the library."""
        self._library = CDLL(library)
        for name, (result, arguments) in _FUNCTIONS.items():
            function = getattr(self._library, name)
            function.restype, function.argtypes = result, arguments
        self._drawable, self._models = drawable, models
        self._open: dict[str, int] = {}
        self._forms: dict[str, str] = {}

    def begin(self, script: str) -> None:
        """Open the models of a script, so that the first character does not wait for it."""
        for name in _MODELS_OF[script]:
            self._recognizer(name)
        if script == "Hant":
            self._forms = self._forms or _traditional_forms()

    def recognise(self, strokes: Strokes, script: str) -> tuple[str, ...]:
        """At most OFFERED characters, best first; nothing for no strokes. Points are in units of the field's side."""
        if not any(strokes):
            return ()
        lists = [self._looks_like(strokes, name) for name in _MODELS_OF[script]]
        found = self._traditional(lists) if script == "Hant" else chain(*lists)
        return tuple(dict.fromkeys(char for char in found if self._drawable(char, script)))[:OFFERED]

    def forget(self) -> None:
        """Close the models: 26 MB each, and 20 ms to open again."""
        while self._open:
            self._library.zinnia_recognizer_destroy(self._open.popitem()[1])

    def _traditional(self, lists: Iterable[list[str]]) -> Iterator[str]:
        """Best of each model in turn: whoever writes 国 and whoever writes 國 finds 國 among the first."""
        self._forms = self._forms or _traditional_forms()
        for char in chain(*zip_longest(*lists, fillvalue="")):
            if char in self._forms:
                yield from self._forms[char]
            elif _is_in(HONG_KONG, char):
                yield char

    def _recognizer(self, name: str) -> int:
        """0 where the model is not installed."""
        path = self._models / name
        if name not in self._open and path.is_file():
            recognizer = self._library.zinnia_recognizer_new()
            self._open[name] = recognizer
            self._library.zinnia_recognizer_open(recognizer, bytes(path))
        return self._open.get(name, 0)

    def _looks_like(self, strokes: Strokes, model: str) -> list[str]:
        recognizer = self._recognizer(model)
        character = self._library.zinnia_character_new()
        try:
            self._draw(character, strokes)
            result = self._library.zinnia_recognizer_classify(recognizer, character, ASKED) if recognizer else 0
            return self._values(result) if result else []
        finally:
            self._library.zinnia_character_destroy(character)

    def _draw(self, character: int, strokes: Strokes) -> None:
        self._library.zinnia_character_set_width(character, SIDE)
        self._library.zinnia_character_set_height(character, SIDE)
        for number, stroke in enumerate(stroke for stroke in strokes if stroke):
            for x, y in stroke:
                self._library.zinnia_character_add(character, number, _units(x), _units(y))

    def _values(self, result: int) -> list[str]:
        try:
            count = self._library.zinnia_result_size(result)
            return [self._library.zinnia_result_value(result, at).decode() for at in range(count)]
        finally:
            self._library.zinnia_result_destroy(result)


_MODELS_OF = {"Hans": (SIMPLIFIED,), "Hant": (JAPANESE, SIMPLIFIED)}


def _units(share: float) -> int:
    return round(min(max(share, 0), 1) * SIDE)


def _traditional_forms() -> dict[str, str]:
    """Simplified character -> its traditional forms; one that is itself traditional too (后, 里) comes before them."""
    forms: dict[str, str] = {}
    for line in TRADITIONAL_FORMS.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            for pair in line.split():
                forms[pair[1]] = forms.get(pair[1], "") + pair[0]
    return {char: (char if _is_in(BIG5, char) else "") + found for char, found in forms.items()}


def _is_in(standard: str, char: str) -> bool:
    try:
        return bool(char.encode(standard))
    except UnicodeEncodeError:
        return False
