"""Lives of a terminal that hands in cases, each in a process of its own that may be killed at any moment.

`python -m tests.faults.submit_life` is the nursery: a process without threads that has imported everything, reads one
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
from dataclasses import replace
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
from kiosk.effects.cases import SaveDraft, SendRating, SendSupplement, SubmitCase
from kiosk.effects.model import Effect
from kiosk.errors import CentreUnreachable, KioskError
from kiosk.events.cases import (
    CaseKept,
    CaseReceived,
    CaseSetAside,
    DraftKept,
    DraftSaved,
    NotKept,
    RatingKept,
    SupplementKept,
    SupplementReceived,
)
from kiosk.events.centre import CentreAway, CentreSaidNo
from kiosk.events.model import Event
from kiosk.handlers.cases import CaseHandlers
from kiosk.handlers.letters import case_letter
from kiosk.handlers.outgoing import Outgoing
from kiosk.pool import ThreadPool
from kiosk.store.outbox import StoreOutbox
from kiosk.store.store import Store
from tests.courier.samples import HOLDER, NOW, stall
from tests.faults.submit_mistakes import made
from tests.faults.submit_plan import SHADES, Kind, Mistake, Plan, Press, read
from tests.worlds import world

QUICK = Timeouts(connect_s=0.5, read_s=0.6, total_s=1.5)
WATCHED = ("/kiosk/courier/", "/kiosk/store/outbox.py", "/kiosk/store/store.py", "/kiosk/handlers/outgoing.py")
"""Where a process is killed between any two statements."""
LONGEST_S = 40.0


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
    """Store, courier and handlers as the terminal has them, and a resident who presses."""

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
        outbox = StoreOutbox(self._store, clock)
        centre = HttpCentre(plan.url, plan.credential, version="0.1.0", timeouts=QUICK)
        self._outbox, self._centre = made(plan.mistake, outbox, centre)
        self._courier = Courier(outbox, lambda: self._centre, clock=clock)
        outgoing = Outgoing(self._outbox, self._courier, ThreadPool(1))
        self._do = CaseHandlers(ThreadPool(1), lambda: self._centre, lambda _card: HOLDER, outgoing).table()

    def live(self) -> None:
        """Press, and go on until everything has come to an end, or for as long as the plan says."""
        if self._plan.found:
            self._courier.centre_answers(answers=True)
        self._courier.start()
        until = time.monotonic() + self._plan.patience_s
        asked = sum(self._press(press) for press in (*self._plan.presses, *self._plan.presses[: self._plan.again]))
        for _ in range(asked):
            self._ends.acquire(timeout=max(0.0, until - time.monotonic()))
        if self._plan.until_empty:
            self._empty(until)
        self._courier.close()
        self._say(f"boundaries {self._boundaries.passed}")

    def _empty(self, until: float) -> None:
        """The link says again and again that the centre answers: nobody waits for what was put off."""
        while time.monotonic() < until and self._outbox.waiting():
            time.sleep(0.05)
            if self._outbox.next_due():
                self._courier.centre_answers(answers=True)

    def _press(self, press: Press) -> int:
        """How many answers will come."""
        effects = self._effects(press)
        for kind, effect in effects:
            self._say(f"{kind.value} pressed {press.name}")
            hear = partial(self._hear, kind, press.name)
            self._do[type(effect)](effect, Context(1, _world(), words.load("en"), hear))
        return len(effects)

    def _effects(self, press: Press) -> list[tuple[Kind, Effect]]:
        whole = stall(press.name, shade=press.shade)
        if press.kind is Kind.RATING:
            return [(Kind.RATING, SendRating("", 5, (), press.name, press.key))]
        if press.kind is Kind.SUPPLEMENT:
            return [(Kind.SUPPLEMENT, SendSupplement(press.name, whole.sheets, f"supplement-{press.name}"))]
        draft = f"{press.key}-draft"
        saving = [(Kind.DRAFT, SaveDraft(whole, draft))] if press.kind in (Kind.DRAFT, Kind.BEGUN) else []
        told = (draft,) if saving and self._plan.mistake is not Mistake.FORGETS_SAVING else ()
        submit = SubmitCase(replace(whole, saving=told), press.key)
        return saving + ([(Kind.CASE, submit)] if press.kind is not Kind.DRAFT else [])

    def _hear(self, kind: Kind, name: str, event: Event) -> None:
        self._say(f"{kind.value} {_told(event)}".replace("NAME", name))
        if not isinstance(event, (CaseKept, SupplementKept, DraftKept)):
            self._ends.release()


def _told(event: Event) -> str:
    if isinstance(event, CaseReceived):
        return f"received NAME {event.receipt.number}"
    if isinstance(event, DraftSaved):
        return f"received NAME {event.code}"
    return f"{_WORDS[type(event)]} NAME"


_WORDS: dict[type[Event], str] = {
    CaseKept: "kept",
    RatingKept: "kept",
    SupplementKept: "kept",
    DraftKept: "kept",
    SupplementReceived: "received",
    NotKept: "not-kept",
    CaseSetAside: "set-aside",
    CentreAway: "away",
    CentreSaidNo: "refused",
}


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
        sys.stdout.write(json.dumps(nursed(read(line))) + "\n")
        sys.stdout.flush()
    return 0


def _warm_up() -> None:
    """What would be imported in every life."""
    for shade in range(SHADES):
        letter, _ = case_letter(stall("warm", shade=shade), HOLDER, NOW, "warm-0001")
    _world()
    words.load("en")
    with suppress(CentreUnreachable):
        carry(HttpCentre("http://127.0.0.1:1", "none", version="0.1.0", timeouts=QUICK), letter, {}.get)


if __name__ == "__main__":
    sys.exit(main())
