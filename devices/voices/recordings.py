"""Sentences that a person has recorded: played instead of the engine's voice.

A folder with one sub-folder per tongue (cmn, yue, en), each with `phrases.tsv`: file, tab, the sentence as it stands on
the screen. Any WAV file will do. Its pace stays as it was recorded.
"""

import unicodedata
from collections.abc import Callable
from pathlib import Path

from devices.voices.sound import Sound
from kiosk.ports.voice import Tongue


class Recordings:
    """The recordings of a folder. `trouble` hears once of each file that cannot be played."""

    def __init__(self, folder: Path | None, sound: Sound, trouble: Callable[[str], None]) -> None:
        self._sound = sound
        self._trouble = trouble
        self._damaged: set[Path] = set()
        self._files = {tongue: self._listed(folder / tongue) if folder else {} for tongue in Tongue}

    def samples(self, sentence: str, tongue: Tongue, loudness: float) -> bytes | None:
        """The recording of a sentence; None where there is none that can be played."""
        path = self._files[tongue].get(_key(sentence))
        if path is None or path in self._damaged:
            return None
        try:
            return self._sound.load(path, loudness)
        except OSError:
            self._damaged.add(path)
            self._trouble(f"the recording {path} cannot be played, the sentence is spoken instead")
            return None

    def _listed(self, folder: Path) -> dict[str, Path]:
        listing = folder / "phrases.tsv"
        if not folder.is_dir():
            return {}
        try:
            lines = listing.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            self._trouble(f"{listing} cannot be read, no recording of its folder is used")
            return {}
        rows = (line.split("\t", 1) for line in lines if "\t" in line and not line.startswith("#"))
        return {_key(sentence): folder / name for name, sentence in rows}


def _key(sentence: str) -> str:
    """Sentences are the same whatever their spaces, widths and final full stop."""
    return "".join(unicodedata.normalize("NFKC", sentence).split()).rstrip(".。")
