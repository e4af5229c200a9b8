"""Readers of ID cards and social-security cards."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from devices import registry
from devices.card_readers import sdt_wire
from devices.citizen_cards.pcsc_card import PcscCard
from devices.citizen_cards.pcsc_link import PcscLink
from devices.transports import sim
from tests.pcsc_server import PcscServer


@dataclass
class ReaderBench:
    """A card reader with hands."""

    reader: Any
    place: Callable[[str], None]
    remove: Callable[[], None]
    break_with: Callable[[str], None]
    """Names: unreadable, not-genuine, silent, not-authorised, none."""
    unplug: Callable[[], None]
    plug: Callable[[], None]


@dataclass
class CitizenBench:
    """A citizen-card reader with hands. `seen`: every command that a card was sent."""

    reader: Any
    place: Callable[[str], None]
    remove: Callable[[], None]
    break_with: Callable[[str], None]
    """Names: those of `virtual_card.MOODS`, retries, none; before the card is put in."""
    unplug: Callable[[], None]
    plug: Callable[[], None]
    seen: Callable[[], list[bytes]]


@contextmanager
def simulated_reader(_folder: Path) -> Iterator[ReaderBench]:
    reader = registry.build("card_reader", "simulated", {})
    yield ReaderBench(reader, reader.place, reader.remove, reader.break_with, reader.unplug, reader.plug)


@contextmanager
def sdt(_folder: Path) -> Iterator[ReaderBench]:
    wire = sdt_wire.Wire()
    moods = {"not-genuine": "auth-card"}
    reader = registry.build("card_reader", "sdt", {"url": sim.add(f"sdt-{uuid4()}", wire), "poll_s": 0.01})
    yield ReaderBench(
        reader, wire.place, wire.remove, lambda mood: wire.break_with(moods.get(mood, mood)), wire.unplug, wire.plug
    )


@contextmanager
def simulated_citizen_reader(_folder: Path) -> Iterator[CitizenBench]:
    reader = registry.build("citizen_card_reader", "simulated", {})
    yield CitizenBench(
        reader, reader.place, reader.remove, reader.break_with, reader.unplug, reader.plug, lambda: reader.seen
    )


@contextmanager
def pcsc(folder: Path) -> Iterator[CitizenBench]:
    """A real pcscd with a virtual reader. It looks at its slot every 0.4 s: hands wait until it has seen what they did."""
    with PcscServer(folder / "pcscd") as server:
        slot, eye = PcscCard(server.port), PcscLink(server.socket)

        def seen(card: bool) -> None:
            while eye.ask(1.0, do="look", reader="", wait_s=0.25)["card"] is not card:
                pass

        def remove() -> None:
            slot.remove()
            seen(card=False)

        def place(card: str) -> None:
            remove()
            slot.place(card)
            seen(card=True)

        def change(with_reader: bool) -> None:
            slot.remove()
            eye.close()
            server.restart(with_reader)

        options = {"socket": server.socket, "answer_s": 0.4}
        reader = registry.build("citizen_card_reader", "pcsc", options)
        yield CitizenBench(
            reader, place, remove, slot.break_with, lambda: change(False), lambda: change(True), lambda: slot.seen
        )
        slot.remove()
        eye.close()
