"""Both stores keep the same promises: a folder, and an object store behind a real S3 server on loopback."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from moto.server import ThreadedMotoServer

from kiosk.approval.file_store import FileStore, FolderStore, open_store
from kiosk.approval.file_store_s3 import Place, place_of
from kiosk.approval.server import ServeOptions, open_service
from kiosk.errors import SettingsError
from tests.approval.bad_files import digest_of, photo
from tests.approval.test_files import Uploader, serving

BUCKET = "bianmin-files"


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """The address of a store in an S3 server that has one bucket."""
    import boto3

    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("AWS_ACCESS_KEY_ID", "testing")
        environment.setenv("AWS_SECRET_ACCESS_KEY", "testing")
        endpoint = f"http://{host}:{port}"
        client = boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1")
        client.create_bucket(Bucket=BUCKET)
        client.close()
        yield f"s3://{BUCKET}/hall-1?endpoint={endpoint}&region=us-east-1"
    server.stop()


@pytest.fixture(params=["folder", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> FileStore:
    return open_store("" if request.param == "folder" else request.getfixturevalue("s3"), tmp_path)


def kept(store: FileStore, content: bytes) -> str:
    file = store.incoming / "coming"
    file.write_bytes(content)
    store.put(digest_of(content), file)
    assert not file.exists()
    return digest_of(content)


def test_what_is_put_comes_back(store: FileStore) -> None:
    content = os.urandom(700_000)
    for _ in range(2):  # twice is harmless
        digest = kept(store, content)
    assert b"".join(store.pieces(digest)) == content


def test_what_is_not_there_is_said_before_the_first_piece(store: FileStore) -> None:
    digest = kept(store, b"content")
    for _ in range(2):
        store.drop(digest)
    with pytest.raises(FileNotFoundError):
        store.pieces(digest)


@pytest.mark.parametrize("name", ["", "../" * 21 + "x", "A" * 64, "a" * 63 + "\n", "a" * 65])
def test_a_name_from_outside_is_none(store: FileStore, name: str) -> None:
    with pytest.raises(ValueError, match="hexadecimal"):
        store.pieces(name)


def test_a_file_that_is_being_read_may_be_dropped(tmp_path: Path) -> None:
    store = FolderStore(tmp_path / "files")
    content = os.urandom(1_000_000)
    pieces = store.pieces(kept(store, content))
    store.drop(digest_of(content))
    assert b"".join(pieces) == content


def test_a_service_with_an_object_store(s3: str, tmp_path: Path) -> None:
    service = open_service(ServeOptions(database=f"sqlite:///{tmp_path / 'a.db'}", files=s3))
    try:
        with serving(service) as url, Uploader(service, url) as kiosk:
            content = photo()
            assert kiosk.upload(content).json()["complete"]
            assert kiosk.content(digest_of(content)).content == content
            assert list(tmp_path.rglob(f"*{digest_of(content)}*")) == []
    finally:
        service.close()


def test_an_object_store_that_ends_is_busy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import boto3

    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    endpoint = "http://{}:{}".format(*server.get_host_and_port())
    boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1").create_bucket(Bucket=BUCKET)
    store = open_store(f"s3://{BUCKET}?endpoint={endpoint}&region=us-east-1", tmp_path)
    digest = kept(store, b"content")
    server.stop()
    (store.incoming / "coming").write_bytes(b"content")
    for ask in (
        lambda: store.pieces(digest),
        lambda: store.drop(digest),
        lambda: store.put(digest, store.incoming / "coming"),
    ):
        with pytest.raises(OSError, match="the object store did not do it"):
            ask()
    assert (store.incoming / "coming").exists()


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("s3://b", Place("b")),
        ("s3://b/a/c/", Place("b", "a/c/")),
        ("s3://b?endpoint=http://h:9000&region=cn-north-1", Place("b", "", "http://h:9000", "cn-north-1")),
    ],
)
def test_addresses(address: str, place: Place) -> None:
    assert place_of(address) == place


@pytest.mark.parametrize("address", ["s3://", "s3://key:geheim@b", "s3://b?secret=geheim"])
def test_a_bad_address_is_one_sentence_without_secrets(address: str) -> None:
    with pytest.raises(SettingsError, match="write s3://BUCKET") as error:
        place_of(address)
    assert "geheim" not in str(error.value)


def test_a_bucket_that_is_not_there(s3: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="the bucket other cannot be used"):
        open_store(s3.replace(BUCKET, "other"), tmp_path)


def test_a_folder_that_cannot_be_made() -> None:
    with pytest.raises(SettingsError, match="--files: the folder /proc/none/files"):
        open_store("/proc/none/files", Path())
