"""A voice that remembers what it was told to say instead of saying it, for tests and the dock."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from devices.hands import Hand, Sight
from devices.simulated import Simulated
from kiosk.errors import Fault
from kiosk.ports.voice import Manner, Tongue
from kiosk.texts import msg


@dataclass(frozen=True, repr=False)
class Said:
    """One call of `say`."""

    sentences: tuple[str, ...]
    tongue: Tongue
    manner: Manner


class SimulatedVoice(Simulated):
    """It speaks until its hand "finish" is used, or something interrupts it."""

    called = "voice"

    @dataclass(frozen=True)
    class Options:
        """None."""

    def __init__(self, options: Options) -> None:
        super().__init__()
        self.options = options
        self.said: list[Said] = []
        self.paused = False
        self._sound = True
        self._speaking = False

    def close(self) -> None:
        """Disconnect, and fall silent."""
        super().close()
        self.stop()

    def _troubles(self) -> Collection[Fault]:
        return () if self._sound else (Fault.NO_SOUND,)

    def tongues(self) -> frozenset[Tongue]:
        """All."""
        return frozenset(Tongue)

    def say(self, sentences: Sequence[str], tongue: Tongue, manner: Manner) -> None:
        """Remember it; nothing on a closed device."""
        if self._open:
            self.said.append(Said(tuple(sentences), tongue, manner))
            self._speaking, self.paused = True, False

    def pause(self) -> None:
        """Hold."""
        self.paused = self._speaking

    def resume(self) -> None:
        """Go on."""
        self.paused = False

    def stop(self) -> None:
        """Fall silent."""
        self._speaking = self.paused = False

    @property
    def speaking(self) -> bool:
        """Whether something is being said, or is paused."""
        return self._speaking

    # --- hands ---------------------------------------------------------------------------------------------

    def finish(self, _choice: str = "") -> None:
        """Come to the end of what is being said; a paused voice does not."""
        self._speaking = self._speaking and self.paused

    def mute(self, _choice: str = "") -> None:
        """Take the sound card out."""
        self._sound = False

    def plug(self, _choice: str = "") -> None:
        """Put the cable and the sound card back."""
        super().plug()
        self._sound = True

    def hands(self) -> tuple[Hand, ...]:
        """What the dock offers."""
        return (
            Hand("finish", msg("Hear it out"), "volume-off", self.finish),
            Hand("mute", msg("Take the sound card out"), "volume-mute", self.mute),
            *self.cable_hands(),
        )

    def sight(self) -> Sight | None:
        """What is being said."""
        if not self._speaking:
            return Sight(msg("Nothing is being said"))
        return Sight(msg("It says: {sentences}", sentences=" ".join(self.said[-1].sentences)))
