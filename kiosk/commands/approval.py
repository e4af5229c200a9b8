"""`kiosk approval ...`: the reference approval service and its operator's commands."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from kiosk.commands import approval_cases, approval_year
from kiosk.errors import KioskError

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from kiosk.approval.queues import Hall
    from kiosk.approval.server import ServeOptions

T = TypeVar("T")
WRONG_USE = 2


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `approval` with its own commands."""
    parser = subparsers.add_parser("approval", help="the reference approval service")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    _add_serve(actions)
    actions.add_parser("openapi", help="print the API as an OpenAPI document").set_defaults(action_run=_openapi)
    code = _add(actions, "enrol-code", _enrol_code, "make a one-time code for a kiosk")
    code.add_argument("--station", required=True, help="the station that may use it")
    code.add_argument("--days", type=_days, default=7, help="valid for so many days (default 7)")
    revoke = _add(actions, "revoke", _revoke, "revoke a kiosk's credential")
    revoke.add_argument("kiosk", help="its id, see `kiosk approval kiosks`")
    call = _add(actions, "call", _call, "a window finishes its ticket and calls the next")
    call.add_argument("window", type=int, help="the window's number")
    call.add_argument("--queue", help="call from this queue only")
    _add(actions, "queue", _queue, "print every queue as it is now")
    _add(actions, "kiosks", _kiosks, "list the kiosks, when each was last seen and what is wrong")
    approval_year.add(actions, _add, _write)
    withdraw = _add(actions, "withdraw-result", _withdraw_result, "say that a result document does not hold any more")
    withdraw.add_argument("code", help="its verification code")
    _add(actions, "readiness", _readiness, "list each kiosk's newest readiness report and what is not ready")
    approval_cases.add_commands(actions, _add, _write)


def run(args: argparse.Namespace) -> int:
    """Do what was asked; 0, or 2 with one sentence on standard error."""
    try:
        action: Callable[[argparse.Namespace], int] = args.action_run
        return action(args)
    except KioskError as error:
        print(f"kiosk approval {args.action}: {error}", file=sys.stderr)
        return WRONG_USE


def _add(actions: Any, name: str, action: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = actions.add_parser(name, help=text)
    parser.set_defaults(action_run=action)
    parser.add_argument(
        "--database",
        metavar="URL",
        help="sqlite:///FILE or postgresql+psycopg://... (default: a file in the user's state folder)",
    )
    parser.add_argument(
        "--queues", type=Path, metavar="FILE", help="the hall's queues (default: config/approval/queues.toml)"
    )
    return parser


def _add_serve(actions: Any) -> None:
    serve = _add(actions, "serve", _serve, "serve the API")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
    serve.add_argument("--port", type=_port, default=8800, help="port to listen on, 0 for any free one (default 8800)")
    approval_cases.add_offices(serve)
    serve.add_argument("--public-url", default="", metavar="URL", help="where residents reach /q/ and /guides/")
    serve.add_argument(
        "--practice", action="store_true", help="practice windows call a number now and then, a practice clerk decides"
    )
    serve.add_argument(
        "--clerk-seconds", type=_seconds, default=4.0, metavar="N", help="time between the clerk's steps (default 4)"
    )
    serve.add_argument(
        "--practice-seconds",
        type=_span,
        default=(20.0, 60.0),
        metavar="LEAST-MOST",
        help="time between their calls (default 20-60)",
    )
    serve.add_argument("--practice-seed", type=int, metavar="N", help="makes their calls repeatable")
    serve.add_argument(
        "--embedded", action="store_true", help="print one JSON line when ready, end when standard input closes"
    )
    serve.add_argument("--behind-tls-proxy", action="store_true", help="a proxy in front does the encryption")
    serve.add_argument("--certificate", type=Path, metavar="FILE", help="TLS certificate chain (PEM)")
    serve.add_argument("--key", type=Path, metavar="FILE", help="its private key (PEM)")
    _add_files(serve)


def _add_files(serve: argparse.ArgumentParser) -> None:
    serve.add_argument(
        "--files",
        default="",
        metavar="FOLDER_OR_S3",
        help="where files are kept: a folder, or s3://BUCKET/PREFIX?endpoint=URL&region=NAME with the access key in the "
        "environment (default: the folder files beside the database)",
    )
    serve.add_argument(
        "--prints-per-result", type=_count, default=3, metavar="N", help="prints of one result document (default 3)"
    )


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) > 99:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 0 to 99")
    return int(text)


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port between 0 and 65535")
    return int(text)


def _days(text: str) -> float:
    try:
        days = float(text)
    except ValueError:
        days = 0
    if not 0 < days <= 365:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of days between 0 and 365")
    return days


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1
    if not 0 <= seconds <= 86_400:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds between 0 and 86400")
    return seconds


def _span(text: str) -> tuple[float, float]:
    try:
        least, most = (float(part) for part in text.split("-"))
    except ValueError:
        least, most = 1.0, 0.0
    if not 0 < least <= most:
        raise argparse.ArgumentTypeError(f"{text!r} is not LEAST-MOST in seconds, as in 20-60")
    return least, most


def _serve(args: argparse.Namespace) -> int:
    import gc

    gc.disable()  # a tenth of the start: nothing that is imported will ever be garbage
    from kiosk.approval.server import serve

    gc.freeze()
    gc.enable()
    _log_to_stderr()
    serve(_serve_options(args))
    return 0


def _serve_options(args: argparse.Namespace) -> "ServeOptions":
    from kiosk.approval.practice import Rhythm
    from kiosk.approval.server import ServeOptions

    least_s, most_s = args.practice_seconds
    return ServeOptions(
        database=_database_url(args),
        host=args.host,
        port=args.port,
        catalogue=args.catalogue,
        queues=_queues_file(args),
        offices=approval_cases.offices_file(args),
        clerk_s=args.clerk_seconds,
        public_url=args.public_url,
        practice=Rhythm(least_s, most_s, args.practice_seed) if args.practice else None,
        embedded=args.embedded,
        behind_tls_proxy=args.behind_tls_proxy,
        certificate=args.certificate,
        key=args.key,
        files=args.files,
        prints_per_result=args.prints_per_result,
    )


def _log_to_stderr() -> None:
    import logging

    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for chatty in ("alembic", "uvicorn"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


def _openapi(_args: argparse.Namespace) -> int:
    import json

    from kiosk.approval.app import create_app

    print(json.dumps(create_app(None).openapi(), ensure_ascii=False, indent=2))
    return 0


def _enrol_code(args: argparse.Namespace) -> int:
    from datetime import timedelta

    from kiosk.approval import enrolment

    valid = timedelta(days=args.days)
    print(_write(args, lambda session, hall: enrolment.make_code(session, args.station, hall.now(), valid)))
    return 0


def _revoke(args: argparse.Namespace) -> int:
    from kiosk.approval import enrolment

    if not _write(args, lambda session, hall: enrolment.revoke(session, args.kiosk, hall.now())):
        raise KioskError(f"there is no kiosk {args.kiosk!r}; `kiosk approval kiosks` lists them")
    print(f"{args.kiosk}: revoked")
    return 0


def _call(args: argparse.Namespace) -> int:
    from kiosk.approval import tickets

    call = _write(args, lambda session, hall: tickets.call(session, hall, args.window, args.queue))
    if call.served:
        print(f"{call.served} served")
    print(f"{call.called} to window {args.window}" if call.called else "nobody is waiting")
    return 0


def _queue(args: argparse.Namespace) -> int:
    from kiosk.approval import reports

    return _print(args, reports.queue_lines)


def _kiosks(args: argparse.Namespace) -> int:
    from kiosk.approval import reports

    return _print(args, reports.kiosk_lines)


def _readiness(args: argparse.Namespace) -> int:
    from kiosk.approval import readiness

    return _print(args, readiness.lines)


def _withdraw_result(args: argparse.Namespace) -> int:
    from kiosk.approval import results

    row = _write(args, lambda session, hall: results.withdraw(session, args.code, hall.now()))
    print(f"{results.grouped(row.code)}: withdrawn")
    return 0


def _print(args: argparse.Namespace, lines: "Callable[[Session, Hall], list[str]]") -> int:
    print("\n".join(_write(args, lines)))
    return 0


def _write(args: argparse.Namespace, work: "Callable[[Session, Hall], T]") -> T:
    from sqlalchemy.exc import SQLAlchemyError

    from kiosk.approval.service import open_database, open_hall, unusable

    hall = open_hall(_queues_file(args))
    database = open_database(_database_url(args))
    try:
        return database.write(lambda session: work(session, hall))
    except SQLAlchemyError as error:
        raise unusable(database, error) from error
    finally:
        database.close()


def _database_url(args: argparse.Namespace) -> str:
    from kiosk.approval.database import default_url

    return args.database or default_url()


def _queues_file(args: argparse.Namespace) -> Path:
    from kiosk.approval.queues import QUEUES

    return args.queues or QUEUES
