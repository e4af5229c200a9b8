"""What collecting a result shows: what can be printed here, what is in the post or at a window; what is known of the paper."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kiosk import availability
from kiosk.cases.number import spaced
from kiosk.catalogue.kinds import ResultDelivery
from kiosk.errors import REMEDIES, Fault
from kiosk.events.touches import Confirmed, Pressed
from kiosk.journeys import case_words as words
from kiosk.journeys.common import ANOTHER, FINISH
from kiosk.journeys.finding_views import AGAIN, FINISH_SMALL, Search
from kiosk.journeys.model import Goto
from kiosk.texts import Msg, Text, msg
from kiosk.views.choose import ChooseView
from kiosk.views.parts import Action, Fact, Option, Tone
from kiosk.views.told import MessageView, ReviewView

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kiosk.contract.cases import CaseView, Progress, ResultOffer
    from kiosk.ports.card_reader import IdCard
    from kiosk.views.model import View
    from kiosk.world import World

OTHERS = Action(Pressed("results"), msg("See the other results"), "format-list-bulleted")
RATE = Action(Pressed("rate"), msg("Rate our service"), "star-outline")
AT_THE_DESK = msg("The front desk can help you.")
REFUSED: Mapping[str, Msg] = {
    "no-prints-left": msg("It has been printed as often as it may be at terminals. The window can give you another."),
    "not-printable": msg("This result is not printed at terminals. The front desk tells you how you get it."),
    "not-fetched": msg("The document did not arrive whole. Nothing was printed and nothing is counted. Please try again."),
}  # fmt: skip
"""Why a result is not printed, by the code of ResultRefused."""


@dataclass(frozen=True, repr=False)
class CollectAnswers:
    """Whose cases were found; the result (or the part, for what is not printed) that was chosen; the key of the print."""

    holder: IdCard | None = None
    search: Search = field(default_factory=Search)
    found: tuple[CaseView, ...] = ()
    chosen: str = ""
    key: str = ""
    fault: Fault = Fault.HARDWARE
    code: str = ""

    def each(self) -> Iterator[tuple[CaseView, Progress]]:
        """Every part of every case."""
        return ((case, part) for case in self.found for part in case.parts)

    @property
    def result(self) -> tuple[CaseView, ResultOffer]:
        """The chosen result and its case. Raises StopIteration where none is chosen."""
        return next((case, one) for case, part in self.each() for one in part.results if one.id == self.chosen)

    @property
    def part(self) -> tuple[CaseView, Progress]:
        """The chosen part and its case. Raises StopIteration where none is chosen."""
        return next((case, part) for case, part in self.each() if part.number == self.chosen)


def begin_collect(cases: tuple[CaseView, ...]) -> Goto:
    """Into the journey with cases that are known already."""
    return Goto("collect.results", CollectAnswers(found=cases))


def without_one(answers: CollectAnswers) -> CollectAnswers:
    """After a print that counts: one less of the chosen result, until the centre is asked again."""

    def less(one: ResultOffer) -> ResultOffer:
        left = max(0, one.prints_left - 1)
        return one.model_copy(update={"prints_left": left}) if one.id == answers.chosen else one

    def in_part(part: Progress) -> Progress:
        return part.model_copy(update={"results": tuple(less(one) for one in part.results)})

    def in_case(case: CaseView) -> CaseView:
        return case.model_copy(update={"parts": tuple(in_part(part) for part in case.parts)})

    return replace(answers, found=tuple(in_case(case) for case in answers.found))


def results(answers: CollectAnswers, world: World) -> View:
    """What is ready, and where."""
    printer = availability.printing(world, "a4_printer")
    options = [_printed(case, one, printer) for case, part in answers.each() for one in part.results]
    options += [_elsewhere(case, part, way) for case, part in answers.each() if (way := way_of(part))]
    return ChooseView(
        msg("Your results"),
        tuple(options),
        empty=msg("No result is ready yet. Progress shows how far your case is."),
        actions=(ANOTHER, FINISH_SMALL),
    )


def _printed(case: CaseView, one: ResultOffer, printer: availability.Availability) -> Option:
    reason: Text = printer.note
    if not one.prints_left:
        reason = msg("Printed as often as it may be here. The window can give you another.")
    detail = msg("{case} · {prints}", case=case.title, prints=words.prints(one.prints_left))
    can = bool(one.prints_left) and printer.available
    return Option(one.id, one.title, detail, "printer-outline", can, "" if can else reason)


def _elsewhere(case: CaseView, part: Progress, way: ResultDelivery) -> Option:
    title, icon = _WAYS[way]
    return Option(part.number, part.title, msg("{case} · {way}", case=case.title, way=title), icon)


_WAYS: Mapping[ResultDelivery, tuple[Msg, str]] = {
    ResultDelivery.POST: (msg("sent by post"), "truck-outline"),
    ResultDelivery.WINDOW: (msg("ready at the window"), "map-marker"),
    ResultDelivery.ELECTRONIC: (msg("as an electronic licence"), "cellphone-check"),
}


def way_of(part: Progress) -> ResultDelivery | None:
    """The way, other than this terminal's printer, that it is on; None where it is on none. What is in the post is in the post,
    whatever was wished for."""
    if part.parcel is not None:
        return ResultDelivery.POST
    if words.at_window(part):
        return ResultDelivery.WINDOW
    electronic = part.delivery is ResultDelivery.ELECTRONIC and part.state in words.READY
    return ResultDelivery.ELECTRONIC if electronic else None


def elsewhere(answers: CollectAnswers, world: World) -> View:
    """In the post with its number, at which window and when, or in the citizens' app."""
    case, part = answers.part
    return MessageView(
        Tone.PLAIN,
        part.title,
        _how(part),
        _WAYS[way_of(part) or part.delivery][1],
        facts=_facts(part, world),
        actions=(*_after(case), FINISH),
    )


def _how(part: Progress) -> Msg:
    if part.parcel:
        return msg("It is on its way to you. The carrier tells more under this number.")
    if words.at_window(part):
        return words.where(part)
    return msg("You find it in the citizens' app, under your licences. It counts like paper.")


def _facts(part: Progress, world: World) -> tuple[Fact, ...]:
    if part.parcel:
        latest = tuple(Fact(text, words.day(at, world), "truck-outline") for at, text in part.parcel.events[-1:])
        carrier = msg("Tracking number, {carrier}", carrier=part.parcel.carrier)
        return (Fact(part.parcel.number, carrier, "barcode"), *latest)
    if part.window is not None and words.at_window(part):
        return (Fact(msg("window {window}", window=str(part.window)), msg("Bring your ID card"), "map-marker"),)
    return ()


def _after(case: CaseView) -> tuple[Action, ...]:
    return (OTHERS, *(() if case.rated else (RATE,)))


def confirm(answers: CollectAnswers, _world: World) -> View:
    """Look once more: a print counts."""
    case, one = answers.result
    return ReviewView(
        msg("Print this result?"),
        (
            (msg("Result"), one.title),
            (msg("Case number"), spaced(case.number)),
            (msg("Prints"), words.prints(one.prints_left)),
        ),
        (
            Action(Pressed("results"), msg("See the other results"), "arrow-left"),
            Action(Confirmed(), msg("Print it now"), "printer-outline", main=True),
        ),
        explain=msg("It is printed on A4. A print counts only when paper comes out."),
        icon="file-certificate-outline",
    )


def printed(answers: CollectAnswers, _world: World) -> View:
    """The printer says that the paper is out."""
    case, one = answers.result
    return MessageView(
        Tone.DONE,
        msg("Your document. Please take the paper"),
        msg("The QR code on it shows everybody that it is genuine. Do not forget your card."),
        "check-circle",
        big_note=words.prints(one.prints_left),
        actions=(*_after(case), FINISH),
    )


def sent(answers: CollectAnswers, _world: World) -> View:
    """The printer took it and cannot tell: it counts, since a document may be out."""
    case, _one = answers.result
    return MessageView(
        Tone.NOTE,
        msg("The document was sent to the printer"),
        msg("This printer cannot tell whether paper came out, so the print counts. If none came, ask at the front desk."),
        "printer-alert",
        actions=(*_after(case), FINISH),
    )  # fmt: skip


def not_printed(answers: CollectAnswers, _world: World) -> View:
    """Nothing, or not all, came out."""
    return MessageView(
        Tone.TROUBLE,
        msg("The document was not printed. It is not counted"),
        REMEDIES[answers.fault].resident,
        "printer-alert",
        steps=(msg("Try again."), msg("Or fetch it at the window; bring your ID card.")),
        actions=(OTHERS, FINISH_SMALL, AGAIN),
    )


def unsure(_answers: CollectAnswers, _world: World) -> View:
    """The printer did not end in time."""
    return MessageView(
        Tone.TROUBLE,
        msg("We do not know whether the document came out"),
        msg("The printer did not answer in time. If no paper came out, please ask at the front desk."),
        "help-circle-outline",
        actions=(OTHERS, FINISH),
    )


def refused(answers: CollectAnswers, _world: World) -> View:
    """Why not, and what one can do."""
    again = answers.code == "not-fetched"
    return MessageView(
        Tone.TROUBLE,
        msg("The result was not printed"),
        REFUSED.get(answers.code, AT_THE_DESK),
        "printer-off-outline",
        actions=(OTHERS, FINISH_SMALL, AGAIN) if again else (OTHERS, FINISH),
    )


def away(_answers: CollectAnswers, _world: World) -> View:
    """The centre cannot be reached."""
    return MessageView(
        Tone.TROUBLE,
        msg("No connection to the hall's system"),
        msg("Nothing was printed. Trying again is safe: it is not counted twice."),
        "lan-disconnect",
        actions=(OTHERS, FINISH_SMALL, AGAIN),
    )
