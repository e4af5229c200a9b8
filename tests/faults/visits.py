"""Which visits use which device, and how: one entry per kind of device. A kind without one fails a test.

To add a kind: say which calls of its port are the use, which faults it puts up with, and which visits use it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.events import Chosen, Confirmed, Pressed, Typed, Woken
from tests.faults.people import Act, again_if, again_or, lay_card, take_card, touch


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
    left: str = ""
    """Where one stands after "not now"."""

    @property
    def named(self) -> frozenset[str]:
        """Every step where it may end."""
        return self.good | self.ends | {self.left, "ticket.away"} - {""}


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
    aside: bool = False
    """Whether no visit depends on it: then every one ends well, whatever happens to it."""


WAKE: Mapping[str, Act] = {"home.attract": touch(Woken()), "ticket.away": again_if(2)}
"""On a machine with much to do the centre may take longer than the kiosk waits for it."""


def identify(step: str, way_round: str, reader: str = "card_reader") -> Mapping[str, Act]:
    """The steps of `journeys.common.identify`, with the card on this reader."""
    return {
        step: lay_card(reader),
        f"{step}_left": take_card,
        f"{step}_slot_left": take_card,
        f"{step}_unreadable": again_or(way_round),
        f"{step}_slot_unreadable": again_or(way_round),
        f"{step}_not_genuine": again_or(way_round),
        f"{step}_no_reader": again_or(way_round),
    }


PRINTED = frozenset({"ticket.done"})
NOT_PRINTED = frozenset({"ticket.sent", "ticket.not_printed", "ticket.have_one", "ticket.refused"})
TAKE: Mapping[str, Act] = {
    **WAKE,
    "home.home": touch(Chosen("ticket")),
    "ticket.choose": touch(Chosen("general")),
    **identify("ticket.card", "without_card"),
    "ticket.review": touch(Confirmed()),
}
TICKET_BY_SOCIAL_CARD = Visit(
    "ticket by social card",
    {**TAKE, **identify("ticket.card", "without_card", "citizen_card_reader")},
    PRINTED,
    NOT_PRINTED,
    after="ticket.review",
)
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
    frozenset({"ticket.find_card_no_reader", "ticket.none_found", "ticket.refused"}),
    after="ticket.have_one",
    has_number=True,
    left="home.home",
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
    "citizen_card_reader": Use("await_card", "read", frozenset({"fault:slow"}), (TICKET_BY_SOCIAL_CARD,)),
    "board": Use("light", "light", frozenset(), (TICKET_ON_SLIP,), aside=True),
    "ticket_printer": Use(
        "print",
        "print",
        frozenset({"use_up:near-end", "fault:near-end"}),
        (TICKET_ON_SLIP, guide("slip")),
        prints=True,
        either=frozenset({"fault:half-answers", "fault:head-hot-in-slip", "fault:noise"}),
    ),
    "a4_printer": Use(
        "print", "print", frozenset({"fault:paper_low", "fault:toner_low", "fault:low"}), (guide("a4"),), prints=True
    ),
}

NO_JOURNEY = "is asked for by no journey yet; its faults are played against its port and its effect in "
NO_VISIT: Mapping[str, str] = {
    "document_scanner": NO_JOURNEY + "tests/conformance/test_document_scanner.py and tests/test_scans.py",
    "document_camera": NO_JOURNEY + "tests/conformance/test_document_camera.py and tests/test_camera_handlers.py",
    "code_scanner": NO_JOURNEY + "tests/conformance/test_code_scanner.py and tests/test_codes.py",
    "power": "decides whether a visit may begin and is used in none",
    "voice": "speaks what every screen shows; no visit waits for it or is told by it that something was done",
    "headphones": "a switch: in or out is its whole state, and both are ordinary; tests/screens/test_narrator.py turns it",
}
"""Kinds of device that no visit uses, and why that is so."""
