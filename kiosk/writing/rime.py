"""One session of librime: keys in, pages of Chinese characters out. Standard library only.

Not thread-safe, like librime. It learns nothing: no schema has a user dictionary, and the folder of the dictionaries is
only read.
"""

from collections.abc import Callable, Iterator
from ctypes import byref, create_string_buffer
from pathlib import Path
from typing import NamedTuple

from kiosk.writing import rime_api

PAGE = 9
SCHEMAS = {"pinyin": "bianmin_pinyin", "jyutping": "bianmin_jyutping", "strokes": "bianmin_strokes"}
LETTERS = {method: frozenset("abcdefghijklmnopqrstuvwxyz'") for method in ("pinyin", "jyutping")}
LETTERS["strokes"] = frozenset("hspnz")
OPTIONS = {"Hans": b"simplified", "Hant": b"hongkong"}
LOOKED_AT = 2_000
"""So many candidates are looked at for one page at most, however many of them no typeface can draw."""
LONGEST = 72
"""Keys taken at most: a longer text is chosen part by part."""

Drawable = Callable[[str, str], bool]
"""Whether a text can be drawn in a script ("Hans", "Hant")."""


class State(NamedTuple):
    """What has become of the keys, as `kiosk.ports.writing.Composed` has it."""

    committed: str = ""
    preedit: str = ""
    candidates: tuple[str, ...] = ()
    page: int = 0
    more: bool = False


class Rime:
    """The library, opened with a folder of built dictionaries, and one session."""

    def __init__(self, folder: Path, drawable: Drawable, library: str = rime_api.LIBRARY) -> None:
        """Raises OSError or AttributeError without the library."""
        self._library = rime_api.load(library)
        self._select = rime_api.select_candidate(self._library)
        self._traits = rime_api.traits(folder)
        self._library.RimeSetup(self._traits)
        self._library.RimeInitialize(self._traits)
        self._drawable = drawable
        self._session = 0
        self._schema = ""
        self._method = "pinyin"
        self._script = "Hans"
        self._page = 0
        self._shown: list[tuple[int, str]] = []

    def begin(self, method: str, script: str) -> None:
        """Start with nothing composed. Raises LookupError when the schema's dictionaries are not there."""
        self._open(SCHEMAS[method])
        self._method, self._script = method, script
        self._library.RimeClearComposition(self._session)
        for name in OPTIONS.values():
            self._library.RimeSetOption(self._session, name, OPTIONS[script] == name)
        self._page = 0

    def _open(self, schema: str) -> None:
        if self._schema == schema:
            return
        self.close_session()
        self._session = self._library.RimeCreateSession()
        self._library.RimeSelectSchema(self._session, schema.encode())
        current = create_string_buffer(64)
        self._library.RimeGetCurrentSchema(self._session, current, len(current))
        if current.value.decode() != schema:
            raise LookupError(f"schema {schema} is not there")
        self._schema = schema

    def press(self, key: str) -> State:
        """One key: a letter of the method, "'", or "backspace". Other keys change nothing."""
        if key == "backspace":
            self._library.RimeProcessKey(self._session, rime_api.BACKSPACE, 0)
        elif key in LETTERS[self._method] and len(self._preedit()) < LONGEST:
            self._library.RimeProcessKey(self._session, ord(key), 0)
        self._page = 0
        return self._state()

    def choose(self, index: int) -> State:
        """Take the candidate at `index` of the page on show; out of range it changes nothing."""
        if 0 <= index < len(self._shown):
            self._select(self._session, self._shown[index][0])
            self._page = 0
        return self._state()

    def turn(self, pages: int) -> State:
        """The next page (1) or the one before (-1); before the first and after the last there is none."""
        if pages < 0:
            self._page = max(0, self._page - 1)
        elif self._state().more:
            self._page += 1
        return self._state()

    def forget(self) -> None:
        """Drop the composition and the session with it."""
        self.close_session()
        self._shown, self._page = [], 0

    def close_session(self) -> None:
        """End the session, if there is one."""
        if self._session:
            self._library.RimeDestroySession(self._session)
        self._session, self._schema = 0, ""

    def _state(self) -> State:
        first = self._page * PAGE
        found = list(self._drawn(first + PAGE + 1))
        self._shown = found[first : first + PAGE]
        texts = tuple(text for _, text in self._shown)
        return State(self._committed(), self._preedit(), texts, self._page, len(found) > first + PAGE)

    def _drawn(self, count: int) -> Iterator[tuple[int, str]]:
        """The first `count` candidates that can be drawn, each with its number among all."""
        for at, text in enumerate(self._candidates()):
            if count == 0 or at == LOOKED_AT:
                return
            if self._drawable(text, self._script):
                count -= 1
                yield at, text

    def _candidates(self) -> Iterator[str]:
        cursor = rime_api.CandidateList()
        if self._session and self._library.RimeCandidateListBegin(self._session, byref(cursor)):
            try:
                while self._library.RimeCandidateListNext(byref(cursor)):
                    yield (cursor.candidate.text or b"").decode()
            finally:
                self._library.RimeCandidateListEnd(byref(cursor))

    def _preedit(self) -> str:
        context = rime_api.sized(rime_api.Context)
        if not self._session or not self._library.RimeGetContext(self._session, byref(context)):
            return ""
        try:
            return (context.composition.preedit or b"").decode()
        finally:
            self._library.RimeFreeContext(byref(context))

    def _committed(self) -> str:
        commit = rime_api.sized(rime_api.Commit)
        if not self._session or not self._library.RimeGetCommit(self._session, byref(commit)):
            return ""
        try:
            return (commit.text or b"").decode()
        finally:
            self._library.RimeFreeCommit(byref(commit))
