"""`kiosk approval`: what it prints, and that bad input is one sentence and exit status 2."""

import json
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from kiosk.__main__ import main
from kiosk.approval.database import Database
from kiosk.approval.result_tables import ResultRow
from kiosk.approval.server import ServeOptions, listen
from kiosk.approval.service import open_database


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    status = main(["approval", *words])
    out, err = capsys.readouterr()
    return status, out, err


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'data' / 'approval.db'}"


def test_the_openapi_document(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = said(capsys, "openapi")
    document = json.loads(out)
    assert status == 0
    assert set(document["paths"]) == {
        "/healthz", "/v1/enrolments", "/v1/catalogue", "/v1/heartbeats", "/v1/readiness-reports", "/v1/queues", "/v1/tickets",
        "/v1/tickets/{ticket_id}", "/v1/tickets/{ticket_id}/give-up", "/v1/cases", "/v1/cases/lookup",
        "/v1/cases/by-token/{token}", "/v1/cases/by-token/{token}/supplements", "/v1/cases/by-token/{token}/withdraw",
        "/v1/drafts", "/v1/drafts/{code}", "/v1/holders/{digest}", "/v1/app-codes", "/v1/ratings",
        "/v1/files", "/v1/files/{digest}", "/v1/files/{digest}/content", "/v1/phone-uploads", "/v1/phone-uploads/{upload}",
        "/v1/results/{result}/prints", "/v1/prints/{print_id}/pdf", "/v1/prints/{print_id}/report",
    }  # fmt: skip
    for path in document["paths"].values():
        for operation in path.values():
            for code, answer in operation["responses"].items():
                if code >= "400":
                    assert set(answer["content"]) == {"application/problem+json"}


def test_the_operators_commands(capsys: pytest.CaptureFixture[str], database: str) -> None:
    at = ("--database", database)
    _, code, _ = said(capsys, "enrol-code", "--station", "hall-1", *at)
    assert len(code.strip()) == 24
    assert said(capsys, "kiosks", *at) == (0, "no kiosk is enrolled\n", "")
    assert said(capsys, "readiness", *at) == (0, "no kiosk is enrolled\n", "")
    assert said(capsys, "call", "3", *at) == (0, "nobody is waiting\n", "")
    assert "A general 市场主体登记: 0 waiting" in said(capsys, "queue", *at)[1]
    status, _, err = said(capsys, "revoke", "kiosk-1", *at)
    assert (status, "there is no kiosk 'kiosk-1'" in err) == (2, True)


def test_withdrawing_a_result(capsys: pytest.CaptureFixture[str], database: str) -> None:
    opened = open_database(database)
    now = datetime(2026, 3, 2, tzinfo=UTC)
    row = ResultRow(
        id="r", sub_case="1" * 14, item="i", title="{}", office="{}", holder_name="", code="A" * 20, printable=True,
        made_at=now, made_on=now.date(),
    )  # fmt: skip
    opened.write(lambda session: session.add(row))
    opened.close()
    at = ("--database", database)
    assert said(capsys, "withdraw-result", "aaaa-AAAA-AAAA-AAAA-AAAA", *at) == (
        0,
        "AAAA-AAAA-AAAA-AAAA-AAAA: withdrawn\n",
        "",
    )
    status, _, err = said(capsys, "withdraw-result", "BBBB", *at)
    assert (status, "no result document has this verification code" in err) == (2, True)


def test_the_database_is_its_owners_alone(database: str, tmp_path: Path) -> None:
    open_database(database).close()
    assert (tmp_path / "data").stat().st_mode & 0o077 == 0
    assert (tmp_path / "data" / "approval.db").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("nonsense", "is not a database address"),
        ("mysql://host/name", "only sqlite and postgresql are supported"),
        ("sqlite://", "must name a file"),
        ("sqlite:////proc/none/approval.db", "cannot be opened"),
        ("postgresql+nodriver://user:geheim@host/name", "driver is not installed"),
    ],
)
def test_a_bad_database_address(capsys: pytest.CaptureFixture[str], url: str, sentence: str) -> None:
    status, out, err = said(capsys, "queue", "--database", url)
    assert (status, out) == (2, "")
    assert sentence in err
    assert err.count("\n") == 1
    assert "geheim" not in err


def test_a_file_that_is_no_database(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Sir or Madam, " * 100)
    status, _, err = said(capsys, "queue", "--database", f"sqlite:///{tmp_path / 'letter.txt'}")
    assert status == 2
    assert "cannot be opened (file is not a database)" in err


def test_a_database_that_another_program_holds(
    capsys: pytest.CaptureFixture[str], database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = open_database(database)
    monkeypatch.setattr("kiosk.approval.database.BUSY_TIMEOUT_MS", 1)
    with opened.connection():
        status, out, err = said(capsys, "call", "3", "--database", database)
    opened.close()
    assert (status, out) == (2, "")
    assert "cannot be used (database is locked)" in err
    assert err.count("\n") == 1


def test_a_database_with_tables_of_somebody_else(capsys: pytest.CaptureFixture[str], database: str) -> None:
    other = Database(database)
    other.write(lambda session: session.execute(text("CREATE TABLE tickets (id TEXT)")))
    other.close()
    status, _, err = said(capsys, "queue", "--database", database)
    assert status == 2
    assert "cannot be used (table tickets already exists)" in err


def test_a_newer_database_is_refused(capsys: pytest.CaptureFixture[str], database: str) -> None:
    opened = open_database(database)
    opened.write(lambda session: session.execute(text("UPDATE alembic_version SET version_num = '9999'")))
    opened.close()
    status, _, err = said(capsys, "queue", "--database", database)
    assert status == 2
    assert "written by a newer version of this program (tables 9999" in err
    assert "update the program" in err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--host", "0.0.0.0"), "not served without encryption beyond this machine"),
        (("--certificate", "a.pem"), "--certificate and --key belong together"),
        (
            ("--certificate", "/none/a.pem", "--key", "/none/a.key", "--port", "0"),
            "--certificate, --key: cannot be used",
        ),
        (("--host", "192.0.2.1", "--behind-tls-proxy"), "cannot listen on 192.0.2.1"),
        (("--catalogue", "/none/catalogue.json", "--port", "0"), "/none/catalogue.json"),
        (("--queues", "/none/queues.toml", "--port", "0"), "/none/queues.toml: cannot be read"),
        (("--offices", "/none/offices.toml", "--port", "0"), "/none/offices.toml: cannot be read"),
    ],
)
def test_what_serve_refuses(
    capsys: pytest.CaptureFixture[str], database: str, words: tuple[str, ...], sentence: str
) -> None:
    status, out, err = said(capsys, "serve", "--database", database, *words)
    assert (status, out) == (2, "")
    assert sentence in err
    assert "Traceback" not in err


def test_a_taken_port(capsys: pytest.CaptureFixture[str], database: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        status, _, err = said(capsys, "serve", "--database", database, "--port", port)
    assert status == 2
    assert f"cannot listen on 127.0.0.1 port {port} (Address already in use)" in err


@pytest.mark.parametrize(
    "words",
    [
        ("--port", "70000"),
        ("--port", "x"),
        ("--practice-seconds", "60-20"),
        ("--practice-seconds", "soon"),
        ("--clerk-seconds", "-1"),
    ],
)
def test_wrong_use(capsys: pytest.CaptureFixture[str], words: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["approval", "serve", *words])
    assert end.value.code == 2
    assert words[1] in capsys.readouterr().err


def test_embedded_says_one_line_and_ends_with_its_parents_pipe(database: str) -> None:
    words = [sys.executable, "-m", "kiosk", "approval", "serve", "--embedded", "--port", "0", "--database", database]
    child = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert child.stdin
    assert child.stdout
    announced = json.loads(child.stdout.readline())
    assert set(announced) == {"url", "enrolment_code"}
    child.stdin.close()
    started = time.monotonic()
    assert child.wait(10) == 0
    assert time.monotonic() - started < 5
    assert child.stdout.read() == ""
    assert child.stderr
    assert announced["enrolment_code"] not in child.stderr.read()
    child.stdout.close()
    child.stderr.close()


def test_the_address_in_messages_hides_its_password() -> None:
    with pytest.raises(Exception, match=r"user:\*\*\*@host") as refused:
        Database("postgresql+nodriver://user:geheim@host/name")
    assert "geheim" not in str(refused.value)


def test_answers_are_sent_at_once() -> None:
    options = ServeOptions(database="", port=0)
    with listen(options) as listener, socket.create_connection(listener.getsockname()):
        accepted, _ = listener.accept()
        with accepted:
            assert accepted.proto == socket.IPPROTO_TCP  # what asyncio asks before it sets TCP_NODELAY
