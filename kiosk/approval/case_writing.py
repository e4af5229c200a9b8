"""Writes a new case: a few statements, each sent once for all its rows, so that the transaction is short."""

import json
import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from kiosk.approval.case_rules import Chosen
from kiosk.approval.case_tables import CaseFileRow, CaseMaterialRow, CaseRow, SubCaseRow, TransitionRow
from kiosk.approval.centre import Centre
from kiosk.approval.masking import phone4
from kiosk.approval.offices import FRONT_DESK
from kiosk.approval.tables import table_of
from kiosk.contract.cases import CaseReceipt, CaseRequest, CaseState, HandedIn, SubCase

TOKEN_BYTES = 24
APPLICANT_PHONE = "applicant-phone"
"""The form field that is the applicant's telephone, where the request names none of its own."""
_CASES, _PARTS, _STEPS, _MATERIALS, _FILES = (
    insert(table_of(row)) for row in (CaseRow, SubCaseRow, TransitionRow, CaseMaterialRow, CaseFileRow)
)


def write(
    session: Session,
    centre: Centre,
    request: CaseRequest,
    chosen: Sequence[Chosen],
    numbers: Sequence[str],
    now: datetime,
    kiosk: str,
) -> CaseReceipt:
    """Write a case that was found good. `numbers`: the case's, then its sub-cases' (of one sub-case: the case's alone)."""
    connection = session.connection()
    token = secrets.token_urlsafe(TOKEN_BYTES)
    connection.execute(_CASES, _case(request, numbers[0], token, now, kiosk))
    parts = [
        _part(centre, request, numbers[0], place, number, one, now)
        for place, (number, one) in enumerate(zip(numbers[-len(chosen) :], chosen, strict=True))
    ]
    connection.execute(_PARTS, parts)
    connection.execute(_STEPS, [_step(part["number"], now, kiosk) for part in parts])
    add_materials(session, numbers[0], 0, request.materials, now)
    subs = (SubCase(number=part["number"], item=part["item"], state=CaseState.RECEIVED) for part in parts)
    return CaseReceipt(number=numbers[0], token=token, state=CaseState.RECEIVED, received_at=now, sub_cases=tuple(subs))


def add_materials(session: Session, number: str, turn: int, handed: Iterable[HandedIn], now: datetime) -> None:
    """Keep what was handed in for a case. `turn`: 0 with the case, then one for every supplement."""
    given, key = tuple(handed), {"case_number": number, "turn": turn}
    rows = [
        key | {"material": each.material, "place": place, "on_file": each.on_file, "handed_at": now}
        for place, each in enumerate(given)
    ]
    files = [
        key | {"material": each.material, "place": place, "digest": digest}
        for each in given
        for place, digest in enumerate(each.files)
    ]
    for statement, values in ((_MATERIALS, rows), (_FILES, files)):
        if values:
            session.connection().execute(statement, values)


def _case(request: CaseRequest, number: str, token: str, now: datetime, kiosk: str) -> dict[str, Any]:
    applicant = request.applicant
    return {
        "number": number,
        "token": token,
        "holder": applicant.holder,
        "document": applicant.document,
        "applicant_name": applicant.name,
        "applicant_number": applicant.number,
        "phone": applicant.phone,
        "phone4": phone4(applicant.phone, request.fields.get(APPLICANT_PHONE, ""), request.delivery.phone),
        "package": request.package,
        "fields": json.dumps(dict(request.fields), ensure_ascii=False),
        "delivery": request.delivery.model_dump_json(),
        "consent": request.consent,
        "signature": request.signature,
        "kiosk_id": kiosk,
        "made_at": request.made_at,
        "received_at": now,
    }


def _part(
    centre: Centre, request: CaseRequest, case: str, place: int, number: str, chosen: Chosen, now: datetime
) -> dict[str, Any]:
    item, wish = chosen.item, request.delivery.method
    return {
        "number": number,
        "case_number": case,
        "place": place,
        "item": item.id,
        "variant": chosen.variant,
        "office": centre.offices.deciding(item.group),
        "delivery": (wish if wish in item.delivery else item.delivery[0]).value,
        "parcel": "",
        "state": CaseState.RECEIVED.value,
        "changed_at": now,
        "statutory_days": item.time_limit.statutory_days,
        "promised_days": item.time_limit.promised_days,
        "applied_on": now.date(),
    }


def _step(number: str, now: datetime, kiosk: str) -> dict[str, Any]:
    state = CaseState.RECEIVED.value
    return {"sub_case": number, "state": state, "at": now, "office": FRONT_DESK, "by": kiosk, "note": ""}
