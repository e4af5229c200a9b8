"""The udev rules: each line is well formed, and devices get the names that the documentation promises."""

import re
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

RULES = Path("config/system/60-kiosk.rules")
PAIR = re.compile(r'(?P<key>[A-Z]+(?:\{[A-Za-z0-9_./]+\})?)(?P<how>==|!=|\+=|=)"(?P<value>[^"]*)"')
MATCHED = ("ACTION", "SUBSYSTEM", "SUBSYSTEMS", "KERNEL", "ENV{", "ATTR{", "TEST")
SET = ("SYMLINK", "GROUP", "MODE", "TAG", "GOTO", "LABEL", "IMPORT{builtin}", "ENV{LIBINPUT_IGNORE_DEVICE}", "ATTR{power/control}")  # fmt: skip


def lines() -> list[str]:
    return [line for line in RULES.read_text().splitlines() if line and not line.startswith("#")]


def parsed(line: str) -> Iterator[tuple[str, str, str]]:
    for pair in line.split(", "):
        found = PAIR.fullmatch(pair)
        assert found, f"{pair!r} is no rule"
        yield found["key"], found["how"], found["value"]


def names(device: Mapping[str, str]) -> set[str]:
    """The lasting names that a device gets; `device`: its properties, named as the rules name them."""
    given = set()
    for line in lines():
        rule = list(parsed(line))
        wanted = [(key, value) for key, how, value in rule if how == "=="]
        if all(_fits(device.get(key, ""), value) for key, value in wanted):
            given |= {value for key, _, value in rule if key == "SYMLINK"}
    return given


def _fits(found: str, wanted: str) -> bool:
    return any(fnmatchcase(found, one) for one in wanted.split("|"))


def serial(vendor: str, socket: str = "0:9:1.0", driver: str = "") -> dict[str, str]:
    path = f"pci-0000:00:14.0-usb-{socket}"
    return {"ACTION": "add", "SUBSYSTEM": "tty", "ENV{ID_VENDOR_ID}": vendor, "ENV{ID_PATH}": path, "ENV{ID_USB_DRIVER}": driver}  # fmt: skip


@pytest.mark.parametrize("line", lines())
def test_every_line_is_well_formed(line: str) -> None:
    for key, how, value in parsed(line):
        assert key.startswith(MATCHED if how in ("==", "!=") else SET), (key, how)
        assert value


@pytest.mark.parametrize(
    ("device", "name"),
    [
        (serial("1a86", "0:1:1.0"), {"kiosk/card-reader"}),
        (serial("10c4", "0:1:1.0"), {"kiosk/card-reader"}),
        (serial("1fc9", "0:1:1.0", "cdc_acm"), {"kiosk/card-reader"}),
        (serial("1a86", "0:2:1.0"), {"kiosk/ticket-printer-serial"}),
        (serial("0483", "0:3:1.0"), {"kiosk/code-scanner"}),
        (serial("0483", "0:4:1.0"), {"kiosk/board"}),
        (serial("0c2e"), {"kiosk/code-scanner"}),
        (serial("2e8a"), {"kiosk/board"}),
        (serial("1a86"), set()),
        ({"SUBSYSTEM": "usbmisc", "KERNEL": "lp1"}, {"kiosk/ticket-printer"}),
        ({"SUBSYSTEM": "usbmisc", "KERNEL": "hiddev0"}, set()),
        ({"SUBSYSTEM": "video4linux", "KERNEL": "video0", "ATTR{index}": "0"}, {"kiosk/document-camera"}),
        ({"SUBSYSTEM": "video4linux", "KERNEL": "video1", "ATTR{index}": "1"}, set()),
        ({"SUBSYSTEM": "input", "KERNEL": "event4", "ENV{ID_VENDOR_ID}": "1eab"}, {"kiosk/code-scanner-keys"}),
        ({"SUBSYSTEM": "input", "KERNEL": "event5", "ENV{ID_VENDOR_ID}": "046d"}, set()),
    ],
)
def test_devices_get_their_names(device: dict[str, str], name: set[str]) -> None:
    assert names(device) == name


def test_every_name_is_explained_at_the_top() -> None:
    promised = RULES.read_text().partition("ACTION==")[0]
    given = {value for line in lines() for key, _, value in parsed(line) if key == "SYMLINK"}
    assert given
    assert not [name for name in given if name.removeprefix("kiosk/") not in promised]


def test_ids_and_sockets_are_looked_up_before_they_are_asked_for() -> None:
    """This file is read before 60-serial.rules, which would look them up otherwise."""
    looked_up = next(number for number, line in enumerate(lines()) if "IMPORT" in line)
    asked = [number for number, line in enumerate(lines()) if "ENV{ID_" in line]
    assert asked
    assert looked_up < min(asked)
