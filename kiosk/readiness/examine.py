"""Examines one device, and puts the findings together into a report with a verdict."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from kiosk.contract.readiness import Examined, Figure, ReadinessReport
from kiosk.errors import REMEDIES, DeviceError, DeviceUnavailable, Fault, KioskError
from kiosk.ports.device import Device, Health, Status
from kiosk.ports.tally import Counter
from kiosk.ports.weights import health_of
from kiosk.readiness.exercises import EXERCISES, Order, Stopwatch

MAY_BE_ABSENT = ("headphones",)
"""Kinds whose absence is nobody's fault: they are there while somebody uses them."""
MOST_TEXT = 500


class Part(NamedTuple):
    """A device as it is named in the settings."""

    kind: str
    model: str


def examined(part: Part, device: Device, order: Order, counted: Mapping[Counter, int]) -> Examined:
    """Exercise an open device; what went wrong stands in the finding, nothing is raised. Runs where the device lives."""
    figures: list[Figure] = []
    trouble = ""
    faults: set[Fault] = set()
    try:
        for figure in EXERCISES[part.kind](device, order):
            figures.append(figure)
    except DeviceError as error:
        trouble, faults = str(error), {getattr(error, "fault", Fault.HARDWARE)}
    except Exception as error:  # noqa: BLE001  a model's mistake is a finding; its text may quote anything
        trouble, faults = f"failed in an unforeseen way: {type(error).__name__}", {Fault.HARDWARE}
    figures += [Figure(name=counter.value, value=amount) for counter, amount in sorted(counted.items())]
    return finding(part, _with(device.status(), faults), figures, trouble)


def _with(status: Status, faults: set[Fault]) -> Status:
    """The state of a device that also showed these faults when it was exercised."""
    if not faults:
        return status
    found = status.faults | faults
    return Status(health_of(found), found)


def opened(part: Part, device: Device, order: Order, counted: Mapping[Counter, int]) -> Examined:
    """Open a device that nobody holds, exercise it, close it; the time it took to open is the first figure."""
    watch = Stopwatch()
    try:
        device.open()
        took = watch.figure("opened_in")
        found = examined(part, device, order, counted)
        return found.model_copy(update={"figures": (took, *found.figures)})
    except DeviceUnavailable as error:
        return unavailable(part, error)
    finally:
        device.close()


def unavailable(part: Part, error: KioskError) -> Examined:
    """The finding about a device that could not be opened, or whose settings are wrong."""
    fault = getattr(error, "fault", None)
    status = Status(health_of((fault,)), frozenset({fault})) if fault else Status(Health.BROKEN)
    return finding(part, status, (), str(error))


def finding(part: Part, status: Status, figures: Iterable[Figure], trouble: str) -> Examined:
    """A device's finding: ready where it works, and nothing went wrong that keeps people from using it."""
    excused = part.kind in MAY_BE_ABSENT and status.health is Health.ABSENT
    faults = () if excused else tuple(sorted(status.faults))
    return Examined(
        name=part.kind,
        model=part.model,
        ready=excused or (status.works and not trouble),
        health=status.health.value,
        faults=faults,
        remedies=tuple(REMEDIES[fault].staff.id for fault in faults),
        figures=tuple(figures),
        trouble=trouble[:MOST_TEXT],
    )


class Made(NamedTuple):
    """Where and when a report was made, by which version of the program, and how many seconds it took."""

    station: str
    version: str
    at: datetime
    took_s: float


def report(made: Made, devices: Iterable[Examined], machine: Iterable[Examined]) -> ReadinessReport:
    """Everything together; ready when every part is."""
    found, parts = tuple(devices), tuple(machine)
    return ReadinessReport(
        station=made.station,
        version=made.version,
        made_at=made.at,
        took_s=round(max(0.0, made.took_s), 1),
        ready=all(one.ready for one in (*found, *parts)),
        devices=found,
        machine=parts,
    )


Counted = Callable[[str], Mapping[Counter, int]]
"""The counters of a device by its kind."""
