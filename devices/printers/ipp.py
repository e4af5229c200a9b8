"""A small IPP client (RFC 8010, 8011): asks a CUPS server about a queue and its jobs, and cancels them."""

import http.client
import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from kiosk.errors import DeviceUnavailable, Fault

CANCEL_JOB = 0x0008
GET_JOB = 0x0009
GET_JOBS = 0x000A
GET_PRINTER = 0x000B
PORT = 631
MOST_JOBS = 500
MOST_GROUPS = 2 * MOST_JOBS
FIRST_VALUE = 0x10
"""Lower tags begin a group, or end the answer."""
OF_PRINTER = (
    "printer-state",
    "printer-state-reasons",
    "printer-is-accepting-jobs",
    "marker-levels",
    "marker-low-levels",
    "marker-names",
    "marker-types",
)
OF_JOB = ("job-state", "job-state-reasons", "job-impressions-completed", "job-media-sheets-completed")
LIMIT_S = 1.0
LONGEST = 1_000_000
INTEGER, BOOLEAN, ENUM = 0x21, 0x22, 0x23
KEYWORD, URI, CHARSET, LANGUAGE, NAME = 0x44, 0x45, 0x47, 0x48, 0x42
NUMBERS = (INTEGER, ENUM)
END = 0x03

Value = int | bool | str | bytes


Attributes = Mapping[str, Sequence[Value]]


@dataclass(frozen=True)
class Answer:
    """An IPP answer: its status code, and the attributes of each group, each with one or more values."""

    status: int
    groups: tuple[Attributes, ...]

    @property
    def ok(self) -> bool:
        """Whether the request was done."""
        return self.status < 0x0100

    def values(self, name: str) -> Sequence[Value]:
        """An attribute of the last group that has it, () where none has."""
        return next((group[name] for group in reversed(self.groups) if name in group), ())

    def number(self, name: str) -> int:
        """An integer or enum attribute, 0 when it is missing."""
        return next(iter(self.numbers(name)), 0)

    def numbers(self, name: str) -> tuple[int, ...]:
        """An attribute's integers."""
        return tuple(value for value in self.values(name) if isinstance(value, int))

    def words(self, name: str) -> tuple[str, ...]:
        """A keyword or name attribute's values."""
        return tuple(value for value in self.values(name) if isinstance(value, str))


class Ipp:
    """A printer at `path` of the server `host:port`: a queue of CUPS, or a printer itself. Raises DeviceUnavailable."""

    def __init__(self, server: str, path: str) -> None:
        self._server, self._path = server, path
        self._uri = f"ipp://{server}{path}"

    @classmethod
    def queue(cls, server: str, name: str) -> "Ipp":
        """A CUPS queue."""
        return cls(server, f"/printers/{name}")

    @classmethod
    def at(cls, uri: str) -> "Ipp":
        """A printer by its ipp:// address. Raises ValueError."""
        parts = urlsplit(uri)
        if parts.scheme != "ipp" or not parts.hostname:
            raise ValueError(f"{uri} is no address like ipp://192.0.2.7/ipp/print")
        return cls(f"{parts.hostname}:{parts.port or PORT}", parts.path or "/ipp/print")

    def printer(self) -> Answer:
        """Its state."""
        return self._ask(GET_PRINTER, [("requested-attributes", KEYWORD, word) for word in OF_PRINTER])

    def job(self, number: int) -> Answer:
        """A job's state."""
        words = [("requested-attributes", KEYWORD, word) for word in OF_JOB]
        return self._ask(GET_JOB, [("job-id", INTEGER, number), *words])

    def jobs(self, user: str) -> dict[int, str]:
        """The jobs of a user, also those that are over, by number: their names, "" where the server keeps them to itself."""
        words = [("requested-attributes", KEYWORD, word) for word in ("job-id", "job-name")]
        wanted: list[tuple[str, int, Value]] = [
            ("which-jobs", KEYWORD, "all"),
            ("limit", INTEGER, MOST_JOBS),
            ("my-jobs", BOOLEAN, True),
        ]
        answer = self._ask(GET_JOBS, [("requesting-user-name", NAME, user), *wanted, *words])
        found = [Answer(0, (group,)) for group in answer.groups]
        return {job.number("job-id"): next(iter(job.words("job-name")), "") for job in found if job.number("job-id")}

    def cancel(self, number: int, user: str) -> Answer:
        """Cancel a job and purge its files; harmless when it is over."""
        return self._ask(
            CANCEL_JOB,
            [("job-id", INTEGER, number), ("requesting-user-name", NAME, user), ("purge-job", BOOLEAN, True)],
        )

    def _ask(self, operation: int, attributes: list[tuple[str, int, Value]]) -> Answer:
        body = encode(operation, [("printer-uri", URI, self._uri), *attributes])
        host, _, port = self._server.partition(":")
        connection = http.client.HTTPConnection(host, int(port or PORT), timeout=LIMIT_S)
        try:
            connection.request("POST", self._path, body, {"Content-Type": "application/ipp"})
            return decode(connection.getresponse().read(LONGEST))
        except (OSError, http.client.HTTPException, ValueError, struct.error) as error:
            reason = f"Nothing that prints answers at {self._uri} ({type(error).__name__}). "
            raise DeviceUnavailable(reason + "Check that CUPS runs, and the address.", Fault.NO_ANSWER) from error
        finally:
            connection.close()


def encode(operation: int, attributes: list[tuple[str, int, Value]]) -> bytes:
    """A request with its operation attributes; a repeated name adds a value."""
    head = struct.pack(">HHIB", 0x0101, operation, 1, 0x01)
    first: list[tuple[str, int, Value]] = [
        ("attributes-charset", CHARSET, "utf-8"),
        ("attributes-natural-language", LANGUAGE, "en"),
    ]
    body, before = b"", ""
    for name, tag, value in first + attributes:
        body += _attribute("" if name == before else name, tag, value)
        before = name
    return head + body + bytes((END,))


def _attribute(name: str, tag: int, value: Value) -> bytes:
    raw = _raw(tag, value)
    return struct.pack(">BH", tag, len(name)) + name.encode() + struct.pack(">H", len(raw)) + raw


def _raw(tag: int, value: Value) -> bytes:
    if tag in NUMBERS:
        return struct.pack(">i", value)
    return bytes((bool(value),)) if tag == BOOLEAN else str(value).encode()


def decode(data: bytes) -> Answer:
    """An answer. Raises struct.error or ValueError for what is none."""
    _, status, _ = struct.unpack_from(">HHI", data)
    groups: list[dict[str, list[Value]]] = []
    values: list[Value] = []
    for name, tag, raw in _pieces(data):
        if tag < FIRST_VALUE:
            if len(groups) > MOST_GROUPS:
                raise ValueError("more groups than any answer has")
            groups.append({})
            values = []
        elif name:
            values = groups[-1][name] = [_value(tag, raw)]
        else:
            values.append(_value(tag, raw))
    return Answer(status, tuple(groups))


def _pieces(data: bytes) -> Iterator[tuple[str, int, bytes]]:
    """Name ("" for one more value), tag and value of each attribute; the tag alone where a group begins."""
    at, in_group = 8, False
    while at < len(data) and data[at] != END:
        tag = data[at]
        if tag < FIRST_VALUE:
            yield "", tag, b""
            at, in_group = at + 1, True
            continue
        if not in_group:
            raise ValueError("an attribute before the first group")
        name, at_value = _counted(data, at + 1)
        value, at = _counted(data, at_value)
        yield name.decode(), tag, value


def _counted(data: bytes, at: int) -> tuple[bytes, int]:
    (size,) = struct.unpack_from(">H", data, at)
    end = at + 2 + size
    if end > len(data):
        raise ValueError("an attribute is longer than the answer")
    return data[at + 2 : end], end


def _value(tag: int, raw: bytes) -> Value:
    if tag in NUMBERS and len(raw) == 4:
        return int(struct.unpack(">i", raw)[0])
    if tag == BOOLEAN:
        return raw == b"\x01"
    return raw.decode(errors="replace") if tag >= 0x40 else raw
