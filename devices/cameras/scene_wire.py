"""The far end of a simulated camera's cable: what lies on the mat, the lamp, the cable, and hands for all of it.

`v4l2` with `url = "sim://document-camera"` runs its whole process; only the lens looks at an invented scene
(`lenses.SceneLens`), whose state it reads out of shared memory.
"""

import json
import os
import threading

from devices.hands import Cable, Hand, Sight
from kiosk.texts import Msg, msg

SIZE = 4096
LOOKS: dict[str, tuple[Msg, dict[str, object]]] = {
    "good": (msg("Lies well"), {}),
    "glare": (msg("A lamp shines on it"), {"glare": 0.05}),
    "dark": (msg("Lamp off"), {"light": 0.22}),
    "bright": (msg("Far too much light"), {"light": 1.7}),
    "blurred": (msg("Out of focus"), {"blur": 5.0}),
    "curved": (msg("Bent paper"), {"curl": 0.03}),
    "shaking": (msg("A hand shakes it"), {"shakes": True}),
    "corner": (msg("A thumb on the corner"), {"hand": "corner"}),
    "outside": (msg("Half outside"), {"shift": (0.0, 0.3)}),
    "white": (msg("On a white table"), {"desk": "white"}),
}
"""How a page may lie, and what that is in a scene."""
COVERED: dict[str, object] = {"page": False, "light": 0.02}


class SceneWire(Cable):
    """A mat with nothing on it, until a page is laid. From any thread."""

    def __init__(self) -> None:
        self.fd = os.memfd_create("scene", os.MFD_CLOEXEC)
        self._lock = threading.Lock()
        self._looks: dict[str, object] = {"page": False}
        self._number = 0
        self._said = msg("The mat is empty")
        self._covered = self._frozen = self._hangs = self._dies = False
        self._write()

    def close(self) -> None:
        """Forget the scene; a camera that still looks at it keeps its own hold on it."""
        os.close(self.fd)

    def _write(self) -> None:
        with self._lock:
            state = {
                "plugged": self.plugged,
                "looks": COVERED if self._covered else self._looks,
                "frozen": self._frozen,
                "hangs": self._hangs,
                "dies": self._dies,
            }
            os.pwrite(self.fd, json.dumps(state).encode().ljust(SIZE, b"\0"), 0)

    # --- hands ---------------------------------------------------------------------------------------------

    def lay(self, how: str = "good") -> None:
        """Lay the next page down. Raises KeyError for a way nobody knows."""
        said, looks = LOOKS[how or "good"]
        self._number = (self._number + 1) % 4
        self._looks, self._said = {"number": self._number, **looks}, said
        self._write()

    def clear(self, _choice: str = "") -> None:
        """Take the page away."""
        self._looks, self._said = {"page": False}, msg("The mat is empty")
        self._write()

    def cover(self, _choice: str = "") -> None:
        """Lay something over the lens, or take it off."""
        self._covered = not self._covered
        self._write()

    def freeze(self, _choice: str = "") -> None:
        """The camera sends the same picture again and again, until it is plugged anew."""
        self._frozen = True
        self._write()

    def hang(self, _choice: str = "") -> None:
        """The driver does not return, until the camera is plugged anew."""
        self._hangs = True
        self._write()

    def kill(self, _choice: str = "") -> None:
        """The camera's process dies whenever it looks, until the camera is plugged anew."""
        self._dies = True
        self._write()

    def unplug(self, _choice: str = "") -> None:
        """Pull the cable."""
        super().unplug()
        self._write()

    def plug(self, _choice: str = "") -> None:
        """Put the cable back: everything works again."""
        super().plug()
        self._covered = self._frozen = self._hangs = self._dies = False
        self._write()

    def hands(self) -> tuple[Hand, ...]:
        """What the dock offers."""
        ways = tuple((key, label) for key, (label, _) in LOOKS.items())
        return (
            Hand("lay", msg("Lay a page down"), "file-document-outline", self.lay, ways),
            Hand("clear", msg("Take the page away"), "file-remove-outline", self.clear),
            Hand("cover", msg("Cover the lens, or uncover it"), "camera-off-outline", self.cover),
            Hand("freeze", msg("Freeze the picture"), "snowflake", self.freeze),
            Hand("hang", msg("Let the driver hang"), "timer-sand", self.hang),
            *self.cable_hands(),
        )

    def sight(self) -> Sight | None:
        """How the page lies."""
        return Sight(self._said)
