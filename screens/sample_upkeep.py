"""The technician's pages as the journey makes them, of a terminal with troubles of every kind."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from time import monotonic
from typing import cast

from kiosk.catalogue.model import Catalogue
from kiosk.errors import Fault
from kiosk.events.upkeep import Tried
from kiosk.journeys import upkeep_views as pages
from kiosk.journeys.upkeep_views import UpkeepAnswers
from kiosk.ports.device import ABSENT, READY, Health, Status
from kiosk.ports.tally import Counter
from kiosk.texts import msg
from kiosk.upkeep_report import UpkeepReport
from kiosk.views.model import View
from kiosk.world import Station, World
from screens.sample_parts import HALL

NOW = datetime(2026, 11, 24, 11, 20, tzinfo=timezone(timedelta(hours=8)))
STATES: Mapping[str, Status] = {
    "card_reader": READY,
    "citizen_card_reader": Status(Health.BROKEN, frozenset({Fault.NO_ANSWER})),
    "ticket_printer": Status(Health.BLOCKED, frozenset({Fault.PAPER_OUT, Fault.COVER_OPEN})),
    "a4_printer": Status(Health.LOW, frozenset({Fault.TONER_LOW})),
    "document_camera": Status(Health.BLOCKED, frozenset({Fault.NO_PICTURE})),
    "power": READY,
    "voice": READY,
    "headphones": ABSENT,
}
WORLD = World(
    Station(HALL, "020-0000 0000", "020-0000 0001", ("zh_CN", "zh_HK", "en")),
    cast("Catalogue", None),
    NOW,
    centre_reachable=True,
    devices=STATES,
    since={name: NOW - timedelta(minutes=48 * at) for at, name in enumerate(STATES)} | {"centre": NOW},
)
REPORT = UpkeepReport(
    tuple(STATES),
    {
        "ticket_printer": {
            Counter.PAGES: 18_240,
            Counter.PAGES_SINCE_REFILL: 412,
            Counter.CUTS: 18_236,
            Counter.ERRORS: 7,
        },
        "card_reader": {Counter.READS: 20_311, Counter.ERRORS: 64},
    },
    (
        (msg("Station"), "demo"),
        (msg("Version"), "0.1.0"),
        (
            msg("Running since"),
            msg("{time}, {span}", time=NOW - timedelta(days=12), span=pages.lasting(timedelta(days=12))),
        ),
        (msg("Free on the disk"), "77,808 MB"),
        (msg("Size of the store"), "1.2 MB"),
    ),
)
ANSWERS = UpkeepAnswers(report=REPORT)


def _of(device: str) -> View:
    return pages.device(replace(ANSWERS, device=device), WORLD)


_FACTS = ((msg("What was read"), msg("Resident ID card")), (msg("Reading took"), msg("{n} s", n=1.2)))
UPKEEP_SAMPLES: Mapping[str, View] = {
    "field-pin": pages.pin(replace(ANSWERS, pin="24681", error=pages.wrong_pin(2)), WORLD),
    "wait-locked": pages.locked(replace(ANSWERS, until=monotonic() + 3599), WORLD),
    "message-no-pin": pages.not_set(ANSWERS, WORLD),
    "choose-devices": pages.devices(ANSWERS, WORLD),
    "device-slip": _of("ticket_printer"),
    "device-a4": _of("a4_printer"),
    "device-silent": _of("citizen_card_reader"),
    "device-ready": pages.device(replace(ANSWERS, device="card_reader", note=""), WORLD),
    "device-headphones": _of("headphones"),
    "device-centre": pages.device(replace(ANSWERS, device=pages.CENTRE), replace(WORLD, centre_reachable=False)),
    "wait-trial": pages.trying(replace(ANSWERS, device="card_reader", stage=msg("Put any card on the reader.")), WORLD),
    "message-tried": pages.tried(
        replace(
            ANSWERS,
            tried=Tried("card_reader", True, msg("Take the card away again. Nothing of it was kept."), _FACTS),
        ),
        WORLD,
    ),
    "review-terminal": pages.about(ANSWERS, WORLD),
}
