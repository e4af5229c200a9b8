"""An invented social-security card as a state machine: a command goes in, the answer comes out. With moods.

No I/O: `pcsc_card` puts it into a virtual reader of pcscd, `simulated` reads it without any reader.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from devices.card_readers.sample_cards import CARDS as ID_CARDS
from devices.card_readers.sdt_card import parse
from devices.citizen_cards.social_card import GET_RESPONSE, READ_RECORD, SELECT, SELECT_APPLICATION
from kiosk.errors import SetupError
from kiosk.texts import Msg, msg

ATR = bytes.fromhex("3B6D00000031C0644081019000")
DONE, NOT_FOUND, NO_RECORD, NO_COMMAND, WANTS_PIN = b"\x90\x00", b"\x6a\x82", b"\x6a\x83", b"\x6d\x00", b"\x69\x82"
FCI = bytes.fromhex("6F0A8408") + b"sx1.sh.x"
RECORD_LENGTHS = {(0xEF05, 7): 0x0B, (0xEF06, 1): 0x14, (0xEF06, 2): 0x20}
"""Records of a fixed length."""
PUBLIC = frozenset({0xEF05})


@dataclass(frozen=True, repr=False)
class SampleSocialCard:
    """What is on a card: its key and name for people, whose it is, and its own number."""

    key: str
    label: Msg
    number: str
    name: str
    card_number: str
    region: str = "440100"

    def records(self) -> Mapping[tuple[int, int], bytes]:
        """(file, record) -> value."""
        identity = bytes.fromhex(self.region) + bytes(13)
        return {
            (0xEF05, 1): identity,
            (0xEF05, 2): b"1",
            (0xEF05, 3): b"3.00",
            (0xEF05, 7): self.card_number.encode(),
            (0xEF06, 1): self.number.encode().ljust(18, b"\0"),
            (0xEF06, 2): self.name.encode("gb18030").ljust(30, b"\0")[:30],
        }


def _of(key: str, label: Msg, card_number: str) -> SampleSocialCard:
    """The social-security card of somebody who has an invented ID card."""
    person = parse(ID_CARDS[key].text)
    return SampleSocialCard(key, label, person.number, person.name or "", card_number)


CARDS: Mapping[str, SampleSocialCard] = {
    card.key: card
    for card in (
        _of("li", msg("Social-security card: resident, 36"), "A00000041"),
        _of("chen", msg("Social-security card: resident, 78"), "A00000016"),
        _of("hk", msg("Social-security card: Hong Kong resident"), "A00000027"),
        _of("rare", msg("Social-security card: rare characters in the name"), "A00000024"),
    )
}
"""Key -> card; the people of the ID cards with the same keys."""

MOODS: Mapping[str, Msg] = {
    "pin": msg("The card wants its PIN first"),
    "blocked": msg("The card's PIN is blocked"),
    "other-card": msg("Another kind of card"),
    "mute": msg("The card gives no answers"),
    "slow": msg("The card is slow"),
    "garbage": msg("The card gives garbage"),
    "refuses": msg("The card refuses its name"),
}
SLOW_S = 0.15
PIN_STATUS = {"pin": WANTS_PIN, "blocked": b"\x69\x83", "retries": b"\x63\xc3"}


def card(key: str) -> SampleSocialCard:
    """A card by its key. Raises SetupError for an unknown one."""
    if key not in CARDS:
        raise SetupError(f"There is no sample social-security card {key!r}. Known are {', '.join(CARDS)}.")
    return CARDS[key]


@dataclass(repr=False)
class VirtualCard:
    """A card that is powered. `contact`: hands answers over as T=0 cards do, in a second step (61xx)."""

    sample: SampleSocialCard
    mood: str = ""
    contact: bool = True
    seen: list[bytes] = field(default_factory=list)
    """Every command that came."""
    _selected: bool = False
    _file: int = 0
    _waiting: bytes = b""

    def answer(self, command: bytes) -> bytes | None:
        """The whole answer; None: it gives none."""
        self.seen.append(command)
        if self.mood == "mute":
            return None
        does: dict[int, Callable[[bytes], bytes]] = {
            SELECT: self._select,
            READ_RECORD: self._read,
            GET_RESPONSE: self._rest,
        }
        act = does.get(command[1])
        return act(command) if act else NO_COMMAND

    @property
    def think_s(self) -> float:
        """How long it takes for an answer."""
        return SLOW_S if self.mood == "slow" else 0.0

    def _select(self, command: bytes) -> bytes:
        if command[:4] == b"\x00\xa4\x02\x00" and self._selected:
            self._file = int.from_bytes(command[5:7], "big")
            return DONE
        self._selected = command == SELECT_APPLICATION and self.mood != "other-card"
        return self._over(FCI) if self._selected else NOT_FOUND

    def _read(self, command: bytes) -> bytes:
        where = (self._file, command[2])
        value = self.sample.records().get(where) if self._selected else None
        if self._file not in PUBLIC and self.mood in PIN_STATUS:
            return PIN_STATUS[self.mood]
        if value is None or (self.mood == "refuses" and where == (0xEF06, 2)):
            return NO_RECORD
        answer = bytes((command[2], len(value))) + value
        if self.mood == "garbage":
            answer = bytes((0x5A, 0xF0)) + value
        fixed = RECORD_LENGTHS.get(where, len(answer))
        if command[4] not in (0, fixed):
            return bytes((0x6C, fixed))
        return self._over(answer) if command[4] == 0 else answer + DONE

    def _over(self, answer: bytes) -> bytes:
        if not self.contact:
            return answer + DONE
        self._waiting = answer
        return bytes((0x61, len(answer)))

    def _rest(self, _command: bytes) -> bytes:
        answer, self._waiting = self._waiting, b""
        return answer + DONE
