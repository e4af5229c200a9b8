"""Files come in: in pieces by their digest, or whole from a telephone; and go out again.

How much of a file is there is the length of its local file, which is on the disk before it is told; so a piece costs no
transaction, and a power cut loses nothing that was confirmed. Whoever changes a file holds a lock on its local file, also
against other processes.
"""

import fcntl
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from kiosk.approval.database import Database
from kiosk.approval.examine.examiner import Examiner
from kiosk.approval.examine.verdict import SENTENCES, Bad, Verdict
from kiosk.approval.file_store import FileStore, checked
from kiosk.approval.file_tables import FileRow
from kiosk.approval.problems import Refusal
from kiosk.contract.files import OFFSET, Fault, MediaType, Upload, UploadRequest


@dataclass(frozen=True)
class Intake:
    """What takes files in. Its calls block; each runs its own transactions."""

    database: Database
    store: FileStore
    examiner: Examiner
    clock: Callable[[], datetime]

    def announce(self, request: UploadRequest) -> tuple[Upload, bool]:
        """A file is going to come; also whether it is new. One announced otherwise begins again. Raises Refusal 409 bad-file
        where it is there already and of another size or type."""
        self.examiner.warm()
        with locked(self._partial(request.digest)) as partial:
            known = self._row(request.digest)
            if known and known.complete:
                _refuse_other(known, request)
                return _complete(known), False
            if known and (known.size, known.media_type) != (request.size, request.media_type):
                os.ftruncate(partial, 0)
            self.database.write(lambda session: self._announced(session, request))
            return Upload(digest=request.digest, received=_length(partial), complete=False), known is None

    def status(self, digest: str) -> Upload:
        """How much is there. Raises Refusal 404 no-such-file."""
        row = self._known(digest)
        return (
            _complete(row) if row.complete else Upload(digest=digest, received=self._received(digest), complete=False)
        )

    def piece(self, digest: str, offset: int, content: bytes) -> Upload:
        """Take the next piece; with the last one, the file is looked through. Harmless when the file is complete.

        Raises Refusal 404 no-such-file, 409 wrong-offset, 409 bad-file; OSError where it cannot be kept."""
        with locked(self._partial(digest)) as partial:
            row = self._known(digest)
            if row.complete:
                return _complete(row)
            received = _length(partial)
            if offset != received:
                raise wrong_offset(received)
            if received + len(content) > row.size:
                self._give_up(digest)
                raise bad_file(Fault.TOO_LARGE)
            _append(partial, content)
            received += len(content)
            if received == row.size:
                self._finish(digest, MediaType(row.media_type))
            return Upload(digest=digest, received=received, complete=received == row.size)

    def keep(self, file: Path, digest: str, verdict: Verdict) -> FileRow:
        """Keep a whole file that was found good; `file` is gone afterwards. OSError where it cannot be kept."""
        with locked(self._partial(digest)):
            size = file.stat().st_size
            self.store.put(digest, file)
            return self.database.write(lambda session: self._completed(session, digest, size, verdict))

    def content(self, digest: str) -> tuple[FileRow, Iterator[bytes]]:
        """A complete file. Raises Refusal 404 no-such-file."""
        row = self._known(digest)
        if not row.complete:
            raise no_such_file()
        try:
            return row, self.store.pieces(digest)
        except FileNotFoundError as error:
            raise no_such_file() from error

    def forget(self, digest: str, may_go: Callable[[Session, str], bool]) -> None:
        """Drop a file and all that is known of it, unless `may_go` (asked under its lock, in the transaction) is false."""
        with locked(self._partial(digest)):
            if self.database.write(lambda session: may_go(session, digest) and self._deleted(session, digest)):
                self._partial(digest).unlink(missing_ok=True)
                self.store.drop(digest)

    def _finish(self, digest: str, media_type: MediaType) -> None:
        file = self._partial(digest)
        try:
            if digest_of(file) != digest:
                raise Bad(Fault.DIGEST)
            verdict = self.examiner.examine(file, {media_type})
        except Bad as bad:
            self._give_up(digest)
            raise bad_file(bad.fault) from bad
        size = file.stat().st_size
        self.store.put(digest, file)
        self.database.write(lambda session: self._completed(session, digest, size, verdict))

    def _give_up(self, digest: str) -> None:
        """Nothing of a bad file is kept."""
        self._partial(digest).unlink()
        self.database.write(lambda session: self._deleted(session, digest))

    def _deleted(self, session: Session, digest: str) -> bool:
        row = session.get(FileRow, digest)
        if row is not None:
            session.delete(row)
        return row is not None

    def _announced(self, session: Session, request: UploadRequest) -> None:
        row = session.get(FileRow, request.digest) or FileRow(digest=request.digest, complete=False)
        row.size, row.media_type, row.touched_at = request.size, request.media_type, self.clock()
        session.add(row)

    def _completed(self, session: Session, digest: str, size: int, verdict: Verdict) -> FileRow:
        row = session.get(FileRow, digest) or FileRow(digest=digest)
        row.complete, row.size, row.media_type = True, size, verdict.media_type
        row.pages, row.touched_at = verdict.pages, self.clock()
        session.add(row)
        return row

    def _known(self, digest: str) -> FileRow:
        row = self._row(digest)
        if row is None:
            raise no_such_file()
        return row

    def _row(self, digest: str) -> FileRow | None:
        with self.database.reading() as session:
            return session.get(FileRow, digest)

    def _received(self, digest: str) -> int:
        try:
            return self._partial(digest).stat().st_size
        except FileNotFoundError:
            return 0

    def _partial(self, digest: str) -> Path:
        return self.store.incoming / f"{checked(digest)}.part"


@contextmanager
def locked(path: Path) -> Iterator[int]:
    """The file, open and locked against every other thread and process; made where it is not there, removed if it stays empty."""
    handle = _locked_handle(path)
    try:
        yield handle
    finally:
        if _still_there(handle, path) and not _length(handle):
            path.unlink()
        os.close(handle)


def _locked_handle(path: Path) -> int:
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(handle, fcntl.LOCK_EX)
        if _still_there(handle, path):
            return handle
        os.close(handle)  # while we waited, whoever had it moved it away


def _still_there(handle: int, path: Path) -> bool:
    try:
        there, ours = path.stat(), os.fstat(handle)
    except FileNotFoundError:
        return False
    return (there.st_dev, there.st_ino) == (ours.st_dev, ours.st_ino)


def _length(handle: int) -> int:
    return os.fstat(handle).st_size


def _append(handle: int, content: bytes) -> None:
    """Write the piece to the disk, all of it or nothing. Raises OSError."""
    length = _length(handle)
    try:
        rest, at = memoryview(content), length
        while rest:
            written = os.pwrite(handle, rest, at)
            rest, at = rest[written:], at + written
        os.fdatasync(handle)
    except OSError:
        os.ftruncate(handle, length)
        raise


def digest_of(file: Path) -> str:
    """The SHA-256 of a file."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def bad_file(fault: Fault) -> Refusal:
    """409 bad-file, with its reason."""
    return Refusal(409, "bad-file", SENTENCES[fault], {"reason": fault.value})


def no_such_file() -> Refusal:
    """404 no-such-file."""
    return Refusal(404, "no-such-file", "There is no such file; announce it first.")


def wrong_offset(received: int) -> Refusal:
    """409 wrong-offset, with the right one."""
    detail = f"The next piece begins at byte {received}."
    return Refusal(409, "wrong-offset", detail, {"received": received}, {OFFSET: str(received)})


def _complete(row: FileRow) -> Upload:
    return Upload(digest=row.digest, received=row.size, complete=True)


def _refuse_other(row: FileRow, request: UploadRequest) -> None:
    if (row.size, row.media_type) != (request.size, request.media_type):
        raise bad_file(Fault.TYPE)
