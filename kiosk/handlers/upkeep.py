"""Does what the technician's pages ask for: judges PINs, looks around, writes down refills, tries devices.

PINs are judged in a thread of their own: the comparison is slow on purpose, and the centre's threads may hang in their
time-outs just when somebody comes to see why.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import Protocol

from kiosk.context import Context, Handler
from kiosk.device_titles import TITLES
from kiosk.documents import Writer
from kiosk.effects.model import Effect
from kiosk.effects.upkeep import CheckPin, LookAround, NoteRefill, OpenUpkeep, TryDevice
from kiosk.errors import (
    REMEDIES,
    CardGone,
    CardNotGenuine,
    CardUnreadable,
    DeviceUnavailable,
    Fault,
    NothingToScan,
    ScanFailed,
    StoreError,
)
from kiosk.events.model import Event
from kiosk.events.prints import PrintedOut, PrintFailed, PrintSent
from kiosk.events.touches import TimedOut
from kiosk.events.upkeep import (
    PinLocked,
    PinNotSet,
    PinRight,
    PinWanted,
    PinWrong,
    RefillNoted,
    Tried,
    Trying,
    UpkeepSeen,
)
from kiosk.handlers.cards import READERS
from kiosk.handlers.results import NoRequest, count_trouble
from kiosk.handlers.trials import TRIALS, Found, Trial
from kiosk.journal import Shown
from kiosk.pin import Lock, Verdict
from kiosk.ports.attempts import Attempts
from kiosk.ports.document import Document
from kiosk.ports.tally import Counter, Tally
from kiosk.ports.worker import DeviceWorker, Pool, Request
from kiosk.texts import Text, msg
from kiosk.upkeep_report import UpkeepReport

log = logging.getLogger(__name__)

PRINTERS = ("ticket_printer", "a4_printer")
Print = Callable[[str, Document, Context], Request]


class Uncounted:
    """Where nothing is kept."""

    def __init__(self) -> None:
        self._attempts = Attempts()

    def attempts(self) -> Attempts:
        """Since the start."""
        return self._attempts

    def keep_attempts(self, attempts: Attempts) -> None:
        """Until the end."""
        self._attempts = attempts

    def count(self, device: str, counter: Counter, amount: int = 1) -> None:
        """Not here."""

    def counted(self, device: str) -> Mapping[Counter, int]:
        """Nothing."""
        return {}

    def refilled(self, device: str) -> None:
        """Nothing to forget."""


@dataclass(frozen=True)
class Desk:
    """What the pages need of the terminal. `pin` is the line of `kiosk upkeep-pin`, empty where no PIN is set; `pool` one
    thread of their own; `lock` and `tally` lie over the store; `rows` are figures of the terminal, asked in that thread;
    `fitted` the devices by name."""

    pool: Pool
    pin: str = ""
    lock: Lock = field(default_factory=lambda: Lock(Uncounted()))
    tally: Tally = field(default_factory=Uncounted)
    rows: Callable[[], tuple[tuple[Text, Text], ...]] = tuple
    fitted: Callable[[], tuple[str, ...]] = tuple


class CardWatch(Protocol):
    """Who watches the card readers for cards that are left there."""

    def make_way(self, name: str) -> None:
        """Stop watching this reader."""

    def left_in(self, name: str, visit: int) -> None:
        """A card was read there in this visit."""


class UpkeepHandlers:
    """Over all workers, and the desk."""

    def __init__(
        self, workers: Mapping[str, DeviceWorker], desk: Desk, cards: CardWatch, print_document: Print
    ) -> None:
        self._workers, self._desk, self._cards, self._print_document = workers, desk, cards, print_document

    def table(self) -> Mapping[type[Effect], Handler]:
        """Effect -> handler."""
        return {
            OpenUpkeep: self._open,
            CheckPin: self._check,
            LookAround: self._look,
            NoteRefill: self._refilled,
            TryDevice: self._try,
        }

    # --- PIN -------------------------------------------------------------------------------------------------

    def _open(self, _effect: OpenUpkeep, ctx: Context) -> Request:
        if not self._desk.pin:
            log.warning("the upkeep pages were asked for, but no PIN is set: run `kiosk upkeep-pin`")
            ctx.post(PinNotSet())
            return NoRequest()
        return self._ask(self._desk.lock.left_s, lambda left: _waiting(left) if left else PinWanted(), ctx)

    def _check(self, effect: CheckPin, ctx: Context) -> Request:
        return self._ask(lambda: self._desk.lock.judge(effect.pin, self._desk.pin), _judged, ctx)

    # --- figures ---------------------------------------------------------------------------------------------

    def _look(self, _effect: LookAround, ctx: Context) -> Request:
        return self._ask(self._report, UpkeepSeen, ctx)

    def _report(self) -> UpkeepReport:
        desk, fitted = self._desk, self._desk.fitted()
        try:
            counters = {name: desk.tally.counted(name) for name in fitted}
        except StoreError as error:
            log.warning("the counters cannot be read: %s", error)
            counters = {}
        return UpkeepReport(fitted, counters, desk.rows())

    def _refilled(self, effect: NoteRefill, ctx: Context) -> Request:
        def note() -> bool:
            try:
                self._desk.tally.refilled(effect.device)
            except StoreError as error:
                log.warning("a refill could not be written down: %s", error)
                return False
            log.info("a refill of %s was written down", Shown(effect.device))
            return True

        return self._ask(note, RefillNoted, ctx)

    def _ask(self, work: Callable[[], object], event: Callable[..., Event], ctx: Context) -> Request:
        """What nobody expected ends the visit, as a time-out does: these pages must not stay open half known."""

        def done(result: object) -> None:
            if isinstance(result, Exception):
                log.error("the upkeep pages could not be served", exc_info=result)
                ctx.post(TimedOut())
            else:
                ctx.post(event(result))

        return self._desk.pool.ask(work, done)

    # --- trials ----------------------------------------------------------------------------------------------

    def _try(self, effect: TryDevice, ctx: Context) -> Request:
        name = effect.device
        worker = self._workers.get(name)
        if worker is None:
            ctx.post(Tried(name, False, REMEDIES[Fault.UNPLUGGED].resident))
            return NoRequest()
        if name in PRINTERS:
            return self._try_printer(name, ctx)
        self._cards.make_way(name)
        return worker.ask(
            lambda device, cancelled: TRIALS[name](device, Trial(cancelled, self._asker(ctx), ctx.words)),
            lambda result: self._told(name, result, ctx),
        )

    def _asker(self, ctx: Context) -> Callable[[Text], None]:
        return lambda text: ctx.post(Trying(text))

    def _told(self, name: str, result: object, ctx: Context) -> None:
        if isinstance(result, Exception):
            log.warning("a trial of %s ended with: %s", Shown(name), result)
            count_trouble(self._desk.tally, name, result)
            ctx.post(Tried(name, False, trouble(result)))
        elif isinstance(result, Found):
            log.info("a trial of %s %s", Shown(name), Shown("went well" if result.well else "did not go well"))
            self._count(name, result, ctx)
            ctx.post(Tried(name, result.well, result.text, result.facts))

    def _count(self, name: str, found: Found, ctx: Context) -> None:
        if found.counts:
            self._desk.tally.count(name, found.counts)
        if name in READERS and found.counts:
            self._cards.left_in(name, ctx.visit)

    def _try_printer(self, name: str, ctx: Context) -> Request:
        began = monotonic()
        ctx.post(Trying(msg("Printing a test. The paper comes out in a moment.")))

        def post(event: Event) -> None:
            ctx.post(_printed(name, event, msg("{n} s", n=round(monotonic() - began, 1))))

        document = Writer(ctx.words, ctx.world).test_print(TITLES[name])
        return self._print_document(name, document, replace(ctx, post=post))


def _waiting(left_s: float) -> Event:
    return PinLocked(monotonic() + left_s)


def _judged(verdict: Verdict) -> Event:
    if verdict.right:
        log.info("the upkeep pages were opened")
        return PinRight()
    return _waiting(verdict.left_s) if verdict.left_s else PinWrong(verdict.tries)


def _printed(name: str, event: Event, took: Text) -> Event:
    """What the printer knows, in the words of a trial."""
    facts = ((msg("It took"), took),)
    if isinstance(event, PrintedOut):
        return Tried(
            name, True, msg("The printer says that the paper is out. Compare it: grid, characters, code."), facts
        )
    if isinstance(event, PrintSent):
        return Tried(name, True, msg("The printer took it and cannot tell more. Look whether paper came out."), facts)
    if isinstance(event, PrintFailed):
        return Tried(name, False, REMEDIES[event.fault].resident)
    return event


TROUBLES: tuple[tuple[type[Exception], Text], ...] = (
    (CardNotGenuine, msg("Reader and card do not accept each other. Try another card.")),
    (CardUnreadable, msg("There was a card, and it could not be read. Try another one.")),
    (CardGone, msg("The card was taken away too early.")),
    (NothingToScan, msg("There was no page. Put one in and try again.")),
)
"""What a person can mend at once; what else a device raises has its fault's sentence."""


def trouble(error: Exception) -> Text:
    """What is said of an exception."""
    said = next((text for kind, text in TROUBLES if isinstance(error, kind)), None)
    fault = error.fault if isinstance(error, DeviceUnavailable | ScanFailed) else Fault.HARDWARE
    return said or REMEDIES[fault].resident
