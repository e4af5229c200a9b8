"""What happens in one life of a terminal: written by the laboratory, lived in a process of its own."""

import json
from dataclasses import asdict, dataclass
from enum import StrEnum

SHADES = 48
"""So many different pages are handed in."""


class Mistake(StrEnum):
    """What a terminal could do wrong; the laboratory has to find it."""

    NONE = ""
    NEW_KEYS = "every attempt has a key of its own"
    TELLS_FIRST = "it is told to be kept before it is"
    FORGETS_SAVING = "a case does not say what it was begun as"


class Kind(StrEnum):
    """What is handed in. BEGUN: a case of which a draft is saved just before."""

    CASE = "case"
    BEGUN = "begun"
    DRAFT = "draft"
    RATING = "rating"
    SUPPLEMENT = "supplement"


@dataclass(frozen=True)
class Press:
    """`name` tells it from everything else that is handed in: it is written in one of its fields, and is its key; of a
    supplement, it is the token of the case."""

    kind: Kind
    name: str
    shade: int = 0

    @property
    def key(self) -> str:
        """Of what is handed in last."""
        return self.name


@dataclass(frozen=True)
class Plan:
    """One life. `again`: how many of the presses come twice. `kill_at`: the boundary between two statements at which it dies,
    `kill_after_s`: the moment after the first press; 0: it does not. `room`: bytes by which the store's files may still grow,
    negative: as they like. `skew_s`: how far the clock jumps, now and then. `patience_s`: how long it goes on, or
    `until_empty`. `found`: the link says that the centre answers."""

    url: str
    folder: str
    credential: str
    presses: tuple[Press, ...] = ()
    again: int = 0
    kill_at: int = 0
    kill_after_s: float = 0.0
    room: int = -1
    skew_s: float = 0.0
    patience_s: float = 0.25
    until_empty: bool = False
    found: bool = False
    count: bool = False
    mistake: Mistake = Mistake.NONE


def written(plan: Plan) -> str:
    """A plan as a line."""
    return json.dumps(asdict(plan)) + "\n"


def read(line: str) -> Plan:
    """A line as a plan."""
    told = json.loads(line)
    presses = tuple(Press(**(each | {"kind": Kind(each["kind"])})) for each in told.pop("presses"))
    return Plan(**(told | {"presses": presses, "mistake": Mistake(told["mistake"])}))
