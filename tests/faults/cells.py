"""One cell of the matrix: a fault, a moment, a visit; played, cleared, and followed by the next person's visit.

What is judged stands in the checks below: the visit ends in a named state, the resident is told the truth, nothing of it
prints later, the device works again without a restart, and the next person sees nothing of it.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kiosk.ports.card_reader import IdCard
from kiosk.ports.citizen_card import CitizenCard
from kiosk.views.parts import Tone
from kiosk.views.told import MessageView, ReviewView
from tests.faults.mischief import Fault
from tests.faults.people import READERS, Bad, Person
from tests.faults.stand import Stand, card_of
from tests.faults.taps import Moment, Tap
from tests.faults.visits import Use, Visit

FIRST, NEXT = "li", "hk"
"""The cards of the person who meets the fault and of the one who comes after."""
SLACK = 0.1
"""How much the length of a whole paper varies with the numbers on it."""


@dataclass(frozen=True)
class Cell:
    """Where in the matrix."""

    kind: str
    model: str
    visit: str
    fault: Fault
    moment: Moment

    def __str__(self) -> str:
        return f"{self.kind} {self.model} | {self.visit} | {self.fault} | {self.moment}"


@dataclass(frozen=True)
class Told:
    """How a visit ended. `claimed`: whether the screen said that the device did its work. `secrets`: what the next person
    must not see. `unsure`: said "not printed", and the paper came out all the same."""

    end: str
    claimed: bool
    secrets: frozenset[str]
    ink: int = 0
    unsure: bool = False


def play(stand: Stand, cell: Cell, use: Use, visit: Visit) -> Told:
    """Play a cell. Raises AssertionError saying what is not as it must be."""
    learn(stand, cell.kind, use, visit)
    stand.log.lines.clear()
    prepare(stand, visit)
    try:
        told = _broken_visit(stand, cell, use, visit)
    finally:
        stand.taps[cell.kind].disarm()
        cell.fault.clear(stand.handled(cell.kind))
        _take_all(stand)
    _expect(stand, cell, use, told)
    _quiet_until_it_works(stand, cell, use, told)
    _next_visit(stand, cell, use, visit, told)
    _healthy(stand, cell)
    return told


def prepare(stand: Stand, visit: Visit) -> None:
    """The morning: nobody has a number but who needs one."""
    stand.forget_numbers(FIRST, NEXT)
    if visit.has_number:
        stand.give_number(FIRST)
        stand.give_number(NEXT)


def learn(stand: Stand, kind: str, use: Use, visit: Visit) -> None:
    """Play the visit soundly once, to know how many bytes a use takes and how long its paper is."""
    if (kind, visit.name) in stand.learned:
        return
    for _ in range(1 if kind in stand.counted else 2):  # the first use of all takes longer than any later one
        _learn_once(stand, kind, use, visit)


def _learn_once(stand: Stand, kind: str, use: Use, visit: Visit) -> None:
    prepare(stand, visit)
    stand.taps[kind].learning = True
    end = Person(stand.hall, visit.policy, visit.good | visit.ends, FIRST, shows=visit.shows)
    assert end.go() in visit.good, f"the sound visit ended in {stand.hall.step}"
    if use.aside:  # it goes on beside the visit, and may be late
        stand.hall.until(lambda: use.works in stand.taps[kind].bytes_of, "the first use")
    stand.taps[kind].learning = False
    stand.learned[kind, visit.name] = stand.outlet(kind).length() if use.prints else 0
    end.leave()
    _take_all(stand)


# --- the visit that meets the fault ----------------------------------------------------------------------------


def _broken_visit(stand: Stand, cell: Cell, use: Use, visit: Visit) -> Told:
    hall, tap = stand.hall, stand.taps[cell.kind]
    handled = stand.handled(cell.kind)
    bring = lambda: cell.fault.bring(handled)  # noqa: E731
    meanwhile = {}
    if cell.moment is Moment.BEFORE:
        bring()
        stand.await_looks(cell.kind)
    elif cell.moment is Moment.AFTER:
        meanwhile[visit.after] = lambda: (bring(), stand.await_looks(cell.kind))
    else:
        call, at = moment_of(tap, use, cell.moment, counted=cell.kind in stand.counted)
        tap.arm(call, at, bring)
    before = _papers(stand, cell, use)
    seen, stand.watched[cell.kind].results[:] = len(hall.shown), []
    person = Person(hall, visit.policy, visit.good | visit.ends, FIRST, meanwhile, shows=visit.shows)
    person.go()
    if use.aside and cell.moment not in (Moment.BEFORE, Moment.AFTER):
        hall.until(tap.fired.is_set, "the moment")
    if cell.moment not in (Moment.BEFORE, Moment.AFTER) and not tap.fired.is_set():
        raise Bad("the moment never came")
    told = _told(stand, cell, use, visit, seen, before)
    person.leave()
    return told


def moment_of(tap: Tap, use: Use, moment: Moment, counted: bool) -> tuple[str, int]:
    """The call and the byte (or phase) of a moment."""
    if not counted:
        return {Moment.FIRST: (use.begins, 0), Moment.MIDWAY: (use.works, 1), Moment.LAST: (use.works, 2)}[moment]
    total = tap.bytes_of[use.works]
    assert total > 3, f"a use of {total} bytes has no middle"
    return {
        Moment.FIRST: (use.begins, 1),
        Moment.MIDWAY: (use.works, total // 2),
        Moment.LAST: (use.works, total - 1),
    }[moment]


def _papers(stand: Stand, cell: Cell, use: Use) -> int:
    return stand.outlet(cell.kind).papers() if use.prints else 0


def _told(stand: Stand, cell: Cell, use: Use, visit: Visit, seen: int, before: int) -> Told:
    """Judge the screens of this visit against what the device really did."""
    hall, end = stand.hall, stand.hall.step
    view = hall.view
    shown = [view for view, _chrome in hall.shown[seen:]]
    if end not in visit.named:
        raise Bad(f"ended in {end}, which is no end of this visit")
    if end not in visit.good and not _leads_on(view):
        raise Bad(f"{end} names no way on")
    unsure = False
    if use.prints:
        claimed = end in visit.good
        out = _whole_paper(stand, cell, visit, before)
        if claimed and not out:
            raise Bad(f"{end} says that the paper is out, and it is not")
        if not claimed and isinstance(view, MessageView) and view.tone is Tone.DONE:
            raise Bad(f"{end} looks like success")
        unsure = out and not claimed
    elif use.aside:
        claimed = end in visit.good
    elif use.tried:
        claimed = _says_it_works(view)
    else:
        claimed = _card_truth(stand, cell, shown) and end in visit.good
    ink = stand.outlet(cell.kind).amount() if use.prints else 0
    return Told(end, claimed, secrets_of(hall, FIRST), ink, unsure)


def _says_it_works(view: Any) -> bool:
    """Of a technician's trial."""
    return isinstance(view, MessageView) and view.tone is Tone.DONE


def _leads_on(view: Any) -> bool:
    """Whether something can be pressed."""
    if isinstance(view, MessageView | ReviewView):
        return any(action.available for action in view.actions)
    return True


def _whole_paper(stand: Stand, cell: Cell, visit: Visit, before: int) -> bool:
    """Whether a new paper is out, as long as a sound one, with the code of this visit's ticket or guide on it."""
    outlet, usual = stand.outlet(cell.kind), stand.learned[cell.kind, visit.name]
    if outlet.papers() == before:
        return False
    if outlet.length() < usual * (1 - SLACK):
        return False
    codes = outlet.codes()
    return codes is None or codes == [_address(stand)]


def _address(stand: Stand) -> str:
    """What the paper's code must say."""
    world, answers = stand.hall.runner.world, stand.hall.runner.position.answers
    ticket = getattr(answers, "ticket", None)
    return world.ticket_url(ticket.token) if ticket else world.guide_url(answers.item)


def _card_truth(stand: Stand, cell: Cell, shown: Iterable[object]) -> bool:
    """A card's holder is on the screen only where a card was read; whether this person's was."""
    read = [result for result in stand.watched[cell.kind].results if isinstance(result, IdCard | CitizenCard)]
    numbers = {card.number[-4:] for card in read}
    text = str(list(shown))
    for key in (FIRST, NEXT):
        if f"'last': '{card_of(key).number[-4:]}'" in text and card_of(key).number[-4:] not in numbers:
            raise Bad(f"the card of {key} is on the screen and was not read")
    return bool(read)


def secrets_of(hall: Any, card: str) -> frozenset[str]:
    """What may be on the screen of this visit and of no other."""
    holder, ticket = card_of(card), getattr(hall.runner.position.answers, "ticket", None)
    personal = {holder.number, holder.number[-4:], holder.name or "?", f"{(holder.name or '?')[0]}**"}
    return frozenset(personal | ({ticket.token, f"'{ticket.number}'"} if ticket else set()))


def _expect(stand: Stand, cell: Cell, use: Use, told: Told) -> None:
    """What is certain without looking: a harmless fault and one that came too late hinder nothing; one that was there
    from the start lets nothing be claimed."""
    if use.aside or str(cell.fault) in use.harmless or cell.moment is Moment.AFTER:
        if not told.claimed:
            raise Bad(f"it did its work, and the visit ended in {told.end}")
    elif cell.moment is Moment.BEFORE and told.claimed and str(cell.fault) not in use.either:
        raise Bad(f"{told.end} claims what a broken device cannot have done")


# --- afterwards ------------------------------------------------------------------------------------------------


def _quiet_until_it_works(stand: Stand, cell: Cell, use: Use, told: Told) -> None:
    """It comes back by itself, and prints nothing of what is over."""
    stand.await_work(cell.kind)
    _nothing_new(stand, cell, use, told)


def _nothing_new(stand: Stand, cell: Cell, use: Use, told: Told) -> None:
    if use.prints and (ink := stand.outlet(cell.kind).amount()) != told.ink:
        raise Bad(f"something was printed after the visit ({told.ink} dots or papers, then {ink})")


def _next_visit(stand: Stand, cell: Cell, use: Use, visit: Visit, told: Told) -> None:
    """The next person gets what they came for, and nothing of the first one's."""
    prepare(stand, visit)  # a card that was swapped may have given up the next person's number
    hall, before = stand.hall, _papers(stand, cell, use)
    seen = len(hall.shown)
    person = Person(hall, visit.policy, visit.good | visit.ends, NEXT, shows=visit.shows)
    end = person.go()
    if end not in visit.good or (use.tried and not _says_it_works(hall.view)):
        raise Bad(f"the next visit ended in {end}")
    if use.prints:
        _own_paper_only(stand, cell, visit, before)
    text = str([view for view, _chrome in hall.shown[seen:]])
    if leaked := [secret for secret in told.secrets if secret in text]:
        raise Bad(f"the next person saw {len(leaked)} things of the first one's")
    person.leave()
    _take_all(stand)
    del hall.shown[:-1]


def _own_paper_only(stand: Stand, cell: Cell, visit: Visit, before: int) -> None:
    outlet, usual = stand.outlet(cell.kind), stand.learned[cell.kind, visit.name]
    if outlet.papers() != before + 1 or not _whole_paper(stand, cell, visit, before):
        raise Bad("the next person's paper is not whole, or not the only one")
    if outlet.length() > usual * (1 + SLACK):
        raise Bad("something hangs on the next person's paper")


def _healthy(stand: Stand, cell: Cell) -> None:
    """The thread lives, nothing unforeseen was logged, and nothing personal."""
    if not stand.hall.workers[cell.kind].alive:
        raise Bad("the worker's thread has ended")
    errors = [text for level, text in stand.log.lines if level >= logging.ERROR]
    if errors:
        raise Bad(f"logged: {errors[0][:120]}")
    personal = {word for key in (FIRST, NEXT) for word in (card_of(key).number, card_of(key).name or "?")}
    if any(word in text for _level, text in stand.log.lines for word in personal):
        raise Bad("something personal is in the log")


def _take_all(stand: Stand) -> None:
    """People take their cards and papers with them."""
    for reader in READERS:
        stand.use_hand(reader, "remove")
    for kind in ("ticket_printer", "a4_printer"):
        stand.use_hand(kind, "take")
