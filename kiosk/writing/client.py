"""Writing on the screen for the main thread: `kiosk.ports.writing.Writing` over an engine in a process of its own.

When the engine crashes or hangs it is ended and started again in the background; the call that met it raises
WritingUnavailable, and the next ones work. Nothing that is written is logged or kept.
"""

import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from kiosk import fonts
from kiosk.errors import WritingUnavailable
from kiosk.ports.writing import Composed, Method, Script, Stroke
from kiosk.texts import Text, msg
from kiosk.writing.process import FAREWELL_S, EngineFailed, EngineProcess, EngineSlow

PATIENCE_S = 0.5
START_PATIENCE_S = 10.0
"""A start that takes longer has failed."""
RESTS_AFTER, REST_S = 3, 30.0
"""So many failed starts in a row, and it is left alone for so long."""

MOST_STROKES, MOST_POINTS, IN_ALL = 64, 32, 320
"""Of a drawing so many strokes, points of a stroke, points in all are looked at: more costs time and tells nothing."""

BUILD_IT = "kiosk dictionaries"
NOT_INSTALLED: Mapping[Method, Text] = {
    Method.PINYIN: msg("Pinyin is not installed on this terminal."),
    Method.JYUTPING: msg("Jyutping is not installed on this terminal."),
    Method.STROKES: msg("Writing by strokes is not installed on this terminal."),
    Method.HANDWRITING: msg("Handwriting is not installed on this terminal."),
    Method.LOOKUP: msg("The search for rare characters is not installed on this terminal."),
}
NOT_READY = msg("Writing Chinese is not ready yet. Please try again in a moment.")

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class EngineOptions:
    """What the engine opens, where it is not the usual; empty: the usual."""

    librime: str = ""
    libzinnia: str = ""
    models: str = ""


@dataclass
class _Start:
    """What is known of the present child."""

    missing: dict[str, str] | None = None
    begun: dict[str, str] = field(default_factory=dict)


class WritingClient:
    """Writing, by an engine that `start()` brings up. `folder`: what `kiosk dictionaries` made (`paths.writing`)."""

    def __init__(self, folder: Path, options: EngineOptions = EngineOptions()) -> None:
        self._folder, self._options = folder, options
        self._process: EngineProcess | None = None
        self._now = _Start()
        self._wanted: dict[str, str] = {}
        self._failed_starts = 0
        self._rests_until = 0.0
        self._told: dict[str, str] = {}

    # --- the engine's life ---

    def start(self) -> None:
        """Start the engine; returns at once. Harmless when it runs, and while it rests after failed starts."""
        if self._process is None and time.monotonic() >= self._rests_until:
            self._now = _Start()
            try:
                self._process = EngineProcess(self._command())
            except EngineFailed as error:
                self._fail(error)

    @property
    def ready(self) -> bool:
        """Whether it answers within its time; while it starts, calls wait at most PATIENCE_S."""
        return self._is_up(0)

    @property
    def pid(self) -> int | None:
        """The engine's process id, while there is one."""
        return self._process.pid if self._process else None

    def close(self) -> None:
        """End the engine."""
        if self._process:
            self._process.end(FAREWELL_S)
        self._process, self._now, self._wanted = None, _Start(), {}

    def _command(self) -> dict[str, str]:
        chosen = {name: value for name, value in asdict(self._options).items() if value}
        coverage = fonts.folder().resolve() / "coverage.json"
        return {"folder": str(self._folder.resolve()), "coverage": str(coverage), **chosen}

    def _is_up(self, patience_s: float) -> bool:
        """Whether the engine has said its first line, waiting for it if need be."""
        if self._process is None or self._now.missing is not None:
            return self._process is not None
        try:
            self._now.missing = dict(self._process.answer(patience_s)["missing"])
        except EngineSlow as error:
            if time.monotonic() - self._process.started > START_PATIENCE_S:
                self._fail(error)
            return False
        except EngineFailed as error:
            self._fail(error)
            return False
        self._failed_starts = 0
        self._tell_staff(self._now.missing)
        return True

    def _fail(self, error: EngineFailed) -> None:
        """End the engine and bring up another, unless that has failed too often."""
        _log.warning("The writing engine failed: %s. It is started again.", error)
        in_start = self._now.missing is None
        if self._process:
            self._process.end()
        self._process = None
        self._failed_starts = self._failed_starts + 1 if in_start else 0
        if self._failed_starts >= RESTS_AFTER:
            self._failed_starts, self._rests_until = 0, time.monotonic() + REST_S
        self.start()

    def remedies(self) -> Mapping[str, str]:
        """For staff: what to do about each method that does not work. Waits for the engine as long as a start may take."""
        self.start()
        if not self._is_up(START_PATIENCE_S) or self._now.missing is None:
            return dict.fromkeys(Method, "the writing engine does not start; see the log")
        return {method: _remedy(what) for method, what in self._now.missing.items()}

    def _tell_staff(self, missing: Mapping[str, str]) -> None:
        for method, what in missing.items():
            if self._told.get(method) != what:
                _log.warning("Writing by %s does not work on this terminal; %s.", method, _remedy(what))
        self._told = dict(missing)

    # --- the port ---

    def missing(self) -> Mapping[Method, Text]:
        """See the port. Until the engine is up, every method is missing, and the sentence says so."""
        self.start()
        if not self._is_up(PATIENCE_S) or self._now.missing is None:
            return dict.fromkeys(Method, NOT_READY)
        return {Method(method): NOT_INSTALLED[Method(method)] for method in self._now.missing}

    def begin(self, method: Method, script: Script) -> None:
        """See the port."""
        self._wanted = {"method": method.value, "script": script.value}
        self._now.begun = {}
        self._begin()

    def press(self, key: str) -> Composed:
        """See the port."""
        return self._composed(do="press", key=key)

    def choose(self, index: int) -> Composed:
        """See the port."""
        return self._composed(do="choose", index=index)

    def turn(self, pages: int) -> Composed:
        """See the port."""
        return self._composed(do="turn", pages=pages)

    def recognise(self, strokes: Sequence[Stroke], script: Script) -> tuple[str, ...]:
        """See the port."""
        self._require(Method.HANDWRITING)
        most = min(MOST_POINTS, IN_ALL // (len(strokes) or 1))
        drawn = [_thinned(stroke, most) for stroke in strokes[:MOST_STROKES]]
        return tuple(self._ask({"do": "recognise", "strokes": drawn, "script": script.value})["found"])

    def look_up(self, query: str) -> tuple[str, ...]:
        """See the port."""
        self._require(Method.LOOKUP)
        return tuple(self._ask({"do": "look_up", "query": query})["found"])

    def forget(self) -> None:
        """See the port. An engine that does not forget at once is ended."""
        self._wanted = self._now.begun = {}
        if self._process and self._now.missing is not None:
            try:
                self._process.ask({"do": "forget"}, PATIENCE_S)
            except EngineFailed as error:
                self._fail(error)

    def _composed(self, **request: object) -> Composed:
        if not self._wanted:
            raise WritingUnavailable("Nothing was begun: call begin() with a method before pressing keys.")
        self._begin()
        answer = self._ask(request)
        return Composed(**{**answer, "candidates": tuple(answer["candidates"])})

    def _begin(self) -> None:
        """Tell the engine the method and the script, unless it knows them: another one has been started since."""
        self._require(Method(self._wanted["method"]))
        if self._now.begun != self._wanted:
            self._ask({"do": "begin", **self._wanted})
            self._now.begun = self._wanted

    def _require(self, method: Method) -> None:
        """Raise WritingUnavailable unless the engine is up and has the method."""
        self.start()
        if not self._is_up(PATIENCE_S) or self._now.missing is None:
            raise WritingUnavailable("The writing engine is not ready yet; it is being started.")
        if lacking := self._now.missing.get(method.value):
            raise WritingUnavailable(f"Writing by {method.value} does not work here: {lacking} is missing.")

    def _ask(self, request: Mapping[str, object]) -> dict[str, Any]:
        if self._process is None:
            raise WritingUnavailable("The writing engine is not ready yet; it is being started.")
        try:
            answer = self._process.ask(request, PATIENCE_S)
        except EngineFailed as error:
            self._fail(error)
            raise WritingUnavailable(f"The writing engine failed: {error}. It is being started again.") from None
        if "error" in answer:
            raise WritingUnavailable(f"The writing engine could not do this ({answer['error']}).")
        return answer


def _thinned(stroke: Stroke, most: int) -> list[tuple[float, float]]:
    """The stroke by at most `most` points (but two), its ends among them."""
    step = max(1, -(-len(stroke) // (max(most, 2) - 1)))
    return [(round(x, 3), round(y, 3)) for x, y in (*stroke[:-1:step], *stroke[-1:])]


def _remedy(what: str) -> str:
    todo = f"run '{what}'" if what == BUILD_IT else f"install the Debian package {what}"
    return f"{todo}, or 'make install'"
