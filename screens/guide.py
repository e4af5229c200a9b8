"""A guide one can read standing up: what people compare large on top, sections folded to their summary."""

from kiosk.views.guides import GuideView
from kiosk.views.parts import Entry, Section
from screens.base import Page, Screen
from screens.controls import facts, note, pill
from screens.grids import Flow
from screens.pen import BODY, SMALL, STRONG, TITLE, Pen
from screens.pieces import Box, Column, Icon, Piece, Row, Space, Words
from screens.theme import ACCENT, AMBER, CARD, INK, LINE, SOFT, TINT
from screens.touch import Pressable


class GuideScreen(Screen):
    """Remembers which sections are open, as long as the same guide is shown."""

    _open: frozenset[int] = frozenset()

    def render(self, view: GuideView) -> Page:
        """The page of a guide. Where one line says that it is only in Chinese, its texts are not marked one by one."""
        marked = self.pen.say(view.marked)
        if marked and self.pen.words.mark:
            self.pen = Pen(self.pen.theme, self.pen.words.unmarked)
        pen = self.pen
        top: list[Piece] = [Words(pen, pen.say(view.title), TITLE, even=True)]
        if view.summary:
            top.append(Words(pen, pen.say(view.summary), BODY, SOFT))
        body: list[Piece] = [] if pen.theme.raised else [Column(pen, top, pen.theme.px(1))]
        if marked:
            body.append(note(pen, marked, "translate"))
        if view.limits:
            body.append(note(pen, pen.say(view.limits), "alert-circle-outline", AMBER))
        if view.facts:
            body.append(facts(pen, view.facts))
        for index, section in enumerate(view.sections):
            body += self._section(index, section)
        if view.note:
            body.append(Words(pen, pen.say(view.note), SMALL, SOFT))
        above = top if pen.theme.raised else ()
        return Page(body=body, above=above, gap_mm=5, foot=self.actions(view.actions))

    def _section(self, index: int, section: Section) -> list[Piece]:
        opened = index in self._open
        pieces: list[Piece] = [self._heading(index, section, opened)]
        if opened:
            pieces += [self._entry(entry) for entry in section.entries]
        return pieces

    def _heading(self, index: int, section: Section, opened: bool) -> Pressable:
        pen, px = self.pen, self.pen.theme.px
        texts: list[Piece] = [Words(pen, pen.say(section.title), STRONG)]
        if section.summary and not opened:
            texts.append(Words(pen, pen.say(section.summary), SMALL, SOFT))
        parts: list[Piece] = [
            Column(pen, texts),
            Icon(pen, "chevron-up" if opened else "chevron-down", pen.theme.sign(10), INK),
        ]
        weights = [1.0, 0.0]
        if section.icon:
            parts.insert(0, Icon(pen, section.icon, pen.theme.sign(11), ACCENT))
            weights.insert(0, 0.0)
        made = Pressable(
            pen,
            Row(pen, parts, weights, px(5)),
            name=f"section-{index}",
            action=lambda: self._toggle(index),
            fill=TINT if opened else CARD,
            line=ACCENT if opened or pen.theme.outlined else LINE,
            rule=pen.theme.rule if pen.theme.outlined else 1,
            padding=(px(6), px(4.5)),
            least=px(21),
        )
        made.repeats = True
        made.opened = opened
        return made

    def _toggle(self, index: int) -> None:
        self._open = self._open ^ {index}
        self.host.redraw()

    def _entry(self, entry: Entry) -> Piece:
        pen, px = self.pen, self.pen.theme.px
        parts: list[Piece] = []
        if entry.term:
            parts.append(Words(pen, pen.say(entry.term), STRONG))
        parts.append(Words(pen, pen.say(entry.text)))
        parts += [Words(pen, pen.say(line), SMALL, SOFT) for line in entry.notes]
        if entry.tags:
            tags = [pill(pen, pen.say(tag), "check-circle-outline", TINT) for tag in entry.tags]
            parts += [Space(pen, px(1)), Flow(pen, tags, px(3), px(2))]
        return Box(pen, Column(pen, parts, px(1)), padding=(px(8), px(4)), line=LINE)
