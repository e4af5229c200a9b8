"""Which visits use which device, and how: one entry per kind of device. A kind without one fails a test.

To add a kind: say which calls of its port are the use, which faults it puts up with, and which visits use it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.events import Chosen, Confirmed, Pressed, Typed, Woken
from tests.faults.people import Act, again_or, lay_card, take_card, touch


@dataclass(frozen=True)
class Visit:
    """What a person does at which step. `good`: where it ends when everything works. `ends`: every other step where it
    may end, each with a screen that says what is so and a way on. `after`: the step where the device has done its work.
    `has_number`: whether the person has taken a number before they come."""

    name: str
    policy: Mapping[str, Act]
    good: frozenset[str]
    ends: frozenset[str]
    after: str
    has_number: bool = False


@dataclass(frozen=True)
class Use:
    """How visits use a kind of device. `begins`, `works`: the calls of its port in which the use begins (its first byte)
    and does its work (mid-way, last byte). `harmless`: the faults with which it must work all the same; with every other
    one that is there from the start it must not claim to have worked. `either`: those with which it may or may not."""

    begins: str
    works: str
    harmless: frozenset[str]
    visits: tuple[Visit, ...]
    prints: bool = False
    either: frozenset[str] = frozenset()


WAKE: Mapping[str, Act] = {"home.attract": touch(Woken())}


def identify(step: str, way_round: str) -> Mapping[str, Act]:
    """The steps of `journeys.common.identify`."""
    return {
        step: lay_card,
        f"{step}_left": take_card,
        f"{step}_unreadable": again_or(way_round),
        f"{step}_not_genuine": again_or(way_round),
        f"{step}_no_reader": again_or(way_round),
    }


PRINTED = frozenset({"ticket.done"})
NOT_PRINTED = frozenset({"ticket.sent", "ticket.not_printed", "ticket.have_one", "ticket.away", "ticket.refused"})
TAKE: Mapping[str, Act] = {
    **WAKE,
    "home.home": touch(Chosen("ticket")),
    "ticket.choose": touch(Chosen("general")),
    **identify("ticket.card", "without_card"),
    "ticket.review": touch(Confirmed()),
}
TICKET_BY_CARD = Visit("ticket", TAKE, PRINTED, NOT_PRINTED, after="ticket.review")
TICKET_ON_SLIP = Visit("ticket", TAKE, PRINTED, NOT_PRINTED, after="ticket.done")
GIVE_UP = Visit(
    "give up",
    {
        **WAKE,
        "home.home": touch(Chosen("ticket")),
        "ticket.choose": touch(Chosen("mine")),
        **identify("ticket.find_card", "not_now"),
        "ticket.find_card_no_reader": touch(),
        "ticket.have_one": touch(Pressed("give_up")),
        "ticket.give_up": touch(Confirmed()),
    },
    frozenset({"ticket.given_up"}),
    frozenset({"ticket.find_card_no_reader", "ticket.find_card", "ticket.away", "ticket.refused", "home.home"}),
    after="ticket.have_one",
    has_number=True,
)


def guide(button: str) -> Visit:
    """A guide is looked for and taken along on paper; on the phone where there is no printer."""
    return Visit(
        f"guide on {button}",
        {
            **WAKE,
            "home.home": touch(Chosen("search")),
            "guide.search": touch(Typed("kaifandian"), Chosen("food-new")),
            "guide.guide": touch(Pressed(button), otherwise=Pressed("qr")),
        },
        frozenset({"guide.printed"}),
        frozenset({"guide.not_printed", "guide.sent", "guide.qr"}),
        after="guide.printed",
    )


USES: Mapping[str, Use] = {
    "card_reader": Use(
        "await_card",
        "read",
        frozenset({"fault:noise", "fault:split"}),
        (TICKET_BY_CARD, GIVE_UP),
        # Answers that lag one behind: a card that was not seen to go before them is not seen to go.
        either=frozenset({"fault:duplicate"}),
    ),
    "ticket_printer": Use(
        "print", "print", frozenset({"use_up:near-end"}), (TICKET_ON_SLIP, guide("slip")), prints=True
    ),
    "a4_printer": Use(
        "print", "print", frozenset({"fault:paper_low", "fault:toner_low", "fault:low"}), (guide("a4"),), prints=True
    ),
}

NO_VISIT: Mapping[str, str] = {
    "voice": "speaks what every screen shows; no visit waits for it or is told by it that something was done",
    "headphones": "a switch: in or out is its whole state, and both are ordinary; tests/screens/test_narrator.py turns it",
}
"""Kinds of device that no visit uses, and why that is so."""
