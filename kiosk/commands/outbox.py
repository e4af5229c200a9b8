"""`kiosk outbox`: what waits to be handed in to the centre, and what the centre has refused. Counts and kinds, nothing
personal. It may be asked while the terminal runs."""

import argparse
import logging
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from kiosk.errors import SetupError
from kiosk.journal import Shown
from kiosk.settings import Settings, load
from kiosk.store.outbox import Aside, StoreOutbox
from kiosk.store.store import Store

log = logging.getLogger(__name__)

HELP = "what waits for the centre, and what it has refused"
EMPTY = "Nothing waits, nothing was refused."
LONGEST_REASON = 200
WHAT_TO_DO: Mapping[str, str] = {
    "file-lost": "a page of it is neither here nor at the centre: its applicant has to bring it again",
    "unreadable": "an earlier version of this program wrote it: bring that version back, retry, then update again",
    "bad-file": "the centre does not take one of its pages: its applicant has to bring it again",
    "nothing-asked": "what it supplements was brought in another way meanwhile: look at the case, then discard it",
    "already-handed-in": "its draft was handed in at another kiosk meanwhile: look at that case, then discard this one",
    "no-such-case": "the centre does not have the case that it is about: ask the centre's operator",
    "materials-missing": "retry; if it comes back, ask the centre's operator",
}
"""By the code of the refusal."""
USUALLY = "ask the centre's operator what has changed there since it was kept; retry when that is put right"
FOOTER = (
    "What was refused stays here until somebody decides:",
    "  kiosk outbox retry KEY                 hands it in again, under the same key: it is never taken twice",
    "  kiosk outbox discard KEY --reason WHY  deletes what it says, when its applicant has been told; the log stays",
)


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command."""
    parser = subparsers.add_parser("outbox", help=HELP, description=__doc__)
    parser.add_argument("--station", metavar="NAME", help="a file of config/stations; without it only the defaults")
    actions = parser.add_subparsers(dest="action", metavar="ACTION")
    retry = actions.add_parser("retry", help="hand a refused letter in again, under the same key")
    discard = actions.add_parser("discard", help="delete a refused letter, and write down that it was there and why")
    actions.add_parser("log", help="the letters that were discarded, when and why")
    for action in (retry, discard):
        action.add_argument("key", help="its key, as `kiosk outbox` lists it")
    discard.add_argument("--reason", required=True, metavar="WHY", help="in a few words, without anything personal")


def run(args: argparse.Namespace) -> int:
    """List, or decide about one. Raises SetupError without a store, a letter or a reason, StoreError."""
    store = _store(load(args.station))
    try:
        print("\n".join(_ACTIONS[args.action](StoreOutbox(store), args)))
    finally:
        store.close()
    return 0


def _store(settings: Settings) -> Store:
    path: Path = settings.paths.data / "kiosk.db"
    if not path.exists():
        raise SetupError(f"there is no store {path}: this kiosk has never run here, or with other settings (--station)")
    return Store.open(path, settings.paths.key_file)


def _retry(outbox: StoreOutbox, args: argparse.Namespace) -> list[str]:
    if not outbox.retry(args.key):
        raise _no_such(args.key)
    return ["It waits again; a running terminal sends it within a minute."]


def _discard(outbox: StoreOutbox, args: argparse.Namespace) -> list[str]:
    reason = " ".join(args.reason.split())
    if not reason or len(reason) > LONGEST_REASON:
        raise SetupError(f"--reason: say why in 1 to {LONGEST_REASON} characters; it stays in the log")
    if not outbox.discard(args.key, reason):
        raise _no_such(args.key)
    log.warning("a letter was discarded by hand: %s", Shown(args.key))
    return [
        "It is deleted, and will never be handed in. `kiosk outbox log` keeps that it was here, and why it is gone."
    ]


def _no_such(key: str) -> SetupError:
    return SetupError(f"no refused letter has the key {key}; `kiosk outbox` lists them")


def _log(outbox: StoreOutbox, _args: argparse.Namespace) -> list[str]:
    lines = [
        f"{each.kind.value} of {_day(each.since)}: refused ({each.code}), discarded on {_day(each.at)}, key {each.key}: "
        f"{each.reason}"
        for each in outbox.discarded()
    ]
    return lines or ["No letter was discarded."]


def _lines(outbox: StoreOutbox, _args: argparse.Namespace) -> list[str]:
    waiting = [each for each in outbox.standings() if not each.refused]
    lines = [
        f"{each.kind.value}: {each.letters} waiting, the oldest for {_span(each.since)}, tried up to {each.attempts} times"
        for each in waiting
    ]
    aside = outbox.aside()
    lines += [line for each in aside for line in _refused(each)]
    return [*lines, *(FOOTER if aside else ())] or [EMPTY]


def _refused(letter: Aside) -> tuple[str, str]:
    return (
        f"{letter.kind.value}: refused ({letter.code}), kept since {_day(letter.since)}, key {letter.key}",
        f"  {WHAT_TO_DO.get(letter.code, USUALLY)}",
    )


def _span(since: float) -> str:
    minutes = max(0, round((time.time() - since) / 60))
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60} h"


def _day(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).date().isoformat()


_ACTIONS: Mapping[str | None, Callable[[StoreOutbox, argparse.Namespace], list[str]]] = {
    None: _lines,
    "retry": _retry,
    "discard": _discard,
    "log": _log,
}
