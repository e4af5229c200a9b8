"""What breaks: the engine dies, hangs, cannot be started, lacks a library; and what is left on disk: nothing."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kiosk.errors import WritingUnavailable
from kiosk.ports.writing import Method, Script
from kiosk.texts import Msg
from kiosk.writing.client import NOT_READY, RESTS_AFTER
from tests.writing.conftest import Clients, up
from tests.writing.held import ROOT, typed
from tests.writing.strokes import CHARACTERS, strokes


def content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def gone(pid: int) -> bool:
    """Whether the process has ended, waiting for it a little."""
    for _ in range(100):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return True
        if state == "Z":
            return True
        time.sleep(0.02)
    return False


def test_a_crash_in_the_middle_is_told_once(clients: Clients, caplog: pytest.LogCaptureFixture) -> None:
    writing = clients()
    typed(writing, "panyu")
    os.kill(writing.pid or 0, signal.SIGKILL)
    with pytest.raises(WritingUnavailable, match="ended"):
        writing.press("q")
    up(writing)
    assert writing.press("q").preedit == "q"
    assert typed(writing, "panyuqu").candidates[0] == "番禺区"
    assert len(caplog.records) == 1
    assert "panyu" not in caplog.text


def test_the_next_call_waits_for_the_new_engine(clients: Clients) -> None:
    writing = clients()
    typed(writing, "ni")
    os.kill(writing.pid or 0, signal.SIGSEGV)
    with pytest.raises(WritingUnavailable):
        writing.turn(1)
    assert up(writing).look_up("木木木")[0] == "森"


def test_an_engine_that_hangs_is_ended_in_time(clients: Clients) -> None:
    writing = clients()
    typed(writing, "panyu")
    pid = writing.pid or 0
    os.kill(pid, signal.SIGSTOP)
    begun = time.monotonic()
    with pytest.raises(WritingUnavailable, match="does not answer"):
        writing.press("q")
    assert time.monotonic() - begun < 1
    assert gone(pid)
    assert typed(up(writing), "panyuqu").candidates[0] == "番禺区"


def test_an_engine_that_does_not_listen_holds_nobody(clients: Clients) -> None:
    """What is asked here is more than a pipe holds."""
    writing = clients()
    assert writing.look_up("木" * 100_000) == ()
    os.kill(writing.pid or 0, signal.SIGSTOP)
    begun = time.monotonic()
    with pytest.raises(WritingUnavailable, match="does not listen"):
        writing.look_up("木" * 100_000)
    assert time.monotonic() - begun < 1


def test_forgetting_never_fails_and_ends_what_hangs(clients: Clients) -> None:
    writing = clients()
    writing.forget()
    typed(writing, "panyu")
    pid = writing.pid or 0
    os.kill(pid, signal.SIGSTOP)
    writing.forget()
    assert gone(pid)
    os.kill(up(writing).pid or 0, signal.SIGKILL)
    writing.forget()
    writing.close()
    writing.forget()


def test_starting_does_not_wait(clients: Clients) -> None:
    writing = clients(wait=False)
    begun = time.monotonic()
    writing.start()
    assert time.monotonic() - begun < 0.1
    pid = writing.pid
    writing.start()
    assert writing.pid == pid, "the second start is none"


def test_calls_start_the_engine_by_themselves(clients: Clients) -> None:
    writing = clients(wait=False)
    assert not writing.ready
    assert typed(up(writing), "ni").candidates


def test_an_engine_that_cannot_start_is_left_alone_after_some_tries(
    clients: Clients, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    writing = clients(wait=False)
    monkeypatch.setattr(sys, "executable", "/bin/false")
    for _ in range(RESTS_AFTER + 5):
        assert writing.missing() == dict.fromkeys(Method, NOT_READY)
    with pytest.raises(WritingUnavailable, match="not ready"):
        writing.begin(Method.PINYIN, Script.SIMPLIFIED)
    assert len(caplog.records) == RESTS_AFTER


def test_no_program_to_start_is_a_failed_start(clients: Clients, monkeypatch: pytest.MonkeyPatch) -> None:
    writing = clients(wait=False)
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    writing.start()
    assert writing.pid is None
    writing.forget()


@pytest.mark.parametrize("library", ["libnothing.so.9", "libc.so.6"])
def test_without_librime_the_others_work(clients: Clients, library: str, caplog: pytest.LogCaptureFixture) -> None:
    writing = clients(librime=library)
    assert set(writing.missing()) == {Method.PINYIN, Method.JYUTPING, Method.STROKES}
    assert writing.recognise(strokes(CHARACTERS["十"]), Script.SIMPLIFIED)[0] == "十"
    assert writing.look_up("木木木")[0] == "森"
    with pytest.raises(WritingUnavailable, match="librime1"):
        writing.begin(Method.PINYIN, Script.SIMPLIFIED)
    writing.begin(Method.HANDWRITING, Script.SIMPLIFIED)
    assert "install the Debian package librime1" in caplog.text


def test_without_zinnia_the_others_work(clients: Clients, caplog: pytest.LogCaptureFixture) -> None:
    writing = clients(libzinnia="libnothing.so.9")
    assert set(writing.missing()) == {Method.HANDWRITING}
    assert typed(writing, "panyuqu").candidates[0] == "番禺区"
    with pytest.raises(WritingUnavailable, match="libzinnia0"):
        writing.recognise(strokes(CHARACTERS["十"]), Script.SIMPLIFIED)
    assert "libzinnia0" in caplog.text


def test_without_its_model_handwriting_is_missing(clients: Clients, tmp_path: Path) -> None:
    writing = clients(models=str(tmp_path))
    assert set(writing.missing()) == {Method.HANDWRITING}


def test_without_dictionaries_it_says_what_builds_them(
    clients: Clients, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    writing = clients(tmp_path / "nothing")
    assert set(writing.missing()) == {Method.PINYIN, Method.JYUTPING, Method.STROKES}
    assert all(isinstance(text, Msg) for text in writing.missing().values())
    assert "run 'kiosk dictionaries'" in caplog.text
    assert writing.look_up("20BB7") == ("𠮷",)
    assert not (tmp_path / "nothing").exists(), "nothing is built during a visit"


def test_nothing_of_what_was_written_is_on_disk(
    clients: Clients, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, folder = tmp_path / "home", tmp_path / "writing"
    home.mkdir()
    shutil.copytree(built, folder)
    for name in ("HOME", "TMPDIR", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(home))
    before = content(folder)
    writing = clients(folder)
    for _ in range(5):  # an input method that learns would have learnt it by now
        for method in (Method.PINYIN, Method.JYUTPING):
            typed(writing, "saangsaang" if method is Method.JYUTPING else "zhuandiqiming", method=method)
            writing.choose(1)
    typed(writing, "panyu")
    writing.forget()
    typed(writing, "panyu")
    os.kill(writing.pid or 0, signal.SIGSEGV)
    with pytest.raises(WritingUnavailable):
        writing.press("q")
    up(writing).close()
    assert content(folder) == before
    assert not content(home)
    assert not list(folder.rglob("*.userdb*"))


def test_no_word_is_learnt(clients: Clients) -> None:
    writing = clients()
    before = typed(writing, "shishi")
    for _ in range(5):
        typed(writing, "shishi")
        writing.choose(5)
    assert typed(writing, "shishi") == before


def test_a_crash_leaves_no_core_file(clients: Clients) -> None:
    limits = Path(f"/proc/{clients().pid}/limits").read_text()
    assert next(line for line in limits.splitlines() if "core file" in line).split()[4:6] == ["1", "1"]


def test_the_engine_ends_with_the_kiosk(built: Path) -> None:
    kiosk = (
        "import os, signal; from pathlib import Path; from kiosk.writing.client import WritingClient\n"
        f"client = WritingClient(Path({str(built)!r})); client.start(); client.missing()\n"
        "print(client.pid, flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", kiosk], cwd=ROOT, capture_output=True, text=True, check=False)
    assert gone(int(done.stdout))


def test_closing_ends_it_and_it_can_be_started_again(clients: Clients) -> None:
    writing = clients()
    pid = writing.pid or 0
    writing.close()
    assert gone(pid)
    assert not writing.ready
    assert typed(up(writing), "ni").candidates
