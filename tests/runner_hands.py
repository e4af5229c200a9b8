"""A runner with hands: a clock to turn, effects to answer, a screen to look at."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from kiosk import words
from kiosk.context import Context
from kiosk.effects.cards import ReadCard
from kiosk.effects.model import Effect
from kiosk.effects.prints import PrintGuide, PrintTicket
from kiosk.effects.tickets import FindTickets, GiveUpTicket, TakeTicket
from kiosk.events.model import Event  # fmt: skip
from kiosk.events.touches import (  # fmt: skip
    Chosen,
    Woken,
)
from kiosk.mailbox import News
from kiosk.ports.device import Status
from kiosk.runner import Patience, Runner
from kiosk.views.chrome import Chrome
from kiosk.views.model import View
from kiosk.world import World
from tests.worlds import TUESDAY_MORNING


@dataclass
class Asked:
    """An effect that the runner handed out, with the way its answer takes."""

    effect: Effect
    context: Context
    cancelled: bool = False

    def cancel(self) -> None:
        """Remember."""
        self.cancelled = True


@dataclass
class Kiosk:
    """A runner with hands: a clock to turn, effects to answer, a screen to look at."""

    seconds: float = 0.0
    asked: list[Asked] = field(default_factory=list)
    shown: list[tuple[View, Chrome]] = field(default_factory=list)
    discards: int = 0
    disk_full: bool = False

    def start(self, here: World) -> Runner:
        """The runner over these hands."""
        effects = (ReadCard, TakeTicket, FindTickets, GiveUpTicket, PrintTicket, PrintGuide)
        self.runner = Runner(
            here, dict.fromkeys(effects, self._handle), lambda view, chrome: self.shown.append((view, chrome)),
            words.load, lambda: self.seconds, self._now, patience=Patience(90, 30), discard=self._discard,
        )  # fmt: skip
        self.runner.tick()
        return self.runner

    def _now(self) -> datetime:
        return TUESDAY_MORNING + timedelta(seconds=self.seconds)

    def _handle(self, effect: Effect, context: Context) -> Asked:
        self.asked.append(Asked(effect, context))
        return self.asked[-1]

    def _discard(self) -> None:
        self.discards += 1
        if self.disk_full:
            raise OSError(28, "No space left on device")

    @property
    def view(self) -> View:
        """What the screen shows."""
        return self.shown[-1][0]

    @property
    def chrome(self) -> Chrome:
        """What stands around it."""
        return self.shown[-1][1]

    def do(self, *events: Event) -> None:
        """Touches."""
        for event in events:
            self.runner.tell(event)

    def answer(self, *events: Event, to: int = -1) -> None:
        """What a device or the centre answers, through the mailbox."""
        for event in events:
            self.asked[to].context.post(event)
        self.runner.pump()

    def plug(self, headphones: Status) -> None:
        """Headphones are plugged in or pulled out."""
        self.become("headphones", headphones)

    def become(self, device: str, status: Status) -> None:
        """A device says that it is otherwise now."""
        self.runner.mailbox.post(News(lambda world: replace(world, devices={**world.devices, device: status})))
        self.runner.pump()

    def wait(self, seconds: float) -> None:
        """Time passes, tick by tick."""
        for _ in range(int(seconds * 2)):
            self.seconds += 0.5
            self.runner.tick()


def to_the_card(kiosk: Kiosk) -> None:
    """A resident wakes the screen and chooses a queue."""
    kiosk.do(Woken(), Chosen("ticket"), Chosen("market"))
