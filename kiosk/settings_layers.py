"""How settings layers are read, checked key by key, and merged; each value remembers where it came from.

Every problem of every layer is collected, so that a technician sees all of them at once, each naming file, key and
what to write instead. Values of secrets never enter a message.
"""

import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, get_args

from pydantic import BaseModel, RootModel, SecretStr, ValidationError

from kiosk.errors import SettingsError

PREFIX = "KIOSK_"
NOT_SETTINGS = frozenset({"KIOSK_FONTS"})  # variables of the program that are needed where no settings are read
_TEXT_TYPES = (str, SecretStr)
Tree = dict[str, Any]
M = TypeVar("M", bound=BaseModel)


class Leaf(NamedTuple):
    """One value of one layer. `kind`: the field's annotation, None for a device's own option."""

    key: str
    value: Any
    origin: str
    kind: Any


@dataclass(frozen=True)
class Layer:
    """A source of values. `name` is what messages call it; a `shared` one (in version control) may hold no secret."""

    name: str
    values: Tree
    shared: bool = False
    environment: bool = False

    def origin(self, key: str) -> str:
        """The file, or the variable, that says `key`."""
        return PREFIX + _variable(key) if self.environment else self.name

    def spelling(self, key: str) -> str:
        """How variables are spelt, for a name that has no section."""
        return f" (variables are {PREFIX}SECTION__KEY)" if self.environment and "." not in key else ""


@dataclass
class Merged:
    """The effective leaves of all layers, and what was wrong on the way."""

    base: str
    leaves: dict[str, Leaf] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def add(self, leaf: Leaf) -> None:
        """Let `leaf` win. A device's other model forgets the former model's options."""
        section, _, name = leaf.key.rpartition(".")
        before = self.leaves.get(leaf.key)
        if name == "model" and before is not None and before.value != leaf.value:
            self.leaves = {k: v for k, v in self.leaves.items() if not k.startswith(section + ".")}
        self.leaves[leaf.key] = leaf

    def origins(self) -> dict[str, str]:
        """Key -> where its effective value came from."""
        return {key: leaf.origin for key, leaf in self.leaves.items()}

    def tree(self) -> Tree:
        """The effective values as nested tables, device options under `options`."""
        tree: Tree = {}
        for leaf in self.leaves.values():
            *path, name = leaf.key.split(".")
            table = tree
            for part in path if leaf.kind is not None else [*path, "options"]:
                table = table.setdefault(part, {})
            table[name] = leaf.value
        return tree

    def validated(self, model: type[M], prepare: Callable[[Tree], Tree]) -> M:
        """The model made of the values. Raises SettingsError with all problems, one a line."""
        try:
            # Through JSON, where strict means what a person expects: "1080" is no number, a list may be a tuple.
            settings = model.model_validate_json(json.dumps(prepare(self.tree()), default=str), strict=True)
        except ValidationError as error:
            self.problems += [self._sentence(model, e["loc"], e["type"], e["msg"]) for e in error.errors()]
        if self.problems:
            raise SettingsError("\n".join(self.problems))
        return settings

    def _sentence(self, model: type[BaseModel], loc: tuple[int | str, ...], kind: str, message: str) -> str:
        key = _longest_known(self.leaves, loc)
        origin = self.leaves[key].origin if key else self.base
        where = _dotted(loc)
        if kind == "missing":
            return f"{origin}: {where} is missing"
        if kind == "extra_forbidden" and key:
            return f"{origin}: {_unknown(where, _entry_keys(self.leaves[key].kind))}"
        return f"{origin}: {where}: {_expectation(message)}"


def gather(
    model: type[BaseModel], station: str | None, config_dir: Path, local: Path, environ: Mapping[str, str]
) -> Merged:
    """Read all layers and merge them. Raises SettingsError for a file that cannot be read at all."""
    layers = list(_layers(station, config_dir, local, environ))
    merged = Merged(layers[0].name)
    for layer in layers:
        for leaf in _walk(layer, model, layer.values, "", merged.problems):
            merged.add(leaf)
    return merged


def placed(values: Tree, root: Path, environ: Mapping[str, str]) -> Tree:
    """`values` with absolute paths: empty ones get their default place, relative ones are below `root`."""
    paths, log = values.setdefault("paths", {}), values.setdefault("log", {})
    home = Path(environ.get("HOME") or Path.home())
    share = Path(environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    data = _place(paths, "data", share / "bianmin", root, home)
    _place(paths, "key_file", data / "kiosk.key", root, home)
    _place(paths, "fonts", data / "fonts", root, home)
    _place(paths, "writing", data / "writing", root, home)
    _place(paths, "locale", root / "config" / "locale", root, home)
    _place(log, "folder", data / "log", root, home)
    return values


def _place(table: Tree, key: str, default: Path, root: Path, home: Path) -> Path:
    text = table.get(key)
    if not isinstance(text, str):  # missing or of a wrong type: the model will say so
        return default
    path = home / text[2:] if text.startswith("~/") else Path(text)
    table[key] = str(root / path if text else default)
    return Path(table[key])


def _layers(station: str | None, config_dir: Path, local: Path, environ: Mapping[str, str]) -> Iterator[Layer]:
    root = config_dir.resolve().parent
    yield Layer(_name(config_dir / "kiosk.toml", root), _read(config_dir / "kiosk.toml", root), shared=True)
    if station is not None:
        path = _station_file(station, config_dir)
        yield Layer(_name(path, root), _read(path, root), shared=True)
    if local.exists():
        yield Layer(str(local), _read(local, root))
    yield Layer("environment", _from_environment(environ), environment=True)


def _name(path: Path, root: Path) -> str:
    path = path.resolve()
    return str(path.relative_to(root)) if path.is_relative_to(root) else str(path)


def _station_file(station: str, config_dir: Path) -> Path:
    known = sorted(path.stem for path in (config_dir / "stations").glob("*.toml"))
    if station not in known:
        near = get_close_matches(station, known, 1)
        hint = f"did you mean {near[0]}?" if near else f"known are: {', '.join(known)}"
        raise SettingsError(f"There is no station {station!r} in {config_dir / 'stations'}; {hint}")
    return config_dir / "stations" / f"{station}.toml"


def _read(path: Path, root: Path) -> Tree:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{_name(path, root)} is not valid TOML: {error}") from error
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise SettingsError(f"{_name(path, root)} is not valid TOML: not UTF-8 (at line {line})") from error
    except OSError as error:
        raise SettingsError(f"{_name(path, root)} cannot be read: {error.strerror}") from error


def _from_environment(environ: Mapping[str, str]) -> Tree:
    tree: Tree = {}
    for name in sorted(environ):
        if name.startswith(PREFIX) and name not in NOT_SETTINGS:
            *path, last = name.removeprefix(PREFIX).lower().split("__")
            table = tree
            for part in path:
                table = inner if isinstance(inner := table.setdefault(part, {}), dict) else {}
            table[last] = environ[name]
    return tree


def _walk(layer: Layer, model: type[BaseModel], table: Tree, prefix: str, problems: list[str]) -> Iterator[Leaf]:
    fields = model.model_fields
    for name, value in sorted(table.items(), key=lambda item: item[0] != "model"):  # a model precedes its options
        key = prefix + name
        if "options" in fields and name not in ("model", "options"):
            yield Leaf(key, _parsed(layer, None, value), layer.origin(key), None)
        elif name not in fields or name == "options":
            problems.append(f"{layer.origin(key)}: {_unknown(key, fields, prefix)}{layer.spelling(key)}")
        elif (section := _section(kind := fields[name].annotation)) is not None:
            yield from _walk_section(layer, section, value, key, problems)
        elif kind is SecretStr and layer.shared:
            problems.append(
                f"{layer.name}: {key} is a secret; put it into /etc/kiosk/local.toml or {PREFIX}{_variable(key)}"
            )
        else:
            yield Leaf(key, _parsed(layer, kind, value), layer.origin(key), kind)


def _walk_section(layer: Layer, model: type[BaseModel], value: Any, key: str, problems: list[str]) -> Iterator[Leaf]:
    if isinstance(value, dict):
        yield from _walk(layer, model, value, f"{key}.", problems)
    else:
        problems.append(f"{layer.origin(key)}: {key}: expected a table with {', '.join(model.model_fields)}")


def _section(kind: Any) -> type[BaseModel] | None:
    """The annotation as a table's model; a RootModel (a text in several languages) is one value."""
    return kind if isinstance(kind, type) and issubclass(kind, BaseModel) and not issubclass(kind, RootModel) else None


def _parsed(layer: Layer, kind: Any, value: Any) -> Any:
    """An environment variable's text as TOML where the setting is not a text itself."""
    if not layer.environment or not isinstance(value, str) or kind in _TEXT_TYPES or _is_choice(kind):
        return value
    try:
        return tomllib.loads(f"value = {value}")["value"]
    except tomllib.TOMLDecodeError:
        return value


def _is_choice(kind: Any) -> bool:
    return bool(get_args(kind)) and all(isinstance(option, str) for option in get_args(kind))


def _variable(key: str) -> str:
    return key.upper().replace(".", "__")


def _unknown(key: str, known: Any, prefix: str = "") -> str:
    near = get_close_matches(key.removeprefix(prefix).rpartition(".")[2], list(known), 1, cutoff=0.5)
    hint = f"did you mean {prefix}{near[0]}?" if near else f"known here are: {', '.join(known)}"
    return f"unknown key {key}; {hint}"


def _entry_keys(kind: Any) -> list[str]:
    """The keys that an entry of a list of tables may have."""
    entry = get_args(kind)[0] if get_args(kind) else kind
    return list(getattr(entry, "model_fields", {}))


def _dotted(loc: tuple[int | str, ...]) -> str:
    """Key path with list positions counted from 1, as people do."""
    return "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in loc).lstrip(".")


def _longest_known(leaves: Mapping[str, Leaf], loc: tuple[int | str, ...]) -> str | None:
    keys = [".".join(str(part) for part in loc[:end]) for end in range(len(loc), 0, -1)]
    return next((key for key in keys if key in leaves), None)


def _expectation(message: str) -> str:
    """Pydantic's sentence in our words; it never contains the value."""
    message = re.sub(r"^Value error, ", "", message)
    message = re.sub(r"^(Input|String|Tuple|List|Value) should ", "expected to ", message).replace(
        "expected to be ", "expected "
    )
    return message[0].lower() + message[1:]
