"""A small Writing with hands: it knows a few words, can fail for a while, and can be without a method."""

from collections.abc import Mapping, Sequence

from kiosk.errors import WritingUnavailable
from kiosk.ports.writing import Composed, Method, Script, Stroke
from kiosk.texts import Text, msg

PAGE = 9
WORDS: Mapping[Method, Mapping[str, Sequence[str]]] = {
    Method.PINYIN: {
        "panyu": ("番禺", "盘玉", "判狱"),
        "panyuqu": ("番禺区",),
        "xiaoguwei": ("小谷围", "小谷围街道", "小孤围"),
        "kaifandian": ("开饭店", "开饭", "开放", "凯芳", "开"),
        "cy": ("餐饮", "创业", "茶叶", "抽烟", "朝阳", "残余", "成语", "采样", "才艺", "次要", "处以", "此语", "初一"),
        "mu": ("木", "目", "母", "墓", "幕", "慕", "牧", "穆", "亩"),
    },
    Method.JYUTPING: {"siuguwai": ("小谷圍",), "heung": ("香", "鄉", "響", "向"), "hoi": ("開", "海", "害")},
    Method.STROKES: {"h": ("一", "二", "三", "十", "工", "王"), "hs": ("十", "木", "本"), "hspn": ("木", "林", "森")},
}
DRAWN = "木本术才不未末米禾札朩水永求氷泉录丞"
LOOK_UP = {"20BB7": "𠮷", "U+20BB7": "𠮷", "木木木": "森", "木木": "林森", "龙天": "䶮"}


class FakeWriting:
    """What a dictionary of some entries gives; traditional readings are not converted."""

    def __init__(self, missing: Mapping[Method, Text] | None = None) -> None:
        self._missing = dict(missing or {})
        self.broken = False
        self.forgotten = 0
        self.begun: list[tuple[Method, Script]] = []
        self.seen: list[tuple[Stroke, ...]] = []
        self._method = Method.PINYIN
        self._keys = ""
        self._done = ""
        self._page = 0

    @property
    def holds(self) -> str:
        """What it remembers now."""
        return self._done + self._keys

    def missing(self) -> Mapping[Method, Text]:
        return self._missing

    def lose(self, method: Method) -> None:
        """A method is no longer there."""
        self._missing[method] = msg("This way of writing is not installed here.")

    def _work(self, method: Method) -> None:
        if self.broken or method in self._missing:
            raise WritingUnavailable("broken by hand")

    def begin(self, method: Method, script: Script) -> None:
        self._work(method)
        self.begun.append((method, script))
        self._method, self._keys, self._done, self._page = method, "", "", 0

    def press(self, key: str) -> Composed:
        self._work(self._method)
        self._keys = self._keys[:-1] if key == "backspace" else self._keys + key
        self._page = 0
        return self._now()

    def _words(self) -> Sequence[str]:
        plain = self._keys.replace("'", "")
        table = WORDS[self._method]
        fits = [
            word
            for reading in sorted(table, key=len, reverse=True)
            if plain.startswith(reading)
            for word in table[reading]
        ]
        longer = [word for reading, words in table.items() if reading.startswith(plain) for word in words]
        return list(dict.fromkeys(fits + longer)) or ["某"]

    def _now(self, committed: str = "") -> Composed:
        if not self._keys:
            return Composed(committed)
        words, start = self._words(), self._page * PAGE
        preedit = self._done + self._keys
        return Composed(committed, preedit, tuple(words[start : start + PAGE]), self._page, len(words) > start + PAGE)

    def choose(self, index: int) -> Composed:
        self._work(self._method)
        word = self._words()[self._page * PAGE + index]
        plain = self._keys.replace("'", "")
        used = max(
            (r for r, ws in WORDS[self._method].items() if word in ws and plain.startswith(r)), key=len, default=plain
        )
        self._done += word
        self._keys = plain[len(used) :]
        self._page = 0
        if self._keys:
            return self._now()
        committed, self._done = self._done, ""
        return Composed(committed)

    def turn(self, pages: int) -> Composed:
        self._work(self._method)
        self._page += pages
        return self._now()

    def recognise(self, strokes: Sequence[Stroke], script: Script) -> tuple[str, ...]:
        self._work(Method.HANDWRITING)
        self.seen.append(tuple(strokes))
        return tuple(DRAWN[len(strokes) - 1 :])

    def look_up(self, query: str) -> tuple[str, ...]:
        self._work(Method.LOOKUP)
        return tuple(LOOK_UP.get(query, ""))

    def forget(self) -> None:
        self.forgotten += 1
        self._keys = self._done = ""
