"""What to do with a letter after an attempt to deliver it: one pure function."""

from typing import TypeGuard

from kiosk.errors import CentreBusy, CentreForbidden, CentreRefused, FilesMissing
from kiosk.ports.outbox import Delivered, Later, Pause, SetAside

FIRST_S, LONGEST_S = 1.0, 300.0
"""Between two attempts: doubled each time, up to five minutes."""
LONGEST_WISH_S = 3_600.0
"""The centre may ask for more patience than that, but not for more than this."""
FORBIDDEN_S = 60.0
"""While the centre does not know this kiosk."""
KNOWN = "idempotency-key-reused"
"""The centre has this key, and remembers the request otherwise than it is written now (by a newer program): it has the letter."""
SUBMITTED = "draft-submitted"
"""The case of this draft came before it: the draft is not needed any more."""
NOT_UNDERSTOOD = "not-understood"
"""Whoever answered did not speak as the centre does (a proxy, a login page of the network): nobody has judged the letter."""


def decide(
    answer: bytes | Exception, attempts: int, now: float, chance: float = 0.5
) -> Delivered | Later | SetAside | Pause:
    """`answer`: the centre's, as JSON, or what was raised; `attempts` before this one; `now` in seconds since 1970;
    `chance` 0 to 1 spreads the attempts of many kiosks.

    An error that nobody foresaw is tried again: a letter is set aside only by a refusal of the centre."""
    if isinstance(answer, bytes):
        return Delivered(answer)
    if isinstance(answer, CentreForbidden):
        return Pause(now + FORBIDDEN_S)
    if _is_refusal(answer):
        return Delivered(b"") if answer.code in (KNOWN, SUBMITTED) else SetAside(answer.code)
    wished_s = answer.retry_after_s if isinstance(answer, CentreBusy) else None
    return Later(now + _patience_s(attempts, chance, wished_s))


def _is_refusal(answer: Exception) -> TypeGuard[CentreRefused]:
    """Files that are missing although they were uploaded were lost over there: nothing is wrong with the letter."""
    return isinstance(answer, CentreRefused) and answer.code != NOT_UNDERSTOOD and not isinstance(answer, FilesMissing)


def _patience_s(attempts: int, chance: float, wished_s: float | None) -> float:
    """Half of it is fixed, half by chance; never less than the centre wishes."""
    usual_s = min(LONGEST_S, FIRST_S * 2.0 ** min(attempts, 16)) * (1 + chance) / 2
    return max(usual_s, min(wished_s or 0.0, LONGEST_WISH_S))
