"""Search as one types: the field on top, results below it, the in-app keyboard within reach."""

from dataclasses import replace

from kivy.graphics import Color, Rectangle

from kiosk.events import Typed
from kiosk.views import Option, SearchView, View
from screens.base import Page, Screen
from screens.controls import list_card
from screens.grids import Flow
from screens.keyboard import Keyboard
from screens.pen import BODY, SMALL, STRONG, TITLE, Pen
from screens.pieces import Column, Icon, Piece, Row, Words
from screens.theme import ACCENT, CARD, SOFT
from screens.touch import Pressable

LONGEST = 60
"""Characters a search may have; more helps nobody."""


class SearchScreen(Screen):
    """What one has typed stands here; a view that answers an earlier letter does not take back a later one."""

    _view: SearchView
    _text = ""
    _sent: tuple[str, ...] = ()
    _keys_shown = True
    _field: "Field | None" = None

    def render(self, view: SearchView) -> Page:
        """The page of a search."""
        self._view = view
        if view.text not in self._sent:
            self._text = view.text
        pen = self.pen
        self._field = Field(pen, self._text, pen.say(view.hint), self._show_keys)
        parts: list[Piece] = [self._field]
        title = Words(pen, pen.say(view.title), TITLE, even=True)
        if not (pen.theme.landscape or pen.theme.raised):
            parts.insert(0, title)
        keys = Keyboard(pen, self._press, self._hide_keys) if self._keys_shown else None
        above = [title] if pen.theme.raised else []
        head = Column(pen, parts, pen.theme.px(4))
        return Page(body=self._body(view), above=above, head=head, keys=keys, gap_mm=5)

    def takes(self, view: View) -> bool:
        """New results below the same field."""
        if not isinstance(view, SearchView) or (view.title, view.hint) != (self._view.title, self._view.hint):
            return False
        if view.text not in self._sent and view.text != self._text:
            return False  # the text was changed by the journey: a new page, which takes it over
        self._view = view
        self._sent = self._sent[self._sent.index(view.text) + 1 :] if view.text in self._sent else ()
        self.host.replace_body(self._body(view))
        return True

    def _body(self, view: SearchView) -> list[Piece]:
        pen = self.pen
        body: list[Piece] = []
        if view.found:
            body.append(Words(pen, pen.say(view.found), SMALL, SOFT))
        if not view.text and view.examples:
            chips = [self._chip(pen.say(example)) for example in view.examples]
            body.append(Flow(pen, chips, pen.theme.px(4), pen.theme.px(4)))
        body += [list_card(pen, option) for option in self._options(view)]
        return body

    def _options(self, view: SearchView) -> tuple[Option, ...]:
        """Beside the keyboard of a small screen large words need the icon's room."""
        if self.pen.theme.short and not self.pen.theme.roomy:
            return tuple(replace(option, icon="") for option in view.options)
        return view.options

    def _chip(self, example: str) -> Pressable:
        pen, px = self.pen, self.pen.theme.px
        made = Pressable(
            pen,
            Words(pen, example, STRONG, ACCENT),
            name=f"example-{example}",
            action=lambda: self._change(example),
            fill=CARD,
            line=ACCENT,
            rule=pen.theme.rule,
            padding=(px(6), px(2)),
            least=px(17),
        )
        made.repeats = True
        return made

    def _press(self, key: str) -> None:
        changed = {"backspace": self._text[:-1], "clear": ""}.get(key, self._text + key)
        self._change(changed)

    def typed(self, text: str) -> bool:
        """A physical keyboard, or the clipboard."""
        self._change(self._text + "".join(char for char in text if char.isprintable()))
        return True

    def erased(self) -> bool:
        """Backspace on a physical keyboard."""
        self._press("backspace")
        return True

    def _change(self, text: str) -> None:
        text = text.lstrip()[:LONGEST]
        if text != self._text:
            self._set(text)
            self._sent = (*self._sent, text)
            self.host.tell(Typed(text))

    def _set(self, text: str) -> None:
        self._text = text
        if self._field and self._field.write(text):
            self.host.redraw()

    def _hide_keys(self) -> None:
        self._keys_shown = False
        self.host.redraw()

    def _show_keys(self) -> None:
        if not self._keys_shown:
            self._keys_shown = True
            self.host.redraw()


class Field(Pressable):
    """A text field with a cursor; a touch brings the keyboard back."""

    def __init__(self, pen: Pen, text: str, hint: str, touched: object) -> None:
        px = pen.theme.px
        self.line_of_text = Written(pen, text, hint)
        super().__init__(
            pen,
            Row(pen, [Icon(pen, "magnify", pen.theme.sign(10), ACCENT), self.line_of_text], [0, 1], px(4)),
            name="field",
            action=touched if callable(touched) else None,
            line=ACCENT,
            rule=pen.theme.rule * 1.6,
            padding=(px(6), px(3)),
            least=px(21),
        )
        self.repeats = True

    def write(self, text: str) -> bool:
        """Show another text; returns whether the page must make room."""
        before = self.line_of_text.height
        self.line_of_text.write(text)
        if self.line_of_text.fit(self.line_of_text.width) != before:
            return True
        self.place(self.x, self.top)
        return False


class Written(Piece):
    """The text and the cursor after it, or the hint."""

    def __init__(self, pen: Pen, text: str, hint: str) -> None:
        super().__init__(pen)
        self._hint = hint
        self.write(text)

    def write(self, text: str) -> None:
        """Another text."""
        self.text = text
        self.clear_widgets()
        self._words = Words(self.pen, text, STRONG) if text else Words(self.pen, self._hint, BODY, SOFT)
        self.parts = [self._words]
        self.add_widget(self._words)

    def fit(self, width: float) -> float:
        """Room for the cursor is kept."""
        self.size = (width, self._words.fit(width - self.pen.theme.px(3)))
        return float(self.height)

    def draw(self) -> None:
        """The cursor stands after the last character."""
        px, line = self.pen.theme.px, self.pen.line_px(STRONG)
        end = self.pen.width(self._words.lines[-1], STRONG) + px(0.8) if self.text else 0
        trailing = len(self.text) - len(self.text.rstrip(" "))
        end += trailing * self.pen.width("n n", STRONG) / 3
        with self.canvas.before:
            Color(*self.pen.theme.paint(ACCENT))
            Rectangle(pos=(self.x + end, self.y + line * 0.16), size=(max(2, px(0.7)), line * 0.68))

    def arrange(self) -> None:
        """The hint leaves room for the cursor before it."""
        self._words.place(self.x + (0 if self.text else self.pen.theme.px(2)), self.top)
