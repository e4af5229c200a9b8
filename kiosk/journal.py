"""The journal: logging by permission. What a record may show is listed here; everything else is written as `…`.

Messages are literals with `%s` values; a value is shown only when it is a number, a truth value, an enum member or a
`Shown`. Extra fields are shown only when their name is in FIELDS. Of an exception its type and place are written, and
its words only for errors of our own, which hold nothing personal (kiosk.errors).
"""

import logging
import re
import sys
import threading
import traceback
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import Enum
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from kiosk.errors import KioskError, SetupError

HIDDEN = "…"
FIELDS = frozenset({"visit", "device", "health", "fault", "event", "step", "journey", "code", "ms", "count", "version"})
"""Extra fields (`log.info("...", extra={"device": name})`) that a line may show. None of them is ever personal."""

_OWN = frozenset(vars(logging.LogRecord("", 0, "", 0, "", (), None))) | {"message", "asctime", "taskName"}
_LONG_NUMBER = re.compile(r"\d{7,}[Xx]?")  # ID cards, phones, bank cards
_ROOT = Path(__file__).resolve().parents[1]


class Shown(str):
    """A text that the caller vouches for: a device's name, a step, a path. Never anything a person typed or carries."""

    __slots__ = ()


class Redacting(logging.Formatter):
    """Time, level, logger, message, permitted fields, and where an exception came from; one line a record."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line."""
        when = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        parts = [when, record.levelname, record.name, _message(record), *_fields(record)]
        if record.exc_info and record.exc_info[1] is not None:
            parts.append(f"[{described(record.exc_info[1])}]")
        return " ".join(part.replace("\n", " | ") for part in parts)


def described(error: BaseException) -> str:
    """An exception without anybody's data: type, file:line of its innermost frames, words only if they are ours."""
    frames = traceback.extract_tb(error.__traceback__)[-3:]
    places = " < ".join(f"{_short(frame.filename)}:{frame.lineno}" for frame in reversed(frames)) or "no place"
    words = f": {error}" if isinstance(error, KioskError) else ""
    return f"{type(error).__name__}{words} at {places}"


def _short(filename: str) -> str:
    path = Path(filename)
    return str(path.relative_to(_ROOT)) if path.is_relative_to(_ROOT) else path.name


def _message(record: logging.LogRecord) -> str:
    """The message with hidden values. One that was put together beforehand cannot be told from a literal, so only our
    own packages' are shown, and no long number in any."""
    args = record.args
    if not args:
        text = str(record.msg) if _is_ours(record.name) else HIDDEN
    else:
        shown = {k: _shown(v) for k, v in args.items()} if isinstance(args, Mapping) else tuple(_shown(a) for a in args)
        text = _filled(str(record.msg), shown)
    return _LONG_NUMBER.sub(HIDDEN, text)


def _filled(pattern: str, shown: object) -> str:
    try:
        return pattern % shown
    except (TypeError, ValueError):  # a %d that was given a text: the text is hidden, so the pattern must do
        return pattern


def _is_ours(name: str) -> bool:
    return name.partition(".")[0] in ("kiosk", "devices", "screens", "root")


def _shown(value: object) -> object:
    if isinstance(value, Shown | Enum | bool | int | float) or value is None:
        return value
    if isinstance(value, KioskError):
        return str(value)
    if isinstance(value, BaseException):
        return described(value)
    return HIDDEN


def _fields(record: logging.LogRecord) -> list[str]:
    extras = {k: v for k, v in vars(record).items() if k not in _OWN}
    return [f"{key}={value if key in FIELDS else HIDDEN}" for key, value in sorted(extras.items())]


class Counts(logging.Handler):
    """Counts events: every record with an `event` field, and every warning and error by its logger."""

    def __init__(self) -> None:
        super().__init__()
        self._counts: Counter[str] = Counter()

    def emit(self, record: logging.LogRecord) -> None:
        """Count the record."""
        if (event := getattr(record, "event", None)) is not None:
            self._counts[str(event)] += 1
        if record.levelno >= logging.WARNING:
            self._counts[f"{record.levelname.lower()} {record.name}"] += 1

    def taken(self) -> dict[str, int]:
        """The counts since the last call, which start again from nothing."""
        self.acquire()  # as `handle` does around `emit`
        try:
            counts, self._counts = dict(self._counts), Counter()
        finally:
            self.release()
        return counts


def start(level: str, folder: Path | None, *, file_mb: int = 5, files: int = 10, console: bool = False) -> Counts:
    """Set logging up for this process and return its counts. `folder` None: no file; `console`: to standard error too.

    Unhandled exceptions of every thread go the same way. Raises SetupError when the folder cannot be written.
    """
    counts = Counts()
    handlers: list[logging.Handler] = [counts]
    if folder is not None:
        handlers.append(_file(folder, file_mb, files))
    if console:
        handlers.append(logging.StreamHandler(sys.stderr))
    for handler in handlers:
        handler.setFormatter(Redacting())
    logging.basicConfig(level=level, handlers=handlers, force=True)
    sys.excepthook = _unhandled
    threading.excepthook = lambda args: _unhandled(args.exc_type, args.exc_value, args.exc_traceback)
    return counts


def _file(folder: Path, file_mb: int, files: int) -> logging.Handler:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o750)
        return RotatingFileHandler(
            folder / "kiosk.log", maxBytes=file_mb * 1_000_000, backupCount=files, encoding="utf-8"
        )
    except OSError as error:
        raise SetupError(
            f"The log folder {folder} cannot be written ({error.strerror}); make it writable or set log.folder."
        ) from error


def _unhandled(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    logging.getLogger("kiosk").critical("unhandled exception", exc_info=(kind, error or kind(), trace))
