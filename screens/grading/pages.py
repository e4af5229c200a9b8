"""Whether what is longer than the screen can be read by large buttons."""

from collections.abc import Iterator

from screens.grading.rule import Mark, rule
from screens.grading.shot import SLACK_PX, Shot, within
from screens.pen import BODY

LINES = 2


@rule("page-fits", "Chinese elder-friendly rules (2021), issue of accessibility", "page buttons where there is more")
def page_fits(shot: Shot) -> Iterator[Mark]:
    """Where a page is longer than its place there are page buttons, and the place shows at least two lines."""
    names = {one.name for one in shot.pressables}
    for scroll in shot.scrolls:
        on_panel = shot.panel is not None and within(scroll, shot.panel)
        if shot.panel is not None and not on_panel:
            continue  # a page behind a panel waits
        fits = not scroll.too_long or {"page-up", "page-down"} <= names
        yield Mark(fits, "page buttons", f"{scroll.content_height:.0f} px", f"{scroll.height:.0f} px or page buttons")
        line = scroll.pen.line_px(BODY)
        enough = scroll.height >= min(LINES * line, scroll.content_height) - SLACK_PX
        yield Mark(enough, "place of the text", f"{scroll.height / line:.1f} lines", f">= {LINES} lines")
