"""The one-time notice (一次性告知, Administrative Licensing Law art. 32): everything that is still missing, complete, once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.texts import msg

if TYPE_CHECKING:
    from datetime import date

    from kiosk.cases.needs import Missing


KEPT_HERE = msg("It is kept here and sent by itself")
SENT_LATER = msg("As soon as the connection is back, you can go on at any terminal with the same card.")


@dataclass(frozen=True, repr=False)
class Notice:
    """What is told. `target`: the item's or package's id; `missing` as it was judged when the notice was asked for. `code`:
    what the draft is kept under, with its last day `until`; "" and None where the centre has not kept it; then `kept_here`
    says whether it is safe on this machine's disk and goes to the centre by itself."""

    target: str
    missing: Missing
    code: str = ""
    until: date | None = None
    kept_here: bool = False
