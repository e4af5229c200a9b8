"""A visitor in front of a whole terminal: touches the glass and presses keys through the X server, looks and listens."""

import os
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from devices import hands, registry
from kiosk.bootstrap import first_look
from kiosk.bootstrap.terminal import Terminal
from kiosk.ports.voice import Manner, Speaker, Tongue
from kiosk.settings import Settings, load
from screens.hearing import label_of
from screens.robot import Robot
from screens.touch import Pressable

PATIENCE_S = 90.0
KEYS = {"up": "Up", "down": "Down", "left": "Left", "right": "Right", "ok": "Return", "help": "F1"}
"""The six keys of the keypad by their X names."""


def settings_for(station: str, data: Path) -> Settings:
    """A station's settings with data of their own, on a window of the whole glass."""
    return load(
        station,
        environ={
            "HOME": os.environ.get("HOME", "/"),
            "KIOSK_PATHS__DATA": str(data),
            "KIOSK_SCREEN__FULLSCREEN": "false",
            "KIOSK_SCREEN__WINDOW_SCALE": "1",
            "KIOSK_DEVICES__VOICE__DRIVER": "disk",
            "KIOSK_DEVICES__VOICE__FILE": str(data / "heard.pcm"),
        },
    )


class Ears:
    """Hears every sentence on its way to the real voice."""

    def __init__(self, voice: Speaker) -> None:
        self._voice = voice
        self.heard: list[tuple[str, ...]] = []
        self.tongues_heard: set[Tongue] = set()

    def tongues(self) -> frozenset[Tongue]:
        """As the voice."""
        return self._voice.tongues()

    def say(self, sentences: Sequence[str], tongue: Tongue, manner: Manner) -> None:
        """Remember, and let it be said."""
        self.heard.append(tuple(sentences))
        self.tongues_heard.add(tongue)
        self._voice.say(sentences, tongue, manner)

    def pause(self) -> None:
        """As the voice."""
        self._voice.pause()

    def resume(self) -> None:
        """As the voice."""
        self._voice.resume()

    def stop(self) -> None:
        """As the voice."""
        self._voice.stop()

    @property
    def speaking(self) -> bool:
        """As the voice."""
        return self._voice.speaking


class Visitor:
    """One terminal on simulated devices and the person in front of it. Every picture goes into `out`."""

    def __init__(self, station: str, data: Path, out: Path) -> None:
        settings = settings_for(station, data)
        self.out = out
        self.pictures: list[Path] = []
        self.terminal = Terminal(first_look.of(settings), lambda: settings, simulate=True)
        self.app = self.terminal.app
        self.robot = Robot(self.app)
        self.ears = Ears(self.app.tools.voice)

    def begin(self) -> None:
        """Until everything behind the screen works: centre, search, input methods, voice."""
        self.terminal.start()
        world = self.terminal.runner
        self.until(lambda: world.world.queues is not None and world.world.index is not None, "centre and search")
        self.until(lambda: self.app.tools.writing is getattr(self.terminal.machinery, "writing", None), "writing")
        self.until(lambda: world.world.device("voice").works, "the voice")
        self.ears = Ears(self.app.tools.voice)
        self.app.tools.voice = self.ears

    @property
    def step(self) -> str:
        """Where the visit stands."""
        at = self.terminal.runner.position
        return f"{at.journey}.{at.step}"

    # --- looking and waiting -------------------------------------------------------------------------------

    def until(self, there: Callable[[], bool], what: str) -> None:
        """Let the terminal run until something is so. Raises AssertionError naming what did not come."""
        deadline = time.monotonic() + PATIENCE_S
        while not there():
            assert time.monotonic() < deadline, f"waited {PATIENCE_S:.0f} s in {self.step} for {what}"
            self.app.frame()

    def rest(self, seconds: float = 0.15) -> None:
        """A moment in which the terminal runs."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.app.frame(wait=False)

    def see(self, step: str, name: str = "") -> None:
        """Wait for a step of a journey and keep its picture."""
        self.until(lambda: self.step == step, step)
        self.rest(0.3)
        self.keep(name or step.replace(".", "-"))

    def keep(self, name: str) -> None:
        """Keep a picture of what stands on the glass."""
        path = self.out / f"{len(self.pictures) + 1:02}-{name}.png"
        self.app.photograph(path)
        self.pictures.append(path)

    # --- fingers ---------------------------------------------------------------------------------------------

    def touch(self, name: str) -> Pressable:
        """Turn pages until something is in view, then touch it where it is."""
        for _ in range(20):
            piece = self.robot.find(name)
            if self._touchable(piece):
                self._finger(piece)
                return piece
            self._finger(self.robot.find("page-down"))
        raise AssertionError(f"{name} never came into view in {self.step}")

    def _touchable(self, piece: Pressable) -> bool:
        if piece.get_root_window() is None:
            return False
        return self.app.surface.find(*self.robot.spot(piece)) is piece

    def _finger(self, piece: Pressable) -> None:
        x, y = self.robot.spot(piece)
        down = self.app.surface.height - y
        self._x("mousemove", str(round(x)), str(round(down)))
        self._x("mousedown", "1")
        self.rest(0.08)
        self._x("mouseup", "1")
        self.rest(0.25)

    def wake(self) -> None:
        """The first touch of a visit, in the middle of the glass."""
        surface = self.app.surface
        self._x("mousemove", str(round(surface.width / 2)), str(round(surface.height / 2)))
        self._x("click", "1")
        self.see("home.home")

    def candidates(self) -> list[str]:
        """What the input method offers now, as it stands on its buttons."""
        found = [one for one in self.app.surface.pressables() if one.name.startswith("candidate-")]
        return [str(label_of(one)) for one in sorted(found, key=lambda one: int(one.name.split("-")[1]))]

    def type(self, letters: str) -> None:
        """Type on the keyboard of the screen."""
        for letter in letters:
            self.touch(f"key-{letter}")

    # --- keys and ears ---------------------------------------------------------------------------------------

    def key(self, name: str) -> str:
        """Press a key of the keypad; returns what is heard last."""
        said = len(self.ears.heard)
        self._x("key", KEYS[name])
        self.rest(0.06)
        if len(self.ears.heard) == said:
            self.rest(0.2)
        return self.last

    @property
    def last(self) -> str:
        """What was heard last, in one line."""
        return " ".join(self.ears.heard[-1]) if self.ears.heard else ""

    def hear(self, words: str, among: int = 4) -> None:
        """Wait until one of the last utterances has a sentence with these words."""
        self.until(lambda: any(words in one for heard in self.ears.heard[-among:] for one in heard), f"hearing {words}")

    def seek(self, words: str, key: str = "right", most: int = 120) -> None:
        """Go on with one key until what is in focus is named with these words. A page that is read names its buttons before
        it names what is in focus: a step back and forth says which of them it is."""
        step = "left" if key == "right" else key
        for _ in range(most):
            if self.ears.heard[-1][0].startswith(words):
                return
            self.key(step)
            step = key
        raise AssertionError(f"{words} was never heard in {self.step}; last: {self.last}")

    def press(self, words: str, step: str = "", most: int = 120) -> None:
        """Seek something by its name and press OK."""
        self.seek(words, most=most)
        self.ok(step)

    def write(self, digits: str) -> None:
        """On the keyboard of the screen, going by what is heard; the same digit again needs no way."""
        before = ""
        for digit in digits:
            if digit != before:
                self.seek_exactly(digit)
            self.key("ok")
            before = digit

    def write_hanzi(self, letters: str, hanzi: str) -> None:
        """By their pinyin or its initials, from what the keyboard offers."""
        self.write(letters)
        self.seek(hanzi)
        self.key("ok")

    def seek_exactly(self, word: str, most: int = 120) -> None:
        """Go on until a thing of just this name is heard."""
        for _ in range(most):
            self.key("right")
            if self.ears.heard[-1][0] == word:
                return
        raise AssertionError(f"{word} was never heard in {self.step}; last: {self.last}")

    def ok(self, step: str = "") -> None:
        """OK; with `step` wait for that step of a journey and for what is said there."""
        said = len(self.ears.heard)
        self.key("ok")
        if step:
            self.see(step)
        self.until(lambda: len(self.ears.heard) > said, "an answer to OK")
        self.rest(0.2)

    def _x(self, *command: str) -> None:
        subprocess.run(["xdotool", *command], check=True)

    # --- devices ---------------------------------------------------------------------------------------------

    def hand(self, device: str, key: str, choice: str = "") -> None:
        """Do something to a simulated device."""
        handled = registry.handled(self.terminal.devices[device])
        assert handled is not None, device
        hands.do(handled, key, choice)

    def slip(self) -> bytes:
        """The picture of the slip that came out."""
        handled = registry.handled(self.terminal.devices["ticket_printer"])
        sight = handled.sight() if handled else None
        assert sight is not None
        assert sight.picture is not None, "no slip came out"
        return sight.picture
