"""Looks into catalogue records."""

from collections.abc import Iterator
from typing import Any

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


def chinese_only(record: Any) -> Any:
    """The same record as a centre would publish it that has only the Chinese texts."""
    if isinstance(record, LocalText):
        return LocalText({"zh_CN": record.root["zh_CN"]})
    if isinstance(record, BaseModel):
        fields = {name: chinese_only(getattr(record, name)) for name in type(record).model_fields}
        return record.model_copy(update=fields)
    return tuple(chinese_only(inner) for inner in record) if isinstance(record, tuple) else record
