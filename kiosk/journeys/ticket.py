"""Take a queue ticket, see it again, give it up: choose a queue, identify or not, confirm, slip on paper."""

from __future__ import annotations

from dataclasses import replace

from kiosk import availability
from kiosk.effects.prints import PrintTicket
from kiosk.effects.tickets import FindTickets, GiveUpTicket, TakeTicket
from kiosk.events.centre import CentreAway, CentreSaidNo
from kiosk.events.prints import PrintedOut, PrintFailed, PrintSent, SlipTaken
from kiosk.events.tickets import TicketGivenUp, TicketsFound, TicketTaken
from kiosk.events.touches import Chosen, Confirmed, Pressed
from kiosk.journeys.common import (
    ANYWHERE,
    HOME,
    NOT_NOW,
    identify,
    press,
    wait,
)
from kiosk.journeys.model import Aim, Goto, Journey, Pace, Step
from kiosk.journeys.ticket_views import (
    MINE,
    WITHOUT_CARD,
    TicketAnswers,
    away,
    choose,
    done,
    find,
    give_up,
    given_up,
    have_one,
    in_hand,
    none_found,
    not_printed,
    refused,
    review,
    sent,
    several,
    ticket_of,
)
from kiosk.texts import msg
from kiosk.world import World


def open_queue(answers: TicketAnswers, event: Chosen, world: World) -> Goto:
    """A queue: on to the card. One's own number: to the card that finds it."""
    if event.key == MINE:
        return Goto(_card_step("find_card", world), TicketAnswers())
    return begin_with(replace(answers, queue=event.key), world)


def begin_with(answers: TicketAnswers, world: World) -> Goto:
    """Into the journey with the queue already chosen."""
    return Goto("ticket." + _card_step("card", world), answers)


def _card_step(name: str, world: World) -> str:
    return name if availability.card_reader(world).available else f"{name}_no_reader"


def without_card(answers: TicketAnswers, _event: Pressed, _world: World) -> Goto:
    """A ticket without a card."""
    return Goto("review", replace(answers, holder=None))


def confirmed(answers: TicketAnswers, event: Confirmed, _world: World) -> Goto:
    """The key of this submission is made here and goes with every attempt."""
    return Goto("taking", replace(answers, key=event.key, retry="taking"), forget=True)


def taken(answers: TicketAnswers, event: TicketTaken, _world: World) -> Goto:
    """A new number goes to the printer; one that was already there is shown."""
    found = replace(answers, ticket=event.ticket, holder=None)
    return Goto("have_one" if event.already_open else "printing", found, forget=True)


def print_failed(answers: TicketAnswers, event: PrintFailed, _world: World) -> Goto:
    """Remember what was wrong."""
    return Goto("not_printed", replace(answers, fault=event.fault))


def found(answers: TicketAnswers, event: TicketsFound, _world: World) -> Goto:
    """None, one, or several."""
    known = replace(answers, holder=None, found=event.tickets)
    if len(event.tickets) == 1:
        return Goto("have_one", replace(known, ticket=event.tickets[0]), forget=True)
    return Goto("several" if event.tickets else "none_found", known, forget=True)


def open_found(answers: TicketAnswers, event: Chosen, _world: World) -> Goto:
    """One of them."""
    ticket = next(ticket for ticket in answers.found if ticket.id == event.key)
    return Goto("have_one", replace(answers, ticket=ticket))


def give_up_now(answers: TicketAnswers, _event: Confirmed, _world: World) -> Goto:
    """For good."""
    return Goto("giving_up", replace(answers, retry="giving_up"), forget=True)


def remember_given_up(answers: TicketAnswers, event: TicketGivenUp, _world: World) -> Goto:
    """The ticket as it is now."""
    return Goto("given_up", replace(answers, ticket=event.ticket), forget=True)


def retry(answers: TicketAnswers, _event: Pressed, _world: World) -> Aim:
    """Once more what was tried, with the same key."""
    return answers.retry


def finding_entry(answers: TicketAnswers) -> tuple[FindTickets, ...]:
    """Look up by card."""
    return (FindTickets(answers.holder),) if answers.holder else ()


def ask_again(answers: TicketAnswers, _event: CentreAway, _world: World) -> Goto:
    """The look-up can be tried again."""
    return Goto("away", replace(answers, retry="finding"))


OUTSIDE = {CentreAway: "away", CentreSaidNo: "refused"}
PRINT = press(print="printing", give_up="give_up")
IN_HAND_S = 20
"""Whoever has the slip in hand needs the screen no longer; as long as anybody is asked whether they are still there."""


TICKET = Journey(
    "ticket",
    TicketAnswers,
    steps={
        "choose": Step(choose, {Chosen: open_queue, Pressed: press()}),
        **identify("review", WITHOUT_CARD, without_card),
        "review": Step(review, {Confirmed: confirmed, Pressed: press()}),
        "taking": Step(
            wait(msg("Taking your number"), msg("This takes a moment."), "ticket-confirmation-outline", 2),
            {TicketTaken: taken, **OUTSIDE},
            lambda answers: (TakeTicket(answers.queue, answers.holder, answers.key),),
            timeout_s=60,
            passing=True,
            holds=True,
        ),
        "printing": Step(
            wait(msg("Printing your slip"), msg("The paper comes out below the screen."), "receipt-text-outline", 3),
            {PrintedOut: "done", PrintSent: "sent", PrintFailed: print_failed},
            lambda answers: (PrintTicket(ticket_of(answers)),),
            timeout_s=60,
            passing=True,
            holds=True,
        ),
        "done": Step(done, {Pressed: PRINT, SlipTaken: "in_hand"}, timeout_s=Pace.DONE),
        "in_hand": Step(in_hand, {Pressed: PRINT}, timeout_s=IN_HAND_S),
        "sent": Step(sent, {Pressed: PRINT}),
        "not_printed": Step(not_printed, {Pressed: PRINT}, timeout_s=120),
        "have_one": Step(have_one, {Pressed: PRINT}),
        **identify("finding", NOT_NOW, HOME, prefix="find_card"),
        "finding": Step(
            find,
            {TicketsFound: found, CentreAway: ask_again, CentreSaidNo: "refused"},
            finding_entry,
            timeout_s=60,
            passing=True,
        ),
        "several": Step(several, {Chosen: open_found}),
        "none_found": Step(none_found, {Pressed: press(take="choose")}, passing=True),
        "give_up": Step(give_up, {Confirmed: give_up_now, Pressed: press(keep="have_one")}),
        "giving_up": Step(
            wait(msg("Giving the number up"), msg("This takes a moment."), "ticket-outline", 2),
            {TicketGivenUp: remember_given_up, **OUTSIDE},
            lambda answers: (GiveUpTicket(ticket_of(answers).id),),
            timeout_s=60,
            passing=True,
            holds=True,
        ),
        "given_up": Step(given_up, {Pressed: press()}),
        "away": Step(away, {Pressed: press(again=retry)}, timeout_s=120, passing=True),
        "refused": Step(refused, {Pressed: press()}, passing=True),
    },
    anywhere=ANYWHERE,
)
