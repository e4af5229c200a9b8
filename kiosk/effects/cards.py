"""To be asked of card readers."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.effects.model import Effect


@dataclass(frozen=True)
class ReadCard(Effect):
    """Wait for a card and read it: CardSeen, then CardRead or CardFailed; CardReaderLost. CardLeft, then CardTaken, where
    somebody forgot theirs."""
