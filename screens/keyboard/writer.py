"""What is being written: the finished text, what is composed, the strokes drawn. It knows no pieces and no pixels.

Nothing here outlives the page: `forget()` clears all of it and the input method's own state.
"""

from collections.abc import Callable

from kiosk import credit_code, id_number
from kiosk.errors import WritingUnavailable
from kiosk.ports.writing import Composed, Stroke
from kiosk.texts import Text
from kiosk.views.fields import FieldKind
from screens.keyboard.modes import COMPOSING, METHODS, RARE_WAYS, Groups, Mode, first_working, offered, script
from screens.tools import Tools

STROKE_SIGNS = str.maketrans("hspnz", "一丨丿丶乛")
"""Strokes are shown as strokes, not as the port's keys."""
DIGITS_ONLY = (FieldKind.DIGITS, FieldKind.PIN, FieldKind.DATE)
SIGNS = {FieldKind.PHONE: "0123456789+", FieldKind.MONEY: "0123456789."}
"""The only signs that some kinds of fields take."""
CAPITALS = (FieldKind.ID_NUMBER, FieldKind.CREDIT_CODE)
SEPARATORS = str.maketrans("", "", " '")
"""Between the syllables of what is composed; the letters themselves are what people typed."""


class Writer:
    """Takes keys, candidates and strokes; `text` is what stands in the field."""

    def __init__(self, tools: Tools, language: str, kind: FieldKind, longest: int, *, tells_letters: bool) -> None:
        self._tools = tools
        self.kind = kind
        self.longest = longest
        """How many characters there is room for."""
        self._tells_letters = tells_letters
        self._language = language
        self.text = ""
        self.upper = False
        self.full = False
        """Whether the last key found no room any more."""
        self.trouble = False
        """Whether an engine has failed at the last key: said at the keys until one works again."""
        self.parts: str | None = None
        """The parts or the code of a rare character; None while none is looked for."""
        self._missing = tools.writing.missing()
        self.mode = first_working(self.groups, self._missing)
        self.strokes: list[Stroke] = []
        self._composed = Composed()
        self._letters = ""
        self._found: tuple[str, ...] = ()
        self._looked_up: tuple[str, ...] = ()

    # --- what there is to see --------------------------------------------------------------------------------

    @property
    def groups(self) -> Groups:
        """The modes offered now."""
        return RARE_WAYS if self.parts is not None else offered(self._language, self.kind)

    @property
    def composing(self) -> bool:
        """Whether something is begun that is not yet a character."""
        return bool(self._composed.preedit or self.strokes or self.parts)

    @property
    def preedit(self) -> str:
        """What is composed, as people read it."""
        composed = self._composed.preedit
        if self.mode is Mode.STROKES:
            composed = composed.translate(STROKE_SIGNS)
        return " ".join(part for part in (self.parts, composed) if part)

    @property
    def told(self) -> str:
        """What the journey is told: a search also finds by the letters of a pinyin that is not finished."""
        letters = self._letters if self._tells_letters and self.mode is Mode.PINYIN and self.parts is None else ""
        return (self.text + letters)[: self.longest]

    @property
    def candidates(self) -> tuple[str, ...]:
        """The characters and words to choose from."""
        if self.strokes:
            return self._found
        return self._composed.candidates if self._composed.preedit else self._looked_up

    @property
    def page(self) -> tuple[int, bool]:
        """The number of the page of candidates, from 0, and whether there is another."""
        return (self._composed.page, self._composed.more) if self._composed.preedit else (0, False)

    @property
    def takes_spaces(self) -> bool:
        """Whether a space can be written here."""
        return self.kind not in (*DIGITS_ONLY, *CAPITALS, *SIGNS)

    def why_not(self, mode: Mode) -> Text:
        """Why a mode does not work here, as of the last change of mode; empty when it does."""
        method = METHODS.get(mode)
        return self._missing.get(method, "") if method else ""

    # --- keys ------------------------------------------------------------------------------------------------

    def speak(self, language: str) -> None:
        """Another language: its modes and its characters; the text stays."""
        if language == self._language:
            return
        self.drop()
        self._language = language
        if all(self.mode not in group for group in self.groups):
            self.mode = first_working(self.groups, self._missing)

    def use(self, mode: Mode) -> None:
        """Write in another way. What was begun is dropped, the parts of a rare character stay."""
        self._let_go()
        self._missing = self._tools.writing.missing()  # asked here only: an engine that starts takes its time to answer
        if mode is Mode.RARE and not self.why_not(mode):
            self.parts = ""
            mode = first_working(self.groups, self._missing)
        self.mode = mode

    def key(self, key: str) -> None:
        """A letter, digit or sign; " ", "backspace", "clear", or "shift"."""
        named: dict[str, Callable[[], None]] = {
            "backspace": self.erase,
            "clear": self.clear,
            "shift": self._shift,
            " ": self._space,
        }
        if key in named:
            named[key]()
        elif self.mode in COMPOSING:
            self._compose(key)
        elif self.mode is Mode.CODE:
            self._commit(key.upper())
        else:
            self._type(key)

    def _type(self, key: str) -> None:
        self._commit(key.upper() if self.upper or self.kind in CAPITALS else key)
        self.upper = False

    def _shift(self) -> None:
        self.upper = not self.upper

    def _space(self) -> None:
        """The first candidate, or a space."""
        if self.candidates:
            self.choose(0)
        elif not self.composing:
            self._commit(" ")

    def erase(self) -> None:
        """The last stroke, letter or part of what is begun; else the last character."""
        if self.strokes:
            self.undo()
        elif self._composed.preedit:
            self._compose("backspace")
        elif self.parts:
            self.parts = self.parts[:-1]
            self._look_up()
        else:
            self.text, self.full = self.text[:-1], False

    def _compose(self, key: str) -> None:
        writing = self._tools.writing
        try:
            if not self._composed.preedit:
                writing.begin(METHODS[self.mode], script(self._language))
            composed = writing.press(key)
        except WritingUnavailable:
            self._keep_letters(self._letters[:-1] if key == "backspace" else self._letters + key)
            return
        letters = self._letters[:-1] if key == "backspace" else self._letters + key
        self._take(composed, letters)

    def _take(self, composed: Composed, letters: str) -> None:
        self.trouble = False
        self._composed = composed
        self._letters = letters if composed.preedit else ""
        self._commit(composed.committed)

    def _keep_letters(self, letters: str) -> None:
        """The engine has failed: what was typed goes on as Latin letters; the next key tries again."""
        self._composed, self._letters = Composed(), ""
        self.trouble = True
        if self.mode is not Mode.STROKES and self.parts is None:
            self._commit(letters)

    def _commit(self, text: str) -> None:
        if self.parts is not None:
            self.parts = (self.parts + text)[: self.longest]
            self._look_up()
            return
        self.full = bool(text) and len(self.text) + len(text) > self.longest
        for char in text:
            if len(self.text) < self.longest and self._allowed(char):
                self.text = self.text + char

    def _allowed(self, char: str) -> bool:
        if self.kind is FieldKind.ID_NUMBER:
            return id_number.goes_on(self.text, char)
        if self.kind is FieldKind.CREDIT_CODE:
            return credit_code.goes_on(self.text, char)
        return char in SIGNS.get(self.kind, "0123456789" if self.kind in DIGITS_ONLY else char)

    # --- candidates ------------------------------------------------------------------------------------------

    def choose(self, index: int) -> None:
        """Take a candidate. Raises IndexError when there is none of that number."""
        chosen = self.candidates[index]
        if self.strokes:
            self.wipe()
            self._commit(chosen)
        elif self._composed.preedit:
            self._choose_composed(index)
        else:
            self.parts = None
            self._commit(chosen)
            self.parts = ""
            self._looked_up = ()

    def _choose_composed(self, index: int) -> None:
        try:
            composed = self._tools.writing.choose(index)
        except WritingUnavailable:
            self._keep_letters(self._letters)
            return
        self._take(composed, composed.preedit.translate(SEPARATORS))

    def turn(self, pages: int) -> None:
        """Another page of candidates."""
        try:
            self._composed = self._tools.writing.turn(pages)
        except WritingUnavailable:
            self._keep_letters(self._letters)

    def _look_up(self) -> None:
        self._looked_up = ()
        if not self.parts:
            return
        try:
            self._looked_up = self._tools.writing.look_up(self.parts)
            self.trouble = False
        except WritingUnavailable:
            self.trouble = True

    # --- strokes ---------------------------------------------------------------------------------------------

    def draw(self, stroke: Stroke) -> None:
        """A stroke is finished: the characters it may belong to are looked for."""
        self.strokes.append(stroke)
        self._recognise()

    def undo(self) -> None:
        """Take the last stroke back."""
        if self.strokes:
            self.strokes.pop()
            self._recognise()

    def wipe(self) -> None:
        """Take all strokes back."""
        self.strokes.clear()
        self._found = ()

    def _recognise(self) -> None:
        self._found = ()
        if not self.strokes:
            return
        try:
            self._found = self._tools.writing.recognise(tuple(self.strokes), script(self._language))
            self.trouble = False
        except WritingUnavailable:
            self.trouble = True

    # --- from elsewhere --------------------------------------------------------------------------------------

    def put(self, text: str) -> None:
        """From a physical keyboard or the clipboard: after what stands there, letters not yet finished included."""
        told = self.told
        self.drop()
        self.text = told
        for char in text:
            self._commit(char.upper() if self.kind in CAPITALS else char)

    def replace(self, text: str) -> None:
        """Another text; what was begun is dropped."""
        self.drop()
        self.full = len(text) > self.longest
        self.text = text[: self.longest]

    def clear(self) -> None:
        """Everything; where a rare character is looked for, first its parts."""
        if self.parts:
            self.parts, self._looked_up = "", ()
            self._let_go()
            return
        in_rare = self.parts is not None
        self._let_go()
        self.parts = "" if in_rare else None
        self.text, self.full = "", False

    def drop(self) -> None:
        """Drop what is begun, here and in the input method; the text stays."""
        self._let_go()
        if self.parts is not None:
            self.parts, self._looked_up = None, ()
            self.mode = first_working(self.groups, self._missing)

    def _let_go(self) -> None:
        self._tools.writing.forget()
        self.wipe()
        self._composed, self._letters = Composed(), ""
        self.trouble = self.upper = False

    def forget(self) -> None:
        """Drop everything."""
        self.drop()
        self.text, self.full = "", False
