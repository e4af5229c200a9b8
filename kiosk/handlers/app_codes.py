"""The holder of a code of the citizens' app, as if their card had been read."""

from kiosk.centre.holder import identity_kind
from kiosk.contract.cases import AppIdentity
from kiosk.events.cards import CardRead
from kiosk.ports.card_reader import IdCard


def card_read(identity: AppIdentity) -> CardRead:
    """The kind of card follows from the number, so that app and card are the same person to the centre."""
    return CardRead(IdCard(identity_kind(identity.number.strip().upper()), identity.number, identity.name))
