"""From the faults a device reports to what they mean for using it."""

from collections.abc import Iterable

from kiosk.errors import Fault
from kiosk.ports.device import Health, Status

WEIGHTS: dict[Health, frozenset[Fault]] = {
    Health.ABSENT: frozenset({Fault.UNPLUGGED}),
    Health.BROKEN: frozenset({Fault.NO_ANSWER, Fault.WRONG_DEVICE, Fault.NOT_AUTHORISED, Fault.HARDWARE}),
    Health.BLOCKED: frozenset(
        {
            Fault.PAPER_OUT,
            Fault.PAPER_JAM,
            Fault.COVER_OPEN,
            Fault.CUTTER,
            Fault.HEAD_HOT,
            Fault.TONER_OUT,
            Fault.OFFLINE,
            Fault.NO_SOUND,
            Fault.OUTPUT_FULL,
            Fault.PAGE_JAM,
            Fault.LID_OPEN,
            Fault.IN_USE,
            Fault.NO_PICTURE,
            Fault.BATTERY_LOW,
        }
    ),
    Health.LOW: frozenset({Fault.PAPER_LOW, Fault.TONER_LOW, Fault.ON_BATTERY, Fault.BATTERY_OLD, Fault.DOOR_OPEN}),
}
"""Heaviest first: a device with several faults is as well as its worst one lets it be."""


def status_of(faults: Iterable[Fault]) -> Status:
    """The status of a device that reports these faults; READY when there are none."""
    found = frozenset(faults)
    for health, kinds in WEIGHTS.items():
        if found & kinds:
            return Status(health, found)
    return Status(Health.READY)


def worst(faults: Iterable[Fault]) -> Fault | None:
    """The fault that stands in the way of a print, or None when nothing does."""
    found = sorted(set(faults) - WEIGHTS[Health.LOW])
    ranked = [fault for kinds in WEIGHTS.values() for fault in found if fault in kinds]
    return ranked[0] if ranked else None
