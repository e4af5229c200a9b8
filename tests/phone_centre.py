"""A centre that lets telephones hand in files, with hands: a phone that opens the page, sends files, and a network that goes."""

import hashlib
import threading
from datetime import UTC, datetime, timedelta

from kiosk.contract.files import MediaType, PhoneFile, PhoneFiles, PhoneUpload, PhoneUploadRequest
from kiosk.errors import CentreRefused, CentreUnreachable


class PhoneCentre:
    """Of the centre's calls only those about telephones; called from many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._files: dict[str, tuple[PhoneFile, bytes]] = {}
        self._order: list[PhoneFile] = []
        self._opened_by_phone = self._ended = False
        self.asked: list[PhoneUploadRequest] = []
        self.closed: list[str] = []
        self.away = False
        self.looks = self.fetched = 0

    # --- hands ---------------------------------------------------------------------------------------------

    def join(self) -> None:
        """A phone opens the page."""
        self._opened_by_phone = True

    def send(self, content: bytes, media_type: MediaType, pages: int = 1) -> str:
        """A phone sends a file that was found good; its digest."""
        digest = hashlib.sha256(content).hexdigest()
        file = PhoneFile(digest=digest, media_type=media_type, size=max(1, len(content)), pages=pages)
        with self._lock:
            self._files[digest] = file, content
            self._order.append(file)
        return digest

    def lose(self, digest: str) -> None:
        """A file is gone."""
        with self._lock:
            del self._files[digest]

    def end(self) -> None:
        """The page's time is over."""
        self._ended = True

    # --- the port ------------------------------------------------------------------------------------------

    def open_phone_upload(self, request: PhoneUploadRequest) -> PhoneUpload:
        """A one-time page."""
        self._network()
        self.asked.append(request)
        return PhoneUpload(
            id="upload-1", token="t0ken_of-the-page", expires_at=datetime.now(UTC) + timedelta(minutes=15)
        )

    def phone_files(self, phone_upload: str) -> PhoneFiles:
        """What came so far."""
        self.looks += 1
        self._network()
        if self._ended or phone_upload in self.closed:
            raise CentreRefused("phone-upload-ended", "the page is closed")
        with self._lock:
            return PhoneFiles(opened=self._opened_by_phone, files=tuple(self._order))

    def file(self, digest: str) -> bytes:
        """A file."""
        self._network()
        with self._lock:
            if digest not in self._files:
                raise CentreRefused("no-such-file", "there is no such file")
            self.fetched += 1
            return self._files[digest][1]

    def close_phone_upload(self, phone_upload: str) -> None:
        """The page takes nothing any more."""
        self._network()
        self.closed.append(phone_upload)

    def _network(self) -> None:
        if self.away:
            raise CentreUnreachable("no network")
