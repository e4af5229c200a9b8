"""`kiosk check`: every effective setting with its origin, then one line per thing that must work, with what to do."""

import argparse
import os
import re
import shutil
import socket
import stat
from collections.abc import Callable, Iterator, Mapping
from ctypes import CDLL, c_char_p, c_int, c_void_p
from ctypes.util import find_library
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from pydantic import BaseModel, SecretStr

from kiosk import fonts, words
from kiosk.errors import REMEDIES, DeviceUnavailable, Fault, KioskError
from kiosk.settings import DeviceSettings, Settings, load
from kiosk.virtual_display import NOVNC, has_display

if TYPE_CHECKING:
    from kiosk.ports.device import Device, Status

HELP = "print all settings and test devices, fonts, display and centre"
MASK = "••••••"
ROOM_MB = 500
_SECRET_OPTION = re.compile(r"password|secret|token|pin$|_key$|credential", re.IGNORECASE)
_HELPERS = ("Xvfb", "x11vnc", "websockify")


class Finding(NamedTuple):
    """What one check found: `text` says what is, and where it is not well, what to do."""

    name: str
    well: bool
    text: str


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command."""
    parser = subparsers.add_parser("check", help=HELP, description=HELP)
    parser.add_argument("--station", metavar="NAME", help="a file of config/stations; without it only the defaults")


def run(args: argparse.Namespace) -> int:
    """Print everything; 0 when all is well, 1 when something is not. Raises SettingsError."""
    settings = load(args.station)
    for line in effective(settings):
        print(line)
    print()
    findings = [finding for check in CHECKS for finding in check(settings)]
    for finding in findings:
        print(f"{'ok     ' if finding.well else 'PROBLEM'}  {finding.name}: {finding.text}")
    return 0 if all(finding.well for finding in findings) else 1


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


# --- the checks ----------------------------------------------------------------------------------------------


def _devices(settings: Settings) -> Iterator[Finding]:
    for kind in type(settings.devices).model_fields:
        device: DeviceSettings = getattr(settings.devices, kind)
        if device.model == "none":
            yield Finding(kind, True, "not fitted")
        else:
            yield _device(kind, device)


def _device(kind: str, device: DeviceSettings) -> Finding:
    """Open the device once, ask how it is, close it."""
    from devices.registry import build

    try:
        built = build(kind, device.model, device.options)
        return Finding(kind, *_opened(built))
    except DeviceUnavailable as error:
        return Finding(kind, False, f"{device.model}: {error} {_remedy(error.fault)}")
    except KioskError as error:
        return Finding(kind, False, f"{device.model}: {error}")


def _opened(device: "Device") -> tuple[bool, str]:
    try:
        device.open()
        return _status(device.status())
    finally:
        device.close()


def _status(status: "Status") -> tuple[bool, str]:
    remedies = " ".join(_remedy(fault) for fault in sorted(status.faults))
    well = status.works or not status.faults
    return well, f"{status.health.value} {', '.join(sorted(status.faults))} {remedies}".strip()


def _remedy(fault: Fault) -> str:
    return REMEDIES[fault].staff.id


def _fonts(settings: Settings) -> Iterator[Finding]:
    """The Chinese faces, and of every listed language its words and its own face."""
    fonts.use(settings.paths.fonts)
    words.use(settings.paths.locale)
    try:
        fonts.require(settings.station.languages)
    except KioskError as error:
        yield Finding("fonts", False, str(error))
    else:
        yield Finding("fonts", True, f"typefaces for {', '.join(settings.station.languages)} in {settings.paths.fonts}")


def _writing(settings: Settings) -> Iterator[Finding]:
    from kiosk.writing.client import WritingClient

    folder = settings.paths.writing
    client = WritingClient(folder)
    try:
        remedies = client.remedies()
    finally:
        client.close()
    text = "; ".join(f"{method}: {remedy}" for method, remedy in remedies.items())
    yield Finding("writing", not remedies, text or f"every method works, with the dictionaries in {folder}")


def _display(settings: Settings, environ: Mapping[str, str] = os.environ) -> Iterator[Finding]:
    if not has_display(environ):
        missing = [name for name in _HELPERS if shutil.which(name) is None] + ([] if NOVNC.exists() else ["novnc"])
        text = f"none, and {', '.join(missing)} for a virtual one is missing; run `make install`"
        yield Finding("display", not missing, text if missing else "none; a virtual one will be served to a browser")
    elif environ.get("DISPLAY"):
        yield _x_display(environ["DISPLAY"], settings)
    else:
        yield _wayland(environ)


def _x_display(name: str, settings: Settings) -> Finding:
    size, wanted = _x_size(name), (settings.screen.width_px, settings.screen.height_px)
    if size is None:
        return Finding(
            "display", False, f"DISPLAY is {name} but no X server lets us in there; check DISPLAY and XAUTHORITY"
        )
    if settings.screen.fullscreen and size != wanted:
        seen, asked = "x".join(map(str, size)), "x".join(map(str, wanted))
        advice = (
            "turn it with xrandr --rotate" if size == wanted[::-1] else "correct screen.width_px and screen.height_px"
        )
        return Finding("display", False, f"{name} has {seen} pixels and the settings say {asked}; {advice}")
    return Finding("display", True, f"{name}, {size[0]}x{size[1]} pixels")


def _x_size(name: str) -> tuple[int, int] | None:
    """Width and height of the X screen in pixels; None when there is no way in."""
    library = find_library("X11")
    if library is None:
        return None
    x11 = CDLL(library)
    x11.XOpenDisplay.restype, x11.XOpenDisplay.argtypes = c_void_p, [c_char_p]
    for function in (x11.XDisplayWidth, x11.XDisplayHeight):
        function.argtypes = [c_void_p, c_int]
    x11.XCloseDisplay.argtypes = [c_void_p]
    connection = x11.XOpenDisplay(name.encode())
    if not connection:
        return None
    size = x11.XDisplayWidth(connection, 0), x11.XDisplayHeight(connection, 0)
    x11.XCloseDisplay(connection)
    return size


def _wayland(environ: Mapping[str, str]) -> Finding:
    path = Path(environ.get("XDG_RUNTIME_DIR", "/run")) / environ["WAYLAND_DISPLAY"]
    with socket.socket(socket.AF_UNIX) as probe:
        there = probe.connect_ex(str(path)) == 0
    return Finding(
        "display", there, str(path) if there else f"no Wayland compositor answers at {path}; check WAYLAND_DISPLAY"
    )


def _centre(settings: Settings) -> Iterator[Finding]:
    if settings.centre.url:
        yield _reachable(settings)
        return
    missing = [name for name in ("fastapi", "uvicorn", "sqlalchemy", "alembic") if find_spec(name) is None]
    text = f"the embedded service lacks {', '.join(missing)}; run `make install` or set centre.url"
    yield Finding("centre", not missing, text if missing else "embedded: the reference service starts with the kiosk")


def _reachable(settings: Settings) -> Finding:
    import requests

    centre = settings.centre
    try:
        answer = requests.get(centre.url, timeout=(centre.connect_timeout_s, centre.read_timeout_s))
    except requests.exceptions.SSLError:
        return Finding(
            "centre", False, f"{centre.url} has no certificate that this machine trusts; check its clock and CA list"
        )
    except requests.exceptions.RequestException:
        return Finding("centre", False, f"{centre.url} does not answer; check the network and centre.url")
    busy = answer.status_code >= 500
    text = f"{centre.url} answers with status {answer.status_code}"
    return Finding("centre", not busy, text + ("; ask its operator" if busy else ""))


def _time(settings: Settings) -> Iterator[Finding]:
    now = datetime.now(ZoneInfo(settings.station.time_zone))
    built = datetime.fromtimestamp(Path(__file__).stat().st_mtime, now.tzinfo)
    text = f"{now:%Y-%m-%d %H:%M} in {settings.station.time_zone}"
    right = now >= built
    yield Finding("clock", right, text if right else f"{text}, earlier than this program was installed; set the clock")


def _room(settings: Settings) -> Iterator[Finding]:
    for name, folder in (("data", settings.paths.data), ("log", settings.log.folder)):
        there = next(path for path in (folder, *folder.parents) if path.exists())
        free_mb = shutil.disk_usage(there).free // 1_000_000
        if not _can_write(there):
            yield Finding(
                name, False, f"{there} cannot be written by this user; change its owner, or set another folder"
            )
        elif free_mb < ROOM_MB:
            yield Finding(name, False, f"{folder} has only {free_mb} MB left; make room ({ROOM_MB} MB)")
        else:
            yield Finding(name, True, f"{folder}, {free_mb} MB free")


def _can_write(folder: Path) -> bool:
    """Tried, with a file that has no name: permissions alone do not tell of a read-only disk."""
    try:
        with TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _key(settings: Settings) -> Iterator[Finding]:
    path = settings.paths.key_file
    if not path.exists():
        yield Finding("key", True, f"{path} will be made at first start")
        return
    about = path.stat()
    private = not stat.S_IMODE(about.st_mode) & 0o077 and about.st_uid == os.getuid()
    yield Finding(
        "key",
        private,
        str(path) if private else f"{path} is open to others; chown it to the kiosk's user and chmod 600",
    )


CHECKS: tuple[Callable[[Settings], Iterator[Finding]], ...] = (
    _devices,
    _fonts,
    _writing,
    _display,
    _centre,
    _time,
    _room,
    _key,
)
