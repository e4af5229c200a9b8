"""A speaker with a memory: what it was told to say, and whether it is still saying it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from kiosk.ports.voice import Manner, Tongue


@dataclass
class Heard:
    """One call of `say`."""

    sentences: tuple[str, ...]
    tongue: Tongue
    manner: Manner

    @property
    def text(self) -> str:
        """All of it."""
        return " | ".join(self.sentences)


@dataclass
class Ears:
    """A kiosk.ports.voice.Speaker; it goes on "speaking" until `finish()`."""

    known: frozenset[Tongue] = frozenset(Tongue)
    heard: list[Heard] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    speaking: bool = False

    def tongues(self) -> frozenset[Tongue]:
        return self.known

    def say(self, sentences: Sequence[str], tongue: Tongue, manner: Manner) -> None:
        assert sentences
        assert all(isinstance(one, str) and one for one in sentences)
        self.heard.append(Heard(tuple(sentences), tongue, manner))
        self.calls.append("say")
        self.speaking = True

    def pause(self) -> None:
        self.calls.append("pause")

    def resume(self) -> None:
        self.calls.append("resume")

    def stop(self) -> None:
        self.calls.append("stop")
        self.speaking = False

    def finish(self) -> None:
        """It has said everything."""
        self.speaking = False

    @property
    def last(self) -> str:
        """What was said last."""
        return self.heard[-1].text if self.heard else ""
