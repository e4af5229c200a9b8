"""The kiosk's side of `pcsc_child`: one question, one answer, and an end to it when none comes."""

import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kiosk.errors import CardGone, CardUnreadable, DeviceError, DeviceUnavailable, Fault

ROOT = Path(__file__).resolve().parents[2]
_PIECE = 65_536
START_S = 5.0
"""How long the child may take to say that it is there, on a busy machine."""


class Silent(CardUnreadable):
    """No answer in time: the process was ended, the next question starts another."""


NO_READER = "There is no citizen-card reader. Check its cable."
OTHER_READERS = "There is no citizen-card reader of that name in the settings. There are: {names}."
UNAVAILABLE = {
    "no_service": ("The smart-card service does not run. Start it: systemctl start pcscd.", Fault.NO_ANSWER),
    "no_reader": (NO_READER, Fault.UNPLUGGED),
    "in_use": ("Another program holds the card in the citizen-card reader. End it.", Fault.IN_USE),
    "forbidden": (
        "The smart-card service refuses this user. Install config/system/60-kiosk-pcscd.rules.",
        Fault.WRONG_DEVICE,
    ),
}
"""The child's words for what is wrong with service and reader."""


def error_for(word: str, names: Sequence[str] = ()) -> DeviceError:
    """The error for one of the child's words, in a sentence that says what to do; `names`: the readers that there are."""
    if names:
        return DeviceUnavailable(OTHER_READERS.format(names=", ".join(names)), Fault.UNPLUGGED)
    if word in UNAVAILABLE:
        return DeviceUnavailable(*UNAVAILABLE[word])
    if word == "gone":
        return CardGone("The card was taken out before it was read.")
    return CardUnreadable("The card in the citizen-card reader does not answer as cards do.")


class PcscLink:
    """Starts the child when it is first asked. Used by one thread."""

    def __init__(self, socket: str = "") -> None:
        self._environment = os.environ | ({"PCSCLITE_CSOCK_NAME": socket} if socket else {})
        self._child: subprocess.Popen[bytes] | None = None

    def ask(self, limit_s: float, **command: object) -> dict[str, Any]:
        """The child's answer. Raises what `error_for` says, and Silent after `limit_s`."""
        child = self._child or self._started()
        answer: dict[str, Any] = json.loads(self._told(child, json.dumps(command).encode() + b"\n", limit_s))
        if "error" in answer:
            raise error_for(answer["error"], answer["known"])
        return answer

    def close(self) -> None:
        """End the child; harmless when there is none."""
        child, self._child = self._child, None
        if child:
            child.kill()
            child.wait()
            for pipe in (child.stdin, child.stdout):
                if pipe:
                    pipe.close()

    def _started(self) -> subprocess.Popen[bytes]:
        self._child = subprocess.Popen(
            [sys.executable, "-m", "devices.citizen_cards.pcsc_child"],
            cwd=ROOT,
            env=self._environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            bufsize=0,
        )
        self._told(self._child, b"", START_S)
        return self._child

    def _told(self, child: subprocess.Popen[bytes], line: bytes, limit_s: float) -> bytes:
        """Send a line (or nothing), wait for one. A child that is dead or silent is ended."""
        try:
            return _exchanged(child, line, time.monotonic() + limit_s)
        except TimeoutError as error:
            self.close()
            raise Silent("The card in the citizen-card reader does not answer.") from error
        except (OSError, EOFError) as error:
            self.close()
            reason = "The program that speaks to citizen cards has ended (is pyscard installed? Run 'make cards')."
            raise DeviceUnavailable(reason, Fault.NO_ANSWER) from error


def _exchanged(child: subprocess.Popen[bytes], line: bytes, end: float) -> bytes:
    """Raises TimeoutError at the end, EOFError and OSError for a child that died."""
    assert child.stdin  # noqa: S101 (opened as a pipe)
    assert child.stdout  # noqa: S101
    child.stdin.write(line)
    got = b""
    while not got.endswith(b"\n"):
        ready, _, _ = select.select([child.stdout], [], [], max(0.0, end - time.monotonic()))
        if not ready:
            raise TimeoutError
        piece = os.read(child.stdout.fileno(), _PIECE)
        if not piece:
            raise EOFError
        got += piece
    return got
