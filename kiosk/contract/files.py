"""Files: pages of materials, stored by the SHA-256 of their bytes, uploaded in pieces that can be resumed, from a kiosk or from a
telephone."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StrictBool

from kiosk.contract.wire import Digest, Identifier, Moment, Problem, Wire

CHUNK_BYTES = 1_000_000
"""The most that one PATCH carries."""
LARGEST_BYTES = 50_000_000
MOST_PAGES = 60
"""Of one PDF."""
OFFSET, LENGTH = "Upload-Offset", "Upload-Length"
"""Headers: where a piece begins, or how much is there already; how long the whole file is. In bytes."""


class MediaType(StrEnum):
    """What is taken. SVG is taken for signatures alone."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    PDF = "application/pdf"
    SVG = "image/svg+xml"


class UploadRequest(Wire):
    """A file that is going to come."""

    digest: Digest
    size: Annotated[int, Field(ge=1, le=LARGEST_BYTES)]
    media_type: MediaType


class Upload(Wire):
    """How much of a file is there; `complete` once all of it is, and its digest and content were found right."""

    digest: Digest
    received: Annotated[int, Field(ge=0)]
    complete: StrictBool


class Fault(StrEnum):
    """What is wrong with a file that is not taken."""

    DIGEST = "digest"
    """Its SHA-256 is not the one it was announced by: it changed on its way; begin again."""
    TYPE = "type"
    """It is not what it was announced as, or nothing that is taken."""
    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    TOO_MANY_PAGES = "too-many-pages"
    ACTIVE = "active-content"
    """Scripts, actions, forms that compute, files inside, films."""
    BOMB = "bomb"
    """It unpacks to more than may be, or takes too long to look through."""
    TOO_LARGE = "too-large"


class BadFile(Problem):
    """409 /problems/bad-file: the file is not taken, and nothing of it is kept. `detail` says it in English."""

    type: Literal["/problems/bad-file"]
    reason: Fault


class WrongOffset(Problem):
    """409 /problems/wrong-offset: the piece does not begin where the last one ended, at `received`; also in Upload-Offset."""

    type: Literal["/problems/wrong-offset"]
    received: Annotated[int, Field(ge=0)]


class PhoneUploadRequest(Wire):
    """A kiosk asks for a one-time page on which a telephone hands in files for one material. `title`: the material's name, as it
    is shown on the phone; `language`: zh_CN, zh_HK or en."""

    title: Annotated[str, Field(max_length=200)]
    language: Annotated[str, Field(max_length=10)]


class PhoneUpload(Wire):
    """The page's address is `/u/<token>` under the public address; it ends at `expires_at`, or when the kiosk closes it."""

    id: Identifier
    token: Annotated[str, Field(max_length=64, repr=False)]
    expires_at: Moment


class PhoneFile(Wire):
    """A file that came from the phone and was found good."""

    digest: Digest
    media_type: MediaType
    size: Annotated[int, Field(ge=1)]
    pages: Annotated[int, Field(ge=1)]


class PhoneFiles(Wire):
    """What came so far, in order; `opened`: whether a phone has opened the page."""

    opened: StrictBool
    files: tuple[PhoneFile, ...]
