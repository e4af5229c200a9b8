"""Says what is on the screen, what is in focus and what was chosen, in the tongue the visitor wants.

What matters most interrupts: a page, then whatever the focus comes upon. What only informs (how many were found, how
long the visit still waits) is said when the rest has been said.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from kivy.clock import Clock

from kiosk import spoken
from kiosk.ports.voice import Manner
from kiosk.texts import Text, msg
from kiosk.views.chrome import Chrome
from kiosk.views.model import View
from kiosk.views.start import AttractView
from kiosk.words import Words
from screens import hearing
from screens.focus import Stop
from screens.hearing import Sentences
from screens.news import news
from screens.touch import Pressable

if TYPE_CHECKING:
    from screens.surface import Surface

POLITE_S = 0.2
"""How often it looks whether there is silence for what can wait."""
TURN_S = 0.1
"""So long after a press the next page has come, if there is one: "chosen" and the page are then said in one."""
WARN_AT_S = (30, 10)
"""Seconds left at which the end of the visit is announced."""
ERASING = ("key-backspace", "key-clear", "key-undo", "key-wipe")
"""Keys of the screen that take something away."""
AROUND = ("header", "banner", "voice", "bottom")
"""Where nothing of the page itself is: a page that only asks to wait does not go on about them."""


class Narrator:
    """One surface's voice. It says nothing while the visitor does not want it."""

    def __init__(self, surface: "Surface", words: Callable[[str], Words]) -> None:
        self._surface = surface
        self._words = words
        self._chrome: Chrome | None = None
        self._view: View | None = None
        self._last: Sentences = ()
        self._pending: Sentences = ()
        self._chosen: Sentences = ()
        self._pressed = ""
        self._helped = False
        self._paused = False
        self.by_switch = False
        """Whether the visitor works with switches: then these are explained, not the keypad."""
        self._listen = Clock.create_trigger(self._when_silent, POLITE_S)
        self._turn = Clock.create_trigger(self._nothing_came, TURN_S)

    @property
    def on(self) -> bool:
        """Whether the visitor wants to hear."""
        return self._chrome is not None and self._chrome.preferences.voice

    # --- what has happened -----------------------------------------------------------------------------------

    def shown(self, view: View, chrome: Chrome, *, fresh: bool) -> None:
        """A view is on the screen; `fresh`: another page than before."""
        before, was = self._chrome, self._view
        self._chrome, self._view = chrome, view
        if fresh and isinstance(view, AttractView):
            self.forget()
        if not chrome.preferences.voice:
            if before and before.preferences.voice:
                self.forget()
        elif before is None or not before.preferences.voice or fresh:
            self._page(view, begins=before is None or not before.preferences.voice)
        elif chrome.preferences != before.preferences:
            self._say(hearing.changed(before.preferences, chrome.preferences))
        else:
            banner = (chrome.banner,) if chrome.banner and chrome.banner != before.banner else ()
            warning = self._warning(before.remaining_s, chrome.remaining_s)
            self._politely((*banner, *self._unasked(was, view), *warning))

    def focused(self) -> None:
        """The focus has moved: what it is on now, at once."""
        stop, self._pressed = self._surface.focus.current, ""
        if stop:
            self._say(self._described(stop))

    def name(self, stops: Sequence[Stop]) -> None:
        """Scanning frames these: their names, and with a single one all there is to say."""
        if len(stops) == 1:
            self._say(self._described(stops[0]))
        else:
            self._say(tuple(self._label(stop.piece) for stop in stops))

    def back_to_rows(self) -> None:
        """Scanning offers to leave the row."""
        self._say((msg("Back to the rows"),))

    def pressed(self, piece: Pressable) -> None:
        """Something was chosen. A key says its letter, unless that is for nobody else's ears; of anything else one
        hears with the page that comes of it."""
        label = self._label(piece)
        if hearing.writes(piece) and self._discreet:
            return  # `wrote` says that, not what
        if piece.name.startswith("key-"):
            self._say((label,))
        elif piece.event is not None or piece.action is not None:
            self._pressed = piece.name
            self._chosen = (spoken.chosen(label),)
            self._turn()

    def opened(self) -> None:
        """What was pressed has changed the page itself: a section, a panel."""
        self._chosen = ()
        self._turn.cancel()
        self.focused()

    def wrote(self, key: str) -> None:
        """What is written has changed by this key of the screen: said only where the key itself said nothing."""
        if self._discreet:
            self._say((spoken.deleted() if key in ERASING else spoken.written(),))

    def echo(self, text: str) -> None:
        """Typed on a keyboard with letters."""
        self._say((spoken.written(),) if self._discreet else tuple(text))

    def erased(self) -> None:
        """Deleted on a keyboard with letters."""
        self._say((spoken.deleted(),))

    @property
    def _discreet(self) -> bool:
        return hearing.is_discreet(self._view, self._chrome)

    # --- what the visitor asks -------------------------------------------------------------------------------

    def repeat(self) -> None:
        """The page once more, from its beginning."""
        self._chosen = ()
        if self._view:
            self._page(self._view, begins=False)

    def pause_or_go_on(self) -> None:
        """Falls silent in mid-sentence, or goes on there."""
        voice = self._surface.tools.voice
        self._chosen = ()
        self._turn.cancel()
        self._paused = voice.speaking and not self._paused
        voice.pause() if self._paused else voice.resume()

    def tell(self, sentences: Sentences) -> None:
        """Something the visitor asked to hear."""
        self._chosen = ()
        self._turn.cancel()
        self._say(sentences)

    def news(self, sentences: Sentences) -> None:
        """Something on the page has changed: said when there is silence, and only the latest of it."""
        if self.on:
            self._politely(sentences)

    def forget(self) -> None:
        """Silence at once; what was left to say is nobody's any more."""
        self._pending = self._chosen = self._last = ()
        self._listen.cancel()
        self._turn.cancel()
        self._helped = self._paused = False
        self._surface.tools.voice.stop()

    # --- saying ----------------------------------------------------------------------------------------------

    def _page(self, view: View, *, begins: bool) -> None:
        """What a page says; with the first page of a visit how to go on; then what is in focus."""
        chosen, self._chosen, self._pressed = self._chosen, (), ""
        self._turn.cancel()
        self._pending = ()
        sentences = (*chosen, *spoken.read_aloud(view if self._private else hearing.in_public(view)))
        if isinstance(view, AttractView):
            self._say(sentences)
            return
        if begins or not self._helped:
            sentences += spoken.switches() if self.by_switch else spoken.keys()
            self._helped = True
        stop = self._surface.focus.current
        self._say((*sentences, *(self._described(stop) if stop and stop.area not in AROUND else ())))

    def _unasked(self, was: View | None, view: View) -> Sentences:
        """What is new on the page, where nobody has done it. The answer to what was pressed is said at once, instead of
        "chosen"."""
        told = news(was, view, self._pressed)
        if not (told and self._pressed):
            return told
        self._chosen, self._pressed = (), ""
        self._turn.cancel()
        self._say(told)
        return ()

    def _nothing_came(self, _: float) -> None:
        chosen, self._chosen = self._chosen, ()
        if chosen:
            self._say(chosen)

    def _warning(self, left_before: int | None, left: int | None) -> Sentences:
        """That the visit ends soon, once for each mark that is passed."""
        if left is None or not any(left <= at and (left_before is None or left_before > at) for at in WARN_AT_S):
            return ()
        return spoken.countdown(left)

    def _politely(self, sentences: Sentences) -> None:
        if sentences:
            self._pending = sentences  # the latest news replaces what has become old
            self._when_silent(0)

    def _when_silent(self, _: float) -> None:
        if not self._pending:
            return
        if self._chosen or self._surface.tools.voice.speaking:
            self._listen()
            return
        pending, self._pending = self._pending, ()
        self._say(pending)

    def _say(self, sentences: Sentences) -> None:
        chrome, voice = self._chrome, self._surface.tools.voice
        tongue = hearing.tongue(chrome, self._words, voice.tongues()) if chrome and self.on else None
        if chrome is None or tongue is None or not sentences:
            return
        self._paused = False
        self._last = sentences
        words = self._words(hearing.LANGUAGES[tongue])
        said = [words.say(sentence) for sentence in sentences]
        preferences = chrome.preferences
        voice.say([one for one in said if one], tongue, Manner(preferences.pace, preferences.loudness))

    # --- describing ------------------------------------------------------------------------------------------

    def _described(self, stop: Stop) -> Sentences:
        surface = self._surface
        stops = [one for one in surface.focus.stops() if one.area == stop.area]
        at = next((n for n, one in enumerate(stops, 1) if one.key == stop.key), 1)
        told = hearing.offered(self._view, stop.piece, private=self._private) if self._view else ()
        place = (spoken.position(at, len(stops)),) if len(stops) > 1 and stop.area != "keys" else ()
        own = (self._label(stop.piece), *(() if stop.piece.available else spoken.not_available("")))
        return (*(told or own), *place)

    @property
    def _private(self) -> bool:
        return self._chrome is not None and self._chrome.private

    def _label(self, piece: Pressable) -> Text:
        if hearing.hides(self._view, piece, private=self._private):
            return msg("A digit")
        return hearing.title(self._view, piece) if self._view else hearing.label_of(piece)
