"""The panels that open from the header: how the screen looks, and the language. They stay inside the reach of hands."""

from collections.abc import Callable, Sequence

from kivy.graphics import Color, Rectangle

from kiosk import words as kiosk_words
from kiosk.events.touches import Preferred
from kiosk.preferences import SIZES
from kiosk.texts import Text, msg
from kiosk.views.chrome import Chrome
from screens import mirror
from screens.controls import Fixed, button
from screens.grids import Grid
from screens.names import CONTRAST_NAMES, SIZE_NAMES
from screens.pager import Pager
from screens.pen import BODY, BUTTON, STRONG, Pen, Style
from screens.pieces import Box, Column, Icon, Piece, Row, Words
from screens.scroll import Scroll
from screens.theme import ACCENT, CARD, INK, ON_TEAL, PAPER, TEAL, TEAL_PRESSED, TINT_PRESSED
from screens.touch import Pressable

CLOSE, LEFT_HAND = msg("Close"), msg("Left hand: buttons at the left")
VEIL = 0.8
"""How much of the page the veil takes away."""


class Panel(Box):
    """A title, a button that closes, and choices which scroll by large buttons where there is not room for all."""

    def __init__(self, pen: Pen, title: Text, choices: Sequence[Piece], close: Callable[[], None]) -> None:
        px = pen.theme.px
        shut = button(pen, pen.say(CLOSE), icon="close", action=close, name="close", spoken=CLOSE)
        shut.repeats = True
        shut.least = px(15 if pen.theme.short else 19)
        shut.padding = (px(4), px(1.5))
        self.title = Row(
            pen, [Words(pen, pen.say(title), STRONG, even=True), Fixed(pen, shut, shut.natural() + 2)], [1, 0], px(5)
        )
        self.body = Scrolled(pen, choices, px(4))
        self.veil = (0.0, 0.0, 0.0, 0.0)
        """What is veiled while the panel is open: left, bottom, width, height in pixels."""
        both = Column(pen, [self.title, self.body], px(4))
        super().__init__(
            pen,
            both,
            fill=PAPER,
            line=ACCENT,
            rule=pen.theme.rule * 1.6,
            padding=(px(6), px(4 if pen.theme.short else 6)),
        )

    def draw(self) -> None:
        """A veil over the page, so that it does not read as part of the panel; then the panel's own ground."""
        left, bottom, width, height = self.veil
        with self.canvas.before:
            Color(*self.pen.theme.paint(PAPER)[:3], VEIL)
            Rectangle(pos=(left, bottom), size=(width, height))
        super().draw()

    def fit_into(self, width: float, height: float) -> None:
        """Take this width and at most this height, in pixels."""
        inner = width - 2 * self.padding[0]
        self.body.most = height - 2 * self.padding[1] - self.title.fit(inner) - self.pen.theme.px(4)
        self.fit(width)

    @property
    def scroll(self) -> Scroll:
        """The scrolling part."""
        return self.body.scroll

    def follow(self) -> None:
        """The page buttons say where the choices stand."""
        self.body.follow()


class Scrolled(Piece):
    """Parts below each other, at most `most` pixels high, with page buttons where they are higher."""

    def __init__(self, pen: Pen, parts: Sequence[Piece], gap: float) -> None:
        self.scroll = Scroll(pen, parts, gap)
        super().__init__(pen, [self.scroll])
        self.most = 0.0
        self.pager: Pager | None = None
        """The page buttons, where they are needed."""

    def natural(self) -> float:
        """The widest part."""
        return max(part.natural() for part in self.scroll.items)

    def fit(self, width: float) -> float:
        """With page buttons beside or below only where they are needed."""
        scroll = self.scroll
        scroll.height = min(self.most, scroll.measure(width))
        scroll.width = width
        self.size = (width, scroll.height)
        if scroll.too_long:
            self._make_room(width)
        return float(self.height)

    def _make_room(self, width: float) -> None:
        scroll, gap = self.scroll, self.pen.theme.px(4)
        pager = self.pager = Pager(self.pen, scroll, self.follow)
        self.parts = [scroll, pager]
        self.add_widget(pager)
        if self.pen.theme.landscape:
            scroll.measure(width - pager.fit(self.most) - gap)
        else:
            scroll.height = self.most - pager.fit(width) - gap

    def arrange(self) -> None:
        """The choices on top, at the side away from the page buttons."""
        self.scroll.place(self.right - self.scroll.width if self._at_left else self.x, self.top)
        self.follow()

    @property
    def _at_left(self) -> bool:
        return mirror.hand_left(self.pen)

    def follow(self) -> None:
        """The page buttons say where the choices stand."""
        if self.pager:
            at_right = self.pen.theme.landscape and not self._at_left
            self.pager.follow(self.right - self.pager.width if at_right else self.x, self.y)


def language_panel(pen: Pen, chrome: Chrome, close: Callable[[], None]) -> Panel:
    """The languages in their own names and faces."""
    choices = []
    for code in chrome.languages:
        own = Pen(pen.theme, kiosk_words.load(code))
        event = Preferred("language", code)
        choices.append(_choice(own, own.words.name, code, event, chosen=code == chrome.language, style=BUTTON))
    return Panel(pen, msg("Language"), _side_by_side(pen, choices), close)


def display_panel(pen: Pen, chrome: Chrome, close: Callable[[], None]) -> Panel:
    """Text size, colours, the hand. It stays open, so that one can try."""
    hand = _toggle(pen, chrome)
    parts = [*_side_by_side(pen, _sizes(pen, chrome)), *_side_by_side(pen, _contrasts(pen, chrome)), hand]
    return Panel(pen, msg("Text size and colours"), parts, close)


def _sizes(pen: Pen, chrome: Chrome) -> list[Pressable]:
    """Each in its own size."""
    made = []
    for size in SIZES:
        own = Pen(pen.theme.sized(size), pen.words)
        event = Preferred("text_size", size)
        made.append(_choice(own, pen.say(SIZE_NAMES[size]), size, event, chosen=size == chrome.text_size))
        made[-1].spoken = SIZE_NAMES[size]
    return made


def _contrasts(pen: Pen, chrome: Chrome) -> list[Pressable]:
    """Each in its own colours."""
    made = []
    for contrast, name in CONTRAST_NAMES.items():
        own = Pen(pen.theme.preferred(chrome.preferences.but("contrast", contrast)), pen.words)
        event = Preferred("contrast", contrast)
        chosen = contrast == chrome.preferences.contrast
        made.append(_swatch(own, pen.say(name), contrast, event, chosen=chosen))
        made[-1].spoken = name
    return made


def _swatch(pen: Pen, label: str, name: str, event: Preferred, *, chosen: bool) -> Pressable:
    """Paper, ink and the colour of main buttons; the chosen one has a tick and a thick outline."""
    px, side = pen.theme.px, pen.theme.sign(9)
    tick = Icon(pen, "check-bold" if chosen else "circle-outline", side * 0.7, ON_TEAL, "center")
    mark = Fixed(pen, Box(pen, tick, fill=TEAL, line=None, radius=px(2.5), least=side * 1.2), side * 1.2)
    made = _pressable(pen, Row(pen, [mark, Words(pen, label)], [0, 1], px(4)), name, event, chosen=False)
    made.fill = PAPER
    made.rule = pen.theme.rule * (3 if chosen else 1)
    return made


def _toggle(pen: Pen, chrome: Chrome) -> Pressable:
    on = chrome.preferences.left_hand
    made = _choice(pen, pen.say(LEFT_HAND), "left_hand", Preferred("left_hand", not on), chosen=on)
    made.spoken = LEFT_HAND
    return made


def _side_by_side(pen: Pen, choices: Sequence[Pressable]) -> list[Piece]:
    return [Choices(pen, choices)]


class Choices(Piece):
    """Four beside each other, or two, or one, as their words allow."""

    def __init__(self, pen: Pen, choices: Sequence[Pressable], *, even: bool = True) -> None:
        super().__init__(pen)
        self._choices = list(choices)
        self._even = even
        """Whether all rows are equally full."""

    def natural(self) -> float:
        """Of one."""
        return max(choice.natural() for choice in self._choices)

    def fit(self, width: float) -> float:
        """As many columns as leave every word whole."""
        gap, count = self.pen.theme.px(4), len(self._choices)
        columns = next(
            (
                n
                for n in (4, 3, 2)
                if n <= count and not (self._even and count % n) and self._each(width, n) >= self.natural()
            ),
            1,
        )
        for choice in self._choices:
            if choice.parent:
                choice.parent.remove_widget(choice)
        self.clear_widgets()
        self.parts = [Grid(self.pen, self._choices, columns, gap)]
        self.add_widget(self.parts[0])
        return super().fit(width)

    def _each(self, width: float, columns: int) -> float:
        return (width - self.pen.theme.px(4) * (columns - 1)) / columns - 2


def _choice(pen: Pen, label: str, name: str, event: Preferred, *, chosen: bool, style: Style = BODY) -> Pressable:
    px = pen.theme.px
    colour = ON_TEAL if chosen else INK
    mark = Icon(pen, "check-circle" if chosen else "circle-outline", pen.theme.sign(8), colour)
    part = Row(pen, [mark, Words(pen, label, style, colour)], [0, 1], px(4))
    return _pressable(pen, part, name, event, chosen=chosen)


def _pressable(pen: Pen, part: Piece, name: str, event: Preferred, *, chosen: bool) -> Pressable:
    px = pen.theme.px
    made = Pressable(
        pen,
        part,
        name=name,
        event=event,
        fill=TEAL if chosen else CARD,
        pressed=TEAL_PRESSED if chosen else TINT_PRESSED,
        line=ACCENT,
        rule=pen.theme.rule,
        padding=(px(5), px(2)),
        least=px(16 if pen.theme.short else 21),
    )
    made.repeats = True
    return made
