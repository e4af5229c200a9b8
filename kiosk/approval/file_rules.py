"""What cases and drafts want to know about files."""

from collections.abc import Iterable

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from kiosk.approval.file_tables import FileRow
from kiosk.approval.problems import Refusal
from kiosk.approval.tables import table_of

_FILES = table_of(FileRow)
_THERE = select(_FILES.c.digest).where(_FILES.c.digest.in_(bindparam("named", expanding=True)), _FILES.c.complete)


def files_missing(session: Session, digests: Iterable[str]) -> tuple[str, ...]:
    """Which of these files are not completely there, each once, in the order in which they are named."""
    named = tuple(dict.fromkeys(digests))
    if not named:
        return ()
    known = set(session.connection().scalars(_THERE, {"named": named}))
    return tuple(digest for digest in named if digest not in known)


def refuse_missing(session: Session, digests: Iterable[str]) -> None:
    """Raises Refusal 409 materials-missing, which names every file that must be uploaded first."""
    missing = files_missing(session, digests)
    if missing:
        detail = f"{len(missing)} of the files named are not here yet; upload them, then repeat the request."
        raise Refusal(409, "materials-missing", detail, {"missing": list(missing)})
