"""Asks the centre for what concerns queue tickets."""

from collections.abc import Callable, Mapping

from kiosk.context import Context, Handler
from kiosk.effects.model import Effect
from kiosk.effects.tickets import FindTickets, GiveUpTicket, TakeTicket
from kiosk.errors import CentreRefused
from kiosk.events.centre import CentreAway, CentreSaidNo
from kiosk.events.model import Event
from kiosk.events.tickets import TicketGivenUp, TicketsFound, TicketTaken
from kiosk.handlers.results import post
from kiosk.ports.card_reader import IdCard
from kiosk.ports.centre import Centre
from kiosk.ports.worker import Pool, Request


class TicketHandlers:
    """Over the pool and the centre. `digest` makes a holder's digest from a card."""

    def __init__(
        self,
        pool: Pool,
        centre: Callable[[], Centre],
        digest: Callable[[IdCard], str],
        queues_changed: Callable[[], None],
    ) -> None:
        self._pool, self._centre, self._digest, self._queues_changed = pool, centre, digest, queues_changed

    def table(self) -> Mapping[type[Effect], Handler]:
        """Effect -> handler."""
        return {TakeTicket: self._take_ticket, FindTickets: self._find_tickets, GiveUpTicket: self._give_up}

    def _ask_centre(self, ctx: Context, work: Callable[[Centre], Event]) -> Request:
        return self._pool.ask(lambda: work(self._centre()), lambda result: post(ctx, result, centre_trouble))

    def _take_ticket(self, effect: TakeTicket, ctx: Context) -> Request:
        def take(centre: Centre) -> Event:
            holder = self._digest(effect.holder) if effect.holder else None
            taken = centre.take_ticket(effect.queue, holder, effect.key)
            self._queues_changed()
            return TicketTaken(taken.ticket, taken.already_open)

        return self._ask_centre(ctx, take)

    def _find_tickets(self, effect: FindTickets, ctx: Context) -> Request:
        return self._ask_centre(ctx, lambda centre: TicketsFound(centre.open_tickets(self._digest(effect.holder))))

    def _give_up(self, effect: GiveUpTicket, ctx: Context) -> Request:
        def give_up(centre: Centre) -> Event:
            ticket = centre.give_up_ticket(effect.ticket_id)
            self._queues_changed()
            return TicketGivenUp(ticket)

        return self._ask_centre(ctx, give_up)


def centre_trouble(error: Exception) -> Event:
    """The centre's exception as an event. What we do not understand counts as refused, not as "try again"."""
    return CentreSaidNo(error.code) if isinstance(error, CentreRefused) else CentreAway()
