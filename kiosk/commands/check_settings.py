"""Every setting in force with its origin, secrets masked."""

import re
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel, SecretStr

from kiosk.settings import DeviceSettings, Settings

MASK = "••••••"
_SECRET_OPTION = re.compile(r"password|secret|token|pin$|_key$|credential", re.IGNORECASE)


def effective(settings: Settings) -> Iterator[str]:
    """Every value in force as `key = value    (origin)`, secrets masked."""
    for key, value in _leaves(settings, ""):
        yield f"{key} = {value}    ({settings.origin(key)})"


def _leaves(section: BaseModel, prefix: str) -> Iterator[tuple[str, str]]:
    for name in type(section).model_fields:
        value, key = getattr(section, name), prefix + name
        if isinstance(value, DeviceSettings):
            yield f"{key}.model", value.model
            yield from ((f"{key}.{option}", _shown(option, text)) for option, text in value.options.items())
        elif isinstance(value, BaseModel) and type(value).__module__ == Settings.__module__:
            yield from _leaves(value, f"{key}.")
        else:
            yield key, _shown(name, value)


def _shown(name: str, value: object) -> str:
    if isinstance(value, SecretStr):
        return MASK if value.get_secret_value() else "not set"
    if _SECRET_OPTION.search(name) and not isinstance(value, Path):
        return MASK
    if isinstance(value, BaseModel):
        return value.model_dump_json()
    if isinstance(value, tuple):
        return f"[{', '.join(_shown(name, part) for part in value)}]"
    return str(value)
