"""Simplified to traditional characters by OpenCC's library, which librime brings along. For the dictionaries' building."""

from ctypes import CDLL, c_char_p, c_int, c_size_t, c_void_p, cast

from kiosk.errors import SetupError

LIBRARY = "libopencc.so.1.1"
_FAILED = (None, c_void_p(-1).value)


class OpenCC:
    """One conversion, such as "s2t.json" (simplified to OpenCC's traditional) or "t2s.json"."""

    def __init__(self, config: str, library: str = LIBRARY) -> None:
        """Raises SetupError with the Debian package that is missing."""
        try:
            self._library = CDLL(library)
        except OSError as error:
            raise SetupError(f"{library} is missing. Install the Debian package libopencc1.1.") from error
        self._declare()
        self._handle = self._library.opencc_open(config.encode())
        if self._handle in _FAILED:
            raise SetupError(f"OpenCC does not know {config}. Reinstall the Debian package libopencc-data.")

    def _declare(self) -> None:
        library = self._library
        library.opencc_open.argtypes, library.opencc_open.restype = [c_char_p], c_void_p
        library.opencc_convert_utf8.argtypes = [c_void_p, c_char_p, c_size_t]
        library.opencc_convert_utf8.restype = c_void_p
        library.opencc_convert_utf8_free.argtypes, library.opencc_convert_utf8_free.restype = [c_void_p], None
        library.opencc_close.argtypes, library.opencc_close.restype = [c_void_p], c_int

    def __call__(self, text: str) -> str:
        """The text in the other characters. Raises SetupError."""
        raw = text.encode()
        converted = self._library.opencc_convert_utf8(self._handle, raw, len(raw))
        if not converted:
            raise SetupError("OpenCC could not convert a text. Reinstall the Debian package libopencc-data.")
        try:
            return (cast(converted, c_char_p).value or b"").decode()
        finally:
            self._library.opencc_convert_utf8_free(converted)

    def close(self) -> None:
        """Give the memory back."""
        self._library.opencc_close(self._handle)
