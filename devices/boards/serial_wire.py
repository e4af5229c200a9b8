"""The far end of the board's cable: lamps to look at, a door to open, somebody who comes near."""

import random
import time
from collections.abc import Iterator

from devices.boards.serial_board import IDENTITY, understood, with_checksum
from devices.hands import PULLED_OUT, Hand, Sight, fault_named
from devices.transports.sim import Burst, FarEnd
from kiosk.ports.board import Lamp
from kiosk.texts import Msg, Series, Text, msg

LAMPS: dict[str, Msg] = {
    Lamp.CARD: msg("card reader"),
    Lamp.SLIP: msg("slip outlet"),
    Lamp.A4: msg("A4 outlet"),
    Lamp.SCANNER: msg("code scanner"),
    Lamp.HELP: msg("help button"),
}
MOODS: dict[str, Msg] = {
    "none": msg("No fault"),
    "mute": msg("No answers"),
    "noise": msg("Noise on the line"),
    "damaged": msg("Damaged answers"),
    "other": msg("Another device answers"),
}
ALONE_S = 10.0


class Wire(FarEnd):
    """A board with hands. `fitted`: its lamps, with commas; all where empty."""

    def __init__(self, paced: int | bool = False, fitted: str = "", seed: int = 7) -> None:
        self.paced = bool(paced)
        self._fitted = fitted.split(",") if fitted else [lamp.value for lamp in Lamp]
        self._lit: set[str] = set()
        self._sensed = {"DOOR": 0, "NEAR": 0}
        self._mood = ""
        self._rest = b""
        self._heard_at = time.monotonic()
        self._chance = random.Random(seed)  # noqa: S311  noise, not a secret

    @property
    def lit(self) -> frozenset[str]:
        """The lamps that are on. Left alone, the board switches them off."""
        if time.monotonic() - self._heard_at > ALONE_S:
            self._lit.clear()
        return frozenset(self._lit)

    # --- hands ---------------------------------------------------------------------------------------------

    def open_door(self, _choice: str = "") -> None:
        """Open the service door."""
        self._sensed["DOOR"] = 1

    def close_door(self, _choice: str = "") -> None:
        """Close it."""
        self._sensed["DOOR"] = 0

    def come_near(self, _choice: str = "") -> None:
        """Somebody stands before the terminal."""
        self._sensed["NEAR"] = 1

    def go_away(self, _choice: str = "") -> None:
        """Nobody does."""
        self._sensed["NEAR"] = 0

    def break_with(self, mood: str) -> None:
        """Misbehave from now on; "none" ends it. Raises SetupError for an unknown way."""
        self._mood = fault_named(mood, MOODS, "board")

    def unplug(self, _choice: str = "") -> None:
        """Pull the cable; it gets its power through it."""
        super().unplug()
        self._lit.clear()

    def hands(self) -> tuple[Hand, ...]:
        """What the dock offers."""
        return (
            Hand("open_door", msg("Open the service door"), "door-open", self.open_door),
            Hand("close_door", msg("Close the service door"), "door-closed", self.close_door),
            Hand("come_near", msg("Come near"), "account-arrow-right", self.come_near),
            Hand("go_away", msg("Go away"), "account-arrow-left", self.go_away),
            Hand("fault", msg("Fault of the board"), "alert", self.break_with, tuple(MOODS.items())),
            *self.cable_hands(),
        )

    def sight(self) -> Sight | None:
        """The lamps that are on."""
        return Sight(sight_of(self.lit) if self.plugged else PULLED_OUT)

    # --- wire ----------------------------------------------------------------------------------------------

    def exchange(self, data: bytes, _baud: int) -> Iterator[Burst]:
        """What it answers."""
        *lines, self._rest = (self._rest + data).split(b"\n")
        self._rest = self._rest[-200:]
        for line in lines:
            self._heard_at = time.monotonic()
            yield from self._said(self._answer(line), checked=b"*" in line)

    def _said(self, answer: str, checked: bool) -> Iterator[Burst]:
        sent = (with_checksum(answer) if checked else answer).encode() + b"\r\n"
        if self._mood == "noise":
            yield Burst(self._chance.randbytes(600))
        elif self._mood == "damaged":
            yield Burst(bytes((sent[0] ^ 0x40,)) + sent[1:])
        elif self._mood == "other":
            yield Burst(b"\xaa\xaa\xaa\x96\x69\x00\x04\x00\x00\x10\x14")
        elif self._mood != "mute":
            yield Burst(sent)

    def _answer(self, line: bytes) -> str:
        words = (understood(line) or "").split()
        if words == ["ID?"]:
            return f"{IDENTITY} LAMPS={','.join(self._fitted).upper()} SENSORS={','.join(self._sensed)}"
        if words == ["S?"]:
            return " ".join(("S", *(f"{name}={value}" for name, value in self._sensed.items())))
        if len(words) == 3 and words[0] == "L" and words[2] in ("0", "1"):
            return self._switch(words[1].lower(), words[2] == "1")
        return "E WHAT"

    def _switch(self, name: str, on: bool) -> str:
        names = set(self._fitted) if name == "all" else {name} & set(self._fitted)
        self._lit = self._lit | names if on else self._lit - names
        return "OK" if names else "E LAMP"


def sight_of(lit: frozenset[str]) -> Text:
    """The lamps in words."""
    if not lit:
        return msg("No lamp is lit")
    return msg("Lamps lit: {lamps}", lamps=Series(tuple(LAMPS[lamp] for lamp in sorted(lit))))
