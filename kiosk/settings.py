"""Settings: what a station is, in four layers of TOML and environment, refused whole when anything in them is odd.

`config/kiosk.toml` < `config/stations/<name>.toml` < `/etc/kiosk/local.toml` < `KIOSK_SECTION__KEY`. Every default
stands in `config/kiosk.toml`, with a comment; the models here say what is allowed. How layers are read and merged is
`kiosk.settings_layers`' matter.
"""

import os
import shlex
from collections.abc import Mapping
from datetime import time
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PrivateAttr,
    SecretStr,
    ValidationInfo,
    field_validator,
)

from kiosk.keys import CODES
from kiosk.pin import is_digest
from kiosk.settings_layers import gather, placed
from kiosk.texts import LocalText

CONFIG = Path(__file__).resolve().parents[1] / "config"
LOCAL = Path("/etc/kiosk/local.toml")

_DAYS = r"^[1-7](-[1-7])?(,[1-7](-[1-7])?)*$"
Seconds = Annotated[float, Field(gt=0, le=86_400, allow_inf_nan=False)]
Pixels = Annotated[int, Field(ge=240, le=16_384)]
Millimetres = Annotated[float, Field(ge=50, le=5_000, allow_inf_nan=False)]


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _safe_url(url: str) -> str:
    parts = urlsplit(url)
    if not url or (parts.scheme == "https" and parts.hostname):
        return url
    if parts.scheme == "http" and _is_loopback(parts.hostname or ""):
        return url
    raise ValueError("expected an https:// address (http:// only to this machine itself)")


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (OSError, ValueError, KeyError) as error:
        raise ValueError("expected a time zone such as Asia/Shanghai") from error
    return name


def _words(command: str) -> str:
    try:
        shlex.split(command)
    except ValueError as error:
        raise ValueError("expected a command as a shell takes it, such as systemctl poweroff") from error
    return command


def _known_key(name: str) -> str:
    if name not in CODES:
        raise ValueError(f"expected a key's name: {', '.join(CODES)}")
    return name


SafeUrl = Annotated[str, AfterValidator(_safe_url)]
Keys = tuple[Annotated[str, AfterValidator(_known_key)], ...]


class Section(BaseModel):
    """One table of the settings; an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class StaffedHours(Section):
    """When the windows are staffed. `days`: ISO weekdays such as "1-5" or "1,3,6-7"."""

    days: str = Field(pattern=_DAYS)
    opens: time
    closes: time

    @field_validator("closes")
    @classmethod
    def _after_opening(cls, closes: time, info: ValidationInfo) -> time:
        if "opens" in info.data and closes <= info.data["opens"]:
            raise ValueError("expected a time later than opens")
        return closes

    @property
    def weekdays(self) -> frozenset[int]:
        """The days as ISO weekday numbers, Monday 1 to Sunday 7."""
        ranges = [part.partition("-") for part in self.days.split(",")]
        return frozenset(day for first, _, last in ranges for day in range(int(first), int(last or first) + 1))


class Station(Section):
    """Where this terminal stands and whom it serves."""

    name: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")
    hall: LocalText
    place: Annotated[str, Field(pattern=r"^([0-9]{9})?$")]
    enquiry_phone: str = Field(min_length=3, max_length=40)
    supervision_phone: str = Field(min_length=3, max_length=40)
    languages: tuple[Annotated[str, Field(pattern=r"^[a-z]{2,3}(_[A-Z]{2})?$")], ...] = Field(min_length=1)
    time_zone: Annotated[str, AfterValidator(_known_zone)]
    hours: tuple[StaffedHours, ...]
    mode: Literal["self", "assisted", "volunteer", "training"]

    @field_validator("languages")
    @classmethod
    def _each_once(cls, languages: tuple[str, ...]) -> tuple[str, ...]:
        if len(set(languages)) != len(languages):
            raise ValueError("expected every language only once")
        return languages


class Screen(Section):
    """The glass: pixels, real millimetres, and how it is mounted."""

    width_px: Pixels
    height_px: Pixels
    width_mm: Millimetres
    height_mm: Millimetres
    mounting_height_mm: float = Field(ge=0, le=3_000, allow_inf_nan=False)
    fullscreen: bool
    window_scale: float = Field(ge=0.1, le=2, allow_inf_nan=False)

    @field_validator("height_mm")
    @classmethod
    def _square_pixels(cls, height_mm: float, info: ValidationInfo) -> float:
        if info.data.keys() >= {"width_px", "height_px", "width_mm"}:
            square = info.data["width_mm"] * info.data["height_px"] / info.data["width_px"]
            if not 0.8 < height_mm / square < 1.25:
                raise ValueError(f"expected about {square:.0f}, as width_px, height_px and width_mm say")
        return height_mm


class Visit(Section):
    """How long people are given, in seconds."""

    idle_s: Seconds
    warn_s: float = Field(ge=20, le=600, allow_inf_nan=False)  # WCAG 2.2.1: at least 20 s to extend
    card_wait_s: Seconds
    done_s: Seconds

    @field_validator("warn_s")
    @classmethod
    def _within_idle(cls, warn_s: float, info: ValidationInfo) -> float:
        if "idle_s" in info.data and warn_s >= info.data["idle_s"]:
            raise ValueError("expected less than visit.idle_s")
        return warn_s


class Keypad(Section):
    """Key names (kiosk.keys.CODES) of a keypad for people who do not touch; several may do the same."""

    up: Keys
    down: Keys
    left: Keys
    right: Keys
    ok: Keys
    help: Keys


class Switches(Section):
    """One or two switches; each is a key to the machine."""

    mode: Literal["one", "two"]
    choose: Keys
    move: Keys
    step_s: float = Field(ge=0.3, le=20, allow_inf_nan=False)


class CentreSettings(Section):
    """The central approval service; an empty `url` means the reference service, embedded on loopback."""

    url: SafeUrl
    public_url: SafeUrl
    enrolment_code: SecretStr = SecretStr("")
    connect_timeout_s: Seconds
    read_timeout_s: Seconds
    heartbeat_s: Seconds
    catalogue_refresh_s: Seconds
    queues_refresh_s: Seconds


class Upkeep(Section):
    """The technician's pages. `pin_hash` is a line of `kiosk upkeep-pin`; empty: they cannot be opened."""

    pin_hash: SecretStr = SecretStr("")

    @field_validator("pin_hash")
    @classmethod
    def _a_digest(cls, pin_hash: SecretStr) -> SecretStr:
        if pin_hash.get_secret_value() and not is_digest(pin_hash.get_secret_value()):
            raise ValueError("expected the line that `kiosk upkeep-pin` prints")
        return pin_hash


class DeviceSettings(Section):
    """One device: its model's name in the registry ("none": not fitted); `options` are checked by the model itself."""

    model: str = Field(min_length=1)
    options: dict[str, object] = Field(default_factory=dict)


class Devices(Section):
    """What is built into this terminal."""

    card_reader: DeviceSettings
    citizen_card_reader: DeviceSettings
    ticket_printer: DeviceSettings
    a4_printer: DeviceSettings
    document_scanner: DeviceSettings
    document_camera: DeviceSettings
    code_scanner: DeviceSettings
    power: DeviceSettings
    board: DeviceSettings
    voice: DeviceSettings
    headphones: DeviceSettings


class Readiness(Section):
    """The report that exercises every device: the hour at which the terminal makes one by itself; empty: never."""

    at: Literal[""] | time


class Power(Section):
    """What happens when the battery of the power supply is nearly empty."""

    shutdown_command: Annotated[str, AfterValidator(_words)]


class Paths(Section):
    """Absolute folders and files, whatever the layers said (see `kiosk.settings_layers.placed`)."""

    data: Path
    fonts: Path
    writing: Path
    locale: Path
    key_file: Path


class Log(Section):
    """The journal: how much, where (an absolute folder), how long kept."""

    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"]
    folder: Path
    file_mb: int = Field(ge=1, le=1_000)
    files: int = Field(ge=1, le=1_000)


class Settings(Section):
    """All settings of one station, frozen. Made by `load`."""

    station: Station
    screen: Screen
    visit: Visit
    keypad: Keypad
    switches: Switches
    centre: CentreSettings
    upkeep: Upkeep = Upkeep()
    devices: Devices
    readiness: Readiness
    power: Power
    paths: Paths
    log: Log
    _origins: dict[str, str] = PrivateAttr(default_factory=dict)

    def origin(self, key: str) -> str:
        """The file or variable that `key` ("screen.width_px", "devices.card_reader.url") came from."""
        return self._origins.get(key, "not set")


def load(
    station: str | None, *, config_dir: Path = CONFIG, local: Path = LOCAL, environ: Mapping[str, str] | None = None
) -> Settings:
    """The settings of `station` (None: the defaults alone). Raises SettingsError, which lists every problem found."""
    environ = os.environ if environ is None else environ
    merged = gather(Settings, station, config_dir, local, environ)
    settings = merged.validated(Settings, lambda values: placed(values, config_dir.resolve().parent, environ))
    settings._origins.update(merged.origins())
    return settings
