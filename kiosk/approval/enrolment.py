"""Enrolment of kiosks: one-time codes, credentials, revocation. Only digests are stored.

Codes carry 100 and credentials 256 random bits, so a plain SHA-256 suffices: there is nothing to guess offline.
"""

import hashlib
import hmac
import secrets
import threading
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, select
from sqlalchemy.orm import Session

from kiosk.approval.problems import Refusal
from kiosk.approval.tables import CentreFact, EnrolmentCode, KioskRow, table_of
from kiosk.contract.kiosks import Enrolment, EnrolmentRequest

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O, U, so that a code can be read out on the telephone."""
CODE_LENGTH = 20
WRONG_CODES_PER_MINUTE = 10
_KIOSKS = table_of(KioskRow)
_KIOSK = select(_KIOSKS.c.id, _KIOSKS.c.credential_digest, _KIOSKS.c.revoked_at).where(
    _KIOSKS.c.id == bindparam("asks")
)
_LOOK_ALIKES = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})


def make_code(session: Session, station: str | None, now: datetime, valid: timedelta) -> str:
    """A new one-time code for a station (None: for whichever comes); shown once, as XXXX-XXXX-XXXX-XXXX-XXXX."""
    session.execute(delete(EnrolmentCode).where(EnrolmentCode.expires_at < now - timedelta(days=30)))
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    session.add(EnrolmentCode(digest=_digest(code), station=station, expires_at=now + valid))
    return "-".join(code[i : i + 4] for i in range(0, CODE_LENGTH, 4))


def enrol(session: Session, request: EnrolmentRequest, now: datetime) -> Enrolment:
    """Trade a code for a credential. Raises Refusal 403; it does not say whether the code was wrong, used or old."""
    code = session.get(EnrolmentCode, _digest(_normal(request.code)), with_for_update=True)
    if code is None or code.used_at or code.expires_at <= now or code.station not in (None, request.station):
        raise Refusal(
            403,
            "enrolment-code-not-accepted",
            "This code is wrong, used, expired or for another station; ask the operator for a new one.",
        )
    code.used_at = now
    kiosk_id, secret = f"kiosk-{secrets.token_hex(6)}", secrets.token_hex(32)
    session.add(KioskRow(id=kiosk_id, station=request.station, credential_digest=_digest(secret), enrolled_at=now))
    return Enrolment(kiosk_id=kiosk_id, credential=f"{kiosk_id}.{secret}", holder_key=holder_key(session))


def holder_key(session: Session) -> str:
    """The key of this centre's holder digests; made when it is first asked for."""
    fact = session.get(CentreFact, "holder_key")
    if fact is None:
        fact = CentreFact(name="holder_key", value=secrets.token_hex(32))
        session.add(fact)
        session.flush()
    return fact.value


def authenticate(connection: Connection, credential: str) -> str:
    """The id of the kiosk whose credential this is. Raises Refusal 401 (unknown) or 403 (revoked)."""
    kiosk_id, _, secret = credential.partition(".")
    kiosk = connection.execute(_KIOSK, {"asks": kiosk_id[:64]}).first()
    known = kiosk.credential_digest if kiosk else _digest("")
    if not hmac.compare_digest(_digest(secret), known) or kiosk is None:
        raise Refusal(
            401,
            "credential-not-accepted",
            "Send the credential that this kiosk got at its enrolment.",
            headers={"WWW-Authenticate": "Bearer"},
        )
    if kiosk.revoked_at:
        raise Refusal(403, "credential-revoked", "This kiosk's credential was revoked; enrol it again.")
    return str(kiosk.id)


def revoke(session: Session, kiosk_id: str, now: datetime) -> bool:
    """Revoke a kiosk's credential for good; False when there is no such kiosk."""
    kiosk = session.scalar(select(KioskRow).where(KioskRow.id == kiosk_id))
    if kiosk is None:
        return False
    kiosk.revoked_at = kiosk.revoked_at or now
    return True


class Throttle:
    """Slows guessing: after ten wrong codes within a minute from one address, no more are looked at for a while."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._wrong: dict[str, deque[datetime]] = {}

    def check(self, address: str) -> None:
        """Raises Refusal 429 with Retry-After (seconds)."""
        with self._lock:
            recent = self._recent(address)
            if len(recent) < WRONG_CODES_PER_MINUTE:
                return
            wait = timedelta(minutes=1) - (self._clock() - recent[0])
        raise Refusal(
            429,
            "too-many-wrong-codes",
            "Too many wrong codes; wait a minute.",
            headers={"Retry-After": str(max(1, round(wait.total_seconds())))},
        )

    def wrong(self, address: str) -> None:
        """Count a wrong code."""
        with self._lock:
            self._recent(address).append(self._clock())

    def _recent(self, address: str) -> deque[datetime]:
        since = self._clock() - timedelta(minutes=1)
        for known in list(self._wrong):
            while self._wrong[known] and self._wrong[known][0] <= since:
                self._wrong[known].popleft()
            if not self._wrong[known]:
                del self._wrong[known]
        return self._wrong.setdefault(address, deque())


def _normal(code: str) -> str:
    return code.upper().translate(_LOOK_ALIKES)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
