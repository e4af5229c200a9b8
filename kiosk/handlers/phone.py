"""A telephone's page for one material: opened at the centre, looked at every second, closed when the step is left."""

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from time import monotonic

from kiosk.cases.model import Origin, Sheet
from kiosk.context import Context
from kiosk.contract.files import PhoneFile, PhoneUpload, PhoneUploadRequest
from kiosk.effects.materials import OpenPhonePage
from kiosk.errors import CentreBusy, CentreError, CentreRefused, CentreUnreachable
from kiosk.events.centre import CentreAway
from kiosk.events.materials import PhoneFileUnreadable, PhoneJoined, PhonePageEnded, PhonePageOpened, PhonePages
from kiosk.events.model import Event
from kiosk.handlers.tickets import centre_trouble
from kiosk.ports.case_centre import CaseCentre
from kiosk.reading.foreign import FileUnreadable, pages_of

log = logging.getLogger(__name__)

EVERY_S = 1.0
"""From one look for new files to the next."""
PATIENCE = 8
"""So many looks in a row may find no centre: telephones reach it by another way, and files wait there."""
SPOKEN = frozenset({"zh_CN", "zh_HK", "en"})
"""Languages of the telephone's page; others get English."""
LONGEST_TITLE = 200
ENDED = "phone-upload-ended"


class PhoneDesk:
    """One page and its thread. Cancelling it closes the page; once `cancel` has returned, nothing of it is told."""

    def __init__(
        self, effect: OpenPhonePage, ctx: Context, centre: Callable[[], CaseCentre], every_s: float = EVERY_S
    ) -> None:
        self._effect, self._ctx, self._centre, self._every_s = effect, ctx, centre, every_s
        self._over = threading.Event()
        self._telling = threading.Lock()
        self._joined = False
        self._seen = self._missed = 0
        self._thread = threading.Thread(target=self._run, name="phone page", daemon=True)
        self._thread.start()

    def cancel(self) -> None:
        """Nothing more is wanted."""
        with self._telling:
            self._over.set()

    def join(self, timeout_s: float) -> bool:
        """Wait for the end of its thread; whether it has ended."""
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        """In its own thread; every end is told, but to nobody who has left."""
        try:
            opened = self._open()
        except CentreError as error:
            log.warning("a page for a telephone could not be opened: %s", error)
            self._tell(centre_trouble(error))
            return
        try:
            self._tell(self._followed(opened.id))
        except CentreError as error:
            log.warning("the page of a telephone cannot be followed any more: %s", error)
            self._tell(centre_trouble(error))
        finally:
            self._close(opened.id)

    def _open(self) -> PhoneUpload:
        base = self._ctx.world.station.public_url
        if not base:
            raise CentreUnreachable("it is not known under which address telephones reach the centre")
        words = self._ctx.words
        language = words.language if words.language in SPOKEN else "en"
        title = self._effect.title.in_language(language)[:LONGEST_TITLE]
        opened = self._centre().open_phone_upload(PhoneUploadRequest(title=title, language=language))
        left_s = max(0.0, (opened.expires_at - datetime.now(UTC)).total_seconds())
        self._tell(PhonePageOpened(f"{base}/u/{opened.token}", monotonic() + left_s))
        return opened

    def _followed(self, upload: str) -> Event | None:
        """Until the step is left (None) or the page ends. Raises CentreError."""
        while not self._over.wait(self._every_s):
            try:
                self._look(upload)
                self._missed = 0
            except CentreRefused as error:
                if error.code != ENDED:
                    raise
                return PhonePageEnded()
            except (CentreUnreachable, CentreBusy):
                self._missed += 1
                if self._missed >= PATIENCE:
                    return CentreAway()
        return None

    def _look(self, upload: str) -> None:
        """What is new. A file that is not fetched for want of a connection is fetched with the next look."""
        now = self._centre().phone_files(upload)
        if now.opened and not self._joined:
            self._joined = True
            self._tell(PhoneJoined())
        for file in now.files[self._seen :]:
            if self._over.is_set():
                return
            self._fetch(file)
            self._seen += 1

    def _fetch(self, file: PhoneFile) -> None:
        """A file that the centre does not give, or that nothing can draw, is told to the person and passed over."""
        try:
            pages = pages_of(self._centre().file(file.digest), file.media_type, self._over)
        except (FileUnreadable, CentreRefused) as error:
            if not self._over.is_set():
                log.warning("a file from a telephone is passed over: %s", error)
            self._tell(PhoneFileUnreadable())
            return
        numbered = enumerate(pages, 1)
        self._tell(PhonePages(tuple(Sheet(page, Origin.PHONE, 0, file.digest, n) for n, page in numbered)))

    def _tell(self, event: Event | None) -> None:
        with self._telling:
            if event is not None and not self._over.is_set():
                self._ctx.post(event)

    def _close(self, upload: str) -> None:
        """What cannot be closed ends by its own time at the centre."""
        try:
            self._centre().close_phone_upload(upload)
        except CentreError as error:
            log.info("the page of a telephone could not be closed: %s", error)
