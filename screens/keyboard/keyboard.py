"""The keyboard: mode keys, then the keys of the mode in use with its candidates. Everything is changed in place."""

from collections.abc import Callable

from kivy.graphics import Color, Rectangle

from screens.keyboard import boards
from screens.keyboard.candidates import Bar
from screens.keyboard.keys import Keys
from screens.keyboard.mode_row import ModeRow
from screens.keyboard.modes import Mode
from screens.keyboard.pad import HandBoard
from screens.keyboard.writer import Writer
from screens.pen import Pen
from screens.pieces import Column, Piece
from screens.theme import KEYS

EDGE_MM = 5.0
SHORT_EDGE_MM = 3.0


class Keyboard(Piece):
    """Writes with `writer`; `changed` is called after every key, `hide` by the key of that name, `resized` when the
    page must make more or less room."""

    def __init__(
        self,
        pen: Pen,
        writer: Writer,
        changed: Callable[[], None],
        hide: Callable[[], None],
        resized: Callable[[], None],
    ) -> None:
        super().__init__(pen)
        self.writer = writer
        self.keys = Keys(pen, self._press)
        self._changed = changed
        self._hide = hide
        self._resized = resized
        self._shows: Bar | HandBoard | None = None
        self._edge = pen.theme.px(SHORT_EDGE_MM if pen.theme.shallow else EDGE_MM)
        self._fill()

    def _fill(self) -> None:
        self._shows = None
        writer, language = self.writer, self.pen.language
        kinds = language.startswith("zh"), writer.takes_spaces
        board = boards.board(self.keys, writer, self._bar, self._hand, kinds)
        rows: list[Piece] = [board]
        if len(writer.groups[0]) > 1:
            rows.insert(0, ModeRow(self.pen, self.keys, writer, self._use))
        column = Column(self.pen, rows, self.keys.gap)
        self.clear_widgets()
        self.parts = [column]
        self.add_widget(column)
        self._made_for = (writer.mode, writer.groups, writer.upper)

    def _bar(self) -> Bar:
        self._shows = bar = Bar(self.pen, self.keys, self.writer, self._after)
        return bar

    def _hand(self) -> HandBoard:
        self._shows = hand = HandBoard(self.pen, self.keys, self.writer, self._after)
        return hand

    # --- keys ------------------------------------------------------------------------------------------------

    def _press(self, key: str) -> None:
        if key == "hide":
            self.writer.drop()
            self._changed()
            self._hide()
            return
        self.writer.key(key)
        self._after()

    def _use(self, mode: Mode) -> None:
        self.writer.use(mode)
        self._after(anew=True)

    def _after(self, *, anew: bool = False) -> None:
        """Show what has become of it, then say that something has changed."""
        self.refresh(anew=anew)
        self._changed()

    def refresh(self, *, anew: bool = False) -> None:
        """Other candidates, or the keys of another mode."""
        writer = self.writer
        if anew or self._made_for != (writer.mode, writer.groups, writer.upper):
            self._again()
        elif self._shows and self._shows.refresh():
            self._resized()

    def _again(self) -> None:
        before = self.height
        self._fill()
        if self.fit(self.width) == before:
            self.place(self.x, self.top)
        else:
            self._resized()

    # --- laying out ------------------------------------------------------------------------------------------

    def fit(self, width: float) -> float:
        """The page's margin left and right (half of it in landscape, where it stands beside the list)."""
        inner = self.parts[0].fit(width - 2 * self._side())
        self.size = (width, inner + 2 * self._edge)
        return float(self.height)

    def _side(self) -> float:
        return self.pen.theme.margin if not self.pen.theme.landscape else self.pen.theme.px(4)

    def draw(self) -> None:
        """A ground of its own."""
        with self.canvas.before:
            Color(*self.pen.theme.paint(KEYS))
            Rectangle(pos=self.pos, size=self.size)

    def arrange(self) -> None:
        """Inside the margins."""
        self.parts[0].place(self.x + self._side(), self.top - self._edge)
