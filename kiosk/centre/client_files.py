"""Files over HTTP: uploads in pieces that go on where an earlier attempt ended, downloads, pages for telephones."""

from urllib.parse import quote

from kiosk.centre.answers import accepted, read
from kiosk.centre.http import Answer, Line, problem_of
from kiosk.contract.files import (
    CHUNK_BYTES,
    MediaType,
    PhoneFiles,
    PhoneUpload,
    PhoneUploadRequest,
    Upload,
    UploadRequest,
)
from kiosk.contract.wire import API
from kiosk.errors import CentreRefused, CentreUnreachable

STALLS = 3
"""So often the service may have another idea of what it has before the upload is given up for this time."""


class FileCalls:
    """Over a line to the centre."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def upload(self, digest: str, media_type: MediaType, content: bytes) -> None:
        """Upload a file, going on where an earlier attempt ended; harmless when it is there. Raises
        CentreRefused("bad-file"); CentreUnreachable when the service and we do not agree on what is there."""
        asked = UploadRequest(digest=digest, size=len(content), media_type=media_type)
        there = read(Upload, self._line.post(f"{API}/files", asked.model_dump_json().encode()))
        stalls = 0
        while not there.complete:
            after = self._piece(digest, there.received, content)
            stalls += after.received <= there.received and not after.complete
            if stalls >= STALLS or after.received > len(content):
                raise CentreUnreachable("the centre does not take a file in pieces; it is tried again later")
            there = after

    def file(self, digest: str) -> bytes:
        """A file. CentreRefused("no-such-file")."""
        return self._content(f"{_file(digest)}/content")

    def open_phone_upload(self, request: PhoneUploadRequest) -> PhoneUpload:
        """A one-time page for a telephone."""
        return read(PhoneUpload, self._line.post(f"{API}/phone-uploads", request.model_dump_json().encode()))

    def phone_files(self, phone_upload: str) -> PhoneFiles:
        """What came from the telephone so far. CentreRefused("phone-upload-ended")."""
        return read(PhoneFiles, self._line.get(_phone(phone_upload)))

    def close_phone_upload(self, phone_upload: str) -> None:
        """The page takes nothing any more; twice is harmless."""
        try:
            accepted(self._line.delete(_phone(phone_upload)))
        except CentreRefused as error:
            if error.code != "phone-upload-ended":
                raise

    def _piece(self, digest: str, offset: int, content: bytes) -> Upload:
        """Send one piece; where the service has got another (409), ask it how much it has."""
        piece = content[offset : offset + CHUNK_BYTES]
        answer = self._line.patch(_file(digest), piece, {"Upload-Offset": str(offset)})
        if answer.status == 409 and problem_of(answer)[0] != "bad-file":
            answer = self._line.get(_file(digest))
        return read(Upload, answer)

    def _content(self, path: str) -> bytes:
        answer: Answer = self._line.get(path)
        accepted(answer)
        return answer.body


def _file(digest: str) -> str:
    return f"{API}/files/{quote(digest, safe='')}"


def _phone(phone_upload: str) -> str:
    return f"{API}/phone-uploads/{quote(phone_upload, safe='')}"
