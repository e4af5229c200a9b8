"""What the doer of an effect gets: the world and words of the moment, and the way its answer takes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from kiosk.events.model import Event
from kiosk.ports.worker import Request
from kiosk.words import Words
from kiosk.world import World


@dataclass(frozen=True)
class Context:
    """What a handler may use: the world and words of this moment, and the way back to this visit."""

    visit: int
    world: World
    words: Words
    post: Callable[[Event], None]


Handler: TypeAlias = Callable[[Any, Context], Request]
