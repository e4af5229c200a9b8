"""A screen with a field and the keyboard: what is written stands here, and is told as it changes."""

from kiosk.events.touches import Typed
from kiosk.spoken import input_field
from kiosk.views.choose import SearchView
from kiosk.views.fields import FieldKind, FieldView
from screens.base import Screen
from screens.keyboard.candidates import trouble_note
from screens.keyboard.keyboard import Keyboard
from screens.keyboard.shown import Field, Written
from screens.keyboard.writer import Writer
from screens.pieces import Piece

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
    _troubled = False
    _begun: SearchView | FieldView | None = None

    def writer(self, kind: FieldKind = FieldKind.TEXT) -> Writer:
        """What is being written, in the page's language."""
        if self._writer is None:
            self._writer = Writer(self.host.tools, self.pen.language, kind, LONGEST, tells_letters=self.tells_letters)
        self._writer.speak(self.pen.language)
        return self._writer

    def begin(self, view: SearchView | FieldView, kind: FieldKind = FieldKind.TEXT) -> None:
        """A new page: the journey's text counts, unless it answers what was typed since. The same page drawn anew is
        no news."""
        if self._writer and (self._writer.kind is not kind or (self._begun and self._begun.title != view.title)):
            self._begin_anew()
        writer = self.writer(kind)
        writer.longest = view.longest if isinstance(view, FieldView) else LONGEST
        if view is not self._begun and view.text not in self._sent and view.text != writer.told:
            writer.replace(view.text)
            self._told = writer.told
        self._begun = view

    def _begin_anew(self) -> None:
        """Another question: nothing of the one before stays, and its keyboard is there."""
        self.writer().forget()
        self._writer, self._sent, self._told, self._keys_shown = None, (), "", True

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
        title = self._begun.title if self._begun else ""
        self._field = Field(self.pen, icon, written, self._show_keys, input_field(title))
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
        before = self.written
        self.writer().put("".join(char for char in text if char.isprintable()))
        return self._from_outside(before)

    def erased(self) -> bool:
        """Backspace on a physical keyboard."""
        before = self.written
        self.writer().erase()
        return self._from_outside(before)

    def replaced(self, text: str) -> None:
        """Another text as a whole."""
        before = self.written
        self.writer().replace(text)
        self._from_outside(before)

    def _from_outside(self, before: str) -> bool:
        if self._keys:
            self._keys.refresh()
        self._changed()
        return self.written != before

    @property
    def written(self) -> str:
        """With the letters and strokes of a character that is not finished."""
        writer = self.writer()
        return f"{writer.text}|{writer.preedit}|{len(writer.strokes)}"

    def trouble(self) -> list[Piece]:
        """At the top of the body: that an engine has failed, where there is no room to say it at the keys."""
        self._troubled = self.pen.theme.tight and self.writer().trouble
        return [trouble_note(self.pen, self.writer().mode)] if self._troubled else []

    def _changed(self) -> None:
        """Show it in the field, and tell it."""
        writer, tight = self.writer(), self.pen.theme.tight
        wants_room = self._field is not None and self._field.write(writer.text, writer.preedit)
        if wants_room or (tight and writer.trouble != self._troubled):
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
        self._field = self._keys = self._begun = None
