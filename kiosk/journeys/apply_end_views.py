"""How an application ended, as the screen says it: exactly one of kept here, received, accepted, set aside; and what it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.events.touches import Pressed
from kiosk.journeys.apply_handover import TAKE_NUMBER
from kiosk.journeys.apply_model import ApplyAnswers, Paper, Standing, case_url, longest_promise, spaced, working_printer
from kiosk.journeys.apply_notice import paper_says
from kiosk.journeys.common import AGAIN, FINISH
from kiosk.journeys.guide_page import DELIVERY
from kiosk.texts import Msg, Text, counted, msg
from kiosk.views.parts import Action, Fact, QrCode, Tone
from kiosk.views.told import MessageView

if TYPE_CHECKING:
    from kiosk.contract.cases import CaseReceipt
    from kiosk.views.model import View
    from kiosk.world import World

RATE = Action(Pressed("rate"), msg("Rate our service"), "star-outline", main=True)
PRINT = Action(Pressed("print"), msg("Print the receipt"), "printer-outline")
FINISH_SMALL = replace(FINISH, main=False)
TITLES: Mapping[Standing, Msg] = {
    Standing.KEPT: msg("Kept here, not yet sent"),
    Standing.RECEIVED: msg("Received by the hall's system"),
    Standing.ACCEPTED: msg("Accepted by the authority"),
}
MEANING: Mapping[Standing, Msg] = {
    Standing.KEPT: msg("It is safe in this terminal and is sent by itself. Nobody has it yet, and no time limit runs."),
    Standing.RECEIVED: msg("You have handed it in. The authority now looks whether it is complete."),
    Standing.ACCEPTED: msg("The authority has taken it on. Its time limit runs from now."),
}
LOOKS: Mapping[Standing, tuple[Tone, str]] = {
    Standing.KEPT: (Tone.NOTE, "tray-arrow-up"),
    Standing.RECEIVED: (Tone.DONE, "inbox-arrow-down-outline"),
    Standing.ACCEPTED: (Tone.DONE, "check-decagram-outline"),
}
LATER = msg("You can see how it stands at any terminal, with the same card.")


def what_follows(stands: Standing, receipt: CaseReceipt | None) -> tuple[Text, ...]:
    """What the state means from here on (Administrative Licensing Law art. 32: silence for five days is acceptance)."""
    if stands is Standing.KEPT or receipt is None:
        return (msg("You need not wait here, and need not do it again."), LATER)
    if stands is Standing.ACCEPTED:
        return (LATER,)
    return (
        msg("If something is missing, you are told all of it within 5 working days."),
        msg("If not, it counts as accepted from {date}.", date=receipt.received_at.date()),
    )


def done(answers: ApplyAnswers, world: World) -> View:
    """Where it stands, the case number large, what is known about the paper, and what follows."""
    if answers.stands is Standing.SET_ASIDE:
        return _set_aside(answers, world)
    receipt, (tone, icon) = answers.receipt, LOOKS[answers.stands]
    code = msg("Follow your application on your phone")
    follow = receipt and world.station.public_url and QrCode(case_url(world, receipt.token), code)
    return MessageView(
        tone,
        TITLES[answers.stands],
        MEANING[answers.stands],
        icon,
        big=spaced(receipt.number) if receipt else "",
        big_note=msg("Your case number") if receipt else "",
        facts=_facts(answers, world),
        steps=(_paper(answers), *what_follows(answers.stands, receipt)),
        qr=follow or None,
        actions=(*_print(answers, world), FINISH_SMALL, RATE),
    )


def _facts(answers: ApplyAnswers, world: World) -> tuple[Fact, ...]:
    wish, found = answers.case.wish, []
    if answers.stands is Standing.ACCEPTED:
        days = longest_promise(answers.case, world.catalogue)
        found.append(
            Fact(counted("{n} working day", "{n} working days", days), msg("until it is decided"), "clock-outline")
        )
    if wish:
        found.append(Fact(DELIVERY[wish.method], msg("how the result comes"), "truck-delivery-outline"))
    return tuple(found)


def _paper(answers: ApplyAnswers) -> Text:
    """What is printed may be less than what is true by now."""
    if answers.paper in (Paper.OUT, Paper.TAKEN, Paper.SENT) and answers.told is not answers.stands:
        return msg("Your paper says less than is true by now. You can print a new one.")
    return paper_says(answers)


def _print(answers: ApplyAnswers, world: World) -> tuple[Action, ...]:
    if not working_printer(world):
        return ()
    again = answers.paper in (Paper.OUT, Paper.TAKEN) and answers.told is answers.stands
    return (replace(PRINT, label=msg("Print it again")) if again else PRINT,)


def _set_aside(answers: ApplyAnswers, world: World) -> View:
    """The centre refused it: it is kept, nothing is promised, and a person has to look."""
    old = (msg("Your paper is no longer true. It does not count as handed in."),) if answers.told else ()
    return MessageView(
        Tone.TROUBLE,
        msg("It is kept here, but could not be handed in"),
        msg("The hall's system did not take it. Our staff have to look at it."),
        "account-alert-outline",
        steps=(
            *old,
            msg("You need not do it again. Ask at the front desk, or call {phone}.", phone=world.station.enquiry_phone),
            msg("Or take a number: the window can take your papers at once."),
        ),
        actions=(replace(TAKE_NUMBER, main=True), replace(RATE, main=False), FINISH_SMALL),
    )


def not_kept(_answers: ApplyAnswers, _world: World) -> View:
    """It could not be written down: nothing was sent, nothing is promised."""
    return MessageView(
        Tone.TROUBLE,
        msg("It could not be handed in here"),
        msg("This terminal could not write it down. Nothing was sent, and nothing is kept."),
        "content-save-alert-outline",
        steps=(msg("Try again: it will not be handed in twice."), msg("Or take a number and use the window.")),
        actions=(AGAIN, Action(Pressed("hub"), msg("Go back to the application"), "arrow-left"), TAKE_NUMBER),
    )


def unsure(_answers: ApplyAnswers, _world: World) -> View:
    """No answer from the disk."""
    return MessageView(
        Tone.TROUBLE,
        msg("We do not know yet whether it is handed in"),
        msg("Trying again is safe: it will not be handed in twice."),
        "help-circle-outline",
        steps=(msg("Try again."), msg("Or ask at the front desk before you do it anew.")),
        actions=(AGAIN, TAKE_NUMBER),
    )
