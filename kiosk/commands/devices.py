"""`kiosk devices`: what is connected to this machine, what it probably is, and the settings lines to paste."""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from devices.discovery import programs, sysfs
from devices.discovery.found import Found

HELP = "list what is connected, with the settings lines to paste"


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command."""
    parser = subparsers.add_parser(
        "devices",
        help=HELP,
        description="Looks at serial ports, printers, cameras, scanners, card readers and supplies.",
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--root", type=Path, default=sysfs.ROOT, help=argparse.SUPPRESS)


def run(args: argparse.Namespace) -> int:
    """Print everything; 0, also where nothing is connected."""
    by_programs, notes = programs.everything()
    found = (*sysfs.everything(args.root), *by_programs)
    if args.json:
        things = [{**asdict(thing), "settings": thing.settings()} for thing in found]
        print(json.dumps({"devices": things, "notes": notes}, ensure_ascii=False, indent=2))
    else:
        print("\n".join(_lines(found, notes)))
    return 0


def _lines(found: Sequence[Found], notes: Sequence[str]) -> Iterator[str]:
    if not found:
        yield "Nothing is connected that this program could use."
    for thing in found:
        yield from _thing(thing)
        yield ""
    yield from notes


def _thing(thing: Found) -> Iterator[str]:
    """What it is on one line, what is known of it below, then the lines to paste."""
    yield f"{thing.bus}: {thing.path} - {thing.guess.text}"
    usb = thing.usb
    said = [f"USB {usb.ids}" if usb else "", f"serial number {usb.serial}" if usb and usb.serial else ""]
    said += [thing.about, f"now {thing.node}" if thing.node else ""]
    if any(said):
        yield f"    {', '.join(part for part in said if part)}"
    several = len(thing.guess.kinds) > 1
    if several:
        yield "    # it may be any of these; try the first one first"
    yield from (f"    {line}".rstrip() for line in thing.settings().splitlines())
