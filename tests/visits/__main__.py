"""`python -m tests.visits [keypad|large|left ...]`: play the visits, leave their pictures in build/visits."""

import argparse
import shutil
import sys
import tempfile
import traceback
from pathlib import Path
from types import TracebackType

from kiosk import fonts, journal
from kiosk.virtual_display import VirtualDisplay
from tests.visits.scripts import VISITS


def main() -> None:
    """The command line. Ends with 1 at what did not happen as it should, and says what that was."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("visits", nargs="*", choices=[*VISITS, []], help="which; none: all")
    parser.add_argument("--out", type=Path, default=Path("build/visits"))
    asked = parser.parse_args()
    fonts.prepare()
    for name in asked.visits or VISITS:
        play(name, asked.out / name)
        sys.stdout.write(f"{name}: pictures in {asked.out / name}\n")


def _say(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
    """What did not happen, where it is seen."""
    traceback.print_exception(error, file=sys.stdout)


def play(name: str, out: Path) -> None:
    """One visit on a screen of its own."""
    from tests.visits.visitor import Visitor, settings_for

    script = VISITS[name]
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    with tempfile.TemporaryDirectory(prefix="kiosk-visit-") as folder:
        data = Path(folder)
        settings = settings_for(script.station, data)
        journal.start("INFO", settings.log.folder)
        sys.excepthook = _say  # the journal and Kivy would keep it for themselves
        with VirtualDisplay(settings.screen.width_px, settings.screen.height_px):
            visitor = Visitor(script.station, data, out)
            visitor.begin()
            try:
                script.play(visitor)
                if script.listens:
                    assert (data / "heard.pcm").stat().st_size > 200_000, "hardly anything was to be heard"
            except AssertionError:
                visitor.keep("here-it-failed")
                raise
            finally:
                visitor.terminal.stop()


if __name__ == "__main__":
    main()
