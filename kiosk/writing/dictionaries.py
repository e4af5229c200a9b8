"""Builds what the writing engine reads, once, at set-up (`kiosk dictionaries`): librime's dictionaries with the country's
place names and the catalogue's words in them, and the table of characters' parts.

Everything is made beside the target and put in its place when it is whole.
"""

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from kiosk import cache
from kiosk.cases.places import CHINA
from kiosk.catalogue.source import BUILTIN, load_builtin
from kiosk.errors import SetupError
from kiosk.writing import parts, rime_api
from kiosk.writing.places import places
from kiosk.writing.vocabulary import Entry, of_catalogue, of_names, of_places

CONFIG = Path(__file__).resolve().parents[2] / "config" / "writing"
STAMP = "made-from"
COMPILED = (
    "bianmin_pinyin.table.bin",
    "bianmin_pinyin.prism.bin",
    "bianmin_jyutping.prism.bin",
    "bianmin_pinyin.schema.yaml",
    "bianmin_jyutping.schema.yaml",
    "bianmin_strokes.schema.yaml",
    "default.yaml",
)
_CODE = ("dictionaries", "opencc", "parts", "places", "readings", "vocabulary")
_SYSTEM = ("luna_pinyin.dict.yaml", "essay.txt", "stroke.dict.yaml", "jyut6ping3.dict.yaml")
_HEAD = """# Made by `kiosk dictionaries` from config/places, config/writing and config/catalogue.
---
name: bianmin_pinyin
version: "1"
sort: by_weight
use_preset_vocabulary: true
import_tables: [ luna_pinyin ]
...

"""


def build(target: Path) -> bool:
    """Make the folder `target`; False when it was up to date. Raises SetupError with what to do."""
    stamp = made_from()
    if _stamp_of(target) == stamp:
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as name:
        folder = Path(name) / "new"
        _fill(folder)
        (folder / STAMP).write_text(stamp)
        _replace(target, folder, Path(name) / "old")
    return True


def made_from() -> str:
    """A stamp of everything that goes into the dictionaries."""
    code = (Path(__file__).with_name(f"{name}.py") for name in _CODE)
    ours = [CHINA, *CONFIG.rglob("*.*"), *BUILTIN.glob("*.toml"), *code]
    system = (rime_api.SHARED / name for name in _SYSTEM)
    return cache.stamp(sorted(ours), *(f"{path} {_dated(path)}" for path in system))


def _dated(path: Path) -> str:
    return f"{path.stat().st_size} {path.stat().st_mtime_ns}" if path.is_file() else "missing"


def _stamp_of(target: Path) -> str:
    path = target / STAMP
    return path.read_text() if path.is_file() else ""


def _fill(folder: Path) -> None:
    shutil.copytree(CONFIG / "rime", folder)
    _write_words(folder)
    _compile(folder)
    for leftover in ("installation.yaml", "user.yaml", "bianmin_pinyin.dict.yaml"):
        (folder / leftover).unlink(missing_ok=True)


def _write_words(folder: Path) -> None:
    from kiosk.writing.opencc import OpenCC  # noqa: PLC0415  they open libraries: when asked only
    from kiosk.writing.readings import PlaceReadings, read  # noqa: PLC0415

    readings, traditional, simplified = PlaceReadings(), OpenCC("s2t.json"), OpenCC("t2s.json")
    entries = [
        *of_places(places(), readings.of),
        *of_catalogue(load_builtin(), read),
        *of_names((CONFIG / "names.txt").read_text("utf-8"), read),
    ]
    converted = {text: traditional(text) for text in {entry.text for entry in entries}}
    with (folder / "bianmin_pinyin.dict.yaml").open("w", encoding="utf-8") as file:
        file.write(_HEAD)
        file.writelines(_lines(entries, converted))
    lost = {other: text for text, other in converted.items() if simplified(other) != text}
    _write_conversion(folder / "opencc", lost)
    parts.write(CONFIG / "parts.txt", rime_api.SHARED, traditional, folder / parts.FILE)
    traditional.close()
    simplified.close()


def _lines(entries: Iterable[Entry], traditional: dict[str, str]) -> Iterator[str]:
    best: dict[tuple[str, str], int] = {}
    for entry in entries:
        key = (traditional[entry.text], entry.reading)
        best[key] = max(entry.weight, best.get(key, 0))
    return (f"{text}\t{reading}\t{weight}\n" for (text, reading), weight in best.items())


def _write_conversion(folder: Path, lost: dict[str, str]) -> None:
    """OpenCC's way to simplified, with the words that would not come back as they were (乾安縣 as 干安县)."""
    (folder / "words.txt").write_text("".join(f"{word}\t{back}\n" for word, back in sorted(lost.items())), "utf-8")


def _compile(folder: Path) -> None:
    """Let librime compile schemas and dictionaries: some seconds."""
    try:
        library = rime_api.load()
    except (OSError, AttributeError) as error:
        raise SetupError("librime is missing. Install the Debian package librime1, or run 'make install'.") from error
    traits = rime_api.traits(folder, rime_api.BUILDING)
    library.RimeSetup(traits)
    library.RimeDeployerInitialize(traits)
    library.RimeDeployWorkspace()
    library.RimeFinalize()
    missing = [name for name in COMPILED if not (folder / "build" / name).is_file()]
    if missing:
        raise SetupError(
            f"librime could not make {', '.join(missing)}. Install the Debian packages rime-data-luna-pinyin, "
            "rime-data-stroke, rime-data-jyut6ping3 and rime-essay, or run 'make install'."
        )


def _replace(target: Path, new: Path, old: Path) -> None:
    if target.exists():
        target.rename(old)
    new.rename(target)
