"""Ratings (好差评, GB/T 39735): five levels, once per case; the two low ones with reasons."""

from enum import IntEnum
from typing import Annotated

from pydantic import ConfigDict, Field, JsonValue, model_validator

from kiosk.contract.cases import Token
from kiosk.contract.wire import Identifier, Moment, Wire


class Level(IntEnum):
    """非常满意 满意 基本满意 不满意 非常不满意."""

    VERY_SATISFIED = 5
    SATISFIED = 4
    BASICALLY_SATISFIED = 3
    UNSATISFIED = 2
    VERY_UNSATISFIED = 1


LOW = (Level.UNSATISFIED, Level.VERY_UNSATISFIED)
_SAYS_WHY: list[JsonValue] = [
    {"properties": {"level": {"enum": [int(level) for level in Level if level not in LOW]}}},
    {"properties": {"reasons": {"minItems": 1}}, "required": ["reasons"]},
]
"""`_low_ones_say_why` as JSON Schema, for the published document."""


class RatingRequest(Wire):
    """A rating of a case (`token`), or of a visit without one. Low ones name at least one reason."""

    model_config = ConfigDict(json_schema_extra={"anyOf": _SAYS_WHY})

    token: Token | None = Field(default=None, repr=False)
    level: Level
    reasons: Annotated[tuple[Identifier, ...], Field(max_length=10)] = ()
    words: Annotated[str, Field(max_length=500, repr=False)] = ""
    made_at: Moment

    @model_validator(mode="after")
    def _low_ones_say_why(self) -> "RatingRequest":
        if self.level in LOW and not self.reasons:
            raise ValueError("a low rating names a reason")
        return self


class RatingReceipt(Wire):
    """It is kept. `first` False: the case had been rated before, and that rating stays."""

    received_at: Moment
    first: bool
