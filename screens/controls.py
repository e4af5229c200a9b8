"""The controls of the pages: buttons, tiles, list cards, pills, notes, facts; all made of pieces."""

from kiosk.events.model import Event
from kiosk.events.touches import Chosen, Confirmed, Pressed
from kiosk.texts import Text
from kiosk.views.parts import Action, Fact, Option
from screens.palette import Colour
from screens.pen import BODY, BUTTON, FACT, SMALL, STRONG, TILE, Pen, Style
from screens.pieces import SHARES, Box, Column, Icon, Piece, Row, Space, Words
from screens.theme import (
    ACCENT,
    AMBER,
    CARD,
    INK,
    LINE,
    ON_TEAL,
    ON_TEAL_SOFT,
    QUIET,
    QUIET_INK,
    SOFT,
    TEAL,
    TEAL_PRESSED,
    TINT,
    TINT_PRESSED,
)
from screens.touch import Pressable

LINES_OF_NOTE = 2


def event_name(event: Event) -> str:
    """How the robot and tests call what tells this event: a key, a name, or the event's kind."""
    if isinstance(event, Chosen):
        return event.key
    return event.name if isinstance(event, Pressed) else type(event).__name__


def pill(pen: Pen, text: str, icon: str = "alert-circle-outline", fill: Colour = AMBER) -> Box:
    """A reason or tag: icon, word and colour."""
    px = pen.theme.px
    words = Words(pen, text, SMALL, even=True)
    side = pen.size_px(SMALL) * 1.15
    row = Row(pen, [Icon(pen, icon, side), words], [0, 1], px(2.2))
    return Box(pen, row, fill=fill, line=None, padding=(px(3), px(1.6)), radius=px(3))


def note(pen: Pen, text: str, icon: str, fill: Colour = TINT, colour: Colour = INK) -> Box:
    """A calm line over the whole width."""
    px = pen.theme.px
    row = Row(
        pen,
        [Icon(pen, icon, pen.size_px(BODY) * 1.25, colour), Words(pen, text, BODY, colour)],
        [0, 1],
        px(4),
    )
    return Box(pen, row, fill=fill, line=None, padding=(px(5), px(4)))


def progress_line(pen: Pen, progress: Text) -> list[Piece]:
    """Which of how many questions it is, small above the title; nothing for a single one."""
    return [Words(pen, pen.say(progress), SMALL, SOFT)] if progress else []


def given_line(pen: Pen, given: Text) -> list[Piece]:
    """What was picked before, strong below the title."""
    return [Words(pen, pen.say(given), STRONG, ACCENT)] if given else []


class Hug(Piece):
    """A part at its natural width, or narrower where there is less room; from the left or in the middle."""

    def __init__(self, pen: Pen, part: Piece, align: str = "left") -> None:
        super().__init__(pen, [part])
        self.align = align

    def fit(self, width: float) -> float:
        """At most the natural width, rounded up so that the text needs no second line."""
        part = self.parts[0]
        part.fit(min(width, part.natural() + 2))
        part.fit(min(width, part.snug() + 2))
        self.size = (width, self.parts[0].height)
        return float(self.height)

    def arrange(self) -> None:
        """From where reading starts, or in the middle."""
        part = self.parts[0]
        share = SHARES[self.pen.side(self.align)]
        part.place(self.x + (self.width - part.width) * share, self.top)


def button(
    pen: Pen,
    label: str,
    *,
    icon: str = "",
    event: Event | None = None,
    action: object = None,
    main: bool = False,
    reason: str = "",
    name: str = "",
    spoken: Text = "",
) -> Pressable:
    """A button 21 mm high, higher where its words need more lines. Without event and action it is not available."""
    px = pen.theme.px
    live = event is not None or callable(action)
    colour = (ON_TEAL if main else ACCENT) if live else QUIET_INK
    part: Piece = _label(pen, label, icon, colour)
    shown = pill(pen, reason) if reason and not live else None
    if shown:
        part = Under(pen, [part, Hug(pen, shown, "center")], px(1.5))
    made = Pressable(
        pen,
        part,
        name=name or (event_name(event) if event else label),
        event=event,
        action=action if callable(action) else None,
        fill=(TEAL if main else CARD) if live else QUIET,
        pressed=TEAL_PRESSED if main else TINT_PRESSED,
        line=ACCENT if live else LINE,
        rule=pen.theme.rule,
        padding=(px(4), px(3)),
        least=px(21),
        spoken=spoken,
    )
    made.reason = shown
    return made


class Under(Column):
    """A label with its reason below, which may take more lines: only the label asks for width."""

    def natural(self) -> float:
        """The label's width."""
        return self.parts[0].natural()


def _label(pen: Pen, label: str, icon: str, colour: Colour, style: Style = BUTTON) -> Piece:
    words = Words(pen, label, style, colour, "left" if icon else "center", even=True)
    if not icon:
        return words
    side = pen.size_px(style) * 1.2
    return Hug(pen, Row(pen, [Icon(pen, icon, side, colour), words], [0, 1], pen.theme.px(3)), "center")


def action_button(pen: Pen, action: Action) -> Pressable:
    """An action of a view as a button."""
    made = button(
        pen,
        pen.say(action.label),
        icon=action.icon,
        event=action.event if action.available else None,
        main=action.main,
        reason=pen.say(action.reason),
        name=event_name(action.event),
        spoken=action.label,
    )
    made.repeats = False
    return made


def is_for_good(event: Event | None) -> bool:
    """Whether the event does something that must not be done twice."""
    return isinstance(event, Confirmed)


def tile(pen: Pen, option: Option) -> Pressable:
    """A large tile: icon, title, detail, and the reason where it is not available now."""
    px = pen.theme.px
    ink, soft = _inks(option)
    icon = Icon(pen, option.icon, pen.theme.sign(15), ink if option.main or not option.available else ACCENT)
    title = Words(pen, pen.say(option.title), TILE, ink)
    parts: list[Piece] = [icon, Space(pen, px(2)), title]
    if not option.available or pen.theme.short:  # what works comes first: the others take less room
        parts = [Row(pen, [icon, title], [0, 1], px(4))]
    if option.detail:
        parts.append(Words(pen, pen.say(option.detail), BODY, soft))
    return _option(pen, option, parts, (px(7), px(6)), middle=False)


def list_card(pen: Pen, option: Option) -> Pressable:
    """A card over the whole width: icon, title, detail, an arrow."""
    px = pen.theme.px
    ink, soft = _inks(option)
    texts: list[Piece] = [Words(pen, pen.say(option.title), Style("body", bold=True), ink)]
    if option.detail:
        texts.append(Words(pen, pen.say(option.detail), SMALL, soft))
    return _option(pen, option, texts, (px(6), px(4.5)), middle=True)


def _inks(option: Option) -> tuple[Colour, Colour]:
    if not option.available:
        return QUIET_INK, QUIET_INK
    return (ON_TEAL, ON_TEAL_SOFT) if option.main else (INK, SOFT)


def _option(pen: Pen, option: Option, parts: list[Piece], padding: tuple[float, float], *, middle: bool) -> Pressable:
    px = pen.theme.px
    reason = pill(pen, pen.say(option.reason)) if option.reason else None
    if reason:
        parts += [Space(pen, px(1.5)), Hug(pen, reason)]
    body: Piece = Column(pen, parts)
    if middle:
        body = _with_ends(pen, option, body)
    filled = option.main and option.available
    made = Pressable(
        pen,
        body,
        name=option.key,
        event=Chosen(option.key) if option.available else None,
        fill=TEAL if filled else (CARD if option.available else QUIET),
        pressed=TEAL_PRESSED if filled else TINT_PRESSED,
        line=ACCENT if filled or (option.available and pen.theme.outlined) else LINE,
        rule=pen.theme.rule if option.available and pen.theme.outlined else 1,
        padding=padding,
        least=px(21),
        middle=middle,
    )
    made.reason = reason
    return made


def _with_ends(pen: Pen, option: Option, body: Piece) -> Row:
    px = pen.theme.px
    ink = _inks(option)[0]
    parts: list[Piece] = [body]
    weights = [1.0]
    if option.icon:
        side = pen.theme.sign(11)
        parts.insert(0, Icon(pen, option.icon, side, ACCENT if option.available and not option.main else ink))
        weights.insert(0, 0.0)
    if option.available:
        parts.append(Icon(pen, "chevron-right", pen.theme.sign(9), ink))
        weights.append(0.0)
    return Row(pen, parts, weights, px(5))


def fact_box(pen: Pen, fact: Fact, align: str = "left") -> Box:
    """A figure people compare, large, with its footnote."""
    px = pen.theme.px
    parts: list[Piece] = []
    if fact.icon:
        parts.append(Icon(pen, fact.icon, px(9), ACCENT, align))
    parts.append(Words(pen, pen.say(fact.value), FACT, INK, align))
    if fact.note:
        parts.append(Words(pen, pen.say(fact.note), SMALL, SOFT, align))
    return Box(pen, Column(pen, parts), fill=TINT, line=None, padding=(px(5.5), px(4.5)), middle=align == "center")


def facts(pen: Pen, values: tuple[Fact, ...], align: str = "left") -> Piece:
    """Facts beside each other where their figures fit in one line, else below each other."""
    return Facts(pen, values, align)


class Facts(Piece):
    """Decides by the width it gets."""

    def __init__(self, pen: Pen, values: tuple[Fact, ...], align: str) -> None:
        super().__init__(pen)
        self._values = values
        self._align = align

    def fit(self, width: float) -> float:
        """A row of boxes, or rows of icon, figure and footnote."""
        pen, px, count = self.pen, self.pen.theme.px, len(self._values)
        each = (width - px(5) * (count - 1)) / count - 2 * px(5.5)
        in_row = all(self._fits(fact, each) for fact in self._values)
        part: Piece
        if in_row:
            part = Row(pen, [fact_box(pen, fact, self._align) for fact in self._values], [1.0] * count, px(5), "fill")
        else:
            part = Column(pen, [fact_line(pen, fact) for fact in self._values], px(3))
        self.clear_widgets()
        self.add_widget(part)
        self.parts = [part]
        self.size = (width, part.fit(width))
        return float(self.height)

    def _fits(self, fact: Fact, each: float) -> bool:
        pen = self.pen
        if pen.width(pen.say(fact.value), FACT) > each:
            return False
        return len(pen.lines(pen.say(fact.note), SMALL, each)) <= LINES_OF_NOTE


def fact_line(pen: Pen, fact: Fact) -> Box:
    """A figure with its footnote behind an icon: where there is not room for boxes side by side."""
    px = pen.theme.px
    texts: list[Piece] = [Words(pen, pen.say(fact.value), FACT)]
    if fact.note:
        texts.append(Words(pen, pen.say(fact.note), SMALL, SOFT))
    icon = Icon(pen, fact.icon or "circle-small", pen.theme.sign(10), ACCENT)
    row = Row(pen, [icon, Column(pen, texts)], [0, 1], px(5))
    return Box(pen, row, fill=TINT, line=None, padding=(px(5.5), px(3)))


def steps(pen: Pen, texts: list[str]) -> Column:
    """Numbered things to do next."""
    px = pen.theme.px
    disc = max(px(11), pen.line_px(STRONG) * 1.05)
    rows = []
    for number, text in enumerate(texts, 1):
        figure = Words(pen, str(number), STRONG, ON_TEAL, "center")
        mark = Box(pen, figure, fill=TEAL, line=None, radius=disc / 2, least=disc)
        rows.append(
            Row(pen, [Fixed(pen, mark, disc), Words(pen, text)], [0, 1], px(5), "top" if len(text) > 40 else "middle")
        )
    return Column(pen, rows, px(4))


class Fixed(Piece):
    """A part of a given width."""

    def __init__(self, pen: Pen, part: Piece, width: float) -> None:
        super().__init__(pen, [part])
        self._own = width

    def natural(self) -> float:
        """The given width."""
        return self._own

    def fit(self, width: float) -> float:
        """The given width, whatever there is."""
        self.parts[0].fit(self._own)
        self.size = (width, self.parts[0].height)
        return float(self.height)
