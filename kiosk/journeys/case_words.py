"""How a case is said: its states, its days, what is asked of the applicant, its results, the post and the window."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kiosk.catalogue.kinds import ResultDelivery
from kiosk.contract.cases import CaseState
from kiosk.texts import Msg, Text, counted, msg
from kiosk.views.parts import Entry, Fact, Section, Tone

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from kiosk.contract.cases import CaseView, Parcel, Progress, Term
    from kiosk.world import World


class Said(NamedTuple):
    """A state: its name, what it means for the applicant, its icon, its tone."""

    name: Msg
    means: Msg
    icon: str
    tone: Tone = Tone.PLAIN


STATES: Mapping[CaseState, Said] = {
    CaseState.RECEIVED: Said(
        msg("Received"), msg("The office has it and looks whether everything is there."), "inbox-arrow-down-outline"
    ),
    CaseState.ACCEPTED: Said(msg("Accepted"), msg("Everything is there. The days are counted now."), "stamper"),
    CaseState.RETURNED: Said(
        msg("Something is asked of you"),
        msg("Please hand in what is named below. The days stand still until then."),
        "alert-circle-outline",
        Tone.NOTE,
    ),
    CaseState.REVIEW: Said(
        msg("Being examined"), msg("The office is examining your case. You need do nothing."), "magnify"
    ),
    CaseState.GRANTED: Said(
        msg("Granted"), msg("Your application was granted. The result is being made."), "check-decagram-outline",
        Tone.DONE,
    ),
    CaseState.REFUSED: Said(
        msg("Not granted"),
        msg("Your application was not granted. The office's reason stands in the steps below."),
        "close-octagon-outline",
        Tone.NOTE,
    ),
    CaseState.MADE: Said(msg("The result is ready"), msg("Below is how you get it."), "file-certificate-outline", Tone.DONE),
    CaseState.ISSUED: Said(
        msg("The result was handed out or sent off"), msg("Below is how it comes to you."), "file-send-outline", Tone.DONE
    ),
    CaseState.DELIVERED: Said(msg("Delivered"), msg("The result has reached you. The case is finished."), "check-all", Tone.DONE),
    CaseState.WITHDRAWN: Said(
        msg("Withdrawn"), msg("The case was taken back. You can apply again at any time."), "undo-variant", Tone.NOTE
    ),
}  # fmt: skip
OPEN = frozenset({CaseState.RECEIVED, CaseState.RETURNED, CaseState.ACCEPTED, CaseState.REVIEW})
"""Not yet decided: it can be withdrawn."""
READY = frozenset({CaseState.MADE, CaseState.ISSUED, CaseState.DELIVERED})


def day(at: datetime, world: World) -> Msg:
    """The date in the hall's time."""
    return msg("on {date}", date=at.astimezone(world.now.tzinfo).date())


def state_of(case: CaseView) -> CaseState:
    """Of a package: what needs the applicant first, else the part that is furthest behind."""
    states = [part.state for part in case.parts]
    if CaseState.RETURNED in states:
        return CaseState.RETURNED
    going = [state for state in states if state is not CaseState.WITHDRAWN]
    return min(going or states, key=list(CaseState).index)


def days(part: Progress) -> tuple[Fact, ...]:
    """The day counted: "day 3 of 5", promised, with the law's limit small, and the last day. Working days by the calendar."""
    if part.state is CaseState.WITHDRAWN:
        return ()
    promised, statutory = part.promised, part.statutory
    law = counted("{n} working day by law", "{n} working days by law", statutory.days)
    if promised.due is None and not promised.paused and part.state in OPEN:
        value = counted("{n} working day", "{n} working days", promised.days)
        return (Fact(value, msg("promised, from acceptance on; {law}", law=law), "calendar-clock"),)
    if part.state not in OPEN:
        took = counted("took {n} working day", "took {n} working days", promised.used)
        value = took if promised.used else msg("done on the same day")
        note = counted("{n} day promised", "{n} days promised", promised.days)
        return (Fact(value, msg("{promised}; {law}", promised=note, law=law), "calendar-check"),)
    return (
        Fact(_count(promised), msg("{note}; {law}", note=_promise(promised), law=law), "calendar-clock"),
        *_due(part),
    )


def _count(term: Term) -> Msg:
    return msg("day {used} of {days}", used=term.used, days=term.days)


def _promise(term: Term) -> Msg:
    if term.paused:
        return msg("the count stands still")
    over = term.used - term.days
    if over > 0:
        return counted("{n} working day later than promised", "{n} working days later than promised", over)
    return msg("promised working days")


def _due(part: Progress) -> tuple[Fact, ...]:
    due, latest = part.promised.due, part.statutory.due
    if due is None or part.promised.paused:
        return ()
    note: Text = msg("by law {date}", date=latest) if latest else ""
    return (Fact(msg("by {date}", date=due), note, "calendar-star"),)


def asked(case: CaseView) -> tuple[tuple[str, str], ...]:
    """Material id and reason in the office's own words, each material once over all parts."""
    found = {each.material: each.reason for part in reversed(case.parts) for each in reversed(part.asked)}
    return tuple(reversed(found.items()))


def material_name(case: CaseView, material: str, world: World) -> Text:
    """As the guide calls it; one that the catalogue does not know has no better name than "a further document"."""
    for part in case.parts:
        item = world.catalogue.by_id.get(part.item)
        for known in item.materials if item else ():
            if known.id == material:
                return known.name
    return msg("A further document")


def asked_section(case: CaseView, part: Progress, world: World) -> Section | None:
    """What is asked of the applicant now, with the office's words."""
    entries = tuple(
        Entry(each.reason, material_name(case, each.material, world), (day(each.asked_at, world),))
        for each in part.asked
    )
    return Section(msg("Asked of you now"), "", entries, "hand-extended-outline") if entries else None


def results(part: Progress, world: World) -> tuple[Section, ...]:
    """Its results, the post, the window: what there is."""
    sections = [_papers(part, world)] if part.results else []
    if part.parcel:
        sections.append(parcel_section(part.parcel, world))
    if at_window(part):
        sections.append(Section(msg("At the window"), where(part), (), "map-marker"))
    return tuple(sections)


def _papers(part: Progress, world: World) -> Section:
    entries = tuple(
        Entry(day(result.made_at, world), result.title, tags=(prints(result.prints_left),) if result.printable else ())
        for result in part.results
    )
    return Section(msg("Results"), "", entries, "file-certificate-outline")


def prints(left: int) -> Msg:
    """How often it can still be printed at a terminal."""
    return (
        counted("can be printed {n} more time", "can be printed {n} more times", left)
        if left
        else msg("no more prints at terminals")
    )


def parcel_section(parcel: Parcel, world: World) -> Section:
    """The carrier, the number, what became of it so far."""
    latest = tuple(Entry(text, notes=(day(at, world),)) for at, text in reversed(parcel.events))
    number = Entry(parcel.number, msg("Tracking number"))
    return Section(msg("By post"), parcel.carrier, (number, *latest), "truck-outline")


def at_window(part: Progress) -> bool:
    """Whether it waits at a window, or will."""
    return part.delivery is ResultDelivery.WINDOW and part.state in READY - {CaseState.DELIVERED}


def where(part: Progress) -> Msg:
    """Which window, and when."""
    if part.window is None:
        return msg("Please ask the front desk for the window. Bring your ID card.")
    return msg("Fetch it at window {window} while the windows are open. Bring your ID card.", window=str(part.window))
