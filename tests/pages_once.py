"""The same few documents are printed in many tests; their pages are set in a process of their own, a second each time."""

import pickle
from collections.abc import Iterator
from contextlib import contextmanager

from devices.printers import cups, simulated
from devices.printers.pdf_apart import pdf_apart
from kiosk.ports.document import Document

_KEPT: dict[bytes, bytes] = {}


def _once(document: Document) -> bytes:
    key = pickle.dumps(document)
    if key not in _KEPT:
        _KEPT[key] = pdf_apart(document)
    return _KEPT[key]


@contextmanager
def pages_set_once() -> Iterator[None]:
    """Printers get a document's pages from its first time in this run."""
    for module in (simulated, cups):
        vars(module)["pdf_apart"] = _once
    yield
    for module in (simulated, cups):
        vars(module)["pdf_apart"] = pdf_apart
