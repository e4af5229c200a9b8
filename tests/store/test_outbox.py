"""The outbox: kept in one step, in order within a lane, gone without a trace when the centre has it."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from kiosk.errors import StoreError
from kiosk.ports.outbox import Delivered, Later, Letter, LetterKind, LetterState, SetAside
from kiosk.store.outbox import ANSWERS_KEPT_S, FARTHEST_S, KEYS_KEPT_S, StoreOutbox
from kiosk.store.store import Store

NOW = 1_800_000_000.0


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "kiosk.db", tmp_path / "kiosk.key")
    yield opened
    opened.close()


@pytest.fixture
def outbox(store: Store, clock: Clock) -> StoreOutbox:
    return StoreOutbox(store, clock)


def letter(key: str, lane: str = "", body: bytes = b"{}") -> Letter:
    return Letter(key, lane or key, LetterKind.CASE, body)


def files(*contents: bytes) -> dict[str, bytes]:
    return {sha256(content).hexdigest(): content for content in contents}


def keys(outbox: StoreOutbox, now: float = NOW, most: int = 10) -> list[str]:
    return [each.key for each, _ in outbox.due(now, most)]


def test_a_letter_is_there_again_after_a_restart(tmp_path: Path) -> None:
    for _ in range(2):
        store = Store.open(tmp_path / "kiosk.db", tmp_path / "kiosk.key")
        outbox = StoreOutbox(store)
        outbox.put(Letter("one", "lane", LetterKind.SUPPLEMENT, b"body", "token"), files(b"page"))
        assert outbox.due(NOW * 2, 5) == [(Letter("one", "lane", LetterKind.SUPPLEMENT, b"body", "token"), 0)]
        assert outbox.file(sha256(b"page").hexdigest()) == b"page"
        store.close()


def test_the_same_key_is_kept_once_also_when_it_was_delivered(outbox: StoreOutbox) -> None:
    assert outbox.put(letter("one", body=b"first"), {})
    assert not outbox.put(letter("one", body=b"second"), files(b"page"))
    assert [each.body for each, _ in outbox.due(NOW, 5)] == [b"first"]
    outbox.settle([("one", Delivered(b"yes"))])
    assert not outbox.put(letter("one", body=b"third"), files(b"page"))
    assert (outbox.waiting(), outbox.state("one")) == (0, (LetterState.DELIVERED, b"yes"))


def test_order_is_kept_within_a_lane_and_lanes_do_not_wait_for_each_other(outbox: StoreOutbox) -> None:
    for key, lane in (("a1", "a"), ("a2", "a"), ("b1", "b"), ("a3", "a"), ("b2", "b")):
        outbox.put(letter(key, lane), {})
    assert keys(outbox) == ["a1", "b1"]
    outbox.settle([("a1", Later(NOW + 60))])
    assert keys(outbox) == ["b1"]
    outbox.settle([("b1", Delivered(b""))])
    assert keys(outbox) == ["b2"]
    assert keys(outbox, NOW + 60) == ["a1", "b2"]


def test_what_is_set_aside_holds_nobody_and_waits_for_a_person(outbox: StoreOutbox) -> None:
    outbox.put(letter("a1", "a"), files(b"page"))
    outbox.put(letter("a2", "a"), {})
    outbox.settle([("a1", SetAside("invalid-request"))])
    assert keys(outbox) == ["a2"]
    assert outbox.state("a1") == (LetterState.SET_ASIDE, b"invalid-request")
    assert [(each.key, each.code) for each in outbox.aside()] == [("a1", "invalid-request")]
    assert [(each.kind, each.refused, each.letters) for each in outbox.standings()] == [
        (LetterKind.CASE, "", 1),
        (LetterKind.CASE, "invalid-request", 1),
    ]
    assert outbox.retry("a1")
    assert not outbox.retry("a1")
    assert not outbox.retry("a2")
    assert keys(outbox) == ["a1"]
    assert outbox.file(sha256(b"page").hexdigest()) == b"page"


def test_a_file_goes_with_the_last_letter_that_names_it(outbox: StoreOutbox, store: Store) -> None:
    shared, own = sha256(b"shared").hexdigest(), sha256(b"own").hexdigest()
    outbox.put(letter("one"), files(b"shared", b"own"))
    outbox.put(letter("two"), files(b"shared"))
    outbox.settle([("one", Delivered(b""))])
    assert (outbox.file(shared), outbox.file(own)) == (b"shared", None)
    outbox.settle([("two", Delivered(b""))])
    assert store.all("SELECT (SELECT count(*) FROM files) + (SELECT count(*) FROM outbox_files)") == [(0,)]


def test_nothing_is_kept_of_a_letter_that_could_not_be_kept_whole(outbox: StoreOutbox, store: Store) -> None:
    with store.writing() as connection:
        connection.execute("CREATE TRIGGER full BEFORE INSERT ON files BEGIN SELECT RAISE(ABORT, 'disk full'); END")
    with pytest.raises(StoreError, match="disk full"):
        outbox.put(letter("one"), files(b"page"))
    assert outbox.state("one") is None
    assert outbox.waiting() == 0


def test_answers_are_personal_and_go_after_a_day_keys_stay_a_month(
    outbox: StoreOutbox, clock: Clock, store: Store
) -> None:
    outbox.put(letter("one"), {})
    outbox.settle([("one", Delivered(b"receipt"))])
    clock.now += ANSWERS_KEPT_S + 1
    outbox.settle([])
    assert outbox.state("one") is None
    assert store.all("SELECT key, answer FROM outcomes") == [("one", None)]
    assert not outbox.put(letter("one"), {})
    clock.now += KEYS_KEPT_S
    outbox.settle([])
    assert store.all("SELECT key FROM outcomes") == []


def test_a_clock_that_was_set_back_holds_no_letter(outbox: StoreOutbox) -> None:
    outbox.put(letter("one"), {})
    outbox.settle([("one", Later(NOW + 300))])
    assert keys(outbox, NOW) == []
    assert keys(outbox, NOW - FARTHEST_S) == ["one"]


def test_everything_is_due_when_the_centre_answers_again(outbox: StoreOutbox) -> None:
    outbox.put(letter("one"), {})
    outbox.put(letter("two"), {})
    outbox.settle([("one", Later(NOW + 300)), ("two", SetAside("no"))])
    assert outbox.next_due() == NOW + 300
    outbox.hurry()
    assert keys(outbox) == ["one"]


def test_a_lane_that_waits_says_when_its_first_letter_is_due(outbox: StoreOutbox) -> None:
    assert outbox.next_due() is None
    outbox.put(letter("a1", "a"), {})
    outbox.put(letter("a2", "a"), {})
    outbox.settle([("a1", Later(NOW + 40))])
    assert outbox.next_due() == NOW + 40


def test_what_was_delivered_leaves_no_row(outbox: StoreOutbox, store: Store) -> None:
    outbox.put(letter("one", body=b"words"), files(b"page"))
    outbox.settle([("one", Delivered(b""))])
    assert store.all("PRAGMA secure_delete") == [(1,)]
    assert store.all("SELECT count(*) FROM outbox") == [(0,)]


def test_no_repr_shows_a_letter(outbox: StoreOutbox) -> None:
    outbox.put(letter("one", body=b"secret"), {})
    assert "secret" not in repr(outbox.due(NOW, 1))
