"""What a screen may use besides itself: the input methods, the voice and the camera, once the machinery has them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kiosk.errors import WritingUnavailable
from kiosk.ports.camera import Frame, Viewfinder
from kiosk.ports.voice import Manner, Speaker, Tongue
from kiosk.ports.writing import Composed, Method, Script, Stroke, Writing
from kiosk.texts import Text, msg


class NoWriting:
    """Before the input methods are there, and where there are none: letters and digits still work."""

    def missing(self) -> Mapping[Method, Text]:
        """All of them."""
        return dict.fromkeys(Method, msg("Writing Chinese characters does not work on this terminal now."))

    def begin(self, method: Method, script: Script) -> None:
        """Raises WritingUnavailable, as all below do."""
        raise WritingUnavailable("no input methods")

    def press(self, key: str) -> Composed:
        """Not here."""
        raise WritingUnavailable("no input methods")

    def choose(self, index: int) -> Composed:
        """Not here."""
        raise WritingUnavailable("no input methods")

    def turn(self, pages: int) -> Composed:
        """Not here."""
        raise WritingUnavailable("no input methods")

    def recognise(self, strokes: Sequence[Stroke], script: Script) -> tuple[str, ...]:
        """Not here."""
        raise WritingUnavailable("no input methods")

    def look_up(self, query: str) -> tuple[str, ...]:
        """Not here."""
        raise WritingUnavailable("no input methods")

    def forget(self) -> None:
        """Nothing to forget."""


class NoVoice:
    """Silence: the screens' side of kiosk.ports.voice.Speaker where there is none."""

    speaking = False

    def tongues(self) -> frozenset[Tongue]:
        """None."""
        return frozenset()

    def say(self, sentences: Sequence[str], tongue: Tongue, manner: Manner) -> None:
        """Says nothing."""

    def pause(self) -> None:
        """Is silent anyway."""

    def resume(self) -> None:
        """Has nothing to go on with."""

    def stop(self) -> None:
        """Is silent anyway."""


class NoViewfinder:
    """No camera, or none yet: the screens' side of kiosk.ports.camera.Viewfinder."""

    def latest(self) -> Frame | None:
        """Nothing is seen."""
        return None


@dataclass
class Tools:
    """Filled in once, after the first picture; looked at when used, never kept."""

    writing: Writing = field(default_factory=NoWriting)
    voice: Speaker = field(default_factory=NoVoice)
    viewfinder: Viewfinder = field(default_factory=NoViewfinder)
