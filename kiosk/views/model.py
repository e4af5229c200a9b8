"""What every view is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class View:
    """What a screen can be asked to show. A frozen value: every screen can be drawn, and photographed, from a literal."""
