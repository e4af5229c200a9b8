"""What the first picture needs of the settings, as plain values that are kept between starts.

Checking all settings takes a quarter of a start, and their answer is nearly always yesterday's. So the checked values
that the screen needs are kept with the stamp of the files and variables they came from. The full check runs all the
same, a moment after the first picture; whatever it refuses ends the program with its sentence.
"""

import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kiosk import cache
from kiosk.keys import Hands
from kiosk.patience import Patience
from kiosk.texts import LocalText
from kiosk.world import OpeningHours, Station

if TYPE_CHECKING:
    from kiosk.settings import Settings

CONFIG = Path(__file__).resolve().parents[2] / "config"
LOCAL = Path("/etc/kiosk/local.toml")


@dataclass(frozen=True)
class FirstLook:
    """Window and glass, the hall, people's patience, and where things are; nothing but what JSON gives back as it was."""

    width_px: int
    height_px: int
    width_mm: float
    height_mm: float
    mounting_mm: float
    fullscreen: bool
    window_scale: float
    hall: dict[str, str]
    enquiry_phone: str
    supervision_phone: str
    place: str
    languages: list[str]
    hours: list[list[Any]]
    """Weekdays, opening and closing time of each span."""
    time_zone: str
    patience: list[float]
    hands: dict[str, Any]
    """The fields of kiosk.keys.Hands."""
    data: str
    fonts: str
    locale: str
    log: list[Any]
    """Level, folder, MB of a file, files kept."""

    @property
    def size(self) -> tuple[int, int]:
        """Pixels of the kiosk's surface: the whole glass, or a window of it on a desk."""
        scale = 1.0 if self.fullscreen else self.window_scale
        return round(self.width_px * scale), round(self.height_px * scale)

    def station(self) -> Station:
        """Where the kiosk stands, as journeys see it."""
        hours = tuple(
            OpeningHours(frozenset(days), time.fromisoformat(opens), time.fromisoformat(closes))
            for days, opens, closes in self.hours
        )
        phones = self.enquiry_phone, self.supervision_phone
        return Station(LocalText(self.hall), *phones, tuple(self.languages), hours, place=self.place)

    def visit(self) -> Patience:
        """How long people are given."""
        return Patience(*self.patience)

    def keys(self) -> Hands:
        """The keys of keypad and switches."""
        return Hands(**self.hands)


def first_look(station: str | None, environ: Mapping[str, str] | None = None) -> FirstLook:
    """The values for a station, kept or freshly checked. Raises SettingsError as `kiosk.settings.load` does."""
    environ = os.environ if environ is None else environ
    return FirstLook(
        **cache.kept(f"first-look-{station or 'default'}", _stamp(station, environ), lambda: _made(station, environ))
    )


def of(settings: "Settings") -> FirstLook:
    """The same values out of checked settings."""
    place, screen, visit, paths, log = settings.station, settings.screen, settings.visit, settings.paths, settings.log
    return FirstLook(
        screen.width_px,
        screen.height_px,
        screen.width_mm,
        screen.height_mm,
        screen.mounting_height_mm,
        screen.fullscreen,
        screen.window_scale,
        dict(place.hall.root),
        place.enquiry_phone,
        place.supervision_phone,
        place.place,
        list(place.languages),
        [[sorted(span.weekdays), span.opens.isoformat(), span.closes.isoformat()] for span in place.hours],
        place.time_zone,
        [visit.idle_s, visit.warn_s, visit.card_wait_s, visit.done_s],
        _hands(settings),
        str(paths.data),
        str(paths.fonts),
        str(paths.locale),
        [log.level, str(log.folder), log.file_mb, log.files],
    )


def _hands(settings: "Settings") -> dict[str, Any]:
    pad, switches = settings.keypad, settings.switches
    keys = {name: list(names) for name, names in pad}
    return {
        **keys,
        "choose": list(switches.choose),
        "move": list(switches.move),
        "switches": switches.mode,
        "step_s": switches.step_s,
    }


def _made(station: str | None, environ: Mapping[str, str]) -> dict[str, Any]:
    from kiosk.settings import load  # noqa: PLC0415  this is what a kept answer saves

    return asdict(of(load(station, environ=environ)))


def _stamp(station: str | None, environ: Mapping[str, str]) -> str:
    """Whatever the answer depends on: the layers, the variables, the code that checks them."""
    layers = [CONFIG / "kiosk.toml", CONFIG / "stations" / f"{station}.toml", LOCAL]
    code = [
        Path(__file__),
        *(Path(__file__).parents[1] / name for name in ("settings.py", "settings_layers.py", "keys.py")),
    ]
    places = [name for name in ("HOME", "XDG_DATA_HOME") if name in environ]
    names = sorted(name for name in environ if name.startswith("KIOSK_")) + places
    return cache.stamp([*layers, *code], str(CONFIG), *(f"{name}={environ[name]}" for name in names))
