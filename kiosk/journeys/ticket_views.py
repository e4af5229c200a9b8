"""What the ticket journey shows: queues, the review, the number in large digits, and what is known about the paper."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from kiosk import availability
from kiosk.errors import REMEDIES, Fault
from kiosk.events.touches import Confirmed, Pressed
from kiosk.journeys.common import (
    ANOTHER,
    FINISH,
    HOME,
    masked_name,
    masked_number,
    wait,
)
from kiosk.ports.card_reader import IdCard
from kiosk.texts import Msg, Series, Text, counted, msg
from kiosk.ticket_state import TicketState
from kiosk.views.choose import ChooseView
from kiosk.views.model import View
from kiosk.views.parts import Action, Fact, Option, QrCode, Tone
from kiosk.views.told import MessageView, ReviewView
from kiosk.world import World

if TYPE_CHECKING:
    from kiosk.contract.tickets import ServiceQueue, Ticket

MINE = "mine"
WITHOUT_CARD = Action(Pressed("without_card"), msg("Go on without a card"), "card-off-outline")
NONE_NOW = Action(Pressed("another"), msg("Take none now"), "arrow-left")
GIVE_UP = Action(Pressed("give_up"), msg("Give this number up"), "ticket-outline")


@dataclass(frozen=True, repr=False)
class TicketAnswers:
    """The queue, who it is for (None: without a card), the key of the submission, the ticket."""

    queue: str = ""
    holder: IdCard | None = None
    key: str = ""
    ticket: Ticket | None = None
    found: tuple[Ticket, ...] = ()
    fault: Fault = Fault.HARDWARE
    retry: str = HOME


def choose(_answers: TicketAnswers, world: World) -> View:
    """The queues with how long they are, and one's own number."""
    options = tuple(queue_option(queue) for queue in world.queues or ())
    mine = Option(MINE, msg("I already have a number"), msg("See it, print it again or give it up"), "ticket-account")
    can = availability.ticket(world)
    return ChooseView(
        msg("Which matter is it about?"),
        (*options, mine) if world.queues is not None else (),
        explain="" if can.available else can.note,
        empty=msg("No connection to the hall's system. Please take a number at the front desk."),
    )


def queue_option(queue: ServiceQueue) -> Option:
    """A queue as a tile."""
    closed = msg("These windows are closed now.")
    return Option(
        queue.id,
        queue.title,
        msg("{waiting} · {wait}", waiting=people_ahead(queue.waiting), wait=about(queue.estimated_wait_s)),
        "account-multiple-outline",
        queue.open,
        "" if queue.open else closed,
    )


def people_ahead(n: int) -> Msg:
    """How many are waiting."""
    return counted("{n} person ahead", "{n} people ahead", n) if n else msg("nobody ahead")


def about(seconds: int) -> Msg:
    """An estimate, rounded up to whole minutes: never more precise than it is."""
    minutes = -(-seconds // 60)
    return msg("about {time}", time=timedelta(minutes=minutes)) if minutes else msg("no wait")


def windows(numbers: tuple[int, ...]) -> Text:
    """Window 3 / windows 3–6 / windows 3 and 5."""
    ordered = sorted(numbers)
    if len(ordered) == 1:
        return msg("window {window}", window=str(ordered[0]))
    if ordered == list(range(ordered[0], ordered[-1] + 1)):
        return msg("windows {span}", span=f"{ordered[0]}–{ordered[-1]}")
    return msg("windows {span}", span=Series(tuple(str(number) for number in ordered)))


def review(answers: TicketAnswers, world: World) -> View:
    """Look once more before a number is taken."""
    queue = world.queue(answers.queue)
    rows: list[tuple[Text, Text]] = [(msg("Matter"), queue.title if queue else answers.queue)]
    rows += _whose(answers.holder, world)
    if queue:
        rows += [
            (msg("In the queue"), people_ahead(queue.waiting)),
            (msg("Wait"), about(queue.estimated_wait_s)),
            (msg("Called to"), windows(queue.windows)),
        ]
    return ReviewView(
        msg("Take this number?"),
        tuple(rows),
        (Action(Confirmed(), msg("Take the number"), "ticket-confirmation", main=True), NONE_NOW),
        explain=msg("Your ID number is not kept; it only makes sure that one person has one number."),
        icon="ticket-confirmation-outline",
    )


def _whose(card: IdCard | None, world: World) -> list[tuple[Text, Text]]:
    """Rows that say whose number it will be."""
    if card is None:
        return [(msg("Name"), msg("without a card"))]
    rows: list[tuple[Text, Text]] = [(msg("Name"), masked_name(card)), (msg("Card number"), masked_number(card))]
    if card.valid_until and card.valid_until < world.now.date():
        expired = msg("Your card expired on {date}. Applying needs a valid one.", date=card.valid_until)
        rows.append((msg("Please note"), expired))
    return rows


def about_to(step: str) -> Msg:
    """What was tried when the centre went away."""
    return {
        "taking": msg("We do not know whether your number was taken. Trying again is safe: you will not get two."),
        "finding": msg("Your numbers could not be looked up."),
        "giving_up": msg("We do not know whether the number was given up. Trying again is safe."),
    }[step]


def away(answers: TicketAnswers, _world: World) -> View:
    """The centre cannot be reached."""
    return MessageView(
        Tone.TROUBLE,
        msg("No connection to the hall's system"),
        about_to(answers.retry),
        "lan-disconnect",
        steps=(msg("Try again."), msg("Or take a number at the front desk.")),
        actions=(Action(Pressed("again"), msg("Try again"), "refresh", main=True), ANOTHER, FINISH_SMALL),
    )


FINISH_SMALL = replace(FINISH, main=False)


def refused(_answers: TicketAnswers, _world: World) -> View:
    """The centre said no."""
    return MessageView(
        Tone.TROUBLE,
        msg("This cannot be done here now"),
        msg("The hall's system did not accept it. Nothing was changed. The front desk can help you."),
        "alert-circle-outline",
        actions=(ANOTHER, FINISH),
    )


def ticket_of(answers: TicketAnswers) -> Ticket:
    """The ticket of the steps after taking. Raises ValueError before there is one."""
    if answers.ticket is None:
        raise ValueError("there is no ticket yet")
    return answers.ticket


def facts(ticket: Ticket) -> tuple[Fact, ...]:
    """Where, how many ahead, how long."""
    if ticket.state is TicketState.CALLED and ticket.window is not None:
        return (Fact(msg("Please go now"), msg("window {window}", window=str(ticket.window)), "bullhorn-outline"),)
    return (
        Fact(windows(ticket.windows), ticket.queue_title, "map-marker"),
        Fact(people_ahead(ticket.ahead), about(ticket.estimated_wait_s), "account-multiple-outline"),
    )


def number_page(
    answers: TicketAnswers,
    world: World,
    tone: Tone,
    title: Msg,
    explain: Msg,
    icon: str,
    *actions: Action,
    note: Text = "",
    code: bool = True,
) -> MessageView:
    """The number as large as the screen allows, with what is known about the paper; `code`: how to follow it by phone."""
    ticket = ticket_of(answers)
    follow = QrCode(world.ticket_url(ticket.token), msg("Follow your number on your phone"))
    return MessageView(
        tone,
        title,
        explain,
        icon,
        big=ticket.number,
        big_note=note,
        facts=facts(ticket),
        qr=follow if code and world.station.public_url else None,
        actions=actions,
    )


def done(answers: TicketAnswers, world: World) -> View:
    """The paper is out."""
    return _on_paper(answers, world, msg("Your number. Please take the slip"))


def in_hand(answers: TicketAnswers, world: World) -> View:
    """The slip was taken."""
    return _on_paper(answers, world, msg("Your number"))


def _on_paper(answers: TicketAnswers, world: World, title: Msg) -> View:
    explain = msg("Do not forget your card. Listen for your number and watch the hall's screen.")
    actions = (GIVE_UP, ANOTHER, FINISH)
    return number_page(answers, world, Tone.DONE, title, explain, "check-circle", *actions, code=False)


def sent(answers: TicketAnswers, world: World) -> View:
    """The printer took it and cannot tell."""
    explain = msg("The slip was sent to the printer. If no paper has come out, note the number or scan the code.")
    title, actions = msg("Your number. Please check the slip"), (GIVE_UP, ANOTHER, FINISH)
    return number_page(answers, world, Tone.NOTE, title, explain, "printer-outline", *actions)


def have_one(answers: TicketAnswers, world: World) -> View:
    """The number this person has already."""
    explain = msg("One number per person and matter. Yours keeps its place.")
    again = Action(Pressed("print"), msg("Print it again"), "receipt-text-outline")
    title, actions = msg("You already have this number"), (again, GIVE_UP, FINISH)
    return number_page(answers, world, Tone.NOTE, title, explain, "ticket-account", *actions)


def not_printed(answers: TicketAnswers, world: World) -> View:
    """The number counts, the paper did not come: said so, with the code instead."""
    why, again = REMEDIES[answers.fault].resident, Action(Pressed("print"), msg("Try printing again"), "refresh")
    title, note = (
        msg("The slip was not printed. Your number counts"),
        msg("Please write the number down or scan the code."),
    )
    actions = (again, GIVE_UP, FINISH)
    return number_page(answers, world, Tone.TROUBLE, title, why, "printer-alert", *actions, note=note)


def several(answers: TicketAnswers, _world: World) -> View:
    """Choose among one's own numbers."""
    options = tuple(Option(ticket.id, ticket.number, ticket.queue_title, "ticket-account") for ticket in answers.found)
    return ChooseView(msg("Your numbers"), options)


def none_found(_answers: TicketAnswers, _world: World) -> View:
    """No open number under this card."""
    return MessageView(
        Tone.NOTE,
        msg("This card has no number that is waiting"),
        msg("A number taken without a card can be seen and given up with the QR code on its slip."),
        "ticket-outline",
        actions=(Action(Pressed("take"), msg("Take a number"), "ticket-confirmation", main=True), ANOTHER),
    )


def give_up(answers: TicketAnswers, _world: World) -> View:
    """Ask once."""
    ticket = ticket_of(answers)
    return ReviewView(
        msg("Give this number up?"),
        (
            (msg("Number"), ticket.number),
            (msg("Matter"), ticket.queue_title),
            (msg("In the queue"), people_ahead(ticket.ahead)),
        ),
        (
            Action(Pressed("keep"), msg("Keep the number"), "arrow-left"),
            Action(Confirmed(), msg("Give it up"), "ticket-outline", main=True),
        ),
        explain=msg("You lose your place. You can take a new number at any time."),
        icon="help-circle-outline",
    )


def given_up(answers: TicketAnswers, _world: World) -> View:
    """Done, and what about the paper."""
    return MessageView(
        Tone.DONE,
        msg("The number {number} is given up", number=ticket_of(answers).number),
        msg("You can throw the slip away."),
        "check-circle",
        actions=(ANOTHER, FINISH),
    )


def find(answers: TicketAnswers, _world: World) -> View:
    """Looking."""
    return wait(msg("Looking for your numbers"), msg("This takes a moment."), "magnify", 2)(answers, _world)
