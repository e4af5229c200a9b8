"""The document camera on the screen: what it sees, what to do better, and the page's corners by hand where need be."""

from collections.abc import Sequence
from dataclasses import replace

from kivy.clock import Clock

from kiosk.events.camera import CornersSet
from kiosk.page_hints import GOOD, HINTS, STARTING, Hint, hint
from kiosk.ports.camera import Corner, Frame, Outline
from kiosk.texts import Msg, msg
from kiosk.views.model import View
from kiosk.views.pages import CameraView
from kiosk.views.parts import Action
from screens.base import ButtonBlock, Host, Page, Screen
from screens.controls import Fixed, action_button, button, note
from screens.pen import BODY, SMALL, TITLE, Pen
from screens.pieces import Column, Icon, Piece, Row, Words
from screens.theme import ACCENT, AMBER, SOFT, TINT
from screens.touch import Pressable
from screens.viewfinder import NAMES, START, Preview

FRAMES_PER_S = 12
"""How often it looks for a new frame."""
STEP = 0.006
"""How far an arrow moves a corner, in shares of the picture: about 1.5 mm on the glass."""
REMEMBERED = 50
MOST = 20.0
"""A picture takes whatever room there is."""
STEADY_S = 0.5
"""What is said stands at least so long, so that it can be read."""
ARROWS: dict[str, tuple[str, Msg, Corner]] = {
    "left": ("arrow-left-bold", msg("Corner to the left"), (-STEP, 0)),
    "right": ("arrow-right-bold", msg("Corner to the right"), (STEP, 0)),
    "up": ("arrow-up-bold", msg("Corner up"), (0, -STEP)),
    "down": ("arrow-down-bold", msg("Corner down"), (0, STEP)),
}
BY_HAND = Hint(msg("Pull each corner to its place. Or press one, then an arrow."), "gesture-tap")


class CameraScreen(Screen):
    """Frames come past the journey: they are looked at, drawn and forgotten here."""

    def __init__(self, pen: Pen, host: Host) -> None:
        super().__init__(pen, host)
        self._view: CameraView | None = None
        self._frame: Frame | None = None
        self._corners: Outline | None = None
        self._corner = self._named = 0
        self._sent: list[Outline | None] = []
        """Corners that were told, and may come back as an answer."""
        self._held = False
        """Whether a keypad's arrows move the corner instead of the focus."""
        self._said: HintBox | None = None
        self._preview: Preview | None = None
        self._steady = 0.0
        self._beat = Clock.create_trigger(self._look, 1 / FRAMES_PER_S, interval=True)

    def render(self, view: CameraView) -> Page:
        """The page with the frame of this moment."""
        self._frame = self.host.tools.viewfinder.latest()
        self._begin(view)
        pen, theme = self.pen, self.pen.theme
        title = Words(pen, pen.say(view.title), TITLE, even=True)
        self._preview = Preview(pen, self, self._frame, self._corners, self._corner)
        self._said = HintBox(pen, self._hint())
        explain = [Words(pen, pen.say(view.explain), BODY, SOFT)] if view.explain and not self._corners else []
        arrows = [self._arrows()] if self._corners and self._frame else []
        above = [title, *explain] if theme.raised else []
        head, tail = ([], []) if theme.raised else ([], [title, *explain]) if theme.tight else ([title], explain)
        page = beside if theme.landscape else below
        return page(self._preview, [*head, self._said], [*arrows, *tail], above, self._buttons(view))

    def _begin(self, view: CameraView) -> None:
        """Corners of the journey count, unless they are its answer to what was set here since."""
        if self._view is None or view.corners not in (*self._sent, self._view.corners):
            self._corners, self._sent = view.corners, []
        self._view = view

    def takes(self, view: View) -> bool:
        """An answer to corners that were told here changes nothing."""
        return (
            isinstance(view, CameraView)
            and self._view is not None
            and replace(view, corners=None) == replace(self._view, corners=None)
            and view.corners in (*self._sent, self._view.corners)
        )

    def left(self) -> None:
        """Nothing of what was seen stays."""
        self._beat.cancel()
        self._frame = self._preview = self._said = self._corners = self._view = None
        self._held, self._sent = False, []

    # --- buttons ---------------------------------------------------------------------------------------------

    def _buttons(self, view: CameraView) -> ButtonBlock:
        pen = self.pen
        actions = [self._ready(action) for action in view.actions]
        main = [action_button(pen, action) for action in actions if action.main]
        others = [action_button(pen, action) for action in actions if not action.main]
        return Below(pen, [self._other_way(), *others], main)

    def _ready(self, action: Action) -> Action:
        """A picture can be taken while there is one."""
        if action.main and self._frame is None:
            return replace(action, available=False, reason=STARTING.text)
        return action

    def _other_way(self) -> Pressable:
        """From the outline that is found to corners by hand, and back."""
        label = msg("Find the page again") if self._corners else msg("Set the corners by hand")
        icon = "image-auto-adjust" if self._corners else "vector-square"
        act = (self._find_again if self._corners else self._by_hand) if self._frame else None
        reason = "" if self._frame else self.pen.say(STARTING.text)
        said = self.pen.say(label)
        return button(self.pen, said, icon=icon, action=act, name="corners", reason=reason, spoken=label)

    def _by_hand(self) -> None:
        """Begin with what was found."""
        self._corners = (self._frame.outline if self._frame else None) or START
        self._corner = 0
        self._tell_corners()
        self.host.redraw()
        self.host.announce((BY_HAND.text,))

    def _find_again(self) -> None:
        self._corners, self._held = None, False
        self._tell_corners()
        self.host.redraw()

    def _arrows(self) -> Piece:
        """The way for those who cannot drag: the corner's name, and four arrows that move it."""
        pen = self.pen
        side = pen.theme.px(15)
        keys = [self._arrow(way, side) for way in ARROWS]
        self._named = self._corner
        name = Words(pen, pen.say(NAMES[self._corner]), SMALL)
        row = Row(pen, keys, [0] * len(keys), pen.theme.px(3), fixed=True)
        if pen.theme.landscape or not pen.theme.roomy:
            return Column(pen, [name, row], pen.theme.px(2))
        return Row(pen, [name, row], [1, 0], pen.theme.px(4))

    def _arrow(self, way: str, side: float) -> Piece:
        icon, label, _ = ARROWS[way]
        part = Icon(self.pen, icon, side * 0.6, ACCENT, "center")
        key = Pressable(
            self.pen,
            part,
            name=f"nudge-{way}",
            action=lambda: self._nudge(way),
            line=ACCENT,
            rule=self.pen.theme.rule,
            least=side,
            spoken=label,
        )
        key.repeats = True
        return Fixed(self.pen, key, side)

    # --- corners ---------------------------------------------------------------------------------------------

    def chosen(self, corner: int) -> None:
        """Pressed without a finger: from now on a keypad's arrows move this one; pressed again, the focus."""
        self._held = not (self._held and self._corner == corner)
        self._corner = corner
        self.host.redraw()
        if self._held:
            self.host.announce((msg("The arrow keys move this corner now. OK ends it."),))

    def placed(self) -> None:
        """The picture stands on the window, again or for the first time: look for frames."""
        self._beat()

    def moved(self, corner: int, to: Corner) -> None:
        """A corner stands here now."""
        if self._corners is None or self._preview is None:
            return
        corners = list(self._corners)
        corners[corner] = to
        one, two, three, four = corners
        self._corners = (one, two, three, four)
        self._corner = corner
        self._preview.set_corners(self._corners)

    def dropped(self) -> None:
        """The finger has left a corner: tell it, and name it beside the arrows."""
        if self._named != self._corner:
            self.host.redraw()
        self._tell_corners()

    def _tell_corners(self) -> None:
        self._sent = [*self._sent[-REMEMBERED:], self._corners]
        self.host.tell(CornersSet(self._corners))

    def steered(self, way: str) -> bool:
        """An arrow of the keypad, while it holds a corner."""
        if self._held and self._corners:
            self._nudge(way)
        return self._held

    def _nudge(self, way: str) -> None:
        if self._corners is None:
            return
        (x, y), (across, down) = self._corners[self._corner], ARROWS[way][2]
        self.moved(self._corner, (min(max(x + across, 0.0), 1.0), min(max(y + down, 0.0), 1.0)))
        self._tell_corners()

    # --- frames ----------------------------------------------------------------------------------------------

    def _look(self, _: float) -> bool | None:
        """The newest frame, while the page is on the window."""
        if self._preview is None or self._preview.get_root_window() is None:
            return False
        frame = self.host.tools.viewfinder.latest()
        if frame is None:
            if self._frame is not None:
                self._anew(None)
        elif self._frame is None or frame.number != self._frame.number:
            self._seen(frame)
        self._speak()
        return None

    def _seen(self, frame: Frame) -> None:
        if self._frame is None or self._preview is None or not self._preview.show(frame):
            self._anew(frame)
            return
        self._frame = frame

    def _speak(self) -> None:
        """What is to be done now, once what was said before could be read."""
        if self._said and Clock.get_time() >= self._steady and self._said.say(self._hint()):
            self._steady = Clock.get_time() + STEADY_S
            self.host.announce((self._hint().text,))

    def _anew(self, frame: Frame | None) -> None:
        """The camera has begun, or is gone: the buttons change with it."""
        self._frame = frame
        self.host.redraw()

    def _hint(self) -> Hint:
        if self._frame is None:
            return STARTING
        if self._corners:
            return BY_HAND
        return hint(self._frame.concerns) or GOOD


def below(
    shown: Piece, first: Sequence[Piece], then: Sequence[Piece], above: Sequence[Piece], foot: ButtonBlock | None
) -> Page:
    """Upright: what is said, the picture as large as it can use, the rest."""
    page = Page([*first, shown, *then], above=above, foot=foot, gap_mm=5, middle=True)
    page.stretch, page.stretch_limit = shown, getattr(shown, "most", MOST)
    return page


def beside(
    shown: Piece, first: Sequence[Piece], then: Sequence[Piece], above: Sequence[Piece], foot: ButtonBlock | None
) -> Page:
    """Lying: the picture at one side over the whole height, the words beside it."""
    pen = shown.pen
    if pen.theme.tight:  # few large lines: the first page is the picture and what is said of it
        row = Row(pen, [shown, *first], [1.0] * (1 + len(first)), pen.theme.px(7), "top")
        return Page([row, *then], above=above, foot=foot, gap_mm=3)
    words = Column(pen, [*first, *then], pen.theme.px(4))
    row = Row(pen, [shown, words], [1.0, 1.0], pen.theme.px(7), "fill")
    return Page([row], above=above, foot=foot, gap_mm=3, stretch=row, stretch_limit=MOST)


class Below(ButtonBlock):
    """Buttons that stay below the page on every screen: the picture needs the width."""

    def wants_side(self) -> bool:
        """Never."""
        return False


class HintBox(Piece):
    """One sentence with its icon, as high as the longest one needs: nothing below it jumps."""

    def __init__(self, pen: Pen, first: Hint) -> None:
        super().__init__(pen)
        self._hint = first
        self._show(first)

    def _made(self, shown: Hint) -> Piece:
        calm = shown in (GOOD, STARTING, BY_HAND)
        return note(self.pen, self.pen.say(shown.text), shown.icon, TINT if calm else AMBER)

    def fit(self, width: float) -> float:
        """The highest of all."""
        self.parts[0].fit(width)
        highest = max(self._made(one).fit(width) for one in (*HINTS.values(), GOOD, STARTING, self._hint))
        self.size = (width, highest)
        self.parts[0].grow(highest)
        return float(highest)

    def say(self, other: Hint) -> bool:
        """Another sentence in the same place; returns whether it is another."""
        if other == self._hint:
            return False
        self._hint = other
        part = self._show(other)
        part.fit(self.width)
        part.grow(self.height)
        part.place(self.x, self.top)
        return True

    def _show(self, shown: Hint) -> Piece:
        self.clear_widgets()
        part = self._made(shown)
        self.parts = [part]
        self.add_widget(part)
        return part
