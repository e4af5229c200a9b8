"""Takes codes of the citizens' app: each once. The key is this centre's; a service that practises takes the practice app's."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from kiosk import app_code
from kiosk.approval.problems import Refusal
from kiosk.approval.record_tables import UsedCodeRow
from kiosk.approval.tables import CentreFact
from kiosk.catalogue.kinds import IdentityMethod
from kiosk.contract.cases import AppIdentity

DOCUMENTS = (IdentityMethod.RESIDENT_CARD, IdentityMethod.HMT_PERMIT, IdentityMethod.FOREIGNER_CARD)
"""What an app's account may be opened with."""
_KEPT = timedelta(hours=1)


def identify(session: Session, code: str, now: datetime, *, practice: bool) -> AppIdentity:
    """Whose code it is; from now on it is used. Raises Refusal 422 bad-code: old, used, or not ours."""
    keys = [_key(session), *([app_code.PRACTICE_KEY] if practice else [])]
    found = next((known for key in keys if (known := app_code.read(key, code, now))), None)
    digest = hashlib.sha256(code.encode("utf-8", "surrogatepass")).hexdigest()
    if found is None or found.document not in DOCUMENTS or session.get(UsedCodeRow, digest) is not None:
        raise Refusal(422, "bad-code", "This code is old, used, or not one of the citizens' app; show a fresh one.")
    session.add(UsedCodeRow(digest=digest, used_at=now))
    return found


def make(session: Session, identity: AppIdentity, now: datetime) -> str:
    """A fresh code, as the app would show it. Raises ValueError for a name that is too long."""
    return app_code.make(_key(session), identity, now)


def forget_used(session: Session, now: datetime) -> None:
    """Drop the digests of codes that nobody would take any more."""
    session.execute(delete(UsedCodeRow).where(UsedCodeRow.used_at < now - _KEPT))


def _key(session: Session) -> bytes:
    fact = session.get(CentreFact, "app_key")
    if fact is None:
        fact = CentreFact(name="app_key", value=secrets.token_hex(32))
        session.add(fact)
        session.flush()
    return bytes.fromhex(fact.value)
