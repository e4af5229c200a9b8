"""A case: its number large, where it stands as icon, word and colour, what is asked, and its steps with the one it stands at."""

from collections.abc import Sequence

from kiosk.texts import Msg, msg
from kiosk.views.parts import Entry, Section
from kiosk.views.progress import Mark, TimelineStep, TimelineView
from screens.base import Page, Screen
from screens.controls import facts, pill
from screens.grids import Flow
from screens.message import LOOKS
from screens.palette import Colour
from screens.pen import BODY, SMALL, STRONG, TITLE
from screens.pieces import Box, Column, Icon, Piece, Row, Space, Words
from screens.review import Ruled
from screens.theme import ACCENT, AMBER, CARD, INK, LINE, QUIET, SOFT, TINT

MARKS: dict[Mark, tuple[str, Colour, Msg, Colour, Colour]] = {
    Mark.PAST: ("check-circle-outline", ACCENT, msg("done"), CARD, LINE),
    Mark.NOW: ("arrow-right-circle", ACCENT, msg("your case is here"), TINT, ACCENT),
    Mark.NEXT: ("circle-outline", SOFT, msg("still to come"), QUIET, LINE),
}
"""Icon, its colour, the word, the ground and the outline of a step."""


class TimelineScreen(Screen):
    """What needs an answer stands first, then where it is, then how it came there."""

    def render(self, view: TimelineView) -> Page:
        """The page of a case."""
        pen, foot = self.pen, self.actions(view.actions)
        top: list[Piece] = [Words(pen, pen.say(view.title), TITLE, even=True), *self._number(view)]
        body: list[Piece] = [self._state(view)]
        if view.asked:
            body.append(self._section(view.asked, AMBER))
        if view.facts:
            body.append(facts(pen, view.facts))
        body += [self._section(section, CARD) for section in view.sections]
        body += self._steps(view.steps)
        if pen.theme.raised:
            return Page(body, above=top, foot=foot, gap_mm=4)
        return Page([Column(pen, top, pen.theme.px(1)), *body], foot=foot, gap_mm=4)

    def _number(self, view: TimelineView) -> list[Piece]:
        pen = self.pen
        label = Words(pen, pen.say(msg("Case number")), SMALL, SOFT)
        return [Column(pen, [label, Words(pen, view.number, TITLE, INK)])] if view.number else []

    def _state(self, view: TimelineView) -> Piece:
        pen, px = self.pen, self.pen.theme.px
        icon, colour, ground, ink = LOOKS[view.tone]
        texts: list[Piece] = [Words(pen, pen.say(view.state), STRONG, ink)]
        if view.explain:
            texts.append(Words(pen, pen.say(view.explain), BODY, ink))
        sign = Icon(pen, view.icon or icon, pen.theme.sign(14), colour)
        row = Row(pen, [sign, Column(pen, texts, px(1))], [0, 1], px(5))
        return Box(pen, row, fill=ground or TINT, line=None, padding=(px(6), px(4)))

    def _section(self, section: Section, ground: Colour) -> Piece:
        pen, px = self.pen, self.pen.theme.px
        title: Piece = Words(pen, pen.say(section.title), STRONG)
        if section.icon:
            title = Row(pen, [Icon(pen, section.icon, pen.theme.sign(10), INK), title], [0, 1], px(4))
        entries = [self._entry(entry) for entry in section.entries]
        if section.summary:
            entries.insert(0, Words(pen, pen.say(section.summary), BODY))
        line = None if ground == AMBER else LINE
        return Box(pen, Column(pen, [title, Ruled(pen, entries, px(4))], px(2)), fill=ground, line=line,
                   padding=(px(6), px(4)))  # fmt: skip

    def _entry(self, entry: Entry) -> Piece:
        pen, px = self.pen, self.pen.theme.px
        parts: list[Piece] = [Words(pen, pen.say(entry.term), STRONG)] if entry.term else []
        parts.append(Words(pen, pen.say(entry.text)))
        parts += [Words(pen, pen.say(line), SMALL, SOFT) for line in entry.notes]
        if entry.tags:
            tags = [pill(pen, pen.say(tag), "information-outline", TINT) for tag in entry.tags]
            parts += [Space(pen, px(1)), Flow(pen, tags, px(3), px(2))]
        return Column(pen, parts)

    def _steps(self, steps: Sequence[TimelineStep]) -> list[Piece]:
        """A list of boxes, so that the page can be turned between them."""
        if not steps:
            return []
        title = Words(self.pen, self.pen.say(msg("The steps of your case")), STRONG)
        return [title, *(self._step(step) for step in steps)]

    def _step(self, step: TimelineStep) -> Piece:
        pen, px = self.pen, self.pen.theme.px
        icon, colour, word, ground, line = MARKS[step.mark]
        head = pen.say(msg("{step} · {mark}", step=step.title, mark=word))
        texts: list[Piece] = [Words(pen, head, STRONG if step.mark is Mark.NOW else BODY, INK)]
        texts += [Words(pen, pen.say(said), SMALL, SOFT) for said in (step.when, step.office, step.note) if said]
        row = Row(pen, [Icon(pen, icon, pen.theme.sign(10), colour), Column(pen, texts)], [0, 1], px(5))
        rule = pen.theme.rule if step.mark is Mark.NOW else 1
        return Box(pen, row, fill=ground, line=line, rule=rule, padding=(px(6), px(3)))
