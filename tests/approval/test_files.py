"""Uploads against the real server: in pieces, interrupted, two at once, wrong, bad; and what is dropped after days."""

import os
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
from sqlalchemy import select

from kiosk.approval import file_care
from kiosk.approval.file_tables import FileRow
from kiosk.approval.service import Service
from kiosk.contract.files import CHUNK_BYTES, LARGEST_BYTES
from tests.approval import bad_files
from tests.approval.bad_files import digest_of, photo, photo_of
from tests.approval.hall import Clock, enrol_kiosk, service_in, serving


class Uploader(requests.Session):
    """An enrolled kiosk that uploads."""

    def __init__(self, service: Service, url: str) -> None:
        super().__init__()
        self.url = f"{url}/v1/files"
        self.headers["Authorization"] = f"Bearer {enrol_kiosk(service).credential}"

    def announce(self, content: bytes, media_type: str = "image/jpeg", **other: Any) -> requests.Response:
        body = {"digest": digest_of(content), "size": len(content), "media_type": media_type} | other
        return self.post(self.url, json=body, timeout=10)

    def send_piece(self, digest: str, offset: int, piece: bytes) -> requests.Response:
        return self.patch(f"{self.url}/{digest}", data=piece, headers={"Upload-Offset": str(offset)}, timeout=60)

    def upload(self, content: bytes, media_type: str = "image/jpeg", **other: Any) -> requests.Response:
        answer = self.announce(content, media_type, **other)
        while answer.ok and not answer.json()["complete"]:
            at = answer.json()["received"]
            answer = self.send_piece(answer.json()["digest"], at, content[at : at + CHUNK_BYTES])
        return answer

    def content(self, digest: str) -> requests.Response:
        return self.get(f"{self.url}/{digest}/content", timeout=10)


@pytest.fixture(scope="module")
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, clock: Clock) -> Iterator[tuple[Service, str]]:
    with service_in(tmp_path_factory.mktemp("files"), clock) as service, serving(service) as url:
        yield service, url


@pytest.fixture
def kiosk(served: tuple[Service, str]) -> Iterator[Uploader]:
    with Uploader(*served) as uploader:
        yield uploader


def problem(answer: requests.Response) -> tuple[int, str]:
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.status_code, answer.json()["type"].rsplit("/", 1)[-1]


def test_a_file_in_pieces_comes_back_as_it_was(kiosk: Uploader, served: tuple[Service, str]) -> None:
    content = photo_of(2_500_000)
    digest = digest_of(content)
    first = kiosk.announce(content)
    assert (first.status_code, first.json()) == (201, {"digest": digest, "received": 0, "complete": False})
    assert kiosk.announce(content).status_code == 200
    assert kiosk.upload(content).json() == {"digest": digest, "received": len(content), "complete": True}
    back = kiosk.content(digest)
    assert back.content == content
    assert (back.headers["content-type"], back.headers["cache-control"]) == ("image/jpeg", "no-store")
    assert back.headers["content-disposition"] == "attachment"
    kept = served[0].files.store.incoming.parent / digest[:2] / digest[2:4] / digest
    assert kept.stat().st_mode & 0o077 == 0
    assert kept.read_bytes() == content


def test_an_interrupted_upload_goes_on_where_it_ended(kiosk: Uploader, served: tuple[Service, str]) -> None:
    content = photo_of(1_700_000)
    digest = digest_of(content)
    kiosk.announce(content)
    kiosk.send_piece(digest, 0, content[:700_000])
    with Uploader(*served) as after_the_night:
        status = after_the_night.announce(content)
        assert status.json()["received"] == 700_000
        head = after_the_night.head(f"{after_the_night.url}/{digest}", timeout=10)
        assert (head.status_code, head.headers["upload-offset"]) == (200, "700000")
        assert after_the_night.upload(content).json()["complete"]
        assert after_the_night.head(f"{after_the_night.url}/{digest}", timeout=10).headers["upload-length"] == "1700000"


def test_a_piece_at_the_wrong_place_is_told_the_right_one(kiosk: Uploader) -> None:
    content = photo_of(300_000)
    digest = digest_of(content)
    kiosk.announce(content)
    kiosk.send_piece(digest, 0, content[:100_000])
    for offset in (0, 99_999, 200_000):
        answer = kiosk.send_piece(digest, offset, content[offset : offset + 10])
        assert problem(answer) == (409, "wrong-offset")
        assert (answer.headers["upload-offset"], answer.json()["received"]) == ("100000", 100_000)
    assert kiosk.send_piece(digest, 100_000, content[100_000:]).json()["complete"]
    assert kiosk.send_piece(digest, 100_000, content[100_000:]).json()[
        "complete"
    ]  # the answer was lost, the piece sent again


def test_one_file_by_many_at_once(served: tuple[Service, str]) -> None:
    content, many = photo_of(3_000_000), 6
    line = threading.Barrier(many)

    def upload(_: int) -> int:
        with Uploader(*served) as uploader:
            line.wait()
            answer = uploader.upload(content)
            while answer.status_code == 409:  # wrong-offset: somebody else was faster with this piece
                answer = uploader.upload(content)
            return answer.status_code

    with ThreadPoolExecutor(many) as pool:
        assert set(pool.map(upload, range(many))) == {200}
    with Uploader(*served) as uploader:
        assert uploader.content(digest_of(content)).content == content
    assert [path.name for path in served[0].files.store.incoming.iterdir() if digest_of(content) in path.name] == []


def test_what_changed_on_its_way_is_refused_and_may_come_again(kiosk: Uploader) -> None:
    content = photo()
    digest = digest_of(content)
    kiosk.announce(content)
    answer = kiosk.send_piece(digest, 0, content[:-1] + b"\0")
    assert problem(answer) == (409, "bad-file")
    assert answer.json()["reason"] == "digest"
    assert problem(kiosk.get(f"{kiosk.url}/{digest}", timeout=10)) == (404, "no-such-file")
    assert kiosk.upload(content).json()["complete"]


@pytest.mark.parametrize("name", ["80 pages", "a text called .pdf", "a PDF bomb", "a script", "a PNG bomb"])
def test_a_bad_file_is_refused_in_words_and_nothing_of_it_is_kept(
    kiosk: Uploader, served: tuple[Service, str], name: str
) -> None:
    media_type, make, fault = bad_files.BAD[name]
    content = make()
    answer = kiosk.upload(content, media_type)
    assert problem(answer) == (409, "bad-file")
    assert answer.json()["reason"] == fault
    assert answer.json()["detail"].endswith(".")
    assert problem(kiosk.content(digest_of(content))) == (404, "no-such-file")
    assert [
        path for path in served[0].files.store.incoming.parent.rglob(f"{digest_of(content)}*") if path.is_file()
    ] == []


def test_a_photo_of_40_megabytes_is_taken_and_one_of_60_refused(kiosk: Uploader) -> None:
    assert kiosk.upload(photo_of(40_000_000)).json()["complete"]
    assert problem(kiosk.announce(b"x", size=LARGEST_BYTES + 10_000_000)) == (422, "invalid-request")


def test_more_than_was_announced_is_refused(kiosk: Uploader) -> None:
    content = photo()
    kiosk.announce(content, size=1_000)
    answer = kiosk.send_piece(digest_of(content), 0, content)
    assert (problem(answer), answer.json()["reason"]) == ((409, "bad-file"), "too-large")


def test_a_piece_is_one_megabyte_at_most(kiosk: Uploader) -> None:
    content = photo_of(CHUNK_BYTES + 1)
    kiosk.announce(content)
    assert problem(kiosk.send_piece(digest_of(content), 0, content)) == (413, "content-too-large")
    assert kiosk.get(f"{kiosk.url}/{digest_of(content)}", timeout=10).json()["received"] == 0


def test_announced_as_something_else(kiosk: Uploader) -> None:
    content = photo()
    kiosk.announce(content, "application/pdf")
    kiosk.send_piece(digest_of(content), 0, content[:100])
    assert kiosk.announce(content).json()["received"] == 0  # begins again: it was another kind of file so far
    assert kiosk.upload(content).json()["complete"]
    answer = kiosk.announce(content, "application/pdf")
    assert (problem(answer), answer.json()["reason"]) == ((409, "bad-file"), "type")


def test_a_service_killed_before_the_last_word_finishes_when_asked_again(
    kiosk: Uploader, served: tuple[Service, str]
) -> None:
    content = photo()
    digest = digest_of(content)
    kiosk.announce(content)
    (served[0].files.store.incoming / f"{digest}.part").write_bytes(
        content
    )  # all of it was there, and not looked through
    assert kiosk.announce(content).json() == {"digest": digest, "received": len(content), "complete": False}
    assert kiosk.upload(content).json()["complete"]


@pytest.mark.parametrize("name", ["..%2F..%2Fetc%2Fpasswd", "A" * 64, "a" * 63, "%00" * 64])
def test_a_name_from_outside_is_none(kiosk: Uploader, name: str) -> None:
    for path in (name, f"{name}/content"):
        assert problem(kiosk.get(f"{kiosk.url}/{path}", timeout=10))[0] in (404, 422)


def test_a_stranger_gets_nothing(kiosk: Uploader) -> None:
    content = photo()
    kiosk.upload(content)
    del kiosk.headers["Authorization"]
    for answer in (
        kiosk.announce(content),
        kiosk.content(digest_of(content)),
        kiosk.send_piece(digest_of(content), 0, b"x"),
    ):
        assert problem(answer) == (401, "credential-not-accepted")


def test_a_full_disk_is_busy_and_keeps_what_was_there(
    kiosk: Uploader, served: tuple[Service, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    content = photo()
    digest = digest_of(content)
    kiosk.announce(content)
    kiosk.send_piece(digest, 0, content[:5_000])

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(os, "fdatasync", full)
        answer = kiosk.send_piece(digest, 5_000, content[5_000:])
    assert (problem(answer), answer.headers["retry-after"]) == ((503, "busy"), "2")
    assert kiosk.upload(content).json()["complete"]


def test_what_nobody_needs_is_dropped_after_days(tmp_path: Path) -> None:
    clock = Clock()
    with service_in(tmp_path, clock) as service, serving(service) as url, Uploader(service, url) as kiosk:
        kept, dropped, begun = photo(), photo(shade=1), photo(shade=2)
        for content in (kept, dropped):
            kiosk.upload(content)
        kiosk.announce(begun)
        kiosk.send_piece(digest_of(begun), 0, begun[:100])
        refer_to(kiosk, service, digest_of(kept))
        assert digests(service, clock, timedelta(days=1)) == {digest_of(each) for each in (kept, dropped, begun)}
        assert digests(service, clock, timedelta(days=2)) == {digest_of(kept), digest_of(dropped)}
        assert digests(service, clock, timedelta(days=5)) == {digest_of(kept)}
        assert problem(kiosk.content(digest_of(dropped)))[0] == 404
        assert kiosk.content(digest_of(kept)).content == kept
        assert kiosk.upload(dropped).json()["complete"]
        files = {path.name for path in tmp_path.rglob("*") if path.is_file() and len(path.name) >= 64}
        assert files == {digest_of(kept), digest_of(dropped)}


def refer_to(kiosk: Uploader, service: Service, digest: str) -> None:
    """A result document refers to the file."""
    from kiosk.approval.result_tables import ResultRow

    now = service.hall.now()
    row = ResultRow(
        id="r", sub_case="1" * 14, item="i", title="{}", office="{}", holder_name="", code="c", printable=True,
        made_at=now, made_on=now.date(), digest=digest,
    )  # fmt: skip
    service.database.write(lambda session: session.add(row))


def digests(service: Service, clock: Clock, later: timedelta) -> set[str]:
    """What is known after some time and the hourly tidying."""
    clock.forward(seconds=later.total_seconds())
    file_care.tidy(service.files)
    with service.database.reading() as session:
        return set(session.scalars(select(FileRow.digest)))


def test_strays_of_a_killed_service_are_swept_up(tmp_path: Path) -> None:
    with service_in(tmp_path) as service:
        stray, fresh = (service.files.store.incoming / name for name in ("stray", "fresh"))
        now: datetime = service.hall.now()
        for path, age in ((stray, timedelta(days=3)), (fresh, timedelta(hours=1))):
            path.write_bytes(b"x")
            os.utime(path, times=((now - age).timestamp(),) * 2)
        file_care.tidy(service.files)
        assert (stray.exists(), fresh.exists()) == (False, True)
