"""What keypad, switches and the help key do to a surface: steer, press, leave, and the panel of everything else."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from kiosk.events.touches import Attended, BackPressed
from kiosk.ports.voice import Tongue
from kiosk.views.chrome import Chrome
from screens.pen import Pen
from screens.pieces import Piece
from screens.touch import Pressable, count

if TYPE_CHECKING:
    from screens.panel import Panel
    from screens.surface import Surface

PRESS_S = 0.08
"""How long something pressed with a key looks so before it happens."""


class WithoutTouch:
    """One surface's other ways in. The guards are those of a touch: told once, and only while it is still there."""

    def __init__(self, surface: "Surface") -> None:
        self._surface = surface

    def steer(self, way: str) -> None:
        """A keypad moves the focus: what it is on is said at once, everything else comes after."""
        screen = self._surface.screen
        if not (screen and screen.steered(way)) and self._surface.focus.move(way):
            self._surface.narrator.focused()
        self.attend()

    def press(self) -> None:
        """Press what is in focus; where nobody can see that yet, show it first."""
        focus, narrator = self._surface.focus, self._surface.narrator
        stop = focus.current
        if stop and not focus.visible:
            focus.show()
            narrator.focused()
        elif stop:
            stop.piece.show_pressed(True)
            count(stop.piece, self._act_if_there, PRESS_S)
            if not stop.piece.available:
                narrator.focused()
        self.attend()

    def _act_if_there(self, target: Pressable) -> None:
        """The page may have changed in the meantime."""
        if any(piece is target for piece in self._surface.pressables()):
            self._surface.act(target)

    def leave(self) -> None:
        """The Escape key of a keyboard: close what is open, else one step back."""
        surface = self._surface
        if surface.panel:
            surface.close_panel()
            surface.focus.draw()
        elif surface.chrome and surface.chrome.can_back:
            surface.tell(BackPressed())

    def attend(self) -> None:
        """Somebody is here who has chosen nothing yet."""
        self._surface.tell(Attended())

    # --- the help panel --------------------------------------------------------------------------------------

    def toggle_help(self) -> None:
        """Open the panel of the help key, or close it."""
        self._surface.panels.toggle("help", self._help_panel)
        self._surface.focus.show()
        self._surface.narrator.opened()
        self.attend()

    def _help_panel(self, pen: Pen, chrome: Chrome, close: Callable[[], None]) -> "Panel":
        from screens import help_panel  # noqa: PLC0415  not before somebody asks for help

        return help_panel.panel(pen, chrome, {"repeat": self._repeat, "call": self._call}, close)

    def _repeat(self) -> None:
        self._surface.close_panel()
        self._surface.narrator.repeat()

    def _call(self) -> None:
        from screens.help_panel import call_texts  # noqa: PLC0415  its panel is open

        if self._surface.chrome:
            self._surface.narrator.tell(call_texts(self._surface.chrome))

    # --- the voice's bar -------------------------------------------------------------------------------------

    def voice_bar(self, pen: Pen, chrome: Chrome) -> Piece:
        """The bar above the bottom line."""
        from screens import voice_bar  # noqa: PLC0415  not before somebody listens

        tongue = self._spoken(chrome)[0]
        return voice_bar.VoiceBar(pen, chrome, tongue, self._say_again, self._pause_or_go_on, self._tongues)

    def _say_again(self) -> None:
        self._surface.narrator.repeat()

    def _pause_or_go_on(self) -> None:
        """By the narrator of that moment: the bar is laid out before the one who speaks is there."""
        self._surface.narrator.pause_or_go_on()

    def _tongues(self) -> None:
        from screens.tongue_panel import panel  # noqa: PLC0415  not before somebody listens

        self._surface.panels.toggle("tongues", lambda pen, chrome, close: panel(pen, *self._spoken(chrome), close))

    def _spoken(self, chrome: Chrome) -> tuple[Tongue | None, frozenset[Tongue]]:
        """The tongue that is spoken now, and all that can be."""
        from screens import hearing  # noqa: PLC0415  not before somebody listens

        here = self._surface.tools.voice.tongues()
        return hearing.tongue(chrome, self._surface.words, here), here
