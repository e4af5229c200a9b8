"""`kiosk dictionaries`: build what writing on the screen reads (place names, words, parts of characters), at set-up."""

import argparse
import time
from pathlib import Path


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command."""
    parser = subparsers.add_parser("dictionaries", help="build the dictionaries for writing", description=__doc__)
    parser.add_argument("--out", type=Path, metavar="FOLDER", help="where to (default: the setting paths.writing)")
    parser.add_argument("--station", metavar="NAME", help="whose settings; without it the defaults")


def run(args: argparse.Namespace) -> int:
    """Build them, some seconds; harmless when they are up to date. Raises SetupError and SettingsError."""
    from kiosk.settings import load
    from kiosk.writing.dictionaries import build

    target = args.out or load(args.station).paths.writing
    begun = time.monotonic()
    made = build(target.resolve())
    print(f"built {target} in {time.monotonic() - begun:.0f} s" if made else f"dictionaries are ready in {target}")
    return 0
