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
    assert "case: refused (invalid-request)" in told
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
