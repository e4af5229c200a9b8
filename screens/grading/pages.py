"""Whether what is longer than the screen can be read by large buttons."""

from collections.abc import Iterator

from screens.grading.rule import Mark, rule
from screens.grading.shot import Shot
from screens.pen import BODY

LINES = 2


@rule("page-fits", "Chinese elder-friendly rules (2021), issue of accessibility", "page buttons where there is more")
def page_fits(shot: Shot) -> Iterator[Mark]:
    """Where a page is longer than its place there are page buttons, and the place shows at least two lines."""
    scroll = shot.surface.scroll
    if scroll is None:
        return
    names = {one.name for one in shot.pressables}
    buttons = {"page-up", "page-down"} <= names
    if shot.panel is None:
        long = scroll.too_long
        yield Mark(buttons or not long, "page buttons", f"{scroll.content_height:.0f} px", f"{scroll.height:.0f} px or buttons")
    lines = scroll.height / shot.pen.line_px(BODY)
    yield Mark(not scroll.items or lines >= min(LINES, scroll.content_height / shot.pen.line_px(BODY)), "place of the text", f"{lines:.1f} lines", f">= {LINES} lines")
