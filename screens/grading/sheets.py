"""Many pictures small on one, with their names under them; red where a rule is broken."""

from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from screens.grading.shot import Pixels

THUMB = 360
GAP, LABEL = 10, 22
GROUND, GOOD, BAD = "#777777", "#FFFFFF", "#FFB0B0"
Thumb = tuple[str, Image.Image, int]
"""Name, picture, how many findings."""


def small(pixels: Pixels) -> Image.Image:
    """Half the size each way, each pixel the mean of four."""
    return Image.fromarray(pixels).convert("RGB").reduce(2)


def contact_sheet(thumbs: Sequence[Thumb], path: Path) -> None:
    """Save all thumbs on one sheet, upright ones eight in a row, lying ones five."""
    if not thumbs:
        return
    prepared = [(name, _fitted(picture), broken) for name, picture, broken in thumbs]
    wide, high = prepared[0][1].size
    columns = 8 if high > wide else 5
    rows = -(-len(prepared) // columns)
    page = Image.new("RGB", (columns * (wide + GAP), rows * (high + GAP + LABEL)), GROUND)
    pencil = ImageDraw.Draw(page)
    face = ImageFont.load_default(15)
    for number, (name, picture, broken) in enumerate(prepared):
        left, top = number % columns * (wide + GAP) + GAP // 2, number // columns * (high + GAP + LABEL) + GAP // 2
        page.paste(picture, (left, top))
        said = f"{name} ({broken})" if broken else name
        pencil.text((left, top + high + 2), said, BAD if broken else GOOD, font=face)
    path.parent.mkdir(parents=True, exist_ok=True)
    page.save(path, quality=80, method=0)


def _fitted(picture: Image.Image) -> Image.Image:
    wide, high = picture.size
    share = THUMB / wide if high > wide else THUMB * 1.4 / wide
    return picture.resize((round(wide * share), round(high * share)), Image.Resampling.BILINEAR)
