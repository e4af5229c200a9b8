"""What is only read stands above the page in low reach: the hall's name, the time, the page's title in large letters."""

from collections.abc import Iterator, Sequence

from kivy.graphics import Color, Rectangle

from kiosk.views.chrome import Chrome
from screens.pen import SMALL, STRONG, TITLE, Pen, Style
from screens.pieces import Box, Column, Icon, Piece, Row, Space, Words
from screens.theme import HEADER, ON_HEADER

HERO = Style("hero", bold=True)


class Aloft(Piece):
    """The header's ground from the glass's upper edge down to the page, with the page's lead in its middle."""

    def __init__(self, pen: Pen, height: float, name: Piece | None, lead: Piece | None) -> None:
        super().__init__(pen, [part for part in (name, lead) if part])
        self._own = height
        self._name = name
        self._lead = lead

    def rename(self, chrome: Chrome) -> None:
        """Another time or name."""
        if self._name:
            self.remove_widget(self._name)
            margin = 2 * self.pen.theme.margin
            self._name = _name(self.pen, chrome, self.width - margin, self.height)
            self.parts = [part for part in (self._name, self._lead) if part]
            if self._name:
                self.add_widget(self._name)
        self.place(self.x, self.top)

    def fit(self, width: float) -> float:
        """The whole width, the height given; the parts are fitted already."""
        self.size = (width, self._own)
        return self._own

    def draw(self) -> None:
        """One plain ground, which goes on in the header below."""
        with self.canvas.before:
            Color(*self.pen.theme.paint(HEADER))
            Rectangle(pos=self.pos, size=self.size)

    def arrange(self) -> None:
        """The name at the top, the lead in the middle of the rest."""
        left, top = self.x + self.pen.theme.margin, self.top
        if self._name:
            drop = self.pen.theme.px(5) if self._lead else (self.height - self._name.height) / 2
            self._name.place(left, top - drop)
            top -= drop + self._name.height
        if self._lead:
            self._lead.place(left, top - (top - self.y - self._lead.height) / 2)


def aloft(pen: Pen, chrome: Chrome, lead: Sequence[Piece], size: tuple[float, float]) -> tuple[Aloft, list[Piece]]:
    """The upper part, and what of the lead has no room in it. `size` in pixels."""
    width, height = size[0] - 2 * pen.theme.margin, size[1]
    name = _name(pen, chrome, width, height)
    room = height - (name.height + pen.theme.px(5) if name else 0) - pen.theme.px(8)
    fitted, rest = _fitted(pen, list(lead), width, room) if pen.theme.raised else (None, list(lead))
    made = Aloft(pen, height, name, fitted)
    made.fit(size[0])
    return made, rest


def _name(pen: Pen, chrome: Chrome, width: float, height: float) -> Piece | None:
    """Name and time in one line, else only the name, else nothing."""
    if not pen.theme.named:
        return None
    said = Words(pen, pen.say(chrome.station), STRONG, ON_HEADER)
    clock = Words(pen, pen.say(chrome.clock), SMALL, ON_HEADER)
    both = Row(pen, [said, Space(pen, 1), clock], [0, 1, 0], pen.theme.px(6))
    if both.natural() > width:
        both = Row(pen, [Words(pen, said.text, STRONG, ON_HEADER, even=True)], [1])
    return both if both.fit(width) <= height else None


def _fitted(pen: Pen, lead: list[Piece], width: float, room: float) -> tuple[Piece | None, list[Piece]]:
    """As many parts of the lead as fit, from the first one on, in large letters where these fit."""
    plain = [(piece, dict(_looks(piece))) for piece in _inked(lead)]
    for count in range(len(lead), 0, -1):
        for hero in (True, False):
            for piece in _inked(lead[:count]):
                _dress(piece, hero=hero)
            column = Column(pen, lead[:count], pen.theme.px(4))
            if column.fit(width) <= room:
                return column, lead[count:]
            column.clear_widgets()
            for piece, looks in plain:
                for name, look in looks.items():
                    setattr(piece, name, look)
    return None, lead


def _inked(lead: Sequence[Piece]) -> list[Piece]:
    """Words, icons and numbers; a note keeps its own ground and colours."""
    found: list[Piece] = []
    for piece in lead:
        if hasattr(piece, "colour"):
            found.append(piece)
        elif not isinstance(piece, Box):
            found += _inked(piece.parts)
    return found


def _looks(piece: Piece) -> Iterator[tuple[str, object]]:
    return ((name, getattr(piece, name)) for name in ("style", "colour", "align") if hasattr(piece, name))


def _dress(piece: Piece, *, hero: bool) -> None:
    """In the header's ink and in the middle, titles larger."""
    if isinstance(piece, Words):
        piece.style = HERO if hero and piece.style == TITLE else piece.style
    if isinstance(piece, (Words, Icon)):
        piece.align = "center"
    setattr(piece, "colour", ON_HEADER)  # noqa: B010  whatever has an ink: words, icons, numbers
