"""Where the Chinese typefaces are: Noto Sans CJK split into the SC and HK faces, LXGW WenKai for rare names.

Kivy opens only face 0 of a collection, which is the Japanese one, and has no font fallback (facts: fonts). So the faces
are split out once by `prepare()` (`kiosk fonts`, run by the set-up), together with a table of the characters each one
has; `runs()` uses the table to switch faces inside a text. A language with a script of its own names its face among its
facts (`kiosk.words`); what that face lacks, Chinese and Latin, is drawn in the Chinese one.
"""

import json
import os
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby
from pathlib import Path

from kiosk import cache as kept_on_disk
from kiosk import words
from kiosk.errors import SetupError

ROOT = Path(__file__).resolve().parent.parent
COLLECTION_FOLDER = Path("/usr/share/fonts/opentype/noto")
COLLECTIONS = {"Regular": "NotoSansCJK-Regular.ttc", "Bold": "NotoSansCJK-Bold.ttc"}
FACES = {"SC": "Noto Sans CJK SC", "HK": "Noto Sans CJK HK"}
RARE = Path("/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf")
REGION = {"zh_HK": "HK", "zh_TW": "HK"}
"""Which face a language takes; every other one takes SC."""

MISSING_GLYPH = "□"
"""Shown for what no face has, so that nobody takes the name for complete."""


_used: list[Path] = []
_others: list[str] = []
"""Listed languages with a face of their own: it draws their names on the pages of the others, too."""


def use(path: Path) -> None:
    """Take the faces from another folder (the setting `paths.fonts`) from now on."""
    _used[:] = [path]
    _coverage.cache_clear()


def folder() -> Path:
    """The folder of the split faces: what `use()` said, else `KIOSK_FONTS`, else `build/fonts` beside the program."""
    return _used[0] if _used else Path(os.environ.get("KIOSK_FONTS", ROOT / "build" / "fonts"))


def require(languages: Iterable[str]) -> None:
    """Raise SetupError, with what to do, unless every face that these languages take is there."""
    listed = tuple(languages)
    for language in listed:
        for bold in (False, True):
            face(language, bold)
            chinese_face(language, bold)
    _coverage()
    _others[:] = [language for language in listed if words.load(language).font]


def face(language: str, bold: bool = False) -> Path:
    """The font file for a language. Raises SetupError, with what to do, when it is not there."""
    weight = "Bold" if bold else "Regular"
    own = words.load(language).font
    return _own_face(language, own.format(weight=weight)) if own else chinese_face(language, bold)


def chinese_face(language: str, bold: bool = False) -> Path:
    """The face in which Chinese is set on a page in this language. Raises SetupError when it was not prepared."""
    path = folder() / f"{REGION.get(language, 'SC')}-{'Bold' if bold else 'Regular'}.otf"
    if not path.is_file():
        raise SetupError(
            f"The Chinese typeface {path.name} is not in {path.parent}. Run 'make install', or 'kiosk fonts'."
        )
    return path


@cache
def _own_face(language: str, name: str) -> Path:
    if not Path(name).is_file():
        raise SetupError(
            f"The typeface {name} of the language {language} is missing. Install the Debian package it belongs to "
            f"('apt-file search {Path(name).name}' names it), or take {language} out of the setting station.languages."
        )
    return Path(name)


def rare() -> Path | None:
    """The fallback face for rare characters, where it is installed."""
    return RARE if RARE.is_file() else None


def prepare() -> list[Path]:
    """Split the faces and write the coverage table; what is already there is left alone. Raises SetupError."""
    target = folder()
    wanted = [(region, weight, target / f"{region}-{weight}.otf") for weight in COLLECTIONS for region in FACES]
    if all(path.is_file() for _, _, path in wanted) and (target / "coverage.json").is_file():
        return []
    target.mkdir(parents=True, exist_ok=True)
    made = [_split(region, weight, path) for region, weight, path in wanted]
    _write_coverage(target)
    return made


def _split(region: str, weight: str, path: Path) -> Path:
    from fontTools.ttLib import TTCollection  # noqa: PLC0415  only the set-up pays for this import

    source = COLLECTION_FOLDER / COLLECTIONS[weight]
    if not source.is_file():
        raise SetupError(
            f"The font collection {source} is missing. Install the Debian package fonts-noto-cjk, or run 'make install'."
        )
    part = path.with_suffix(".part")
    for font in TTCollection(source, lazy=True).fonts:
        if font["name"].getDebugName(1) == FACES[region] or font["name"].getDebugName(4) == FACES[region]:
            font.save(part)
            part.replace(path)
            return path
    raise SetupError(f"The font collection {source} has no face {FACES[region]}. Reinstall fonts-noto-cjk.")


def _write_coverage(target: Path) -> None:
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    table = {}
    for name, path in {"SC": target / "SC-Regular.otf", "HK": target / "HK-Regular.otf", "rare": rare()}.items():
        if path:
            table[name] = list(_ranges(sorted(TTFont(path, lazy=True).getBestCmap())))
    (target / "coverage.json").write_text(json.dumps(table, separators=(",", ":")))


def _ranges(points: list[int]) -> Iterator[tuple[int, int]]:
    for _, group in groupby(enumerate(points), lambda pair: pair[1] - pair[0]):
        members = [point for _, point in group]
        yield members[0], members[-1]


class _Coverage:
    """The characters of one face, as sorted ranges."""

    def __init__(self, ranges: list[tuple[int, int]]) -> None:
        self._starts = [start for start, _ in ranges]
        self._ends = [end for _, end in ranges]

    def __contains__(self, char: str) -> bool:
        at = bisect_right(self._starts, ord(char)) - 1
        return at >= 0 and ord(char) <= self._ends[at]


@cache
def _coverage() -> dict[str, _Coverage]:
    path = folder() / "coverage.json"
    if not path.is_file():
        raise SetupError(f"The table of characters {path} is missing. Run 'make install', or 'kiosk fonts'.")
    return {name: _Coverage(ranges) for name, ranges in json.loads(path.read_text()).items()}


@cache
def _own_coverage(path: Path) -> _Coverage:
    """The characters of a language's own face; read once per version of the file."""
    made_from = f"{path} {path.stat().st_mtime_ns}"
    return _Coverage(kept_on_disk.kept(f"characters-{path.stem}", made_from, lambda: _characters(path)))


def _characters(path: Path) -> list[tuple[int, int]]:
    from fontTools.ttLib import TTFont  # noqa: PLC0415  the answer is kept

    with TTFont(path, lazy=True) as font:
        return list(_ranges(sorted(font.getBestCmap())))


def _covered(language: str) -> _Coverage:
    own = words.load(language).font
    return _own_coverage(face(language)) if own else _coverage()[REGION.get(language, "SC")]


def has(char: str, language: str) -> bool:
    """Whether the language's own face can draw the character."""
    return _draws(_covered(language), char)


def _draws(covered: _Coverage, char: str) -> bool:
    return char in covered or char in "\n\t" or unicodedata.category(char) == "Cf"


def runs(text: str, language: str, bold: bool = False) -> list[tuple[str, Path]]:
    """Split a text into pieces with the font file that can draw each. A character no face has becomes a box."""
    pieces = ((char, *_drawn(char, language, bold)) for char in text)
    return [("".join(drawn for _, drawn, _ in group), path) for path, group in groupby(pieces, lambda piece: piece[2])]


def _drawn(char: str, language: str, bold: bool) -> tuple[str, Path]:
    if has(char, language):
        return char, face(language, bold)
    if char in _coverage()[REGION.get(language, "SC")]:
        return char, chinese_face(language, bold)
    fallback = rare()
    if fallback and char in _coverage().get("rare", ()):
        return char, fallback
    other = next((other for other in _others if has(char, other)), None)
    return (char, face(other, bold)) if other else _box(language, bold)


def _box(language: str, bold: bool) -> tuple[str, Path]:
    return MISSING_GLYPH, chinese_face(language, bold)


def plain(text: str, language: str) -> bool:
    """Whether the language's own face draws all of it: the quick case of nearly every text."""
    covered = _covered(language)
    return all(_draws(covered, char) for char in text)
