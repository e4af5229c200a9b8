"""Lamps lead the hand: at the reader while a card is awaited, at the scanner while a code is, at an outlet when paper is
out. They show what is going on and take no part in it: no visit waits for a lamp, and a broken board does nothing.
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace

from kiosk.context import Context, Handler
from kiosk.effects.cards import ReadCard
from kiosk.effects.codes import ReadCode
from kiosk.effects.model import Effect
from kiosk.effects.prints import PrinterName, PrintGuide, PrintTicket
from kiosk.effects.results import PrintNotice, PrintPaper, PrintReceipt, PrintResult
from kiosk.events.cards import CardLeft, CardSeen
from kiosk.events.model import Event
from kiosk.events.prints import PrintedOut, PrintSent
from kiosk.ports.board import IoBoard, Lamp
from kiosk.ports.worker import DeviceWorker, Request

PAPER_S = 20.0
"""How long an outlet is lit, where nothing ends it before."""
AWAITING: Mapping[type[Effect], Lamp] = {ReadCard: Lamp.CARD, ReadCode: Lamp.SCANNER}
PRINTING = (PrintTicket, PrintGuide, PrintReceipt, PrintNotice, PrintPaper, PrintResult)
OUTLETS = {PrinterName.TICKET: Lamp.SLIP, PrinterName.A4: Lamp.A4}
ON_THE_WAY = (CardSeen, CardLeft)
"""Events after which more comes."""


class Lamps:
    """Over the worker of the board. What is wanted is kept here; the worker brings the board to it when it can."""

    def __init__(self, workers: Mapping[str, DeviceWorker]) -> None:
        self._workers = workers
        self._lock = threading.Lock()
        self._wanted: frozenset[Lamp] = frozenset()
        self._lit: frozenset[Lamp] | None = frozenset()
        """None: not known, because the board could not be reached."""
        self._asked = False
        self.visits = 0
        """How many have ended."""
        self._timers: dict[Lamp, threading.Timer] = {}

    def switch(self, lamp: Lamp, on: bool, for_s: float | None = None) -> None:
        """Want a lamp on or off, perhaps only for some seconds. From any thread; returns at once."""
        if "board" not in self._workers:
            return
        with self._lock:
            self._wanted = self._wanted | {lamp} if on else self._wanted - {lamp}
            if timer := self._timers.pop(lamp, None):
                timer.cancel()
            if for_s is not None:
                self._start_timer(lamp, for_s)
        self._show()

    def all_off(self) -> None:
        """The visit is over."""
        with self._lock:
            self.visits += 1
            self._wanted = frozenset()
            for timer in self._timers.values():
                timer.cancel()
            self._timers.clear()
        self._show()

    def again(self) -> None:
        """The board is there, perhaps again, with its lamps off: show what is wanted."""
        with self._lock:
            self._lit = None
        self._show()

    def around(self, table: Mapping[type[Effect], Handler]) -> Mapping[type[Effect], Handler]:
        """The same handlers, with their lamps."""
        return {effect: self._lit_by(effect, handler) for effect, handler in table.items()}

    def _lit_by(self, effect: type[Effect], handler: Handler) -> Handler:
        if effect in AWAITING:
            return lambda asked, ctx: self._await(AWAITING[effect], handler, asked, ctx)
        if effect in PRINTING:
            return lambda asked, ctx: handler(asked, replace(ctx, post=self._noticing(asked, ctx)))
        return handler

    def _await(self, lamp: Lamp, handler: Handler, asked: Effect, ctx: Context) -> Request:
        def post(event: Event) -> None:
            if not isinstance(event, ON_THE_WAY):
                self.switch(lamp, on=False)
            ctx.post(event)

        self.switch(lamp, on=True)
        return Dimmed(handler(asked, replace(ctx, post=post)), self, lamp)

    def _noticing(self, asked: Effect, ctx: Context) -> "Noticing":
        return Noticing(self, OUTLETS[getattr(asked, "printer", PrinterName.TICKET)], ctx, self.visits)

    def _start_timer(self, lamp: Lamp, seconds: float) -> None:
        timer = threading.Timer(seconds, self.switch, (lamp, False))
        timer.daemon = True
        self._timers[lamp] = timer
        timer.start()

    def _show(self) -> None:
        """Have the board brought to what is wanted; one request at a time is enough."""
        worker = self._workers.get("board")
        with self._lock:
            if worker is None or self._asked or self._wanted == self._lit:
                return
            self._asked = True
        worker.ask(self._bring, lambda _result: None)

    def _bring(self, board: IoBoard, _cancelled: threading.Event) -> None:
        """In the board's thread. Raises DeviceUnavailable."""
        with self._lock:
            self._asked = False
            wanted, lit, self._lit = self._wanted, self._lit, None
        for lamp in Lamp if lit is None else wanted ^ lit:
            board.light(lamp, lamp in wanted)
        with self._lock:
            self._lit = wanted


@dataclass(frozen=True)
class Noticing:
    """Passes events on, and lights the outlet when one says that paper is out."""

    lamps: Lamps
    lamp: Lamp
    ctx: Context
    visits: int

    def __call__(self, event: Event) -> None:
        """From the printer's thread; perhaps when the visit is over."""
        if isinstance(event, PrintedOut | PrintSent) and self.visits == self.lamps.visits:
            self.lamps.switch(self.lamp, on=True, for_s=PAPER_S)
        self.ctx.post(event)


@dataclass(frozen=True)
class Dimmed:
    """A request whose lamp goes off with it."""

    request: Request
    lamps: Lamps
    lamp: Lamp

    def cancel(self) -> None:
        """Stop it."""
        self.lamps.switch(self.lamp, on=False)
        self.request.cancel()
