"""Headphones that hands plug in and pull out."""

from dataclasses import dataclass

from devices.hands import Hand, Sight
from devices.headphones import OUT
from kiosk.ports.device import READY, Status
from kiosk.texts import msg


class SimulatedHeadphones:
    """READY while the plug is in."""

    @dataclass(frozen=True)
    class Options:
        """`plugged`: whether the plug is in at the start."""

        plugged: bool = False

    def __init__(self, options: Options) -> None:
        self.options = options
        self._open = False
        self._plugged = options.plugged

    def open(self) -> None:
        """Watch the socket."""
        self._open = True

    def close(self) -> None:
        """Watch no more."""
        self._open = False

    def status(self) -> Status:
        """As the hands left it."""
        return READY if self._open and self._plugged else OUT

    def plug(self, _choice: str = "") -> None:
        """Plug the headphones in."""
        self._plugged = True

    def unplug(self, _choice: str = "") -> None:
        """Pull the headphones out."""
        self._plugged = False

    def hands(self) -> tuple[Hand, ...]:
        """What the dock offers."""
        return (
            Hand("plug", msg("Plug the headphones in"), "headphones", self.plug),
            Hand("unplug", msg("Pull the headphones out"), "headphones-off", self.unplug),
        )

    def sight(self) -> Sight | None:
        """Whether the plug is in."""
        return Sight(msg("The headphones are plugged in") if self._plugged else msg("No headphones are plugged in"))
