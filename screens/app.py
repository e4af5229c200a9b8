"""The Kivy application: one window with the kiosk's surface, and the dock beside it where devices are simulated."""

import gc
import logging
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

# isort: off
import screens.rules  # noqa: F401  before anything that would read Kivy's rules

# isort: on
from kivy.app import App
from kivy.base import EventLoop, ExceptionHandler, ExceptionManager, runTouchApp
from kivy.clock import Clock
from kivy.config import Config
from kivy.uix.widget import Widget

from kiosk import words as kiosk_words
from kiosk.errors import SetupError
from kiosk.events.model import Event
from kiosk.keys import Hands
from kiosk.views.chrome import Chrome
from kiosk.views.model import View
from kiosk.views.start import AttractView
from kiosk.words import Words
from screens import sdl
from screens.keypad import Keypad
from screens.pacing import Pacing
from screens.picture import save_picture
from screens.scanning import Scanning
from screens.surface import Surface
from screens.theme import PAPER, Theme
from screens.tools import Tools
from screens.unmanaged import is_unmanaged

if TYPE_CHECKING:
    from screens.dock import Dock, DockGroup

log = logging.getLogger(__name__)
SETTLE_S = 0.35
"""Between the first picture and the rest of the start: whoever stands there already is answered first."""
HERE_S = 0.25
AWAY_S = 1.0
AFTERWARDS_S = 0.3
BACKSPACE, ESCAPE = 8, 27
DEFAULT_HANDS = Hands()
PASTE = "v"


class KioskApp(App):
    """Shows views and tells events; everything on the main thread except `wake()`.

    `pump()` is called at once after `wake()`, `tick()` every 0.25 s during a visit and every second otherwise,
    `failsafe(exc)` when a callback of ours raised something unexpected.
    """

    def __init__(
        self,
        *,
        theme: Theme,
        words: Callable[[str], Words] = kiosk_words.load,
        tell: Callable[[Event], None],
        pump: Callable[[], None] = lambda: None,
        tick: Callable[[], None] = lambda: None,
        failsafe: Callable[[BaseException], None] | None = None,
        with_dock: bool = False,
        title: str = "便民 Bianmin",
        fullscreen: bool = False,
        on_first_frame: Callable[[], None] = lambda: None,
        hands: Hands = DEFAULT_HANDS,
    ) -> None:
        super().__init__()
        self._on_first_frame = on_first_frame
        self.title = title
        self._theme = theme
        self._tick = tick
        self._froze = False
        self._guard = Guard(failsafe) if failsafe else None
        _configure(theme, _dock_width() if with_dock else 0, fullscreen)
        _open_window()
        EventLoop.window.clearcolor = theme.paint(PAPER)  # the paper under every page costs nothing this way
        self.tools = Tools()
        self.surface = Surface(theme, words, tell, self.tools)
        self._without_touch = (Keypad(self.surface, hands), Scanning(self.surface, hands))
        self.dock: Dock | None = None
        self._pacing = Pacing(pump)
        self._beat = Clock.create_trigger(self._on_beat, AWAY_S)
        self._forget = Clock.create_trigger(forget, AFTERWARDS_S)
        # Counted from the page's first picture: a page that took long to build is not kept from the glass any longer.
        self._forget_soon = Clock.create_trigger(lambda _: self._forget())

    # --- what the rest of the program calls ------------------------------------------------------------------

    def show(self, view: View, chrome: Chrome) -> None:
        """Show a view; only on the main thread. Cheap when nothing has changed."""
        was_away, is_away = (isinstance(shown, AttractView) for shown in (self.surface.view, view))
        EventLoop.window.clearcolor = self._theme.preferred(chrome.preferences).paint(PAPER)
        page = self.surface.layout
        self.surface.show(view, chrome)
        if was_away and not is_away:
            self._schedule()
        if self.surface.layout is not page:
            self._forget.cancel()
            self._forget_soon()

    def wake(self) -> None:
        """Make the main loop run `pump()` at once. From any thread."""
        self._pacing.wake()

    def on_main(self, work: Callable[[], None]) -> None:
        """Do something on the main thread soon. From any thread."""
        Clock.schedule_once(lambda _: work())
        self.wake()

    def end(self) -> None:
        """Leave the main loop. From any thread."""
        self.on_main(self.stop)

    def fill_dock(self, groups: "Sequence[DockGroup]") -> None:
        """Show the hands of simulated devices beside the surface; on the main thread, after `build()`."""
        from screens.dock import Dock  # noqa: PLC0415  a kiosk in the field has none

        if self.dock:
            self.root.remove_widget(self.dock)
        self.dock = Dock(groups, self._theme.height_px)
        self.dock.pos = (self._theme.width_px, 0)
        self.root.add_widget(self.dock)

    def photograph(self, path: Path | str) -> None:
        """Save what the surface shows as a PNG, without the dock."""
        save_picture(self.surface, Path(path), EventLoop.window.clearcolor)

    def start(self) -> None:
        """Open without entering the main loop: `frame()` then turns it. For demonstrations and tests."""
        self._run_prepare()
        runTouchApp(embedded=True)
        self.frame()

    def frame(self, *, wait: bool = True) -> None:
        """One turn of the main loop; with `wait` it sleeps first until something is due, at most 0.25 s."""
        if not wait:
            self._pacing.hurry()
        EventLoop.idle()
        EventLoop.window.mainloop()

    def settle(self) -> None:
        """One turn of the main loop without input and without a picture: what is due has happened."""
        self._pacing.hurry()
        Clock.tick()
        Clock.tick_draw()

    def close(self) -> None:
        """End what `start()` began; the window stays for the next."""
        self._stop()

    # --- Kivy's side -----------------------------------------------------------------------------------------

    def build(self) -> Widget:
        """The surface at the lower left; the dock comes right of it."""
        root = Widget()
        root.add_widget(self.surface)
        return root

    def on_start(self) -> None:
        """Take over pacing, keyboard and exceptions."""
        self._pacing.install()
        self._froze = not gc.get_freeze_count()  # else whoever froze before decides how long
        if self._froze:
            gc.freeze()  # what the program consists of is never garbage: collections take 10 ms instead of 120
        if self._guard:
            ExceptionManager.add_handler(self._guard)
        EventLoop.window.bind(on_flip=self._on_flip, **self._keyboard)
        self._schedule()

    def on_stop(self) -> None:
        """Give everything back."""
        self._pacing.remove()
        self._beat.cancel()
        if self._froze:
            gc.unfreeze()  # what was frozen may go with this app: the next one freezes its own
        if self._guard:
            ExceptionManager.remove_handler(self._guard)
        EventLoop.window.unbind(**self._keyboard)

    def open_settings(self, *_: object) -> bool:
        """Kivy's own settings panel (F1) is not for residents."""
        return False

    def _on_flip(self, *_: object) -> None:
        """The first picture is on the screen: what is slow to start may start soon, after a touch that waits."""
        EventLoop.window.unbind(on_flip=self._on_flip)
        Clock.schedule_once(lambda _: self._on_first_frame(), SETTLE_S)

    def _schedule(self) -> None:
        away = self.surface.view is None or isinstance(self.surface.view, AttractView)
        self._beat.cancel()
        self._beat.timeout = AWAY_S if away else HERE_S
        self._beat()

    def _on_beat(self, _: float) -> None:
        self._schedule()
        self._tick()

    @property
    def _keyboard(self) -> dict[str, Callable[..., bool]]:
        return {"on_textinput": self._on_text, "on_key_down": self._on_key, "on_key_up": self._on_key_up}

    def _on_text(self, _: object, text: str) -> bool:
        screen = self.surface.screen
        typed = bool(screen and screen.typed(text))
        if typed:
            self.surface.narrator.echo(text)
        return typed

    def _on_key(self, _: object, key: int, _scan: int, letter: str | None, modifiers: Sequence[str]) -> bool:
        screen = self.surface.screen
        if screen is None or any(hand.down(key) for hand in self._without_touch):
            return True
        if key == BACKSPACE:
            if screen.erased():
                self.surface.narrator.erased()
        elif key == ESCAPE:
            self.surface.without_touch.leave()
        elif letter == PASTE and "ctrl" in modifiers:
            screen.typed(sdl.clipboard())
        return True  # no key of Kivy's own: no settings, no escape

    def _on_key_up(self, _: object, key: int, *_more: object) -> bool:
        return any(hand.up(key) for hand in self._without_touch)


def _open_window() -> None:
    """Raises SetupError where Kivy finds no display."""
    try:
        EventLoop.ensure_window()
    except SystemExit:
        EventLoop.window = None
    if EventLoop.window is None:
        raise SetupError(
            f"The display {os.environ.get('DISPLAY', '')} cannot be opened. Start it or set DISPLAY; without DISPLAY "
            "'make run' makes a screen of its own."
        )


def forget(_: float = 0) -> None:
    """Pages hold each other, and with them the words they showed. A page before is forgotten while nobody waits for
    anything: left to itself, Python does it when many have come together, for 0.3 s in the middle of the next."""
    gc.collect()


def _dock_width() -> int:
    from screens.dock_size import WIDTH_PX  # noqa: PLC0415

    return WIDTH_PX


def _configure(theme: Theme, dock_px: int, fullscreen: bool) -> None:
    """Kivy's settings, ours alone; they count only before the first window."""
    if EventLoop.window is not None:
        return
    width = theme.width_px + dock_px
    fills = fullscreen and is_unmanaged()
    for section, key, value in (
        ("graphics", "width", width),
        ("graphics", "height", theme.height_px),
        ("graphics", "resizable", 0),
        ("graphics", "multisamples", 0),
        ("graphics", "maxfps", 60),
        ("graphics", "fullscreen", int(fullscreen and not fills)),
        ("graphics", "borderless", int(fullscreen)),
        ("graphics", "position", "custom" if fills else "auto"),
        ("graphics", "left", 0),
        ("graphics", "top", 0),
        ("graphics", "show_cursor", int(not fullscreen)),
        ("kivy", "exit_on_escape", 0),
        ("kivy", "keyboard_mode", ""),
        ("kivy", "pause_on_minimize", 0),
    ):
        Config.set(section, key, str(value))
    Config.remove_section("input")
    Config.add_section("input")
    Config.set("input", "mouse", "mouse,disable_multitouch,disable_hover")


class Guard(ExceptionHandler):
    """An unexpected exception in a callback does not end the program: the visit's failsafe is called."""

    def __init__(self, failsafe: Callable[[BaseException], None]) -> None:
        super().__init__()
        self._failsafe = failsafe

    def handle_exception(self, exc: BaseException) -> int:
        """Ends on purpose pass through."""
        if isinstance(exc, (KeyboardInterrupt, SystemExit)):
            return int(ExceptionManager.RAISE)
        self._failsafe(exc)
        return int(ExceptionManager.PASS)
