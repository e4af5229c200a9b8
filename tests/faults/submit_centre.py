"""The approval service as the laboratory has it: the real one, in a process that can be killed at any moment and started again.

`python -m tests.faults.submit_centre` is its nursery: it has imported everything and loaded the catalogue, and forks a child
that serves; so a restart takes a moment, and not the seconds of a start.
"""

import json
import logging
import os
import select
import signal
import subprocess
import sys
import threading
from collections import Counter
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import func
from sqlalchemy import select as rows_of

from kiosk.approval.case_tables import AskedRow, CaseMaterialRow, CaseRow
from kiosk.approval.decisions import Action
from kiosk.approval.queues import Hall, load_queues
from kiosk.approval.record_tables import DraftRow, RatingRow
from kiosk.approval.server import AnnouncingServer, ServeOptions, configure, listen
from kiosk.approval.service import Service, open_database, utc_now
from tests.approval.applications import do
from tests.approval.hall import enrol_kiosk, published
from tests.faults.submit_mistakes import forgetful

START_S = 30.0


@dataclass(frozen=True)
class Found:
    """What the service has, by name. `cases`: name -> the numbers under which it is there; the others: how often."""

    cases: dict[str, list[str]] = field(default_factory=dict)
    drafts: Counter[str] = field(default_factory=Counter)
    ratings: Counter[str] = field(default_factory=Counter)
    supplements: Counter[str] = field(default_factory=Counter)


class Centre(AbstractContextManager["Centre"]):
    """The service's database, which the laboratory looks into, and the process that serves it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.forgets_keys = False
        """A mistake that is made from the next start on."""
        self._lock = threading.Lock()
        self._port = 0

    def __enter__(self) -> "Centre":
        command = [sys.executable, "-m", "tests.faults.submit_centre", str(self._folder)]
        self._nursery = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._own = _service(self._folder)
        self.credentials = tuple(enrol_kiosk(self._own, f"hall-{n}").credential for n in (1, 2))
        self._serve()
        return self

    def __exit__(self, *_: object) -> None:
        with self._nursery as nursery:
            nursery.communicate(timeout=START_S)
        self._own.close()

    @property
    def url(self) -> str:
        """Where it serves, always the same."""
        return f"http://127.0.0.1:{self._port}"

    def kill(self) -> None:
        """As after a power cut of the centre: connections break, what was committed is there. Then it serves again."""
        with self._lock:
            self._serve()

    def _serve(self) -> None:
        assert self._nursery.stdin
        assert self._nursery.stdout
        self._nursery.stdin.write(f"{self._port} {int(self.forgets_keys)}\n")
        self._nursery.stdin.flush()
        self._port = int(self._nursery.stdout.readline())

    def ask_for_more(self) -> str | None:
        """A clerk asks for a material of a case of which nothing was asked yet; the case's token, None without one."""
        newest = rows_of(CaseRow.number, CaseRow.token).order_by(CaseRow.received_at.desc()).limit(1)
        with self._own.database.reading() as session:
            case = session.execute(newest).first()
            asked = case and session.scalar(rows_of(AskedRow.id).where(AskedRow.sub_case == case.number))
        if case is None or asked:
            return None
        do(self._own, case.number, Action.RETURN, asked=(("photo", "看不清楚。"),))
        return str(case.token)

    def found(self) -> Found:
        """What is there now."""
        found = Found()
        turns = rows_of(CaseMaterialRow.case_number, func.max(CaseMaterialRow.turn)).group_by(
            CaseMaterialRow.case_number
        )
        with self._own.database.reading() as session:
            handed_in = {number: turn for number, turn in session.execute(turns)}  # noqa: C416  a result is no list of pairs
            for number, token, fields in session.execute(rows_of(CaseRow.number, CaseRow.token, CaseRow.fields)):
                found.cases.setdefault(json.loads(fields)["stall-goods"], []).append(number)
                found.supplements[token] = handed_in.get(number, 0)
            for body in session.scalars(rows_of(DraftRow.body).where(DraftRow.submitted_at.is_(None))):
                found.drafts[json.loads(body)["fields"]["stall-goods"]] += 1
            found.ratings.update(session.scalars(rows_of(RatingRow.words)))
        return found


def _service(folder: Path) -> Service:
    database = open_database(f"sqlite:///{folder / 'approval.db'}")
    return Service(database, Hall(load_queues(), utc_now), published(), "https://hall.example")


# --- the nursery --------------------------------------------------------------------------------------------------


def born(folder: Path, port: int, tube: int) -> None:
    """In the child: serve until killed."""
    try:
        options = ServeOptions(database="", port=port)
        service = _service(folder)
        with listen(options) as listener:
            said = f"{listener.getsockname()[1]}\n".encode()
            AnnouncingServer(configure(service, options), lambda: os.write(tube, said) and None).run([listener])
    finally:
        os._exit(1)


def main() -> int:
    """A port a line in (0: any), and whether keys are forgotten: what serves is killed, another serves there, its port is said."""
    logging.disable(logging.CRITICAL)
    folder, child = Path(sys.argv[1]), 0
    published()
    for line in sys.stdin:
        _end(child)
        child, port = _begin(folder, *map(int, line.split()))
        sys.stdout.write(f"{port}\n")
        sys.stdout.flush()
    _end(child)
    return 0


def _begin(folder: Path, port: int, forgets_keys: int) -> tuple[int, int]:
    tube, end = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(tube)
        if forgets_keys:
            forgetful()
        born(folder, port, end)
    os.close(end)
    assert select.select([tube], [], [], START_S)[0]
    said = os.read(tube, 100)
    os.close(tube)
    return child, int(said)


def _end(child: int) -> None:
    if child:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


if __name__ == "__main__":
    sys.exit(main())
