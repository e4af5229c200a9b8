"""The technician's PIN: how it is kept (never itself), and how guessing it is made too slow to be worth while.

Digests are scrypt (RFC 7914) in one line of text: scrypt$LOG2_N$R$P$SALT$DIGEST, the last two in base64. A wrong PIN is
counted before it is compared, so that pulling the plug gives no free try.
"""

import hashlib
import hmac
import itertools
import logging
import os
import re
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from kiosk.errors import StoreError
from kiosk.ports.attempts import Attempts, PinAttempts

log = logging.getLogger(__name__)

SHORTEST, LONGEST = 6, 12
LOG2_N, R, P = 15, 8, 3
"""32 MB and about 0.3 s for each guess (OWASP's password storage cheat sheet)."""
MEMORY = 128 * 1024 * 1024
SALT_BYTES, DIGEST_BYTES = 16, 32
_HASH = re.compile(
    r"^scrypt\$(1[0-9]|20)\$([1-9]|1[0-6])\$([1-9]|1[0-6])\$([A-Za-z0-9+/]{22}==)\$([A-Za-z0-9+/]{43}=)$"
)
FREE_TRIES = 3
FIRST_WAIT_S, LONGEST_WAIT_S = 30.0, 3600.0


def is_well_formed(pin: str) -> bool:
    """6 to 12 digits."""
    return pin.isascii() and pin.isdigit() and SHORTEST <= len(pin) <= LONGEST


def is_too_simple(pin: str) -> bool:
    """What everybody tries first: one digit repeated, a run up or down, a short group repeated (123123)."""
    steps = {(int(after) - int(before)) % 10 for before, after in itertools.pairwise(pin)}
    groups = any(pin == pin[:size] * (len(pin) // size) for size in (2, 3) if len(pin) % size == 0)
    return steps <= {0} or steps in ({1}, {9}) or groups


def digest_of(pin: str, salt: bytes | None = None, log2_n: int = LOG2_N) -> str:
    """The line that stands in the settings; `salt` random when not given. A smaller `log2_n` is for tests alone."""
    salt = os.urandom(SALT_BYTES) if salt is None else salt
    parts = (_text(salt), _text(_scrypt(pin, salt, log2_n, R, P)))
    return "$".join(("scrypt", str(log2_n), str(R), str(P), *parts))


def is_digest(line: str) -> bool:
    """Whether this is such a line."""
    return _HASH.match(line) is not None


def matches(pin: str, line: str) -> bool:
    """Whether the PIN belongs to the line; about 0.3 s. Raises ValueError for a line that is none."""
    found = _HASH.match(line)
    if found is None:
        raise ValueError("this is no line of `kiosk upkeep-pin`")
    log2_n, r, p = (int(found[group]) for group in (1, 2, 3))
    return hmac.compare_digest(_scrypt(pin, b64decode(found[4]), log2_n, r, p), b64decode(found[5]))


def _scrypt(pin: str, salt: bytes, log2_n: int, r: int, p: int) -> bytes:
    return hashlib.scrypt(pin.encode(), salt=salt, n=2**log2_n, r=r, p=p, maxmem=MEMORY, dklen=DIGEST_BYTES)


def _text(raw: bytes) -> str:
    return b64encode(raw).decode("ascii")


def wait_after(wrong: int) -> float:
    """Seconds to wait after so many wrong ones in a row: none for the first two, then 30, 60, 120 ... 3600."""
    if wrong < FREE_TRIES:
        return 0.0
    return min(LONGEST_WAIT_S, FIRST_WAIT_S * 2.0 ** min(wrong - FREE_TRIES, 20))


@dataclass(frozen=True)
class Verdict:
    """What came of a PIN. `tries`: how many are left before waiting; `left_s`: seconds to wait now."""

    right: bool
    tries: int = 0
    left_s: float = 0.0


class Lock:
    """Judges PINs, for one thread at a time. A restart begins the waiting anew where it was kept last; only seconds on
    a clock that nobody sets count. Where the disk cannot be written, it goes on counting in memory: a full disk must not
    lock out who comes to clear it."""

    def __init__(self, kept: PinAttempts, clock: Callable[[], float] = monotonic) -> None:
        self._kept, self._clock = kept, clock
        self._wrong: int | None = None
        self._until = 0.0

    def left_s(self) -> float:
        """Seconds to wait before the next PIN; what was waited is kept."""
        wrong, before = self._known(), self._until
        left = max(0.0, before - self._clock())
        if before:
            self._keep(Attempts(wrong, left))
        if not left:
            self._until = 0.0
        return left

    def judge(self, pin: str, line: str) -> Verdict:
        """Compare, unless there is still to wait."""
        left = self.left_s()
        if left:
            return Verdict(False, 0, left)
        wrong = self._known() + 1
        self._keep(Attempts(wrong, wait_after(wrong)))
        if matches(pin, line):
            self._wrong = 0
            self._keep(Attempts())
            return Verdict(True)
        return self._count(wrong)

    def _count(self, wrong: int) -> Verdict:
        self._wrong, wait = wrong, wait_after(wrong)
        self._until = self._clock() + wait if wait else 0.0
        if wait:
            log.warning("the upkeep PIN was wrong %d times in a row; it is locked for %d s", wrong, int(wait))
        return Verdict(False, max(0, FREE_TRIES - wrong), wait)

    def _known(self) -> int:
        if self._wrong is None:
            kept = self._read()
            self._wrong = kept.wrong
            self._until = self._clock() + kept.left_s if kept.left_s else 0.0
        return self._wrong

    def _read(self) -> Attempts:
        try:
            return self._kept.attempts()
        except StoreError as error:
            log.warning("what is known of earlier PINs cannot be read: %s", error)
            return Attempts()

    def _keep(self, attempts: Attempts) -> None:
        try:
            self._kept.keep_attempts(attempts)
        except StoreError as error:
            log.warning("a wrong PIN is counted in memory only: %s", error)
