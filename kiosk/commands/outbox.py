"""`kiosk outbox`: what waits to be handed in to the centre, and what the centre has refused. Counts and kinds, nothing
personal. It may be asked while the terminal runs."""

import argparse
import time
from datetime import UTC, datetime
from pathlib import Path

from kiosk.errors import SetupError
from kiosk.settings import Settings, load
from kiosk.store.outbox import StoreOutbox
from kiosk.store.store import Store

HELP = "what waits for the centre, and what it has refused"
EMPTY = "Nothing waits, nothing was refused."


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command."""
    parser = subparsers.add_parser("outbox", help=HELP, description=__doc__)
    parser.add_argument("--station", metavar="NAME", help="a file of config/stations; without it only the defaults")
    actions = parser.add_subparsers(dest="action", metavar="ACTION")
    retry = actions.add_parser("retry", help="hand a refused letter in again, under the same key")
    retry.add_argument("key", help="its key, as `kiosk outbox` lists it")


def run(args: argparse.Namespace) -> int:
    """List, or let one wait again. Raises SetupError without a store or a letter, StoreError."""
    store = _store(load(args.station))
    try:
        outbox = StoreOutbox(store)
        print("\n".join(_retry(outbox, args.key) if args.action == "retry" else _lines(outbox)))
    finally:
        store.close()
    return 0


def _store(settings: Settings) -> Store:
    path: Path = settings.paths.data / "kiosk.db"
    if not path.exists():
        raise SetupError(f"there is no store {path}: this kiosk has never run here, or with other settings (--station)")
    return Store.open(path, settings.paths.key_file)


def _retry(outbox: StoreOutbox, key: str) -> list[str]:
    if not outbox.retry(key):
        raise SetupError(f"no refused letter has the key {key}; `kiosk outbox` lists them")
    return ["It waits again; a running terminal sends it within a minute."]


def _lines(outbox: StoreOutbox) -> list[str]:
    waiting = [each for each in outbox.standings() if not each.refused]
    lines = [
        f"{each.kind.value}: {each.letters} waiting, the oldest for {_span(each.since)}, tried up to {each.attempts} times"
        for each in waiting
    ]
    lines += [
        f"{each.kind.value}: refused ({each.code}) on {_day(each.since)}, key {each.key}" for each in outbox.aside()
    ]
    return lines or [EMPTY]


def _span(since: float) -> str:
    minutes = max(0, round((time.time() - since) / 60))
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60} h"


def _day(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).date().isoformat()
