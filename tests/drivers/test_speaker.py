"""The real engine through SDL's recorder: what comes out, when it stops, and that it never outlives its use."""

import array
import os
import subprocess
import sys
import time
import wave
from collections.abc import Callable, Iterator
from itertools import dropwhile
from pathlib import Path

import pytest

from devices.voices.engine import Engine
from devices.voices.espeak import EspeakVoice
from devices.voices.reading_tables import table
from devices.voices.readings import SYLLABLES, Run
from devices.voices.sound import BYTES_PER_S, RATE_HZ
from kiosk.errors import DeviceUnavailable, Fault, SettingsError
from kiosk.ports.device import Health
from kiosk.ports.voice import Manner, Tongue

SENTENCE = "请把身份证放在下方感应区。"
LONG = ["One two three four five six seven eight nine ten."] * 10
PATIENCE_S = 10.0
PLAIN = Manner(rate=2.0)


@pytest.fixture(scope="module", autouse=True)
def tables() -> None:
    for tongue in SYLLABLES:
        table(tongue)


@pytest.fixture
def record(tmp_path: Path) -> Path:
    return tmp_path / "sound.raw"


@pytest.fixture
def voice(record: Path) -> Iterator[EspeakVoice]:
    made = EspeakVoice(EspeakVoice.Options(driver="disk", file=str(record)))
    made.open()
    yield made
    made.close()


def wait(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < until, "it did not come"
        time.sleep(0.005)


def sound(record: Path) -> "array.array[int]":
    """What was played so far, without the silence before and after."""
    samples = array.array("h", record.read_bytes()[: record.stat().st_size // 2 * 2])
    loud = array.array("h", dropwhile(lambda sample: sample == 0, samples))
    loud.reverse()
    loud = array.array("h", dropwhile(lambda sample: sample == 0, loud))
    loud.reverse()
    return loud


def bytes_played(record: Path) -> int:
    return record.stat().st_size


def spoken(run: Run, manner: Manner) -> "array.array[int]":
    heard = bytearray()
    ENGINE.speak(run, manner, lambda samples: heard.extend(samples) or True)  # type: ignore[func-returns-value]
    return array.array("h", bytes(heard))


ENGINE = Engine()
RUN = Run("cmn-latn-pinyin", "qing2 ba3 shen1 fen4 zheng4 fang4 zai4 xia4 fang1")


def rms(samples: "array.array[int]") -> float:
    return (sum(sample * sample for sample in samples) / len(samples)) ** 0.5


@pytest.mark.parametrize(
    ("tongue", "text"), [("cmn", SENTENCE), ("yue", "請把身份證放在下方感應區。"), ("en", "Place your card.")]
)
def test_a_sentence_sounds_for_as_long_as_it_takes(voice: EspeakVoice, record: Path, tongue: str, text: str) -> None:
    voice.say([text], Tongue(tongue), PLAIN)
    wait(lambda: not voice.speaking)
    assert 0.4 < len(sound(record)) / RATE_HZ < 2.5


def test_stop_cuts_within_fifty_milliseconds_of_sound(voice: EspeakVoice, record: Path) -> None:
    voice.say(LONG, Tongue.ENGLISH, PLAIN)
    wait(lambda: voice.started_at > 0)
    wait(lambda: any(record.read_bytes()[-2000:]))
    before = bytes_played(record)
    voice.stop()
    time.sleep(0.15)
    after = record.read_bytes()[before:]
    assert not any(after[int(0.05 * BYTES_PER_S) :]), "it went on"
    assert len(after) > 0.08 * BYTES_PER_S, "the recorder runs on"


def test_pause_is_silence_and_resume_goes_on(voice: EspeakVoice, record: Path) -> None:
    voice.say(LONG, Tongue.ENGLISH, PLAIN)
    wait(lambda: voice.started_at > 0)
    voice.pause()
    time.sleep(0.1)
    before = bytes_played(record)
    time.sleep(0.1)
    assert not any(record.read_bytes()[before:])
    assert voice.speaking
    voice.resume()
    wait(lambda: any(record.read_bytes()[before:]))
    voice.stop()


def test_a_new_sentence_takes_the_place_of_the_old(voice: EspeakVoice, record: Path) -> None:
    voice.say(LONG, Tongue.ENGLISH, PLAIN)
    wait(lambda: voice.started_at > 0)
    begin = time.monotonic()
    voice.say(["12"], Tongue.ENGLISH, PLAIN)
    wait(lambda: not voice.speaking)
    assert time.monotonic() - begin < 2.5


def test_many_interruptions_leave_only_the_last(voice: EspeakVoice) -> None:
    for number in range(40):
        voice.say([f"{SENTENCE} {number}"], Tongue.MANDARIN, PLAIN)
    begin = time.monotonic()
    wait(lambda: not voice.speaking)
    assert time.monotonic() - begin < 5


def test_the_pace_is_the_engines_own() -> None:
    lengths = [len(spoken(RUN, Manner(rate=rate))) for rate in (0.5, 1.0, 2.0, 3.0)]
    assert lengths == sorted(lengths, reverse=True)
    assert 1.5 < lengths[0] / lengths[1] < 2.5
    assert 1.5 < lengths[1] / lengths[2] < 2.5
    assert lengths[2] / lengths[3] > 1.15


@pytest.mark.parametrize("voice", ["cmn-latn-pinyin", "yue-latn-jyutping", "en"])
def test_the_loudest_is_louder_and_not_clipped(voice: str) -> None:
    text = {"en": "Ask at the front desk, all of you."}.get(
        voice, "aa3 laa1 maa5 hoi1 daai6" if "yue" in voice else RUN.text
    )
    quiet, middle, loud = (spoken(Run(voice, text), Manner(loudness=share)) for share in (0.2, 0.6, 1.0))
    assert 1.5 * rms(quiet) < rms(middle) < 0.8 * rms(loud)
    assert max(map(abs, loud)) < 32_700


def test_a_loudness_of_nothing_is_silence() -> None:
    assert max(map(abs, spoken(RUN, Manner(loudness=0.0)))) < 200


def test_a_speaker_that_dies_is_started_again_by_the_next_sentence(voice: EspeakVoice) -> None:
    first = voice.pid
    assert first
    os.kill(first, 9)
    wait(lambda: not voice.speaking and voice.status().health is Health.BROKEN)
    voice.say(["12"], Tongue.ENGLISH, PLAIN)
    wait(lambda: voice.started_at > 0)
    assert voice.pid != first
    assert voice.status().works


def test_a_speaker_that_hangs_is_told_of(voice: EspeakVoice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("devices.voices.espeak.PATIENCE_S", 0.05)
    assert voice.pid
    os.kill(voice.pid, 19)
    try:
        wait(lambda: Fault.NO_ANSWER in voice.status().faults)
    finally:
        os.kill(voice.pid, 18)


def test_it_ends_with_who_started_it(record: Path) -> None:
    voice = EspeakVoice(EspeakVoice.Options(driver="disk", file=str(record)))
    voice.open()
    pid = voice.pid
    voice.say(LONG, Tongue.ENGLISH, PLAIN)
    voice.close()
    assert not Path(f"/proc/{pid}").exists()


def test_it_ends_when_who_started_it_is_killed(record: Path) -> None:
    code = (
        "import sys, time; from devices.voices.espeak import EspeakVoice as V;"
        "v = V(V.Options(driver='disk', file=sys.argv[1])); v.open(); print(v.pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code, str(record)], stdout=subprocess.PIPE, text=True)
    assert parent.stdout
    pid = int(parent.stdout.readline())
    assert Path(f"/proc/{pid}").exists()
    parent.kill()
    parent.wait()
    parent.stdout.close()
    wait(lambda: not Path(f"/proc/{pid}").exists() or "\nState:\tZ" in Path(f"/proc/{pid}/status").read_text())


def test_without_a_sound_card_it_speaks_into_nothing_and_says_so() -> None:
    voice = EspeakVoice(EspeakVoice.Options(driver="dummy"))
    voice.open()
    try:
        assert voice.status().health is Health.BLOCKED
        assert voice.status().faults == {Fault.NO_SOUND}
        voice.say(["12"], Tongue.ENGLISH, PLAIN)
        wait(lambda: not voice.speaking)
    finally:
        voice.close()


def test_what_cannot_start_says_why_and_is_not_tried_all_the_time(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Another espeak-ng, a file that is none, stands in front of the real one."""
    (tmp_path / "libespeak-ng.so.1").write_bytes(b"not a library")
    monkeypatch.setenv("LD_LIBRARY_PATH", str(tmp_path))
    voice = EspeakVoice(EspeakVoice.Options())
    with pytest.raises(DeviceUnavailable, match=r"There is no voice: .*libespeak-ng.*make install"):
        voice.open()
    begin = time.monotonic()
    with pytest.raises(DeviceUnavailable, match="There is no voice"):
        voice.open()
    assert time.monotonic() - begin < 0.01
    assert voice.status().health is Health.ABSENT


def test_nothing_of_what_was_said_stays_in_the_adapter_a_file_or_the_log(
    voice: EspeakVoice, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    voice.say(["Li Xiaoming Unheardof"], Tongue.ENGLISH, PLAIN)
    wait(lambda: voice.started_at > 0)
    voice.stop()
    assert "Unheardof" not in repr(vars(voice)) + repr(vars(voice._child)) + caplog.text
    assert [path.name for path in tmp_path.iterdir()] == ["sound.raw"]


# --- recordings ----------------------------------------------------------------------------------------------


def write_wav(path: Path, seconds: float, rate: int = 48_000) -> None:
    """A square wave in stereo, at a rate that is not the engine's."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(rate)
        period = rate // 200
        frames = array.array(
            "h", (9000 if n // period % 2 else -9000 for n in range(int(rate * seconds)) for _ in "lr")
        )
        file.writeframes(frames.tobytes())


@pytest.fixture
def recorded(tmp_path: Path, record: Path) -> Iterator[EspeakVoice]:
    folder = tmp_path / "recordings" / "cmn"
    folder.mkdir(parents=True)
    write_wav(folder / "card.wav", 1.5)
    (folder / "broken.wav").write_bytes(b"RIFF no")
    lines = ["# file, sentence", f"card.wav\t{SENTENCE}", "broken.wav\t好。", "missing.wav\t请稍候。"]
    (folder / "phrases.tsv").write_text("\n".join(lines), encoding="utf-8")
    made = EspeakVoice(EspeakVoice.Options(recordings=str(folder.parent), driver="disk", file=str(record)))
    made.open()
    yield made
    made.close()


def test_a_recorded_sentence_is_played_as_it_was_recorded(recorded: EspeakVoice, record: Path) -> None:
    recorded.say([SENTENCE], Tongue.MANDARIN, Manner(rate=3.0, loudness=1.0))
    wait(lambda: not recorded.speaking)
    samples = sound(record)
    assert len(samples) / RATE_HZ == pytest.approx(1.5, abs=0.05)
    assert 8_000 < rms(samples) < 10_000


def test_a_recording_follows_the_loudness(recorded: EspeakVoice, record: Path) -> None:
    recorded.say([SENTENCE], Tongue.MANDARIN, Manner(loudness=0.25))
    wait(lambda: not recorded.speaking)
    assert 1_800 < rms(sound(record)) < 2_700


@pytest.mark.parametrize("text", ["好。", "请稍候。"])
def test_a_recording_that_cannot_be_played_is_spoken_and_told_once(
    recorded: EspeakVoice, record: Path, text: str, caplog: pytest.LogCaptureFixture
) -> None:
    recorded.say([text, text], Tongue.MANDARIN, PLAIN)
    wait(lambda: not recorded.speaking)
    assert len(sound(record)) / RATE_HZ > 0.2
    assert len([line for line in caplog.messages if "cannot be played" in line]) == 1


def test_a_folder_of_recordings_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="recordings"):
        EspeakVoice(EspeakVoice.Options(recordings=str(tmp_path / "nowhere")))


def test_rests_when_nobody_needs_it_and_wakes_for_the_next_word(
    voice: EspeakVoice, record: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("devices.voices.espeak.LOOK_S", 0.0)
    monkeypatch.setattr("devices.voices.espeak.REST_S", 0.3)
    voice.close()
    voice.open()
    wait(lambda: voice.status().health is Health.READY and voice.pid is None)
    voice.say(["12"], Tongue.ENGLISH, PLAIN)
    assert voice.speaking
    wait(lambda: voice.status().health is Health.READY and not voice.speaking)
    assert sound(record)
    assert voice.pid, "it rests a while after the last word, not at once"
    wait(lambda: voice.status().health is Health.READY and voice.pid is None)


def test_a_new_sound_card_ends_the_rest(voice: EspeakVoice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cards = tmp_path / "cards"
    monkeypatch.setattr("devices.voices.espeak.LOOK_S", 0.0)
    monkeypatch.setattr("devices.voices.espeak.CARDS", cards)
    voice.close()
    voice.open()
    wait(lambda: voice.status().health is Health.READY and voice.pid is None)
    cards.write_text(" 0 [Headset]: USB-Audio")
    voice.status()
    assert voice.pid
