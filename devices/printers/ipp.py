"""A small IPP client (RFC 8010, 8011): asks a CUPS server about a queue and its jobs, and cancels them."""

import http.client
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kiosk.errors import DeviceUnavailable, Fault

CANCEL_JOB = 0x0008
GET_JOB = 0x0009
GET_PRINTER = 0x000B
LIMIT_S = 1.0
LONGEST = 1_000_000
INTEGER, BOOLEAN, ENUM = 0x21, 0x22, 0x23
KEYWORD, URI, CHARSET, LANGUAGE, NAME = 0x44, 0x45, 0x47, 0x48, 0x42
NUMBERS = (INTEGER, ENUM)
END = 0x03

Value = int | bool | str | bytes


@dataclass(frozen=True)
class Answer:
    """An IPP answer: its status code, and the attributes of all groups, each with one or more values."""

    status: int
    attributes: Mapping[str, tuple[Value, ...]]

    @property
    def ok(self) -> bool:
        return self.status < 0x0100

    def number(self, name: str) -> int:
        """An integer or enum attribute, 0 when it is missing."""
        value = (self.attributes.get(name) or (0,))[0]
        return value if isinstance(value, int) else 0

    def words(self, name: str) -> tuple[str, ...]:
        """A keyword attribute's values."""
        return tuple(value for value in self.attributes.get(name, ()) if isinstance(value, str))


class Ipp:
    """A CUPS server at `host:port`, and one queue of it. Raises DeviceUnavailable."""

    def __init__(self, server: str, queue: str) -> None:
        self._server = server
        self._queue = queue
        self._path = f"/printers/{queue}"
        self._uri = f"ipp://{server}{self._path}"

    def printer(self) -> Answer:
        """The queue's state."""
        wanted = ("printer-state", "printer-state-reasons", "printer-is-accepting-jobs", "marker-levels")
        return self._ask(GET_PRINTER, [("requested-attributes", KEYWORD, word) for word in wanted])

    def job(self, number: int) -> Answer:
        """A job's state."""
        wanted = ("job-state", "job-state-reasons")
        words = [("requested-attributes", KEYWORD, word) for word in wanted]
        return self._ask(GET_JOB, [("job-id", INTEGER, number), *words])

    def cancel(self, number: int, user: str) -> Answer:
        """Cancel a job and purge its files; harmless when it is over."""
        return self._ask(
            CANCEL_JOB,
            [("job-id", INTEGER, number), ("requesting-user-name", NAME, user), ("purge-job", BOOLEAN, True)],
        )

    def _ask(self, operation: int, attributes: list[tuple[str, int, Value]]) -> Answer:
        body = encode(operation, [("printer-uri", URI, self._uri), *attributes])
        host, _, port = self._server.partition(":")
        connection = http.client.HTTPConnection(host, int(port or 631), timeout=LIMIT_S)
        try:
            connection.request("POST", self._path, body, {"Content-Type": "application/ipp"})
            return decode(connection.getresponse().read(LONGEST))
        except (OSError, http.client.HTTPException, ValueError, struct.error) as error:
            reason = f"The print service at {self._server} does not answer for queue {self._queue} ({type(error).__name__}). "
            raise DeviceUnavailable(reason + "Check that CUPS runs.", Fault.NO_ANSWER) from error
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
    attributes: dict[str, tuple[Value, ...]] = {}
    name = ""
    for given, tag, raw in _pieces(data):
        name = given or name
        attributes[name] = (*(attributes.get(name, ()) if not given else ()), _value(tag, raw))
    return Answer(status, attributes)


def _pieces(data: bytes) -> Iterator[tuple[str, int, bytes]]:
    """Name ("" for one more value), tag and value of each attribute."""
    at = 8
    while at < len(data) and data[at] != END:
        if data[at] < 0x10:  # a group begins
            at += 1
            continue
        name, at_value = _counted(data, at + 1)
        value, at_next = _counted(data, at_value)
        yield name.decode(), data[at], value
        at = at_next


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
