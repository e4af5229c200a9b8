"""The ways of writing the keyboard offers: which, in which order, for which language and which field."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import TypeAlias

from kiosk.ports.writing import Method, Script
from kiosk.texts import Text, msg
from kiosk.views.fields import FieldKind


class Mode(StrEnum):
    """One face of the keyboard."""

    PINYIN = "pinyin"
    HANDWRITING = "handwriting"
    STROKES = "strokes"
    JYUTPING = "jyutping"
    DIGITS = "digits"
    LATIN = "latin"
    SYMBOLS = "symbols"
    ID_NUMBER = "id"
    CREDIT_CODE = "credit code"
    PHONE = "phone"
    MONEY = "money"
    RARE = "rare"
    """The door to rare characters: what is written then are a character's parts, or its code."""
    CODE = "code"


Groups: TypeAlias = tuple[tuple[Mode, ...], ...]
"""The modes in one row of keys, and those behind "more"."""

METHODS: Mapping[Mode, Method] = {
    Mode.PINYIN: Method.PINYIN,
    Mode.HANDWRITING: Method.HANDWRITING,
    Mode.STROKES: Method.STROKES,
    Mode.JYUTPING: Method.JYUTPING,
    Mode.RARE: Method.LOOKUP,
    Mode.CODE: Method.LOOKUP,
}
"""What of the port a mode needs; the others need nothing."""
COMPOSING = (Mode.PINYIN, Mode.JYUTPING, Mode.STROKES)
"""Modes in which keys become characters by way of candidates."""
NAMES: Mapping[Mode, Text] = {
    Mode.PINYIN: msg("Pinyin"),
    Mode.HANDWRITING: msg("Handwriting"),
    Mode.STROKES: msg("Strokes"),
    Mode.JYUTPING: msg("Jyutping"),
    Mode.DIGITS: "123",
    Mode.LATIN: "abc",
    Mode.SYMBOLS: msg("Symbols"),
    Mode.ID_NUMBER: msg("ID number"),
    Mode.CREDIT_CODE: msg("Credit code"),
    Mode.PHONE: "123",
    Mode.MONEY: "123",
    Mode.RARE: msg("Rare characters"),
    Mode.CODE: msg("Code"),
}
SPOKEN: Mapping[Mode, Text] = {Mode.DIGITS: msg("Digits"), Mode.LATIN: msg("Letters")}
"""What is read aloud where the label would say too little."""
RARE_WAYS: Groups = ((Mode.PINYIN, Mode.HANDWRITING, Mode.STROKES, Mode.CODE),)
"""How the parts of a rare character are written."""
SIMPLE: Mapping[FieldKind, Groups] = {
    FieldKind.LATIN: ((Mode.LATIN, Mode.DIGITS, Mode.SYMBOLS),),
    FieldKind.DIGITS: ((Mode.DIGITS,),),
    FieldKind.PIN: ((Mode.DIGITS,),),
    FieldKind.ID_NUMBER: ((Mode.ID_NUMBER,),),
    FieldKind.CREDIT_CODE: ((Mode.CREDIT_CODE,),),
    FieldKind.DATE: ((Mode.DIGITS,),),
    FieldKind.PHONE: ((Mode.PHONE,),),
    FieldKind.MONEY: ((Mode.MONEY,),),
}
MAINLAND: Groups = (
    (Mode.PINYIN, Mode.HANDWRITING, Mode.STROKES, Mode.DIGITS, Mode.LATIN, Mode.SYMBOLS),
    (Mode.JYUTPING, Mode.RARE),
)
HONG_KONG: Groups = (
    (Mode.HANDWRITING, Mode.STROKES, Mode.JYUTPING, Mode.PINYIN, Mode.DIGITS, Mode.LATIN, Mode.SYMBOLS),
    (Mode.RARE,),
)
ELSEWHERE: Groups = (
    (Mode.LATIN, Mode.DIGITS, Mode.SYMBOLS),
    (Mode.LATIN, Mode.PINYIN, Mode.HANDWRITING, Mode.STROKES, Mode.JYUTPING, Mode.RARE),
)
MAINLAND_NAME: Groups = ((Mode.PINYIN, Mode.HANDWRITING, Mode.STROKES, Mode.RARE, Mode.LATIN), (Mode.JYUTPING,))
HONG_KONG_NAME: Groups = ((Mode.HANDWRITING, Mode.STROKES, Mode.JYUTPING, Mode.PINYIN, Mode.LATIN, Mode.RARE),)


def offered(language: str, kind: FieldKind) -> Groups:
    """The modes for a language and a kind of field, the first one first."""
    if kind in SIMPLE:
        return SIMPLE[kind]
    if not language.startswith("zh"):
        return ELSEWHERE
    name = kind is FieldKind.NAME
    if script(language) is Script.TRADITIONAL:
        return HONG_KONG_NAME if name else HONG_KONG
    return MAINLAND_NAME if name else MAINLAND


def first_working(groups: Groups, missing: Collection[Method]) -> Mode:
    """The first mode if it works here, else the next way to write characters that does, else letters."""
    everything = [mode for group in groups for mode in group]
    known = [mode for mode in everything if mode in METHODS or mode is everything[0]]
    works = next((mode for mode in known if METHODS.get(mode) not in missing), None)
    return works or (Mode.LATIN if Mode.LATIN in everything else everything[-1])


def script(language: str) -> Script:
    """The characters people expect who read this language."""
    return Script.TRADITIONAL if language in ("zh_HK", "zh_TW", "zh_MO") else Script.SIMPLIFIED
