"""`kiosk fonts`: split the Chinese faces out of Debian's font collections, once, at set-up."""

import argparse

from kiosk import fonts


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command."""
    subparsers.add_parser("fonts", help="prepare the Chinese typefaces (part of the set-up)", description=__doc__)


def run(_args: argparse.Namespace) -> int:
    """Prepare the faces; harmless when they are there. Raises SetupError."""
    made = fonts.prepare()
    print("\n".join(f"prepared {path.name}" for path in made) or f"fonts are ready in {fonts.folder()}")
    return 0
