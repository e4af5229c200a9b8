"""Composing with keys: choosing part by part, correcting, turning pages, other methods and scripts, forgetting."""

import pytest

from kiosk.errors import WritingUnavailable
from kiosk.ports.writing import Composed, Method, Script
from kiosk.writing.client import WritingClient
from kiosk.writing.drawable import is_chinese
from tests.writing.held import typed


def test_a_phrase_is_chosen_part_by_part(writing: WritingClient) -> None:
    composed = typed(writing, "panyuqudashijie")
    composed = writing.choose(composed.candidates.index("番禺区"))
    assert composed.committed == ""
    assert composed.preedit.startswith("番禺区")
    composed = writing.choose(composed.candidates.index("大石街"))
    assert composed == Composed(committed="番禺区大石街")


def test_what_is_finished_is_told_once(writing: WritingClient) -> None:
    typed(writing, "ni")
    assert writing.choose(0).committed
    assert writing.press("h").committed == ""


def test_backspace_takes_one_key_back_and_then_nothing(writing: WritingClient) -> None:
    assert typed(writing, "panyu").preedit == "pan yu"
    assert writing.press("backspace").preedit == "pan y"
    for _ in range(6):
        composed = writing.press("backspace")
    assert composed == Composed()


def test_backspace_takes_back_a_chosen_part(writing: WritingClient) -> None:
    composed = typed(writing, "panyuqudashijie")
    writing.choose(composed.candidates.index("番禺区"))
    assert "pan yu qu" in {writing.press("backspace").preedit for _ in range(9)}


def test_pages_turn_forth_and_back_and_stop_at_the_ends(writing: WritingClient) -> None:
    first = typed(writing, "shi")
    assert first.more
    assert len(first.candidates) == 9
    second = writing.turn(1)
    assert second.page == 1
    assert not set(second.candidates) & set(first.candidates)
    assert writing.turn(-1) == first
    assert writing.turn(-1) == first


def test_the_last_page_says_so(writing: WritingClient) -> None:
    composed = typed(writing, "nv")
    seen = list(composed.candidates)
    while composed.more:
        composed = writing.turn(1)
        seen += composed.candidates
    assert len(seen) == len(set(seen))
    assert writing.turn(1) == composed


def test_a_candidate_of_a_later_page_is_the_one_that_comes(writing: WritingClient) -> None:
    typed(writing, "shi")
    writing.turn(1)
    wanted = writing.turn(1).candidates[4]
    assert writing.choose(4).committed == wanted


def test_choosing_what_is_not_there_changes_nothing(writing: WritingClient) -> None:
    composed = typed(writing, "ni")
    assert writing.choose(9) == composed
    assert writing.choose(-1) == composed


@pytest.mark.parametrize("key", ["A", "1", " ", "，", "Return", "", "ü", "番"])
def test_other_keys_are_no_keys(writing: WritingClient, key: str) -> None:
    composed = typed(writing, "ni")
    assert writing.press(key) == composed


def test_an_apostrophe_parts_syllables(writing: WritingClient) -> None:
    assert typed(writing, "xi'an").candidates[0] == "西安"


@pytest.mark.parametrize(
    ("method", "script", "keys", "text"),
    [
        (Method.PINYIN, Script.TRADITIONAL, "panyuquxiaoguweijie", "番禺區小谷圍街"),
        (Method.PINYIN, Script.TRADITIONAL, "taiwan", "台灣"),
        (Method.JYUTPING, Script.TRADITIONAL, "gwongzau", "廣州"),
        (Method.JYUTPING, Script.SIMPLIFIED, "gwongzau", "广州"),
        (Method.JYUTPING, Script.TRADITIONAL, "punjyu", "番禺"),
        (Method.STROKES, Script.SIMPLIFIED, "hspn", "木"),
        (Method.STROKES, Script.TRADITIONAL, "szhhszhh", "門"),
    ],
)
def test_every_method_in_every_script(
    writing: WritingClient, method: Method, script: Script, keys: str, text: str
) -> None:
    assert text in typed(writing, keys, script, method).candidates


@pytest.mark.parametrize("method", [Method.PINYIN, Method.JYUTPING])
@pytest.mark.parametrize("script", list(Script))
def test_candidates_are_chinese_characters_and_nothing_else(
    writing: WritingClient, method: Method, script: Script
) -> None:
    for keys in ("abc", "ok", "haha", "xiaolian", "zhongguo", "dian", "v", "yumao"):
        assert all(is_chinese(text) for text in typed(writing, keys, script, method).candidates)


def test_beginning_again_starts_empty(writing: WritingClient) -> None:
    typed(writing, "panyu")
    assert typed(writing, "q").preedit == "q"


def test_after_forgetting_nothing_is_composed(writing: WritingClient) -> None:
    typed(writing, "panyu")
    writing.forget()
    with pytest.raises(WritingUnavailable, match="begin"):
        writing.press("q")
    assert typed(writing, "q").preedit == "q"


def test_endless_typing_comes_to_an_end(writing: WritingClient) -> None:
    assert len(typed(writing, "shi" * 80).preedit) < 200


def test_a_composition_does_not_show_in_logs_and_reprs(
    writing: WritingClient, caplog: pytest.LogCaptureFixture
) -> None:
    composed = typed(writing, "panyu")
    assert "番" not in repr(composed)
    assert not caplog.records
