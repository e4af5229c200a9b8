"""Find one's cases: by ID card, by the receipt's QR code, or by case number and the last four digits of the telephone.

A sub-flow for any frozen answers that have `holder`, `search` and `found`: `find_steps(then)` gives a journey its steps, the
first is "find". When cases are found, `then` says where to go; the card, the number and the digits are forgotten by then.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kiosk import availability
from kiosk.cases import number as case_number
from kiosk.cases.number import Fit
from kiosk.effects.cases import FindCases
from kiosk.effects.codes import ReadCode
from kiosk.events.cases import CasesFound, NoSuchCase
from kiosk.events.centre import CentreAway, CentreSaidNo
from kiosk.events.codes import CodeScanned, CodeScannerLost
from kiosk.events.touches import Chosen, Pressed, Typed
from kiosk.journeys import finding_views as views
from kiosk.journeys.common import identify, press
from kiosk.journeys.finding_views import OTHER_WAY, Search
from kiosk.journeys.model import Goto, Pace, Step

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.journeys.model import Aim, Answers
    from kiosk.world import World

PHONE_DIGITS = 4
LOOKING_S = 60.0


def way_chosen(answers: Answers, event: Chosen, world: World) -> Goto:
    """By card, receipt, or number; what was entered for another way is forgotten."""
    fresh = replace(answers, holder=None, search=Search())
    if event.key == "card":
        return Goto("find_card" if availability.card_reader(world).available else "find_card_no_reader", fresh)
    return Goto({"receipt": "find_receipt", "number": "find_number"}[event.key], fresh)


def scanned(answers: Answers, event: CodeScanned, world: World) -> Goto:
    """The address of a receipt's page, and nothing else."""
    token = views.token_in(event.code.text, world.station.public_url)
    if token is None:
        return Goto("find_other_code", answers)
    return Goto("find_looking", replace(answers, search=Search(token=token)))


def number_typed(answers: Answers, event: Typed, _world: World) -> Goto:
    """Judged as soon as it is long enough."""
    wrong = views.WRONG_NUMBER if case_number.judge(event.text.strip()) is Fit.WRONG else ""
    return Goto("find_number", replace(answers, search=Search(number=event.text.strip(), error=wrong)), asks=False)


def number_done(answers: Answers, _event: Pressed, _world: World) -> Goto:
    """On to the telephone with a number that is whole."""
    search: Search = answers.search
    if case_number.judge(search.number) is Fit.WHOLE:
        return Goto("find_phone", replace(answers, search=replace(search, error="")))
    error = search.error or views.SHORT_NUMBER
    return Goto("find_number", replace(answers, search=replace(search, error=error)), asks=False)


def phone_typed(answers: Answers, event: Typed, _world: World) -> Goto:
    """Four digits."""
    typed = event.text.strip()
    wrong = views.WRONG_PHONE if len(typed) > PHONE_DIGITS or not _digits(typed) else ""
    search = replace(answers.search, phone4=typed, error=wrong)
    return Goto("find_phone", replace(answers, search=search), asks=False)


def phone_done(answers: Answers, _event: Pressed, _world: World) -> Goto:
    """Look, with four digits."""
    search: Search = answers.search
    if len(search.phone4) == PHONE_DIGITS and _digits(search.phone4):
        return Goto("find_looking", replace(answers, search=replace(search, error="")))
    return Goto("find_phone", replace(answers, search=replace(search, error=views.WRONG_PHONE)), asks=False)


def _digits(text: str) -> bool:
    return text.isascii() and (not text or text.isdigit())


def look(answers: Answers) -> tuple[FindCases, ...]:
    """By the one of the three ways that was gone."""
    if answers.holder:
        return (FindCases(card=answers.holder),)
    search: Search = answers.search
    return (FindCases(token=search.token, number=search.number, phone4=search.phone4),)


def forgotten(answers: Answers) -> Any:
    """Without card, number and digits: they have done their work."""
    return replace(answers, holder=None, search=Search())


def find_steps(then: Callable[[Any, World], Aim]) -> dict[str, Step]:
    """ "find" and "find_...". `then` gets the answers with `found`, newest first and at least one."""

    def found(answers: Answers, event: CasesFound, world: World) -> Aim:
        known = replace(forgotten(answers), found=event.cases)
        return then(known, world) if event.cases else Goto("find_nothing", known)

    again = press(again="find_looking", other_way="find")
    return {
        "find": Step(views.ways, {Chosen: way_chosen, Pressed: press()}),
        **identify("find_looking", OTHER_WAY, "find", prefix="find_card"),
        "find_receipt": Step(
            views.receipt,
            {CodeScanned: scanned, CodeScannerLost: "find_no_scanner", Pressed: press(other_way="find")},
            lambda _answers: (ReadCode(),),
            Pace.CARD,
        ),
        "find_other_code": Step(
            views.other_code, {Pressed: press(again="find_receipt", other_way="find")}, passing=True
        ),
        "find_no_scanner": Step(
            views.no_scanner, {Pressed: press(again="find_receipt", other_way="find")}, passing=True
        ),
        "find_number": Step(views.number, {Typed: number_typed, Pressed: press(next=number_done, other_way="find")}),
        "find_phone": Step(views.phone, {Typed: phone_typed, Pressed: press(next=phone_done, other_way="find")}),
        "find_looking": Step(
            views.looking,
            {
                CasesFound: found,
                NoSuchCase: lambda answers, _event, _world: Goto("find_unknown", forgotten(answers)),
                CentreAway: "find_away",
                CentreSaidNo: "find_refused",
            },
            look,
            LOOKING_S,
            passing=True,
        ),
        "find_nothing": Step(views.nothing, {Pressed: press(other_way="find")}, passing=True),
        "find_unknown": Step(views.unknown, {Pressed: press(other_way="find")}, passing=True),
        "find_away": Step(views.away, {Pressed: again}, timeout_s=120, passing=True),
        "find_refused": Step(views.refused, {Pressed: press(other_way="find")}, passing=True),
    }
