"""What happens to the pages of a material in hand: they come, are turned, moved, replaced, removed, and stay. Pure."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, TypeAlias

from kiosk.cases.model import HandingIn, Sheet
from kiosk.contract.files import MOST_PAGES
from kiosk.journeys.model import Answers

Change: TypeAlias = Callable[[HandingIn], HandingIn]


def in_hand(answers: Answers) -> HandingIn:
    """The material that is handed in. Raises ValueError outside of that."""
    if answers.handing is None:
        raise ValueError("no material is being handed in")
    handing: HandingIn = answers.handing
    return handing


def changed(answers: Answers, change: Change) -> Any:
    """The answers with the material in hand changed."""
    return replace(answers, handing=change(in_hand(answers)))


def room(handing: HandingIn) -> int:
    """How many pages may still come."""
    return MOST_PAGES - len(handing.sheets) + handing.again


def with_sheets(handing: HandingIn, sheets: Iterable[Sheet]) -> HandingIn:
    """Pages came: the first takes the place of the one that is taken again, the others follow the one looked at. What is
    more than fits is left out."""
    for sheet in tuple(sheets)[: room(handing)]:
        handing = _with_sheet(handing, sheet)
    return handing


def _with_sheet(handing: HandingIn, sheet: Sheet) -> HandingIn:
    before, after = handing.sheets[: handing.at + 1], handing.sheets[handing.at + 1 :]
    if handing.again:
        before = before[:-1]
    at = len(before)
    return replace(handing, sheets=(*before, sheet, *after), at=at, again=False, came=handing.came + 1)


def to_end(handing: HandingIn) -> HandingIn:
    """What comes next comes last."""
    return replace(handing, at=max(0, len(handing.sheets) - 1), again=False)


def turn(handing: HandingIn) -> HandingIn:
    """A quarter turn clockwise of the page looked at."""
    sheet = handing.sheets[handing.at]
    turned = replace(sheet, turned=(sheet.turned + 1) % 4)
    return replace(handing, sheets=_swapped(handing.sheets, handing.at, turned))


def remove(handing: HandingIn) -> HandingIn:
    """Without the page looked at."""
    sheets = handing.sheets[: handing.at] + handing.sheets[handing.at + 1 :]
    return replace(handing, sheets=sheets, at=min(handing.at, max(0, len(sheets) - 1)))


def move(by: int) -> Change:
    """The page looked at, one place earlier (-1) or later (1); at the end it stays."""

    def moved(handing: HandingIn) -> HandingIn:
        to = handing.at + by
        if not 0 <= to < len(handing.sheets):
            return handing
        sheets = list(handing.sheets)
        sheets[handing.at], sheets[to] = sheets[to], sheets[handing.at]
        return replace(handing, sheets=tuple(sheets), at=to)

    return moved


def keep_pages(then: Answers, now: Answers) -> Any:
    """For `Step.returned`: Back undoes no page. Any answers with `case` and `handing`, in any step of their journey."""
    sheets = dict(now.case.sheets)
    if now.handing is not None:
        sheets.pop(now.handing.material, None)
        if now.handing.sheets:
            sheets[now.handing.material] = now.handing.sheets
    case = replace(then.case, sheets=sheets, found={**now.case.found, **(now.handing.found if now.handing else {})})
    return replace(then, case=case, handing=_handing(then, now, sheets))


def _handing(then: Answers, now: Answers, sheets: dict[str, tuple[Sheet, ...]]) -> HandingIn | None:
    """Of the same material as it is now, at rest."""
    if then.handing is None:
        return None
    same = now.handing is not None and now.handing.material == then.handing.material
    handing: HandingIn = now.handing if same else then.handing
    kept = sheets.get(handing.material, ())
    return replace(
        handing, sheets=kept, at=max(0, min(handing.at, len(kept) - 1)), again=False, corners=None, phone=None
    )


def _swapped(sheets: tuple[Sheet, ...], at: int, sheet: Sheet) -> tuple[Sheet, ...]:
    return (*sheets[:at], sheet, *sheets[at + 1 :])
