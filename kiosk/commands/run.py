"""`kiosk run`: open the terminal of a station."""

import argparse
import gc
import os

from kiosk import journal
from kiosk.settings import Settings, load
from kiosk.virtual_display import virtual_display_if_needed


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command."""
    parser = subparsers.add_parser("run", help="run the terminal", description=__doc__)
    parser.add_argument("--station", metavar="NAME", help="a file of config/stations; none: the defaults alone")
    parser.add_argument(
        "--simulate", action="store_true", help="simulated devices, with hands for them in a dock beside"
    )



def run(args: argparse.Namespace) -> int:
    """Open the window and stay. Raises SettingsError, SetupError."""
    gc.disable()  # nothing of an import is garbage; the terminal switches it on when it has started
    settings = load(args.station)
    journal.start(settings.log.level, settings.log.folder, file_mb=settings.log.file_mb, files=settings.log.files)
    width, height = window_size(settings, args.simulate)
    with virtual_display_if_needed(width, height, serve=True):
        # Without this SDL falls back to drawing where nobody sees it when the display does not answer.
        os.environ.setdefault("SDL_VIDEODRIVER", "wayland,x11" if "WAYLAND_DISPLAY" in os.environ else "x11")
        from kiosk.bootstrap import Terminal  # after the display is there: importing Kivy opens it

        Terminal(settings, simulate=args.simulate, dock=args.simulate).run()
    return 0


def window_size(settings: Settings, dock: bool) -> tuple[int, int]:
    """Pixels of the window, the dock included."""
    screen = settings.screen
    scale = 1.0 if screen.fullscreen else screen.window_scale
    width, height = round(screen.width_px * scale), round(screen.height_px * scale)
    if dock:
        from screens.dock_size import WIDTH_PX

        width += WIDTH_PX
    return width, height
