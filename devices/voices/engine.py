"""Speech from espeak-ng (Debian: libespeak-ng1) by ctypes, as samples that arrive while it still speaks."""

import ctypes
from array import array
from collections.abc import Callable
from ctypes import CDLL, CFUNCTYPE, POINTER, c_char_p, c_int, c_short, c_size_t, c_uint, c_void_p
from itertools import takewhile

from devices.voices.readings import Run
from devices.voices.sound import RATE_HZ
from kiosk.ports.voice import Manner

WORDS_PER_MINUTE = 175
"""The engine's own normal pace, at which Mandarin comes at 4.7 syllables a second."""
VOICES = ("cmn", "cmn-latn-pinyin", "yue", "yue-latn-jyutping", "en")
_SYNCHRONOUS, _CHUNK_MS, _DONT_EXIT = 2, 40, 0x8000
_UTF8, _POSITION_CHARACTER = 1, 1
_RATE, _VOLUME = 1, 2
_LOUDEST = 85
"""Of the engine's volume: at 100 its Cantonese voice reaches the full scale of 16 bits."""
_SLOWEST, _FASTEST = 80, 525
_QUIET = 160
"""Samples below this (of 32,767) count as silence at the ends of a stretch."""
_Heard = CFUNCTYPE(c_int, POINTER(c_short), c_int, c_void_p)


class Engine:
    """The engine of this process. Raises OSError when it is not installed or speaks at another rate than expected."""

    def __init__(self) -> None:
        self._espeak = CDLL("libespeak-ng.so.1")
        rate = self._espeak.espeak_Initialize(_SYNCHRONOUS, _CHUNK_MS, None, _DONT_EXIT)
        if rate != RATE_HZ:
            raise OSError(
                f"espeak-ng starts with {rate} Hz; are the packages libespeak-ng1 and espeak-ng-data complete?"
            )
        self._espeak.espeak_SetVoiceByName.argtypes = [c_char_p]
        self._espeak.espeak_TextToPhonemes.restype = c_char_p
        self._espeak.espeak_TextToPhonemes.argtypes = [POINTER(c_char_p), c_int, c_int]
        self._espeak.espeak_Synth.argtypes = [c_char_p, c_size_t, c_uint, c_int, c_uint, c_uint, c_void_p, c_void_p]
        self._take: Callable[[bytes], bool] = bool
        self._callback = _Heard(self._heard)  # kept: the engine calls it as long as it lives
        self.voices = frozenset(name for name in VOICES if self._choose(name))

    def speak(self, run: Run, manner: Manner, take: Callable[[bytes], bool]) -> None:
        """Make the samples of a stretch and give them to `take` as they come, until it says False."""
        self._choose(run.voice)
        rate = round(WORDS_PER_MINUTE * manner.rate)
        self._espeak.espeak_SetParameter(_RATE, min(max(rate, _SLOWEST), _FASTEST), 0)
        self._espeak.espeak_SetParameter(_VOLUME, round(_LOUDEST * min(max(manner.loudness, 0.0), 1.0)), 0)
        self._take = take
        self._espeak.espeak_SetSynthCallback(self._callback)
        text = run.text.encode()
        self._espeak.espeak_Synth(text, len(text) + 1, 0, _POSITION_CHARACTER, 0, _UTF8, None, None)
        self._take = bool

    def phonemes(self, run: Run) -> str:
        """What the engine makes of a stretch, in its own phoneme names."""
        self._choose(run.voice)
        rest = c_char_p(run.text.encode())
        said = []
        while rest.value:
            said.append(self._espeak.espeak_TextToPhonemes(ctypes.byref(rest), _UTF8, 0).decode())
        return " ".join(said)

    def _choose(self, voice: str) -> bool:
        return bool(self._espeak.espeak_SetVoiceByName(voice.encode()) == 0)

    def _heard(self, samples: "ctypes._Pointer[c_short]", count: int, _events: c_void_p) -> int:
        """The engine's callback: 1 stops it."""
        if not samples or not count:
            return 0
        return 0 if self._take(ctypes.string_at(samples, 2 * count)) else 1


def without_lead(samples: bytes) -> bytes:
    """Samples without the silence they begin with."""
    sound = array("h", samples)
    lead = sum(1 for _ in takewhile(lambda sample: abs(sample) < _QUIET, sound))
    return samples[2 * lead :]
