"""The voice's bar above the bottom line: hear again, pause, speed, loudness, blank screen, tongue, off."""

from collections.abc import Callable, Sequence

from kiosk.events.model import Event
from kiosk.events.touches import Preferred
from kiosk.ports.voice import Tongue
from kiosk.preferences import LOUDNESS, PACES
from kiosk.texts import Text, msg
from kiosk.views.chrome import Chrome
from screens.bar import Bar
from screens.hearing import OWN_NAMES
from screens.pager import Centre
from screens.pen import SMALL, Pen
from screens.pieces import Column, Icon, Piece, Row, Words
from screens.theme import ACCENT, CARD, INK, QUIET, QUIET_INK, TINT
from screens.touch import Pressable

LEAST_MM = 17.0
TALL_MM = 280.0
"""From this height of the reach on there is room for two rows."""
GAP_MM = 3.0


def stepped(steps: Sequence[float], now: float, by: int) -> float | None:
    """The next step up or down; None at the end."""
    at = min(range(len(steps)), key=lambda index: abs(steps[index] - now)) + by
    return steps[at] if 0 <= at < len(steps) else None


def pace(chrome: Chrome, by: int) -> Event | None:
    """Speak faster (1) or slower (-1); None where it goes no further."""
    value = stepped(PACES, chrome.preferences.pace, by)
    return None if value is None else Preferred("pace", value)


def loudness(chrome: Chrome, by: int) -> Event | None:
    """Speak louder (1) or softer (-1); None where it goes no further."""
    value = stepped(LOUDNESS, chrome.preferences.loudness, by)
    return None if value is None else Preferred("loudness", value)


Button = tuple[str, Text, str, dict[str, object]]
"""Name, word, icon, and what it does."""


def _step(name: str, further: Text, at_the_end: Text, icon: str, event: Event | None) -> Button:
    """One step; where it goes no further the button says that in words."""
    return (name, further if event else at_the_end, icon, {"event": event})


class VoiceBar(Piece):
    """Icons over words where all words fit, icons alone where they do not; one row, or two where it must be."""

    def __init__(
        self, pen: Pen, chrome: Chrome, tongue: Tongue | None, repeat: Callable[[], None], pause: Callable[[], None],
        tongues: Callable[[], None],
    ) -> None:  # fmt: skip
        self._chrome = chrome
        super().__init__(pen)
        self._buttons: list[Button] = [
            ("voice-repeat", msg("Again"), "replay", {"action": repeat}),
            ("voice-pause", msg("Pause"), "play-pause", {"action": pause, "spoken": msg("Pause, or go on")}),
            _step("voice-slower", msg("Slower"), msg("Slowest"), "rewind", pace(chrome, -1)),
            _step("voice-faster", msg("Faster"), msg("Fastest"), "fast-forward", pace(chrome, 1)),
            _step("voice-softer", msg("Quieter"), msg("Quietest"), "volume-minus", loudness(chrome, -1)),
            _step("voice-louder", msg("Louder"), msg("Loudest"), "volume-plus", loudness(chrome, 1)),
            ("voice-blank", msg("Dark"), "eye-off-outline",
             {"event": Preferred("blank", True), "spoken": msg("Make the screen dark")}),
            ("voice-off", msg("Off"), "volume-off", {"event": Preferred("voice", False), "spoken": msg("Voice off")}),
        ]  # fmt: skip
        self._tongue = OWN_NAMES[tongue] if tongue else "–"
        self._choose_tongue = tongues

    def fit(self, width: float) -> float:
        """As many words as there is room for."""
        pen, px = self.pen, self.pen.theme.px
        rows, worded = self._arrangement(width)
        made: list[Piece] = [self._made(button, worded=worded) for button in self._buttons]
        made.insert(-1, self._tongue_button())
        cut = -(-len(made) // rows)
        lines = [self._line(made[at : at + cut], rows) for at in range(0, len(made), cut)]
        bar = Bar(pen, Column(pen, lines, px(GAP_MM)), TINT, (pen.theme.margin, px(3)), 0, "top")
        self.clear_widgets()
        self.add_widget(bar)
        self.parts = [bar]
        self.size = (width, bar.fit(width))
        return float(self.height)

    def _arrangement(self, width: float) -> tuple[int, bool]:
        """How many rows, and whether with words: a tall glass has room for two rows rather than none."""
        pen = self.pen
        widest = max(pen.width(pen.say(label), SMALL) for _, label, _, _ in self._buttons) + pen.theme.px(3.5)
        for rows in (1, 2) if pen.theme.band.height_mm >= TALL_MM else (1,):
            if widest <= self._each(width, rows):
                return rows, True
        return 1, False

    def _each(self, width: float, rows: int) -> float:
        """The width of one button: beside the tongue's own in one row, among equals in two."""
        gap, margin, count = self.pen.theme.px(GAP_MM), self.pen.theme.margin, len(self._buttons)
        if rows == 1:
            return (width - 2 * margin - self._tongue_button().natural() - gap * count) / count
        columns = -(-(count + 1) // rows)
        return (width - 2 * margin - gap * (columns - 1)) / columns

    def _line(self, made: list[Piece], rows: int) -> Row:
        own = [0.0 if rows == 1 and getattr(piece, "name", "") == "voice-tongue" else 1.0 for piece in made]
        return Row(self.pen, made, own, self.pen.theme.px(GAP_MM), "fill")

    def _made(self, button: Button, *, worded: bool) -> Pressable:
        pen = self.pen
        name, label, icon, what = button
        live = what.get("event") is not None or what.get("action") is not None
        colour = ACCENT if live else QUIET_INK
        part: Piece = Icon(pen, icon, pen.theme.px(9), colour, "center")
        if worded:
            part = Column(pen, [part, Words(pen, pen.say(label), SMALL, colour, "center")])
        made = Pressable(
            pen,
            part,
            name=name,
            fill=CARD if live else QUIET,
            line=ACCENT,
            rule=pen.theme.rule,
            least=pen.theme.px(LEAST_MM),
            **{"spoken": label, **what},  # type: ignore[arg-type]
        )
        made.repeats = True
        return made

    def _tongue_button(self) -> Pressable:
        pen = self.pen
        made = Pressable(
            pen,
            Centre(pen, Words(pen, self._tongue, SMALL, INK)),
            name="voice-tongue",
            action=self._choose_tongue,
            line=ACCENT,
            rule=pen.theme.rule,
            padding=(pen.theme.px(3), 0),
            least=pen.theme.px(LEAST_MM),
            spoken=msg("Spoken language: {name}", name=self._tongue),
        )
        made.repeats = True
        return made
