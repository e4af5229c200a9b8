"""What the technician's pages get of the terminal: its PIN, its figures, since when the centre is away."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk import words
from kiosk.bootstrap.desk import SIMULATED_PIN, Figures, desk
from kiosk.bootstrap.ear import Ear
from kiosk.mailbox import Mailbox, News
from kiosk.pin import digest_of, matches
from kiosk.settings import load
from kiosk.store.store import Store
from tests.worlds import world


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    kept = Store.open(tmp_path / "kiosk.db", tmp_path / "kiosk.key")
    yield kept
    kept.close()


def pin_of(store: Store, folder: Path, *, simulate: bool, **environ: str) -> str:
    settings = load("demo", environ={"KIOSK_PATHS__DATA": str(folder), **environ})
    made, pool = desk(settings, store, tuple, simulate=simulate)
    pool.close()
    return made.pin


def test_the_documented_pin_opens_simulated_terminals_alone(store: Store, tmp_path: Path) -> None:
    assert matches("246813", SIMULATED_PIN)
    assert "246813" in (Path(__file__).resolve().parents[2] / "README.md").read_text()
    assert pin_of(store, tmp_path, simulate=True) == SIMULATED_PIN
    assert pin_of(store, tmp_path, simulate=False) == ""
    own = digest_of("908172", log2_n=10)
    for simulate in (True, False):
        assert pin_of(store, tmp_path, simulate=simulate, KIOSK_UPKEEP__PIN_HASH=own) == own


@pytest.mark.usefixtures("store")
def test_figures_of_the_terminal(tmp_path: Path) -> None:
    english = words.load("en")
    rows = {english.say(label): english.say(value) for label, value in Figures("demo", tmp_path, lambda: 2)()}
    assert rows["Station"] == "demo"
    assert rows["Free on the disk"].endswith(" MB")
    assert rows["Size of the store"].endswith(" MB")
    assert "," in rows["Running since"]
    assert rows["Prints without a known end"] == "2"


def test_since_when_the_centre_is_away_is_known_and_kept(store: Store) -> None:
    mailbox, here = Mailbox(), world(centre_reachable=True)
    ear = Ear(mailbox, store)

    def learnt(reachable: bool) -> None:
        nonlocal here
        ear.reachable(reachable)
        for news in mailbox.empty():
            assert isinstance(news, News)
            here = news.change(here)

    learnt(False)
    began = here.since["centre"]
    learnt(False)
    assert (here.centre_reachable, here.since["centre"]) == (False, began)
    learnt(True)
    assert here.since["centre"] > began
