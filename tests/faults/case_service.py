"""A small service that speaks the contract of cases, files, drafts and ratings, and commits each by its key to SQLite.

It stumbles over a letter when told to, counts its requests and costs next to nothing: for tests of the courier, and for measuring
it alone. Whether anything is ever lost is tried against the real service (`tests.faults.submit`).
`python -m tests.faults.case_service FOLDER` serves until standard input closes.
"""

import json
import re
import sqlite3
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from kiosk.contract.cases import (
    CaseReceipt,
    CaseRequest,
    CaseState,
    CaseView,
    HandedIn,
    HolderRecord,
    SupplementRequest,
)
from kiosk.contract.drafts import Draft, DraftRequest, Drafts
from kiosk.contract.files import Upload, UploadRequest
from kiosk.contract.ratings import RatingReceipt, RatingRequest
from kiosk.contract.results import PrintReport
from kiosk.contract.wire import Wire

Reply = tuple[int, str]
BAD = "unacceptable"
"""A case with this text in one of its fields is refused; one with FAILING makes the service fail."""
FAILING = "failing"


class Refused(Exception):
    """A problem as the answer."""

    def __init__(self, status: int, code: str, **more: object) -> None:
        super().__init__(code)
        self.reply = (status, json.dumps({"type": f"/problems/{code}", "title": code, "status": status, **more}))


class CaseService:
    """What is kept, and the doing. One lock: one thing at a time."""

    def __init__(self, folder: Path) -> None:
        self._lock = threading.RLock()
        self._db = sqlite3.connect(folder / "service.db", check_same_thread=False, isolation_level=None)
        self._db.executescript(
            """PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;
            CREATE TABLE IF NOT EXISTS done (key TEXT PRIMARY KEY, kind TEXT, digest TEXT, answer TEXT, body TEXT,
                at REAL DEFAULT (unixepoch('subsec')));
            CREATE TABLE IF NOT EXISTS files (digest TEXT PRIMARY KEY, size INTEGER, content BLOB);
            CREATE TABLE IF NOT EXISTS drafts (code TEXT PRIMARY KEY, body TEXT);"""
        )
        self.requests = 0

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()

    def rows(self, question: str, *values: object) -> list[tuple]:
        """What a test wants to know."""
        with self._lock:
            return self._db.execute(question, values).fetchall()

    def done(self, kind: str) -> dict[str, dict]:
        """What was handed in, in order: key -> the request as it came, with the answer's as `answer`."""
        rows = self.rows("SELECT key, body, answer FROM done WHERE kind = ? ORDER BY rowid", kind)
        return {key: json.loads(body) | {"answer": json.loads(answer)} for key, body, answer in rows}

    def answer(self, method: str, target: str, key: str, offset: str, body: bytes) -> Reply | bytes:
        """One request, in one transaction."""
        parts = urlsplit(target)
        holder = parse_qs(parts.query).get("holder", [""])[0]
        with self._lock:
            self.requests += 1
            self._db.execute("BEGIN IMMEDIATE")
            try:
                reply = self._route(method, parts.path, key, offset or holder, body)
                self._db.execute("COMMIT")
            except Refused as refused:
                self._db.execute("ROLLBACK")
                return refused.reply
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
        return reply

    def _route(self, method: str, path: str, key: str, extra: str, body: bytes) -> Reply | bytes:
        for wanted, pattern, work in self._ways():
            found = re.fullmatch(pattern, path)
            if found and method == wanted:
                return work(key, extra, body, *found.groups())
        raise Refused(404, "not-found")

    def _ways(self) -> tuple[tuple[str, str, Callable], ...]:
        return (
            ("POST", "/v1/cases", self._case),
            ("POST", "/v1/cases/by-token/([^/]+)/supplements", self._supplement),
            ("POST", "/v1/ratings", self._rating),
            ("POST", "/v1/drafts", self._draft),
            ("PUT", "/v1/drafts/([^/]+)", self._draft),
            ("GET", "/v1/drafts", self._drafts),
            ("GET", "/v1/drafts/([^/]+)", self._one_draft),
            (
                "GET",
                "/v1/holders/([^/]+)",
                lambda *_: (200, HolderRecord(fields={"phone": "13800000000"}).model_dump_json()),
            ),
            ("POST", "/v1/prints/([^/]+)/report", self._print_report),
            ("POST", "/v1/files", self._announce),
            ("PATCH", "/v1/files/([^/]+)", self._piece),
            ("GET", "/v1/files/([^/]+)", lambda _k, _e, _b, digest: self._upload(digest)),
            ("GET", "/v1/files/([^/]+)/content", self._content),
        )

    def _once(self, kind: str, key: str, request: Wire, status: int, make: Callable[[], Wire]) -> Reply:
        written = request.model_dump_json()
        digest = sha256(written.encode()).hexdigest()
        known = self._db.execute("SELECT digest, answer FROM done WHERE key = ?", (key,)).fetchone()
        if known:
            if known[0] != digest:
                raise Refused(422, "idempotency-key-reused")
            return status, known[1]
        answer = make().model_dump_json()
        self._db.execute(
            "INSERT INTO done (key, kind, digest, answer, body) VALUES (?, ?, ?, ?, ?)",
            (key, kind, digest, answer, written),
        )
        return status, answer

    def _case(self, key: str, _extra: str, body: bytes) -> Reply:
        request = CaseRequest.model_validate_json(body)
        if FAILING in request.fields.values():
            raise RuntimeError("the service stumbles over this one")
        if BAD in request.fields.values():
            raise Refused(422, "invalid-request")
        self._must_have(request.materials, *([request.signature] if request.signature else []))
        for code in request.drafts:
            self._db.execute("DELETE FROM drafts WHERE code = ?", (code,))
        return self._once("case", key, request, 201, self._receipt)

    def _receipt(self) -> CaseReceipt:
        serial = self._db.execute("SELECT count(*) FROM done WHERE kind = 'case'").fetchone()[0] + 1
        return CaseReceipt(
            number=f"20261124{serial:06}",
            token=f"token-{serial:020}",
            state=CaseState.RECEIVED,
            received_at=_now(),
            sub_cases=(),
        )

    def _supplement(self, key: str, _extra: str, body: bytes, token: str) -> Reply:
        request = SupplementRequest.model_validate_json(body)
        self._must_have(request.materials)
        title = {"zh_CN": "个案", "zh_HK": "個案", "en": "case"}
        view = CaseView(
            number="20261124000001",
            token=token,
            title=title,
            applicant="张*",
            received_at=_now(),
            rated=False,
            parts=(),
        )
        return self._once("supplement", key, request, 200, lambda: view)

    def _rating(self, key: str, _extra: str, body: bytes) -> Reply:
        request = RatingRequest.model_validate_json(body)
        return self._once("rating", key, request, 201, lambda: RatingReceipt(received_at=_now(), first=True))

    def _draft(self, key: str, _extra: str, body: bytes, code: str = "") -> Reply:
        request = DraftRequest.model_validate_json(body)
        if code and not self.rows("SELECT 1 FROM drafts WHERE code = ?", code):
            raise Refused(404, "no-such-draft")
        self._must_have(request.materials)
        number = self._db.execute("SELECT count(*) FROM done").fetchone()[0]
        name = code or "".join("23456789ABCDEFGHJKMNPQRSTUVWXYZ"[number // 30**place % 30] for place in range(8))
        draft = Draft(**dict(request), code=name, saved_at=_now(), expires_at=_now() + timedelta(days=30))
        reply = self._once("draft", key, request, 201, lambda: draft)
        kept = Draft.model_validate_json(reply[1])
        self._db.execute("INSERT OR REPLACE INTO drafts VALUES (?, ?)", (kept.code, reply[1]))
        return reply

    def _drafts(self, _key: str, holder: str, _body: bytes) -> Reply:
        all_of_them = [Draft.model_validate_json(body) for (body,) in self.rows("SELECT body FROM drafts")]
        return 200, Drafts(drafts=tuple(draft for draft in all_of_them if draft.holder == holder)).model_dump_json()

    def _one_draft(self, _key: str, holder: str, _body: bytes, code: str) -> Reply:
        for (body,) in self.rows("SELECT body FROM drafts WHERE code = ?", code):
            if Draft.model_validate_json(body).holder == holder:
                return 200, body
        raise Refused(404, "no-such-draft")

    def _print_report(self, _key: str, _extra: str, body: bytes, grant: str) -> Reply:
        report = PrintReport.model_validate_json(body)
        return self._once("print_report", grant, report, 200, lambda: report)

    def _must_have(self, materials: tuple[HandedIn, ...], *others: str) -> None:
        wanted = dict.fromkeys([*(digest for each in materials for digest in each.files), *others])
        missing = [digest for digest in wanted if not self._complete(digest)]
        if missing:
            raise Refused(409, "materials-missing", missing=missing)

    def _complete(self, digest: str) -> bool:
        return bool(self.rows("SELECT 1 FROM files WHERE digest = ? AND length(content) = size", digest))

    def _announce(self, _key: str, _extra: str, body: bytes) -> Reply:
        asked = UploadRequest.model_validate_json(body)
        self._db.execute("INSERT OR IGNORE INTO files VALUES (?, ?, x'')", (asked.digest, asked.size))
        return self._upload(asked.digest)

    def _upload(self, digest: str) -> Reply:
        found = self.rows("SELECT length(content) FROM files WHERE digest = ?", digest)
        if not found:
            raise Refused(404, "no-such-file")
        return 200, Upload(digest=digest, received=found[0][0], complete=self._complete(digest)).model_dump_json()

    def _piece(self, _key: str, offset: str, body: bytes, digest: str) -> Reply:
        (content, size) = self.rows("SELECT content, size FROM files WHERE digest = ?", digest)[0]
        if int(offset) != len(content):
            raise Refused(409, "wrong-offset")
        whole = content + body
        if len(whole) == size and sha256(whole).hexdigest() != digest:
            raise Refused(422, "bad-file")
        self._db.execute("UPDATE files SET content = ? WHERE digest = ?", (whole, digest))
        return self._upload(digest)

    def _content(self, _key: str, _extra: str, _body: bytes, digest: str) -> bytes:
        found = self.rows("SELECT content FROM files WHERE digest = ?", digest)
        if not found:
            raise Refused(404, "no-such-file")
        return bytes(found[0][0])


def _now() -> datetime:
    return datetime.now(UTC)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 20
    service: CaseService

    def _do(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        key, offset = self.headers.get("Idempotency-Key", ""), self.headers.get("Upload-Offset", "")
        try:
            reply = self.service.answer(self.command, self.path, key, offset, body)
        except RuntimeError:
            reply = (500, "{}")
        status, text = (200, reply) if isinstance(reply, bytes) else (reply[0], reply[1].encode())
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(text)

    do_GET = do_POST = do_PUT = do_PATCH = _do  # noqa: N815  as http.server calls them

    def log_message(self, *_: object) -> None:
        """Quiet."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 64

    def handle_error(self, *_: object) -> None:
        """A client that went away is what this is about."""


@contextmanager
def serving(service: CaseService, port: int = 0) -> Iterator[str]:
    """The service at an address of loopback, in threads."""
    handler = type("Handler", (_Handler,), {"service": service})
    server = _Server(("127.0.0.1", port), handler)
    thread = threading.Thread(target=lambda: server.serve_forever(0.02), name="case-service", daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def main() -> int:
    """Print the address, serve until standard input closes."""
    service = CaseService(Path(sys.argv[1]))
    with serving(service) as url:
        sys.stdout.write(f"{url}\n")
        sys.stdout.flush()
        sys.stdin.read()
    service.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
