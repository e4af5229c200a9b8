"""The speaking process: espeak-ng and SDL, apart from the screen, which must not halt for them nor die of them.

As a program: commands as JSON lines on standard input, events as JSON lines on standard output. It ends when its
standard input does. What it was told to say it forgets as soon as it is said or stopped; it writes nothing of it.

    {"do": "say", "id": 7, "sentences": ["..."], "tongue": "cmn", "rate": 1.0, "loudness": 0.6}
    {"do": "pause"}  {"do": "resume"}  {"do": "stop"}  {"do": "ping"}

    {"event": "ready", "tongues": ["cmn", "yue", "en"], "sound": true}   {"event": "pong", "sound": true}
    {"event": "started", "id": 7, "at": 1234.5}   (time.monotonic() when the first samples were queued)
    {"event": "finished", "id": 7}   {"event": "trouble", "what": "..."}   {"event": "failed", "what": "..."}
"""

import argparse
import json
import os
import queue
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from devices.voices.engine import Engine, without_lead
from devices.voices.readings import LETTERS, SYLLABLES, known_readings, runs
from devices.voices.recordings import Recordings
from devices.voices.sound import BYTES_PER_S, Sound
from kiosk.ports.voice import Manner, Tongue
from kiosk.speech_text import spoken_form

TICK_S = 0.01
AHEAD_S = 4.0
"""So much sound is made before it is needed, not more: what is stopped was made for nothing."""
WARM_UP_S = 4.0
GAP_S = 0.22
"""Silence between two sentences, at the normal pace."""


@dataclass(frozen=True, repr=False)
class Job:
    """Something to say."""

    number: int
    sentences: tuple[str, ...]
    tongue: Tongue
    manner: Manner


class Speaker:
    """Says the newest job and drops older ones. `say`, `pause`, `resume`, `stop` come from the reading thread."""

    def __init__(self, engine: Engine, sound: Sound, recordings: Recordings) -> None:
        self._engine = engine
        self._sound = sound
        self._recordings = recordings
        self._jobs: queue.SimpleQueue[Job] = queue.SimpleQueue()
        self._newest = 0
        self._queueing = threading.Lock()
        self._started = False

    def say(self, job: Job) -> None:
        """Fall silent, then say this."""
        self._silence(job.number)
        self._sound.pause(False)
        self._jobs.put(job)

    def stop(self) -> None:
        """Fall silent and forget."""
        self._silence(self._newest + 1)

    def pause(self, on: bool) -> None:
        """Hold the sound, or go on with it."""
        self._sound.pause(on)

    def _silence(self, newest: int) -> None:
        with self._queueing:
            self._newest = max(newest, self._newest)
            self._sound.clear()

    # --- the speaking thread -------------------------------------------------------------------------------

    def run(self) -> None:
        """Say one job after the other, for ever."""
        while True:
            self._do(self._jobs.get())

    def _do(self, job: Job) -> None:
        self._started = False
        try:
            for sentence in job.sentences:
                self._sentence(sentence, job)
                self._await_room(job, AHEAD_S)
        except Exception as error:  # noqa: BLE001  the next sentence is said; the text of the error may quote this one
            tell(event="trouble", what=f"a sentence was cut short by {type(error).__name__}")
        self._await_room(job, 0.0)
        if self._is_newest(job):
            tell(event="finished", id=job.number)

    def _sentence(self, sentence: str, job: Job) -> None:
        if not self._is_newest(job):
            return
        recorded = self._recordings.samples(sentence, job.tongue, job.manner.loudness)
        if recorded is not None:
            self._queue(recorded, job)
        else:
            self._synthesize(sentence, job)
        self._queue(bytes(2 * int(GAP_S / job.manner.rate * BYTES_PER_S / 2)), job)

    def _synthesize(self, sentence: str, job: Job) -> None:
        for run in runs(spoken_form(sentence, job.tongue), job.tongue):
            lead = Lead(lambda samples: self._queue(samples, job))
            self._engine.speak(run, job.manner, lead.take)

    def _queue(self, samples: bytes, job: Job) -> bool:
        """Queue samples unless the job is an old one; whether to go on. One lock with `clear`: nothing slips behind it."""
        with self._queueing:
            if not self._is_newest(job):
                return False
            self._sound.queue(samples)
        if not self._started and samples:
            self._started = True
            tell(event="started", id=job.number, at=time.monotonic())
        return True

    def _await_room(self, job: Job, most_s: float) -> None:
        while self._is_newest(job) and self._sound.queued_s() > most_s:
            time.sleep(TICK_S)

    def _is_newest(self, job: Job) -> bool:
        return job.number == self._newest


class Lead:
    """Leaves out the silence a stretch begins with: the first sound comes sooner, and voices change without a gap."""

    def __init__(self, pass_on: Any) -> None:
        self._pass_on = pass_on
        self._heard = False

    def take(self, samples: bytes) -> bool:
        """Samples in; whether to go on."""
        sound = samples if self._heard else without_lead(samples)
        self._heard = bool(sound)
        return not sound or bool(self._pass_on(sound))


def tell(**event: object) -> None:
    """One event to the parent."""
    line = json.dumps(event) + "\n"
    with _TELLING:
        sys.stdout.write(line)
        sys.stdout.flush()


_TELLING = threading.Lock()


def obey(speaker: Speaker, sound: Sound, command: dict[str, Any]) -> None:
    """One command of the parent."""
    if command["do"] == "say":
        manner = Manner(command["rate"], command["loudness"])
        speaker.say(Job(command["id"], tuple(command["sentences"]), Tongue(command["tongue"]), manner))
    elif command["do"] == "ping":
        sound.refresh()
        tell(event="pong", sound=sound.there)
    elif command["do"] == "stop":
        speaker.stop()
    else:
        speaker.pause(command["do"] == "pause")


def spoken_here(engine: Engine) -> list[Tongue]:
    """The tongues whose voices the engine has."""
    needed = {tongue: {LETTERS[tongue], SYLLABLES.get(tongue, LETTERS[tongue])} for tongue in Tongue}
    return [tongue for tongue in Tongue if needed[tongue] <= engine.voices]


def _warm_up() -> None:
    """Load what the first sentence would wait for, once the kiosk's own start is over."""
    time.sleep(WARM_UP_S)
    for tongue in SYLLABLES:
        known_readings(tongue)
        spoken_form("1", tongue)


def main() -> int:
    """Serve until standard input ends; 1 after the event "failed" when there is nothing to speak with."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--recordings", type=Path)
    folder = parser.parse_args().recordings
    try:
        engine, sound = Engine(), Sound()
    except OSError as error:
        tell(event="failed", what=f"There is no voice: {error}. Run `make install`.")
        return 1
    speaker = Speaker(engine, sound, Recordings(folder, sound, lambda what: tell(event="trouble", what=what)))
    threading.Thread(target=speaker.run, daemon=True).start()
    threading.Thread(target=_warm_up, daemon=True).start()
    tell(event="ready", tongues=spoken_here(engine), sound=sound.there)
    for line in sys.stdin:
        obey(speaker, sound, json.loads(line))
    os._exit(0)  # in the middle of a word: who spoke to it has gone


if __name__ == "__main__":
    sys.exit(main())
