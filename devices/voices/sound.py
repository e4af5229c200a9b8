"""Sound through SDL 2 (Debian: libsdl2-2.0-0), which plays over PipeWire, PulseAudio or ALSA: whatever is there.

Sound is queued and played by SDL's own thread. Where there is no sound card it is played into nothing, at its own pace,
so that who waits for the end of a sentence still sees it come.
"""

import ctypes
import os
import threading
from ctypes import CDLL, POINTER, Structure, byref, c_char_p, c_int, c_uint8, c_uint16, c_uint32, c_void_p
from pathlib import Path

RATE_HZ = 22_050
"""What espeak-ng makes: 16 bit, one channel."""
BYTES_PER_S = 2 * RATE_HZ
BUFFER = 512
"""Samples that SDL takes at a time, 23 ms: what is heard after `clear` and `pause`."""
SILENT = "dummy"
_INIT_AUDIO = 0x10
_S16 = 0x8010
_STOPPED = 0
_LOUDEST = 128


class _Spec(Structure):
    _fields_ = (
        ("freq", c_int),
        ("format", c_uint16),
        ("channels", c_uint8),
        ("silence", c_uint8),
        ("samples", c_uint16),
        ("padding", c_uint16),
        ("size", c_uint32),
        ("callback", c_void_p),
        ("userdata", c_void_p),
    )


class Sound:
    """One output, open from the start. Raises OSError when SDL is not installed. Methods may be called from any thread."""

    def __init__(self) -> None:
        os.environ["SDL_NO_SIGNAL_HANDLERS"] = "1"
        self._lock = threading.RLock()  # nobody queues into a device that is being closed
        self._sdl = _library()
        self._device = 0
        self.driver = ""
        self._wanted = os.environ.get("SDL_AUDIODRIVER", "")
        self._seen = ""
        self.reopen()

    @property
    def there(self) -> bool:
        """Whether somebody could hear it."""
        return self.driver != SILENT

    def reopen(self) -> None:
        """Open the sound card anew, or silence where there is none."""
        self._seen = _sockets()
        with self._lock:
            if not (self._open(self._wanted) or self._open(SILENT)):
                raise OSError(f"SDL cannot play: {self._sdl.SDL_GetError().decode()}")

    def refresh(self) -> None:
        """Look for a sound card where there was none or it has gone; costs nothing while all is well."""
        gone = self._sdl.SDL_GetAudioDeviceStatus(self._device) == _STOPPED
        if gone or (not self.there and self._seen != _sockets()):
            self.reopen()

    def queue(self, samples: bytes) -> None:
        """Play after what is queued already."""
        with self._lock:
            self._sdl.SDL_QueueAudio(self._device, samples, len(samples))

    def queued_s(self) -> float:
        """Seconds that are still to be played."""
        with self._lock:
            return float(self._sdl.SDL_GetQueuedAudioSize(self._device)) / BYTES_PER_S

    def clear(self) -> None:
        """Forget what was queued."""
        with self._lock:
            self._sdl.SDL_ClearQueuedAudio(self._device)

    def pause(self, on: bool) -> None:
        """Hold what is queued, or go on."""
        with self._lock:
            self._sdl.SDL_PauseAudioDevice(self._device, int(on))

    def load(self, path: Path, loudness: float) -> bytes:
        """A WAV file as samples to queue, at a loudness of 0 to 1. Raises OSError when it cannot be read as one."""
        spec, samples, length = _Spec(), c_void_p(), c_uint32()
        file = self._sdl.SDL_RWFromFile(os.fsencode(path), b"rb")
        if not file or not self._sdl.SDL_LoadWAV_RW(file, 1, byref(spec), byref(samples), byref(length)):
            raise OSError(f"{path} is not a sound file that can be played")
        try:
            return self._mixed(self._converted(spec, samples, length.value, path), loudness)
        finally:
            self._sdl.SDL_FreeWAV(samples)

    def _open(self, driver: str) -> bool:
        if self._device:
            self._sdl.SDL_CloseAudioDevice(self._device)
            self._device = 0
        self._sdl.SDL_QuitSubSystem(_INIT_AUDIO)
        if driver:
            os.environ["SDL_AUDIODRIVER"] = driver
        else:
            os.environ.pop("SDL_AUDIODRIVER", None)
        if self._sdl.SDL_InitSubSystem(_INIT_AUDIO):
            return False
        wanted = _Spec(freq=RATE_HZ, format=_S16, channels=1, samples=BUFFER)
        self._device = self._sdl.SDL_OpenAudioDevice(None, 0, byref(wanted), byref(_Spec()), 0)
        self.driver = self._sdl.SDL_GetCurrentAudioDriver().decode() if self._device else ""
        self._sdl.SDL_PauseAudioDevice(self._device, 0)
        return bool(self._device)

    def _converted(self, spec: _Spec, samples: c_void_p, length: int, path: Path) -> bytes:
        stream = self._sdl.SDL_NewAudioStream(spec.format, spec.channels, spec.freq, _S16, 1, RATE_HZ)
        if not stream:
            raise OSError(f"{path} has a form of sound that cannot be played")
        try:
            self._sdl.SDL_AudioStreamPut(stream, samples, length)
            self._sdl.SDL_AudioStreamFlush(stream)
            there = max(0, self._sdl.SDL_AudioStreamAvailable(stream))
            taken = ctypes.create_string_buffer(there)
            got = self._sdl.SDL_AudioStreamGet(stream, taken, there)
            return taken.raw[: max(0, got)]
        finally:
            self._sdl.SDL_FreeAudioStream(stream)

    def _mixed(self, samples: bytes, loudness: float) -> bytes:
        quiet = ctypes.create_string_buffer(len(samples))
        self._sdl.SDL_MixAudioFormat(quiet, samples, _S16, len(samples), round(loudness * _LOUDEST))
        return quiet.raw


def _library() -> CDLL:
    """SDL with the types of what is used of it. Raises OSError when it is not installed."""
    sdl = CDLL("libSDL2-2.0.so.0")
    sdl.SDL_GetError.restype = sdl.SDL_GetCurrentAudioDriver.restype = c_char_p
    sdl.SDL_OpenAudioDevice.argtypes = [c_char_p, c_int, POINTER(_Spec), POINTER(_Spec), c_int]
    sdl.SDL_OpenAudioDevice.restype = sdl.SDL_GetQueuedAudioSize.restype = c_uint32
    sdl.SDL_QueueAudio.argtypes = [c_uint32, c_char_p, c_uint32]
    sdl.SDL_RWFromFile.restype = sdl.SDL_LoadWAV_RW.restype = sdl.SDL_NewAudioStream.restype = c_void_p
    sdl.SDL_RWFromFile.argtypes = [c_char_p, c_char_p]
    sdl.SDL_LoadWAV_RW.argtypes = [c_void_p, c_int, POINTER(_Spec), POINTER(c_void_p), POINTER(c_uint32)]
    sdl.SDL_FreeWAV.argtypes = sdl.SDL_FreeAudioStream.argtypes = [c_void_p]
    sdl.SDL_NewAudioStream.argtypes = [c_uint16, c_uint8, c_int, c_uint16, c_uint8, c_int]
    sdl.SDL_AudioStreamPut.argtypes = sdl.SDL_AudioStreamGet.argtypes = [c_void_p, c_void_p, c_int]
    sdl.SDL_AudioStreamFlush.argtypes = sdl.SDL_AudioStreamAvailable.argtypes = [c_void_p]
    sdl.SDL_MixAudioFormat.argtypes = [c_char_p, c_char_p, c_uint16, c_uint32, c_int]
    return sdl


def _sockets() -> str:
    """What of sound this machine has now: its cards, and the sound servers of this user."""
    cards = Path("/proc/asound/cards")
    run = Path(os.environ.get("XDG_RUNTIME_DIR", "/run"))
    servers = [str(path) for path in (run / "pulse/native", run / "pipewire-0") if path.exists()]
    return "\n".join([cards.read_text() if cards.is_file() else "", *servers])
