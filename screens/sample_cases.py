"""Following, collecting and rating as the journeys show it, for an invented person's cases."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from typing import cast

from kiosk.catalogue.kinds import ResultDelivery
from kiosk.catalogue.model import Catalogue
from kiosk.contract.cases import (
    Asked,
    CaseState,
    CaseStep,
    CaseView,
    Parcel,
    Progress,
    ResultOffer,
    Term,
)
from kiosk.errors import Fault
from kiosk.journeys import collect_views, finding_views, progress_views, rate_views
from kiosk.journeys.collect_views import CollectAnswers
from kiosk.journeys.finding_views import Search
from kiosk.journeys.progress_views import ProgressAnswers
from kiosk.journeys.rate_views import RateAnswers
from kiosk.ports.device import READY
from kiosk.texts import LocalText
from kiosk.views.model import View
from kiosk.world import Station, World
from screens.sample_parts import FOOD, HALL, HYGIENE, TRADER, local

HOURS = timezone(timedelta(hours=8))
NOW = datetime(2026, 11, 24, 11, 20, tzinfo=HOURS)
OFFICE = local("市场监督管理科", "市場監督管理科", "Market supervision office")
DESK = local("综合受理窗口", "綜合受理窗口", "General desk")
NUMBER = "20261118000019"
STEPS = {
    CaseState.RECEIVED: CaseStep(state=CaseState.RECEIVED, at=datetime(2026, 11, 18, 9, 5, tzinfo=HOURS), office=DESK),
    CaseState.ACCEPTED: CaseStep(state=CaseState.ACCEPTED, at=datetime(2026, 11, 18, 15, 30, tzinfo=HOURS), office=DESK),
    CaseState.REVIEW: CaseStep(state=CaseState.REVIEW, at=datetime(2026, 11, 19, 10, 0, tzinfo=HOURS), office=OFFICE),
    CaseState.RETURNED: CaseStep(
        state=CaseState.RETURNED, at=datetime(2026, 11, 20, 16, 10, tzinfo=HOURS), office=OFFICE, note="租赁合同缺少第二页"
    ),
    CaseState.GRANTED: CaseStep(state=CaseState.GRANTED, at=datetime(2026, 11, 23, 9, 0, tzinfo=HOURS), office=OFFICE),
    CaseState.MADE: CaseStep(state=CaseState.MADE, at=datetime(2026, 11, 23, 11, 0, tzinfo=HOURS), office=DESK),
}  # fmt: skip
ASKED = Asked(material="premises-lease", reason="租赁合同缺少第二页，请补交。", asked_at=STEPS[CaseState.RETURNED].at)
PAPER = ResultOffer(
    id="r-1",
    title=local("食品经营许可证", "食品經營許可證", "Food business licence"),
    prints_left=3,
    made_at=STEPS[CaseState.MADE].at,
    code="SAMPLE",
)
EMPTY = PAPER.model_copy(update={"id": "r-2", "prints_left": 0})
PARCEL = Parcel(
    carrier=local("中国邮政 EMS", "中國郵政 EMS", "China Post EMS"),
    number="EX000000000CN",
    events=((datetime(2026, 11, 23, 17, 0, tzinfo=HOURS), local("已交邮寄出", "已交郵寄出", "Handed to the post")),),
)


def part(*states: CaseState, title: LocalText = FOOD, **changes: object) -> Progress:
    """A sub-case that went through these states."""
    known = Progress(
        number=NUMBER,
        item="food-business-new",
        title=title,
        state=states[-1],
        steps=tuple(STEPS[state] for state in states),
        promised=Term(days=5, used=3, due=date(2026, 11, 25)),
        statutory=Term(days=20, used=3, due=date(2026, 12, 16)),
        delivery=ResultDelivery.KIOSK_PRINT,
    )
    return known.model_copy(update=changes)


def case(*parts: Progress, **changes: object) -> CaseView:
    """A case of these parts."""
    known = CaseView(
        number=NUMBER,
        token="sample-token-of-a-case-1",  # noqa: S106  nobody has it
        title=parts[0].title,
        applicant="欧***",
        received_at=STEPS[CaseState.RECEIVED].at,
        rated=False,
        parts=parts,
    )
    return known.model_copy(update=changes)


UNDER_WAY = case(part(CaseState.RECEIVED, CaseState.ACCEPTED, CaseState.REVIEW))
RETURNED = case(
    part(
        CaseState.RECEIVED, CaseState.ACCEPTED, CaseState.RETURNED,
        asked=(ASKED,),
        promised=Term(days=5, used=2, due=None, paused=True),
    )
)  # fmt: skip
DONE = (CaseState.RECEIVED, CaseState.ACCEPTED, CaseState.REVIEW, CaseState.GRANTED, CaseState.MADE)
MADE = case(part(*DONE, results=(PAPER,), parcel=PARCEL))
AT_WINDOW = part(*DONE, title=HYGIENE, number="20261118000027", delivery=ResultDelivery.WINDOW, window=3)
POSTED = part(*DONE, title=TRADER, number="20261118000035", delivery=ResultDelivery.POST, parcel=PARCEL)
PACKAGE = case(
    part(*DONE, results=(PAPER, EMPTY)),
    AT_WINDOW,
    POSTED,
    title=local("我要开小餐馆", "我要開小餐館", "Open a small restaurant"),
    token="sample-token-of-a-case-2",  # noqa: S106  nobody has it
)


class _Without:
    """A catalogue that knows no item: samples need no more."""

    by_id: Mapping[str, object] = {}


def _world() -> World:
    station = Station(HALL, "020-0000 0000", "020-0000 0001", ("zh_CN", "zh_HK", "en"))
    devices = dict.fromkeys(("card_reader", "a4_printer"), READY)
    return World(station, cast("Catalogue", _Without()), NOW, centre_reachable=True, devices=devices)


WORLD = _world()


def _progress(draw: Callable[[ProgressAnswers, World], View], view: CaseView, **more: object) -> View:
    at = ProgressAnswers(found=(view,), token=view.token, part=view.parts[0].number)
    return draw(replace(at, **more), WORLD)  # type: ignore[arg-type]


def _collect(draw: Callable[[CollectAnswers, World], View], chosen: str = "r-1", **more: object) -> View:
    return draw(CollectAnswers(found=(PACKAGE,), chosen=chosen, **more), WORLD)  # type: ignore[arg-type]


CASE_SAMPLES: Mapping[str, View] = {
    "find-case": finding_views.ways(None, WORLD),
    "find-receipt": finding_views.receipt(None, WORLD),
    "find-number-wrong": finding_views.number(
        ProgressAnswers(search=Search(number="20261118000010", error=finding_views.WRONG_NUMBER)), WORLD
    ),
    "find-phone": finding_views.phone(ProgressAnswers(search=Search(phone4="12")), WORLD),
    "cases": progress_views.cases(ProgressAnswers(found=(UNDER_WAY, PACKAGE)), WORLD),
    "case-under-way": _progress(progress_views.case, UNDER_WAY),
    "case-returned": _progress(progress_views.case, RETURNED),
    "case-result": _progress(progress_views.case, MADE),
    "case-package": _progress(progress_views.parts, PACKAGE),
    "case-asked": _progress(progress_views.asked, RETURNED),
    "case-kept": _progress(progress_views.supply_kept, RETURNED),
    "case-withdraw": _progress(progress_views.withdraw, UNDER_WAY),
    "collect-results": _collect(collect_views.results),
    "collect-confirm": _collect(collect_views.confirm),
    "collect-printed": _collect(collect_views.printed),
    "collect-not-printed": _collect(collect_views.not_printed, fault=Fault.PAPER_OUT),
    "collect-post": _collect(collect_views.elsewhere, POSTED.number),
    "collect-window": _collect(collect_views.elsewhere, AT_WINDOW.number),
    "rate-level": rate_views.rate(RateAnswers(), WORLD),
    "rate-why": rate_views.why(RateAnswers(level=2, reasons=("late",)), WORLD),
    "rate-words": rate_views.words(RateAnswers(level=2, reasons=("late",)), WORLD),
    "rate-check": rate_views.check(RateAnswers(level=2, reasons=("late", "staff"), words="等了很久"), WORLD),
    "rate-thanks": rate_views.thanks(RateAnswers(level=2), WORLD),
}
