"""Cases to hand in: invented people, the built-in catalogue's items, files that the service has."""

import hashlib
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from kiosk.approval.decisions import Action, Decision, decide
from kiosk.approval.file_tables import FileRow
from kiosk.approval.service import Service
from kiosk.catalogue.asked import materials_asked
from kiosk.catalogue.model import ServiceItem
from tests.answers import answers_to
from tests.approval.hall import HOLDER

NAME = "罗小满"
NUMBER = "440113198704120015"
PHONE = "13800138456"
ITEM = "vendor-register"
MADE_AT = "2026-03-02T09:59:00+08:00"


def digest(n: int) -> str:
    """The digest of a file."""
    return hashlib.sha256(f"page {n}".encode()).hexdigest()


def keep_files(service: Service, digests: Iterable[str], *, complete: bool = True) -> None:
    """Files as if they had been uploaded."""

    def work(session: Session) -> None:
        for each in digests:
            row = FileRow(digest=each, complete=complete, media_type="image/jpeg", size=1000)
            session.merge(row)

    service.database.write(work)


def needed(service: Service, *items: str) -> tuple[str, ...]:
    """The materials that must be handed in for some items."""
    wanted = materials_asked(_items(service, *items), {}, answers(service, *items))
    return tuple(name for name, (each, _) in wanted.items() if each.required and not each.held_by_government)


def _items(service: Service, *items: str) -> tuple[ServiceItem, ...]:
    return tuple(service.publication.catalogue.by_id[item] for item in items)


def application(service: Service, *items: str, **changes: Any) -> dict[str, Any]:
    """A whole case with two pages per material; its files are there. `changes`: keys of the body, or of the applicant."""
    wanted = items or (ITEM,)
    materials = needed(service, *wanted)
    pages = {name: [digest(2 * n), digest(2 * n + 1)] for n, name in enumerate(materials)}
    keep_files(service, {page for files in pages.values() for page in files})
    applicant = {"holder": HOLDER, "document": "resident_card", "name": NAME, "number": NUMBER, "phone": PHONE}
    applicant |= {key: changes.pop(key) for key in tuple(changes) if key in applicant}
    body = {
        "items": [{"item": item} for item in wanted],
        "applicant": applicant,
        "fields": answers(service, *wanted),
        "materials": [{"material": name, "files": files} for name, files in pages.items()],
        "delivery": {"method": "window"},
        "consent": "consent-1",
        "made_at": MADE_AT,
    }
    return body | changes


def answers(service: Service, *items: str) -> dict[str, str]:
    """A plausible answer to every required field of some items."""
    return answers_to(_items(service, *items), date.fromisoformat(MADE_AT[:10]))


def submit(kiosk: Any, body: dict[str, Any], key: str = "a-key-of-a-case") -> Any:
    """Hand it in; the answer."""
    return kiosk.post("/v1/cases", json=body, headers={"Idempotency-Key": key})


def do(service: Service, number: str, action: Action, **more: Any) -> list[str]:
    """What a clerk does; the states of the sub-cases that were changed."""
    decision = Decision(action, **more)
    rows = service.database.write(lambda session: decide(session, service.centre, number, decision))
    return [row.state for row in rows]
