"""Fetches a draft with the pictures of its pages. The work of a pool's thread."""

import logging
from collections.abc import Mapping

from kiosk.cases.model import CaseInHand, Identity
from kiosk.cases.request import case_of
from kiosk.catalogue.kinds import IdentityMethod
from kiosk.contract.drafts import Draft
from kiosk.draft_pages import UnreadableFile, pages_of
from kiosk.errors import CentreRefused
from kiosk.ports.card_reader import CardKind, IdCard
from kiosk.ports.case_centre import CaseCentre
from kiosk.ports.page import Page

log = logging.getLogger(__name__)

METHODS: Mapping[CardKind, IdentityMethod] = {
    CardKind.RESIDENT: IdentityMethod.RESIDENT_CARD,
    CardKind.HMT_PERMIT: IdentityMethod.HMT_PERMIT,
    CardKind.FOREIGNER_2017: IdentityMethod.FOREIGNER_CARD,
    CardKind.FOREIGNER_2023: IdentityMethod.FOREIGNER_CARD,
    CardKind.SOCIAL_SECURITY: IdentityMethod.CITIZEN_CARD,
}
"""How somebody has identified who showed such a card."""


def open_draft(centre: CaseCentre, code: str, holder: str, card: IdCard) -> CaseInHand:
    """The case as it was saved, in the hand of the person who opened it. Raises CentreError."""
    draft = centre.draft(code, holder)
    identity = Identity(METHODS[card.kind], card, centre.holder(holder))
    return case_of(draft, identity, _pages(centre, draft))


def _pages(centre: CaseCentre, draft: Draft) -> Mapping[str, tuple[Page, ...]]:
    """A file that cannot be shown any more is handed in again, the others are not lost with it."""
    found: dict[str, tuple[Page, ...]] = {}
    for digest in dict.fromkeys(digest for each in draft.materials for digest in each.files):
        try:
            found[digest] = pages_of(centre.file(digest))
        except (UnreadableFile, CentreRefused) as error:
            log.warning("a file of a draft is left out: %s", error)
    return found
