"""The approval service itself for benchmarks: a process of its own on loopback, its database and files in a folder, one kiosk enrolled."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kiosk.approval.queues import Hall, load_queues
from kiosk.catalogue.source import load_builtin
from kiosk.centre.client import HttpCentre, enrol
from kiosk.centre.embedded import EmbeddedCentre, EmbeddedOptions
from kiosk.contract.cases import CaseRequest
from kiosk.contract.files import MediaType
from kiosk.ports.outbox import Letter, LetterKind
from tests.courier.samples import speck
from tests.year import plan
from tests.year.applications import request_of


@dataclass(frozen=True)
class WholeService:
    """A service that runs, and the kiosk it knows."""

    centre: HttpCentre
    holder_key: str
    pid: int

    def cpu_s(self) -> float:
        """Seconds of processor that it has used."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def whole_service(folder: Path) -> Iterator[WholeService]:
    """`kiosk approval serve` as a kiosk starts it for itself."""
    options = EmbeddedOptions(database=f"sqlite:///{folder / 'approval.db'}", log=folder / "approval.log")
    service = EmbeddedCentre.start(options)
    try:
        known = enrol(service.url, service.enrolment_code, "bench")
        centre = HttpCentre(service.url, known.credential, version="bench")
        yield WholeService(centre, known.holder_key, service.pid)
        centre.close()
    finally:
        service.close()


def letters(service: WholeService, name: str, count: int) -> list[Letter]:
    """So many cases of the year of 2019 with what each item asks for; all show one page, which the service gets first."""
    page = speck().jpeg
    digest = hashlib.sha256(page).hexdigest()
    service.centre.upload(digest, MediaType.JPEG, page)
    catalogue = load_builtin()
    zone = Hall(load_queues(), lambda: datetime.now().astimezone()).zone
    cases = plan.year(catalogue, 2019, zone)[:count]
    requests = [request_of(case, catalogue, service.holder_key, digest) for case in cases]
    return [_letter(f"{name}-{number:06}", request) for number, request in enumerate(requests)]


def _letter(key: str, request: CaseRequest) -> Letter:
    return Letter(key, key, LetterKind.CASE, request.model_dump_json().encode())
