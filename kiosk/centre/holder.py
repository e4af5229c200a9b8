"""Who holds a ticket, without saying who: a keyed digest of card kind and number."""

import hashlib
import hmac
import re

from kiosk.ports.card_reader import CardKind, IdCard

FOREIGN = re.compile(r"[A-Z]{3}[0-9]{12}")
"""The number of a foreigner's card of 2017; that of 2023 has eighteen digits, the first one a 9 (GB 11643 has none)."""
PERMITS = ("81", "82", "83")
"""Hong Kong, Macau and Taiwan, as the first digits of a residence permit's number."""


def holder_digest(holder_key: str, card: IdCard) -> str:
    """HMAC-SHA256 of the card's kind and number under the centre's `holder_key` (64 hex digits), as 64 hex digits.

    The same person with the same card is the same digest at every kiosk of a centre; ID numbers are few enough to be
    tried one by one, so without the key the digest would be no secret. A social-security card carries the number of its
    holder's ID card, and is the same person.
    """
    number = card.number.strip().upper()
    kind = identity_kind(number) if card.kind is CardKind.SOCIAL_SECURITY else card.kind
    message = f"{kind.value}:{number}"
    return hmac.new(bytes.fromhex(holder_key), message.encode(), hashlib.sha256).hexdigest()


def identity_kind(number: str) -> CardKind:
    """The kind of ID card that has such a number."""
    if FOREIGN.fullmatch(number):
        return CardKind.FOREIGNER_2017
    if number.startswith("9"):
        return CardKind.FOREIGNER_2023
    return CardKind.HMT_PERMIT if number.startswith(PERMITS) else CardKind.RESIDENT
