"""What every voice must do, whatever its model."""

import time
from collections.abc import Callable, Iterator

import pytest

from kiosk.ports.device import Health
from kiosk.ports.voice import Manner, Tongue
from tests.benches import BENCHES, VoiceBench, all_of

MANNER = Manner(rate=2.0)
LONG = ("One two three four five six seven eight nine ten.",) * 20
PATIENCE_S = 5.0


@pytest.fixture(params=all_of("voice"), ids="-".join)
def bench(request, tmp_path) -> Iterator[VoiceBench]:
    kind, model = request.param
    with BENCHES[kind][model](tmp_path) as made:
        made.voice.open()
        yield made
        made.voice.close()


def eventually(is_so: Callable[[], bool]) -> bool:
    until = time.monotonic() + PATIENCE_S
    while not is_so() and time.monotonic() < until:
        time.sleep(0.01)
    return is_so()


def test_is_ready_after_open(bench):
    assert bench.voice.status().health is Health.READY


def test_opening_and_closing_twice_is_harmless(bench):
    bench.voice.open()
    bench.voice.close()
    bench.voice.close()
    assert bench.voice.status().health is Health.ABSENT
    bench.voice.open()
    assert bench.voice.status().works


def test_speaks_what_it_says_it_can(bench):
    assert bench.voice.tongues() == frozenset(Tongue)


@pytest.mark.parametrize("tongue", Tongue)
def test_says_a_sentence_to_its_end(bench, tongue):
    bench.voice.say(["12"], tongue, MANNER)
    assert bench.voice.speaking
    bench.let_end()
    assert eventually(lambda: not bench.voice.speaking)
    assert bench.heard()


def test_commands_return_at_once(bench):
    begin = time.monotonic()
    bench.voice.say(LONG, Tongue.ENGLISH, MANNER)
    bench.voice.pause()
    bench.voice.resume()
    bench.voice.stop()
    assert time.monotonic() - begin < 0.1


def test_stop_ends_it_at_once(bench):
    bench.voice.say(LONG, Tongue.ENGLISH, MANNER)
    bench.voice.stop()
    assert not bench.voice.speaking


def test_paused_is_still_speaking_until_it_is_stopped(bench):
    bench.voice.say(["12"], Tongue.ENGLISH, MANNER)
    bench.voice.pause()
    bench.let_end()
    assert bench.voice.speaking
    bench.voice.resume()
    bench.let_end()
    assert eventually(lambda: not bench.voice.speaking)


def test_a_new_sentence_interrupts_and_ends_a_pause(bench):
    bench.voice.say(LONG, Tongue.ENGLISH, MANNER)
    bench.voice.pause()
    bench.voice.say(["12"], Tongue.MANDARIN, MANNER)
    bench.let_end()
    assert eventually(lambda: not bench.voice.speaking)


def test_pause_resume_and_stop_in_silence_are_harmless(bench):
    bench.voice.pause()
    bench.voice.resume()
    bench.voice.stop()
    assert not bench.voice.speaking
    bench.voice.say(["12"], Tongue.ENGLISH, MANNER)
    bench.let_end()
    assert eventually(lambda: not bench.voice.speaking)


def test_nothing_to_say_is_said_soon(bench):
    bench.voice.say([], Tongue.ENGLISH, MANNER)
    bench.let_end()
    assert eventually(lambda: not bench.voice.speaking)


def test_a_closed_voice_takes_everything_and_says_nothing(bench):
    bench.voice.close()
    bench.voice.say(["12"], Tongue.ENGLISH, MANNER)
    bench.voice.pause()
    bench.voice.resume()
    bench.voice.stop()
    assert not bench.voice.speaking


def test_closing_falls_silent(bench):
    bench.voice.say(LONG, Tongue.ENGLISH, MANNER)
    bench.voice.close()
    assert not bench.voice.speaking
