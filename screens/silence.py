"""The narrator of somebody who does not want to hear: the real one, and all it knows of views, is read when it is wanted."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kiosk.texts import Text

if TYPE_CHECKING:
    from kiosk.views.chrome import Chrome
    from kiosk.views.model import View
    from screens.focus import Stop
    from screens.touch import Pressable


class Silence:
    """Says nothing, to everything that a `screens.narrator.Narrator` may be told."""

    on = False

    def __init__(self) -> None:
        self.by_switch = False

    def shown(self, view: "View", chrome: "Chrome", *, fresh: bool) -> None:
        """A view is on the screen."""

    def focused(self) -> None:
        """The focus has moved."""

    def name(self, stops: "Sequence[Stop]") -> None:
        """Scanning frames these."""

    def back_to_rows(self) -> None:
        """Scanning offers to leave the row."""

    def pressed(self, piece: "Pressable") -> None:
        """Something was chosen."""

    def opened(self) -> None:
        """What was pressed has changed the page itself."""

    def wrote(self, key: str) -> None:
        """What is written has changed."""

    def echo(self, text: str) -> None:
        """Typed on a keyboard with letters."""

    def erased(self) -> None:
        """Deleted on a keyboard with letters."""

    def repeat(self) -> None:
        """Asked for the page once more."""

    def pause_or_go_on(self) -> None:
        """Asked to fall silent, or to go on."""

    def tell(self, sentences: tuple[Text, ...]) -> None:
        """Something the visitor asked to hear."""

    def news(self, sentences: tuple[Text, ...]) -> None:
        """Something on the page has changed."""
