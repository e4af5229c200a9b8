"""Handing in a material, as its journey shows it: ways, a telephone, trouble, one page, many pages."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from typing import cast

from kiosk.availability.materials import Way
from kiosk.cases.model import HandingIn, Origin, PhonePage, Sheet
from kiosk.catalogue.model import Catalogue
from kiosk.errors import Fault
from kiosk.journeys import materials_views as pages
from kiosk.ports.device import READY
from kiosk.ports.page import Concern, Page
from kiosk.views.model import View
from kiosk.world import Station, World
from screens.sample_camera import page_picture
from screens.sample_parts import HALL, local

NOW = datetime(2026, 11, 24, 11, 20, tzinfo=timezone(timedelta(hours=8)))
URL = "https://xiaoguwei.example.gov.cn/u/Zk3vXo1pQmT9yB7cRf5L2w"
LEASE = local("经营场所使用证明（租赁合同）", "經營場所使用證明（租賃合同）", "Proof of premises (lease)")
EXPLAIN = local(
    "合同的每一页，签字和盖章要看得清。",
    "合同的每一頁，簽名和蓋章要看得清。",
    "Every page of the lease; signatures and seals can be read.",
)


@dataclass(frozen=True)
class _Answers:
    """Of a journey that hands in a material."""

    handing: HandingIn


class _NoCatalogue:
    """These pages name no item."""

    sample = True
    groups = items = packages = ()


HERE = World(
    Station(HALL, "020-0000 0000", "020-0000 0001", ("zh_CN", "zh_HK", "en"), (), "https://example.gov.cn"),
    cast("Catalogue", _NoCatalogue()),
    NOW,
    centre_reachable=True,
    devices={"document_scanner": READY, "document_camera": READY},
)


def _sheet(turned: int = 0, *concerns: Concern) -> Sheet:
    return Sheet(Page(page_picture(), 840, 1188, None, frozenset(concerns)), Origin.SCANNER, turned)


def _handing(count: int, at: int = 0, **known: object) -> _Answers:
    sheets = [_sheet() for _ in range(count)]
    if count > 1:
        sheets[1] = _sheet(1, Concern.BLURRED)
    return _Answers(replace(HandingIn("lease", LEASE, EXPLAIN, tuple(sheets), at), **known))  # type: ignore[arg-type]


_PHONE = _handing(2, way=Way.PHONE, phone=PhonePage(URL, 600.0, joined=True, came=2))
_JAM = _handing(3, way=Way.FEEDER, fault=Fault.PAGE_JAM)

MATERIAL_SAMPLES: Mapping[str, View] = {
    "material-ways": pages.choose(_handing(0), HERE),
    "material-scan": pages.scan(_handing(1, way=Way.FEEDER), HERE),
    "material-phone": pages.phone(_PHONE, HERE),
    "material-trouble": pages.scan_trouble(_JAM, HERE),
    "material-look": pages.look(_handing(3, 1), HERE),
    "pages-one": pages.pages(_handing(1), HERE),
    "pages": pages.pages(_handing(4, 1), HERE),
    "pages-many": pages.pages(_handing(14, 7), HERE),
    "pages-arriving": pages.scanning(_handing(3, 2, way=Way.FEEDER, came=3), HERE),
}
