"""What is in hand while somebody applies. Frozen; journeys hold it in their answers, and no `repr` shows any of it."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.availability.materials import Way
from kiosk.catalogue.kinds import IdentityMethod, ResultDelivery
from kiosk.contract.cases import HolderRecord
from kiosk.errors import Fault
from kiosk.ports.camera import Outline
from kiosk.ports.card_reader import IdCard
from kiosk.ports.page import Page
from kiosk.ports.writing import Stroke
from kiosk.texts import Text


class Origin(StrEnum):
    """Where a sheet came from."""

    SCANNER = "scanner"
    CAMERA = "camera"
    PHONE = "phone"
    DRAFT = "draft"


@dataclass(frozen=True, repr=False)
class Sheet:
    """One page of a material, as it will be handed in: a page of a scanner or camera, or one page of a file from the phone.
    `turned`: quarter turns clockwise. `file`: SHA-256 of the file it belongs to where the centre has that already (phone, draft);
    `page` then is its picture for the screen, and `number` its page in that file."""

    page: Page
    origin: Origin
    turned: int = 0
    file: str = ""
    number: int = 1

    def __repr__(self) -> str:
        return f"<Sheet from {self.origin.value}>"


@dataclass(frozen=True, repr=False)
class Wish:
    """How the result is to come."""

    method: ResultDelivery
    recipient: str = ""
    address: str = ""
    phone: str = ""


@dataclass(frozen=True, repr=False)
class Identity:
    """Who applies: by which of the item's methods, what the card says, and what the centre holds (None: it was not
    to be asked)."""

    method: IdentityMethod
    card: IdCard
    record: HolderRecord | None = None


@dataclass(frozen=True, repr=False)
class CaseInHand:
    """A case during a visit.

    `target` is an item's or a package's id; `items` those it asks for (of a package, those that apply), `variants` what the
    questions led to, by item; `eligible` the replies by question id. `fields`: field id -> answer, each once over all items.
    `sheets`: material id -> its pages, each once over all items; `on_file`: materials that the government holds and that
    are used from there. `draft`: the code of the draft that it was saved as; `saving`: the keys under which it was to be
    saved during this visit, whether or not that is known to have come to an end."""

    target: str = ""
    items: tuple[str, ...] = ()
    variants: Mapping[str, str] = field(default_factory=dict)
    eligible: Mapping[str, str] = field(default_factory=dict)
    identity: Identity | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    sheets: Mapping[str, tuple[Sheet, ...]] = field(default_factory=dict)
    on_file: frozenset[str] = frozenset()
    wish: Wish | None = None
    strokes: tuple[Stroke, ...] = ()
    """The signature; none where somebody could not sign and consented by button."""
    draft: str = ""
    saving: tuple[str, ...] = ()
    found: Mapping[str, str] = field(default_factory=dict)
    """What was read on the pages (`kiosk.reading.find`): to be offered by `kiosk.cases.suggestions`, never imposed."""


@dataclass(frozen=True, repr=False)
class PhonePage:
    """The telephone's page: its address and its end (monotonic clock); whether a phone has opened it, how many pages came
    from it, whether the last file could not be shown."""

    url: str
    ends_at: float
    joined: bool = False
    came: int = 0
    bad_file: bool = False


@dataclass(frozen=True, repr=False)
class HandingIn:
    """A material while its pages are handed in: what it is called, what a good one shows, its pages so far, the one looked at.

    `way`: how the pages come now; `again`: the next page takes the place of the one looked at; `came`: pages of the scan
    that runs, or of the last; `fault`: why a device stopped; `corners`: of the page under the camera, where a person has
    set them; `found`: what was read on the pages."""

    material: str
    title: Text
    explain: Text = ""
    sheets: tuple[Sheet, ...] = ()
    at: int = 0
    way: Way | None = None
    again: bool = False
    came: int = 0
    fault: Fault = Fault.HARDWARE
    corners: Outline | None = None
    phone: PhonePage | None = None
    found: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, repr=False)
class Filling:
    """A form while it is filled in: the fields still to be asked, the one on the screen, what is being written, what is wrong.
    `done`: those asked before it, which Back returns to; `kept`: what was written in them, and in those left by Back."""

    still: tuple[str, ...] = ()
    field: str = ""
    text: str = ""
    error: Text = ""
    place: str = ""
    """The code of the place picked so far, for an address."""
    picking: bool = False
    """Whether a part of that place is being picked; otherwise the rest of the address is written."""
    done: tuple[str, ...] = ()
    kept: Mapping[str, str] = dataclasses.field(default_factory=dict)
