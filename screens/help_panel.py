"""What the help key opens: everything one may need besides the page itself, for fingers, keypad and ears."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kiosk import words as kiosk_words
from kiosk.events import BackPressed, Event, HomePressed, Preferred
from kiosk.preferences import CONTRASTS, SIZES
from kiosk.texts import Text, msg
from kiosk.views import Chrome
from screens.grids import Grid
from screens.hearing import CONTRAST_NAMES, SIZE_NAMES
from screens.pen import SMALL, STRONG, Pen
from screens.pieces import Box, Column, Icon, Piece, Row, Words
from screens.theme import ACCENT, CARD, INK, QUIET, QUIET_INK, TARGET_MM, TINT_PRESSED
from screens.touch import Pressable
from screens.voice_bar import loudness, pace

ARRANGEMENTS = (
    *((columns, least_mm, True) for columns in (1, 2, 3) for least_mm in (17.0, TARGET_MM)),
    (3, TARGET_MM, False),
)
"""Columns, the least height of a button in mm, and whether there is a title: the first that has room is taken."""


@dataclass(frozen=True)
class Entry:
    """One thing of the panel. Those with neither event nor action are not available now."""

    name: str
    label: Text
    icon: str
    event: Event | None = None
    action: Callable[[], None] | None = None
    stays: bool = False


def entries(chrome: Chrome, actions: Mapping[str, Callable[[], None]]) -> list[Entry]:
    """What the panel offers. `actions`: "repeat", "call" and "close"."""
    return [*_voice(chrome, actions), *_look(chrome), *_ways(chrome, actions)]


def _voice(chrome: Chrome, actions: Mapping[str, Callable[[], None]]) -> list[Entry]:
    if not chrome.preferences.voice:
        on = Preferred("voice", True) if chrome.can_hear else None
        return [Entry("help-voice", msg("Read aloud"), "volume-high", on)]
    blank = chrome.preferences.blank
    return [
        Entry("help-repeat", msg("Hear it again"), "replay", action=actions["repeat"]),
        Entry("help-slower", msg("Slower"), "rewind", pace(chrome, -1), stays=True),
        Entry("help-faster", msg("Faster"), "fast-forward", pace(chrome, 1), stays=True),
        Entry("help-softer", msg("Quieter"), "volume-minus", loudness(chrome, -1), stays=True),
        Entry("help-louder", msg("Louder"), "volume-plus", loudness(chrome, 1), stays=True),
        Entry(
            "help-blank",
            msg("Show the screen") if blank else msg("Make the screen dark"),
            "eye-outline" if blank else "eye-off-outline",
            Preferred("blank", not blank),
        ),
        Entry("help-off", msg("Voice off"), "volume-off", Preferred("voice", False)),
    ]


def _look(chrome: Chrome) -> list[Entry]:
    size = after(SIZES, chrome.text_size)
    colours = after(CONTRASTS, chrome.preferences.contrast)
    language = after(chrome.languages, chrome.language)
    return [
        Entry("help-size", msg("Text size: {name}", name=SIZE_NAMES[chrome.text_size]), "format-size",
              Preferred("text_size", size), stays=True),
        Entry("help-contrast", msg("Colours: {name}", name=CONTRAST_NAMES[chrome.preferences.contrast]), "contrast-box",
              Preferred("contrast", colours), stays=True),
        Entry("help-language", kiosk_words.load(language).name, "translate",
              Preferred("language", language), stays=True),
    ]  # fmt: skip


def _ways(chrome: Chrome, actions: Mapping[str, Callable[[], None]]) -> list[Entry]:
    return [
        Entry("help-call", msg("Call for help"), "face-agent", action=actions["call"], stays=True),
        Entry("help-back", msg("Back"), "arrow-left", BackPressed() if chrome.can_back else None),
        Entry("help-home", msg("Home"), "home", HomePressed() if chrome.can_home else None),
        Entry("help-close", msg("Close"), "close", action=actions["close"]),
    ]


def after(values: Sequence[str], now: str) -> str:
    """The next of several, round and round: what a press changes to."""
    return values[(values.index(now) + 1) % len(values)] if now in values else values[0]


def call_texts(chrome: Chrome) -> tuple[Text, ...]:
    """Who helps: what the help line says."""
    return (
        chrome.help,
        msg("Enquiries {phone}", phone=chrome.enquiry_phone),
        msg("Complaints {phone}", phone=chrome.supervision_phone),
    )


def panel(
    pen: Pen, chrome: Chrome, actions: Mapping[str, Callable[[], None]], room: tuple[float, float], below: float
) -> Piece:
    """The panel, fitted, in as few columns as its height allows. `room`: width and height of the screen in pixels;
    `below`: the height below the header, which is covered only where the panel needs it."""
    offered = entries(chrome, actions)
    for limit in (below, room[1]):
        for columns, least_mm, titled in ARRANGEMENTS:
            made = _made(pen, offered, columns, least_mm, titled=titled)
            if made.fit(_roomy(pen, offered, columns, room[0])) <= limit:
                return made
    return made


def _roomy(pen: Pen, offered: Sequence[Entry], columns: int, most: float) -> float:
    px = pen.theme.px
    widest = max(pen.width(pen.say(entry.label), SMALL) for entry in offered)
    each = widest + pen.theme.sign(9) + px(3) + 2 * px(4) + 2
    return min(most, columns * each + (columns - 1) * px(3) + 2 * px(5))


def _made(pen: Pen, offered: Sequence[Entry], columns: int, least_mm: float, *, titled: bool) -> Box:
    px = pen.theme.px
    grid = Grid(pen, [_button(pen, entry, least_mm) for entry in offered], columns, px(3))
    parts: list[Piece] = [Words(pen, pen.say(msg("What do you need?")), STRONG), grid] if titled else [grid]
    return Box(pen, Column(pen, parts, px(3)), padding=(px(5), px(4)), line=ACCENT, rule=pen.theme.rule)


def _button(pen: Pen, entry: Entry, least_mm: float) -> Pressable:
    px = pen.theme.px
    live = entry.event is not None or entry.action is not None
    colour = INK if live else QUIET_INK
    icon = Icon(pen, entry.icon, pen.theme.sign(9), ACCENT if live else QUIET_INK)
    made = Pressable(
        pen,
        Row(pen, [icon, Words(pen, pen.say(entry.label), SMALL, colour)], [0, 1], px(3)),
        name=entry.name,
        event=entry.event,
        action=entry.action,
        fill=CARD if live else QUIET,
        pressed=TINT_PRESSED,
        line=ACCENT,
        rule=pen.theme.rule,
        padding=(px(4), px(1)),
        least=px(least_mm),
        spoken=entry.label,
    )
    made.repeats = True
    made.stays = entry.stays
    return made
