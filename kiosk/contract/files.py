"""Files: pages of materials, stored by the SHA-256 of their bytes, uploaded in pieces that can be resumed, from a kiosk or from a
telephone."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field, StrictBool

from kiosk.contract.wire import Digest, Identifier, Moment, Wire

CHUNK_BYTES = 1_000_000
"""The most that one PATCH carries."""
LARGEST_BYTES = 50_000_000
MOST_PAGES = 60
"""Of one PDF."""


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
