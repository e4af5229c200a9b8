"""`kiosk run`: open the terminal of a station. Exit status 75: it ended because the battery was nearly empty."""

import argparse
import gc
import os
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk import head_start
from kiosk.bootstrap.first_look import FirstLook, first_look
from kiosk.power_cut import EXIT_STATUS
from screens.dock_size import WIDTH_PX

if TYPE_CHECKING:
    from kiosk.settings import Settings


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command."""
    parser = subparsers.add_parser("run", help="run the terminal", description=__doc__)
    parser.add_argument("--station", metavar="NAME", help="a file of config/stations; none: the defaults alone")
    parser.add_argument(
        "--simulate", action="store_true", help="simulated devices, with hands for them in a dock beside"
    )


def run(args: argparse.Namespace) -> int:
    """Open the window and stay; ends with EXIT_STATUS for want of power. Raises SettingsError, SetupError."""
    gc.disable()  # nothing of an import is garbage; the terminal switches it on when it has started
    look = first_look(args.station)
    with display(look, args.simulate):
        warmed_up = head_start.begin()
        from kiosk import journal

        level, folder, file_mb, files = look.log
        journal.start(level, Path(folder), file_mb=file_mb, files=files)
        from kiosk.bootstrap.terminal import Terminal  # after the display is there: importing Kivy opens it

        warmed_up()
        terminal = Terminal(look, lambda: _settings(args.station), simulate=args.simulate, dock=args.simulate)
        terminal.run()
    return EXIT_STATUS if terminal.power_over else 0


def display(look: FirstLook, dock: bool) -> AbstractContextManager[object]:
    """The session's own screen, or a virtual one served to a browser."""
    # Without this SDL falls back to drawing where nobody sees it when the display does not answer.
    os.environ.setdefault("SDL_VIDEODRIVER", "wayland,x11" if "WAYLAND_DISPLAY" in os.environ else "x11")
    if "DISPLAY" in os.environ or "WAYLAND_DISPLAY" in os.environ:
        return nullcontext()
    from kiosk.virtual_display import virtual_display_if_needed

    return virtual_display_if_needed(*window_size(look, dock), serve=True)


def window_size(look: FirstLook, dock: bool) -> tuple[int, int]:
    """Pixels of the window, the dock included."""
    width, height = look.size
    return width + (WIDTH_PX if dock else 0), height


def _settings(station: str | None) -> "Settings":
    from kiosk.settings import load

    return load(station)
