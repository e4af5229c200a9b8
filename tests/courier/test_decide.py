"""What becomes of a letter, row by row."""

import pytest

from kiosk.courier.decide import FORBIDDEN_S, LONGEST_S, LONGEST_WISH_S, decide
from kiosk.errors import (
    CentreBusy,
    CentreForbidden,
    CentreRefused,
    CentreUnreachable,
    FilesMissing,
    StoreError,
)
from kiosk.ports.outbox import Delivered, Later, Pause, SetAside

NOW = 1_800_000_000.0
AWAY = CentreUnreachable("no network")

TABLE = [
    (b'{"number": 1}', 0, Delivered(b'{"number": 1}')),
    (AWAY, 0, Later(NOW + 1)),
    (AWAY, 1, Later(NOW + 2)),
    (AWAY, 5, Later(NOW + 32)),
    (AWAY, 9, Later(NOW + LONGEST_S)),
    (AWAY, 10_000, Later(NOW + LONGEST_S)),
    (CentreBusy("busy"), 0, Later(NOW + 1)),
    (CentreBusy("busy", 40), 0, Later(NOW + 40)),
    (CentreBusy("busy", 1), 6, Later(NOW + 64)),
    (CentreBusy("busy", 1e9), 0, Later(NOW + LONGEST_WISH_S)),
    (CentreForbidden("revoked"), 3, Pause(NOW + FORBIDDEN_S)),
    (CentreRefused("invalid-request", "no"), 0, SetAside("invalid-request")),
    (CentreRefused("no-such-case", "no"), 7, SetAside("no-such-case")),
    (FilesMissing(("aa",)), 1, Later(NOW + 2)),
    (CentreRefused("idempotency-key-reused", "known"), 2, Delivered(b"")),
    (CentreRefused("draft-submitted", "its case came first"), 2, Delivered(b"")),
    (CentreRefused("not-understood", "a login page"), 2, Later(NOW + 4)),
    (StoreError("disk"), 0, Later(NOW + 1)),
    (KeyError("nobody foresaw this"), 2, Later(NOW + 4)),
]


@pytest.mark.parametrize(("answer", "attempts", "decision"), TABLE)
def test_every_answer_has_its_decision(answer, attempts, decision):
    assert decide(answer, attempts, NOW, 1.0) == decision


@pytest.mark.parametrize("attempts", range(20))
def test_chance_spreads_attempts_over_half_the_time(attempts):
    soon, late = (decide(AWAY, attempts, NOW, chance) for chance in (0.0, 1.0))
    assert soon.at - NOW == pytest.approx((late.at - NOW) / 2)
