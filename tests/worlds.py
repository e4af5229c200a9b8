"""Worlds, people and tickets that tests start from. All people are invented; their numbers have valid check digits."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cache

from kiosk.catalogue.model import Catalogue
from kiosk.catalogue.search import SearchIndex
from kiosk.catalogue.source import load_builtin
from kiosk.contract.tickets import ServiceQueue, Ticket
from kiosk.errors import Fault
from kiosk.ports.card_reader import CardKind, IdCard
from kiosk.ports.device import READY, Health, Status
from kiosk.texts import LocalText
from kiosk.ticket_state import TicketState
from kiosk.world import OpeningHours, Station, World

HALL_TIME = timezone(timedelta(hours=8))
TUESDAY_MORNING = datetime(2026, 11, 24, 9, 41, tzinfo=HALL_TIME)
OUT_OF_PAPER = Status(Health.BLOCKED, frozenset({Fault.PAPER_OUT}))


def text(chinese: str, english: str = "") -> LocalText:
    """A text of the catalogue."""
    return LocalText({"zh_CN": chinese, "en": english or chinese})


@cache
def catalogue() -> Catalogue:
    """The built-in sample catalogue."""
    return load_builtin()


@cache
def index() -> SearchIndex:
    """The search over it."""
    return SearchIndex.build(catalogue())


STATION = Station(
    text("小谷围街政务服务 · 自助终端", "Xiaoguwei Government Services"),
    "020-0000 0000",
    "020-0000 0001",
    ("zh_CN", "zh_HK", "en"),
    (OpeningHours(frozenset({1, 2, 3, 4, 5}), time(8, 30), time(12)), OpeningHours(frozenset({1, 2, 3, 4, 5}), time(14), time(17, 30))),
    "https://approval.example",
)  # fmt: skip

MARKET = ServiceQueue(
    id="market", title=text("市场主体登记", "Business registration"), detail=text("营业执照"), letter="A",
    windows=(3, 4, 5, 6), accepts=("sole-trader-open",), waiting=6, estimated_wait_s=900, open=True,
)  # fmt: skip
FOOD = MARKET.model_copy(
    update={
        "id": "food",
        "title": text("食品许可", "Food licences"),
        "letter": "B",
        "windows": (7,),
        "accepts": (),
        "waiting": 0,
        "estimated_wait_s": 0,
    }
)
DEVICES = {"card_reader": READY, "ticket_printer": READY, "a4_printer": READY}


def world(**changes: object) -> World:
    """An ordinary morning: everything works."""
    start = World(STATION, catalogue(), TUESDAY_MORNING, index(), (MARKET, FOOD), True, DEVICES)
    return World(**{**start.__dict__, **changes})  # type: ignore[arg-type]


OUYANG = IdCard(
    CardKind.RESIDENT, "440113195803050020", name="欧阳秀英", sex="F", ethnicity="汉", birth_date=date(1958, 3, 5),
    address="广东省广州市番禺区小谷围街某路1号", issuer="某市公安局", valid_from=date(2010, 1, 1),
)  # fmt: skip
FOREIGNER = IdCard(
    CardKind.FOREIGNER_2017, "UTO110199003071", name=None, name_latin="EXAMPLE, ANA MARIA", sex="F", nationality="UTO"
)

TICKET = Ticket(
    id="t-1", number="A027", queue="market", queue_title=MARKET.title, windows=MARKET.windows, state=TicketState.WAITING,
    ahead=6, estimated_wait_s=900, taken_at=datetime(2026, 11, 24, 1, 41, tzinfo=UTC), token="secret-token",
)  # fmt: skip
