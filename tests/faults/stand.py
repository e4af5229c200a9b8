"""A hall with a tap on every device: where the cells of the matrix are played, one after the other, without a restart."""

import itertools
import logging
import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil

from devices import hands, registry
from devices.card_readers import sdt_card
from devices.card_readers.sample_cards import CARDS
from devices.hands import Handled
from devices.transports import sim
from kiosk.centre.holder import holder_digest
from kiosk.ports.card_reader import CardKind, IdCard
from kiosk.ports.device import Device
from tests.cups_server import QUEUE, CupsServer
from tests.faults import outlets
from tests.faults.outlets import Outlet
from tests.faults.people import STUCK_S, Bad
from tests.faults.taps import Tap, TappedSpeaker, TappedWire, Watched
from tests.faults.visits import USES
from tests.hall import FITTED, Hall
from tests.pages_once import pages_set_once

QUICK: Mapping[str, Mapping[str, object]] = {
    "card_reader": {"poll_s": 0.02},
    "ticket_printer": {"stall_s": 0.3},
    "a4_printer": {"print_s": 0.05},
}
"""Options that make no difference but of time."""
BENCH: Mapping[str, tuple[str, Mapping[str, object]]] = {
    **FITTED,
    "document_scanner": ("simulated", {"page_s": 0.2}),
    "document_camera": ("simulated", {}),
    "code_scanner": ("serial", {"url": "sim://devices.code_scanners.serial_wire:Wire?paced=1#{hall}"}),
}
"""What stands here: that of every hall, and what only a technician uses."""
CUPS_S = 4.0
LOOKS = 2
"""A look may have begun before the hand; the second one sees it."""
_numbers = itertools.count(1)


class Stand:
    """Use as a context manager. `a4`: the model of the A4 printer."""

    def __init__(self, folder: Path, a4: str = "simulated") -> None:
        self._folder, self.a4 = folder, a4
        self.taps: dict[str, Tap] = {}
        self.watched: dict[str, Watched] = {}
        self._wires: dict[str, Any] = {}
        self._outlets: dict[str, Outlet] = {}
        self._exit = ExitStack()
        self.server: CupsServer | None = None
        self.warm = (0, 0)
        """Descriptors and threads after the first cells."""
        self.learned: dict[tuple[str, str], int] = {}
        """(device, visit) -> how long a sound paper is."""

    def __enter__(self) -> "Stand":
        if self.a4 == "cups":
            self.server = self._exit.enter_context(CupsServer())
        self.log = self._exit.enter_context(listening())
        self._exit.enter_context(pages_set_once())
        self.hall = Hall(
            self._folder / "kiosk",
            urls=self._urls(),
            fitted=self._fitted(),
            wrapped=self._wrapped,
            watch_s=0.1,
            patience_s=STUCK_S,
        )
        self._exit.callback(self.hall.close)
        self.hall.until_open()
        return self

    def __exit__(self, *_: object) -> None:
        self._exit.close()

    def _fitted(self) -> dict[str, tuple[str, dict[str, object]]]:
        fitted = {kind: (model, {**options, **QUICK.get(kind, {})}) for kind, (model, options) in BENCH.items()}
        if self.server:
            fitted["a4_printer"] = ("cups", {"queue": QUEUE, "server": self.server.server, "timeout_s": CUPS_S})
        return fitted

    def _urls(self) -> dict[str, str]:
        """A tapped wire in place of every simulated one, not slowed down to the pace of a real cable."""
        found = {kind: str(options["url"]) for kind, (_model, options) in BENCH.items() if "url" in options}
        return {kind: self._tapped(kind, url) for kind, url in found.items() if url.startswith(sim.SCHEME)}

    def _tapped(self, kind: str, url: str) -> str:
        path, _, _query = url.removeprefix(sim.SCHEME).partition("#")[0].partition("?")
        name = f"{path}#faults-{os.getpid()}-{next(_numbers)}"
        wire = sim.wire(name)
        self._exit.callback(sim.forget, name)
        self.taps[kind], self._wires[kind] = Tap(), wire
        tap = TappedSpeaker if isinstance(wire, sim.Speaking) else TappedWire
        tapped = sim.add(f"tapped-{os.getpid()}-{next(_numbers)}", tap(wire, self.taps[kind]))
        self._exit.callback(sim.forget, tapped)
        return tapped

    def _wrapped(self, kind: str, device: Device) -> Any:
        if kind not in USES:
            return device
        use = USES[kind]
        tap = self.taps.setdefault(kind, Tap())
        self.watched[kind] = Watched(device, tap, dict.fromkeys((use.begins, use.works), kind in self._wires))
        return self.watched[kind]

    # --- the machine ---------------------------------------------------------------------------------------

    def handled(self, kind: str) -> Handled:
        """What can be handled of a device: itself, its wire, or the server behind it."""
        found = self.server if kind == "a4_printer" and self.server else registry.handled(self.hall.devices[kind])
        if found is None:
            raise Bad(f"the {kind} of this stand has no hands")
        return found

    def outlet(self, kind: str) -> Outlet:
        """Where a printer's paper comes out."""
        if kind not in self._outlets:
            self._outlets[kind] = self._outlet(kind)
        return self._outlets[kind]

    def _outlet(self, kind: str) -> Outlet:
        if kind == "ticket_printer":
            return outlets.slips(self._wires[kind])
        return outlets.queue(self.server) if self.server else outlets.pages(self.hall.devices[kind])

    @property
    def counted(self) -> frozenset[str]:
        """The kinds whose bytes can be counted."""
        return frozenset(self._wires)

    def model(self, kind: str) -> str:
        """Its model."""
        return self.a4 if kind == "a4_printer" else BENCH[kind][0]

    def await_looks(self, kind: str) -> None:
        """Until the device has been looked at by somebody who knows what was done to it."""
        watched = self.watched[kind]
        enough = watched.looks + LOOKS
        self.hall.until(lambda: watched.looks >= enough, f"a look at the {kind}")

    def await_work(self, kind: str) -> None:
        """Until the device works again."""
        self.await_looks(kind)
        self.hall.until(lambda: self.hall.runner.world.device(kind).works, f"the {kind} to work again")

    def use_hand(self, kind: str, key: str) -> None:
        """Use a hand where there is the device and it has it."""
        if kind not in self.hall.devices:
            return
        handled = self.handled(kind)
        if key in {hand.key for hand in handled.hands()}:
            hands.do(handled, key)

    # --- the hall's books ----------------------------------------------------------------------------------

    def give_number(self, card: str) -> None:
        """The holder of the card has taken a number elsewhere."""
        self.hall.link.centre().take_ticket("general", self._digest(card), os.urandom(16).hex())

    def forget_numbers(self, *cards: str) -> None:
        """Give up what the holders have, so that they may come again."""
        centre = self.hall.link.centre()
        for card in cards:
            for kind in (None, CardKind.SOCIAL_SECURITY):
                for ticket in centre.open_tickets(self._digest(card, kind)):
                    centre.give_up_ticket(ticket.id)

    def _digest(self, card: str, kind: CardKind | None = None) -> str:
        holder = card_of(card)
        return holder_digest(self.hall.link.holder_key(), replace(holder, kind=kind or holder.kind))

    def footprint(self) -> tuple[int, int]:
        """Open descriptors and threads of this process."""
        return psutil.Process().num_fds(), threading.active_count()


def card_of(key: str) -> IdCard:
    """A sample card as it is read."""
    return sdt_card.parse(CARDS[key].text, CARDS[key].photo)


class Log(logging.Handler):
    """Keeps what was logged."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[tuple[int, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append((record.levelno, record.getMessage()))


@contextmanager
def listening() -> Iterator[Log]:
    """Listen to what the program logs."""
    log, root = Log(), logging.getLogger()
    before = root.level
    root.addHandler(log)
    root.setLevel(logging.INFO)
    yield log
    root.removeHandler(log)
    root.setLevel(before)
