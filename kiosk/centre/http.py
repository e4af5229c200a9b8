"""One HTTP exchange with the centre: time-outs, size limit, every kind of trouble as one of the four CentreErrors."""

import json
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import requests

from kiosk.errors import CentreBusy, CentreForbidden, CentreRefused, CentreUnreachable, SettingsError

CHUNK_BYTES = 64 * 1024
LARGEST_ANSWER_BYTES = 64 * 1024 * 1024
GET_ATTEMPTS = 2
PAUSE_S = 0.1


@dataclass(frozen=True)
class Timeouts:
    """Seconds to connect, between two bytes, and for the whole exchange: a trickle must not hold a visit up."""

    connect_s: float = 3
    read_s: float = 8
    total_s: float = 15


TIMEOUTS = Timeouts()


@dataclass(frozen=True, repr=False)
class Answer:
    """A complete answer below 400, or 409, which some calls expect."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def checked_address(url: str, setting: str = "centre.url") -> str:
    """The address without a trailing slash. Raises SettingsError, naming `setting`, for anything but https, or plain
    http beyond this machine."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise SettingsError(f"{setting}: {url!r} is not the address of a service, as in https://centre.example")
    if parts.username or parts.password:
        raise SettingsError(f"{setting}: an address must not hold a user or a password")
    if parts.scheme == "http" and not _is_loopback(parts.hostname):
        raise SettingsError(f"{setting}: {url} is plain http, which is only allowed to this machine itself; use https")
    return url.rstrip("/")


class Line:
    """Sends requests to one service. May be used by several threads: each has its own session."""

    def __init__(
        self, url: str, headers: Mapping[str, str], timeouts: Timeouts = TIMEOUTS, ca_file: str | None = None
    ) -> None:
        """Raises SettingsError for an address that must not be used. `ca_file`: the centre's own authority (PEM)."""
        self.url = checked_address(url)
        self._headers = {"Accept": "application/json, application/problem+json", **headers}
        self._timeouts, self._verify = timeouts, ca_file or True
        self._own = threading.local()
        self._sessions: list[requests.Session] = []
        self._lock = threading.Lock()

    def get(
        self, path: str, params: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """GET, tried once more when the connection broke."""
        for _ in range(GET_ATTEMPTS - 1):
            try:
                return self._exchange("GET", path, headers, params=params)
            except CentreUnreachable as error:
                if isinstance(error.__cause__, requests.Timeout):
                    raise
                time.sleep(PAUSE_S)
        return self._exchange("GET", path, headers, params=params)

    def post(self, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Answer:
        """POST, once: whoever called knows whether it may be said twice."""
        return self._exchange("POST", path, {"Content-Type": "application/json", **(headers or {})}, data=body)

    def put(self, path: str, body: bytes, headers: Mapping[str, str] | None = None) -> Answer:
        """PUT, once."""
        return self._exchange("PUT", path, {"Content-Type": "application/json", **(headers or {})}, data=body)

    def patch(self, path: str, body: bytes, headers: Mapping[str, str] | None = None) -> Answer:
        """PATCH with bytes, once."""
        return self._exchange("PATCH", path, {"Content-Type": "application/octet-stream", **(headers or {})}, data=body)

    def delete(self, path: str, params: Mapping[str, str] | None = None) -> Answer:
        """DELETE, once."""
        return self._exchange("DELETE", path, None, params=params)

    def close(self) -> None:
        """Close every connection."""
        with self._lock:
            for session in self._sessions:
                session.close()
            self._sessions.clear()
            self._own = threading.local()

    def _exchange(self, method: str, path: str, headers: Mapping[str, str] | None, **content: Any) -> Answer:
        deadline = time.monotonic() + self._timeouts.total_s
        try:
            response = self._session().request(
                method,
                self.url + path,
                headers=headers,
                timeout=(self._timeouts.connect_s, self._timeouts.read_s),
                allow_redirects=False,
                stream=True,
                **content,
            )
            with response:
                return _judged(Answer(response.status_code, response.headers, _read(response, deadline)))
        except requests.exceptions.ContentDecodingError as error:
            raise CentreRefused("not-understood", "the centre's answer is packed in a way we cannot read") from error
        except requests.RequestException as error:
            raise CentreUnreachable(f"the centre at {self.url} cannot be reached: {type(error).__name__}") from error

    def _session(self) -> requests.Session:
        session: requests.Session | None = getattr(self._own, "session", None)
        if session is None:
            session = requests.Session()
            session.trust_env = False  # a proxy or a .netrc of the machine must not get our credential
            session.verify = self._verify
            session.headers.update(self._headers)
            self._own.session = session
            with self._lock:
                self._sessions.append(session)
        return session


def _read(response: requests.Response, deadline: float) -> bytes:
    body = bytearray()
    for chunk in response.iter_content(CHUNK_BYTES):
        body += chunk
        if len(body) > LARGEST_ANSWER_BYTES:
            raise CentreRefused("not-understood", "the centre's answer is too large")
        if time.monotonic() > deadline:
            raise requests.Timeout("the answer took too long")
    return bytes(body)


def _judged(answer: Answer) -> Answer:
    if answer.status < 300 or answer.status in (304, 409):
        return answer
    code, detail = problem_of(answer)
    if answer.status in (401, 403):
        raise CentreForbidden(f"the centre does not accept this kiosk's credential ({code})")
    if answer.status in (429, 503):
        raise CentreBusy(f"the centre is busy ({code})", _retry_after_s(answer.headers.get("Retry-After", "")))
    if answer.status >= 500:
        raise CentreUnreachable(f"the centre failed with {answer.status}; whether it did what was asked is not known")
    raise CentreRefused(code, detail)


def problem_of(answer: Answer) -> tuple[str, str]:
    """Code and sentence of a problem+json answer (RFC 9457); "not-understood" when it is none."""
    try:
        problem = json.loads(answer.body)
        return str(problem["type"]).rsplit("/", 1)[-1], str(problem.get("detail") or problem["title"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return "not-understood", f"the centre answered {answer.status} without saying why"


def _retry_after_s(value: str) -> float | None:
    """Seconds of a Retry-After header (RFC 9110, 10.2.3), which may be a date."""
    if value.isdecimal():
        return float(value)
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, TypeError):
        return None


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
