"""The hall: its time zone, its queues and the windows that serve them, read from a TOML file."""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from kiosk.catalogue.model import Catalogue
from kiosk.contract.wire import Identifier
from kiosk.errors import SettingsError
from kiosk.texts import LocalText

QUEUES = Path(__file__).parents[2] / "config" / "approval" / "queues.toml"
WindowNumber = Annotated[int, Field(ge=1, le=999)]
_HOURS = re.compile(r"^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$")


class _Read(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class QueueSettings(_Read):
    """One queue as the file describes it."""

    id: Identifier
    letter: Annotated[str, Field(pattern=r"^[A-Z]$")]
    title: LocalText
    detail: LocalText
    windows: Annotated[tuple[WindowNumber, ...], Field(min_length=1)]
    accepts: tuple[Identifier, ...] = ()
    accepts_groups: tuple[Identifier, ...] = ()
    usual_minutes: Annotated[float, Field(gt=0, le=240)] = 8
    hours: tuple[str, ...] = ()
    days: tuple[Annotated[int, Field(ge=1, le=7)], ...] = (1, 2, 3, 4, 5, 6, 7)

    @field_validator("hours")
    @classmethod
    def _hours_are_spans(cls, hours: tuple[str, ...]) -> tuple[str, ...]:
        for span in hours:
            if not _HOURS.match(span) or span[:5] >= span[6:]:
                raise ValueError(f"{span!r} is not a span such as 09:00-12:00")
        return hours

    def open_at(self, moment: datetime) -> bool:
        """Whether tickets are given at `moment` (in the hall's time zone)."""
        if not self.hours:
            return True
        return moment.isoweekday() in self.days and any(_within(span, moment.time()) for span in self.hours)

    def accepted(self, catalogue: Catalogue) -> tuple[str, ...]:
        """The item ids this queue is for; empty for all."""
        grouped = (item.id for item in catalogue.items if item.group in self.accepts_groups)
        return tuple(dict.fromkeys((*self.accepts, *grouped)))

    def unknown_to(self, catalogue: Catalogue) -> tuple[str, ...]:
        """Item and group ids this queue names and the catalogue does not have."""
        known = set(catalogue.by_id) | {group.id for group in catalogue.groups}
        return tuple(name for name in (*self.accepts, *self.accepts_groups) if name not in known)


def _within(span: str, moment: time) -> bool:
    start, end = (time.fromisoformat(part) for part in span.split("-"))
    return start <= moment < end


class _HallSettings(_Read):
    timezone: str = "Asia/Shanghai"

    @field_validator("timezone")
    @classmethod
    def _zone_exists(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(f"there is no time zone {name!r}") from error
        return name


class QueueBook(_Read):
    """All queues of one hall."""

    hall: _HallSettings = _HallSettings()
    queue: Annotated[tuple[QueueSettings, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _all_different(self) -> "QueueBook":
        for what in ("id", "letter"):
            values = [getattr(queue, what) for queue in self.queue]
            for value in values:
                if values.count(value) > 1:
                    raise ValueError(f"two queues have the {what} {value!r}")
        return self

    @cached_property
    def by_id(self) -> Mapping[str, QueueSettings]:
        """The queues by id, in the file's order."""
        return {queue.id: queue for queue in self.queue}

    @cached_property
    def windows(self) -> tuple[int, ...]:
        """Every window number that serves some queue."""
        return tuple(sorted({window for queue in self.queue for window in queue.windows}))

    def served_by(self, window: int) -> tuple[QueueSettings, ...]:
        """The queues that a window serves."""
        return tuple(queue for queue in self.queue if window in queue.windows)


@dataclass(frozen=True)
class Hall:
    """The queues and the clock they go by. `clock` returns an aware time."""

    book: QueueBook
    clock: Callable[[], datetime]

    def now(self) -> datetime:
        """The time in the hall's time zone."""
        return self.local(self.clock())

    @property
    def zone(self) -> ZoneInfo:
        """The hall's time zone."""
        return ZoneInfo(self.book.hall.timezone)

    def local(self, moment: datetime) -> datetime:
        """A moment in the hall's time zone."""
        return moment.astimezone(self.zone)

    def today(self) -> date:
        """The hall's calendar day."""
        return self.now().date()


def load_queues(path: Path = QUEUES) -> QueueBook:
    """Read a queues file. Raises SettingsError naming the file, the queue and the key."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read ({error.strerror})") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: is not TOML ({error})") from error
    try:
        return QueueBook.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        raise SettingsError(f"{path}: {_place(first['loc'])}{first['msg']}") from error


def _place(location: tuple[int | str, ...]) -> str:
    if not location:
        return ""
    if location[0] == "queue" and len(location) > 1:
        location = (f"queue number {int(location[1]) + 1}", *location[2:])
    return ", ".join(str(part) for part in location) + ": "
