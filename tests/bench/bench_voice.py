"""From `say` to the first samples in the sound card's queue, over what people hear when the focus moves.

The yardstick is the bare engine, in this process, asked for the first samples of the same sentences in the same run:
no other process, no words for numbers, no readings; what stands between the two is ours.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from devices.voices.engine import Engine
from devices.voices.espeak import EspeakVoice
from devices.voices.readings import Run
from kiosk import spoken, words
from kiosk.catalogue.source import load_builtin
from kiosk.ports.voice import Manner, Tongue
from kiosk.views.parts import Option
from tests.bench.rows import Row, below, table, told

LIMIT_MS = 200.0
FOCUSED = 50
PATIENCE_S = 10.0
LANGUAGE = {Tongue.MANDARIN: "zh_CN", Tongue.CANTONESE: "zh_HK", Tongue.ENGLISH: "en"}
BARE = {Tongue.MANDARIN: "cmn", Tongue.CANTONESE: "yue", Tongue.ENGLISH: "en"}


def main() -> list[Row]:
    """Measure every tongue, started warm, and what the process costs."""
    with tempfile.TemporaryDirectory() as folder:
        voice = EspeakVoice(EspeakVoice.Options(driver="disk", file=str(Path(folder) / "sound.raw")))
        begin = time.perf_counter()
        voice.open()
        started = (time.perf_counter() - begin) * 1000
        try:
            _first_ms(voice, ["1"], Tongue.CANTONESE)  # its tables are there from the second start on
            rows = [row for tongue in Tongue for row in _tongue(voice, tongue)]
            return [*rows, told("voice, opened in", started, "ms"), told("voice, memory (PSS)", _pss_mb(voice), "MB")]
        finally:
            voice.close()


def focused(tongue: Tongue) -> list[list[str]]:
    """What is said when 50 different services come into focus."""
    say = words.load(LANGUAGE[tongue]).say
    items = load_builtin().items[:FOCUSED]
    options = [Option(item.id, item.title, item.summary) for item in items]
    return [
        [*map(say, spoken.describe_option(option)), say(spoken.position(at, FOCUSED))]
        for at, option in enumerate(options, 1)
    ]


def _tongue(voice: EspeakVoice, tongue: Tongue) -> list[Row]:
    texts = focused(tongue)
    ours = [_first_ms(voice, text, tongue) for text in texts]
    engine = Engine()
    bare = [_bare_ms(engine, " ".join(text), tongue) for text in texts]
    name = f"voice {tongue}, say to first sound"
    return [
        below(f"{name}, p95 of {len(texts)}", _p95(ours), "ms", LIMIT_MS, _p95(bare)),
        told(f"{name}, p50", statistics.median(ours), "ms", statistics.median(bare)),
    ]


def _first_ms(voice: EspeakVoice, text: Sequence[str], tongue: Tongue) -> float:
    begin = time.monotonic()
    voice.say(text, tongue, Manner())
    while not (at := voice.started_at):
        if time.monotonic() - begin > PATIENCE_S:
            raise TimeoutError("no sound came")
        time.sleep(0.0005)
    return (at - begin) * 1000


def _bare_ms(engine: Engine, text: str, tongue: Tongue) -> float:
    heard: list[float] = []

    def take(_samples: bytes) -> bool:
        heard.append(time.monotonic())
        return False

    begin = time.monotonic()
    engine.speak(Run(BARE[tongue], text), Manner(), take)
    return (heard[0] - begin) * 1000


def _pss_mb(voice: EspeakVoice) -> float:
    lines = Path(f"/proc/{voice.pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def _p95(values: Sequence[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]


if __name__ == "__main__":
    rows = main()
    sys.stdout.write(table(rows) + "\n")
    sys.exit(0 if all(row.passed for row in rows) else 1)
