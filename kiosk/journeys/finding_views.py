"""What the search for one's cases shows."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kiosk import availability
from kiosk.cases import number as case_number
from kiosk.events.touches import Pressed
from kiosk.journeys.common import ANOTHER, FINISH, wait
from kiosk.texts import Msg, Text, msg
from kiosk.views.choose import ChooseView
from kiosk.views.fields import FieldKind, FieldView
from kiosk.views.parts import Action, Option, Tone
from kiosk.views.told import MessageView, WaitView

if TYPE_CHECKING:
    from kiosk.journeys.model import Answers
    from kiosk.views.model import View
    from kiosk.world import World

OTHER_WAY = Action(Pressed("other_way"), msg("Find it another way"), "swap-horizontal")
NEXT = Action(Pressed("next"), msg("Continue"), "arrow-right", main=True)
AGAIN = Action(Pressed("again"), msg("Try again"), "refresh", main=True)
FINISH_SMALL = replace(FINISH, main=False)
WRONG_NUMBER = msg("These digits are not a case number. Please compare them with your receipt.")
SHORT_NUMBER = msg("A case number has 14 digits.")
WRONG_PHONE = msg("Please type exactly four digits.")
TOKEN = re.compile(r"[A-Za-z0-9_-]{20,64}")


@dataclass(frozen=True, repr=False)
class Search:
    """What was entered: the receipt's token, or number and digits, and what is wrong with what stands in the field."""

    token: str = ""
    number: str = ""
    phone4: str = ""
    error: Text = ""


def token_in(code: str, public_url: str) -> str | None:
    """The token of a receipt's address `<public_url>/c/<token>`; None for a code of something else. Where the centre's public
    address is not known, any address that ends so is taken: the centre knows its tokens."""
    start, _, token = code.strip().rstrip("/").rpartition("/c/")
    known = start == public_url.rstrip("/") if public_url else start.startswith("http")
    return token if known and TOKEN.fullmatch(token) else None


def ways(_answers: Answers, world: World) -> View:
    """The three ways; one that does not work now says why."""
    card, scanner = availability.card_reader(world), availability.code_scanner(world)
    return ChooseView(
        msg("How can we find your case?"),
        (
            _way("card", msg("With my ID card"), msg("Shows all your cases"), "card-account-details-outline", card),
            _way("receipt", msg("With the QR code on my receipt"), msg("Shows this one case"), "qrcode-scan", scanner),
            _way(
                "number",
                msg("With the case number"),
                msg("And the last four digits of your phone"),
                "numeric",
                availability.YES,
            ),
        ),
        actions=(ANOTHER,),
    )


def _way(key: str, title: Msg, detail: Msg, icon: str, can: availability.Availability) -> Option:
    return Option(key, title, detail, icon, can.available, can.note)


def receipt(_answers: Answers, _world: World) -> View:
    """Waiting for the receipt's code."""
    return WaitView(
        msg("Hold the QR code of your receipt under the scanner"),
        msg("The scanner lights up. Hold the paper or your phone about 10 cm away."),
        "qrcode-scan",
        points_down=True,
        actions=(OTHER_WAY,),
    )


def other_code(_answers: Answers, _world: World) -> View:
    """A code of something else."""
    return _trouble(
        msg("This code is not from a receipt of a case"),
        msg("It was not opened and not kept. The right code is on the receipt of your case, at the bottom."),
        "qrcode-remove",
    )


def no_scanner(_answers: Answers, _world: World) -> View:
    """No code can be read now."""
    return _trouble(
        msg("Codes cannot be read here now"),
        msg("You can use your ID card or type the case number."),
        "qrcode-remove",
    )


def _trouble(title: Msg, explain: Msg, icon: str) -> View:
    return MessageView(Tone.TROUBLE, title, explain, icon, actions=(OTHER_WAY, AGAIN))


def number(answers: Answers, _world: World) -> View:
    """The case number."""
    search: Search = answers.search
    return FieldView(
        msg("What is your case number?"),
        search.number,
        FieldKind.DIGITS,
        msg("14 digits, in large type on your receipt."),
        hint=case_number.spaced("20261124000015"),
        error=search.error,
        actions=(OTHER_WAY, NEXT),
    )


def phone(answers: Answers, _world: World) -> View:
    """The last four digits of the telephone."""
    search: Search = answers.search
    return FieldView(
        msg("The last four digits of your phone number?"),
        search.phone4,
        FieldKind.DIGITS,
        msg("Of the phone number that you gave when you applied."),
        error=search.error,
        actions=(OTHER_WAY, NEXT),
    )


looking = wait(msg("Looking for your cases"), msg("This takes a moment."), "magnify", 2)


def nothing(_answers: Answers, _world: World) -> View:
    """A card without a case."""
    return MessageView(
        Tone.NOTE,
        msg("There is no case under this card"),
        msg("A case that somebody else handed in for you is found by its receipt or its number."),
        "folder-search-outline",
        actions=(FINISH_SMALL, replace(OTHER_WAY, main=True)),
    )


def unknown(_answers: Answers, _world: World) -> View:
    """Which of the two was wrong is not said."""
    return MessageView(
        Tone.NOTE,
        msg("No case was found"),
        msg("Please compare the number and the phone digits with your receipt. Or use your ID card."),
        "folder-search-outline",
        actions=(FINISH_SMALL, replace(OTHER_WAY, main=True)),
    )


def away(_answers: Answers, _world: World) -> View:
    """The centre cannot be reached."""
    return MessageView(
        Tone.TROUBLE,
        msg("No connection to the hall's system"),
        msg("Your cases could not be looked up. Nothing about them has changed."),
        "lan-disconnect",
        steps=(msg("Try again."), msg("Or ask at the front desk.")),
        actions=(ANOTHER, FINISH_SMALL, AGAIN),
    )


def refused(_answers: Answers, _world: World) -> View:
    """The centre said no."""
    return MessageView(
        Tone.TROUBLE,
        msg("This cannot be looked up here now"),
        msg("The hall's system did not accept it. Nothing was changed. The front desk can help you."),
        "alert-circle-outline",
        actions=(OTHER_WAY, FINISH),
    )
