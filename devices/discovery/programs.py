"""Devices that only other programs know: scanners (SANE), queues (CUPS), smart-card readers (pcscd), supplies (NUT).

Each is asked through its own command, which is given a few seconds; what is missing is said, and nothing depends on it.
"""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from devices.discovery.found import Found, Guess

LIST_READERS = "from smartcard.System import readers; print('\\n'.join(map(str, readers())))"


class Answer(NamedTuple):
    """What a program printed; `trouble` says why it printed nothing."""

    text: str = ""
    trouble: str = ""


Run: TypeAlias = Callable[[Sequence[str], float], Answer]
"""Runs a command for at most so many seconds."""


def run(command: Sequence[str], timeout_s: float) -> Answer:
    """The output of a command, in English, or the reason why there is none."""
    environ = {**os.environ, "LC_ALL": "C"}
    try:
        done = subprocess.run(command, capture_output=True, timeout=timeout_s, env=environ, check=False)
    except FileNotFoundError:
        return Answer(trouble="it is not installed")
    except subprocess.TimeoutExpired:
        return Answer(trouble=f"it did not end within {timeout_s:g} s")
    except OSError as error:
        return Answer(trouble=error.strerror or "it does not start")
    said = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
    trouble = (said[0] if said else f"it ended with {done.returncode}") if done.returncode else ""
    return Answer(done.stdout.decode(errors="replace"), trouble)


class Source(NamedTuple):
    """A program to ask: what it finds, its command, the Debian package it comes with, its reader."""

    finds: str
    command: tuple[str, ...]
    package: str
    timeout_s: float
    read: Callable[[str], Iterator[Found]]


def scanners(text: str) -> Iterator[Found]:
    """Lines of `scanimage -f`: device, maker, model, sort."""
    for line in text.splitlines():
        device, _, about = line.partition("\t")
        if device and about:
            yield Found("sane", device, Guess("a scanner", ("document_scanner",)), about=" ".join(about.split()))


def queues(text: str) -> Iterator[Found]:
    """Lines of `lpstat -v`: "device for NAME: URI"."""
    for name, uri in re.findall(r"^device for (\S+): (\S+)$", text, re.MULTILINE):
        yield Found("cups", name, Guess("a print queue", ("a4_printer",)), about=uri)


def card_readers(text: str) -> Iterator[Found]:
    """Names of PC/SC readers, one a line."""
    for line in filter(None, map(str.strip, text.splitlines())):
        yield Found("pcsc", line, Guess("a smart-card reader", ("citizen_card_reader",)))


def supplies(text: str) -> Iterator[Found]:
    """Names of power supplies that NUT watches, one a line."""
    for line in filter(None, map(str.strip, text.splitlines())):
        yield Found("ups", line, Guess("a power supply", ("power",)))


SOURCES = (
    Source("scanners", ("scanimage", "-f", "%d\t%v %m (%t)%n"), "sane-utils", 20, scanners),
    Source("print queues", ("lpstat", "-h", "localhost", "-v"), "cups-client", 5, queues),
    Source("smart-card readers", (sys.executable, "-c", LIST_READERS), "pcscd", 5, card_readers),
    Source("power supplies", ("upsc", "-l", "localhost"), "nut-client", 5, supplies),
)


def everything(ask: Run = run, sources: Sequence[Source] = SOURCES) -> tuple[tuple[Found, ...], tuple[str, ...]]:
    """What was found, and a sentence for each program that could not tell."""
    found: list[Found] = []
    notes: list[str] = []
    for source in sources:
        answer = ask(source.command, source.timeout_s)
        found += source.read(answer.text)
        if answer.trouble:
            notes.append(f"{source.finds}: not known ({source.package}: {answer.trouble})")
    return tuple(found), tuple(notes)
