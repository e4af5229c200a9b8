"""Says in one sentence what is wrong with a catalogue: pydantic's findings in an editor's words."""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from pydantic import BaseModel, ValidationError

from kiosk.catalogue import model

Location: TypeAlias = tuple[int | str, ...]

KNOWN_KEYS: frozenset[str] = frozenset(
    field
    for kind in vars(model).values()
    if isinstance(kind, type) and issubclass(kind, BaseModel)
    for field in kind.model_fields
)
_A_PHONE, _AN_ID = "a phone number (digits, spaces, hyphens)", "an id (small letters, digits, hyphens)"
_FORMS = {"enquiry_phone": _A_PHONE, "supervision_phone": _A_PHONE}
_SINGULAR = {"items": "item", "packages": "package", "groups": "group", "materials": "material", "process": "step"}


def nearest(word: str, known: Iterable[str]) -> str:
    """` (did you mean "fee"?)` for the known word nearest to `word`, or nothing where none is near."""
    near = difflib.get_close_matches(word, sorted(known), n=1)
    return f' (did you mean "{near[0]}"?)' if near else ""


def complaint(error: ValidationError, document: object = None) -> str:
    """The first finding as a sentence, with how many more there are; a misspelt key goes before what it leaves missing.

    `document` is what was validated: records in it are named by their `id` instead of their number.
    """
    findings = [found for found in error.errors(include_url=False, include_context=False) if not _follows(found)]
    first = next((found for found in findings if found["type"] == "extra_forbidden"), findings[0])
    more = f" (and {len(findings) - 1} more)" if len(findings) > 1 else ""
    return f"{_sentence(first, document)}{more}"


def _follows(finding: Mapping[str, Any]) -> bool:
    """A list called too short only because all its entries were refused."""
    return finding["type"] == "too_short" and bool(finding["input"])


def _sentence(finding: Mapping[str, Any], document: object) -> str:
    location: Location = finding["loc"]
    kind, said = finding["type"], str(finding["msg"]).removeprefix("Value error, ")
    if kind == "missing":
        return _at(location[:-1], document, f'the field "{location[-1]}" is missing')
    if kind == "extra_forbidden":
        return _at(location[:-1], document, f'unknown key "{location[-1]}"{nearest(str(location[-1]), KNOWN_KEYS)}')
    if kind == "string_pattern_mismatch":
        said = f"{_short(finding['input'])} is not {_FORMS.get(str(location[-1]), _AN_ID)}"
    if kind == "too_short":
        said = "this is empty"
    return _at(location, document, said[:1].lower() + said[1:])


def _at(location: Location, document: object, said: str) -> str:
    """`item food-new, field fee.yuan: said`."""
    place = ", ".join(_places(location, document))
    return f"{place}: {said}" if place else said


def _places(location: Location, document: object) -> list[str]:
    places: list[str] = []
    field: list[str] = []
    for step, inside in _walk(location, document):
        if isinstance(step, int) and field:
            field[-1] = _numbered(field[-1], step, inside)
        else:
            field.append(str(step))
    for name in field:
        if " " in name:
            places.append(name)
        else:
            places = _joined(places, name)
    return places


def _joined(places: Sequence[str], name: str) -> list[str]:
    if places and places[-1].startswith("field "):
        return [*places[:-1], f"{places[-1]}.{name}"]
    return [*places, f"field {name}"]


def _numbered(name: str, index: int, inside: object) -> str:
    """`item food-new` for `items`, 3, or `aliases[3]` where there is no id."""
    if name in _SINGULAR and isinstance(inside, Mapping) and isinstance(inside.get("id"), str):
        return f"{_SINGULAR[name]} {inside['id'][:64]}"
    return f"{name}[{index}]"


def _walk(location: Location, document: object) -> Iterable[tuple[int | str, object]]:
    """Each step of the location with what is there in the document, None where nothing is."""
    for step in location:
        document = _inside(document, step)
        yield step, document


def _inside(document: object, step: int | str) -> object:
    if isinstance(document, Mapping):
        return document.get(step)
    if isinstance(document, list | tuple) and isinstance(step, int) and step < len(document):
        return document[step]
    return None


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:37]}..."
