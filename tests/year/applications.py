"""A planned case as the kiosk hands it in: the wire request, and the way its result takes."""

from kiosk.catalogue.kinds import IdentityMethod, ResultDelivery
from kiosk.catalogue.model import Catalogue
from kiosk.centre.holder import holder_digest
from kiosk.contract.cases import Applicant, CaseRequest, DeliveryWish, ItemAsked
from kiosk.ports.card_reader import CardKind, IdCard
from tests.year.answers import ADDRESS, case_of, handed_in
from tests.year.plan import Planned


def request_of(case: Planned, catalogue: Catalogue, holder_key: str, page: str) -> CaseRequest:
    """What is handed in. `page`: the digest of a page that the service has, for every material."""
    filled = case_of(case, catalogue)
    return CaseRequest(
        items=(ItemAsked(item=case.item.id, variant=filled.variants.get(case.item.id, "")),),
        applicant=_applicant(case, holder_key),
        fields=filled.fields,
        materials=handed_in(filled, catalogue, page),
        delivery=_wish(case),
        consent="truth",
        made_at=case.applied,
    )


def by_post(case: Planned) -> bool:
    """Whether the result is posted."""
    return _method(case) is ResultDelivery.POST


def _applicant(case: Planned, holder_key: str) -> Applicant:
    card = IdCard(CardKind.RESIDENT, case.card, case.name)
    return Applicant(
        holder=holder_digest(holder_key, card),
        document=IdentityMethod.RESIDENT_CARD.value,
        name=case.name,
        number=case.card,
        phone=case.phone,
    )


def _method(case: Planned) -> ResultDelivery:
    offered = case.item.delivery
    return offered[case.number % len(offered)]


def _wish(case: Planned) -> DeliveryWish:
    if not by_post(case):
        return DeliveryWish(method=_method(case))
    return DeliveryWish(method=ResultDelivery.POST, recipient=case.name, address=ADDRESS, phone=case.phone)
