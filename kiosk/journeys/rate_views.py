"""What rating shows (好差评, GB/T 39735): five levels with nothing chosen before, reasons for the low two, optional words."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kiosk import availability
from kiosk.cases.number import spaced
from kiosk.events.touches import Confirmed, Pressed
from kiosk.journeys.common import ANOTHER, FINISH
from kiosk.journeys.finding_views import AGAIN, FINISH_SMALL, Search
from kiosk.journeys.model import Goto
from kiosk.texts import Msg, Series, Text, counted, msg
from kiosk.views.choose import ChooseView
from kiosk.views.fields import FieldView
from kiosk.views.parts import Action, Option, Tone
from kiosk.views.told import MessageView, ReviewView

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiosk.contract.cases import CaseView
    from kiosk.ports.card_reader import IdCard
    from kiosk.views.model import View
    from kiosk.world import World

LEVELS: Mapping[int, tuple[Msg, str]] = {
    5: (msg("Very satisfied"), "emoticon-excited-outline"),
    4: (msg("Satisfied"), "emoticon-happy-outline"),
    3: (msg("Basically satisfied"), "emoticon-neutral-outline"),
    2: (msg("Not satisfied"), "emoticon-sad-outline"),
    1: (msg("Very unsatisfied"), "emoticon-angry-outline"),
}
"""Level (kiosk.contract.ratings.Level) -> its name in the standard's order, and a face."""
LOW = (1, 2)
"""Levels that name at least one reason."""
REASONS: Mapping[str, Msg] = {
    "long-wait": msg("I waited long"),
    "not-clear": msg("It was not clear what I need"),
    "asked-twice": msg("I was asked for things again"),
    "several-visits": msg("I had to come more than once"),
    "late": msg("It took longer than promised"),
    "staff": msg("How I was treated"),
    "terminal": msg("The terminal was hard to use"),
    "fee": msg("I was asked to pay for something"),
    "other": msg("Something else"),
}
"""Id on the wire -> what is said."""
LONGEST = 500
"""Characters of the words, as the contract allows."""
SEND = Action(Confirmed(), msg("Send my rating"), "send-check-outline", main=True)
CHANGE = Action(Pressed("rate"), msg("Change the level"), "pencil-outline")


@dataclass(frozen=True, repr=False)
class RateAnswers:
    """What is rated (`token` "": the service, without a case), how, and why."""

    token: str = ""
    holder: IdCard | None = None
    search: Search = field(default_factory=Search)
    found: tuple[CaseView, ...] = ()
    level: int = 0
    reasons: tuple[str, ...] = ()
    words: str = ""
    key: str = ""


def begin_rating(token: str = "") -> Goto:
    """To the five levels, for a case (by its token) or for the visit."""
    return Goto("rate.rate", RateAnswers(token=token))


def start(_answers: RateAnswers, world: World) -> View:
    """What is rated."""
    can = availability.progress(world)
    return ChooseView(
        msg("What would you like to rate?"),
        (
            Option("service", msg("The service here today"), msg("Without a name"), "storefront-outline"),
            Option(
                "case", msg("One of my cases"), msg("By card, receipt or number"), "folder-outline",
                can.available, can.note,
            ),
        ),
        actions=(ANOTHER,),
    )  # fmt: skip


def cases(answers: RateAnswers, _world: World) -> View:
    """Those that are not rated yet can be; each once."""
    options = tuple(_case(case) for case in answers.found)
    return ChooseView(msg("Which case would you like to rate?"), options, actions=(ANOTHER,))


def _case(case: CaseView) -> Option:
    number = msg("Case number {number}", number=spaced(case.number))
    rated = msg("You have rated this case already.") if case.rated else ""
    return Option(case.token, case.title, number, "folder-outline", not case.rated, rated)


def rate(_answers: RateAnswers, _world: World) -> View:
    """The five levels, none of them marked."""
    options = tuple(Option(str(level), name, icon=icon) for level, (name, icon) in LEVELS.items())
    return ChooseView(
        msg("How satisfied are you?"), options, explain=msg("Your honest answer helps."), actions=(FINISH_SMALL,)
    )


def why(answers: RateAnswers, _world: World) -> View:
    """Reasons: several can be chosen."""
    options = tuple(
        Option(key, said, msg("chosen") if key in answers.reasons else "", _box(key in answers.reasons))
        for key, said in REASONS.items()
    )
    onward = Action(
        Pressed("next"),
        msg("Continue"),
        "arrow-right",
        main=True,
        available=bool(answers.reasons),
        reason="" if answers.reasons else msg("Choose at least one"),
    )
    explain = msg("We are sorry. You can choose several.")
    return ChooseView(msg("What was not good?"), options, explain=explain, actions=(CHANGE, onward))


def _box(chosen: bool) -> str:
    return "checkbox-marked" if chosen else "checkbox-blank-outline"


def words(answers: RateAnswers, _world: World) -> View:
    """Own words, if somebody wants to."""
    over = len(answers.words) - LONGEST
    error = counted("{n} character too many", "{n} characters too many", over) if over > 0 else ""
    done = Action(Pressed("check"), msg("Continue"), "arrow-right", main=True, available=over <= 0, reason=error)
    return FieldView(
        msg("Would you like to tell us more?"),
        answers.words,
        explain=msg("You need not write anything. Please write no names or numbers of people."),
        error=error,
        actions=(done,),
    )


def check(answers: RateAnswers, _world: World) -> View:
    """Look once more."""
    rows: list[tuple[Text, Text]] = [(msg("Your rating"), LEVELS[answers.level][0])]
    if answers.reasons:
        rows.append((msg("Because"), Series(tuple(REASONS[reason] for reason in answers.reasons))))
    if answers.words:
        rows.append((msg("Your words"), answers.words))
    write = Action(Pressed("words"), msg("Write something"), "message-text-outline")
    return ReviewView(
        msg("Send this rating?"),
        tuple(rows),
        (CHANGE, write, SEND),
        explain=msg("It cannot be changed afterwards. The office does not learn who you are.")
        if not answers.token
        else msg("A case is rated once. It cannot be changed afterwards."),
        icon="star-outline",
    )


def thanks(answers: RateAnswers, _world: World) -> View:
    """Kept; it reaches the centre by itself."""
    explain = msg("Your rating is kept and goes to the hall by itself.")
    if answers.level in LOW:
        explain = msg("Your rating is kept and goes to the hall. Somebody looks into what you told us.")
    return MessageView(Tone.DONE, msg("Thank you"), explain, "check-circle", actions=(ANOTHER, FINISH))


def not_kept(_answers: RateAnswers, _world: World) -> View:
    """It could not be written down."""
    return MessageView(
        Tone.TROUBLE,
        msg("Your rating was not kept"),
        msg("It could not be written down here. Please try again, or tell the front desk."),
        "alert-octagon-outline",
        actions=(FINISH_SMALL, replace(AGAIN, main=True)),
    )
