"""The public pages' texts and the choice of language: `?lang=` first, then Accept-Language, then zh_CN."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from kiosk.errors import SettingsError
from kiosk.texts import FIRST_LANGUAGE, LocalText

PAGES = Path(__file__).parents[2] / "config" / "approval" / "pages.toml"
_READER = TypeAdapter(LocalText)
LANGUAGES = ("zh_CN", "zh_HK", "en")


@cache
def texts(path: Path = PAGES) -> Mapping[str, LocalText]:
    """Every text by its name. Raises SettingsError naming the file and the text."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))["texts"]
        return {name: _READER.validate_python(text) for name, text in data.items()}
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read ({error.strerror})") from error
    except (tomllib.TOMLDecodeError, KeyError, ValidationError) as error:
        raise SettingsError(f"{path}: {str(error).splitlines()[0]}") from error


def say(name: str, language: str, **values: object) -> str:
    """The text `name` in `language`, its `{braces}` filled in."""
    return texts()[name].in_language(language).format(**values)


def choose_language(wanted: str | None, accept_language: str) -> str:
    """The language of an answer."""
    if wanted in LANGUAGES:
        return wanted
    return next((known for tag in _by_weight(accept_language) if (known := _known(tag))), FIRST_LANGUAGE)


def _by_weight(accept_language: str) -> Iterator[str]:
    weighted = []
    for part in accept_language.split(","):
        tag, _, weight = part.strip().partition(";q=")
        weighted.append((tag.strip().lower(), _number(weight)))
    return (tag for tag, weight in sorted(weighted, key=lambda pair: -pair[1]) if weight > 0)


def _number(weight: str) -> float:
    try:
        return float(weight) if weight else 1.0
    except ValueError:
        return 0.0


def _known(tag: str) -> str | None:
    primary, *rest = tag.split("-")
    if primary in ("zh", "yue"):
        return "zh_HK" if primary == "yue" or {"hk", "mo", "tw", "hant"} & set(rest) else "zh_CN"
    return "en" if primary == "en" else None
