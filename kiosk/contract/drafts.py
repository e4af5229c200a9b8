"""Drafts: a case that was begun and is gone on with later, at any kiosk, by the same person. Kept for 30 days."""

from typing import Annotated

from pydantic import Field

from kiosk.contract.cases import Fields, HandedIn, ItemAsked
from kiosk.contract.wire import Digest, Identifier, Moment, Wire

DraftCode = Annotated[str, Field(pattern=r"^[2-9A-HJKMNP-Z]{8}$")]
"""What people type: eight of 30 characters that are not mistaken for each other."""


class DraftRequest(Wire):
    """A draft as it is kept. `items` may still be without variants; answers and materials as far as they are known."""

    holder: Digest
    items: Annotated[tuple[ItemAsked, ...], Field(min_length=1, max_length=20)]
    package: Identifier | None = None
    fields: Fields = Field(default_factory=dict, repr=False)
    materials: Annotated[tuple[HandedIn, ...], Field(max_length=100)] = ()


class Draft(DraftRequest):
    """A draft that is kept."""

    code: DraftCode
    saved_at: Moment
    expires_at: Moment


class Drafts(Wire):
    """The drafts of one holder, newest first."""

    drafts: tuple[Draft, ...]
