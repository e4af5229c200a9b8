"""What a social-security card (社会保障卡, LD/T 32) is asked and what its answers mean: pure, over any `Transmit`.

The application is selected by name, then records of two files are read: EF05 says which card it is, EF06 whose. Nothing
but SELECT, READ RECORD and GET RESPONSE is ever sent (`ALLOWED`): a card that wants a PIN first is not read, because
every wrong PIN costs the holder one of few attempts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from devices.card_readers.sdt_card import shown
from kiosk.errors import CardUnreadable
from kiosk.ports.citizen_card import CitizenCard

Transmit: TypeAlias = Callable[[bytes], bytes]
"""Sends a command APDU, gives the card's whole answer with its two status bytes."""

SELECT, READ_RECORD, GET_RESPONSE = 0xA4, 0xB2, 0xC0
ALLOWED = frozenset({SELECT, READ_RECORD, GET_RESPONSE})
"""The instruction bytes that may be sent; VERIFY (20) is none of them."""
APPLICATION = "sx1.sh.社会保障".encode("gbk")
SELECT_APPLICATION = bytes((0x00, SELECT, 0x04, 0x00, len(APPLICATION))) + APPLICATION
EF_CARD, EF_HOLDER = 0xEF05, 0xEF06
OK = 0x9000
LOCKED = 0x6283
WANTS_PIN = frozenset({0x6982, 0x6983, 0x6985})
OTHER_CARD = frozenset({0x6A81, 0x6A82, 0x6A86, 0x6A87, 0x6700, 0x6B00, 0x6D00, 0x6E00})
"""What cards without this application answer to its name."""
ROUNDS = 4
"""How often an answer may be continued before it is nonsense."""


class CardWantsPin(CardUnreadable):
    """The card shows its holder only after a PIN, which a kiosk does not ask for."""


class OtherCard(CardUnreadable):
    """Another kind of card."""


@dataclass(frozen=True)
class Record:
    """A record of a file and how many bytes its answer has (0: as many as there are)."""

    number: int
    length: int = 0


IDENTITY, STANDARD, CARD_NUMBER = Record(1), Record(3), Record(7, 0x0B)
HOLDER_NUMBER, HOLDER_NAME = Record(1, 0x14), Record(2, 0x20)


def read(transmit: Transmit) -> CitizenCard:
    """The card. Raises CardUnreadable, CardWantsPin, OtherCard, and what `transmit` raises."""
    _select_application(transmit)
    about = _about_card(transmit)
    _good(*_ask(transmit, _select_file(EF_HOLDER)), "the holder's file")
    number = holder_number(value(_record(transmit, HOLDER_NUMBER)))
    name = gbk(value(_record(transmit, HOLDER_NAME)))
    return CitizenCard(number, name, **about)


def _about_card(transmit: Transmit) -> dict[str, str]:
    """What EF05 says; a card that does not show it is read all the same."""
    try:
        _good(*_ask(transmit, _select_file(EF_CARD)), "the card's file")
        return {
            "region": value(_record(transmit, IDENTITY))[:3].hex(),
            "standard": gbk(value(_record(transmit, STANDARD))),
            "card_number": gbk(value(_record(transmit, CARD_NUMBER))),
        }
    except CardUnreadable:
        return {}


def value(answer: bytes) -> bytes:
    """The value of `tag length value`; what follows is padding. Raises CardUnreadable when it does not fit."""
    long_form = len(answer) > 1 and answer[1] == 0x81
    head = 3 if long_form else 2
    length = answer[head - 1] if len(answer) >= head else 0x80
    if (length >= 0x80 and not long_form) or len(answer) < head + length:
        raise CardUnreadable("The card's answer has lengths that do not fit together.")
    return answer[head : head + length]


def gbk(raw: bytes) -> str:
    """A text on the card without its padding; what cannot be shown becomes a box, never a reason to refuse."""
    text = raw.rstrip(b"\0\xff").decode("gb18030", errors="replace")
    return "".join(map(shown, text)).strip()


def holder_number(raw: bytes) -> str:
    """The 社会保障号码: 15 to 18 letters and digits. Raises CardUnreadable; check digits are not judged."""
    number = raw.decode("ascii", errors="replace").strip(" \0").upper()
    if not (15 <= len(number) <= 18 and number.isascii() and number.isalnum()):
        raise CardUnreadable("The card holds no social-security number.")
    return number


def _select_application(transmit: Transmit) -> None:
    data, sw = _ask(transmit, SELECT_APPLICATION)
    if sw in OTHER_CARD:
        raise OtherCard("This is another kind of card; only social-security cards can be read here.")
    _good(data, sw, "the application")


def _select_file(file: int) -> bytes:
    return bytes((0x00, SELECT, 0x02, 0x00, 0x02)) + file.to_bytes(2, "big")


def _record(transmit: Transmit, record: Record) -> bytes:
    command = bytes((0x00, READ_RECORD, record.number, 0x04, record.length))
    return _good(*_ask(transmit, command), f"record {record.number}")


def _ask(transmit: Transmit, command: bytes) -> tuple[bytes, int]:
    """Data and status: an answer that waits in the card is fetched (61xx), a length that it corrects is used (6Cxx)."""
    data = b""
    for _ in range(ROUNDS):
        answer = transmit(command)
        if len(answer) < 2:
            raise CardUnreadable("The card gave an answer without a status.")
        data, sw = data + answer[:-2], int.from_bytes(answer[-2:], "big")
        if sw >> 8 == 0x61:
            command = bytes((0x00, GET_RESPONSE, 0x00, 0x00, sw & 0xFF))
        elif sw >> 8 == 0x6C and command[1] != SELECT and command[4] != sw & 0xFF:
            command = command[:4] + bytes((sw & 0xFF,))
        else:
            return data, sw
    raise CardUnreadable("The card does not come to the end of its answer.")


def _good(data: bytes, sw: int, what: str) -> bytes:
    """The data, when the card agreed. Raises CardUnreadable saying what stood in the way."""
    if sw == OK:
        return data
    if sw in WANTS_PIN or sw >> 4 == 0x63C:
        raise CardWantsPin(f"The card wants its PIN first for {what} ({sw:04X}). The kiosk never sends one.")
    if sw == LOCKED:
        raise CardUnreadable("The card is locked. The social-security office can unlock it.")
    raise CardUnreadable(f"The card refuses {what} ({sw:04X}).")
