"""The `kiosk` command: a table of sub-commands, of which only the chosen one is imported.

A command is a module with `add_parser(subparsers)`, which registers its own sub-parser, and `run(args) -> int`, whose
result is the exit status. Trouble that is ours to explain is one sentence on standard error and status 2.
"""

import argparse
import json
import os
import signal
import sys
from importlib import import_module
from types import FrameType
from typing import NamedTuple, NoReturn

from kiosk.errors import KioskError

WRONG, INTERRUPTED = 2, 130


class Command(NamedTuple):
    """Where a command is, and its line in `kiosk --help` (kept here so that help imports nothing)."""

    module: str
    help: str


COMMANDS = {
    "run": Command("kiosk.commands.run", "run the terminal"),
    "demo": Command("kiosk.commands.demo", "play one resident's visit and leave its pictures in build/demo"),
    "check": Command("kiosk.commands.check", "print all settings and test devices, fonts, display and centre"),
    "devices": Command("kiosk.commands.devices", "list what is connected, with the settings lines to paste"),
    "approval": Command("kiosk.commands.approval", "the reference approval service: serve, call, openapi"),
    "read-card": Command("kiosk.commands.read_card", "wait for one ID card, print it and leave"),
    "simulate": Command("kiosk.commands.simulate", "be the far end of a device's cable"),
    "outbox": Command("kiosk.commands.outbox", "list what waits for the centre, and what it has refused"),
    "upkeep-pin": Command("kiosk.commands.upkeep_pin", "set the PIN that opens the upkeep pages"),
    "fonts": Command("kiosk.commands.fonts", "prepare the Chinese typefaces"),
    "dictionaries": Command("kiosk.commands.dictionaries", "build the dictionaries for writing on the screen"),
}


class Parser(argparse.ArgumentParser):
    """Says what is wrong with a command line as JSON on standard output where JSON was asked for, like the commands."""

    def error(self, message: str) -> NoReturn:
        """Wrong use: status 2."""
        if "--json" in sys.argv:
            print(json.dumps({"error": "wrong_use", "message": message}, ensure_ascii=False))  # noqa: T201
            self.exit(WRONG)
        super().error(message)


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit status (argparse leaves with 2 on wrong use)."""
    argv = sys.argv[1:] if argv is None else argv
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # none is used; looking for them costs a start 20 ms
    signal.signal(signal.SIGTERM, _leave)
    args = _parser(_chosen(argv)).parse_args(argv)
    try:
        return int(import_module(COMMANDS[args.command].module).run(args))
    except KioskError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return WRONG
    except KeyboardInterrupt:
        return INTERRUPTED


def _chosen(argv: list[str]) -> str | None:
    """The command in `argv`: the first word that is not an option."""
    word = next((word for word in argv if not word.startswith("-")), None)
    return word if word in COMMANDS else None


def _parser(chosen: str | None) -> argparse.ArgumentParser:
    parser = Parser(
        prog="kiosk",
        description="Bianmin: a self-service terminal for public services.",
        epilog="kiosk COMMAND --help explains a command.",
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    if chosen is not None:
        import_module(COMMANDS[chosen].module).add_parser(commands)
    else:
        for name, command in COMMANDS.items():
            commands.add_parser(name, help=command.help)
    return parser


def _leave(_signal: int, _frame: FrameType | None) -> NoReturn:
    """SIGTERM unwinds like any exit, so that devices are closed and helpers ended."""
    raise SystemExit(128 + signal.SIGTERM)


if __name__ == "__main__":
    sys.exit(main())
