"""The far end of a PC/SC reader's slot: a card in one of vsmartcard's virtual readers (package vsmartcard-vpcd).

Speaks vpcd's socket protocol: it connects to the reader's port when the card goes in and hangs up when it comes out;
messages are a length (two bytes, big-endian) and as many bytes. One byte is a matter of power (0 off, 1 on, 2 reset,
4: what is your ATR?), everything else a command for the card.
"""

import socket
import struct
import threading
import time

from devices.citizen_cards.virtual_card import ATR, CARDS, MOODS, SampleSocialCard, VirtualCard, card
from devices.hands import Hand, Sight
from kiosk.errors import SetupError
from kiosk.texts import msg

GET_ATR = 4
CONNECT_S = 2.0
JOIN_S = 2.0


class PcscCard:
    """A slot with hands. `seen`: every command that a card in it was sent."""

    def __init__(self, port: int, host: str = "127.0.0.1") -> None:
        self.seen: list[bytes] = []
        self._address = (host, port)
        self._mood = ""
        self._sample: SampleSocialCard | None = None
        self._line: socket.socket | None = None
        self._thread: threading.Thread | None = None

    def place(self, what: str | SampleSocialCard) -> None:
        """Put a card in, in place of one that is there. Raises SetupError when it is unknown or no reader listens."""
        sample = card(what) if isinstance(what, str) else what
        self.remove()
        try:
            self._line = socket.create_connection(self._address, CONNECT_S)
        except OSError as error:
            raise SetupError(f"No virtual reader listens on port {self._address[1]}. Start pcscd with vpcd.") from error
        self._line.settimeout(None)
        self._line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._sample = sample
        inside = VirtualCard(sample, self._mood, seen=self.seen)
        self._thread = threading.Thread(target=self._live, args=(self._line, inside), name="virtual card", daemon=True)
        self._thread.start()

    def remove(self, _choice: str = "") -> None:
        """Take the card out."""
        line, thread, self._line, self._thread, self._sample = self._line, self._thread, None, None, None
        if line:
            _hang_up(line)
        if thread:
            thread.join(JOIN_S)

    def break_with(self, mood: str) -> None:
        """A mood by name for the next card and the one inside, which is put in again; "" or "none" ends it."""
        if mood not in {"", "none", "retries", *MOODS}:
            raise SetupError(f"The card has no mood {mood!r}. Known are {', '.join(MOODS)}, none.")
        self._mood = "" if mood == "none" else mood
        if self._sample:
            self.place(self._sample)

    def hands(self) -> tuple[Hand, ...]:
        """What the dock offers."""
        cards = tuple((key, sample.label) for key, sample in CARDS.items())
        return (
            Hand("place", msg("Put a card into the slot"), "smart-card-reader", self.place, cards),
            Hand("remove", msg("Take the card out"), "card-off", self.remove),
            Hand("fault", msg("Card fault"), "alert", self.break_with, (("none", msg("No fault")), *MOODS.items())),
        )

    def sight(self) -> Sight | None:
        """The card in the slot."""
        return Sight(self._sample.label if self._sample else msg("No card in the slot"))

    def _live(self, line: socket.socket, inside: VirtualCard) -> None:
        """Answer until one side hangs up."""
        try:
            while (message := _message(line)) is not None:
                answer = _answer(inside, message)
                if answer is not None:
                    time.sleep(inside.think_s)
                    line.sendall(struct.pack(">H", len(answer)) + answer)
        except OSError:
            return  # taken out in the middle of an answer
        finally:
            line.close()


def _answer(inside: VirtualCard, message: bytes) -> bytes | None:
    if len(message) == 1:
        return ATR if message[0] == GET_ATR else None
    return inside.answer(message)


def _message(line: socket.socket) -> bytes | None:
    head = _exactly(line, 2)
    return _exactly(line, struct.unpack(">H", head)[0]) if head else None


def _exactly(line: socket.socket, size: int) -> bytes | None:
    got = b""
    while len(got) < size:
        # vpcd sends length and message apart, and would wait 40 ms for the acknowledgement in between
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
        piece = line.recv(size - len(got))
        if not piece:
            return None
        got += piece
    return got


def _hang_up(line: socket.socket) -> None:
    try:
        line.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # the other side was first
