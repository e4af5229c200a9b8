"""What of one service item works at this terminal now, and what people can do about the rest.

An item says what it `needs`, how people identify for it and how its result comes. A need is met by any device that
does the work: a page can be scanned or photographed, a citizen card or a code may stand for an ID card where the item
allows it. Nothing here promises a service that this program does not have (`OFFERED`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from kiosk.availability.model import APPLY, OFFERED, YES, Availability
from kiosk.catalogue.kinds import IdentityMethod, Need, ResultDelivery
from kiosk.texts import Msg, Series, Text, msg

if TYPE_CHECKING:
    from kiosk.catalogue.model import Package, ServiceItem
    from kiosk.world import World

IDENTIFIED_BY: Mapping[IdentityMethod, str] = {
    IdentityMethod.RESIDENT_CARD: "card_reader",
    IdentityMethod.HMT_PERMIT: "card_reader",
    IdentityMethod.FOREIGNER_CARD: "card_reader",
    IdentityMethod.CITIZEN_CARD: "citizen_card_reader",
    IdentityMethod.APP_QR: "code_scanner",
}
"""The device that each way to identify takes."""

MET_BY: Mapping[Need, tuple[str, ...]] = {
    Need.CARD_READER: ("card_reader",),
    Need.CITIZEN_CARD_READER: ("citizen_card_reader",),
    Need.CODE_SCANNER: ("code_scanner",),
    Need.SCANNER: ("document_scanner", "document_camera"),
    Need.TICKET_PRINTER: ("ticket_printer",),
    Need.A4_PRINTER: ("a4_printer",),
    Need.NETWORK: (),
}
"""Devices of which one is enough. For CARD_READER also what the item's ways to identify allow; for the network none."""

MISSED: Mapping[Need, Msg] = {
    Need.NETWORK: msg("reaching the hall's system"),
    Need.CARD_READER: msg("reading ID cards"),
    Need.CITIZEN_CARD_READER: msg("reading citizen cards"),
    Need.CODE_SCANNER: msg("reading codes"),
    Need.SCANNER: msg("scanning papers"),
    Need.A4_PRINTER: msg("printing on A4"),
    Need.TICKET_PRINTER: msg("printing receipts"),
}
"""What people cannot do, in the order it is told."""

OTHER_WAYS: Mapping[ResultDelivery, Msg] = {
    ResultDelivery.POST: msg("by post"),
    ResultDelivery.ELECTRONIC: msg("as an electronic licence"),
    ResultDelivery.WINDOW: msg("at the window"),
}
"""How a result comes where it is not printed here."""

OTHER_MEANS: Mapping[IdentityMethod, Msg] = {
    IdentityMethod.CITIZEN_CARD: msg("citizen card"),
    IdentityMethod.APP_QR: msg("QR code of the app"),
}
"""How people identify where ID cards cannot be read."""

AROUND = frozenset({Need.A4_PRINTER, Need.TICKET_PRINTER, Need.NETWORK})
"""Needs that an application can do without: the result comes another way, the receipt is shown, what is handed in is kept and
sent later."""
AT_A_WINDOW = msg("You can apply at a window.")


def item(world: World, this: ServiceItem, offered: AbstractSet[str] = OFFERED) -> Availability:
    """Whether one can apply for an item here now; the note names what does not work and the way around it. An item
    without questions is not made for terminals."""
    made_for_it = bool(this.form.questions)
    fit = offered if made_for_it else offered - {APPLY}
    unmet = _unmet(world, this, fit)
    here = APPLY in fit and not _stopped_by(unmet, this)
    sentences = [_without_cards(world, this)] if here else []
    if unmet:
        sentences += [in_short(unmet), _way_around(unmet, this, fit)]
    if APPLY in offered and not made_for_it:
        sentences.append(AT_A_WINDOW)
    return Availability(here, _joined([text for text in sentences if text]), unmet)


def package(world: World, this: Package, offered: AbstractSet[str] = OFFERED) -> Availability:
    """Whether one can apply for a package here now: for all of it that applies to everybody, and by one way to identify."""
    items = [world.catalogue.by_id[part.item] for part in this.items if part.when is None]
    items = items or [world.catalogue.by_id[part.item] for part in this.items]
    for each in items:
        can = item(world, each, offered)
        if not can.available:
            return can
    known = set.intersection(*(set(each.identity_methods) for each in items))
    return YES if known else Availability(False, AT_A_WINDOW)


def in_short(unmet: AbstractSet[Need]) -> Text:
    """What does not work, in one short sentence; empty when everything does."""
    things = tuple(MISSED[need] for need in MISSED if need in unmet)
    return msg("Not possible here now: {things}.", things=Series(things)) if things else ""


def items_in_short(world: World, items: Iterable[ServiceItem]) -> tuple[Text, Mapping[str, Text]]:
    """For a list of items: what none of them can have now, said once, and otherwise a short note for each by its id."""
    notes = {this.id: in_short(item(world, this).unmet) for this in items}
    said = set(notes.values())
    if len(said) == 1:
        return said.pop(), {}
    return "", {name: note for name, note in notes.items() if note}


# --- what is not met -----------------------------------------------------------------------------------------


def _unmet(world: World, this: ServiceItem, offered: AbstractSet[str]) -> AbstractSet[Need]:
    """Where one cannot apply anyway, only what is fitted here and out of order is worth a word."""
    needs = {*this.needs, *((Need.A4_PRINTER,) if ResultDelivery.KIOSK_PRINT in this.delivery else ())}
    missing = {need for need in needs if not _met(world, need, this)}
    if APPLY in offered:
        return frozenset(missing)
    return frozenset(need for need in missing if _ways_to_meet(need, this) & world.devices.keys())


def _met(world: World, need: Need, this: ServiceItem) -> bool:
    if need is Need.NETWORK:
        return world.centre_reachable
    return any(world.device(name).works for name in _ways_to_meet(need, this))


def _ways_to_meet(need: Need, this: ServiceItem) -> AbstractSet[str]:
    if need is Need.CARD_READER:
        return {IDENTIFIED_BY[method] for method in this.identity_methods}
    return set(MET_BY[need])


def _stopped_by(unmet: AbstractSet[Need], this: ServiceItem) -> bool:
    """Whether one cannot apply here: something is missing that there is no way around."""
    prints_only = Need.A4_PRINTER in this.needs and not _results_otherwise(this)
    return bool(unmet - AROUND) or (prints_only and Need.A4_PRINTER in unmet)


# --- what one can do -----------------------------------------------------------------------------------------


def _without_cards(world: World, this: ServiceItem) -> Text:
    """ID cards would do and cannot be read, but something else that the item allows can."""
    reader = world.devices.get("card_reader")
    wanted = Need.CARD_READER in this.needs and any(
        IDENTIFIED_BY[way] == "card_reader" for way in this.identity_methods
    )
    means = tuple(
        text
        for method, text in OTHER_MEANS.items()
        if method in this.identity_methods and world.device(IDENTIFIED_BY[method]).works
    )
    if not wanted or reader is None or reader.works or not means:
        return ""
    return msg("ID cards cannot be read here now. You can use this instead: {means}.", means=Series(means, either=True))


def _way_around(unmet: AbstractSet[Need], this: ServiceItem, offered: AbstractSet[str]) -> Text:
    if _stopped_by(unmet, this):
        return AT_A_WINDOW
    return _result(unmet, this, APPLY in offered)


def _result(unmet: AbstractSet[Need], this: ServiceItem, here: bool) -> Text:
    """How one gets the result, or the receipt, where it is not printed here."""
    ways = _results_otherwise(this)
    if Need.A4_PRINTER not in unmet:
        return _still_here(unmet) if here else ""
    if not ways:
        return msg("The front desk can help you with the printed result.")
    if here:
        return msg("You can still apply here. The result can come {ways}.", ways=Series(ways, either=True))
    return msg("The result can come {ways}.", ways=Series(ways, either=True))


def _still_here(unmet: AbstractSet[Need]) -> Text:
    """Without the network, when it is sent."""
    if Need.NETWORK in unmet:
        return msg("You can still apply here: it is kept and sent by itself.")
    return msg("You can still apply here.")


def _results_otherwise(this: ServiceItem) -> tuple[Msg, ...]:
    return tuple(text for way, text in OTHER_WAYS.items() if way in this.delivery)


def _joined(sentences: Sequence[Text]) -> Text:
    """Sentences one after the other."""
    if not sentences:
        return ""
    first, *rest = sentences
    return msg("{sentence} {next}", sentence=first, next=_joined(rest)) if rest else first
