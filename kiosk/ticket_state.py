"""The states of a queue ticket, as the contract has them."""

from enum import StrEnum


class TicketState(StrEnum):
    """waiting -> called -> served; or given up, or expired at the end of the day."""

    WAITING = "waiting"
    CALLED = "called"
    SERVED = "served"
    GIVEN_UP = "given_up"
    EXPIRED = "expired"
