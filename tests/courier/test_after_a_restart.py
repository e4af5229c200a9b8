"""The visit of somebody who comes while the network is down, right after the terminal was started again: everything behind the
screen as the terminal makes it, the real service behind a proxy."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from queue import SimpleQueue

import pytest
from sqlalchemy import select

from kiosk import words
from kiosk.approval import enrolment
from kiosk.approval.case_tables import CaseRow
from kiosk.approval.record_tables import DraftRow, RatingRow
from kiosk.approval.service import Service
from kiosk.bootstrap.machinery import Machinery
from kiosk.centre.fault_proxy import FaultProxy, Mode
from kiosk.centre.holder import holder_digest
from kiosk.context import Context
from kiosk.effects.cases import SaveDraft, SendRating, SubmitCase
from kiosk.effects.model import Effect
from kiosk.events.cases import CaseKept, DraftKept, NotKept, RatingKept
from kiosk.events.centre import CentreAway
from kiosk.events.model import Event
from kiosk.mailbox import Mailbox
from kiosk.settings import load
from tests.approval.hall import Clock, service_in, serving
from tests.courier.samples import CARD, stall
from tests.worlds import world

KEYS = [f"{n:032x}" for n in range(3)]


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    with service_in(tmp_path, Clock(datetime.now(UTC))) as service:
        yield service


@pytest.fixture
def proxy(service: Service) -> Iterator[FaultProxy]:
    with serving(service) as url, FaultProxy(url) as proxy:
        yield proxy


@pytest.fixture
def terminal(service: Service, proxy: FaultProxy, tmp_path: Path) -> Callable[[], "Machinery"]:
    """Makes the terminal's machinery, each time as after a start, without a device."""
    now, day = service.hall.now(), timedelta(days=1)
    code = service.database.write(lambda session: enrolment.make_code(session, "demo", now, day))
    environ = {
        "KIOSK_PATHS__DATA": str(tmp_path / "kiosk"),
        "KIOSK_PATHS__KEY_FILE": str(tmp_path / "store.key"),
        "KIOSK_CENTRE__URL": proxy.url,
        "KIOSK_CENTRE__ENROLMENT_CODE": code,
        "KIOSK_CENTRE__READ_TIMEOUT_S": "2",
    }
    settings = load("demo", environ=environ).model_copy(update={"devices": {}})
    (tmp_path / "kiosk").mkdir()
    return lambda: Machinery(settings, Mailbox(), False, {})


@contextmanager
def begun(terminal: Callable[[], Machinery]) -> Iterator[Machinery]:
    machinery = terminal()
    machinery.start()
    try:
        yield machinery
    finally:
        machinery.close()


def ask(machinery: Machinery, effect: Effect, answers: int) -> list[Event]:
    """What a resident is told."""
    told: SimpleQueue[Event] = SimpleQueue()
    machinery.handlers.table()[type(effect)](effect, Context(1, world(), words.load("en"), told.put))
    return [told.get(timeout=10) for _ in range(answers)]


def until(there: Callable[[], object]) -> None:
    end = time.monotonic() + 15
    while not there():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_the_network_is_down_since_before_the_terminal_was_started(
    terminal: Callable[[], Machinery], proxy: FaultProxy, service: Service
) -> None:
    with begun(terminal) as machinery:  # the day it was set up: it is enrolled
        until(lambda: machinery._store.identity() and machinery._store.catalogue())
    proxy.set_mode(Mode.DOWN)
    with begun(terminal) as machinery:  # never connected in this run
        assert machinery._version == service.publication.version, "guides are those that the centre published"
        assert ask(machinery, SaveDraft(stall("草稿"), KEYS[0]), 2) == [DraftKept(), CentreAway()]
        assert ask(machinery, SubmitCase(stall("果蔬"), KEYS[1]), 1) == [CaseKept()]
        assert ask(machinery, SendRating("", 5, (), "", KEYS[2]), 1) == [RatingKept()]
        identity = machinery._store.identity()
    proxy.set_mode(Mode.PASS)
    with begun(terminal) as machinery:  # and once more before the network is back
        until(lambda: not machinery._outbox.waiting())
        assert machinery._outbox.standings() == ()
    assert identity
    with service.database.reading() as session:
        holders = session.scalars(select(CaseRow.holder)).all(), session.scalars(select(DraftRow.holder)).all()
        assert holders == ([holder_digest(identity.holder_key, CARD)],) * 2
        assert len(session.scalars(select(RatingRow)).all()) == 1


def test_a_terminal_that_no_centre_ever_knew_promises_nothing(
    terminal: Callable[[], Machinery], proxy: FaultProxy
) -> None:
    proxy.set_mode(Mode.DOWN)
    with begun(terminal) as machinery:
        assert ask(machinery, SubmitCase(stall(), KEYS[0]), 1) == [NotKept()]
        assert ask(machinery, SaveDraft(stall(), KEYS[1]), 1) == [CentreAway()]
        assert machinery._outbox.waiting() == 0
