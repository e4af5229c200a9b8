"""The headphone socket: bytes of the kernel, cut anywhere, and finding the right input device."""

import os
import random
from pathlib import Path

import pytest

from devices.headphones.evdev import (
    EV_SW,
    EV_SYN,
    EVENT,
    EVIOCGSW,
    SW_HEADPHONE_INSERT,
    SYN_DROPPED,
    EvdevHeadphones,
    Switch,
    headphone_inputs,
)
from kiosk.errors import DeviceUnavailable
from kiosk.ports.device import Health

IN = EVENT.pack(1_732_400_000, 5, EV_SW, SW_HEADPHONE_INSERT, 1)
OUT = EVENT.pack(1_732_400_001, 5, EV_SW, SW_HEADPHONE_INSERT, 0)
SYN = EVENT.pack(1_732_400_001, 5, EV_SYN, 0, 0)
MICROPHONE = EVENT.pack(1_732_400_001, 5, EV_SW, 4, 1)
VOLUME_KEY = EVENT.pack(1_732_400_001, 5, 1, 2, 1)
LOST = EVENT.pack(1_732_400_001, 5, EV_SYN, SYN_DROPPED, 0)


def test_the_numbers_are_the_kernels() -> None:
    assert EVENT.size == 24
    assert EVIOCGSW == 0x8008451B


@pytest.mark.parametrize(
    ("events", "on"),
    [
        (b"", False),
        (IN + SYN, True),
        (IN + SYN + OUT + SYN, False),
        (OUT + SYN + IN + SYN, True),
        (MICROPHONE + SYN, False),
        (VOLUME_KEY + SYN, False),
        (IN + SYN + MICROPHONE + SYN, True),
    ],
)
def test_the_switch_follows_its_own_events(events: bytes, on: bool) -> None:
    switch = Switch()
    assert not switch.follow(events)
    assert switch.on is on


def test_events_may_be_cut_anywhere() -> None:
    events = (IN + SYN + OUT + SYN) * 5 + IN
    chance = random.Random(7)
    for _ in range(50):
        switch, rest = Switch(), events
        while rest:
            size = chance.randint(1, 40)
            switch.follow(rest[:size])
            rest = rest[size:]
        assert switch.on


def test_lost_events_are_noticed() -> None:
    assert Switch().follow(IN + LOST)


def an_input(folder: Path, number: int, name: str, switches: str) -> None:
    device = folder / f"event{number}" / "device"
    (device / "capabilities").mkdir(parents=True)
    (device / "name").write_text(f"{name}\n")
    (device / "capabilities" / "sw").write_text(f"{switches}\n")


def test_finds_the_headphones_among_the_jacks(tmp_path: Path) -> None:
    an_input(tmp_path, 1, "AT Keyboard", "0")
    an_input(tmp_path, 2, "HDA Intel PCH Mic", "10")
    an_input(tmp_path, 3, "HDA Intel PCH Front Headphone", "4")
    an_input(tmp_path, 4, "HDA Intel PCH Line Out", "44")
    assert headphone_inputs(tmp_path) == [Path("/dev/input/event3")]


def test_any_headphone_switch_will_do_where_none_is_called_so(tmp_path: Path) -> None:
    an_input(tmp_path, 5, "sun4i-codec Jack", "0 14")
    an_input(tmp_path, 6, "Lid Switch", "1")
    assert headphone_inputs(tmp_path) == [Path("/dev/input/event5")]


def test_a_machine_without_a_socket_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("devices.headphones.evdev.headphone_inputs", list)
    with pytest.raises(DeviceUnavailable, match="tells whether headphones are in"):
        EvdevHeadphones(EvdevHeadphones.Options()).open()


def test_a_device_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(DeviceUnavailable, match=r"gone cannot be read: .*group 'input'"):
        EvdevHeadphones(EvdevHeadphones.Options(path=str(tmp_path / "gone"))).open()


def test_a_sound_card_that_is_taken_away_is_absent(tmp_path: Path) -> None:
    """A terminal whose far end has gone answers EIO, as an input device answers ENODEV."""
    far_end, near_end = os.openpty()
    headphones = EvdevHeadphones(EvdevHeadphones.Options(path=os.ttyname(near_end)))
    headphones.open()
    os.close(near_end)
    os.close(far_end)
    assert headphones.status().health is Health.ABSENT
    headphones.close()
