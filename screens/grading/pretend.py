"""Stand-ins for input methods and voice, with fixed answers: what the gallery shows needs no engine and no speaker."""

from collections.abc import Mapping, Sequence

from kiosk.ports.voice import Manner, Tongue
from kiosk.ports.writing import Composed, Method, Script, Stroke
from kiosk.texts import Text

LETTERS = ("番禺", "盘玉", "判狱", "叛逾", "番", "盘", "判", "潘", "畔")
DRAWN = ("木", "本", "术", "才", "不", "未", "末", "米", "禾", "札")
PARTS = ("森", "𠮷", "䶮")


class PretendWriting:
    """Whatever is typed, the same candidates come; whatever is drawn, the same characters."""

    def __init__(self) -> None:
        self._keys = ""

    def missing(self) -> Mapping[Method, Text]:
        """Nothing is missing."""
        return {}

    def begin(self, method: Method, script: Script) -> None:
        """From an empty line."""
        self._keys = ""

    def press(self, key: str) -> Composed:
        """The keys so far, and the candidates."""
        self._keys = self._keys[:-1] if key == "backspace" else self._keys + key
        return Composed(preedit=self._keys, candidates=LETTERS, more=True) if self._keys else Composed()

    def choose(self, index: int) -> Composed:
        """That candidate is written."""
        self._keys = ""
        return Composed(LETTERS[index])

    def turn(self, pages: int) -> Composed:
        """The same candidates on every page."""
        return Composed(preedit=self._keys, candidates=LETTERS, page=max(0, pages), more=True)

    def recognise(self, strokes: Sequence[Stroke], script: Script) -> tuple[str, ...]:
        """Always the same characters."""
        return DRAWN

    def look_up(self, query: str) -> tuple[str, ...]:
        """Always the same rare ones."""
        return PARTS

    def forget(self) -> None:
        """An empty line."""
        self._keys = ""


class PretendVoice:
    """Has every tongue and says nothing."""

    speaking = False

    def tongues(self) -> frozenset[Tongue]:
        """All three."""
        return frozenset(Tongue)

    def say(self, sentences: Sequence[str], tongue: Tongue, manner: Manner) -> None:
        """Nothing is heard."""

    def pause(self) -> None:
        """It is silent already."""

    def resume(self) -> None:
        """It stays silent."""

    def stop(self) -> None:
        """It is silent already."""
