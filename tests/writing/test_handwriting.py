"""Handwriting: straight strokes are recognised, in both scripts, and whatever is drawn there is something to choose."""

import pytest

from kiosk.ports.writing import Script
from kiosk.writing.client import WritingClient
from tests.writing.strokes import CHARACTERS, SIMPLIFIED, TRADITIONAL, across, strokes


@pytest.mark.parametrize("script", list(Script))
@pytest.mark.parametrize("char", CHARACTERS)
def test_simple_characters_are_among_the_first_eight(writing: WritingClient, char: str, script: Script) -> None:
    assert char in writing.recognise(strokes(CHARACTERS[char]), script)[:8]


@pytest.mark.parametrize("char", TRADITIONAL)
def test_traditional_characters_come_as_they_are_written(writing: WritingClient, char: str) -> None:
    assert char in writing.recognise(strokes(TRADITIONAL[char]), Script.TRADITIONAL)[:8]


@pytest.mark.parametrize("char", SIMPLIFIED)
def test_traditional_characters_come_from_simplified_strokes(writing: WritingClient, char: str) -> None:
    assert char in writing.recognise(strokes(SIMPLIFIED[char]), Script.TRADITIONAL)


@pytest.mark.parametrize("script", list(Script))
@pytest.mark.parametrize("number", [1, 4, 20])
def test_there_is_always_something_to_choose(writing: WritingClient, number: int, script: Script) -> None:
    drawn = strokes([across((at + 1) / (number + 1)) for at in range(number)])
    found = writing.recognise(drawn, script)
    assert len(found) >= 8
    assert len(set(found)) == len(found)


def test_an_endless_scribble_is_no_burden(writing: WritingClient) -> None:
    scribble = tuple(((at % 7) / 7, (at % 11) / 11) for at in range(5_000))
    assert len(writing.recognise((scribble,) * 200, Script.TRADITIONAL)) >= 8


def test_nothing_drawn_is_nothing(writing: WritingClient) -> None:
    assert writing.recognise((), Script.SIMPLIFIED) == ()
    assert writing.recognise(((),), Script.SIMPLIFIED) == ()


def test_a_finger_beyond_the_field_does_no_harm(writing: WritingClient) -> None:
    assert writing.recognise((((-3.0, 0.5), (7.0, 0.5)),), Script.SIMPLIFIED)
