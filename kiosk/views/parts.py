"""What views are made of.

Texts are `kiosk.texts.Text`, said in the visit's language when drawn. `icon` is a Material Design Icons name.
A view offers `Option`s (big things to choose, told as `Chosen(key)`) and `Action`s (buttons, told as their event).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.events.model import Event
    from kiosk.texts import Text


@dataclass(frozen=True)
class Option:
    """Something to choose. Where it is not available now, `reason` says why and what one can do instead; it stays
    visible and can still be pressed only when `available`."""

    key: str
    title: Text
    detail: Text = ""
    icon: str = ""
    available: bool = True
    reason: Text = ""
    main: bool = False
    """Drawn in teal: what most people come for."""


@dataclass(frozen=True)
class Action:
    """A button. `main`: the thing to do next, one per view, the largest."""

    event: Event
    label: Text
    icon: str = ""
    main: bool = False
    available: bool = True
    reason: Text = ""


@dataclass(frozen=True)
class Fact:
    """A number or word people compare, its footnote, and an icon: 5 个工作日 / 承诺（法定 20）."""

    value: Text
    note: Text = ""
    icon: str = ""


@dataclass(frozen=True)
class Section:
    """A heading with its content, folded to `summary` until opened."""

    title: Text
    summary: Text
    entries: tuple[Entry, ...]
    icon: str = ""


@dataclass(frozen=True)
class Entry:
    """One paragraph of a section: a text, with an optional term before it, smaller notes below, and tags (已在档案中)."""

    text: Text
    term: Text = ""
    notes: tuple[Text, ...] = ()
    tags: tuple[Text, ...] = ()


class Tone(StrEnum):
    """The mood of a message: always with icon and word, never by colour alone."""

    PLAIN = "plain"
    DONE = "done"
    NOTE = "note"
    TROUBLE = "trouble"


@dataclass(frozen=True)
class QrCode:
    """A QR code and the sentence that says what it opens."""

    data: str
    caption: Text
