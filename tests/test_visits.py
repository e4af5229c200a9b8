"""Whole visits on real protocols: real service, real drivers on simulated wires, real threads; all that goes wrong."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from devices.card_readers.sample_cards import CARDS
from devices.citizen_cards.pcsc_card import PcscCard
from kiosk.centre.fault_proxy import Mode
from kiosk.events.touches import BackPressed, Chosen, Confirmed, HomePressed, Pressed, Typed, Woken
from kiosk.ports.ledger import PrintState
from kiosk.ports.tally import Counter
from kiosk.views.parts import Tone
from kiosk.views.start import HomeView
from kiosk.views.told import MessageView, ReviewView
from tests.hall import FITTED, Hall
from tests.pcsc_server import PcscServer


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    """The hall in the morning: everything works, nobody is here."""
    here = Hall(tmp_path)
    here.until_open()
    yield here
    here.close()


def to_the_review(hall: Hall, card: str = "li", queue: str = "general") -> None:
    """Wake, choose the ticket, put the card on the reader."""
    hall.do(Woken(), Chosen("ticket"), Chosen(queue))
    hall.until_step("ticket.card")
    hall.hand("card_reader", "place", card)
    hall.until_step("ticket.review")


def take_a_number(hall: Hall, card: str = "li", queue: str = "general") -> str:
    """The whole way to the paper; the number."""
    to_the_review(hall, card, queue)
    hall.do(Confirmed())
    hall.until_step("ticket.done")
    hall.take_card()
    assert isinstance(hall.view, MessageView)
    return hall.view.big


def finish(hall: Hall) -> None:
    """The next person, please."""
    hall.do(Pressed("finish"))
    assert hall.step == "home.attract"


def waiting(hall: Hall, queue: str = "general") -> int:
    """How many wait, by the service itself."""
    return next(q.waiting for q in hall.link.centre().queues() if q.id == queue)


def test_from_the_card_to_the_paper(hall: Hall) -> None:
    number = take_a_number(hall)
    slip = hall.slip()
    assert slip is not None
    codes = zxingcpp.read_barcodes(Image.open(BytesIO(slip)))
    ticket = hall.runner.position.answers.ticket
    assert [code.text for code in codes] == [hall.runner.world.ticket_url(ticket.token)]
    assert number.startswith("A")
    finish(hall)
    once = dict.fromkeys((Counter.PAGES, Counter.PAGES_SINCE_REFILL, Counter.CUTS), 1)
    assert hall.store.counted("ticket_printer") == once
    assert hall.store.counted("card_reader") == {Counter.READS: 1}


def test_the_name_is_read_off_the_real_wire_and_masked(hall: Hall) -> None:
    to_the_review(hall, "rare")
    assert isinstance(hall.view, ReviewView)
    shown = str(hall.view.rows)
    assert "𠮷**" in shown
    assert "㛃" not in shown


def test_out_of_paper_then_refilled(hall: Hall) -> None:
    to_the_review(hall)
    hall.hand("ticket_printer", "use_up", "end")
    hall.do(Confirmed())
    hall.until_step("ticket.not_printed")
    assert isinstance(hall.view, MessageView)
    assert hall.view.tone is Tone.TROUBLE
    assert hall.view.big
    assert hall.view.qr
    assert "run out of paper" in str(hall.view.explain)
    hall.hand("ticket_printer", "refill")
    hall.until(lambda: hall.runner.world.device("ticket_printer").works, "the printer")
    hall.do(Pressed("print"))
    hall.until_step("ticket.done")
    assert hall.slip() is not None


def test_paper_ends_in_the_middle_of_the_slip(hall: Hall) -> None:
    to_the_review(hall)
    hall.hand("ticket_printer", "use_up", "20")
    hall.do(Confirmed())
    hall.until_step("ticket.not_printed")


def test_a_full_disk_loses_no_number(hall: Hall) -> None:
    class FullDisk:
        def prepare_print(self, job_id: str, document: str) -> bool:
            raise OSError(28, "No space left on device")

        def mark_print(self, job_id: str, state: PrintState) -> None:
            raise OSError(28, "No space left on device")

        def void_prints(self) -> tuple[str, ...]:
            raise OSError(28, "No space left on device")

    hall.handlers._prints._ledger = FullDisk()
    to_the_review(hall)
    hall.do(Confirmed())
    hall.until_step("ticket.not_printed")
    assert isinstance(hall.view, MessageView)
    assert hall.view.big
    assert hall.slip() is None
    finish(hall)


def test_nothing_of_a_visit_prints_after_a_refill(hall: Hall) -> None:
    to_the_review(hall)
    hall.hand("ticket_printer", "use_up", "end")
    hall.do(Confirmed())
    hall.until_step("ticket.not_printed")
    finish(hall)
    hall.hand("ticket_printer", "take")
    hall.hand("ticket_printer", "refill")
    hall.until(lambda: hall.runner.world.device("ticket_printer").works, "the printer")
    assert hall.slip() is None


def test_the_printer_is_unplugged_and_comes_back_by_itself(hall: Hall) -> None:
    hall.do(Woken())
    hall.hand("ticket_printer", "unplug")
    hall.until(lambda: isinstance(hall.view, HomeView) and "No paper slip" in str(hall.view.tiles), "the tile")
    hall.hand("ticket_printer", "plug")
    hall.until(lambda: isinstance(hall.view, HomeView) and "No paper slip" not in str(hall.view.tiles), "the tile")
    hall.do(HomePressed())
    hall.runner.end_visit()
    assert take_a_number(hall)


def test_the_reader_is_unplugged_while_a_card_is_awaited(hall: Hall) -> None:
    hall.do(Woken(), Chosen("ticket"), Chosen("general"))
    hall.hand("citizen_card_reader", "unplug")
    hall.hand("card_reader", "unplug")
    hall.until_step("ticket.card_no_reader")
    hall.hand("card_reader", "plug")
    hall.until(lambda: hall.runner.world.device("card_reader").works, "the reader")
    hall.do(Pressed("again"))
    hall.hand("card_reader", "place", "chen")
    hall.until_step("ticket.review")


@pytest.mark.parametrize(
    ("fault", "step"), [("auth-card", "ticket.card_not_genuine"), ("unreadable", "ticket.card_unreadable")]
)
def test_cards_that_cannot_be_read(hall: Hall, fault: str, step: str) -> None:
    hall.hand("card_reader", "fault", fault)
    hall.do(Woken(), Chosen("ticket"), Chosen("general"))
    hall.hand("card_reader", "place", "li")
    hall.until_step(step)
    hall.hand("card_reader", "fault", "none")
    hall.do(Pressed("again"))
    hall.until_step("ticket.review")


def test_an_answer_that_was_lost_takes_no_second_number(hall: Hall) -> None:
    to_the_review(hall)
    before = waiting(hall)
    hall.weather(Mode.LOST_ANSWER)
    hall.do(Confirmed())
    hall.until_step("ticket.away")
    hall.weather(Mode.PASS)
    hall.do(Pressed("again"))
    hall.until_step("ticket.done")
    assert waiting(hall) == before + 1


def test_the_centre_is_away_from_the_start_of_a_visit_and_comes_back(hall: Hall) -> None:
    hall.do(Woken())
    hall.weather(Mode.DOWN)
    hall.until(lambda: not hall.runner.world.centre_reachable, "the loss")
    assert isinstance(hall.view, HomeView)
    ticket = next(tile for tile in hall.view.tiles if tile.key == "ticket")
    assert not ticket.available
    assert "front desk" in str(ticket.reason)
    assert hall.shown[-1][1].banner
    hall.weather(Mode.PASS)
    hall.until(lambda: hall.runner.world.centre_reachable and hall.runner.world.queues, "the return")


def test_one_number_per_person_and_giving_it_up(hall: Hall) -> None:
    number = take_a_number(hall, "hk")
    finish(hall)
    to_the_review(hall, "hk")
    hall.do(Confirmed())
    hall.until_step("ticket.have_one")
    assert isinstance(hall.view, MessageView)
    assert hall.view.big == number
    hall.take_card()
    finish(hall)
    hall.do(Woken(), Chosen("ticket"), Chosen("mine"))
    hall.hand("card_reader", "place", "hk")
    hall.until_step("ticket.have_one")
    hall.do(Pressed("give_up"))
    hall.do(Confirmed())
    hall.until_step("ticket.given_up")
    hall.take_card()
    finish(hall)
    assert take_a_number(hall, "hk") != number


def test_a_forgotten_card_is_never_shown_to_the_next_person(hall: Hall) -> None:
    to_the_review(hall, "li")
    hall.do(Confirmed())
    hall.until_step("ticket.done")
    finish(hall)
    hall.do(Woken(), Chosen("ticket"), Chosen("food"))
    hall.until_step("ticket.card_left")
    assert hall.runner.position.answers.holder is None
    assert "0041" not in str([view for view, _ in hall.shown[-5:]])
    hall.take_card()
    hall.until_step("ticket.card")
    hall.hand("card_reader", "place", "hk")
    hall.until_step("ticket.review")
    assert isinstance(hall.view, ReviewView)
    assert "0027" in str(hall.view.rows)


def test_a_social_security_card_is_the_same_person(hall: Hall) -> None:
    number = take_a_number(hall, "li")
    finish(hall)
    hall.do(Woken(), Chosen("ticket"), Chosen("mine"))
    hall.hand("citizen_card_reader", "place", "li")
    hall.until_step("ticket.have_one")
    assert isinstance(hall.view, MessageView)
    assert hall.view.big == number
    finish(hall)
    hall.do(Woken(), Chosen("ticket"), Chosen("food"))
    hall.until_step("ticket.card_slot_left")
    assert hall.runner.position.answers.holder is None
    hall.hand("citizen_card_reader", "remove")
    hall.until_step("ticket.card")
    hall.hand("citizen_card_reader", "place", "chen")
    hall.until_step("ticket.review")
    assert isinstance(hall.view, ReviewView)
    assert "0016" in str(hall.view.rows)


def test_the_slot_goes_on_without_the_id_card_reader(hall: Hall) -> None:
    hall.do(Woken(), Chosen("ticket"), Chosen("food"))
    hall.hand("card_reader", "unplug")
    hall.until(lambda: not hall.runner.world.device("card_reader").works, "the loss")
    assert "Put your social-security card" in str(hall.view)
    hall.hand("citizen_card_reader", "fault", "pin")
    hall.hand("citizen_card_reader", "place", "li")
    hall.until_step("ticket.card_slot_unreadable")
    hall.hand("citizen_card_reader", "fault", "none")
    hall.do(Pressed("again"))
    hall.until_step("ticket.review")


def test_a_social_security_card_through_a_real_pcscd_that_is_restarted_in_mid_visit(tmp_path: Path) -> None:
    with PcscServer(tmp_path / "pcscd") as server:
        slot = PcscCard(server.port)
        hall = Hall(tmp_path, fitted={**FITTED, "citizen_card_reader": ("pcsc", {"socket": server.socket})})
        try:
            hall.until_open()
            hall.do(Woken(), Chosen("ticket"), Chosen("food"))
            assert "social-security card into the slot" in str(hall.view)
            server.stop()
            hall.until(lambda: not hall.runner.world.device("citizen_card_reader").works, "the loss")
            assert "social-security" not in str(hall.view)
            server.start()
            hall.until(lambda: hall.runner.world.device("citizen_card_reader").works, "the return")
            slot.place("li")
            hall.until_step("ticket.review")
            assert isinstance(hall.view, ReviewView)
            assert "0041" in str(hall.view.rows)
        finally:
            slot.remove()
            hall.close()


def test_without_a_card(hall: Hall) -> None:
    hall.do(Woken(), Chosen("ticket"), Chosen("food"), Pressed("without_card"), Confirmed())
    hall.until_step("ticket.done")
    assert isinstance(hall.view, MessageView)
    assert hall.view.big.startswith("B")


def test_the_guide_on_a_slip_and_on_a4(hall: Hall) -> None:
    hall.do(Woken(), Chosen("search"), Typed("kaifandian"), Chosen("food-new"), Pressed("slip"))
    hall.until_step("guide.printed")
    assert hall.slip() is not None
    hall.do(BackPressed(), Pressed("a4"))
    hall.until_step("guide.printed")


def test_nothing_personal_is_left_behind(hall: Hall, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    take_a_number(hall, "chen")
    finish(hall)
    hall.hand("ticket_printer", "take")
    chen = CARDS["chen"]
    secrets = [
        secret
        for text in ("陈样本", "440126194806150016", "北亭村样本大街")
        for secret in (text.encode(), text.encode("utf-16-le"), text.encode("gb18030"))
    ]
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) > 3
    assert not [path.name for path in files for secret in secrets if secret in path.read_bytes()]
    assert not [text for text in ("陈样本", "440126194806150016") if text in caplog.text]
    assert chen.key == "chen"
    assert "chen" not in repr(hall.runner.position)
    assert hall.runner.position.answers.__dict__ == {}
