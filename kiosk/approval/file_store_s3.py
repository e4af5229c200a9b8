"""Files in an S3-compatible object store. Its access key comes from where boto3 looks: environment, profile, machine."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from kiosk.approval.file_store import PIECE_BYTES, checked, make_private
from kiosk.errors import SettingsError

if TYPE_CHECKING:
    from mypy_boto3_s3.client import S3Client

KNOWN = {"endpoint", "region"}
CONNECT_S, READ_S = 5, 20
"""Time-outs; botocore tries three times."""


@dataclass(frozen=True)
class Place:
    """Where in the object store: `prefix` is "" or ends in a slash."""

    bucket: str
    prefix: str = ""
    endpoint: str | None = None
    region: str | None = None


def place_of(address: str) -> Place:
    """An `s3://BUCKET/PREFIX?endpoint=URL&region=NAME`. Raises SettingsError."""
    parts = urlsplit(address)
    options = dict(parse_qsl(parts.query))
    if not parts.netloc or "@" in parts.netloc or set(options) - KNOWN:
        raise SettingsError(
            "--files: write s3://BUCKET/PREFIX?endpoint=URL&region=NAME (prefix, endpoint and region may be left out; the "
            "access key belongs into AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, not here)"
        )
    prefix = parts.path.strip("/")
    return Place(parts.netloc, f"{prefix}/" if prefix else "", options.get("endpoint"), options.get("region"))


def open_s3(address: str, incoming: Path) -> "S3Store":
    """The store at an address. Raises SettingsError where boto3 is missing or the bucket does not answer."""
    place = place_of(address)
    try:
        import boto3  # noqa: PLC0415  (an extra, and large)
        from botocore.config import Config  # noqa: PLC0415
        from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise SettingsError("--files: s3:// needs the package boto3; install the extra s3") from error
    limits = Config(connect_timeout=CONNECT_S, read_timeout=READ_S, retries={"total_max_attempts": 3})
    try:
        client = boto3.client("s3", endpoint_url=place.endpoint, region_name=place.region, config=limits)
        client.head_bucket(Bucket=place.bucket)
    except (BotoCoreError, ClientError, ValueError) as error:
        reason = type(error).__name__
        raise SettingsError(
            f"--files: the bucket {place.bucket} cannot be used ({reason}); check its name, the endpoint, the region and the "
            "access key in the environment"
        ) from error
    make_private(incoming)
    return S3Store(client, place, incoming)


class S3Store:
    """Objects named by their digests under a prefix. Every error of the object store is an OSError here."""

    def __init__(self, client: "S3Client", place: Place, incoming: Path) -> None:
        from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415

        self._client, self._place, self.incoming = client, place, incoming
        self._errors = (BotoCoreError, ClientError)

    def put(self, digest: str, file: Path) -> None:
        """Upload it in one request; an object is there whole or not at all."""
        try:
            with file.open("rb") as body:
                self._client.put_object(Bucket=self._place.bucket, Key=self._key(digest), Body=body)
        except self._errors as error:
            raise _unusable(error) from error
        file.unlink()

    def pieces(self, digest: str) -> Iterator[bytes]:
        """Download it piece by piece."""
        try:
            answer = self._client.get_object(Bucket=self._place.bucket, Key=self._key(digest))
        except self._client.exceptions.NoSuchKey as error:
            raise FileNotFoundError("the object store does not have this file") from error
        except self._errors as error:
            raise _unusable(error) from error
        return self._read(answer["Body"].iter_chunks(PIECE_BYTES))

    def drop(self, digest: str) -> None:
        """Delete it; S3 does not mind where it is not there."""
        try:
            self._client.delete_object(Bucket=self._place.bucket, Key=self._key(digest))
        except self._errors as error:
            raise _unusable(error) from error

    def _read(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        try:
            yield from pieces
        except self._errors as error:
            raise _unusable(error) from error

    def _key(self, digest: str) -> str:
        return self._place.prefix + checked(digest)


def _unusable(error: Exception) -> OSError:
    return OSError(f"the object store did not do it ({type(error).__name__})")
