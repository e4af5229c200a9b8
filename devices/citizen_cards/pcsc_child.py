"""A process of its own between the kiosk and pcscd: a card or a reader's driver that hangs can be left by ending it.

    python -m devices.citizen_cards.pcsc_child

One JSON object a line on standard input, one answer a line on standard output: {"do": "look", "reader": part of a name,
"wait_s": s}, {"do": "connect"}, {"do": "send", "apdu": hex}, {"do": "leave"}. Answers hold "error" where it did not work:
no_service, no_reader, gone, mute, in_use, forbidden. It ends with its standard input.
"""

import json
import sys
from typing import Any

from smartcard import scard

from devices.citizen_cards.social_card import ALLOWED

ERRORS = {
    "no_service": (
        scard.SCARD_E_NO_SERVICE,
        scard.SCARD_E_SERVICE_STOPPED,
        scard.SCARD_E_INVALID_HANDLE,
        scard.SCARD_F_COMM_ERROR,
        scard.SCARD_F_INTERNAL_ERROR,
    ),
    "no_reader": (
        scard.SCARD_E_NO_READERS_AVAILABLE,
        scard.SCARD_E_UNKNOWN_READER,
        scard.SCARD_E_READER_UNAVAILABLE,
    ),
    "gone": (scard.SCARD_E_NO_SMARTCARD, scard.SCARD_W_REMOVED_CARD, scard.SCARD_W_RESET_CARD),
    "in_use": (scard.SCARD_E_SHARING_VIOLATION,),
    "forbidden": (scard.SCARD_W_SECURITY_VIOLATION, scard.SCARD_E_NO_ACCESS),
}
"""Our word for PC/SC's codes; every other one is a card that does not answer as it should: mute."""
NO_CHANGE = (scard.SCARD_E_TIMEOUT, scard.SCARD_E_CANCELLED)
PROTOCOLS = scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1
HEADERS = {scard.SCARD_PROTOCOL_T0: scard.SCARD_PCI_T0, scard.SCARD_PROTOCOL_T1: scard.SCARD_PCI_T1}
GONE = scard.SCARD_STATE_UNKNOWN | scard.SCARD_STATE_UNAVAILABLE | scard.SCARD_STATE_IGNORE


class Trouble(Exception):
    """PC/SC said no; the first argument is our word for it, further ones the names of the readers that there are."""


def check(code: int) -> None:
    """Raises Trouble for everything but success."""
    if code != scard.SCARD_S_SUCCESS:
        raise Trouble(next((word for word, codes in ERRORS.items() if code in codes), "mute"))


class Cards:
    """One reader of pcscd's and the card in it."""

    def __init__(self) -> None:
        self._context: Any = None
        self._name = ""
        self._state = 0
        self._card: Any = None
        self._protocol = 0

    def look(self, reader: str, wait_s: float) -> dict[str, object]:
        """The reader's name, whether a card is in it, and how often one has come or gone; waits for a change of that."""
        name = self._find(reader)
        if name != self._name:
            self._name, self._state = name, scard.SCARD_STATE_UNAWARE
        code, [(_, state, _)] = scard.SCardGetStatusChange(self._context, int(wait_s * 1000), [(name, self._state)])
        if code not in NO_CHANGE:
            check(code)
            self._state = state & ~scard.SCARD_STATE_CHANGED
        if self._state & GONE:
            raise Trouble("no_reader")
        return {"reader": name, "card": bool(self._state & scard.SCARD_STATE_PRESENT), "count": self._state >> 16}

    def connect(self) -> dict[str, object]:
        """Power the card and hold it together with others."""
        self.leave()
        code, card, protocol = scard.SCardConnect(self._context, self._name, scard.SCARD_SHARE_SHARED, PROTOCOLS)
        check(code)
        self._card, self._protocol = card, protocol
        return {}

    def send(self, apdu: str) -> dict[str, object]:
        """The card's answer. Instructions that a kiosk has no use for are not passed on, whoever asks."""
        command = bytes.fromhex(apdu)
        if command[1] not in ALLOWED or self._card is None:
            raise Trouble("forbidden")
        code, answer = scard.SCardTransmit(self._card, HEADERS[self._protocol], list(command))
        check(code)
        return {"answer": bytes(answer).hex()}

    def leave(self) -> dict[str, object]:
        """Let go of the card."""
        if self._card is not None:
            scard.SCardDisconnect(self._card, scard.SCARD_LEAVE_CARD)
            self._card = None
        return {}

    def _find(self, part: str) -> str:
        """The first reader with `part` in its name."""
        if self._context is None:
            code, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_SYSTEM)
            check(code)
            self._context = context
        code, names = scard.SCardListReaders(self._context, [])
        check(code)
        found = next((name for name in names if part.lower() in name.lower()), None)
        if found is None:
            raise Trouble("no_reader", *names)
        return str(found)


def answer(cards: Cards, line: str) -> dict[str, object]:
    """Do what a line says."""
    command = json.loads(line)
    try:
        done: dict[str, object] = getattr(cards, command.pop("do"))(**command)
    except Trouble as trouble:
        return {"error": trouble.args[0], "known": trouble.args[1:]}
    return done


def main() -> None:
    """Say that it is there, then serve until standard input ends."""
    cards = Cards()
    say({})
    for line in sys.stdin:
        say(answer(cards, line))


def say(told: dict[str, object]) -> None:
    """One line."""
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
