"""A screen with a field and the keyboard: what is written stands here, and is told as it changes."""

from kiosk.events import Typed
from kiosk.views import FieldKind
from screens.base import Screen
from screens.keyboard.keyboard import Keyboard
from screens.keyboard.shown import Field, Written
from screens.keyboard.writer import Writer

LONGEST = 60
"""Characters a field takes; more helps nobody."""


class WritingScreen(Screen):
    """A view that answers an earlier letter does not take back a later one."""

    tells_letters = False
    """Whether the letters of an unfinished pinyin are told: a search finds by them."""
    _writer: Writer | None = None
    _field: Field | None = None
    _keys: Keyboard | None = None
    _keys_shown = True
    _sent: tuple[str, ...] = ()
    _told = ""

    def writer(self, kind: FieldKind = FieldKind.TEXT) -> Writer:
        """What is being written, in the page's language."""
        if self._writer is None:
            self._writer = Writer(self.host.tools, self.pen.language, kind, LONGEST, tells_letters=self.tells_letters)
        self._writer.speak(self.pen.language)
        return self._writer

    def begin(self, text: str, kind: FieldKind = FieldKind.TEXT) -> Writer:
        """A new page: the journey's text counts, unless it answers what was typed since."""
        writer = self.writer(kind)
        if text not in self._sent and text != writer.told:
            writer.replace(text)
        self._told = writer.told
        return writer

    def answers(self, text: str) -> bool:
        """Whether a view with this text answers what was typed here; earlier answers are no longer awaited."""
        if text not in self._sent:
            return text == self.writer().told
        self._sent = self._sent[self._sent.index(text) + 1 :]
        return True

    def field(self, icon: str, written: Written) -> Field:
        """The field with what stands in it."""
        writer = self.writer()
        written.write(writer.text, writer.preedit)
        self._field = Field(self.pen, icon, written, self._show_keys)
        return self._field

    def keys(self) -> Keyboard | None:
        """The keyboard, unless it is hidden."""
        self._keys = None
        if self._keys_shown:
            self._keys = Keyboard(self.pen, self.writer(), self._changed, self._hide_keys, self.host.redraw)
        return self._keys

    # --- what is typed ---------------------------------------------------------------------------------------

    def typed(self, text: str) -> bool:
        """A physical keyboard, or the clipboard."""
        self.writer().put("".join(char for char in text if char.isprintable()))
        return self._from_outside()

    def erased(self) -> bool:
        """Backspace on a physical keyboard."""
        self.writer().erase()
        return self._from_outside()

    def replaced(self, text: str) -> None:
        """Another text as a whole."""
        self.writer().replace(text)
        self._from_outside()

    def _from_outside(self) -> bool:
        if self._keys:
            self._keys.refresh()
        self._changed()
        return True

    def _changed(self) -> None:
        """Show it in the field, and tell it."""
        writer = self.writer()
        if self._field and self._field.write(writer.text, writer.preedit):
            self.host.redraw()
        if writer.told != self._told:
            self._told = writer.told
            self._sent = (*self._sent, self._told)
            self.changed()
            self.host.tell(Typed(self._told))

    def changed(self) -> None:
        """Another text stands in the field."""

    def _hide_keys(self) -> None:
        self._keys_shown = False
        self.host.redraw()

    def _show_keys(self) -> None:
        if not self._keys_shown:
            self._keys_shown = True
            self.host.redraw()

    def left(self) -> None:
        """Nothing written here can be found afterwards."""
        if self._writer:
            self._writer.forget()
        self._sent, self._told = (), ""
        self._field = self._keys = None
