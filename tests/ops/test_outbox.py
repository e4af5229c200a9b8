"""`kiosk outbox`: counts and kinds, nothing personal; what was refused can be handed in again."""

from pathlib import Path

import pytest

from kiosk.__main__ import main
from kiosk.commands.outbox import EMPTY
from kiosk.ports.outbox import Letter, LetterKind, SetAside
from kiosk.readiness.machine import outbox as look
from kiosk.store.outbox import StoreOutbox
from kiosk.store.store import Store


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KIOSK_PATHS__DATA", str(tmp_path))
    monkeypatch.setenv("KIOSK_PATHS__KEY_FILE", str(tmp_path / "store.key"))
    return tmp_path


@pytest.fixture
def store(folder: Path) -> Store:
    return Store.open(folder / "kiosk.db", folder / "store.key")


def put(store: Store, key: str, *, refused: str = "") -> None:
    outbox = StoreOutbox(store)
    outbox.put(Letter(key, key, LetterKind.CASE, "苏婉清".encode()), {})
    if refused:
        outbox.settle([(key, SetAside(refused))])


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    status = main(["outbox", "--station", "demo", *words])
    told = capsys.readouterr()
    return status, told.out + told.err


def test_an_empty_one_says_so(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys) == (0, f"{EMPTY}\n")


def test_what_waits_and_what_was_refused_is_listed_while_the_terminal_runs(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    put(store, "key-0001")
    put(store, "key-0002", refused="invalid-request")
    status, told = said(capsys)
    assert status == 0
    assert "case: 1 waiting" in told
    assert "case: refused (invalid-request), kept since 20" in told
    assert "key-0002" in told
    assert "苏" not in told


def test_a_refused_letter_waits_again(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    put(store, "key-0002", refused="invalid-request")
    assert said(capsys, "retry", "key-0002")[0] == 0
    assert StoreOutbox(store).waiting() == 1
    status, told = said(capsys, "retry", "key-0002")
    assert status == 2
    assert "no refused letter has the key" in told


def test_without_a_store_it_says_what_to_look_at(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, told = said(capsys)
    assert (status, "has never run here" in told) == (2, True)


def test_the_readiness_report_tells_people_what_waits_for_them(store: Store) -> None:
    assert look(store).well
    put(store, "key-0001")
    assert look(store).well
    late = look(store, lambda: 4e9)
    assert not late.well
    assert "waiting for" in late.text
    put(store, "key-0002", refused="invalid-request")
    assert not look(store).well
    assert "kiosk outbox" in look(store).text


def test_what_was_refused_says_what_to_do(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    put(store, "key-0001", refused="file-lost")
    put(store, "key-0002", refused="a-code-of-tomorrow")
    told = said(capsys)[1]
    assert "has to bring it again" in told
    assert "ask the centre's operator" in told
    assert "kiosk outbox discard KEY --reason WHY" in told


def test_a_letter_is_given_up_with_a_reason_and_never_silently(
    store: Store, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outbox = StoreOutbox(store)
    page = b"%PDF a page of somebody"
    outbox.put(Letter("key-0002", "lane", LetterKind.CASE, "苏婉清".encode(), "address"), {"d1": page})
    outbox.settle([("key-0002", SetAside("incomplete"))])
    assert said(capsys, "discard", "key-0002", "--reason", "handed in at window 3")[0] == 0
    assert (outbox.aside(), outbox.standings(), outbox.waiting(), outbox.file("d1")) == ((), (), 0, None)
    assert look(store).well, "nothing waits for a person any more"
    status, told = said(capsys, "log")
    assert status == 0
    assert all(word in told for word in ("case of 20", "(incomplete)", "key-0002", "handed in at window 3"))
    assert said(capsys)[1] == f"{EMPTY}\n"
    assert store.all("SELECT count(*) FROM outbox WHERE instr(body, ?)", "苏婉清".encode()) == [(0,)]


def test_what_was_given_up_is_never_handed_in(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    outbox = StoreOutbox(store)
    put(store, "key-0002", refused="incomplete")
    outbox.discard("key-0002", "told to")
    assert not outbox.put(Letter("key-0002", "lane", LetterKind.CASE, b"again"), {})
    assert outbox.due(4e9, 9) == []
    for words in (("retry", "key-0002"), ("discard", "key-0002", "--reason", "twice")):
        status, told = said(capsys, *words)
        assert (status, "no refused letter has the key" in told) == (2, True)
    assert [each.reason for each in outbox.discarded()] == ["told to"]


def test_what_still_waits_cannot_be_given_up(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    put(store, "key-0001")
    assert said(capsys, "discard", "key-0001", "--reason", "impatient")[0] == 2
    assert StoreOutbox(store).waiting() == 1


@pytest.mark.parametrize("reason", ["", "  ", "long " * 50])
def test_giving_up_takes_a_reason(store: Store, capsys: pytest.CaptureFixture[str], reason: str) -> None:
    put(store, "key-0002", refused="incomplete")
    status, told = said(capsys, "discard", "key-0002", "--reason", reason)
    assert (status, "--reason" in told) == (2, True)
    assert len(StoreOutbox(store).aside()) == 1
    assert said(capsys, "log")[1] == "No letter was discarded.\n"
