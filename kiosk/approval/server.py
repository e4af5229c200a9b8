"""Runs the service: binds the port itself, so that "taken" is a sentence, and stops when its parent is gone."""

import gc
import json
import logging
import socket
import ssl
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import IO

import uvicorn
from sqlalchemy.exc import SQLAlchemyError

from kiosk.approval import enrolment, publication
from kiosk.approval.app import create_app
from kiosk.approval.offices import OFFICES, load_offices
from kiosk.approval.practice import PracticeWindows, Rhythm
from kiosk.approval.practice_clerk import PracticeClerk
from kiosk.approval.queues import QUEUES
from kiosk.approval.request_head import BoundedHead
from kiosk.approval.service import Service, open_database, open_hall, tidy_all
from kiosk.errors import SettingsError

EMBEDDED_CODE_VALID = timedelta(minutes=10)
TIDY_EVERY_S = 3600
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class ServeOptions:
    """How to serve. Port 0: any free one. `clerk_s`: with `practice`, seconds between two steps of the practice clerk.
    `embedded`: announce on standard output, end with standard input. `files`: the file
    store's address (kiosk.approval.file_store.open_store)."""

    database: str
    host: str = "127.0.0.1"
    port: int = 8800
    catalogue: Path | None = None
    queues: Path = QUEUES
    offices: Path = OFFICES
    public_url: str = ""
    practice: Rhythm | None = None
    clerk_s: float = 4
    embedded: bool = False
    behind_tls_proxy: bool = False
    certificate: Path | None = None
    key: Path | None = None
    files: str = ""
    prints_per_result: int = 3


def serve(options: ServeOptions) -> None:
    """Serve until told to stop. Raises SettingsError or CatalogueError before anything is served."""
    _refuse_plain_http_to_the_world(options)
    with listen(options) as listener:
        service = open_service(options)
        try:
            _run(options, service, listener)
        finally:
            service.close()


def open_service(options: ServeOptions) -> Service:
    """Database, hall and catalogue as the options say."""
    hall = open_hall(options.queues)
    published = publication.load(options.catalogue)
    for queue in hall.book.queue:
        for name in queue.unknown_to(published.catalogue):
            logger.warning("%s: queue %s is for %s, which the catalogue does not have", options.queues, queue.id, name)
    offices = load_offices(options.offices)
    for name in offices.unknown_to(published.catalogue):
        logger.warning("%s: names %s, which the catalogue does not have", options.offices, name)
    database = open_database(options.database)
    public_url = options.public_url.rstrip("/")
    try:
        service = Service(
            database,
            hall,
            published,
            public_url,
            options.files,
            options.prints_per_result,
            offices=offices,
            practice=options.practice is not None,
        )
        tidy_all(service)
    except BaseException:
        database.close()
        raise
    return service


def listen(options: ServeOptions) -> socket.socket:
    """Bind the port, or say who has it. Raises SettingsError."""
    family = socket.AF_INET6 if ":" in options.host else socket.AF_INET
    # With the protocol named, asyncio sets TCP_NODELAY; else every answer would wait 40 ms for an acknowledgement.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((options.host, options.port))
        listener.listen(2048)  # now, so that a second service cannot bind it too
    except (OSError, OverflowError) as error:
        listener.close()
        reason = getattr(error, "strerror", None) or str(error)
        raise SettingsError(
            f"cannot listen on {options.host} port {options.port} ({reason}); "
            "stop the other program or choose another --port"
        ) from error
    return listener


class AnnouncingServer(uvicorn.Server):
    """A uvicorn server that says when it accepts connections."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so."""
        await super().startup(sockets)
        if self.started:
            self._ready()


def configure(service: Service, options: ServeOptions) -> uvicorn.Config:
    """uvicorn's settings: no access log of its own (ours holds no addresses), no server header, no websockets."""
    return uvicorn.Config(
        create_app(service),
        loop="uvloop",
        http=BoundedHead,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=options.behind_tls_proxy,
        timeout_keep_alive=75,  # kiosks ask every minute; a connection closed in between would cost them a failure
        timeout_graceful_shutdown=5,
        ssl_certfile=options.certificate,
        ssl_keyfile=options.key,
    )


def _run(options: ServeOptions, service: Service, listener: socket.socket) -> None:
    url = _url(options, listener)
    config = _loaded(configure(service, options))
    server = AnnouncingServer(config, lambda: _announce(options, service, url))
    if options.embedded:
        _stop_with(sys.stdin, server)
        # A kiosk asks for its queues every few seconds, for months: its own service keeps only what went wrong.
        logging.getLogger("kiosk.approval.access").setLevel(logging.WARNING)
    stop = threading.Event()
    threading.Thread(target=_tidy_hourly, args=(service, stop), name="tidy", daemon=True).start()
    practice = _practice(options, service)
    try:
        for each in practice:
            each.start()
        gc.freeze()  # catalogue, models and routes stay: nobody needs to look through them again and again
        server.run([listener])
    except KeyboardInterrupt:
        logger.info("stopped")
    finally:
        stop.set()
        for each in practice:
            each.stop()


def _practice(options: ServeOptions, service: Service) -> tuple[PracticeWindows | PracticeClerk, ...]:
    if options.practice is None:
        return ()
    windows = PracticeWindows(service.database, service.hall, options.practice)
    return windows, PracticeClerk(service.database, service.centre, options.clerk_s)


def _loaded(config: uvicorn.Config) -> uvicorn.Config:
    try:
        config.load()
    except (OSError, ssl.SSLError) as error:
        raise SettingsError(f"--certificate, --key: cannot be used ({error.strerror or error.args[0]})") from error
    return config


def _refuse_plain_http_to_the_world(options: ServeOptions) -> None:
    if (options.certificate is None) != (options.key is None):
        raise SettingsError("--certificate and --key belong together; give both")
    if _is_loopback(options.host) or options.behind_tls_proxy or options.certificate:
        return
    raise SettingsError(
        f"--host {options.host}: not served without encryption beyond this machine; give --certificate and --key, "
        "or --behind-tls-proxy when a proxy in front does it"
    )


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _url(options: ServeOptions, listener: socket.socket) -> str:
    host = f"[{options.host}]" if ":" in options.host else options.host
    return f"{'https' if options.certificate else 'http'}://{host}:{listener.getsockname()[1]}"


def _announce(options: ServeOptions, service: Service, url: str) -> None:
    logger.info("serving on %s, database %s", url, service.database.name)
    if not options.embedded:
        return
    now = service.hall.now()
    code = service.database.write(lambda session: enrolment.make_code(session, None, now, EMBEDDED_CODE_VALID))
    sys.stdout.write(json.dumps({"url": url, "enrolment_code": code}) + "\n")
    sys.stdout.flush()


def _stop_with(stdin: IO[str], server: uvicorn.Server) -> None:
    """End when standard input closes: our parent has died or has no more use for us."""

    def watch() -> None:
        while stdin.buffer.read(1024):  # type: ignore[attr-defined]  # text streams of a process have a buffer
            pass
        logger.info("standard input closed: stopping")
        server.should_exit = True

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()


def _tidy_hourly(service: Service, stop: threading.Event) -> None:
    while not stop.wait(TIDY_EVERY_S):
        try:
            tidy_all(service)
        except (SQLAlchemyError, OSError) as error:
            logger.warning("tidying failed, tried again in an hour: %s", type(error).__name__)
