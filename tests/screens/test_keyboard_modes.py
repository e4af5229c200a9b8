"""Every mode with something in it, measured as a ruler would: the samples show only each field's first mode."""

from collections.abc import Callable, Iterator

import pytest

from kiosk.views.choose import SearchView
from kiosk.views.fields import FieldKind, FieldView
from screens.keyboard.modes import Mode, offered
from screens.samples import SAMPLES, chrome
from screens.surface import Surface
from tests.screens import measure

from .conftest import Stage
from .fake_writing import FakeWriting

Open = Callable[..., Stage]
CHECKS = (
    measure.cut_texts,
    measure.outside,
    measure.small_targets,
    measure.close_targets,
    measure.missing_glyphs,
)
WRITES = {Mode.PINYIN: "cy", Mode.JYUTPING: "h", Mode.STROKES: "h", Mode.CODE: "20BB7"}
"""What brings candidates."""
STROKE = ((0.2, 0.5), (0.8, 0.5))
RARE_WAYS = (Mode.PINYIN, Mode.HANDWRITING, Mode.STROKES, Mode.CODE)


def wrong(surface: Surface) -> list[str]:
    return [line for check in CHECKS for line in check(surface)]


def in_every_mode(opened: Stage, view: SearchView | FieldView, language: str) -> Iterator[Mode]:
    """Each mode in turn, with its candidates."""
    screen = opened.app.surface.screen
    kind = view.kind if isinstance(view, FieldView) else FieldKind.TEXT
    ways = [mode for group in offered(language, kind) for mode in group]
    for mode in [*(way for way in ways if way is not Mode.RARE), *([Mode.RARE] if Mode.RARE in ways else [])]:
        for way in (mode, *(RARE_WAYS if mode is Mode.RARE else ())):
            screen.writer().use(way)
            for key in WRITES.get(way, ""):
                screen.writer().key(key)
            if way is Mode.HANDWRITING:
                screen.writer().draw(STROKE)
            opened.app.surface.redraw()
            yield way


@pytest.mark.parametrize(
    ("screen", "language", "size"),
    [
        ("portrait", "zh_CN", "XL"),
        ("portrait", "en", "S"),
        ("landscape", "zh_HK", "L"),
        ("small", "zh_HK", "S"),
        ("small", "zh_CN", "L"),
        ("small", "en", "XL"),
    ],
)
@pytest.mark.parametrize("sample", ["search-results", "field-text"])
def test_every_mode_is_whole(stage: Open, screen: str, language: str, size: str, sample: str) -> None:
    opened = stage(screen)
    opened.app.tools.writing = FakeWriting()
    opened.app.show(SAMPLES[sample], chrome(language, size))
    found = {mode: wrong(opened.app.surface) for mode in in_every_mode(opened, SAMPLES[sample], language)}
    assert {mode: lines for mode, lines in found.items() if lines} == {}
    assert Mode.CODE in found


@pytest.mark.parametrize("contrast", ["light", "dark", "vivid"])
def test_an_open_pad_and_trouble_in_every_contrast(stage: Open, contrast: str) -> None:
    opened = stage("small")
    writing = opened.app.tools.writing = FakeWriting()
    opened.app.show(SAMPLES["search-results"], chrome("zh_HK", "M", contrast=contrast))
    writer = opened.app.surface.screen.writer()
    writing.broken = True
    writer.draw(STROKE)
    opened.app.surface.redraw()
    assert writer.trouble
    assert wrong(opened.app.surface) == []
