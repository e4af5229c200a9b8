"""Citizen and social-security cards (社会保障卡, 市民卡): smart cards in a contact or contactless slot."""

from dataclasses import dataclass
from typing import Protocol

from kiosk.ports.device import Device


@dataclass(frozen=True, repr=False)
class CitizenCard:
    """What the card says about its holder; `repr` shows nothing of it. `number` is the 社会保障号码 (a citizen's ID
    number), `card_number` the 卡号, `region` the first six digits of the 卡识别码 (GB/T 2260), `standard` its
    规范版本."""

    number: str
    name: str
    card_number: str = ""
    region: str = ""
    standard: str = ""

    def __repr__(self) -> str:
        return "<CitizenCard>"


class CitizenCardReader(Device, Protocol):
    """A reader for such cards. A PIN is never asked for and never sent."""

    def await_card(self, timeout_s: float) -> bool:
        """Wait until a card is in the slot; False after `timeout_s`. Raises DeviceUnavailable."""

    def read(self) -> CitizenCard:
        """Read the card. Raises CardUnreadable (also: another kind of card, or one that wants its PIN first), CardGone,
        DeviceUnavailable."""

    def await_removal(self, timeout_s: float) -> bool:
        """Wait until the card that `await_card` saw was taken out, also when another one is in already; False after
        `timeout_s`. Raises DeviceUnavailable."""
