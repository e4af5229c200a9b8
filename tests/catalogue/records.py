"""Looks into catalogue records."""

from collections.abc import Iterator

from pydantic import BaseModel

from kiosk.texts import LocalText


def texts(value: object) -> Iterator[LocalText]:
    """Every text in a record, however deep."""
    if isinstance(value, LocalText):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from texts(getattr(value, name))
    elif isinstance(value, tuple):
        for inner in value:
            yield from texts(inner)
