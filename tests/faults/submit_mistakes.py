"""Terminals and services that do something wrong on purpose: a laboratory that does not find them finds nothing."""

import os
from collections.abc import Mapping
from typing import Any

from kiosk.centre.client import HttpCentre
from kiosk.contract.cases import CaseReceipt, CaseRequest
from kiosk.ports.outbox import Letter, LetterState, Outbox
from kiosk.store.outbox import StoreOutbox
from tests.faults.submit_plan import Mistake


class _NewKeys:
    """Every attempt has a key of its own."""

    def __init__(self, centre: HttpCentre) -> None:
        self._centre = centre

    def submit_case(self, request: CaseRequest, _key: str) -> CaseReceipt:
        """As something new."""
        return self._centre.submit_case(request, os.urandom(16).hex())

    def __getattr__(self, name: str) -> Any:
        return getattr(self._centre, name)


class _TellsFirst:
    """It is told to be kept before it is: now and then it is not."""

    def __init__(self, outbox: StoreOutbox) -> None:
        self._outbox = outbox

    def put(self, letter: Letter, files: Mapping[str, bytes]) -> bool:
        """Half of it is written by and by, and then somebody switches off."""
        return bool(letter.key[0] in "89abcdef" or self._outbox.put(letter, files))

    def state(self, key: str) -> tuple[LetterState, bytes] | None:
        """As it is."""
        return self._outbox.state(key)

    def waiting(self) -> int:
        """As it is."""
        return self._outbox.waiting()


def made(mistake: Mistake, outbox: StoreOutbox, centre: HttpCentre) -> tuple[Outbox, Any]:
    """The outbox and the centre of a terminal that makes this mistake."""
    kept = _TellsFirst(outbox) if mistake is Mistake.TELLS_FIRST else outbox
    return kept, _NewKeys(centre) if mistake is Mistake.NEW_KEYS else centre


def forgetful() -> None:
    """From now on, the service of this process remembers no key for long."""
    from kiosk.approval import idempotency

    once = idempotency._Book.once

    def forgets(book: Any, session: Any, own: Mapping[str, str], *rest: Any) -> Any:
        return once(book, session, {**own, "key": os.urandom(16).hex()}, *rest)

    idempotency._Book.once = forgets  # type: ignore[assignment]
