"""A real approval service for tests: SQLite in a temporary folder, the built-in catalogue, a clock one can turn."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from kiosk.approval import enrolment, publication
from kiosk.approval.queues import Hall, load_queues
from kiosk.approval.server import AnnouncingServer, ServeOptions, configure, listen
from kiosk.approval.service import Service, open_database
from kiosk.contract.kiosks import Enrolment, EnrolmentRequest

HOLDER = "a1" * 32
OTHER = "b2" * 32
PUBLIC_URL = "https://hall.example"


@dataclass
class Clock:
    """Stands still until it is turned."""

    now: datetime = field(default_factory=lambda: datetime(2026, 3, 2, 2, 0, tzinfo=UTC))  # 10:00 in the hall, a Monday

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **span: float) -> None:
        """Turn it forward by a timedelta's keywords."""
        self.now += timedelta(**span)


@cache
def published() -> publication.Publication:
    """The built-in catalogue, loaded once."""
    return publication.load(None)


@cache
def _new_database() -> bytes:
    """A database with all its tables and nothing in them: migrations take a second, and tests want hundreds."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "approval.db"
        open_database(f"sqlite:///{file}").close()
        return file.read_bytes()


@contextmanager
def service_in(folder: Path, clock: Clock | None = None) -> Iterator[Service]:
    """A service with its own database in `folder`, a new one if there is none."""
    file = folder / "approval.db"
    if not file.exists():
        file.write_bytes(_new_database())
    database = open_database(f"sqlite:///{file}")
    service = Service(database, Hall(load_queues(), clock or Clock()), published(), PUBLIC_URL)
    try:
        yield service
    finally:
        service.close()


@contextmanager
def serving(service: Service) -> Iterator[str]:
    """The service on a free port of loopback, in a thread; its address."""
    options = ServeOptions(database="", port=0)
    ready = threading.Event()
    with listen(options) as listener:
        server = AnnouncingServer(configure(service, options), ready.set)
        thread = threading.Thread(target=server.run, args=([listener],), name="service")
        thread.start()
        assert ready.wait(10)
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(10)
        assert not thread.is_alive()


def enrol_kiosk(service: Service, station: str = "hall-1") -> Enrolment:
    """An enrolled kiosk."""
    now, day = service.hall.now(), timedelta(days=1)
    code = service.database.write(lambda session: enrolment.make_code(session, station, now, day))
    request = EnrolmentRequest(code=code, station=station)
    return service.database.write(lambda session: enrolment.enrol(session, request, now))
