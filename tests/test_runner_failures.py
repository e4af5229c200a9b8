"""What the runner makes of failures: an apology, nothing left of the visit, no values in the log."""

import pytest

from kiosk.events.cards import CardRead  # fmt: skip
from kiosk.events.touches import (  # fmt: skip
    Pressed,
    Woken,
)
from kiosk.mailbox import Letter
from kiosk.views.parts import Tone
from kiosk.views.start import AttractView, HomeView
from kiosk.views.told import MessageView
from tests.runner_hands import Kiosk, to_the_card
from tests.worlds import OUYANG, world


@pytest.fixture
def kiosk() -> Kiosk:
    """Nobody is here."""
    hands = Kiosk()
    hands.start(world())
    return hands


def test_an_unexpected_exception_ends_with_an_apology_wiped_and_back_at_home(kiosk: Kiosk) -> None:
    to_the_card(kiosk)
    kiosk.answer(CardRead(OUYANG))
    kiosk.do(Pressed("a button that no table knows"))
    assert isinstance(kiosk.view, MessageView)
    assert kiosk.view.tone is Tone.TROUBLE
    assert kiosk.runner.position.step == "attract"
    assert kiosk.discards == 1
    kiosk.do(Pressed("finish"))
    assert isinstance(kiosk.view, AttractView)


def test_a_disk_that_fails_while_wiping_does_not_stop_the_wipe(kiosk: Kiosk, caplog: pytest.LogCaptureFixture) -> None:
    kiosk.disk_full = True
    to_the_card(kiosk)
    kiosk.answer(CardRead(OUYANG))
    kiosk.do(Pressed("unknown"))
    assert isinstance(kiosk.view, MessageView)
    assert kiosk.view.tone is Tone.TROUBLE
    assert kiosk.runner.position.answers.__dict__ == {}
    assert "could not be discarded" in caplog.text
    kiosk.do(Pressed("finish"))
    assert isinstance(kiosk.view, AttractView)


def test_the_apology_goes_by_itself(kiosk: Kiosk) -> None:
    kiosk.runner.failsafe(RuntimeError("boom"))
    kiosk.wait(16)
    assert isinstance(kiosk.view, AttractView)


def test_the_log_of_a_failure_holds_no_values(kiosk: Kiosk, caplog: pytest.LogCaptureFixture) -> None:
    to_the_card(kiosk)
    kiosk.answer(CardRead(OUYANG))
    kiosk.do(Pressed("unknown"))
    assert OUYANG.number not in caplog.text
    assert (OUYANG.name or "-") not in caplog.text


def test_unexpected_events_are_logged_and_change_nothing(kiosk: Kiosk, caplog: pytest.LogCaptureFixture) -> None:
    kiosk.do(Woken())
    kiosk.runner.mailbox.post(Letter(kiosk.runner.visit.number, CardRead(OUYANG)))
    kiosk.runner.pump()
    assert isinstance(kiosk.view, HomeView)
    assert "unexpected CardRead" in caplog.text
