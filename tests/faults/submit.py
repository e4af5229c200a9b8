"""`python -m tests.faults.submit --rounds N`: is a case ever lost, doubled, or told to be further than it is?

Each round is one life of a terminal (`submit_life`) to which something happens: it is killed between two statements of store and
courier (one after the other, through all of them) or at any moment; the network is cut in mid-request or mid-answer, or loses
answers after the service committed; the service is restarted; the disk is full; the clock jumps. What one life leaves, the next
one finds. After some rounds there is calm: everything must have arrived, once, and nobody may have been told more than was true.
"""

import argparse
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from kiosk.centre.fault_proxy import FaultProxy, Mode
from tests.faults.case_service import CaseService, serving
from tests.faults.submit_life import Plan, written

CALM_AFTER = 40
"""Rounds, until everything must have arrived."""
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


@dataclass
class Verdict:
    """What was found. `lost`: told to be kept, and not there in the end; `doubled`: there twice; `claimed`: told to be received
    under a number that the service does not have for it, or told not to be kept and there."""

    rounds: int = 0
    pressed: int = 0
    arrived: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    claimed: list[str] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)
    happened: Counter[str] = field(default_factory=Counter)

    @property
    def clean(self) -> bool:
        """Whether nothing was found."""
        return not (self.lost or self.doubled or self.claimed or self.trouble)

    def __str__(self) -> str:
        happened = ", ".join(f"{what} {often}" for what, often in sorted(self.happened.items()))
        return (
            f"{self.rounds} rounds, {self.pressed} cases pressed, {self.arrived} arrived: {len(self.lost)} lost, "
            f"{len(self.doubled)} doubled, {len(self.claimed)} told more than was true"
            f"{', TROUBLE: ' + '; '.join(self.trouble[:5]) if self.trouble else ''}\n({happened})"
        )


class Nursery(AbstractContextManager["Nursery"]):
    """The process that forks the lives."""

    def __enter__(self) -> "Nursery":
        command = [sys.executable, "-m", "tests.faults.submit_life"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.wait(30)
        self._process.stdout.close()

    def live(self, plan: Plan) -> dict:
        """What was said in this life."""
        import json

        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(written(plan))
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())


class Service(AbstractContextManager["Service"]):
    """The service behind a proxy, which can be stopped and started again on the same file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._stack = ExitStack()
        self._port = 0

    def __enter__(self) -> "Service":
        self._open()
        self.proxy = FaultProxy(self._url).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.proxy.stop()
        self._close()

    def restart(self) -> None:
        """As after a power cut of the centre: connections break, what was committed is there."""
        self._close()
        self._open()

    def _open(self) -> None:
        self.cases = CaseService(self._folder)
        self._url = self._stack.enter_context(serving(self.cases, self._port))
        self._port = int(self._url.rsplit(":", 1)[1])

    def _close(self) -> None:
        self._stack.close()
        self.cases.close()


class Laboratory:
    """Rounds in one folder after the other."""

    def __init__(self, seed: int, calm_after: int = CALM_AFTER) -> None:
        self._chance = random.Random(seed)
        self._calm_after = calm_after
        self.verdict = Verdict()
        self._boundaries = 0
        self._next_boundary = 1

    def run(self, rounds: int, until: float = float("inf")) -> Verdict:
        """So many rounds, or until a time (monotonic seconds)."""
        with Nursery() as nursery:
            while self.verdict.rounds < rounds and time.monotonic() < until:
                with TemporaryDirectory(prefix="submit-", dir=MEMORY) as folder, Service(Path(folder)) as service:
                    self._batch(nursery, service, Path(folder), min(self._calm_after, rounds - self.verdict.rounds))
        return self.verdict

    def _batch(self, nursery: Nursery, service: Service, folder: Path, rounds: int) -> None:
        bare = Plan(service.proxy.url, str(folder))
        if not self._boundaries:
            self._boundaries = self._counted(nursery, bare)
        said: list[str] = []
        for _ in range(rounds):
            said += self._round(nursery, service, bare)
        service.proxy.set_mode(Mode.PASS)
        said += self._lived(nursery, replace(bare, patience_s=30.0, until_empty=True, found=True))
        self._judge(said, service.cases)

    def _counted(self, nursery: Nursery, bare: Plan) -> int:
        """How many boundaries there are in a life that nothing happens to."""
        plan = replace(bare, presses=(self._key(),), pages=1, patience_s=5.0, count=True)
        return max(int(line.split()[1]) for line in nursery.live(plan)["said"] if line.startswith("boundaries"))

    def _round(self, nursery: Nursery, service: Service, bare: Plan) -> list[str]:
        self.verdict.rounds += 1
        plan = self._harmed(
            replace(bare, presses=tuple(self._key() for _ in range(self._chance.choice((1, 1, 1, 2, 4)))))
        )
        if self._chance.random() < 0.2:
            plan = replace(plan, again=plan.presses[:1])
        turns = self._weather(service)
        try:
            return self._lived(nursery, plan)
        finally:
            for turn in turns:
                turn.join()

    def _harmed(self, plan: Plan) -> Plan:
        harm = self._chance.choice(HARM)
        self.verdict.happened[harm] += 1
        plan = replace(plan, pages=self._chance.choice((0, 1, 1, 2)), found=self._chance.random() < 0.5)
        if harm == "statement":
            self._next_boundary = self._next_boundary % (self._boundaries + 20) + 1
            return replace(plan, kill_at=self._next_boundary)
        if harm == "moment":
            return replace(plan, kill_after_s=self._chance.uniform(0.001, 0.08))
        if harm == "disk":
            return replace(plan, room=self._chance.choice((0, 100, 5_000, 20_000, 60_000)))
        return replace(plan, skew_s=self._chance.choice((-1e9, -7200.0, 7200.0, 1e9))) if harm == "clock" else plan

    def _weather(self, service: Service) -> list[threading.Thread]:
        """Some weather now, perhaps another in mid-request, perhaps the service restarts."""
        self._set(service, self._chance.choice(WEATHER))
        turns: list[threading.Thread] = []
        if self._chance.random() < 0.3:
            mode = self._chance.choice((Mode.DOWN, Mode.PASS, Mode.CUT, Mode.LOST_ANSWER))
            turns.append(threading.Timer(self._chance.uniform(0.01, 0.1), lambda: self._set(service, mode)))
        if self._chance.random() < 0.05:
            self.verdict.happened["service restarted"] += 1
            turns.append(threading.Timer(self._chance.uniform(0.01, 0.1), service.restart))
        for turn in turns:
            turn.start()
        return turns

    def _set(self, service: Service, mode: Mode) -> None:
        self.verdict.happened[f"network {mode.value}"] += 1
        service.proxy.set_mode(mode, 0.05)

    def _lived(self, nursery: Nursery, plan: Plan) -> list[str]:
        answer = nursery.live(plan)
        self.verdict.happened["killed"] += answer["killed"]
        if not answer["killed"] and answer["status"] and plan.room < 0:
            self.verdict.trouble.append(f"a life ended with status {answer['status']}")
        if "hung" in answer["said"]:
            self.verdict.trouble.append("a life hung")
        return answer["said"]

    def _judge(self, said: list[str], service: CaseService) -> None:
        """Compare what people were told with what the service has."""
        cases = service.done("case")
        names = Counter(case["fields"]["business-name"] for case in cases.values())
        told: dict[str, set[str]] = {}
        for line in said:
            word, _, rest = line.partition(" ")
            told.setdefault(word, set()).add(rest)
        kept = told.get("kept", set())
        received = [line.split() for line in told.get("received", set())]
        verdict = self.verdict
        verdict.pressed += len(told.get("pressed", set()))
        verdict.arrived += len(cases)
        verdict.lost += [key for key in kept | {key for key, _ in received} if not names[key]]
        verdict.doubled += [key for key, often in names.items() if often > 1]
        verdict.claimed += [
            key for key, number in received if cases.get(key, {}).get("answer", {}).get("number") != number
        ]
        verdict.claimed += [key for key in told.get("not-kept", set()) - kept if names[key]]
        verdict.trouble += [f"set aside: {key}" for key in told.get("set-aside", set())]

    def _key(self) -> str:
        return UUID(int=self._chance.getrandbits(128)).hex


def main() -> int:
    """Run; 1 when something was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.submit", description=__doc__)
    parser.add_argument("--rounds", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    began = time.monotonic()
    laboratory = Laboratory(chosen.seed)
    verdict = laboratory.run(chosen.rounds)
    sys.stdout.write(f"{verdict}\n{time.monotonic() - began:.0f} s, seed {chosen.seed}\n")
    return 0 if verdict.clean else 1


if __name__ == "__main__":
    sys.exit(main())
