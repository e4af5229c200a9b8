"""The pages of a material: small pictures in their order, one chosen, what can be done with it; other pages by large buttons."""

from collections.abc import Callable
from math import ceil

from kiosk.events.touches import Chosen
from kiosk.texts import Msg, Text, msg
from kiosk.views.pages import PagesView, Thumbnail
from kiosk.views.parts import Action
from screens import mirror
from screens.base import Host, Page, Screen
from screens.controls import Hug, button, event_name
from screens.grids import Grid
from screens.pen import BODY, SMALL, TITLE, Pen, Style
from screens.pieces import Column, Icon, Piece, Row, Words
from screens.theme import ACCENT, CARD, INK, LINE, QUIET, QUIET_INK, SOFT, TINT, TINT_PRESSED
from screens.thumbnails import SmallPicture, Store
from screens.touch import Pressable

MOST = 20.0
"""Pictures take whatever room there is."""
NAME = Style("small", bold=True)
START, BACK = ("page-first", msg("At the start")), ("chevron-left", msg("Pages before"))
END, ON = ("page-last", msg("At the end")), ("chevron-right", msg("Pages after"))
"""Icon and word of the buttons that turn, and of those that turn nothing."""
FOUR = 4
"""Four stand two by two."""
TALL = 1.5
"""A card is not higher than so many times its width: paper is not."""


class PagesScreen(Screen):
    """Which pages are shown is the screen's own; which one is chosen is the journey's."""

    def __init__(self, pen: Pen, host: Host) -> None:
        super().__init__(pen, host)
        self._store = Store()
        self._view: PagesView | None = None
        self._first = 0

    def render(self, view: PagesView) -> Page:
        """The page of the pages."""
        if self._view is None or (view.chosen, len(view.pages)) != (self._view.chosen, len(self._view.pages)):
            self._first = view.chosen - view.chosen % self._many
        self._view = view
        pen, theme = self.pen, self.pen.theme
        title = Words(pen, pen.say(view.title), TITLE, even=True)
        note = [Words(pen, pen.say(view.note), BODY, SOFT)] if view.note else []
        pictures = self._pictures(view)
        turning = [self._turning(view)] if len(view.pages) > self._many else []
        tools = [Tools(pen, [self._tool(action) for action in view.tools])] if view.tools else []
        above = [title, *note] if theme.raised else []
        head = [] if theme.raised else [title, *note]
        foot = self.actions(view.actions)
        if theme.landscape and not theme.short:
            left = Column(pen, [pictures, *turning], theme.px(3), stretch=pictures)
            row = Row(pen, [left, Column(pen, [*head, *tools], theme.px(4))], [1.5, 1.0], theme.px(7), "fill")
            return Page([row], above=above, foot=foot, gap_mm=3, stretch=row, stretch_limit=MOST)
        shown = [pictures, *turning]
        body = [*shown, *head] if theme.tight else [*head, *shown]  # few large lines: what it is about comes first
        page = Page([*body, *tools], above=above, foot=foot, gap_mm=4)
        page.stretch, page.stretch_limit = pictures, MOST
        return page

    def finish(self) -> None:
        """All pictures."""
        self._store.finish()

    def left(self) -> None:
        """Nothing of the pages stays."""
        self._store.clear()
        self._view, self._first = None, 0

    # --- pictures --------------------------------------------------------------------------------------------

    @property
    def _columns(self) -> int:
        return 3 if self.pen.theme.roomy and not self.pen.theme.short else 2

    @property
    def _many(self) -> int:
        """How many are shown at once."""
        theme = self.pen.theme
        return self._columns * (1 if theme.landscape or theme.raised or not theme.roomy else 2)

    def _pictures(self, view: PagesView) -> Grid:
        seen = list(enumerate(view.pages))[self._first : self._first + self._many]
        self._store.keep(page for _, page in seen)
        columns = 2 if len(seen) == FOUR else min(self._columns, len(seen)) or 1
        small = [SmallPicture(self.pen, page, self._most(columns)) for _, page in seen]
        self._store.fill(small)
        cards = [self._card(view, at, page, picture) for (at, page), picture in zip(seen, small, strict=True)]
        return Sheets(self.pen, cards, columns, self.pen.theme.px(4))

    def _most(self, columns: int) -> tuple[int, int]:
        """No picture is decoded larger than it can be shown."""
        theme = self.pen.theme
        return theme.width_px // columns, theme.height_px // 2

    def _card(self, view: PagesView, at: int, page: Thumbnail, picture: SmallPicture) -> Pressable:
        pen, theme = self.pen, self.pen.theme
        chosen = at == view.chosen
        line: list[Piece] = [Words(pen, pen.say(msg("Page {n}", n=at + 1)), NAME, INK)]
        marks = [("check-circle", chosen), (page.concern.icon if page.concern else "", page.concern is not None)]
        line += [Icon(pen, icon, theme.sign(8), ACCENT) for icon, is_so in marks if is_so]
        label = Row(pen, line, [0] * len(line), theme.px(2))
        body = Column(pen, [picture, label], theme.px(2), stretch=picture)
        return Card(
            pen,
            body,
            name=f"page-{at}",
            event=Chosen(str(at)),
            fill=TINT if chosen else CARD,
            pressed=TINT_PRESSED,
            line=ACCENT if chosen or theme.outlined else LINE,
            rule=theme.rule * 2 if chosen else theme.rule,
            padding=(theme.px(3), theme.px(3)),
            spoken=_spoken(at, page, chosen),
        )

    # --- buttons ---------------------------------------------------------------------------------------------

    def _turning(self, view: PagesView) -> Piece:
        """Back and on among the pages, and where one is."""
        count, last = len(view.pages), min(len(view.pages), self._first + self._many)
        where = msg("{first}–{last} of {of}", first=self._first + 1, last=last, of=count)
        back = (lambda: self._turn(-self._many)) if self._first else None
        on = (lambda: self._turn(self._many)) if last < count else None
        return Turning(self.pen, where, back, on)

    def _turn(self, by: int) -> None:
        """To other pages; the chosen one stays chosen."""
        count = len(self._view.pages) if self._view else 0
        pages = ceil(count / self._many)
        self._first = min(max(0, self._first + by), max(0, pages - 1) * self._many)
        self.host.redraw()
        self.host.announce((msg("Page {n}", n=self._first + 1),))

    def _tool(self, action: Action) -> Pressable:
        """A button for the chosen page."""
        pen = self.pen
        made = button(
            pen,
            pen.say(action.label),
            icon=action.icon,
            event=action.event if action.available else None,
            name=event_name(action.event),
            reason=pen.say(action.reason),
            spoken=action.label,
        )
        made.least = pen.theme.px(17)
        return made


def _spoken(at: int, page: Thumbnail, chosen: bool) -> Text:
    said = msg("Page {n}, chosen", n=at + 1) if chosen else msg("Page {n}", n=at + 1)
    return msg("{sentence} {next}", sentence=said, next=page.concern.text) if page.concern else said


class Turning(Piece):
    """Two large buttons and the place between them; without words where there is no room for them."""

    def __init__(self, pen: Pen, where: Msg, back: Callable[[], None] | None, on: Callable[[], None] | None) -> None:
        super().__init__(pen)
        self._where, self._back, self._on = where, back, on

    def fit(self, width: float) -> float:
        """In three equal parts as long as the words stay in one line."""
        gap = self.pen.theme.px(4)
        each = (width - 2 * gap) / 3
        sides = self._sides(words=True)
        if any(side.natural() > each for side in sides):
            sides = self._sides(words=False)
        middle = Words(self.pen, self.pen.say(self._where), BODY, SOFT, "center", even=True)
        row = Row(self.pen, [sides[0], middle, sides[1]], [1, 1, 1], gap)
        self.clear_widgets()
        self.add_widget(row)
        self.parts = [row]
        self.size = (width, row.fit(width))
        return float(self.height)

    def _sides(self, *, words: bool) -> tuple[Pressable, Pressable]:
        back = self._button("page-before", BACK if self._back else START, self._back, words)
        return back, self._button("page-after", ON if self._on else END, self._on, words)

    def _button(self, name: str, shown: tuple[str, Msg], action: Callable[[], None] | None, words: bool) -> Pressable:
        """One that turns nothing has no outline, another icon and another word, as in `screens.pager`."""
        pen, theme = self.pen, self.pen.theme
        icon, label = shown
        colour = ACCENT if action else QUIET_INK
        part: Piece = Icon(pen, icon, theme.px(10), colour, "center")
        if words:
            text = Words(pen, pen.say(label), SMALL, colour, even=True)
            part = Hug(pen, Row(pen, [Icon(pen, icon, theme.px(9), colour), text], [0, 1], theme.px(2)), "center")
        made = Pressable(
            pen,
            part,
            name=name,
            action=action,
            fill=CARD if action else QUIET,
            line=ACCENT if action else LINE,
            rule=theme.rule if action else 0,
            padding=(theme.px(2), theme.px(2)),
            least=theme.px(17),
            spoken=label,
        )
        made.repeats = True
        return made


class Sheets(Grid):
    """Cards in equal columns, not higher than paper is."""

    def grow(self, height: float) -> None:
        """Up to the shape of paper; what is left over stays empty."""
        rows, gap = self.parts, self.gap
        each = max((row.parts[0].width for row in rows), default=0.0) * TALL
        super().grow(min(height, max(self.height, each * len(rows) + gap * (len(rows) - 1))))


class Card(Pressable):
    """A picture with its name; the picture takes the room there is."""

    def grow(self, height: float) -> None:
        """The picture grows along."""
        super().grow(height)
        self.parts[0].grow(self.height - 2 * self.padding[1])


class Tools(Piece):
    """Buttons in equal columns: as many as their words allow."""

    def __init__(self, pen: Pen, buttons: list[Pressable]) -> None:
        super().__init__(pen)
        self._buttons = buttons[::-1] if mirror.hand_first(pen) else buttons

    def natural(self) -> float:
        """The longest."""
        return max(part.natural() for part in self._buttons)

    def fit(self, width: float) -> float:
        """Three, two or one beside each other; four two by two."""
        gap = self.pen.theme.px(3)
        for part in self._buttons:
            if part.parent:
                part.parent.remove_widget(part)
        self.clear_widgets()
        wanted = (2,) if len(self._buttons) == FOUR else (3, 2)
        fits = lambda n: self.natural() <= (width - gap * (n - 1)) / n  # noqa: E731  one expression, used once
        grid = Grid(self.pen, self._buttons, next((n for n in wanted if fits(n)), 1), gap)
        self.add_widget(grid)
        self.parts = [grid]
        self.size = (width, grid.fit(width))
        return float(self.height)
