"""espeak-ng through this machine's sound card, in a process of its own (`devices.voices.speaker`).

What is said passes through a pipe that nobody else holds, and is kept nowhere here.
"""

import logging
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from devices.health import status_of
from devices.voices.child import Child
from kiosk.errors import DeviceUnavailable, Fault, SettingsError
from kiosk.journal import Shown
from kiosk.ports.device import ABSENT, READY, Status
from kiosk.ports.voice import Manner, Tongue

log = logging.getLogger(__name__)

START_S = 10.0
POLL_S = 0.01
RETRY_S = 30.0
"""What could not start is not tried again sooner: a package is missing, and every try costs a process."""
LOOK_S = 2.0
REST_S = 60.0
"""The speaking process holds 30 MB. It rests (has ended, and starts with the next word) so long after it was opened,
or after the last word was said."""
CARDS = Path("/proc/asound/cards")
"""What sound cards there are; a change ends the rest, to look whether there is sound now."""
PATIENCE_S = 15.0
"""Without a word for so long after it was told something, the speaking process is taken for hung. In the first start
of all it makes its tables meanwhile."""
NOTHING = "The speaking process does not start; see `python -m devices.voices.speaker`."


class EspeakVoice:
    """Mandarin, Cantonese and English. Its commands return at once; a speaking process that died is started again."""

    @dataclass(frozen=True)
    class Options:
        """`recordings`: a folder of recorded sentences (see `devices/voices/recordings.py`). `driver`: SDL's name of
        the way to the sound card, empty: what works first; "disk" writes the samples to `file`, for tests."""

        recordings: str = ""
        driver: Literal["", "pipewire", "pulseaudio", "alsa", "disk", "dummy"] = ""
        file: str = ""

    def __init__(self, options: Options) -> None:
        """Raises SettingsError for a folder of recordings that is not there."""
        if options.recordings and not Path(options.recordings).is_dir():
            raise SettingsError(f"voice espeak: there is no folder {options.recordings!r} with recordings.")
        self.options = options
        self._lock = threading.Lock()
        self._child: Child | None = None
        self._is_open = False
        self._rest_at = 0.0
        self._cards = ""
        self._tongues: frozenset[Tongue] = frozenset()
        self._ready = self._there = False
        self._reason = ""
        self._not_before = 0.0
        self._said = 0
        self._over = 0
        self._waiting_since: float | None = None
        self._started_at = 0.0

    @property
    def pid(self) -> int | None:
        """The speaking process; None while it rests."""
        return self._child.pid if self._child else None

    @property
    def started_at(self) -> float:
        """When the newest sentence began to sound, on the clock of `time.monotonic`; 0 until it has."""
        with self._lock:
            self._listen()
            return self._started_at

    # --- the port ------------------------------------------------------------------------------------------

    def open(self) -> None:
        """Start the speaking process. Raises DeviceUnavailable with its own last words, also without a new try."""
        with self._lock:
            if self._is_open and (self._child is None or self._child.alive):
                return
            if time.monotonic() < self._not_before:
                raise DeviceUnavailable(self._reason, Fault.NO_ANSWER)
            self._end()
            self._start()
        if reason := self._await_ready():
            self.close()
            self._reason, self._not_before = reason, time.monotonic() + RETRY_S
            raise DeviceUnavailable(reason, Fault.NO_ANSWER)
        self._is_open = True

    def close(self) -> None:
        """End it, also in the middle of a word."""
        with self._lock:
            self._is_open = False
            self._end()

    def status(self) -> Status:
        """ABSENT when closed; blocked by NO_SOUND where nobody could hear it; broken when it hangs or has died.
        Lets it rest when nobody has needed it for a while."""
        with self._lock:
            if not self._is_open:
                return ABSENT
            if self._child is None and _sound_cards() != self._cards:
                self._start()
            if self._child:
                self._listen()
                if not self._child.alive or self._hangs():
                    return status_of((Fault.NO_ANSWER,))
                self._ping_or_rest()
            return READY if self._there else status_of((Fault.NO_SOUND,))

    def tongues(self) -> frozenset[Tongue]:
        """Those whose voices are installed; none before the device was opened for the first time."""
        return self._tongues

    def say(self, sentences: Sequence[str], tongue: Tongue, manner: Manner) -> None:
        """Say these now; nothing on a closed device."""
        with self._lock:
            if not self._is_open:
                return
            if self._child is None or not self._child.alive:
                self._end()
                self._start()
            self._listen()
            self._said += 1
            self._started_at = 0.0
            job = {"sentences": list(sentences), "tongue": tongue, "rate": manner.rate, "loudness": manner.loudness}
            self._tell(do="say", id=self._said, **job)

    def pause(self) -> None:
        """Hold the sound."""
        self._command("pause")

    def resume(self) -> None:
        """Go on."""
        self._command("resume")

    def stop(self) -> None:
        """Fall silent and forget."""
        with self._lock:
            self._over = self._said
            self._tell(do="stop")

    @property
    def speaking(self) -> bool:
        """Whether something is being said, or is paused."""
        with self._lock:
            self._listen()
            return self._child is not None and self._child.alive and self._over < self._said

    # --- the speaking process, under the lock --------------------------------------------------------------

    def _start(self) -> None:
        self._ready, self._reason = False, ""
        self._cards = _sound_cards()
        self._rest_at = time.monotonic() + LOOK_S
        folder = self.options.recordings
        chosen = {"SDL_AUDIODRIVER": self.options.driver, "SDL_DISKAUDIOFILE": self.options.file}
        self._child = Child(
            "devices.voices.speaker",
            ["--recordings", str(Path(folder).resolve())] if folder else [],
            {name: value for name, value in chosen.items() if value},
        )

    def _end(self) -> None:
        if self._child:
            self._child.end()
        self._child = None
        self._waiting_since = None
        self._over = self._said

    def _ping_or_rest(self) -> None:
        now = time.monotonic()
        if self._over < self._said:
            self._rest_at = now + REST_S
        if self._ready and now > self._rest_at:
            self._end()
        else:
            self._tell(do="ping")

    def _await_ready(self) -> str:
        """Why it is not to be had; "" when it is. Not under the lock all the time: nobody waits to speak."""
        until = time.monotonic() + START_S
        while time.monotonic() < until:
            with self._lock:
                self._listen()
                if self._ready or self._reason or not (self._child and self._child.alive):
                    break
            time.sleep(POLL_S)
        return "" if self._ready else self._reason or NOTHING

    def _command(self, name: str) -> None:
        with self._lock:
            if self._child:
                self._tell(do=name)

    def _tell(self, **command: Any) -> None:
        if self._child is None:
            return
        if self._waiting_since is None and command["do"] in ("say", "ping"):
            self._waiting_since = time.monotonic()
        self._child.tell(**command)

    def _hangs(self) -> bool:
        return self._waiting_since is not None and time.monotonic() - self._waiting_since > PATIENCE_S

    def _listen(self) -> None:
        for event in self._child.events() if self._child else ():
            self._hear(event)

    def _hear(self, event: dict[str, Any]) -> None:
        self._waiting_since = None
        self._there = event.get("sound", self._there)
        if event["event"] == "failed":
            self._reason = event["what"]
        elif event["event"] == "ready":
            self._ready = True
            self._tongues = frozenset(map(Tongue, event["tongues"]))
        elif event["event"] == "started" and event["id"] == self._said:
            self._started_at = event["at"]
        elif event["event"] == "finished":
            self._over = max(self._over, event["id"])
        elif event["event"] == "trouble":
            log.warning("voice: %s", Shown(event["what"]))


def _sound_cards() -> str:
    """The kernel's list of sound cards; empty where it has none."""
    try:
        return CARDS.read_text()
    except OSError:
        return ""
