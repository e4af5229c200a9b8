"""Scanners for bar codes and QR codes."""

from dataclasses import dataclass
from typing import Protocol

from kiosk.ports.device import Device


@dataclass(frozen=True, repr=False)
class Code:
    """What a code says; `repr` shows nothing of it."""

    text: str

    def __repr__(self) -> str:
        return "<Code>"


class CodeScanner(Device, Protocol):
    """A scanner for codes."""

    def await_code(self, timeout_s: float) -> Code | None:
        """The next code that is held before it; None after `timeout_s`. What is oversize, or noise, is no code. Raises
        DeviceUnavailable."""

    def clear(self) -> None:
        """Forget what was scanned and not asked for: it is an earlier person's. Never raises."""
