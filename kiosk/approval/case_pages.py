"""The public page of a case, opened by the QR code on its receipt: how it stands, what is asked, when it is due.

Nobody logs in: the page opens by the 192 random bits on the receipt, and shows of a person no more than the masked name.
"""

from collections.abc import Mapping

from fastapi import APIRouter
from fastapi.responses import Response

from kiosk.approval import case_views, cases
from kiosk.approval.api import ServiceDep
from kiosk.approval.page_frame import Language, not_found, page
from kiosk.approval.problems import Refusal
from kiosk.approval.service import Service
from kiosk.contract.cases import CaseView
from kiosk.texts import LocalText

router = APIRouter(include_in_schema=False)


@router.get("/c/{token}")
def case_page(service: ServiceDep, token: str, language: Language) -> Response:
    """A case as it stands now."""
    case = _case(service, token)
    if case is None:
        return not_found(language)
    return page("case.html", language, private=True, case=case, materials=_materials(service, case))


def _case(service: Service, token: str) -> CaseView | None:
    with service.database.reading() as session:
        try:
            return case_views.view(session, service.centre, cases.by_token(session, token))
        except Refusal:
            return None


def _materials(service: Service, case: CaseView) -> Mapping[str, LocalText]:
    """The names of all materials of the case's items, by id."""
    items = (service.publication.catalogue.by_id.get(part.item) for part in case.parts)
    return {material.id: material.name for item in items if item for material in item.materials}
