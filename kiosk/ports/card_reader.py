"""Identity cards on a reader."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol

from kiosk.ports.device import Device


class CardKind(StrEnum):
    """The four layouts of GA/T 490 cards, and the social-security card, which is read by a reader of its own."""

    RESIDENT = "resident"
    HMT_PERMIT = "hmt_permit"
    FOREIGNER_2017 = "foreigner_2017"
    FOREIGNER_2023 = "foreigner_2023"
    SOCIAL_SECURITY = "social_security"


@dataclass(frozen=True, repr=False)
class IdCard:
    """What a card says about its holder. `repr` shows nothing of it: cards pass through logs and tracebacks.

    What a kind of card does not have is None. `valid_until` None together with `valid_from` set means 长期. `address` is the
    newest one: where one was added to the card's memory after a move, `printed_address` is that on its face. `sex` is M, F
    or U (GB/T 2261.1); `ethnicity` the Chinese name (汉); `nationality` GB/T 2659 letters; `photo` an opaque WLT block.
    """

    kind: CardKind
    number: str
    name: str | None = None
    name_latin: str | None = None
    sex: str = "U"
    ethnicity: str | None = None
    nationality: str | None = None
    birth_date: date | None = None
    address: str | None = None
    printed_address: str | None = None
    issuer: str | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    pass_number: str | None = None
    issue_count: int | None = None
    photo: bytes = field(default=b"", compare=False)

    def __repr__(self) -> str:
        return f"<IdCard {self.kind.value}>"


class CardReader(Device, Protocol):
    """An ID-card reader."""

    def await_card(self, timeout_s: float) -> bool:
        """Wait until a card lies on the reader; False after `timeout_s`. Raises DeviceUnavailable."""

    def read(self) -> IdCard:
        """Read the card that `await_card` saw. Raises CardUnreadable, CardNotGenuine, CardGone, DeviceUnavailable."""

    def portrait(self, card: IdCard) -> bytes | None:
        """The holder's picture as a BMP or PNG of 102 x 126, or None where this station cannot make one of the card's
        `photo`: then a silhouette is shown. May take a second; never raises."""

    def await_removal(self, timeout_s: float) -> bool:
        """Wait until the card was taken away; False after `timeout_s`. Raises DeviceUnavailable."""
