"""Pages from a telephone and text from pages, over real threads and processes, with a centre in the test's hands."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from queue import Empty, Queue

import pytest

from kiosk import words
from kiosk.cases.model import Origin
from kiosk.context import Context
from kiosk.contract.files import MediaType
from kiosk.effects.materials import OpenPhonePage, ReadText
from kiosk.events.centre import CentreAway, CentreSaidNo
from kiosk.events.materials import (
    PhoneFileUnreadable,
    PhoneJoined,
    PhonePageEnded,
    PhonePageOpened,
    PhonePages,
    TextRead,
)
from kiosk.events.model import Event
from kiosk.handlers import phone as module
from kiosk.handlers.materials import MaterialHandlers
from kiosk.handlers.phone import PhoneDesk
from tests.paper import CARD, CITIZEN, drawn, page, pdf
from tests.phone_centre import PhoneCentre
from tests.worlds import text, world

PATIENCE_S = 30.0
LEASE = text("租赁合同", "Lease")


class Desk:
    """A centre, the handlers, and what they told."""

    def __init__(self) -> None:
        self.centre, self.told = PhoneCentre(), Queue[Event]()
        self.desks: list[PhoneDesk] = []

    def open(self, language: str = "en", public_url: str = "https://approval.example") -> PhoneDesk:
        here = world()
        here = replace(here, station=replace(here.station, public_url=public_url))
        ctx = Context(1, here, words.load(language), self.told.put)
        self.desks.append(PhoneDesk(OpenPhonePage(LEASE), ctx, lambda: self.centre, every_s=0.02))
        return self.desks[-1]

    def event(self) -> Event:
        return self.told.get(timeout=PATIENCE_S)

    def nothing(self, seconds: float = 0.15) -> bool:
        try:
            self.told.get(timeout=seconds)
        except Empty:
            return True
        return False


@pytest.fixture
def desk() -> Iterator[Desk]:
    made = Desk()
    yield made
    made.centre.away = False
    for each in made.desks:
        each.cancel()
        assert each.join(5)


def eventually(is_so: Callable[[], object]) -> bool:
    until = time.monotonic() + PATIENCE_S
    while not is_so() and time.monotonic() < until:
        time.sleep(0.01)
    return bool(is_so())


def test_from_the_code_to_the_pages(desk: Desk) -> None:
    opened_desk = desk.open("zh_CN")
    opened = desk.event()
    assert isinstance(opened, PhonePageOpened)
    assert opened.url == "https://approval.example/u/t0ken_of-the-page"
    assert 800 < opened.ends_at - time.monotonic() <= 900
    assert (desk.centre.asked[0].title, desk.centre.asked[0].language) == ("租赁合同", "zh_CN")
    desk.centre.join()
    assert desk.event() == PhoneJoined()
    photo = desk.centre.send(drawn(CARD), MediaType.JPEG)
    came = desk.event()
    assert isinstance(came, PhonePages)
    (sheet,) = came.sheets
    assert (sheet.origin, sheet.file, sheet.number) == (Origin.PHONE, photo, 1)
    document = desk.centre.send(pdf(3), MediaType.PDF, 3)
    came = desk.event()
    assert isinstance(came, PhonePages)
    assert [(sheet.file, sheet.number) for sheet in came.sheets] == [(document, 1), (document, 2), (document, 3)]
    assert desk.nothing(), "each is told once"
    opened_desk.cancel()
    assert opened_desk.join(3)
    assert desk.centre.closed == ["upload-1"]


def test_leaving_tells_nothing_more_and_closes_the_page(desk: Desk) -> None:
    opened = desk.open()
    desk.event()
    desk.centre.send(pdf(40), MediaType.PDF, 40)
    assert eventually(lambda: desk.centre.fetched)
    begin = time.monotonic()
    opened.cancel()
    assert opened.join(3), "in the middle of drawing, too"
    assert time.monotonic() - begin < 2
    assert desk.told.empty()
    assert desk.centre.closed == ["upload-1"]


def test_a_file_that_cannot_be_shown_does_not_hold_up_the_next(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    desk.open()
    desk.event()
    desk.centre.send(b"secret words, called .pdf", MediaType.PDF)
    assert desk.event() == PhoneFileUnreadable()
    gone = desk.centre.send(b"another", MediaType.JPEG)
    desk.centre.lose(gone)
    assert desk.event() == PhoneFileUnreadable()
    desk.centre.send(drawn(CARD), MediaType.JPEG)
    assert isinstance(desk.event(), PhonePages)
    assert "secret" not in caplog.text


def test_its_time_is_over(desk: Desk) -> None:
    opened = desk.open()
    desk.event()
    desk.centre.end()
    assert desk.event() == PhonePageEnded()
    assert opened.join(3)


def test_a_short_gap_in_the_network_is_not_told(desk: Desk) -> None:
    desk.open()
    desk.event()
    desk.centre.away = True
    looks = desk.centre.looks
    assert eventually(lambda: desk.centre.looks >= looks + 3)
    desk.centre.send(drawn(CARD), MediaType.JPEG)
    desk.centre.away = False
    assert isinstance(desk.event(), PhonePages)


def test_a_network_that_stays_away_is_told(desk: Desk) -> None:
    opened = desk.open()
    desk.event()
    desk.centre.away = True
    assert desk.event() == CentreAway()
    assert desk.centre.looks >= module.PATIENCE
    assert opened.join(3)
    assert desk.centre.closed == [], "could not be closed; it ends by itself"


def test_no_network_and_no_address_from_the_start(desk: Desk) -> None:
    desk.open(public_url="")
    assert desk.event() == CentreAway()
    desk.centre.away = True
    desk.open()
    assert desk.event() == CentreAway()
    desk.centre.away = False


def test_a_centre_that_refuses(desk: Desk) -> None:
    from kiosk.errors import CentreRefused

    def refuse(_request: object) -> object:
        raise CentreRefused("not-here", "no telephones here")

    desk.centre.open_phone_upload = refuse  # type: ignore[method-assign,assignment]
    desk.open()
    assert desk.event() == CentreSaidNo("not-here")


@pytest.mark.parametrize(("language", "expected"), [("zh_HK", "zh_HK"), ("en", "en")])
def test_the_telephone_speaks_as_the_kiosk(desk: Desk, language: str, expected: str) -> None:
    desk.open(language)
    desk.event()
    assert desk.centre.asked[0].language == expected


# --- text ------------------------------------------------------------------------------------------------------


class OwnReader:
    """A reader in the test's hands."""

    installed = True

    def __init__(self) -> None:
        self.forgotten = self.closed = 0
        self.breaks = False
        self.begun, self.may_end = threading.Event(), threading.Event()
        self.may_end.set()

    def read(self, jpeg: bytes) -> str:
        self.begun.set()
        assert self.may_end.wait(PATIENCE_S)
        if self.breaks:
            raise ValueError("it breaks")
        return "\n".join(CARD)

    def forget(self) -> None:
        self.forgotten += 1

    def close(self) -> None:
        self.closed += 1


@pytest.fixture
def reading() -> Iterator[tuple[MaterialHandlers, OwnReader, Callable[[], object], Queue]]:
    reader, told = OwnReader(), Queue()
    handlers = MaterialHandlers(PhoneCentre, reader)
    ctx = Context(1, world(), words.load("en"), told.put)

    def ask() -> object:
        return handlers.table()[ReadText](ReadText(page(CARD)), ctx)

    yield handlers, reader, ask, told
    handlers.close()
    assert reader.closed == 1


def test_what_is_found_is_told(reading) -> None:
    handlers, reader, ask, told = reading
    ask()
    assert told.get(timeout=PATIENCE_S) == TextRead({"name": "欧阳秀英", "id_number": CITIZEN})
    handlers.forget()
    assert reader.forgotten == 1


def test_reading_that_breaks_and_reading_that_is_not_installed_find_nothing(reading) -> None:
    _, reader, ask, told = reading
    reader.breaks = True
    ask()
    assert told.get(timeout=PATIENCE_S) == TextRead()
    reader.installed = False
    ask()
    assert told.get(timeout=PATIENCE_S) == TextRead()


def test_a_step_that_was_left_is_told_nothing(reading) -> None:
    """One is being read, the others wait behind it, when they are cancelled."""
    _, reader, ask, told = reading
    reader.may_end.clear()
    requests = [ask() for _ in range(5)]
    assert reader.begun.wait(PATIENCE_S)
    for request in requests:
        request.cancel()
    reader.may_end.set()
    ask()
    assert told.get(timeout=PATIENCE_S).found
    assert told.empty(), "they were before it in the row, and told nothing"
