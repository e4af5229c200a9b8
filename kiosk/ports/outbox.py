"""What is kept for the centre until it has it: letters in lanes, and the files they name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class LetterKind(StrEnum):
    """What is handed in."""

    CASE = "case"
    SUPPLEMENT = "supplement"
    RATING = "rating"
    PRINT_REPORT = "print_report"
    DRAFT = "draft"
    """`address`: the code of the draft in whose place it comes, "" for a new one."""


@dataclass(frozen=True, repr=False)
class Letter:
    """`key`: made once, when the resident pressed; the Idempotency-Key of every attempt. `lane`: order is kept inside
    it, and lanes do not wait for each other. `body`: the wire model as JSON; `address`: the token or id that it goes
    to, "" where it has none."""

    key: str
    lane: str
    kind: LetterKind
    body: bytes
    address: str = ""

    def __repr__(self) -> str:
        return f"<Letter {self.kind.value}>"


class LetterState(StrEnum):
    """What became of a letter."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    SET_ASIDE = "set_aside"


@dataclass(frozen=True, repr=False)
class Delivered:
    """The centre has it: its answer, the wire model as JSON; b"" where it is only known that it has it."""

    answer: bytes


@dataclass(frozen=True)
class Later:
    """Not now: it is tried again at this time (seconds since 1970)."""

    at: float


@dataclass(frozen=True)
class SetAside:
    """It will not be taken as it is, with the problem's code: it is kept for a person."""

    code: str


@dataclass(frozen=True)
class Pause:
    """Nothing at all will be taken before this time (seconds since 1970)."""

    until: float


class Outbox(Protocol):
    """Durable: what `put` has returned for is on the disk."""

    def put(self, letter: Letter, files: Mapping[str, bytes]) -> bool:
        """Keep a letter and the files it names (SHA-256 -> bytes) in one step; False when its key is known. Raises
        StoreError, and nothing of it is kept."""

    def state(self, key: str) -> tuple[LetterState, bytes] | None:
        """What became of a letter, with the centre's answer (DELIVERED: the wire model as JSON; SET_ASIDE: the
        problem's code) for a day after; None when the key is not known."""

    def waiting(self) -> int:
        """How many letters wait."""
