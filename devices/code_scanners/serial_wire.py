"""The far end of a serial code scanner's cable: codes are held before it, and it may send all kinds of nonsense."""

import random
import threading
from collections.abc import Callable, Iterator, Mapping

from devices.code_scanners.sample_codes import CODES
from devices.hands import PULLED_OUT, Hand, Sight
from devices.transports.sim import Burst, FarEnd
from kiosk.errors import SetupError
from kiosk.texts import Msg, Text, msg

PAUSE_S = 0.25
"""Between the halves of a code that is held up."""
NOISE_BYTES = 2000
FLOOD_PIECE, FLOOD_PIECES = 50_000, 200
"""10 MB."""


class Wire(FarEnd):
    """A scanner with hands. `suffix` is what it sends after each code: cr, crlf, lf or none."""

    def __init__(self, paced: int | bool = False, suffix: str = "cr", seed: int = 7) -> None:
        self.paced = bool(paced)
        self._suffix = {"cr": b"\r", "crlf": b"\r\n", "lf": b"\n", "none": b""}[suffix]
        self._chance = random.Random(seed)  # noqa: S311  noise, not a secret
        self._said: list[Burst] = []
        self._lock = threading.Lock()
        self._sight: Text = msg("No code before the scanner")

    # --- hands ---------------------------------------------------------------------------------------------

    def show(self, what: str) -> None:
        """Hold a code before it: a sample's name, or any text. It is read once."""
        sample = CODES.get(what)
        self._sight = sample.label if sample else msg("A code is before the scanner")
        self.send(sample.data if sample else what.encode())

    def send(self, data: bytes, after_s: float = 0.0) -> None:
        """Send a code's bytes, with the scanner's suffix."""
        self.say(Burst(data + self._suffix, after_s))

    def say(self, *bursts: Burst) -> None:
        """Send bytes as they are."""
        with self._lock:
            self._said += bursts

    def misbehave(self, how: str) -> None:
        """Send what is no ordinary code. Raises SetupError for an unknown way."""
        if how not in self.moods:
            raise SetupError(f"The scanner cannot send {how!r}. Known are {', '.join(self.moods)}.")
        self.moods[how]()

    @property
    def moods(self) -> Mapping[str, Callable[[], None]]:
        """What it may send beside codes."""
        half = CODES["receipt"].data
        return {
            "noise": lambda: self.say(Burst(self._chance.randbytes(NOISE_BYTES))),
            "flood": lambda: self.say(*(Burst(self._chance.randbytes(FLOOD_PIECE)) for _ in range(FLOOD_PIECES))),
            "oversize": lambda: self.send(CODES["largest"].data + b"X"),
            "halves": lambda: self.say(Burst(half[:9]), Burst(half[9:] + self._suffix, PAUSE_S)),
            "half": lambda: self.say(Burst(half[:9])),
            "twice": lambda: self.say(*(Burst(CODES[key].data + self._suffix) for key in ("book", "receipt"))),
        }

    def unplug(self, _choice: str = "") -> None:
        """Pull the cable; what it had to send is lost."""
        super().unplug()
        with self._lock:
            self._said.clear()

    def hands(self) -> tuple[Hand, ...]:
        """What the dock offers."""
        codes = tuple((key, sample.label) for key, sample in CODES.items())
        return (
            Hand("show", msg("Hold a code before the scanner"), "qrcode-scan", self.show, codes),
            Hand("fault", msg("Send what is no code"), "alert", self.misbehave, LABELS),
            *self.cable_hands(),
        )

    def sight(self) -> Sight | None:
        """The code that was held before it last."""
        return Sight(self._sight if self.plugged else PULLED_OUT)

    # --- wire ----------------------------------------------------------------------------------------------

    def exchange(self, _data: bytes, _baud: int) -> Iterator[Burst]:
        """A scanner answers nothing."""
        yield from ()

    def unasked(self) -> tuple[Burst, ...]:
        """The codes that were held before it since the last time."""
        with self._lock:
            said, self._said = tuple(self._said), []
        return said


LABELS: tuple[tuple[str, Msg], ...] = (
    ("noise", msg("Noise on the line")),
    ("flood", msg("Noise that does not end")),
    ("oversize", msg("More than a code can hold")),
    ("halves", msg("A code with a pause in it")),
    ("half", msg("Half a code")),
    ("twice", msg("Two codes at once")),
)
