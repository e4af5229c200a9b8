"""Codes of the citizens' app: who holds it, sealed with a key that app and centre share; good for a minute.

`bm1.<who>.<seal>`: base64url of compact JSON (UTF-8), base64url of HMAC-SHA256 over it.
"""

import base64
import binascii
import hashlib
import hmac
import json
import secrets
from datetime import UTC, datetime, timedelta

from pydantic import ValidationError

from kiosk.contract.cases import AppCode, AppIdentity

KIND = "bm1"
GOOD_FOR = timedelta(minutes=1)
CLOCKS_APART = timedelta(seconds=30)
"""By so much the telephone's clock may be ahead."""
PRACTICE_KEY = hashlib.sha256(b"bianmin practice app").digest()
"""No secret: a service takes codes under it only while it practises."""


def make(key: bytes, identity: AppIdentity, now: datetime) -> str:
    """A fresh code. Raises ValueError where a name is too long for one."""
    said = identity.model_dump() | {"at": int(now.timestamp()), "once": secrets.token_urlsafe(9)}
    who = _text(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode())
    return AppCode(code=f"{KIND}.{who}.{_text(_seal(key, who))}").code


def read(key: bytes, code: str, now: datetime) -> AppIdentity | None:
    """Whose code it is; None for one that is old, from the future, sealed by somebody else, or no such code."""
    kind, _, rest = code.partition(".")
    who, _, seal = rest.partition(".")
    if kind != KIND or not hmac.compare_digest(_bytes(seal), _seal(key, who)):
        return None
    return _identity(_bytes(who), now)


def _identity(said: bytes, now: datetime) -> AppIdentity | None:
    try:
        parts = json.loads(said)
        made = datetime.fromtimestamp(parts.pop("at"), UTC)
        parts.pop("once")
        identity = AppIdentity.model_validate(parts)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, OSError, ValidationError):
        return None
    return identity if made - CLOCKS_APART <= now < made + GOOD_FOR else None


def _seal(key: bytes, who: str) -> bytes:
    return hmac.new(key, who.encode(), hashlib.sha256).digest()


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text.encode() + b"=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        return b""
