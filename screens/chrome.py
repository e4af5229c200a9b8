"""What stands around every page: header, banner, help line, countdown; and the panels for language and text size."""

from collections.abc import Callable

from kivy.graphics import Color, Rectangle

from kiosk import words as kiosk_words
from kiosk.events import BackPressed, HomePressed, MoreTime, Preferred
from kiosk.preferences import SIZES
from kiosk.texts import msg
from kiosk.views import Chrome
from screens.controls import button
from screens.grids import Flow
from screens.linebreak import is_wide
from screens.palette import Colour
from screens.pen import BODY, BUTTON, SMALL, STRONG, Pen, Style
from screens.pieces import Box, Column, Icon, Piece, Row, Space, Words
from screens.theme import (
    ACCENT,
    CARD,
    HEADER,
    HEADER_PRESSED,
    INK,
    LINE,
    ON_HEADER,
    ON_TEAL,
    SOFT,
    TEAL,
    TEAL_PRESSED,
    TINT,
)
from screens.touch import Pressable

BAR_MM = 25.0
SIZE_NAMES = {
    "S": msg("Small"),
    "M": msg("Standard"),
    "L": msg("Large"),
    "XL": msg("Very large"),
}


class Bar(Piece):
    """One part on a plain ground over the whole width, with a thin line where it meets the page."""

    def __init__(
        self, pen: Pen, part: Piece, fill: Colour, padding: tuple[float, float], least: float, edge: str = ""
    ) -> None:
        super().__init__(pen, [part])
        self._fill = fill
        self._padding = padding
        self._least = least
        self._edge = edge

    def fit(self, width: float) -> float:
        """The part with its padding."""
        inner = self.parts[0].fit(width - 2 * self._padding[0])
        self.size = (width, max(self._least, inner + 2 * self._padding[1]))
        return float(self.height)

    def draw(self) -> None:
        """The ground and the edge."""
        with self.canvas.before:
            Color(*self.pen.theme.paint(self._fill))
            Rectangle(pos=self.pos, size=self.size)
            if self._edge == "top":
                Color(*self.pen.theme.paint(LINE))
                Rectangle(pos=(self.x, self.top - 1), size=(self.width, 1))
            elif self._edge == "bottom" and self.pen.theme.outlined:
                Color(*self.pen.theme.paint(LINE))
                Rectangle(pos=self.pos, size=(self.width, 1))

    def arrange(self) -> None:
        """In the middle."""
        part = self.parts[0]
        part.place(self.x + self._padding[0], self.top - (self.height - part.height) / 2)


def header(pen: Pen, chrome: Chrome, open_sizes: Callable[[], None], open_languages: Callable[[], None]) -> Bar:
    """Station and clock at home; back and home elsewhere, always at the same place; text size and language."""
    px = pen.theme.px
    right = [
        _header_button(pen, "format-size", pen.say(msg("Text size")), "size", action=open_sizes),
        _header_button(
            pen, "translate", other_languages(chrome), "language", action=open_languages, spoken=msg("Language")
        ),
    ]
    if chrome.can_back or chrome.can_home:
        left: Piece = Row(pen, _ways_back(pen, chrome), [0, 0], px(4))
    else:
        left = Column(
            pen,
            [
                Words(pen, pen.say(chrome.station), STRONG, ON_HEADER),
                Words(pen, pen.say(chrome.clock), SMALL, ON_HEADER),
            ],
        )
    return Bar(pen, Row(pen, [left, *right], [1, 0, 0], px(4)), HEADER, (px(8), px(3)), px(BAR_MM), "bottom")


def _ways_back(pen: Pen, chrome: Chrome) -> list[Piece]:
    back = _header_button(pen, "arrow-left", pen.say(msg("Back")), "BackPressed", event=BackPressed())
    home = _header_button(pen, "home", pen.say(msg("Home")), "HomePressed", event=HomePressed())
    return [
        back if chrome.can_back else Space(pen, back.least, back.natural()),
        home if chrome.can_home else Space(pen, home.least, home.natural()),
    ]


def _header_button(pen: Pen, icon: str, label: str, name: str, **what: object) -> Pressable:
    px = pen.theme.px
    side = pen.size_px(SMALL) * 1.25
    part = Row(pen, [Icon(pen, icon, side, ON_HEADER), Words(pen, label, SMALL, ON_HEADER)], [0, 0], px(2.2))
    return Pressable(
        pen,
        part,
        name=name,
        fill=HEADER,
        pressed=HEADER_PRESSED,
        line=ON_HEADER,
        rule=pen.theme.rule,
        padding=(px(4), px(2)),
        least=px(17),
        **what,  # type: ignore[arg-type]
    )


def other_languages(chrome: Chrome) -> str:
    """The marks of the languages one could change to: "EN / 繁"."""
    return " / ".join(short_name(code) for code in chrome.languages if code != chrome.language)


def short_name(code: str) -> str:
    """A language's mark: the first character of a Chinese name, two letters of a Latin one, any other name whole."""
    name = kiosk_words.load(code).name
    if is_wide(name[0]):
        return name[0]
    return name[:2].upper() if name.isascii() else name


def banner(pen: Pen, chrome: Chrome) -> Bar | None:
    """A calm line for the whole machine."""
    if not chrome.banner:
        return None
    px = pen.theme.px
    side = pen.size_px(SMALL) * 1.2
    row = Row(pen, [Icon(pen, "information-outline", side), Words(pen, pen.say(chrome.banner), SMALL)], [0, 1], px(3))
    return Bar(pen, row, TINT, (px(10), px(2.5)), 0)


def help_line(pen: Pen, chrome: Chrome) -> Bar:
    """Who helps, and who to complain to."""
    px = pen.theme.px
    said = [
        Words(pen, pen.say(chrome.help), Style("small", bold=True)),
        Words(pen, pen.say(msg("Enquiries {phone}", phone=chrome.enquiry_phone)), SMALL, SOFT),
        Words(pen, pen.say(msg("Complaints {phone}", phone=chrome.supervision_phone)), SMALL, SOFT),
    ]
    row = Row(pen, [Icon(pen, "face-agent", pen.theme.sign(10), ACCENT), Flow(pen, said, px(6))], [0, 1], px(5))
    return Bar(pen, row, CARD, (px(10), px(3)), 0, "top")


def countdown(pen: Pen, remaining_s: int) -> Bar:
    """How long the visit still waits, and one touch for more time. Takes the help line's place: nothing jumps."""
    px = pen.theme.px
    more = button(pen, pen.say(msg("More time")), event=MoreTime(), main=True)
    more.repeats = True
    said = Words(pen, pen.say(msg("This visit ends in {n} s. Do you need more time?", n=remaining_s)), BODY, INK)
    row = Row(pen, [Icon(pen, "timer-sand", pen.theme.sign(10), ACCENT), said, more], [0, 1, 0], px(5))
    return Bar(pen, row, TINT, (px(10), px(3)), 0, "top")


def bottom_height(pen: Pen, chrome: Chrome, width: float) -> float:
    """The place both the help line and the countdown fit in."""
    return max(help_line(pen, chrome).fit(width), countdown(pen, 88).fit(width))


def language_panel(pen: Pen, chrome: Chrome) -> Piece:
    """The languages in their own names and faces."""
    choices = []
    for code in chrome.languages:
        own = Pen(pen.theme, kiosk_words.load(code))
        choices.append(_choice(own, own.words.name, code, Preferred("language", code), code == chrome.language, BUTTON))
    return _panel(pen, choices)


def size_panel(pen: Pen, chrome: Chrome) -> Piece:
    """The four sizes, each in its own size."""
    choices = []
    for size in SIZES:
        own = Pen(pen.theme.sized(size), pen.words)
        choices.append(
            _choice(own, pen.say(SIZE_NAMES[size]), size, Preferred("text_size", size), size == chrome.text_size, BODY)
        )
    return _panel(pen, choices)


def _choice(pen: Pen, label: str, name: str, event: object, chosen: bool, style: Style) -> Pressable:
    px = pen.theme.px
    colour = ON_TEAL if chosen else INK
    mark = Icon(pen, "check" if chosen else "circle-outline", pen.theme.sign(8), colour)
    part = Row(pen, [mark, Words(pen, label, style, colour)], [0, 1], px(5))
    return Pressable(
        pen,
        part,
        name=name,
        event=event,  # type: ignore[arg-type]
        fill=TEAL if chosen else CARD,
        pressed=TEAL_PRESSED if chosen else TINT,
        line=ACCENT,
        rule=pen.theme.rule,
        padding=(px(6), px(3)),
        least=px(21),
    )


def _panel(pen: Pen, choices: list[Pressable]) -> Piece:
    px = pen.theme.px
    return Box(pen, Column(pen, choices, px(4)), padding=(px(6), px(6)), line=ACCENT, rule=pen.theme.rule)
