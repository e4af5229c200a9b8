"""The technician's PIN: its digest, and a lock that neither a restart, nor a power cut, nor the clock opens sooner."""

import logging
from dataclasses import dataclass, field

import pytest

from kiosk.errors import StoreError
from kiosk.pin import LONGEST_WAIT_S, Lock, digest_of, is_digest, is_too_simple, is_well_formed, matches, wait_after
from kiosk.ports.attempts import Attempts

PIN, OTHER = "246813", "908172"
LINE = digest_of(PIN, log2_n=10)
"""Quick to compare; one test takes the real cost."""
NONE = Attempts()


@dataclass
class Kept:
    """A disk with hands: it can be full, and remembers every write."""

    now: Attempts = NONE
    full: bool = False
    unreadable: bool = False
    written: list[Attempts] = field(default_factory=list)

    def attempts(self) -> Attempts:
        if self.unreadable:
            raise StoreError("the store cannot be used now")
        return self.now

    def keep_attempts(self, attempts: Attempts) -> None:
        if self.full:
            raise StoreError("the store cannot be used now (disk full)")
        self.now = attempts
        self.written.append(attempts)


@dataclass
class Clock:
    seconds: float = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def kept() -> Kept:
    return Kept()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def lock(kept: Kept, clock: Clock) -> Lock:
    return Lock(kept, clock)


def wrong(lock: Lock, times: int, clock: Clock | None = None) -> None:
    """Guess, waiting as long as one must."""
    for _ in range(times):
        if clock:
            clock.seconds += lock.left_s()
        lock.judge(OTHER, LINE)


# --- the digest ----------------------------------------------------------------------------------------------


def test_a_digest_fits_its_pin_alone_and_says_nothing_of_it() -> None:
    assert is_digest(LINE)
    assert PIN not in LINE
    assert (matches(PIN, LINE), matches(OTHER, LINE), matches(PIN + "0", LINE)) == (True, False, False)
    assert matches(PIN, digest_of(PIN))
    assert digest_of(PIN, log2_n=10) != LINE, "two terminals with the same PIN do not show it"


@pytest.mark.parametrize(
    "line",
    ["", "246813", "scrypt$15$8$3$abc$def", LINE.replace("scrypt", "md5"), LINE + "x", LINE.replace("$10$", "$30$")],
)
def test_other_lines_are_refused(line: str) -> None:
    assert not is_digest(line)
    with pytest.raises(ValueError, match="upkeep-pin"):
        matches(PIN, line)


@pytest.mark.parametrize("pin", ["", "12345", "1" * 13, "12345a", "１２３４５６", "123 456", "-12345"])
def test_a_pin_is_6_to_12_digits(pin: str) -> None:
    assert not is_well_formed(pin)


@pytest.mark.parametrize("pin", ["000000", "123456", "987654", "121212", "123123", "890123", "999999999999"])
def test_patterns_are_too_simple(pin: str) -> None:
    assert is_well_formed(pin)
    assert is_too_simple(pin)
    assert not is_too_simple(PIN)


# --- the lock ------------------------------------------------------------------------------------------------


def test_three_free_tries_then_longer_and_longer() -> None:
    assert [wait_after(n) for n in range(1, 8)] == [0, 0, 30, 60, 120, 240, 480]
    assert wait_after(11) == LONGEST_WAIT_S
    assert wait_after(10**9) == LONGEST_WAIT_S


def test_the_right_one_opens_and_forgets_the_wrong_ones(lock: Lock, kept: Kept) -> None:
    first, second = lock.judge(OTHER, LINE), lock.judge(OTHER, LINE)
    assert (first.right, first.tries, second.tries) == (False, 2, 1)
    assert lock.judge(PIN, LINE).right
    assert kept.now == Attempts()
    assert lock.judge(OTHER, LINE).tries == 2


def test_locked_even_the_right_one_does_not_open(lock: Lock, kept: Kept, clock: Clock) -> None:
    wrong(lock, 3)
    refused = lock.judge(PIN, LINE)
    assert (refused.right, refused.left_s) == (False, 30)
    assert kept.now.wrong == 3, "a try that was not judged is not counted"
    clock.seconds += 29.5
    assert lock.left_s() == pytest.approx(0.5)
    clock.seconds += 0.5
    assert lock.judge(PIN, LINE).right


def test_a_restart_begins_where_the_waiting_was_kept(lock: Lock, kept: Kept, clock: Clock) -> None:
    wrong(lock, 4, clock)
    clock.seconds += 20
    assert lock.left_s() == 40
    after = Lock(kept, Clock(3.0))
    assert after.left_s() == 40, "a machine's own clock begins anew; what is left does not"
    assert after.judge(PIN, LINE).left_s == 40
    assert kept.now.wrong == 4


def test_switching_off_and_on_never_shortens_the_waiting(lock: Lock, kept: Kept) -> None:
    wrong(lock, 3)
    for _ in range(50):
        assert Lock(kept, Clock()).left_s() == 30


@dataclass
class PulledPlug:
    """The power goes as soon as something is on the disk."""

    disk: Kept

    def attempts(self) -> Attempts:
        return self.disk.attempts()

    def keep_attempts(self, attempts: Attempts) -> None:
        self.disk.keep_attempts(attempts)
        raise KeyboardInterrupt


def test_the_plug_pulled_during_the_comparison_costs_the_try(kept: Kept, clock: Clock) -> None:
    for at in range(1, 4):
        with pytest.raises(KeyboardInterrupt):
            Lock(PulledPlug(kept), clock).judge(OTHER, LINE)
        assert kept.now.wrong == at
    assert Lock(kept, clock).judge(PIN, LINE).left_s == 30


def test_a_full_disk_still_locks_and_still_opens(lock: Lock, kept: Kept, clock: Clock) -> None:
    kept.full = True
    wrong(lock, 3)
    assert lock.left_s() == 30
    clock.seconds += 30
    assert lock.judge(PIN, LINE).right


def test_a_store_that_cannot_be_read_counts_from_nothing(lock: Lock, kept: Kept) -> None:
    kept.unreadable = True
    assert lock.left_s() == 0
    wrong(lock, 3)
    assert lock.left_s() == 30


def test_a_lock_out_is_logged_once_and_no_pin_ever(lock: Lock, clock: Clock, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        wrong(lock, 3)
        for _ in range(5):
            lock.judge(OTHER, LINE)
            lock.left_s()
        wrong(lock, 1, clock)
    assert [record.getMessage() for record in caplog.records] == [
        "the upkeep PIN was wrong 3 times in a row; it is locked for 30 s",
        "the upkeep PIN was wrong 4 times in a row; it is locked for 60 s",
    ]
    assert OTHER not in caplog.text
