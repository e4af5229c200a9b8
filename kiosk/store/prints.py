"""The print ledger's rows: prepared -> sent -> out -> taken, or void, with what was known when a job was voided.

Functions over a connection that the store holds in a transaction.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from kiosk.errors import StoreError
from kiosk.ports.ledger import PrintState, Recovered

KEPT = timedelta(days=90)
"""How long the ledger remembers a print that is over."""

BEFORE: Mapping[PrintState, tuple[PrintState, ...]] = {
    PrintState.SENT: (PrintState.PREPARED,),
    PrintState.OUT: (PrintState.PREPARED, PrintState.SENT),
    PrintState.TAKEN: (PrintState.SENT, PrintState.OUT),
    PrintState.VOID: (PrintState.PREPARED, PrintState.SENT, PrintState.OUT),
}
"""From which states a state may be reached."""

NEWS: Mapping[str | None, tuple[PrintState, ...]] = {
    PrintState.SENT: (PrintState.OUT, PrintState.TAKEN, PrintState.VOID),
    PrintState.OUT: (PrintState.TAKEN,),
}
"""What may still become known of a job that was voided in this state, because its visit ended meanwhile."""

_VOID = (
    "UPDATE print_ledger SET voided_from = state, state = 'void', changed_at = ? "
    "WHERE state IN ('prepared', 'sent', 'out') RETURNING job_id, voided_from"
)


@dataclass(frozen=True)
class PrintRecord:
    """One print job. `document` is its kind (ticket, guide), never its content. `voided_from`: where it stood when the end
    of a visit, or of the program, voided it; None where it was not, or had failed."""

    job_id: str
    document: str
    state: PrintState
    prepared_at: datetime
    changed_at: datetime
    voided_from: PrintState | None = None


def prepare(connection: Any, job_id: str, document: str) -> bool:
    """Enter a job; False when it is known."""
    now = _now()
    done = connection.execute(
        "INSERT INTO print_ledger (job_id, document, state, prepared_at, changed_at) VALUES (?, ?, 'prepared', ?, ?) "
        "ON CONFLICT DO NOTHING",
        (job_id, document, now, now),
    )
    return bool(done.rowcount)


def mark(connection: Any, job_id: str, state: PrintState) -> None:
    """Move a job on; repeating its state is harmless. A job that the end of its visit voided in mid-print stays void, and
    what is now known of it is kept. Raises StoreError for an unknown job or a step back."""
    row = connection.execute("SELECT state, voided_from FROM print_ledger WHERE job_id = ?", (job_id,)).fetchone()
    if row is None:
        raise StoreError(f"the print ledger has no job {job_id}")
    if state in NEWS.get(row[1], ()):
        _learn(connection, job_id, state)
    elif row[0] != state:
        _move(connection, job_id, row[0], state)


def _learn(connection: Any, job_id: str, state: PrintState) -> None:
    """VOID says that the print failed: then nothing is unknown about it."""
    known = None if state is PrintState.VOID else state.value
    connection.execute("UPDATE print_ledger SET voided_from = ? WHERE job_id = ?", (known, job_id))


def _move(connection: Any, job_id: str, before: str, state: PrintState) -> None:
    if before not in BEFORE.get(state, ()):
        raise StoreError(f"print job {job_id} is {before}; it cannot become {state.value}")
    connection.execute(
        "UPDATE print_ledger SET state = ?, changed_at = ? WHERE job_id = ?", (state.value, _now(), job_id)
    )


def void(connection: Any) -> tuple[str, ...]:
    """Every job that was not taken is void; their ids."""
    return tuple(row[0] for row in connection.execute(_VOID, (_now(),)).fetchall())


def recover(connection: Any) -> Recovered:
    """Void what an earlier run left open, counted by where it stood; forget what has been over for long."""
    left = [row[1] for row in connection.execute(_VOID, (_now(),)).fetchall()]
    connection.execute(
        "DELETE FROM print_ledger WHERE state IN ('taken', 'void') AND changed_at < ?",
        ((datetime.now(UTC) - KEPT).isoformat(),),
    )
    return Recovered(left.count(PrintState.PREPARED), left.count(PrintState.SENT), left.count(PrintState.OUT))


def over(connection: Any, document: str, since: datetime) -> dict[str, PrintState | None]:
    """Void and taken jobs of a kind, with what is known of them."""
    rows = connection.execute(
        "SELECT job_id, CASE state WHEN 'taken' THEN 'taken' ELSE voided_from END FROM print_ledger "
        "WHERE document = ? AND state IN ('taken', 'void') AND changed_at >= ? ORDER BY changed_at",
        (document, since.astimezone(UTC).isoformat()),
    ).fetchall()
    return {job_id: PrintState(known) if known else None for job_id, known in rows}


def count_unknown(connection: Any, since: datetime | None) -> int:
    """Jobs that were voided when they stood as sent."""
    moment = since.astimezone(UTC).isoformat() if since else ""
    row = connection.execute(
        "SELECT count(*) FROM print_ledger WHERE voided_from = 'sent' AND changed_at >= ?", (moment,)
    ).fetchone()
    return int(row[0])


def record(row: tuple[Any, ...]) -> PrintRecord:
    """A row as it is read."""
    job_id, document, state, prepared_at, changed_at, voided_from = row
    return PrintRecord(
        job_id,
        document,
        PrintState(state),
        datetime.fromisoformat(prepared_at),
        datetime.fromisoformat(changed_at),
        PrintState(voided_from) if voided_from else None,
    )


def _now() -> str:
    return datetime.now(UTC).isoformat()
