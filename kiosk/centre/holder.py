"""Who holds a ticket, without saying who: a keyed digest of card kind and number."""

import hashlib
import hmac

from kiosk.ports.card_reader import IdCard


def holder_digest(holder_key: str, card: IdCard) -> str:
    """HMAC-SHA256 of the card's kind and number under the centre's `holder_key` (64 hex digits), as 64 hex digits.

    The same person with the same card is the same digest at every kiosk of a centre; ID numbers are few enough to be
    tried one by one, so without the key the digest would be no secret.
    """
    message = f"{card.kind.value}:{card.number.strip().upper()}"
    return hmac.new(bytes.fromhex(holder_key), message.encode(), hashlib.sha256).hexdigest()
