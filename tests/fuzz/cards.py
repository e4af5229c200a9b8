"""Fuzz targets for what cards and their readers say: any bytes may come, and only our own errors may come of it.

`fuzz_sdt` feeds a stream to the frame decoder in one piece and in small ones, and reads what it finds as a card's text;
`fuzz_social_card` plays a social-security card that answers from the bytes. Both raise AssertionError when something is
wrong; neither keeps anything between two calls.
"""

from devices.card_readers import sdt_card
from devices.card_readers.sample_cards import CARDS as ID_CARDS
from devices.card_readers.sdt_frame import HEADER, LONGEST, Body, Damage, Decoder, Reply, reply
from devices.citizen_cards import social_card
from devices.citizen_cards.social_card import ALLOWED, gbk
from devices.citizen_cards.virtual_card import CARDS as SOCIAL_CARDS
from devices.citizen_cards.virtual_card import MOODS, VirtualCard
from kiosk.errors import CardUnreadable
from kiosk.handlers.cards import identity
from kiosk.ports.citizen_card import CitizenCard

SIZES = b"\x01\x00\x04\x00"
SEEDS_SDT = (
    *(reply(0x90, SIZES + card.text + card.photo) for card in ID_CARDS.values()),
    reply(0x90),
    reply(0x91),
    reply(0x80) + reply(0x9F, bytes(4)),
    reply(0x90, bytes(8)),
    reply(0x90, ID_CARDS["moved"].new_address or b""),
    b"\xaa\xaa" + reply(0x41),
)
"""Streams of a reader's frames."""


def _answers(mood: str, key: str, contact: bool) -> bytes:
    """All answers of a virtual card, each with its length before it."""
    card, said = VirtualCard(SOCIAL_CARDS[key], mood, contact), bytearray()

    def transmit(command: bytes) -> bytes:
        answer = card.answer(command) or b""
        said.extend((len(answer),))
        said.extend(answer)
        return answer

    try:
        social_card.read(transmit)
    except CardUnreadable:
        return bytes(said)
    return bytes(said)


SEEDS_SOCIAL_CARD = tuple(
    _answers(mood, key, contact) for key in SOCIAL_CARDS for mood in ("", *MOODS) for contact in (True, False)
)
"""A card's answers in their order, each with a length byte before it."""


def fuzz_sdt(data: bytes) -> None:
    """A stream from an SDT reader, then the same bytes as a card's text."""
    whole, split = _frames(data, len(data) or 1), _frames(data, 7)
    assert whole == split, "frames depend on how the bytes were cut"
    for body in whole:
        answer = Reply.of(body) if isinstance(body, bytes) else None
        if isinstance(answer, Reply):
            _card(answer.data)
    _card(SIZES + data[:1280].ljust(1280, b" "))


def _frames(data: bytes, piece: int) -> list[bytes | str]:
    """What the decoder finds, fed in pieces; it never holds more than a frame."""
    decoder, found = Decoder(), list[bytes | str]()
    for at in range(0, len(data), piece):
        decoder.feed(data[at : at + piece])
        while (one := decoder.take()) is not None:
            assert isinstance(one, Body | Damage)
            found.append(one.data if isinstance(one, Body) else one.reason)
        assert 0 < decoder.missing <= HEADER + LONGEST
    assert decoder.noise <= len(data)
    return found


def _card(data: bytes) -> None:
    try:
        card = sdt_card.with_newest_address(sdt_card.parse_reply(data), data[:70])
    except CardUnreadable:
        return
    assert card.number
    assert repr(card) == f"<IdCard {card.kind.value}>", "more than the kind of card is told"
    for text in (
        card.name,
        card.name_latin,
        card.address,
        card.issuer,
        card.nationality,
        card.pass_number,
        card.number,
    ):
        (text or "").encode()  # no half of a surrogate pair goes on to a typeface


def fuzz_social_card(data: bytes) -> None:
    """A social-security card that answers from `data`, whatever it is asked."""
    at, asked = 0, 0

    def transmit(command: bytes) -> bytes:
        nonlocal at, asked
        asked += 1
        assert command[1] in ALLOWED
        assert command[1] != 0x20, "a PIN was sent"
        size = data[at] if at < len(data) else 0
        answer = data[at + 1 : at + 1 + size]
        at += 1 + size
        return answer

    try:
        card: CitizenCard | None = social_card.read(transmit)
    except CardUnreadable:
        card = None
    if card:
        assert card.number.isalnum()
        (card.name + card.card_number + card.standard + card.region).encode()
        assert repr(identity(card)) == "<IdCard social_security>", "more than the kind of card is told"
    assert asked <= 8 * social_card.ROUNDS, "the card is not asked for ever"
    gbk(data).encode()
