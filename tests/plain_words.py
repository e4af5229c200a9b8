"""What a machine can check of the style guide in `screens/README.md`."""

import ast
import re
from collections.abc import Iterator

from tests import messages

WORDS_PER_SENTENCE = 20
CHARACTERS_PER_SENTENCE = 32
WORDS_ON_BUTTON = 5
CHARACTERS_ON_BUTTON = 10
VERBS = frozenset(
    [
        "add",
        "apply",
        "ask",
        "call",
        "change",
        "choose",
        "clear",
        "close",
        "collect",
        "continue",
        "delete",
        "do",
        "end",
        "find",
        "finish",
        "follow",
        "fill",
        "give",
        "go",
        "hand",
        "hear",
        "hide",
        "keep",
        "look",
        "make",
        "move",
        "open",
        "pause",
        "play",
        "print",
        "put",
        "rate",
        "read",
        "repeat",
        "scan",
        "search",
        "see",
        "send",
        "show",
        "sign",
        "skip",
        "start",
        "stop",
        "take",
        "try",
        "turn",
        "undo",
        "use",
        "write",
    ]
)
"""What a button may begin with; a new verb joins here."""
ANSWERS = frozenset({"Not now", "More time"})
"""Buttons that answer the question above them."""
STIFF = re.compile(
    r"\b(must be|has to be|have to be|is required|are required|shall|hereby|herein|pursuant|prior to|in order to|commence|utili[sz]e|"
    r"terminate|endeavour|applicant|invalid|illegal|failed|failure|unable to|unsuccessful|error|abort|and/or|kindly|operation)\b",
    re.IGNORECASE,
)
STIFF_CHINESE = re.compile(
    "须|須|予以|予之|逾期|届时|屆時|敬请|敬請|严禁|嚴禁|请勿|請勿|非法|无效|無效|失败|失敗|错误代码|錯誤代碼|异常|異常|进行|進行操作"
)
BLUNT = frozenset({"ok", "yes", "no", "confirm", "cancel", "submit", "确定", "确认", "提交", "取消", "是", "否"})
JARGON = {
    "Sole traders": "A shop or trade in your own name (个体工商户)",
    "Companies and organisations": "A company, a cooperative, a branch",
}
"""A term that people need at the window, and the text on the same screen or above it that explains it."""


def resident_facing() -> dict[str, str]:
    """Message id -> where it is, of all that residents read; the simulator's hands are for engineers."""
    apart = ("screens/dock", "kiosk/approval")
    paths = [
        path
        for path in messages.sources()
        if path.is_relative_to(messages.ROOT / "kiosk") or path.is_relative_to(messages.ROOT / "screens")
    ]
    kept = [path for path in paths if not str(path.relative_to(messages.ROOT)).startswith(apart)]
    return messages.ids(kept)


def buttons() -> Iterator[tuple[str, str]]:
    """The label of every `Action(..., msg("..."))` in the source, and where it is."""
    for path in messages.sources():
        for node in ast.walk(ast.parse(path.read_text())):
            label = _label(node)
            if label:
                yield label, f"{path.relative_to(messages.ROOT)}:{getattr(node, 'lineno', 0)}"


def _label(node: ast.AST) -> str:
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Action"):
        return ""
    said = node.args[1] if len(node.args) > 1 else None
    if isinstance(said, ast.Call) and said.args and isinstance(said.args[0], ast.Constant):
        return str(said.args[0].value)
    return ""


def complaints(text: str, language: str) -> list[str]:
    """What the guide objects to in a resident-facing text."""
    found = _marks(text)
    return found + (_chinese(text) if language.startswith("zh") else _english(text) if language == "en" else [])


def _marks(text: str) -> list[str]:
    found = ["an exclamation mark"] if set("!！") & set(text) else []
    if re.search(r"\b[A-Z]{4,}\b", text):
        found.append("capitals for weight")
    if re.search(r"\b0x[0-9a-f]+|\berror \d+|\bcode \d+", text, re.IGNORECASE):
        found.append("a code")
    return found


def _english(text: str) -> list[str]:
    long = [s for s in re.split(r"[.?](?:\s|$)", text) if len(s.split()) > WORDS_PER_SENTENCE]
    found = [f"a sentence of {len(sentence.split())} words" for sentence in long]
    return found + [f"stiff: {match}" for match in STIFF.findall(text)]


def _chinese(text: str) -> list[str]:
    bare = re.sub(r"\{\w+\}", "00", text)
    long = [s for s in re.split("[。？]", bare) if len(s) > CHARACTERS_PER_SENTENCE]
    found = [f"a sentence of {len(sentence)} characters" for sentence in long]
    if re.search(r"[\u4e00-\u9fff][,;:?!()]|[,;:?!()][\u4e00-\u9fff]", text):
        found.append("half-width punctuation")
    return found + [f"stiff: {match}" for match in STIFF_CHINESE.findall(text)]


def button_complaints(label: str, language: str) -> list[str]:
    """What the guide objects to on a button."""
    found = ["a blunt word"] if label.strip(" .").lower() in BLUNT else []
    if label[-1:] in ".。":
        found.append("a full stop")
    if language.startswith("zh"):
        return found + ([f"{len(label)} characters"] if len(label) > CHARACTERS_ON_BUTTON else [])
    if language != "en" or label in ANSWERS:
        return found
    if label.split(maxsplit=1)[0].lower() not in VERBS:
        found.append("no verb in front")
    return found + ([f"{len(label.split())} words"] if len(label.split()) > WORDS_ON_BUTTON else [])
