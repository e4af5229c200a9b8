"""`kiosk approval decide`, `follow-up`, `app-code`: what clerks do with cases, beside a running service."""

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from kiosk.errors import KioskError

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from kiosk.approval.centre import Centre
    from kiosk.approval.queues import Hall

Add = Callable[[Any, str, Callable[[argparse.Namespace], int], str], argparse.ArgumentParser]
Write = Callable[[argparse.Namespace, "Callable[[Session, Hall], Any]"], Any]
ACTIONS = ("accept", "return", "review", "grant", "refuse", "make", "issue", "deliver")


def add_commands(actions: Any, add: Add, write: Write) -> None:
    """Add the commands about cases. `add` makes a command's parser, `write` works on its database."""
    _add_decide(add(actions, "decide", lambda args: _decide(args, write), "a clerk does something with a case"))
    follow = add(
        actions, "follow-up", lambda args: _follow_up(args, write), "list open follow-ups of low ratings, close one"
    )
    follow.add_argument("number", nargs="?", type=int, help="of one: print what was written with its rating")
    follow.add_argument("--outcome", metavar="TEXT", help="close it: what came of it")
    code = add(actions, "app-code", lambda args: _app_code(args, write), "print a code as the citizens' app shows it")
    code.add_argument("--document", required=True, choices=("resident_card", "hmt_permit", "foreigner_card"))
    code.add_argument("--name", required=True, help="as on the document; for tests: an invented one")
    code.add_argument("--number", required=True, help="the document's number")


def _add_decide(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("case", help="number of a case, or of one of its sub-cases")
    parser.add_argument("do", choices=ACTIONS, metavar="ACTION", help=" | ".join(ACTIONS))
    parser.add_argument("--material", action="append", default=[], metavar="ID", help="return: what is asked for")
    parser.add_argument("--reason", action="append", default=[], metavar="TEXT", help="return: why; refuse: why")
    parser.add_argument("--parcel", default="", metavar="NUMBER", help="issue by post: the tracking number")
    add_offices(parser)


def add_offices(parser: argparse.ArgumentParser) -> None:
    """Add `--catalogue` and `--offices`."""
    from pathlib import Path

    parser.add_argument(
        "--catalogue", type=Path, metavar="FOLDER_OR_JSON", help="what is published (default: the built-in sample)"
    )
    parser.add_argument(
        "--offices", type=Path, metavar="FILE", help="who decides what (default: config/approval/offices.toml)"
    )


def offices_file(args: argparse.Namespace) -> Any:
    """The offices file that was named, or the built-in one."""
    from kiosk.approval.offices import OFFICES

    return args.offices or OFFICES


def _decide(args: argparse.Namespace, write: Write) -> int:
    from kiosk.approval import decisions

    decision = _decision(args)
    book, published = _centre_of(args)

    def work(session: "Session", hall: "Hall") -> list[str]:
        rows = decisions.decide(session, _centre(hall, published, book), args.case, decision)
        return [f"{row.number} {row.item}: {row.state.replace('_', ' ')}" for row in rows]

    print("\n".join(write(args, work)))
    return 0


def _centre_of(args: argparse.Namespace) -> tuple[Any, Any]:
    from kiosk.approval import offices, publication

    return offices.load_offices(offices_file(args)), publication.load(args.catalogue).catalogue


def _centre(hall: "Hall", catalogue: Any, book: Any) -> "Centre":
    from kiosk.approval.centre import Centre

    return Centre(hall, catalogue, book)


def _decision(args: argparse.Namespace) -> Any:
    from kiosk.approval.decisions import Action, Decision

    reasons = [reason.strip() for reason in args.reason]
    if not all(reasons):
        raise KioskError("--reason is empty; say why")
    if args.do == Action.RETURN:
        if len(args.material) != len(reasons):
            raise KioskError("every --material has its --reason, and every --reason its --material")
        return Decision(Action.RETURN, asked=tuple(zip(args.material, reasons, strict=True)))
    asked = tuple((material, "") for material in args.material)
    return Decision(Action(args.do), asked=asked, note=" ".join(reasons), parcel=args.parcel.strip())


def _follow_up(args: argparse.Namespace, write: Write) -> int:
    from kiosk.approval import follow_ups

    number, outcome = args.number, args.outcome
    if outcome is not None and number is None:
        raise KioskError("which one? `kiosk approval follow-up` lists them: follow-up NUMBER --outcome TEXT")
    if number is None:
        print("\n".join(write(args, follow_ups.open_lines)))
    elif outcome is None:
        print(write(args, lambda session, _hall: follow_ups.words_of(session, number)) or "nothing was written with it")
    else:
        print(write(args, lambda session, hall: follow_ups.close(session, hall.now(), number, outcome)))
    return 0


def _app_code(args: argparse.Namespace, write: Write) -> int:
    from pydantic import ValidationError

    from kiosk.approval import app_codes
    from kiosk.contract.cases import AppIdentity

    try:
        identity = AppIdentity(document=args.document, name=args.name, number=args.number)
        print(write(args, lambda session, hall: app_codes.make(session, identity, hall.now())))
    except ValidationError as error:
        raise KioskError("the name or the number is too long for a code, or empty") from error
    return 0
