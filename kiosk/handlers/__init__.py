"""Does what journeys ask for: each effect is handed to a device's worker or to the pool, its result becomes an event.

A handler returns what can be cancelled. Results go through `post`, which carries the number of the visit that asked:
a late answer never reaches the next person. One module per kind of work; here they are put together.
"""

from collections.abc import Callable, Mapping
from typing import cast

from kiosk.context import Handler
from kiosk.effects.model import Effect
from kiosk.handlers.camera import CameraHandlers
from kiosk.handlers.cards import CardHandlers
from kiosk.handlers.case_prints import CasePrints
from kiosk.handlers.cases import CaseHandlers
from kiosk.handlers.codes import CodeHandlers
from kiosk.handlers.lamps import Lamps
from kiosk.handlers.materials import MaterialHandlers
from kiosk.handlers.outgoing import Outgoing
from kiosk.handlers.prints import PrintHandlers
from kiosk.handlers.result_prints import ResultHandlers
from kiosk.handlers.scans import ScanHandlers
from kiosk.handlers.tickets import TicketHandlers
from kiosk.handlers.upkeep import Desk, UpkeepHandlers
from kiosk.ports.card_reader import IdCard
from kiosk.ports.case_centre import CaseCentre
from kiosk.ports.centre import Centre
from kiosk.ports.device import Status
from kiosk.ports.ledger import PrintLedger
from kiosk.ports.tally import NO_TALLY, Tally
from kiosk.ports.worker import DeviceWorker, Pool


class Handlers:
    """The handlers over the station's workers and centre. `digest` makes a holder's digest from a card; `outgoing` takes
    what is handed in: without it, nothing can be."""

    def __init__(
        self,
        workers: Mapping[str, DeviceWorker],
        pool: Pool,
        centre: Callable[[], Centre],
        digest: Callable[[IdCard], str],
        ledger: PrintLedger,
        queues_changed: Callable[[], None] = lambda: None,
        desk: Desk | None = None,
        *,
        tally: Tally = NO_TALLY,
        outgoing: Outgoing | None = None,
    ) -> None:
        self._camera = CameraHandlers(workers)
        self._cards = CardHandlers(workers, tally)
        self._cases = CaseHandlers(pool, centre, digest, outgoing)
        self._codes = CodeHandlers(workers)
        self._lamps = Lamps(workers)
        self._materials = MaterialHandlers(cast("Callable[[], CaseCentre]", centre))
        self._prints = PrintHandlers(workers, ledger, tally)
        self._case_prints = CasePrints(self._prints.print)
        self._results = ResultHandlers(pool, centre, self._prints, outgoing)
        self._scans = ScanHandlers(workers, tally)
        self._tickets = TicketHandlers(pool, centre, digest, queues_changed)
        self._upkeep = UpkeepHandlers(workers, desk or Desk(pool), self._cards, self._prints.print)

    def table(self) -> Mapping[type[Effect], Handler]:
        """Effect -> handler; complete by test."""
        parts = (
            self._camera, self._cards, self._case_prints, self._cases, self._codes, self._materials, self._prints,
            self._results, self._scans,
            self._tickets, self._upkeep,
        )  # fmt: skip
        return self._lamps.around({effect: doer for part in parts for effect, doer in part.table().items()})

    @property
    def card_lies(self) -> bool:
        """Whether a card that was read has not been seen to go."""
        return self._cards.card_lies

    def heard(self, name: str, status: Status) -> None:
        """A device's state changed; from its thread."""
        if name == "board" and status.works:
            self._lamps.again()

    def discard_prints(self) -> None:
        """The visit is over: nothing of it may print later, no lamp leads to anything, nothing that was read is known."""
        self._lamps.all_off()
        self._materials.forget()
        self._prints.discard()

    def close(self) -> None:
        """End what the handlers themselves have started."""
        self._materials.close()

    def recover_prints(self) -> None:
        """Before the first visit: what an earlier run of the program left open is void, and how its results came out is told."""
        self._prints.recover()
        self._results.recover()

    def clear_printers(self) -> None:
        """Before the first visit, with the printers' workers running: nothing of an earlier run may print."""
        self._prints.clear_printers()
