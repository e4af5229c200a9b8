"""The dock: hands beside the surface, the paper one can take."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from screens.dock import DockGroup
from screens.samples import SAMPLES, chrome

from .conftest import Stage


@dataclass(frozen=True)
class AHand:
    key: str
    label: str
    icon: str
    act: Callable[[str], None]
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class ASight:
    what: str
    picture: bytes | None = None


def paper() -> bytes:
    target = BytesIO()
    Image.new("L", (300, 500), 255).save(target, "png")
    return target.getvalue()


def test_hands_are_used_and_the_surface_hears_nothing(stage: Callable[..., Stage]) -> None:
    used: list[tuple[str, str]] = []
    hands = (
        AHand(
            "place",
            "放上证件",
            "card-account-details",
            lambda value: used.append(("place", value)),
            (("zhang", "张三"),),
        ),
        AHand("take", "取走小票", "hand-back-right", lambda value: used.append(("take", value))),
    )
    groups = (DockGroup("读卡器", hands[:1]), DockGroup("打印机", hands[1:], lambda: ASight("有一张小票", paper())))
    opened = stage("portrait", with_dock=True)
    opened.app.fill_dock(groups)
    opened.app.show(SAMPLES["home"], chrome("zh_CN", "M", home=True))
    dock = opened.app.dock
    opened.robot.until(lambda: dock.pressable("place") is not None, 2)
    for name in ("place", "place:zhang", "paper", "take:"):
        opened.robot.tap(*opened.robot.spot(dock.pressable(name)))
    assert used == [("place", "zhang"), ("take", ""), ("take", "")]
    assert opened.told == []
