"""72 hours without network, with a restart of the terminal in the middle, and then the network is back: the real service, the
clock as the test turns it."""

import logging
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from kiosk.approval.case_tables import CaseMaterialRow, CaseRow
from kiosk.approval.decisions import Action
from kiosk.approval.record_tables import DraftRow, LetterKeyRow, RatingRow
from kiosk.approval.service import Service
from kiosk.cases.model import CaseInHand
from kiosk.centre.client import HttpCentre
from kiosk.centre.fault_proxy import FaultProxy, Mode
from kiosk.centre.http import Timeouts
from kiosk.contract.cases import CaseReceipt
from kiosk.courier.courier import Courier
from kiosk.effects.cases import SendRating
from kiosk.handlers.letters import case_letter, draft_letter, rating_letter, supplement_letter
from kiosk.handlers.outgoing import Parcel
from kiosk.ports.outbox import LetterState
from kiosk.store.outbox import StoreOutbox
from kiosk.store.store import Store
from tests.approval.applications import do
from tests.approval.hall import enrol_kiosk, service_in, serving
from tests.courier.conftest import Clock, work
from tests.courier.samples import HOLDER, NOW, stall

HOURS, RESTART_AT, BAD_AT = 72, 36, 3
HOUR = 3600.0
PATIENT = Timeouts(connect_s=0.5, read_s=10, total_s=20)
"""Whoever is away refuses at once; whoever is there is waited for."""


class Terminal:
    """Store and courier, which end and begin again; the clock goes on."""

    def __init__(self, folder: Path, centre: HttpCentre, clock: Clock) -> None:
        self._folder, self._centre, self.clock = folder, centre, clock
        self._stack = ExitStack()
        self._begin()

    def _begin(self) -> None:
        store = Store.open(self._folder / "kiosk.db", self._folder / "kiosk.key")
        self._stack.callback(store.close)
        self.outbox = StoreOutbox(store, self.clock)
        self.courier = Courier(self.outbox, lambda: self._centre, clock=self.clock, chance=lambda: 1.0)
        self._stack.callback(self.courier.close)

    def restart(self) -> None:
        """As after a power cut: only what is on the disk is known."""
        self._stack.close()
        self._begin()
        self.courier.centre_answers(answers=False)

    def keep(self, *parcels: Parcel) -> None:
        """What people were told is kept."""
        for letter, files in parcels:
            assert self.outbox.put(letter, files)

    def live(self, seconds: float, step: float) -> None:
        """Let time pass."""
        until = self.clock.now + seconds
        while self.clock.now < until:
            self.clock.now += step
            work(self.courier)

    def close(self) -> None:
        """End."""
        self._stack.close()


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    with service_in(tmp_path) as service:
        yield service


@pytest.fixture
def proxy(service: Service) -> Iterator[FaultProxy]:
    with serving(service) as url, FaultProxy(url) as proxy:
        yield proxy


@pytest.fixture
def terminal(service: Service, proxy: FaultProxy, tmp_path: Path) -> Iterator[Terminal]:
    centre = HttpCentre(proxy.url, enrol_kiosk(service).credential, version="0.1.0", timeouts=PATIENT)
    terminal = Terminal(tmp_path, centre, Clock())
    yield terminal
    terminal.close()
    centre.close()


def key(kind: int, hour: int) -> str:
    return f"{kind:016x}{hour:016x}"


def at(hour: int) -> datetime:
    return datetime.fromtimestamp(NOW.timestamp() + hour * HOUR, UTC)


def handed_in(hour: int) -> CaseInHand:
    """At one hour, something that the centre will not take."""
    whole = stall(f"shop {hour}", shade=hour // 12)
    return replace(whole, fields={"stall-goods": "without a name"}) if hour == BAD_AT else whole


def one_hour(terminal: Terminal, hour: int, tokens: list[str]) -> None:
    """Somebody hands in a case, somebody begins one, somebody rates; in the evening somebody supplements and rates a case."""
    terminal.keep(
        case_letter(handed_in(hour), HOLDER, at(hour), key(1, hour)),
        draft_letter(stall(f"begun {hour}", shade=hour // 12), HOLDER, key(2, hour)),
        rating_letter(SendRating("", 5, (), "", key(3, hour)), at(hour)),
    )
    if hour % 24 == 20:
        token = tokens[hour // 24]
        terminal.keep(
            supplement_letter(token, stall(shade=200 + hour // 12).sheets, at(hour), key(4, hour)),
            rating_letter(SendRating(token, 4, (), "", key(5, hour)), at(hour)),
        )


def asked_for_more(terminal: Terminal, service: Service) -> list[str]:
    """Cases of the week before, of which something is asked."""
    keys = [key(6, n) for n in range(3)]
    terminal.keep(*(case_letter(stall(f"before {n}"), HOLDER, NOW, each) for n, each in enumerate(keys)))
    work(terminal.courier)
    answers = [terminal.outbox.state(each) or (None, b"") for each in keys]
    receipts = [CaseReceipt.model_validate_json(answer) for _, answer in answers]
    for receipt in receipts:
        do(service, receipt.number, Action.RETURN, asked=(("photo", "看不清楚。"),))
    return [receipt.token for receipt in receipts]


def test_three_days_without_network(
    terminal: Terminal, proxy: FaultProxy, service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    tokens = asked_for_more(terminal, service)
    caplog.set_level(logging.INFO, logger="kiosk")
    proxy.set_mode(Mode.DOWN)
    terminal.courier.centre_answers(answers=False)
    for hour in range(HOURS):
        one_hour(terminal, hour, tokens)
        if hour == RESTART_AT:
            terminal.restart()
        terminal.live(HOUR, HOUR)
    assert terminal.outbox.waiting() == HOURS * 3 + 6, "nothing was lost with the restart, nothing given up"
    assert len(caplog.records) < 20, "three days must not fill the disk"
    proxy.set_mode(Mode.PASS)
    back = terminal.clock.now
    terminal.courier.centre_answers(answers=True)
    work(terminal.courier)
    while terminal.outbox.waiting() and terminal.clock.now < back + 60:
        terminal.live(1, 1)
    assert terminal.outbox.waiting() == 0, "within a minute"
    assert [(each.key, each.code) for each in terminal.outbox.aside()] == [(key(1, BAD_AT), "incomplete")]
    assert terminal.outbox.state(key(1, BAD_AT)) == (LetterState.SET_ASIDE, b"incomplete")
    everything_is_there(service)


def everything_is_there(service: Service) -> None:
    with service.database.reading() as session:
        fields = session.scalars(select(CaseRow.fields)).all()
        goods = {f"shop {hour}" for hour in range(HOURS) if hour != BAD_AT} | {f"before {n}" for n in range(3)}
        assert len(fields) == len(goods)
        assert all(any(f'"{name}"' in each for each in fields) for name in goods), "each once"
        drafts = session.scalars(select(LetterKeyRow.key).where(LetterKeyRow.key.startswith(key(2, 0)[:16])))
        in_order = [key(2, hour) for hour in range(HOURS)]
        assert sorted(in_order) == in_order
        assert list(drafts.all()) == in_order
        assert len(session.scalars(select(DraftRow)).all()) == HOURS
        rated = session.scalars(select(RatingRow.case_number)).all()
        assert (len(rated), len([number for number in rated if number])) == (HOURS + 3, 3)
        assert list(session.scalars(select(CaseMaterialRow.turn).where(CaseMaterialRow.turn > 0))) == [1, 1, 1]
