"""The settings of an ESC/POS ticket printer."""

from dataclasses import dataclass
from typing import Literal

from kiosk.errors import SettingsError


@dataclass(frozen=True)
class EscposOptions:
    """`url`: serial URL, socket://host:9100, /dev/usb/lp0 or a link to it. `width_dots`: 384 (58 mm roll) or 576 (80 mm).

    `encoding`: "raster", or "gb18030" for serial lines too slow for pictures. `answers`: whether it can be asked at all.
    `confirm`: how it says that a job is out: "paper" (GS r), "process" (GS ( H), "none". `clear`: knows DLE DC4 8.
    `signs`: asked for after every "part" of a slip, or only at its "end", of printers that answer the last question alone.
    `stall_s`: how long it may take no data before the job has failed.
    `taken`: how it says whether a slip lies in its outlet: "full_status" (DLE EOT 20: presenter printers of Custom and
    Pyramid), "none". `left`: what becomes of a slip that nobody took: "leave", or "retract" (GS e 2, where the printer's own
    settings allow it). `present_steps`: push the slip out by so many steps of 7 mm after the cut (GS e 3); 0: it does so itself.
    """

    url: str
    width_dots: int = 576
    baud: int = 115200
    encoding: Literal["raster", "gb18030"] = "raster"
    cut: Literal["partial", "full", "none"] = "partial"
    feed_lines: int = 5
    answers: bool = True
    confirm: Literal["paper", "process", "none"] = "paper"
    signs: Literal["part", "end"] = "part"
    clear: bool = True
    stall_s: float = 3.0
    taken: Literal["none", "full_status"] = "none"
    left: Literal["leave", "retract"] = "leave"
    present_steps: int = 0

    def __post_init__(self) -> None:
        if self.width_dots % 8 or not 200 <= self.width_dots <= 1280:
            raise SettingsError(
                f"width_dots is {self.width_dots}; it must be a multiple of 8 from 200 to 1280, such as 576."
            )
        if not 0 <= self.present_steps <= 255:
            raise SettingsError(f"present_steps is {self.present_steps}; it must be from 0 to 255.")
        if self.taken == "none" and self.left == "retract":
            raise SettingsError(
                'left = "retract" needs taken = "full_status": what lies in the outlet must be known first.'
            )

    @property
    def confirms(self) -> bool:
        """Whether it can say that a job is out."""
        return self.answers and self.confirm != "none"

    @property
    def tells_taken(self) -> bool:
        """Whether it can say that a slip was taken."""
        return self.answers and self.taken != "none"
