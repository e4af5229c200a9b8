"""The `kiosk` command: imports only the command that is asked for."""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module

COMMANDS = {"approval": "kiosk.commands.approval"}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its exit status."""
    words = list(sys.argv[1:] if argv is None else argv)
    parser = argparse.ArgumentParser(prog="kiosk")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, module in COMMANDS.items():
        if not words or words[0] in (name, "-h", "--help"):
            import_module(module).add_parser(subparsers)
    args = parser.parse_args(words)
    status: int = import_module(COMMANDS[args.command]).run(args)
    return status


if __name__ == "__main__":
    sys.exit(main())
