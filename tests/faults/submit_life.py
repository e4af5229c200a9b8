"""Lives of a terminal that hands in cases, each in a process of its own that may be killed at any moment.

`python -m tests.faults.submit_life FOLDER` is the nursery: a process without threads that has imported everything, reads one
plan a line, forks a child that lives it, and answers with what the child said before it died.
"""

import json
import logging
import os
import random
import resource
import select
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import cache, partial
from itertools import count
from pathlib import Path
from types import FrameType
from typing import Any

from kiosk import words
from kiosk.centre.client import HttpCentre
from kiosk.centre.http import Timeouts
from kiosk.context import Context
from kiosk.courier.carry import carry
from kiosk.courier.courier import Courier
from kiosk.effects.cases import SubmitCase
from kiosk.errors import CentreUnreachable, KioskError
from kiosk.events.cases import CaseKept, CaseReceived, CaseSetAside, NotKept
from kiosk.events.model import Event
from kiosk.handlers.cases import CaseHandlers
from kiosk.handlers.letters import case_letter
from kiosk.handlers.outgoing import Outgoing
from kiosk.pool import ThreadPool
from kiosk.store.outbox import StoreOutbox
from kiosk.store.store import Store
from tests.courier.samples import HOLDER, NOW, case
from tests.worlds import world

QUICK = Timeouts(connect_s=0.5, read_s=0.6, total_s=1.5)
WATCHED = ("/kiosk/courier/", "/kiosk/store/outbox.py", "/kiosk/store/store.py", "/kiosk/handlers/outgoing.py")
"""Where a process is killed between any two statements."""
LONGEST_S = 20.0


@dataclass(frozen=True)
class Plan:
    """One life. `presses`: keys of cases that are handed in, `again`: of those that are pressed twice. `kill_at`: the boundary
    between two statements at which it dies, `kill_after_s`: the moment after the first press; 0: it does not. `room`: bytes by which the store's files
    may still grow, negative: as they like. `skew_s`: how far the clock jumps, now and then. `patience_s`: how long it goes on, or `until_empty`. `found`: the link says that the centre answers."""

    url: str
    folder: str
    presses: tuple[str, ...] = ()
    again: tuple[str, ...] = ()
    pages: int = 0
    kill_at: int = 0
    kill_after_s: float = 0.0
    room: int = -1
    skew_s: float = 0.0
    patience_s: float = 0.25
    until_empty: bool = False
    found: bool = False
    count: bool = False


class Boundaries:
    """Counts statements of Python and of SQL, over all threads, and dies at the one that was named."""

    def __init__(self, kill_at: int) -> None:
        self._kill_at, self._count = kill_at, count(1)
        self.passed = 0

    def begin(self, connection: Any) -> None:
        """From now on, in threads that begin from now on."""
        connection.set_trace_callback(lambda _statement: self._pass())
        threading.settrace(self._trace)
        sys.settrace(self._trace)

    def _trace(self, frame: FrameType, _event: str, _argument: object) -> Callable | None:
        return self._line if any(part in frame.f_code.co_filename for part in WATCHED) else None

    def _line(self, _frame: FrameType, event: str, _argument: object) -> Callable:
        if event in ("line", "return"):
            self._pass()
        return self._line

    def _pass(self) -> None:
        self.passed = next(self._count)
        if self.passed == self._kill_at:
            os.kill(os.getpid(), signal.SIGKILL)


_world = cache(world)


class Life:
    """Store, courier and handlers as the terminal has them, and a resident who presses submit."""

    def __init__(self, plan: Plan, say: Callable[[str], None]) -> None:
        self._plan, self._say = plan, say
        self._ends = threading.Semaphore(0)
        self._boundaries = Boundaries(plan.kill_at)
        folder = Path(plan.folder)
        self._store = Store.open(folder / "kiosk.db", folder / "kiosk.key")
        if plan.kill_at or plan.count:
            self._boundaries.begin(self._store._connection)
        if plan.room >= 0:
            _limit(folder, plan.room)
        clock = partial(_jumping, plan.skew_s) if plan.skew_s else time.time
        self._outbox = StoreOutbox(self._store, clock)
        self._centre = HttpCentre(plan.url, "credential", version="0.1.0", timeouts=QUICK)
        self._courier = Courier(self._outbox, lambda: self._centre, clock=clock)
        keeping = ThreadPool(1)
        outgoing = Outgoing(self._outbox, self._courier, keeping)
        self._submit = CaseHandlers(keeping, lambda: self._centre, lambda _card: HOLDER, outgoing).table()[SubmitCase]

    def live(self) -> None:
        """Press, and go on until everything has come to an end, or for as long as the plan says."""
        if self._plan.found:
            self._courier.centre_answers(answers=True)
        self._courier.start()
        until = time.monotonic() + self._plan.patience_s
        presses = [*self._plan.presses, *self._plan.again]
        for key in presses:
            self._say(f"pressed {key}")
            self._submit(SubmitCase(case(key, pages=self._plan.pages), key), self._context(key))
        for _ in presses:
            self._ends.acquire(timeout=max(0.0, until - time.monotonic()))
        while self._plan.until_empty and time.monotonic() < until and self._outbox.waiting():
            time.sleep(0.01)
        self._courier.close()
        self._say(f"boundaries {self._boundaries.passed}")

    def _context(self, key: str) -> Context:
        return Context(1, _world(), words.load("en"), lambda event: self._hear(key, event))

    def _hear(self, key: str, event: Event) -> None:
        self._say(_told(key, event))
        if not isinstance(event, CaseKept):
            self._ends.release()


def _told(key: str, event: Event) -> str:
    if isinstance(event, CaseReceived):
        return f"received {key} {event.receipt.number}"
    names = {CaseKept: "kept", NotKept: "not-kept", CaseSetAside: "set-aside"}
    return f"{names[type(event)]} {key}"


def _limit(folder: Path, room: int) -> None:
    """The disk is full, for these files: a write beyond fails. The signal for that is ignored by Python."""
    largest = max(path.stat().st_size for path in folder.glob("kiosk.db*"))
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest + room, largest + room))


def _jumping(skew_s: float) -> float:
    return time.time() + (skew_s if random.random() < 0.3 else 0.0)


def born(plan: Plan, tube: int) -> None:
    """In the child: live, and never come back."""
    status = 1
    try:
        Life(plan, lambda line: os.write(tube, f"{line}\n".encode()) and None).live()
        status = 0
    except KioskError:
        status = 3  # the store could not be used at all: the disk is full
    finally:
        os._exit(status)


def nursed(plan: Plan) -> dict[str, Any]:
    """In the nursery: what a child has said until it ended, or was killed."""
    tube, end = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(tube)
        born(plan, end)
    os.close(end)
    if plan.kill_after_s:
        select.select([tube], [], [], LONGEST_S)
        select.select([], [], [], plan.kill_after_s)
        os.kill(pid, signal.SIGKILL)
    said = _heard(tube, pid)
    _, status = os.waitpid(pid, 0)
    return {"said": said.decode().splitlines(), "killed": os.WIFSIGNALED(status), "status": status}


def _heard(tube: int, pid: int) -> bytes:
    said = b""
    while select.select([tube], [], [], LONGEST_S)[0]:
        piece = os.read(tube, 65_536)
        if not piece:
            break
        said += piece
    else:
        os.kill(pid, signal.SIGKILL)
        said += b"hung\n"
    os.close(tube)
    return said


def main() -> int:
    """A plan a line in, an answer a line out."""
    logging.disable(logging.CRITICAL)
    _warm_up()
    for line in sys.stdin:
        plan = Plan(
            **{name: tuple(value) if isinstance(value, list) else value for name, value in json.loads(line).items()}
        )
        sys.stdout.write(json.dumps(nursed(plan)) + "\n")
        sys.stdout.flush()
    return 0


def _warm_up() -> None:
    """What would be imported in every life."""
    letter, _ = case_letter(case("warm", pages=1), HOLDER, NOW, "warm-0001")
    _world()
    with suppress(CentreUnreachable):
        carry(HttpCentre("http://127.0.0.1:1", "none", version="0.1.0", timeouts=QUICK), letter, {}.get)


def written(plan: Plan) -> str:
    """A plan as a line."""
    return json.dumps(asdict(plan)) + "\n"


if __name__ == "__main__":
    sys.exit(main())
