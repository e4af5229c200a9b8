"""Draws every sample in every language, text size and screen: `python -m screens.gallery --out build/gallery`."""

import argparse
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from PIL import Image

from kiosk import fonts
from kiosk.preferences import SIZES
from kiosk.views import AttractView, HomeView
from screens.app import KioskApp
from screens.samples import SAMPLES, chrome
from screens.theme import Theme

THEMES = {
    "portrait": Theme(1080, 1920, 268, 476.6),
    "landscape": Theme(1920, 1080, 476.6, 268),
    "small": Theme(1366, 768, 344, 194),
}
"""The screens the look is made for: 21.5 inch upright and lying, 15.6 inch lying."""
LANGUAGES = ("zh_CN", "zh_HK", "en")
THUMB = 300


def draw(screen: str, languages: Sequence[str], sizes: Sequence[str], out: Path, only: str = "") -> Iterator[Path]:
    """Draw the samples on one screen; yields the files as they are written."""
    out.mkdir(parents=True, exist_ok=True)
    app = KioskApp(theme=THEMES[screen], tell=lambda _: None)
    app.start()
    for language in languages:
        for size in sizes:
            for name in (name for name in SAMPLES if only in name):
                path = out / f"{screen}-{name}-{language}-{size}.png"
                view = SAMPLES[name]
                app.show(view, chrome(language, size, home=isinstance(view, (AttractView, HomeView))))
                app.frame()
                app.photograph(path)
                yield path
    app.close()


def contact_sheet(paths: Sequence[Path], sheet: Path, columns: int = 6) -> None:
    """Many pictures small on one."""
    thumbs = [_thumb(path) for path in paths]
    wide, high = max(t.width for t in thumbs), max(t.height for t in thumbs)
    rows = -(-len(thumbs) // columns)
    page = Image.new("RGB", (columns * (wide + 8), rows * (high + 8)), "#888888")
    for number, thumb in enumerate(thumbs):
        page.paste(thumb, (number % columns * (wide + 8) + 4, number // columns * (high + 8) + 4))
    page.save(sheet)


def _thumb(path: Path) -> Image.Image:
    with Image.open(path) as picture:
        picture.thumbnail((THUMB * 2, THUMB * 2))
        return picture.convert("RGB")


def main(arguments: Sequence[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("build/gallery"))
    parser.add_argument("--screen", choices=list(THEMES), action="append")
    parser.add_argument("--language", choices=LANGUAGES, action="append")
    parser.add_argument("--size", choices=SIZES, action="append")
    parser.add_argument("--only", default="", help="part of a sample's name")
    asked = parser.parse_args(arguments)
    os.environ.setdefault("SDL_VIDEODRIVER", "offscreen")  # drawn the same, and no window flickers
    fonts.prepare()
    for screen in asked.screen or THEMES:
        languages, sizes = asked.language or LANGUAGES, asked.size or SIZES
        paths = list(draw(screen, languages, sizes, asked.out, asked.only))
        for language in languages:
            for size in sizes:
                mine = [path for path in paths if path.stem.endswith(f"-{language}-{size}")]
                contact_sheet(mine, asked.out / f"sheet-{screen}-{language}-{size}.png")


if __name__ == "__main__":
    main()
