"""Reads pages, one after the other, in a process that is started with the first one, ends when it is idle and at the end of a
visit, and whose failing costs nobody anything: nothing is offered then."""

import hashlib
import logging
import shutil
import threading
import time

from kiosk.reading.process import Child, ChildFailed

log = logging.getLogger(__name__)

PROGRAM = "tesseract"
IDLE_S = 60.0
PAGE_S = 40.0
"""From page to text, the start of the process included."""
MOST_KEPT = 100
"""Texts of a visit, so that a page that is looked at again is not read again."""


class Reader:
    """`read` is called by one thread, `forget` and `close` by any."""

    def __init__(self, idle_s: float = IDLE_S, page_s: float = PAGE_S) -> None:
        self._idle_s, self._page_s = idle_s, page_s
        self._lock = threading.Lock()
        self._child: Child | None = None
        self._timer: threading.Timer | None = None
        self._stop = threading.Event()
        self._texts: dict[bytes, str] = {}
        self._busy = False

    @property
    def installed(self) -> bool:
        """Whether this machine can read at all."""
        return shutil.which(PROGRAM) is not None

    @property
    def pid(self) -> int | None:
        """The process id, while there is one."""
        child = self._child
        return child.pid if child else None

    def read(self, jpeg: bytes) -> str:
        """The text on a page; "" where there is none, or none can be read. Blocks for seconds."""
        with self._lock:
            stop, digest = self._stop, hashlib.sha256(jpeg).digest()
            if (known := self._texts.get(digest)) is not None:
                return known
        text = self._asked(jpeg, stop)
        with self._lock:
            if text is not None and not stop.is_set() and len(self._texts) < MOST_KEPT:
                self._texts[digest] = text
        return text or ""

    def forget(self) -> None:
        """The visit is over: end the process, forget all texts. What is being read comes to nothing."""
        with self._lock:
            self._stop.set()
            self._stop, self._texts = threading.Event(), {}
            if self._busy and self._child:
                self._child.kill()  # the thread that waits for it sees it end, and reaps it
            elif not self._busy:
                self._rest()

    def close(self) -> None:
        """End everything."""
        self.forget()

    def _asked(self, jpeg: bytes, stop: threading.Event) -> str | None:
        """None where it could not be read, or is not wanted any more."""
        with self._lock:
            if stop.is_set():
                return None
            self._stay()
            self._busy = True
        text = None
        try:
            text = self._answer(jpeg, stop)
        except ChildFailed as error:
            if not stop.is_set():
                log.warning("a page could not be read: %s", error)
        with self._lock:
            self._busy = False
            if text is None or stop.is_set():
                self._rest()
            else:
                self._wait_idle()
        return text

    def _answer(self, jpeg: bytes, stop: threading.Event) -> str:
        """Raises ChildFailed."""
        until = time.monotonic() + self._page_s
        child = self._child or Child("read")
        with self._lock:
            self._child = child
        child.tell(jpeg, until, stop, type="image/jpeg")
        header, _ = child.hear(until, stop)
        return str(header.get("text", ""))

    def _wait_idle(self) -> None:
        self._timer = threading.Timer(self._idle_s, self._idle)
        self._timer.daemon = True
        self._timer.start()

    def _idle(self) -> None:
        with self._lock:
            if not self._busy:
                self._rest()

    def _stay(self) -> None:
        if self._timer:
            self._timer.cancel()
        self._timer = None

    def _rest(self) -> None:
        """With the lock held: no process."""
        self._stay()
        child, self._child = self._child, None
        if child:
            child.end()
