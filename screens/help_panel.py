"""What the help key opens: everything one may need besides the page itself, for fingers, keypad and ears."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kiosk import words as kiosk_words
from kiosk.events.model import Event
from kiosk.events.touches import BackPressed, HomePressed, Preferred
from kiosk.preferences import CONTRASTS, SIZES
from kiosk.texts import Text, msg
from kiosk.views.chrome import Chrome
from screens.names import CONTRAST_NAMES, SIZE_NAMES
from screens.panel import Choices, Panel
from screens.pen import SMALL, Pen
from screens.pieces import Icon, Row, Words
from screens.theme import ACCENT, CARD, INK, QUIET, QUIET_INK, TINT_PRESSED
from screens.touch import Pressable
from screens.voice_bar import loudness, pace

LEAST_MM = 17.0
"""The least height of a button."""


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
    """What the panel offers. `actions`: "repeat" and "call"."""
    return [*_voice(chrome, actions), *_look(chrome), *_ways(chrome, actions)]


def _voice(chrome: Chrome, actions: Mapping[str, Callable[[], None]]) -> list[Entry]:
    if not chrome.preferences.voice:
        on = Entry("help-voice", msg("Read aloud"), "volume-high", Preferred("voice", True))
        return [on] if chrome.can_hear else []
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
    """Only what leads somewhere: a way that is closed would have to say why."""
    call = Entry("help-call", msg("Call for help"), "face-agent", action=actions["call"], stays=True)
    back = Entry("help-back", msg("Back"), "arrow-left", BackPressed())
    home = Entry("help-home", msg("Home"), "home", HomePressed())
    return [call, *([back] if chrome.can_back else []), *([home] if chrome.can_home else [])]


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


def panel(pen: Pen, chrome: Chrome, actions: Mapping[str, Callable[[], None]], close: Callable[[], None]) -> Panel:
    """The panel, not yet fitted."""
    offered = [_button(pen, entry) for entry in entries(chrome, actions)]
    return Panel(pen, msg("What do you need?"), [Choices(pen, offered, even=False)], close)


def _button(pen: Pen, entry: Entry) -> Pressable:
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
        least=px(LEAST_MM),
        spoken=entry.label,
    )
    made.repeats = True
    made.stays = entry.stays
    return made
