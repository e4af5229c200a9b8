"""Search as one types: the field on top, results below it, the in-app keyboard within reach."""

from dataclasses import replace

from kiosk.texts import Text
from kiosk.views.choose import SearchView
from kiosk.views.model import View
from kiosk.views.parts import Option
from screens.base import Page
from screens.controls import list_card
from screens.grids import Flow
from screens.keyboard import WritingScreen
from screens.keyboard.shown import Written
from screens.pen import SMALL, STRONG, TITLE
from screens.pieces import Column, Piece, Words
from screens.theme import ACCENT, CARD, SOFT
from screens.touch import Pressable


class SearchScreen(WritingScreen):
    """Letters of a pinyin find at once, while its characters are offered."""

    tells_letters = True
    _view: SearchView

    def render(self, view: SearchView) -> Page:
        """The page of a search."""
        self._view = view
        pen = self.pen
        self.begin(view)
        parts: list[Piece] = [self.field("magnify", Written(pen, pen.say(view.hint)))]
        title = Words(pen, pen.say(view.title), TITLE, even=True)
        if not (pen.theme.landscape or pen.theme.raised):
            parts.insert(0, title)
        above = [title] if pen.theme.raised else []
        head = Column(pen, parts, pen.theme.px(4))
        return Page(body=self._body(view), above=above, head=head, keys=self.keys(), gap_mm=5)

    def takes(self, view: View) -> bool:
        """New results below the same field."""
        if not isinstance(view, SearchView) or (view.title, view.hint) != (self._view.title, self._view.hint):
            return False
        if not self.answers(view.text):
            return False  # the text was changed by the journey: a new page, which takes it over
        self._view = view
        self.host.replace_body(self._body(view))
        return True

    def _body(self, view: SearchView) -> list[Piece]:
        pen = self.pen
        body = self.trouble()
        if view.found:
            body.append(Words(pen, pen.say(view.found), SMALL, SOFT))
        if not view.text and view.examples:
            chips = [self._chip(example) for example in view.examples]
            body.append(Flow(pen, chips, pen.theme.px(4), pen.theme.px(4)))
        body += [list_card(pen, option) for option in self._options(view)]
        return body

    def _options(self, view: SearchView) -> tuple[Option, ...]:
        """Beside the keyboard of a small screen large words need the icon's room."""
        if self.pen.theme.short and not self.pen.theme.roomy:
            return tuple(replace(option, icon="") for option in view.options)
        return view.options

    def _chip(self, text: Text) -> Pressable:
        pen, px = self.pen, self.pen.theme.px
        example = pen.say(text)
        made = Pressable(
            pen,
            Words(pen, example, STRONG, ACCENT),
            name=f"example-{example}",
            action=lambda: self.replaced(example),
            fill=CARD,
            line=ACCENT,
            rule=pen.theme.rule,
            padding=(px(6), px(2)),
            least=px(17),
            spoken=text,
        )
        made.repeats = True
        return made
