"""Flatbed and sheet-feed scanners."""

from collections.abc import Generator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from kiosk.ports.device import Device
from kiosk.ports.page import Page


class Source(StrEnum):
    """Where the paper lies."""

    FLATBED = "flatbed"
    FEEDER = "feeder"


@dataclass(frozen=True)
class ScannerCapabilities:
    """What the device says it can do: where paper may lie, resolutions in dpi, colour, the glass in mm."""

    sources: tuple[Source, ...]
    dpis: tuple[int, ...]
    colour: bool
    width_mm: float
    height_mm: float


@dataclass(frozen=True)
class ScanOrder:
    """How to scan. `dpi` is met exactly or by the next finer one the device has; A4 unless the glass is smaller."""

    source: Source = Source.FLATBED
    dpi: int = 300
    colour: bool = True


class DocumentScanner(Device, Protocol):
    """A scanner."""

    @property
    def capabilities(self) -> ScannerCapabilities:
        """What it can do; read from the device when it was opened. Raises DeviceUnavailable before that."""

    def scan(self, order: ScanOrder) -> Generator[Page, None, None]:
        """The page on the glass, or all pages of the feeder, each as soon as it is there. Closing the generator (or
        `cancel`) stops the device. Raises NothingToScan (feeder empty at the start), ScanFailed, DeviceUnavailable."""

    def cancel(self) -> None:
        """Stop the scan that the last call of `scan` began, within a second: its generator ends without a further page.
        From any thread, at any time; never raises."""
