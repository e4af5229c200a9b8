"""`kiosk approval report` and `kiosk approval complaint`: the yearly report, and what belongs into it."""

import argparse
import csv
import io
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from kiosk.errors import KioskError

Command = Callable[[Any, str, Callable[[argparse.Namespace], int], str], argparse.ArgumentParser]
Within = Callable[[argparse.Namespace, Callable[[Any, Any], Any]], Any]
"""Does something in a transaction of the database that was asked for: (session, hall) -> result."""


def add(actions: Any, command: Command, within: Within) -> None:
    """Add both commands."""
    report = command(actions, "report", partial(_report, within), "print the yearly report on cases")
    report.add_argument("--year", type=_year, required=True, metavar="YYYY")
    report.add_argument(
        "--csv", type=Path, metavar="FILE", help="write it as CSV (UTF-8 with a mark, as spreadsheets want)"
    )
    report.add_argument("--pdf", type=Path, metavar="FILE", help="write it as PDF")
    report.add_argument(
        "--catalogue", type=Path, metavar="FOLDER_OR_JSON", help="what is published (default: the built-in sample)"
    )
    complaint = command(actions, "complaint", partial(_complain, within), "enter a complaint about a case, or close it")
    complaint.add_argument("case", help="the number of the case or sub-case")
    complaint.add_argument(
        "--justified", choices=("yes", "no"), help="what staff found; without it the complaint is only entered"
    )


def _year(text: str) -> int:
    if not (text.isdecimal() and 2000 <= int(text) <= 2100):
        raise argparse.ArgumentTypeError(f"{text!r} is not a year between 2000 and 2100")
    return int(text)


def _report(within: Within, args: argparse.Namespace) -> int:
    """Raises KioskError for a catalogue that cannot be read and a file that cannot be written."""
    from kiosk.approval import publication
    from kiosk.approval.year import HEAD, table, year_report

    catalogue = publication.load(args.catalogue).catalogue
    report = within(args, lambda session, hall: year_report(session, catalogue, args.year, hall.zone))
    rows = [tuple(HEAD), *table(report)]
    if args.csv:
        _write(args.csv, ("\ufeff" + _csv(rows)).encode())
    if args.pdf:
        from kiosk.approval.year_paper import year_pdf

        _write(args.pdf, year_pdf(report, sample=catalogue.sample))
    if not (args.csv or args.pdf):
        sys.stdout.write(_csv(rows))
    return 0


def _complain(within: Within, args: argparse.Namespace) -> int:
    """Raises KioskError where there is no such case, or nothing to close."""
    from kiosk.approval import complaints

    found = {None: None, "yes": True, "no": False}[args.justified]
    print(within(args, lambda session, hall: complaints.enter(session, hall.now(), args.case, found)))
    return 0


def _csv(rows: list[tuple[str, ...]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue()


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise KioskError(f"{path}: cannot be written ({error.strerror})") from error
