"""A power cut, from the supply's first word to the end of the terminal."""

import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from devices.health import status_of
from kiosk import power_cut
from kiosk.bootstrap.shutdown import shut_down
from kiosk.errors import Fault
from kiosk.events.touches import Chosen, Confirmed, HomePressed, Pressed, Woken
from kiosk.mailbox import News
from kiosk.ports.device import READY
from kiosk.power_cut import END_S, WIPE_S, Countdown
from kiosk.spoken_views import read_aloud
from kiosk.views.start import AttractView, HomeView
from kiosk.views.told import MessageView
from kiosk.virtual_display import VirtualDisplay
from tests.hall import Hall
from tests.runner_hands import Kiosk, to_the_card
from tests.test_start import environ
from tests.worlds import world

ROOT = Path(__file__).resolve().parents[1]
ON_BATTERY = status_of({Fault.ON_BATTERY})
NEARLY_EMPTY = status_of({Fault.ON_BATTERY, Fault.BATTERY_LOW})
SILENT = status_of({Fault.NO_ANSWER})


def with_power(status: object) -> object:
    """The world with the supply in this state."""
    return world(devices={**world().devices, "power": status})


class Desk(Kiosk):
    """A runner with hands for the mains."""

    def __init__(self) -> None:
        super().__init__()
        self.ends = 0
        self.start(world())
        self.runner._power_over = self._end

    def _end(self) -> None:
        self.ends += 1

    def power(self, status: object) -> None:
        """The supply says something else."""
        self.runner.mailbox.post(News(lambda here: replace(here, devices={**here.devices, "power": status})))
        self.runner.pump()

    @property
    def here(self) -> str:
        return f"{self.runner.position.journey}.{self.runner.position.step}"


@pytest.fixture
def desk() -> Desk:
    """Nobody is here, the mains are on."""
    return Desk()


# --- rules ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "closed"),
    [
        (READY, False),
        (status_of({Fault.BATTERY_OLD}), False),
        (SILENT, False),
        (ON_BATTERY, True),
        (NEARLY_EMPTY, True),
        (status_of({Fault.ON_BATTERY, Fault.BATTERY_OLD}), True),
        (status_of({Fault.ON_BATTERY, Fault.HARDWARE}), True),
    ],
)
def test_when_no_visit_may_begin(status: object, closed: bool) -> None:
    here = with_power(status)
    assert bool(power_cut.closed(here)) is closed
    assert bool(power_cut.banner(here)) is closed


def test_a_terminal_without_a_battery_is_never_closed() -> None:
    assert power_cut.closed(world()) == power_cut.banner(world()) == ""
    assert Countdown().look(world(), 5.0) == Countdown()


def test_the_countdown() -> None:
    begun = Countdown().look(with_power(NEARLY_EMPTY), 100.0)
    assert begun.look(with_power(NEARLY_EMPTY), 110.0) == begun
    assert begun.look(with_power(SILENT), 110.0) == begun
    assert begun.look(with_power(ON_BATTERY), 110.0) == begun.look(with_power(READY), 110.0) == Countdown()
    assert [begun.wipe_due(100 + at) for at in (0, WIPE_S - 1, WIPE_S)] == [False, False, True]
    assert [begun.over(100 + at) for at in (WIPE_S, END_S - 1, END_S)] == [False, False, True]
    assert END_S <= 30


# --- on battery ----------------------------------------------------------------------------------------------


def test_nobody_begins_on_battery_and_the_screen_says_why(desk: Desk) -> None:
    desk.power(ON_BATTERY)
    assert isinstance(desk.view, AttractView)
    assert not desk.view.open
    assert "power cut" in str(desk.view.invitation)
    assert "Press OK" not in str(read_aloud(desk.view))
    before = desk.runner.visit.number
    desk.do(Woken())
    assert desk.here == "home.attract"
    assert (desk.runner.visit.number, desk.discards) == (before, 0)


def test_the_mains_return_and_all_is_as_before(desk: Desk) -> None:
    desk.power(ON_BATTERY)
    desk.power(READY)
    assert isinstance(desk.view, AttractView)
    assert desk.view.open
    desk.do(Woken())
    assert isinstance(desk.view, HomeView)


def test_the_visit_in_hand_goes_on_and_home_cannot_be_reached(desk: Desk) -> None:
    to_the_card(desk)
    desk.power(ON_BATTERY)
    assert desk.here == "ticket.card"
    assert "power cut" in str(desk.chrome.banner)
    desk.do(Pressed("without_card"), Confirmed())
    assert desk.here == "ticket.taking"
    desk.do(HomePressed())
    assert desk.here == "ticket.taking", "what is being done for good is not left"


def test_whoever_wants_to_go_home_is_done(desk: Desk) -> None:
    to_the_card(desk)
    desk.power(ON_BATTERY)
    desk.do(HomePressed())
    assert desk.here == "home.attract"
    assert desk.discards == 1


def test_whoever_stands_on_the_home_screen_has_nothing_in_hand(desk: Desk) -> None:
    desk.do(Woken())
    desk.power(ON_BATTERY)
    assert desk.here == "home.attract"


# --- nearly empty --------------------------------------------------------------------------------------------


def test_a_visit_is_warned_wiped_and_then_the_terminal_ends(desk: Desk) -> None:
    to_the_card(desk)
    desk.power(NEARLY_EMPTY)
    assert desk.here == "ticket.card"
    assert "half a minute" in str(desk.chrome.banner)
    desk.wait(WIPE_S - 1)
    assert (desk.here, desk.ends) == ("ticket.card", 0)
    desk.wait(1.5)
    assert desk.here == "home.attract"
    assert desk.discards == 1
    assert desk.asked[0].cancelled
    assert "switching off" in str(desk.view.invitation)
    desk.wait(END_S - WIPE_S)
    assert desk.ends >= 1


def test_it_ends_even_while_something_holds(desk: Desk) -> None:
    to_the_card(desk)
    desk.do(Pressed("without_card"), Confirmed())
    desk.power(NEARLY_EMPTY)
    desk.wait(WIPE_S + 1)
    assert desk.here == "home.attract"


def test_the_mains_return_in_the_last_moment(desk: Desk) -> None:
    to_the_card(desk)
    desk.power(NEARLY_EMPTY)
    desk.wait(WIPE_S - 2)
    desk.power(READY)
    desk.wait(15)
    assert (desk.here, desk.ends) == ("ticket.card", 0)
    assert desk.chrome.banner == ""


def test_a_supply_that_falls_silent_does_not_call_it_off(desk: Desk) -> None:
    desk.power(NEARLY_EMPTY)
    desk.power(SILENT)
    desk.wait(END_S + 1)
    assert desk.ends >= 1


# --- in the hall ---------------------------------------------------------------------------------------------


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    """The hall in the morning: everything works, nobody is here."""
    made = Hall(tmp_path)
    made.until_open()
    yield made
    made.close()


def test_the_lights_go_out_in_the_middle_of_a_visit(hall: Hall) -> None:
    hall.do(Woken(), Chosen("ticket"), Chosen("general"))
    hall.until_step("ticket.card")
    hall.hand("power", "mains_off")
    hall.until(lambda: hall.shown[-1][1].banner, "the banner")
    hall.hand("card_reader", "place", "li")
    hall.until_step("ticket.review")
    hall.do(Confirmed())
    hall.until_step("ticket.done")
    assert isinstance(hall.view, MessageView)
    assert hall.slip() is not None
    hall.take_card()
    hall.do(Pressed("another"))
    assert hall.step == "home.attract"
    hall.do(Woken())
    assert hall.step == "home.attract"
    hall.hand("power", "mains_on")
    hall.until(lambda: isinstance(hall.view, AttractView) and hall.view.open, "the mains")
    hall.do(Woken())
    assert hall.step == "home.home"
    assert hall.ends == []


def test_the_battery_is_empty_with_a_card_on_the_reader(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(power_cut, "WIPE_S", 0.2)
    monkeypatch.setattr(power_cut, "END_S", 0.4)
    hall.do(Woken(), Chosen("ticket"), Chosen("general"))
    hall.hand("card_reader", "place", "li")
    hall.until_step("ticket.review")
    hall.hand("power", "run_low")
    hall.until(lambda: (hall.runner.tick(), hall.ends)[1], "the end")
    assert hall.step == "home.attract"
    assert hall.runner.position.answers.__dict__ == {}
    assert "李" not in str(hall.shown[-1])


# --- the program ---------------------------------------------------------------------------------------------


@contextmanager
def nearly_empty_supply() -> Iterator[int]:
    """A server that speaks as upsd does, of a battery that is nearly empty; its port."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=_serve, args=(server,), daemon=True).start()
        yield server.getsockname()[1]


def _serve(server: socket.socket) -> None:
    while True:
        try:
            connection, _ = server.accept()
        except OSError:
            return
        with connection, connection.makefile("rw") as lines:
            for line in lines:
                lines.write(f'VAR {line.split()[2]} {line.split()[3]} "OB LB"\n')
                lines.flush()


def test_the_program_closes_its_store_ends_with_its_status_and_shuts_the_machine_down(tmp_path: Path) -> None:
    """The half minute is made short; all else is the program as it is started."""
    code = (
        "import sys; from kiosk import power_cut; power_cut.WIPE_S, power_cut.END_S = 0.2, 0.5;"
        "from kiosk.__main__ import main; sys.exit(main(['run', '--station', 'demo']))"
    )
    was_shut_down = tmp_path / "shut down"
    with nearly_empty_supply() as port, VirtualDisplay(1200, 1000):
        env = environ(
            tmp_path,
            KIOSK_DEVICES__POWER__MODEL="nut",
            KIOSK_DEVICES__POWER__UPS="kiosk",
            KIOSK_DEVICES__POWER__PORT=str(port),
            KIOSK_POWER__SHUTDOWN_COMMAND=f"cp '{tmp_path}/data/kiosk.db' '{was_shut_down}'",
        )
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True, check=False, timeout=60
        )
    assert done.returncode == power_cut.EXIT_STATUS, done.stderr
    assert "Traceback" not in done.stderr
    assert was_shut_down.is_file()
    assert not (tmp_path / "data" / "kiosk.db-wal").exists(), "the store was closed"
    log = (tmp_path / "data" / "log" / "kiosk.log").read_text()
    assert "the battery is nearly empty" in log
    assert "the shutdown command ended with 0" in log


@pytest.mark.parametrize(
    ("command", "said"),
    [("", ""), ("true", "ended with 0"), ("false", "ended with 1"), ("/nowhere/poweroff now", "could not be run")],
)
def test_the_shutdown_command(command: str, said: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    shut_down(command)
    assert said in caplog.text
    assert bool(caplog.text) is bool(command)
