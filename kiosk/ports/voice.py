"""Speaking: says sentences aloud, into headphones or a loudspeaker.

Headphones are a device of their own (kind "headphones"): it works while a plug is in, and is ABSENT otherwise.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from kiosk.ports.device import Device


class Tongue(StrEnum):
    """A spoken language (ISO 639-3, English by its short code)."""

    MANDARIN = "cmn"
    CANTONESE = "yue"
    ENGLISH = "en"


@dataclass(frozen=True)
class Manner:
    """How it is spoken."""

    rate: float = 1.0
    """Of the normal pace: 0.5 to 3."""
    loudness: float = 0.6
    """Of what the machine can do: 0 to 1."""


class Speaker(Protocol):
    """What speaks. All calls may come from any thread and return at once, also on a closed device."""

    def tongues(self) -> frozenset[Tongue]:
        """What can be spoken on this machine."""

    def say(self, sentences: Sequence[str], tongue: Tongue, manner: Manner) -> None:
        """Stop what is being said and say these, one after the other, starting within 200 ms.

        `sentences` are as they stand on the screen; numbers, dates and signs are put into words here."""

    def pause(self) -> None:
        """Fall silent in mid-sentence."""

    def resume(self) -> None:
        """Go on where `pause` interrupted; does nothing otherwise."""

    def stop(self) -> None:
        """Fall silent and forget what was left to say."""

    @property
    def speaking(self) -> bool:
        """Whether something is being said, or is paused."""


class Voice(Device, Speaker, Protocol):
    """A speaker as a device: opened, watched and closed like every other."""
