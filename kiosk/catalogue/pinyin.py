"""How Chinese words are read, asked of pypinyin in a process of its own: its dictionaries take 60 MB that nobody needs
once the words of a catalogue are known.

As a program: a JSON list of words on standard input, the list of their syllables on standard output.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from kiosk import cache

PATIENCE_S = 120.0


def syllables(words: Sequence[str]) -> dict[str, list[str]]:
    """Word -> its syllables without tones, in the order of its characters; kept between starts."""
    said: list[list[str]] = cache.kept("pinyin", cache.stamp((), *words), lambda: _asked_apart(words))
    return dict(zip(words, said, strict=True))


def _asked_apart(words: Sequence[str]) -> list[list[str]]:
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-m", "kiosk.catalogue.pinyin"]
    try:
        done = subprocess.run(
            command, input=json.dumps(words), capture_output=True, text=True, check=True, timeout=PATIENCE_S, cwd=root
        )
        said: list[list[str]] = json.loads(done.stdout)
    except (OSError, subprocess.SubprocessError, ValueError):
        return _asked_here(words)  # no second process to be had: then in this one
    return said


def _asked_here(words: Sequence[str]) -> list[list[str]]:
    from pypinyin import lazy_pinyin  # noqa: PLC0415  see above

    return [list(lazy_pinyin(word)) for word in words]


if __name__ == "__main__":
    json.dump(_asked_here(json.load(sys.stdin)), sys.stdout)
