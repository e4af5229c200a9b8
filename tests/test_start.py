"""Starting the terminal as a program: what it needs, what it says when that is missing, and that it leaves nothing behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import psutil
import pytest
import zxingcpp
from PIL import Image

from kiosk import cache, head_start
from kiosk.bootstrap import first_look
from kiosk.bootstrap.lock import lock
from kiosk.errors import SettingsError, SetupError
from kiosk.settings import load
from kiosk.virtual_display import VirtualDisplay

ROOT = Path(__file__).resolve().parents[1]
PATIENCE_S = 90.0


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    """A screen nobody looks at."""
    with VirtualDisplay(1200, 1000) as screen:
        yield screen.name


def environ(tmp_path: Path, **more: str) -> dict[str, str]:
    """A kiosk's own data folder, and what a test changes."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("KIOSK_", "SDL_", "KIVY_"))}
    return {**clean, "KIOSK_PATHS__DATA": str(tmp_path / "data"), **more}


def kiosk(env: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    """Run it until it ends."""
    command = [sys.executable, "-m", "kiosk", *words]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False, timeout=PATIENCE_S)


def refused(env: dict[str, str], *words: str) -> str:
    """The one sentence it ends with."""
    done = kiosk(env, "run", "--station", "demo", *words)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    return done.stderr


@pytest.mark.usefixtures("display")
class TestRefusals:
    """One sentence each, naming the thing and what to do."""

    def test_a_misspelt_model(self, tmp_path: Path) -> None:
        said = refused(environ(tmp_path, KIOSK_DEVICES__TICKET_PRINTER__MODEL="escposs"))
        assert "Did you mean 'escpos'" in said

    def test_a_misspelt_setting(self, tmp_path: Path) -> None:
        assert "did you mean screen.width_px" in refused(environ(tmp_path, KIOSK_SCREEN__WIDHT_PX="1"))

    def test_a_second_kiosk_with_the_same_data(self, tmp_path: Path) -> None:
        with lock(tmp_path / "data"):
            assert "Another kiosk runs with the data folder" in refused(environ(tmp_path))

    def test_no_display(self, tmp_path: Path) -> None:
        assert "display :4711 cannot be opened" in refused(environ(tmp_path, DISPLAY=":4711"))

    def test_no_font(self, tmp_path: Path) -> None:
        said = refused(environ(tmp_path, KIOSK_PATHS__FONTS=str(tmp_path / "nowhere")))
        assert "make install" in said

    def test_a_key_file_that_others_can_read(self, tmp_path: Path) -> None:
        key = tmp_path / "open.key"
        key.write_bytes(bytes(32))
        key.chmod(0o644)
        assert "open.key" in refused(environ(tmp_path, KIOSK_PATHS__KEY_FILE=str(key)))


@pytest.mark.usefixtures("display")
def test_it_runs_and_ends_cleanly(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kiosk", "run", "--station", "demo", "--simulate"]
    with subprocess.Popen(command, cwd=ROOT, env=environ(tmp_path), stderr=subprocess.PIPE) as process:
        log = tmp_path / "data" / "log" / "kiosk.log"
        deadline = time.monotonic() + PATIENCE_S
        while not (log.is_file() and "the centre answers" in log.read_text()):
            assert process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.05)
        children = psutil.Process(process.pid).children(recursive=True)
        assert children
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE_S) == 128 + signal.SIGTERM
        assert process.stderr is not None
        assert b"Traceback" not in process.stderr.read()
    assert not psutil.wait_procs(children, 5)[1]


def test_the_demonstration_leaves_pictures_and_a_slip_that_can_be_read(tmp_path: Path) -> None:
    done = kiosk(environ(tmp_path), "demo", "--out", str(tmp_path / "demo"), "--language", "en")
    assert done.returncode == 0, done.stderr
    pictures = sorted(path.name for path in (tmp_path / "demo").glob("0*.png"))
    assert [name[:2] for name in pictures] == [f"{n:02}" for n in range(1, len(pictures) + 1)]
    assert len(pictures) >= 9
    slip = Image.open(BytesIO((tmp_path / "demo" / "slip.png").read_bytes()))
    assert "/q/" in zxingcpp.read_barcodes(slip)[0].text
    assert (tmp_path / "demo" / "filmstrip.png").is_file()


class TestFirstLook:
    """What is kept between starts is never older than what it was made from."""

    def test_it_says_what_the_checked_settings_say(self, tmp_path: Path) -> None:
        env = environ(tmp_path)
        kept = [first_look.first_look("demo", env) for _ in range(2)]
        assert kept[0] == kept[1]
        assert kept[0].station() == first_look.of(load("demo", environ=env)).station()
        assert kept[0].size == (540, 960)

    def test_another_variable_makes_it_anew(self, tmp_path: Path) -> None:
        first_look.first_look("demo", environ(tmp_path))
        other = first_look.first_look("demo", environ(tmp_path, KIOSK_SCREEN__WINDOW_SCALE="0.25"))
        assert other.size == (270, 480)

    def test_what_is_refused_is_not_kept(self, tmp_path: Path) -> None:
        for _ in range(2):
            with pytest.raises(SettingsError, match="idle_s"):
                first_look.first_look("demo", environ(tmp_path, KIOSK_VISIT__IDLE_S="soon"))

    def test_a_damaged_file_costs_time_and_nothing_else(self, tmp_path: Path) -> None:
        env = environ(tmp_path)
        expected = first_look.first_look("demo", env)
        (cache.folder() / "first-look-demo.json").write_text("{")
        assert first_look.first_look("demo", env) == expected

    def test_the_second_start_checks_nothing_before_the_first_picture(self, tmp_path: Path) -> None:
        env = environ(tmp_path)
        first_look.first_look("demo", env)
        code = "import sys; from kiosk.bootstrap.first_look import first_look; first_look('demo'); print('pydantic' in sys.modules)"
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True, check=True
        )
        assert done.stdout == "False\n"


def test_a_home_that_cannot_be_written_computes_every_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    made: list[int] = []
    for _ in range(2):
        assert cache.kept("x", "stamp", lambda: made.append(1) or [1]) == [1]
    assert len(made) == 2


def test_the_head_start_is_harmless_without_a_display(tmp_path: Path) -> None:
    code = "from kiosk import head_start; head_start.begin()(); print('fine')"
    env = environ(tmp_path, DISPLAY=":4711", SDL_VIDEODRIVER="x11")
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    assert done.stdout == "fine\n"
    assert head_start.WAIT_S < 10


def test_the_lock_is_free_again_after_it(tmp_path: Path) -> None:
    with lock(tmp_path), pytest.raises(SetupError, match="Another kiosk"):
        lock(tmp_path)
    lock(tmp_path).close()
