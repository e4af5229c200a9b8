"""The catalogue as it is published: bytes made once, with a strong ETag for each of its two representations."""

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fastapi import Response

from kiosk.catalogue.model import Catalogue
from kiosk.catalogue.source import load_builtin, load_folder, parse_catalogue
from kiosk.contract.wire import GZIP_SUFFIX
from kiosk.errors import CatalogueError


@dataclass(frozen=True)
class Publication:
    """A catalogue with its JSON; `version` is a digest of that JSON."""

    catalogue: Catalogue
    plain: bytes
    packed: bytes
    version: str

    @classmethod
    def of(cls, catalogue: Catalogue) -> "Publication":
        """Publish `catalogue`; the same catalogue always has the same version."""
        plain = catalogue.model_dump_json().encode()
        return cls(catalogue, plain, gzip.compress(plain, mtime=0), hashlib.sha256(plain).hexdigest()[:32])

    def answer(self, if_none_match: str, accept_encoding: str) -> Response:
        """200 with the catalogue, gzip where it is welcome, or 304 where one of the ETags is known."""
        zipped = accepts_gzip(accept_encoding)
        etag = f'"{self.version}{GZIP_SUFFIX if zipped else ""}"'
        headers = {"ETag": etag, "Vary": "Accept-Encoding", "Cache-Control": "private, no-cache"}
        if self._is_known(if_none_match):
            return Response(status_code=304, headers=headers)
        if zipped:
            headers["Content-Encoding"] = "gzip"
        return Response(self.packed if zipped else self.plain, 200, headers, "application/json")

    def _is_known(self, if_none_match: str) -> bool:
        # RFC 9110, 13.1.2: If-None-Match compares weakly; "*" matches whatever there is.
        tags = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
        return bool(tags & {"*", f'"{self.version}"', f'"{self.version}{GZIP_SUFFIX}"'})


def accepts_gzip(accept_encoding: str) -> bool:
    """Whether an Accept-Encoding header (RFC 9110, 12.5.3) welcomes gzip."""
    welcome: Mapping[str, bool] = dict(_coding(part) for part in accept_encoding.lower().split(",") if part.strip())
    return welcome.get("gzip", welcome.get("*", False))


def _coding(part: str) -> tuple[str, bool]:
    name, _, weight = part.partition(";")
    return name.strip(), weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")


def load(origin: Path | None) -> Publication:
    """The catalogue of a folder or a JSON file, or the built-in sample. Raises CatalogueError."""
    return Publication.of(load_builtin() if origin is None else _load_from(origin))


def _load_from(origin: Path) -> Catalogue:
    if origin.is_dir():
        return load_folder(origin)
    try:
        return parse_catalogue(origin.read_bytes(), str(origin))
    except OSError as error:
        raise CatalogueError(f"--catalogue {origin}: cannot be read ({error.strerror})") from error
