"""The dock's groups: hands for every simulated device, and for the centre."""

from collections.abc import Callable, Mapping
from functools import partial

from devices import registry
from devices.hands import Hand
from kiosk.centre.fault_proxy import FaultProxy, Mode
from kiosk.device_titles import TITLES
from kiosk.ports.device import Device
from kiosk.texts import Msg, msg
from screens.dock import DockGroup

SLOW_S = 4.0
WEATHER: tuple[tuple[str, Msg, str, Mode, float], ...] = (
    ("normal", msg("Reachable"), "lan-connect", Mode.PASS, 0),
    ("slow", msg("Slow"), "speedometer-slow", Mode.SLOW, SLOW_S),
    ("down", msg("Away"), "lan-disconnect", Mode.DOWN, 0),
    ("lost_answer", msg("Answer lost"), "email-off-outline", Mode.LOST_ANSWER, 0),
)


def dock_groups(devices: Mapping[str, Device], proxy: Callable[[], FaultProxy | None]) -> tuple[DockGroup, ...]:
    """One group per device that has hands, then the centre."""
    groups = []
    for name, device in devices.items():
        handled = registry.handled(device)
        if handled is not None:
            groups.append(DockGroup(TITLES[name], handled.hands(), handled.sight))
    return (*groups, DockGroup(msg("Approval service"), _weather(proxy)))


def _weather(proxy: Callable[[], FaultProxy | None]) -> tuple[Hand, ...]:
    def turn(mode: Mode, seconds: float, _choice: str) -> None:
        here = proxy()
        if here is not None:
            here.set_mode(mode, seconds)

    return tuple(Hand(key, label, icon, partial(turn, mode, seconds)) for key, label, icon, mode, seconds in WEATHER)
