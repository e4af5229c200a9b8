"""One question answered by writing: the field on top with what is to be said about it, the keyboard within reach."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from kiosk import credit_code, day_digits, id_number
from kiosk.texts import Text, counted, msg
from kiosk.views.fields import FieldKind, FieldView
from kiosk.views.model import View
from kiosk.views.parts import Action
from screens import live
from screens.base import ButtonBlock, Page
from screens.controls import Hug, action_button, given_line, progress_line
from screens.keyboard import WritingScreen
from screens.keyboard.shown import Written
from screens.palette import Colour
from screens.pen import BODY, SMALL, STRONG, TITLE, Pen
from screens.pieces import Box, Column, Icon, Piece, Row, Words
from screens.theme import AMBER, INK, SOFT, TINT, TROUBLE, TROUBLE_INK


def dots(text: str) -> str:
    """How much is written, and nothing else."""
    return "•" * len(text)


ICONS = {
    FieldKind.TEXT: "pencil-outline",
    FieldKind.NAME: "account-outline",
    FieldKind.LATIN: "pencil-outline",
    FieldKind.DIGITS: "numeric",
    FieldKind.ID_NUMBER: "card-account-details-outline",
    FieldKind.CREDIT_CODE: "domain",
    FieldKind.DATE: "calendar",
    FieldKind.PHONE: "phone-outline",
    FieldKind.MONEY: "currency-cny",
    FieldKind.PIN: "lock-outline",
}
SHOWN: dict[FieldKind, Callable[[str], str]] = {
    FieldKind.ID_NUMBER: id_number.grouped,
    FieldKind.CREDIT_CODE: credit_code.grouped,
    FieldKind.DATE: day_digits.grouped,
    FieldKind.PIN: dots,
}
"""How what is written looks in its field, where not as it is."""
UNFINISHED = msg("Please choose a character first, or delete the letters.")
Said = tuple[Text, str, Colour, Colour]
"""A sentence with its icon, ground and ink."""
MOODS: dict[live.Mood, tuple[str, Colour, Colour]] = {
    live.Mood.SO_FAR: ("dots-horizontal", TINT, INK),
    live.Mood.FITS: ("check-circle-outline", TINT, INK),
    live.Mood.WRONG: ("alert-circle-outline", TROUBLE, TROUBLE_INK),
}


class FieldScreen(WritingScreen):
    """Title, field, what is said about it; the journey decides what counts."""

    _view: FieldView
    _status: "Status | None" = None
    _unfinished = False
    _heard: "Said | None" = None
    """What was said about the field last, so that it is told once."""

    def render(self, view: FieldView) -> Page:
        """The page of a question."""
        pen = self.pen
        self._view = view
        self.begin(view, view.kind)
        field = self.field(ICONS[view.kind], Written(pen, pen.say(view.hint), SHOWN.get(view.kind, str)))
        self._status = Status(pen, self._said(), () if pen.theme.tight else self._reserved())
        title = self._title()
        if pen.theme.tight:
            return self._tight_page(field, [*self._progress(), title, *self._given(), *self._explained()])
        if pen.theme.shallow and pen.theme.low and not pen.theme.raised:
            return self._low_page(field, title)
        return self._page(field, [*self._progress(), title, *self._given(), *self._explained()])

    def _title(self) -> Words:
        pen = self.pen
        return Words(pen, pen.say(self._view.title), STRONG if pen.theme.shallow else TITLE, even=True)

    def _progress(self) -> list[Piece]:
        return progress_line(self.pen, self._view.progress)

    def _given(self) -> list[Piece]:
        return given_line(self.pen, self._view.given)

    def _explained(self) -> list[Piece]:
        return [Words(self.pen, self.pen.say(self._view.explain), BODY, SOFT)] if self._view.explain else []

    def _page(self, field: Piece, asked: list[Piece]) -> Page:
        """Question, field and what is said about it stay; beside a keyboard the explanation stands below them."""
        theme, status = self.pen.theme, self._status or field
        if theme.raised:
            if theme.shallow and self._view.error:
                return self._raised_error(field, status)
            head = Column(self.pen, [field, status], theme.px(4))
            return Page(body=[], above=asked, head=head, foot=self.actions(self._view.actions), keys=self.keys())
        stays = 1 + bool(self._view.progress) + bool(self._view.given)
        above, body = (asked[:stays], asked[stays:]) if theme.landscape else (asked, [])
        head = Column(self.pen, [*above, field, status], theme.px(2 if theme.shallow else 4))
        return Page(body=body, head=head, foot=self.actions(self._view.actions), keys=self.keys(), gap_mm=5)

    def _raised_error(self, field: Piece, status: Piece) -> Page:
        """What is wrong may be long: it comes first of what scrolls, before what was explained."""
        above = [*self._progress(), self._title(), *self._given()]
        return Page([status, *self._explained()], above, field, self.actions(self._view.actions), self.keys())

    def _low_page(self, field: Piece, title: Piece) -> Page:
        """Little height above the buttons: question and field stay. What was picked before scrolls with the text, and the
        button to pick again with it; which of how many questions it is stands last. What is wrong may be long: it comes
        first of what scrolls."""
        view, status = self._view, [self._status] if self._status else []
        beside = [action for action in view.actions if not action.main] if view.given else []
        again = self.actions(beside)
        foot = self.actions([action for action in view.actions if action not in beside])
        said, stays = (status, []) if view.error else ([], status)
        body = [*said, *self._given(), *self._explained(), *([again] if again else []), *self._progress()]
        head = Column(self.pen, [title, field, *stays], self.pen.theme.px(2))
        return Page(body=body, head=head, foot=foot, keys=self.keys(), gap_mm=5)

    def _tight_page(self, field: Piece, asked: list[Piece]) -> Page:
        """Room for the field and one button: what is wrong comes first, then the question, the other buttons last."""
        status = [self._status] if self._status and self._status.says else []
        foot = self.actions([action for action in self._view.actions if action.main])
        others = self.actions([action for action in self._view.actions if not action.main])
        body = [*self.trouble(), *status, *asked, *([others] if others else [])]
        return Page(body=body, head=field, foot=foot, keys=self.keys(), gap_mm=3)

    def takes(self, view: View) -> bool:
        """Another text or error in the same question."""
        same = isinstance(view, FieldView) and replace(view, text="", error="") == replace(
            self._view, text="", error=""
        )
        if not same or not isinstance(view, FieldView) or not self.answers(view.text):
            return False
        self._view = view
        self._show_status()
        return True

    def actions(self, actions: Sequence[Action]) -> ButtonBlock | None:
        """The buttons below the field; while something is composed they ask to finish it."""
        if not actions:
            return None
        made = [(action, action_button(self.pen, action)) for action in actions]
        for action, button in made:
            if button.event:
                button.event, button.action = None, lambda action=action: self._go_on(action)
        others = [button for action, button in made if not action.main]
        return Below(self.pen, others, [button for action, button in made if action.main])

    def _go_on(self, action: Action) -> None:
        self._unfinished = self.writer().composing and action.main
        if self._unfinished:
            self._show_status()
        else:
            self.host.tell(action.event)

    def _changed(self) -> None:
        super()._changed()
        if not self.writer().composing:
            self._unfinished = False
        self._show_status()

    # --- what is said ----------------------------------------------------------------------------------------

    def _show_status(self) -> None:
        said = self._said()
        if said and said != self._heard and said[0] != self._view.error and said[2] is not TINT:
            self.host.announce((said[0],))  # the journey's own error is new on the page; what fits needs no word
        self._heard = said
        if self._status and self._status.say(said):
            self.host.redraw()

    def _said(self) -> Said | None:
        """What there is to say about what stands in the field now, the most important only."""
        if self._unfinished:
            return UNFINISHED, "pencil-outline", AMBER, INK
        if self._view.error and self._view.text == self.writer().told:
            return self._view.error, "alert-circle-outline", TROUBLE, TROUBLE_INK
        if self.writer().full and self._view.kind not in live.KINDS:
            return _no_more(self._view.longest), "alert-circle-outline", AMBER, INK
        judged = live.judged(self._view.kind, self.writer().told, datetime.now().astimezone().date())
        return (judged[0], *MOODS[judged[1]]) if judged else None

    def _reserved(self) -> list[Text]:
        """The sentences for which room is kept, so that nothing moves while one types."""
        return live.sentences(self._view.kind)


def _no_more(count: int) -> Text:
    return counted("No more than {n} character fits here.", "No more than {n} characters fit here.", count)


class Below(ButtonBlock):
    """Never beside the text: the keyboard stands there."""

    def wants_side(self) -> bool:
        """No."""
        return False


class Status(Piece):
    """One sentence about the field, changed in place; it keeps the room of the longest it may say."""

    def __init__(self, pen: Pen, said: Said | None, reserved: Sequence[Text]) -> None:
        super().__init__(pen)
        self._said = said
        self._reserved = [_sentence(pen, (text, "check", TINT, INK)) for text in reserved]
        self._fill()

    @property
    def says(self) -> bool:
        """Whether there is something to say."""
        return self._said is not None

    def _fill(self) -> None:
        self.clear_widgets()
        self.parts = [Hug(self.pen, _sentence(self.pen, self._said))] if self._said else []
        for part in self.parts:
            self.add_widget(part)

    def say(self, said: Said | None) -> bool:
        """Another sentence; returns whether the page must make room."""
        if said == self._said:
            return False
        self._said = said
        before = self.height
        self._fill()
        if self.fit(self.width) != before:
            return True
        self.place(self.x, self.top)
        return False

    def fit(self, width: float) -> float:
        """The room of the longest sentence."""
        kept = max((part.fit(width) for part in self._reserved), default=0.0)
        said = max((part.fit(width) for part in self.parts), default=0.0)
        self.size = (width, max(kept, said))
        return float(self.height)


def _sentence(pen: Pen, said: Said) -> Box:
    text, icon, fill, ink = said
    px = pen.theme.px
    row = Row(
        pen, [Icon(pen, icon, pen.size_px(SMALL) * 1.2, ink), Words(pen, pen.say(text), SMALL, ink)], [0, 1], px(2.5)
    )
    return Box(pen, row, fill=fill, line=None, padding=(px(3.5), px(1.6)), radius=px(3))
