"""Cases as their applicants see them: steps, terms, what is asked; the name masked."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from kiosk.approval import case_changes, cases, results
from kiosk.approval.case_tables import CaseRow, SubCaseRow, TransitionRow
from kiosk.approval.centre import Centre
from kiosk.approval.masking import masked
from kiosk.approval.ratings import is_rated
from kiosk.catalogue.kinds import ResultDelivery
from kiosk.contract.cases import Asked, CaseState, CaseStep, CaseView, Parcel, Progress
from kiosk.contract.wire import Moment
from kiosk.texts import LocalText

EMS = LocalText({"zh_CN": "中国邮政 EMS", "zh_HK": "中國郵政 EMS", "en": "China Post EMS"})
POSTED = LocalText({"zh_CN": "已交邮寄出", "zh_HK": "已交郵寄出", "en": "Handed to the post"})
ARRIVED = LocalText({"zh_CN": "已妥投", "zh_HK": "已派遞", "en": "Delivered"})
_TRAVELS = ((CaseState.ISSUED, POSTED), (CaseState.DELIVERED, ARRIVED))
_WAITS = (CaseState.MADE, CaseState.ISSUED)


def view(session: Session, centre: Centre, row: CaseRow) -> CaseView:
    """The wire's case as it stands now."""
    parts = tuple(_part(session, centre, part) for part in cases.parts_of(session, row))
    package = centre.catalogue.packages_by_id.get(row.package or "")
    return CaseView(
        number=row.number,
        token=row.token,
        title=package.title if package else parts[0].title,
        applicant=masked(row.applicant_name),
        received_at=centre.hall.local(row.received_at),
        rated=is_rated(session, row),
        parts=parts,
    )


def _part(session: Session, centre: Centre, part: SubCaseRow) -> Progress:
    transitions = case_changes.history(session, part)
    count = case_changes.days_of(centre.hall, transitions)
    delivery = ResultDelivery(part.delivery)
    return Progress(
        number=part.number,
        item=part.item,
        title=_title(centre, part.item),
        state=CaseState(part.state),
        steps=tuple(_step(centre, each) for each in transitions),
        promised=count.term(part.promised_days),
        statutory=count.term(part.statutory_days),
        asked=_asked(session, centre, part),
        results=results.offers(session, centre.hall, part.number, centre.prints_per_result),
        delivery=delivery,
        parcel=_parcel(centre, part, transitions),
        window=_window(centre, part, delivery),
    )


def _title(centre: Centre, item: str) -> LocalText:
    """An item that the catalogue no longer has is called by its id."""
    known = centre.catalogue.by_id.get(item)
    return known.title if known else LocalText({"zh_CN": item})


def _step(centre: Centre, row: TransitionRow) -> CaseStep:
    office = centre.offices.title(row.office)
    return CaseStep(state=CaseState(row.state), at=centre.hall.local(row.at), office=office, note=row.note)


def _asked(session: Session, centre: Centre, part: SubCaseRow) -> tuple[Asked, ...]:
    return tuple(
        Asked(material=each.material, reason=each.reason, asked_at=centre.hall.local(each.asked_at))
        for each in cases.asked_of(session, part)
    )


def _parcel(centre: Centre, part: SubCaseRow, transitions: Sequence[TransitionRow]) -> Parcel | None:
    if not part.parcel:
        return None
    events: tuple[tuple[Moment, LocalText], ...] = tuple(
        (centre.hall.local(each.at), text) for each in transitions for state, text in _TRAVELS if each.state == state
    )
    return Parcel(carrier=EMS, number=part.parcel, events=events)


def _window(centre: Centre, part: SubCaseRow, delivery: ResultDelivery) -> int | None:
    waits = delivery is ResultDelivery.WINDOW and part.state in _WAITS
    return centre.offices.issuing.window if waits else None
