"""The bar at the lower end of every page: lower the buttons, read aloud, who helps; or the countdown and more time.

Within everybody's reach and always at the same place, so that somebody who sees nothing else finds it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kiosk.events.touches import MoreTime, Preferred
from kiosk.texts import Msg, Text, msg
from kiosk.views.chrome import Chrome
from screens.bar import Bar
from screens.controls import Fixed, button
from screens.grids import Flow
from screens.palette import Colour
from screens.pen import BODY, SMALL, Pen, Style
from screens.pieces import Column, Icon, Piece, Row, Words
from screens.theme import ACCENT, CARD, INK, ON_TEAL, SOFT, TEAL, TEAL_PRESSED, TINT, TINT_PRESSED
from screens.touch import Pressable

LABEL = Style("small", bold=True)
MORE_TIME = msg("More time")
ONE_LINE, TWO_LINES = 1.2, 2.4
"""How many lines of text the bar may take: on a short screen, on others."""

CHOICES = (
    ("long", 0, 3),
    ("short", 0, 3),
    ("long", 1, 3),
    ("short", 1, 3),
    ("long", 1, 2),
    ("short", 1, 2),
    ("none", 1, 3),
)
"""What the buttons say, and which part of the help line stands beside them: the first that fits."""


@dataclass(frozen=True)
class Toggle:
    """A choice that one touch turns on and the next one off; what it says is what the touch will do."""

    name: str
    icon: str
    on: bool
    labels: tuple[Msg, Msg]
    """When it is off, when it is on."""
    shorts: tuple[Msg, Msg]


def toggles(chrome: Chrome) -> Iterator[Toggle]:
    """What can be turned on and off from every page."""
    wants = chrome.preferences
    lower = (msg("Lower the buttons"), msg("Raise the buttons"))
    yield Toggle("low", "wheelchair-accessibility", wants.low, lower, (msg("Lower"), msg("Raise")))
    if chrome.can_hear:
        read = (msg("Read aloud"), msg("Stop reading"))
        yield Toggle("voice", "ear-hearing", wants.voice, read, (msg("Listen"), msg("Stop")))


def bottom(pen: Pen, chrome: Chrome, width: float, below: float = 0) -> Bar:
    """The bar for this width, as high whether it helps or counts down: nothing jumps. `below`: its ground goes on for
    so many pixels under it."""
    choice = _choice(pen, chrome, width)
    helps, counts = (_bar(pen, chrome, choice, below, counting=counting) for counting in (False, True))
    made = helps if chrome.remaining_s is None else counts
    made.grow(max(bar.fit(width) for bar in (helps, counts)))
    return made


def _bar(pen: Pen, chrome: Chrome, choice: tuple[str, Sequence[str]], below: float, *, counting: bool) -> Bar:
    px, tight = pen.theme.px, pen.theme.short
    labels, texts = choice
    parts: list[Piece] = [_button(pen, toggle, labels) for toggle in toggles(chrome)]
    weights = [0.0] * len(parts)
    rest = _countdown(pen, chrome) if counting else _help(pen, texts)
    row = Row(pen, [*parts, rest], [*weights, 1.0], px(5))
    side = px(6) if tight else px(8)
    return Bar(pen, row, TINT if counting else CARD, (side, px(1.5 if tight else 3)), 0, "top", below)


def left_out(pen: Pen, chrome: Chrome, width: float) -> list[str]:
    """What the bar had no room to say."""
    texts = _choice(pen, chrome, width)[1]
    return [said for said in _said(pen, chrome)[1:] if said not in texts]


def _said(pen: Pen, chrome: Chrome) -> tuple[str, str, str]:
    return (
        pen.say(chrome.help),
        pen.say(msg("Enquiries {phone}", phone=chrome.enquiry_phone)),
        pen.say(msg("Complaints {phone}", phone=chrome.supervision_phone)),
    )


def _choice(pen: Pen, chrome: Chrome, width: float) -> tuple[str, Sequence[str]]:
    """How much the buttons and the help line can say: the most that keeps the bar low."""
    every = _said(pen, chrome)
    most = (ONE_LINE if pen.theme.short else TWO_LINES) * pen.line_px(LABEL)
    taken: dict[str, float] = {}
    for labels, start, end in CHOICES:
        taken[labels] = taken.get(labels) or _taken(pen, chrome, labels)
        texts, room = every[start:end], width - taken[labels]
        widest = max(pen.width(text, LABEL) for text in texts)
        if room >= widest and _lines(pen, texts).fit(room) <= most:
            return labels, texts
    return "none", every[1:2]


def _taken(pen: Pen, chrome: Chrome, labels: str) -> float:
    """What buttons, sign, gaps and margins take of the width."""
    px = pen.theme.px
    buttons = sum(_button(pen, toggle, labels).natural() + px(5) for toggle in toggles(chrome))
    return buttons + pen.theme.sign(10) + px(4 + 2 * 8 + 1)


def _lines(pen: Pen, texts: Sequence[str]) -> Flow:
    styles = [LABEL, *[SMALL] * (len(texts) - 1)]
    colours: list[Colour] = [INK, *[SOFT] * (len(texts) - 1)]
    words = [Words(pen, *said) for said in zip(texts, styles, colours, strict=True)]
    return Flow(pen, words, pen.theme.px(6))


def _help(pen: Pen, texts: Sequence[str]) -> Row:
    """Who helps, and who to complain to."""
    sign = Icon(pen, "face-agent", pen.theme.sign(10), ACCENT)
    return Row(pen, [sign, _lines(pen, texts)], [0, 1], pen.theme.px(4))


def _countdown(pen: Pen, chrome: Chrome) -> Piece:
    """How long the visit still waits, and one touch for more time."""
    px, left_s = pen.theme.px, 88 if chrome.remaining_s is None else chrome.remaining_s
    more = button(pen, pen.say(MORE_TIME), event=MoreTime(), main=True, spoken=MORE_TIME)
    more.least = px(15 if pen.theme.short else 21)
    more.padding = (px(4), px(1.5))
    more.repeats = True
    return Countdown(pen, left_s, more)


class Countdown(Piece):
    """The sentence as long as it stays within two lines (one on a short screen), else only the seconds; and the button.

    It is measured with two digits, so that it says the same at 88 seconds and at 8.
    """

    def __init__(self, pen: Pen, left_s: int, more: Pressable) -> None:
        super().__init__(pen)
        self._left_s = left_s
        self._more = more

    def fit(self, width: float) -> float:
        """Choose the sentence."""
        pen = self.pen
        room = width - self._more.natural() - pen.theme.px(5)
        most = ONE_LINE if pen.theme.short else TWO_LINES
        asks = Words(pen, pen.say(self._asks(88)), BODY)
        fits = room > 0 and asks.fit(room) <= most * pen.line_px(BODY)
        said: Text = self._asks(self._left_s) if fits else msg("{n} s left", n=self._left_s)
        words = Words(pen, pen.say(said), BODY if fits else LABEL, INK)
        self.clear_widgets()
        if self._more.parent:
            self._more.parent.remove_widget(self._more)
        row = Row(pen, [words, self._more], [1, 0], pen.theme.px(5))
        self.parts = [row]
        self.add_widget(row)
        self.size = (width, row.fit(width))
        return float(self.height)

    @staticmethod
    def _asks(left_s: int) -> Msg:
        return msg("This visit ends in {n} s. Do you need more time?", n=left_s)


def _button(pen: Pen, toggle: Toggle, labels: str) -> Pressable:
    """As wide in both states: nothing jumps."""
    theme = pen.theme
    ink = ON_TEAL if toggle.on else ACCENT
    part: Piece = Icon(pen, toggle.icon, theme.sign(9), ink, "center")
    if labels != "none":
        texts = [pen.say(text) for text in (toggle.labels if labels == "long" else toggle.shorts)]
        words = Words(pen, texts[toggle.on], LABEL, ink)
        widest = max(pen.width(text, LABEL) for text in texts)
        part = _labelled(pen, part, Fixed(pen, words, widest + 1), words, stacked=labels == "short")
    made = Pressable(
        pen,
        part,
        name=toggle.name,
        event=Preferred(toggle.name, not toggle.on),
        fill=TEAL if toggle.on else CARD,
        pressed=TEAL_PRESSED if toggle.on else TINT_PRESSED,
        line=ACCENT,
        rule=theme.rule,
        padding=(theme.px(4), theme.px(1.5)),
        least=theme.px(15 if theme.short else 19),
        spoken=toggle.labels[toggle.on],
    )
    made.repeats = True
    return made


def _labelled(pen: Pen, icon: Piece, label: Piece, words: Words, *, stacked: bool) -> Piece:
    """The word beside the icon; below it where the bar has two lines and the word is short."""
    words.align = "center"
    if stacked and not pen.theme.short:
        return Column(pen, [icon, label])
    return Row(pen, [icon, label], [0, 0], pen.theme.px(2.5))
