"""`kiosk demo`: play one resident's whole visit on the real screens by real touches, and leave its pictures.

The visit: find the guide for "I want to open a restaurant", take it along as a QR code, put an ID card on the reader,
get a queue ticket on paper, finish.
"""

import argparse
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from kiosk import journal
from kiosk.bootstrap import first_look
from kiosk.errors import SetupError
from kiosk.settings import Settings, load
from kiosk.virtual_display import VirtualDisplay

PATIENCE_S = 20.0
ROW, FRAME_PX, GAP_PX = 5, 640, 16
"""The filmstrip: pictures in a row, their height, the space between."""
ITEM = "food-new"


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command."""
    parser = subparsers.add_parser("demo", help="play a visit and keep its pictures", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("build/demo"), help="folder of the pictures (build/demo)")
    parser.add_argument("--language", default="zh_CN", help="zh_CN, zh_HK or en")
    parser.add_argument("--text-size", default="M", choices=("S", "M", "L", "XL"))
    parser.add_argument("--station", default="demo", help="whose screen: a file of config/stations")


def run(args: argparse.Namespace) -> int:
    """Play, and say where the pictures are. Raises SetupError when a screen does not come."""
    out: Path = args.out
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    with tempfile.TemporaryDirectory(prefix="kiosk-demo-") as data:
        settings = _settings(args.station, Path(data))
        journal.start("INFO", settings.log.folder)
        with VirtualDisplay(settings.screen.width_px, settings.screen.height_px):
            Demo(settings, out).play(args.language, args.text_size)
    print(f"The visit's pictures are in {out}")
    return 0


def _settings(station: str, data: Path) -> Settings:
    environ = {
        "KIOSK_PATHS__DATA": str(data),
        "KIOSK_SCREEN__FULLSCREEN": "false",
        "KIOSK_SCREEN__WINDOW_SCALE": "1",
    }
    return load(station, environ=environ)


class Demo:
    """One visit, step by step; every `see` waits for a step of a journey and photographs it."""

    def __init__(self, settings: Settings, out: Path) -> None:
        from kiosk.bootstrap.terminal import Terminal  # after the display is there: importing Kivy opens it
        from screens.robot import Robot

        self.out = out
        self.pictures: list[Path] = []
        self.terminal = Terminal(first_look.of(settings), lambda: settings, simulate=True)
        self.robot = Robot(self.terminal.app)

    def play(self, language: str, text_size: str) -> None:
        """From the attract screen to the next person."""
        self.terminal.start()
        try:
            self._visit(language, text_size)
        finally:
            self.terminal.stop()
        self._filmstrip()

    def _visit(self, language: str, text_size: str) -> None:
        from kiosk.events.touches import Preferred

        self.see("home.attract")
        self.until(lambda: self.terminal.runner.world.queues is not None, "the approval service")
        self.until(lambda: self.terminal.runner.world.index is not None, "the search index")
        self.robot.tap(*self.terminal.app.surface.center)
        self.terminal.runner.tell(Preferred("language", language))
        self.terminal.runner.tell(Preferred("text_size", text_size))
        self.see("home.home")
        self._find_the_guide()
        self._take_the_ticket()

    def _find_the_guide(self) -> None:
        self.robot.press("search")
        self.see("guide.search")
        self.robot.type("kaifandian")
        self.see("guide.search", "typed")
        self.robot.press(ITEM)
        self.see("guide.guide")
        self.robot.press("qr")
        self.see("guide.qr")
        self.robot.press("BackPressed")
        self.see("guide.guide", "again", picture=False)

    def _take_the_ticket(self) -> None:
        self.robot.press("ticket")
        self.robot_settles()
        if self.step == "ticket.choose":
            self.see("ticket.choose")
            self.robot.press(self.terminal.runner.world.queues[0].id)  # type: ignore[index]
        self.see("ticket.card")
        self.hand("card_reader", "place", "li")
        self.see("ticket.review")
        self.robot.press("Confirmed")
        self.see("ticket.done")
        self._keep_the_slip()
        self.hand("card_reader", "remove")
        self.robot.press("finish")
        self.see("home.attract", "next", picture=False)

    @property
    def step(self) -> str:
        """Where the visit stands."""
        at = self.terminal.runner.position
        return f"{at.journey}.{at.step}"

    def see(self, step: str, suffix: str = "", *, picture: bool = True) -> None:
        """Wait for a step, let its picture settle, photograph it."""
        self.until(lambda: self.step == step, step)
        self.robot_settles()
        if picture:
            name = "-".join(filter(None, (f"{len(self.pictures) + 1:02}", step.replace(".", "-"), suffix)))
            path = self.out / f"{name}.png"
            self.robot.photograph(path)
            self.pictures.append(path)

    def until(self, there: Callable[[], bool], what: str) -> None:
        """Turn the main loop until something is so. Raises SetupError naming what did not come."""
        deadline = time.monotonic() + PATIENCE_S
        while not there():
            if time.monotonic() > deadline:
                raise SetupError(f"The demonstration waited {PATIENCE_S:.0f} s in {self.step} for {what}.")
            self.terminal.app.frame()

    def robot_settles(self, frames: int = 6) -> None:
        """Let layout and drawing come to rest."""
        for _ in range(frames):
            self.terminal.app.frame()

    def hand(self, device: str, key: str, choice: str = "") -> None:
        """Do something to a simulated device, as a person would."""
        from devices import hands, registry

        handled = registry.handled(self.terminal.devices[device])
        if handled is None:
            raise SetupError(f"The {device} of this station is not simulated.")
        hands.do(handled, key, choice)

    def _keep_the_slip(self) -> None:
        from devices import registry

        handled = registry.handled(self.terminal.devices["ticket_printer"])
        sight = handled.sight() if handled else None
        if sight is None or sight.picture is None:
            raise SetupError("No slip came out of the simulated printer.")
        (self.out / "slip.png").write_bytes(sight.picture)

    def _filmstrip(self) -> None:
        """All pictures in rows of five, the slip last."""
        from PIL import Image

        frames = [Image.open(path).convert("RGB") for path in (*self.pictures, self.out / "slip.png")]
        small = [frame.resize((round(frame.width * FRAME_PX / frame.height), FRAME_PX)) for frame in frames]
        cell = max(frame.width for frame in small) + GAP_PX
        rows = -(-len(small) // ROW)
        strip = Image.new("RGB", (cell * ROW + GAP_PX, (FRAME_PX + GAP_PX) * rows + GAP_PX), "#C9CFCB")
        for place, frame in enumerate(small):
            row, column = divmod(place, ROW)
            left = GAP_PX + column * cell + (cell - GAP_PX - frame.width) // 2
            strip.paste(frame, (left, GAP_PX + row * (FRAME_PX + GAP_PX)))
        strip.quantize(128).save(self.out / "filmstrip.png", optimize=True)
