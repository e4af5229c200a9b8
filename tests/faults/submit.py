"""`python -m tests.faults.submit --rounds N`: is anything ever lost, doubled, or told to be further than it is?

Each round is one life of a terminal (`submit_life`) that hands in cases with a page each, drafts, ratings and supplements to the
real approval service, and to which something happens: it is killed between two statements of store and courier (one after the
other, through all of them) or at any moment; the network is cut in mid-request or mid-answer, or loses answers after the service
committed; the service is killed and started again; the terminal has another credential; the disk is full; the clock jumps. What
one life leaves, the next one finds. After some rounds there is calm: everything must have arrived, once, and nobody may have
been told more than was true. The verdict is read from the service's database.
"""

import argparse
import json
import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from kiosk.centre.fault_proxy import FaultProxy, Mode
from tests.faults.submit_centre import Centre
from tests.faults.submit_plan import SHADES, Kind, Mistake, Plan, Press, written
from tests.faults.submit_verdict import Verdict

CALM_AFTER = 40
"""Rounds, until everything must have arrived."""
CALM_S = 30.0
TOLD_EVERY = 400
MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
"""A process that is killed loses nothing that it has given to the kernel: no disk needs to be waited for."""
HARM = ("statement", "statement", "statement", "moment", "moment", "disk", "clock", "nothing")
WEATHER = (
    Mode.PASS,
    Mode.PASS,
    Mode.PASS,
    Mode.LOST_ANSWER,
    Mode.LOST_ANSWER,
    Mode.CUT,
    Mode.DOWN,
    Mode.ERROR_503,
    Mode.SLOW,
)
KINDS = (Kind.CASE, Kind.CASE, Kind.CASE, Kind.BEGUN, Kind.DRAFT, Kind.RATING)


class Nursery(AbstractContextManager["Nursery"]):
    """The process that forks the lives."""

    def __enter__(self) -> "Nursery":
        """At once: it gets ready while others do."""
        command = [sys.executable, "-m", "tests.faults.submit_life"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        return self

    def __exit__(self, *_: object) -> None:
        with self._process as process:
            process.communicate(timeout=30)

    def live(self, plan: Plan) -> dict:
        """What was said in this life."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(written(plan))
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())


class Laboratory:
    """Rounds against one service, in one folder of a terminal after the other."""

    def __init__(
        self, nursery: Nursery, centre: Centre, seed: int, calm_after: int = CALM_AFTER, mistake: Mistake = Mistake.NONE
    ) -> None:
        self._nursery, self._centre, self._mistake = nursery, centre, mistake
        self._chance = random.Random(seed)
        self._calm_after = calm_after
        self.verdict = Verdict()
        self._boundaries = 0
        self._next_boundary = 1

    def run(self, rounds: int, tell: Callable[[str], object] = lambda _: None) -> Verdict:
        """So many rounds; after some of them, how it stands."""
        with FaultProxy(self._centre.url) as proxy:
            while self.verdict.rounds < rounds:
                with TemporaryDirectory(prefix="submit-", dir=MEMORY) as folder:
                    self._batch(proxy, folder, min(self._calm_after, rounds - self.verdict.rounds))
                if self.verdict.rounds % TOLD_EVERY == 0:
                    tell(str(self.verdict).splitlines()[0])
        return self.verdict

    def _batch(self, proxy: FaultProxy, folder: str, rounds: int) -> None:
        bare = Plan(proxy.url, folder, self._centre.credentials[0], mistake=self._mistake)
        said = [] if self._boundaries else self._counted(bare)
        for _ in range(rounds):
            said += self._round(proxy, bare)
        proxy.set_mode(Mode.PASS)
        said += self._lived(replace(bare, patience_s=CALM_S, until_empty=True, found=True))
        self.verdict.judge(said, self._centre.found())

    def _counted(self, bare: Plan) -> list[str]:
        """How many boundaries there are in a life that nothing happens to."""
        plan = replace(bare, presses=(Press(Kind.BEGUN, self._name()),), patience_s=3.0, count=True)
        said = self._lived(plan)
        self._boundaries = max(int(line.split()[1]) for line in said if line.startswith("boundaries"))
        return said

    def _round(self, proxy: FaultProxy, bare: Plan) -> list[str]:
        self.verdict.rounds += 1
        presses = tuple(self._press() for _ in range(self._chance.choice((1, 1, 1, 2, 4))))
        plan = self._harmed(replace(bare, presses=presses + self._supplements()))
        turns = self._weather(proxy)
        try:
            return self._lived(plan)
        finally:
            for turn in turns:
                turn.join()

    def _press(self) -> Press:
        return Press(self._chance.choice(KINDS), self._name(), self._chance.randrange(SHADES))

    def _supplements(self) -> tuple[Press, ...]:
        """Now and then a clerk asks for something, and it is brought at once."""
        token = self._centre.ask_for_more() if self._chance.random() < 0.15 else None
        return (Press(Kind.SUPPLEMENT, token, self._chance.randrange(SHADES)),) if token else ()

    def _harmed(self, plan: Plan) -> Plan:
        harm = self._chance.choice(HARM)
        self.verdict.happened[harm] += 1
        plan = replace(plan, again=int(self._chance.random() < 0.2), found=self._chance.random() < 0.5)
        if self._chance.random() < 0.2:
            self.verdict.happened["enrolled anew"] += 1
            plan = replace(plan, credential=self._centre.credentials[1])
        if harm == "statement":
            self._next_boundary = self._next_boundary % (self._boundaries + 20) + 1
            return replace(plan, kill_at=self._next_boundary)
        if harm == "moment":
            return replace(plan, kill_after_s=self._chance.uniform(0.001, 0.1))
        if harm == "disk":
            return replace(plan, room=self._chance.choice((0, 100, 5_000, 20_000, 60_000)))
        return replace(plan, skew_s=self._chance.choice((-1e9, -7200.0, 7200.0, 1e9))) if harm == "clock" else plan

    def _weather(self, proxy: FaultProxy) -> list[threading.Thread]:
        """Some weather now, perhaps another in mid-request, perhaps the service is killed."""
        self._set(proxy, self._chance.choice(WEATHER))
        turns: list[threading.Thread] = []
        if self._chance.random() < 0.3:
            mode = self._chance.choice((Mode.DOWN, Mode.PASS, Mode.CUT, Mode.LOST_ANSWER))
            turns.append(threading.Timer(self._chance.uniform(0.01, 0.1), lambda: self._set(proxy, mode)))
        if self._chance.random() < 0.05:
            self.verdict.happened["service killed"] += 1
            turns.append(threading.Timer(self._chance.uniform(0.01, 0.15), self._centre.kill))
        for turn in turns:
            turn.start()
        return turns

    def _set(self, proxy: FaultProxy, mode: Mode) -> None:
        self.verdict.happened[f"network {mode.value}"] += 1
        proxy.set_mode(mode, 0.05)

    def _lived(self, plan: Plan) -> list[str]:
        answer = self._nursery.live(plan)
        self.verdict.happened["killed"] += answer["killed"]
        if not answer["killed"] and answer["status"] and plan.room < 0:
            self.verdict.trouble.append(f"a life ended with status {answer['status']}")
        if "hung" in answer["said"]:
            self.verdict.trouble.append("a life hung")
        return answer["said"]

    def _name(self) -> str:
        return UUID(int=self._chance.getrandbits(128)).hex


def main() -> int:
    """Run; 1 when something was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.submit", description=__doc__)
    parser.add_argument("--rounds", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    began = time.monotonic()
    with (
        TemporaryDirectory(prefix="submit-centre-", dir=MEMORY) as folder,
        Nursery() as nursery,
        Centre(Path(folder)) as centre,
    ):
        verdict = Laboratory(nursery, centre, chosen.seed).run(
            chosen.rounds, lambda line: sys.stderr.write(line + "\n")
        )
    sys.stdout.write(f"{verdict}\n{time.monotonic() - began:.0f} s, seed {chosen.seed}\n")
    return 0 if verdict.clean else 1


if __name__ == "__main__":
    sys.exit(main())
