"""Which visits use which device, and how: one entry per kind of device. A kind without one fails a test.

To add a kind: say which calls of its port are the use, which faults it puts up with, and which visits use it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.events.touches import Chosen, Confirmed, Pressed, Typed, UpkeepAsked, Woken
from tests.faults.people import Act, Person, again_if, again_or, lay_card, once, take_card, touch
from tests.hall import PIN


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
    shows: frozenset[str] = frozenset()
    """Steps where something is shown to a device until it notices."""
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
    tried: bool = False
    """Whether it is a technician who tries it: the same step then says that it works, or that it does not."""


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


def trial(kind: str, hand: Act | None = None) -> Visit:
    """A technician tries a device that no resident's visit asks for yet; `hand`: what they do when it is asked for."""
    tried, device = "upkeep.tried", "upkeep.device"
    return Visit(
        f"trial of {kind}",
        {
            "home.attract": touch(UpkeepAsked()),
            "upkeep.pin": touch(Typed(PIN), Pressed("open")),
            "upkeep.devices": touch(Chosen(kind)),
            device: once(touch(Pressed("trial"))),
            "upkeep.trying": hand or (lambda _person: None),
        },
        frozenset({tried}),
        frozenset({device}),
        after=tried,
        shows=frozenset({"upkeep.trying"} if hand else ()),
    )


def show_code(person: Person) -> None:
    """Hold a code before the scanner."""
    person.hall.hand("code_scanner", "show", "receipt")


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
    "document_scanner": Use("scan", "scan", frozenset(), (trial("document_scanner"),), tried=True),
    "document_camera": Use(
        # A covered lens gives a picture; that it is dark is said beside it.
        "start",
        "take",
        frozenset(),
        (trial("document_camera"),),
        tried=True,
        either=frozenset({"cover"}),
    ),
    "code_scanner": Use(
        "await_code",
        "await_code",
        frozenset(),
        (trial("code_scanner", show_code),),
        tried=True,
        # What it sends in place of a code is over when the next code comes.
        either=frozenset(f"fault:{name}" for name in ("noise", "flood", "oversize", "halves", "half", "twice")),
    ),
}

NO_VISIT: Mapping[str, str] = {
    "power": "decides whether a visit may begin and is used in none",
    "voice": "speaks what every screen shows; no visit waits for it or is told by it that something was done",
    "headphones": "a switch: in or out is its whole state, and both are ordinary; tests/screens/test_narrator.py turns it",
}
"""Kinds of device that no visit uses, and why that is so."""
