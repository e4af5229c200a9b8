"""What stands above every page: the header with the ways back, display and language; the banner."""

from collections.abc import Callable

from kiosk import words as kiosk_words
from kiosk.events.touches import BackPressed, HomePressed
from kiosk.texts import msg
from kiosk.views.chrome import Chrome
from screens.bar import Bar
from screens.grids import Flow
from screens.linebreak import is_wide
from screens.pen import SMALL, STRONG, Pen
from screens.pieces import Column, Icon, Piece, Row, Space, Words
from screens.theme import HEADER, HEADER_PRESSED, ON_HEADER, TINT
from screens.touch import Pressable

BAR_MM, SHORT_BAR_MM = 25.0, 19.0
BUTTON_MM, SHORT_BUTTON_MM = 17.0, 15.0
SHOWN = ("all", "left", "none")
"""Which header buttons keep their icon beside the word, the less room there is."""


def header(
    pen: Pen, chrome: Chrome, open_display: Callable[[], None], open_languages: Callable[[], None], width: float
) -> Bar:
    """Station and clock at home; back and home elsewhere, always at the same place; display and language."""
    px, short = pen.theme.px, pen.theme.short
    side = px(6 if short else 8)
    row = next(
        (
            made
            for icons in SHOWN[:-1]
            if (made := _buttons(pen, chrome, open_display, open_languages, icons))[1] <= width - 2 * side
        ),
        None,
    ) or _buttons(pen, chrome, open_display, open_languages, SHOWN[-1])
    least = px(SHORT_BAR_MM if short else BAR_MM)
    return Bar(pen, row[0], HEADER, (side, px(1.5 if short else 3)), least, "bottom")


def _buttons(
    pen: Pen, chrome: Chrome, open_display: Callable[[], None], open_languages: Callable[[], None], icons: str
) -> tuple[Row, float]:
    """The row, and how wide it would like to be with the ways back in it."""
    gap, all_, some = pen.theme.px(4), icons == "all", icons != "none"
    right = [
        _header_button(
            pen,
            "format-size" if all_ else "",
            pen.say(msg("Display")),
            "size",
            action=open_display,
            spoken=msg("Text size and colours"),
        ),
        _header_button(
            pen,
            "translate" if all_ else "",
            other_languages(chrome),
            "language",
            action=open_languages,
            spoken=msg("Language"),
        ),
    ]
    back, home = (
        _header_button(pen, icon if some else "", pen.say(label), type(event).__name__, event=event, spoken=label)
        for icon, label, event in (("arrow-left", msg("Back"), BackPressed()), ("home", msg("Home"), HomePressed()))
    )
    wishes = sum(part.natural() for part in (back, home, *right)) + 3 * gap
    if chrome.can_back or chrome.can_home:
        ways: list[Piece] = [
            back if chrome.can_back else Space(pen, back.least, back.natural()),
            home if chrome.can_home else Space(pen, home.least, home.natural()),
        ]
        left: Piece = Row(pen, ways, [0, 0], gap)
    else:
        left = Space(pen, 1) if pen.theme.named else _station(pen, chrome)
    return Row(pen, [left, *right], [1, 0, 0], gap), wishes


def _station(pen: Pen, chrome: Chrome) -> Piece:
    words: list[Piece] = [
        Words(pen, pen.say(chrome.station), STRONG, ON_HEADER, even=True),
        Words(pen, pen.say(chrome.clock), SMALL, ON_HEADER),
    ]
    return Flow(pen, words, pen.theme.px(6)) if pen.theme.short else Column(pen, words)


def _header_button(pen: Pen, icon: str, label: str, name: str, **what: object) -> Pressable:
    px, short = pen.theme.px, pen.theme.short
    words = Words(pen, label, SMALL, ON_HEADER)
    side = pen.size_px(SMALL) * 1.25
    part = Row(pen, [Icon(pen, icon, side, ON_HEADER), words], [0, 0], px(2.2)) if icon else words
    return Pressable(
        pen,
        part,
        name=name,
        fill=HEADER,
        pressed=HEADER_PRESSED,
        line=ON_HEADER,
        rule=pen.theme.rule,
        padding=(px(4), px(0.5 if short else 2)),
        least=px(SHORT_BUTTON_MM if short else BUTTON_MM),
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
    return Bar(pen, row, TINT, (px(10), px(2.5)), 0, "bottom")
