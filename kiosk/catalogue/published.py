"""What all catalogue records have in common."""

from collections.abc import Iterable
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

ItemId = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
Phone = Annotated[str, Field(pattern=r"^[0-9+][0-9 -]{5,19}$")]
Some = Field(min_length=1)


def refuse_twice(what: str, ids: Iterable[str]) -> frozenset[str]:
    """The ids as a set; ValueError names the first one that is there twice."""
    seen: set[str] = set()
    for one in ids:
        if one in seen:
            raise ValueError(f"{what} {one} is there twice")
        seen.add(one)
    return frozenset(seen)


class Published(BaseModel):
    """A frozen catalogue record; an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")
