"""The courier: one thread that decides and writes down, and a few that carry, each letter of a lane after the other.

A letter that is not taken holds nobody but its own lane. While the centre is away, one letter is tried now and then; when
the link says that the centre answers, everything is due at once.
"""

import logging
import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from queue import Empty, SimpleQueue

from kiosk.courier.decide import decide
from kiosk.errors import CentreError, CentreForbidden, CentreUnreachable, StoreError
from kiosk.journal import Shown
from kiosk.ports.case_centre import CaseCentre
from kiosk.ports.outbox import Delivered, Later, Letter, LetterState, Pause, SetAside
from kiosk.store.outbox import StoreOutbox

log = logging.getLogger(__name__)

Told = Callable[[LetterState, bytes], None]
"""What became of a letter, with the centre's answer (DELIVERED, JSON) or its problem's code (SET_ASIDE)."""

CARRIERS = 4
PROBE_S = 30.0
"""Between two attempts while the centre is away."""
REST_S = 3.0
"""After the store could not be used, or while there is no connection at all."""
LOOK_S = 60.0
"""Without anything to do: to forget old answers, and to find what another program (`kiosk outbox retry`) has let go."""


@dataclass(frozen=True)
class _Carried:
    letter: Letter
    attempts: int
    answer: bytes | Exception


class Courier:
    """`centre` gives the centre or raises CentreUnreachable; `clock` is seconds since 1970 and may jump; `chance` 0 to 1."""

    def __init__(
        self,
        outbox: StoreOutbox,
        centre: Callable[[], CaseCentre],
        *,
        carriers: int = CARRIERS,
        clock: Callable[[], float] = time.time,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._outbox, self._centre, self._clock, self._chance = outbox, centre, clock, chance
        self._most = 2 * carriers  # a carrier that is back finds the next letter waiting
        self._carriers = ThreadPoolExecutor(carriers, thread_name_prefix="carrier")
        self._heard: SimpleQueue[_Carried | None] = SimpleQueue()
        self._on_the_way: set[str] = set()
        self._watching: dict[str, Told] = {}
        self._away = self._found = False
        self._resting_until = 0.0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="courier", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def close(self) -> None:
        """Stop within a moment. What is on its way may still arrive, and is then handed in again under its key."""
        self._stop.set()
        self.wake()
        if self._thread.is_alive():
            self._thread.join(2)
        self._carriers.shutdown(wait=False, cancel_futures=True)

    def wake(self) -> None:
        """There is a new letter."""
        self._heard.put(None)

    def centre_answers(self, answers: bool) -> None:
        """What the link has found: everything is due now, or nothing needs to be tried for the time being."""
        self._away, self._found = not answers, answers
        self.wake()

    def watch(self, key: str, told: Told) -> "Watch":
        """Be told once, from another thread, when a letter is delivered or set aside; at once when it has been."""
        self._watching[key] = told
        known = self._outbox.state(key)
        if known is not None and known[0] is not LetterState.WAITING:
            self._tell(key, *known)
        return Watch(self._watching, key)

    def turn(self, longest_s: float) -> bool:
        """Send what is due, wait at most so long for something to come, and write down what came. Whether anything came
        or is on its way."""
        came: list[_Carried] = []
        try:
            wait_s = min(longest_s, self._send())
            came = self._listen(wait_s)
            self._settle(came)
        except StoreError as error:
            log.error("the outbox cannot be used now: %s", error)
            self._rest(self._clock() + REST_S)
        return bool(came or self._on_the_way)

    # --- the courier's thread ------------------------------------------------------------------------------------

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self.turn(LOOK_S)
            except Exception as error:
                log.error("the courier stumbled", exc_info=error)
                self._stop.wait(REST_S)

    def _send(self) -> float:
        """Give carriers what is due; seconds until there may be something to do again."""
        now = self._clock()
        if self._found:
            self._found, self._resting_until = False, 0.0
            self._outbox.hurry()
        if (resting_s := self._resting_s(now)) > 0:
            return resting_s
        most = 1 if self._away else self._most
        due = self._outbox.due(now, most) if len(self._on_the_way) < most else []
        fresh = [each for each in due if each[0].key not in self._on_the_way]
        if not fresh:
            return self._idle_s(now)
        self._hand_out(fresh[: most - len(self._on_the_way)])
        return LOOK_S

    def _hand_out(self, letters: list[tuple[Letter, int]]) -> None:
        try:
            centre = self._centre()
        except CentreUnreachable:
            self._rest(self._clock() + REST_S)
            return
        if self._away:
            self._rest(self._clock() + PROBE_S)
        for letter, attempts in letters:
            self._on_the_way.add(letter.key)
            self._carriers.submit(self._carry, centre, letter, attempts)

    def _idle_s(self, now: float) -> float:
        """What is on its way says itself when it is there."""
        if self._on_the_way:
            return LOOK_S
        at = self._outbox.next_due()
        return LOOK_S if at is None else max(0.05, at - now)

    def _carry(self, centre: CaseCentre, letter: Letter, attempts: int) -> None:
        """In a carrier's thread."""
        from kiosk.courier.carry import carry  # noqa: PLC0415  with all models of the contract: not paid for by a start

        try:
            answer: bytes | Exception = carry(centre, letter, self._outbox.file)
        except Exception as error:  # noqa: BLE001  whatever it is, the letter stays and the others go on
            answer = error
        self._heard.put(_Carried(letter, attempts, answer))

    def _listen(self, wait_s: float) -> list[_Carried]:
        """What has come, after at most so long: all of it is written down in one step."""
        came: list[_Carried] = []
        try:
            heard = self._heard.get(timeout=wait_s) if wait_s > 0 else self._heard.get_nowait()
            while True:
                came += [heard] if heard else []
                heard = self._heard.get_nowait()
        except Empty:
            return came

    def _settle(self, came: list[_Carried]) -> None:
        """Whoever watches is told what is true, also where it could not be written down."""
        outcomes = [(carried.letter.key, self._judge(carried)) for carried in came]
        self._on_the_way -= {key for key, _ in outcomes}
        try:
            self._outbox.settle([(key, outcome) for key, outcome in outcomes if not isinstance(outcome, Pause)])
        finally:
            for key, outcome in outcomes:
                self._report(key, outcome)

    def _judge(self, carried: _Carried) -> Delivered | Later | SetAside | Pause:
        answer = carried.answer
        decision = decide(answer, carried.attempts, self._clock(), self._chance())
        if isinstance(answer, CentreForbidden):
            log.error("nothing can be handed in: %s", answer)
            self._rest(decision.until if isinstance(decision, Pause) else 0.0)
        elif not isinstance(answer, CentreUnreachable):
            self._away, self._found = False, self._found or self._away
            if isinstance(answer, Exception):
                _log(carried, answer)
        return decision

    def _report(self, key: str, outcome: object) -> None:
        if isinstance(outcome, Delivered):
            self._tell(key, LetterState.DELIVERED, outcome.answer)
        elif isinstance(outcome, SetAside):
            self._tell(key, LetterState.SET_ASIDE, outcome.code.encode())

    def _tell(self, key: str, state: LetterState, answer: bytes) -> None:
        told = self._watching.pop(key, None)
        if told:
            told(state, answer)

    def _rest(self, until: float) -> None:
        self._resting_until = until

    def _resting_s(self, now: float) -> float:
        """A rest that lies far ahead was begun before the clock was set back."""
        left_s = self._resting_until - now
        return left_s if left_s <= LOOK_S else 0.0


class Watch:
    """Somebody who waits for what becomes of a letter."""

    def __init__(self, watching: dict[str, Told], key: str) -> None:
        self._watching, self._key = watching, key

    def cancel(self) -> None:
        """Nobody waits any more; the letter goes on."""
        self._watching.pop(self._key, None)


def _log(carried: _Carried, error: Exception) -> None:
    kind = Shown(carried.letter.kind.value)
    if isinstance(error, CentreError):
        log.warning("a %s was not taken: %s", kind, error)
    else:
        log.error("a %s could not be handed in", kind, exc_info=error)
