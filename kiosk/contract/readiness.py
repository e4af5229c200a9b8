"""Readiness reports."""

from typing import Annotated

from pydantic import Field, StrictBool

from kiosk.contract.wire import Identifier, Moment, Number, Wire


class Figure(Wire):
    """Something that was measured or read: `opened`, 12.5, `ms`. `unit` is empty for words and plain numbers."""

    name: Identifier
    value: Number | Annotated[str, Field(max_length=200)]
    unit: Annotated[str, Field(max_length=12)] = ""


class Examined(Wire):
    """A device, or a part of the machine such as the clock: whether it is ready for the day, and what was found.

    `model`: the device's; empty for parts of the machine. `remedies`: what staff can do, as message ids in English.
    `trouble`: what went wrong, for the technician."""

    name: Identifier
    ready: StrictBool
    model: Annotated[str, Field(max_length=64)] = ""
    health: Annotated[str, Field(max_length=20)] = ""
    faults: Annotated[tuple[Identifier, ...], Field(max_length=30)] = ()
    remedies: Annotated[tuple[Annotated[str, Field(max_length=300)], ...], Field(max_length=30)] = ()
    figures: Annotated[tuple[Figure, ...], Field(max_length=60)] = ()
    trouble: Annotated[str, Field(max_length=500)] = ""


class ReadinessReport(Wire):
    """What was found when a kiosk exercised every device it has; once a day, and when a technician asks. Nothing in it
    is personal."""

    station: Identifier
    version: Annotated[str, Field(max_length=40)]
    made_at: Moment
    took_s: Annotated[Number, Field(ge=0, le=86_400)]
    ready: StrictBool
    devices: Annotated[tuple[Examined, ...], Field(max_length=50)] = ()
    machine: Annotated[tuple[Examined, ...], Field(max_length=50)] = ()


class ReadinessReceipt(Wire):
    """The service has kept a readiness report."""

    received_at: Moment
