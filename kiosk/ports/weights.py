"""How heavy faults weigh: what they make of a device, and which of several people are told.

A person can mend one thing at a time: the fault told is the one that keeps the others from being mended, or is their
cause. An open cover, for one, lets a printer report that it has no paper.
"""

from collections.abc import Iterable, Mapping

from kiosk.errors import Fault
from kiosk.ports.device import Health

WEIGHTS: Mapping[Health, tuple[Fault, ...]] = {
    Health.ABSENT: (Fault.UNPLUGGED,),
    Health.BROKEN: (Fault.WRONG_DEVICE, Fault.NO_ANSWER, Fault.NOT_AUTHORISED, Fault.HARDWARE),
    Health.BLOCKED: (
        Fault.BATTERY_LOW,
        Fault.COVER_OPEN,
        Fault.LID_OPEN,
        Fault.PAPER_JAM,
        Fault.PAGE_JAM,
        Fault.CUTTER,
        Fault.PAPER_OUT,
        Fault.TONER_OUT,
        Fault.OUTPUT_FULL,
        Fault.HEAD_HOT,
        Fault.IN_USE,
        Fault.NO_PICTURE,
        Fault.NO_SOUND,
        Fault.OFFLINE,
    ),
    Health.LOW: (Fault.DOOR_OPEN, Fault.ON_BATTERY, Fault.BATTERY_OLD, Fault.PAPER_LOW, Fault.TONER_LOW),
}
"""Heaviest first, the states and the faults of each: a device with several faults is as well as its worst one lets it be."""


def health_of(faults: Iterable[Fault]) -> Health:
    """What a device with these faults is; READY when there are none."""
    found = set(faults)
    return next((health for health, kinds in WEIGHTS.items() if found & set(kinds)), Health.READY)


def worst(faults: Iterable[Fault]) -> Fault | None:
    """The fault that stands in the way of using the device, or None when nothing does."""
    found = set(faults).difference(WEIGHTS[Health.LOW])
    return next((fault for kinds in WEIGHTS.values() for fault in kinds if fault in found), None)
