"""The keyboard by real mouse events on the real renderer, with a small dictionary that has hands."""

import pytest

from kiosk.ports.writing import Method, Script
from kiosk.views.fields import FieldKind, FieldView
from screens.samples import SAMPLES, chrome
from tests.screens import measure

from .writing_hands import SEARCH, WHY, Open, candidates, keys, opened_on, said, texts

# --- pinyin --------------------------------------------------------------------------------------------------


def test_letters_are_told_at_once_while_characters_are_offered(stage: Open) -> None:
    opened, _ = opened_on(stage, SEARCH)
    opened.robot.type("cy")
    assert texts(opened) == ["c", "cy"]
    assert candidates(opened)[:2] == ["餐饮", "创业"]
    assert "cy" in said(opened)
    keys(opened, "candidate-1")
    assert texts(opened)[-1] == "创业"
    assert candidates(opened) == []


def test_space_takes_the_first_one_and_is_a_space_after_it(stage: Open) -> None:
    opened, _ = opened_on(stage, SEARCH)
    opened.robot.type("kaifandian  ")
    assert texts(opened)[-2:] == ["开饭店", "开饭店 "]


def test_a_candidate_for_a_part_leaves_the_rest_to_be_composed(stage: Open) -> None:
    opened, _ = opened_on(stage, SEARCH)
    opened.robot.type("panyuxiaoguwei")
    keys(opened, "candidate-0")
    assert texts(opened)[-1] == "番禺xiaoguwei"
    keys(opened, "candidate-0")
    assert texts(opened)[-1] == "番禺小谷围"


def test_delete_takes_letters_first_and_then_characters(stage: Open) -> None:
    opened, _ = opened_on(stage, SEARCH)
    opened.robot.type("cy cy")
    keys(opened, *["key-backspace"] * 4)
    assert texts(opened) == ["c", "cy", "餐饮", "餐饮c", "餐饮cy", "餐饮c", "餐饮", "餐", ""]


def test_an_apostrophe_separates_syllables(stage: Open) -> None:
    opened, _ = opened_on(stage, SEARCH)
    keys(opened, "key-p", "key-a", "key-n", "key-'", "key-y", "key-u", "candidate-0")
    assert texts(opened)[-2:] == ["pan'yu", "番禺"]


def test_pages_of_candidates_go_on_and_back(stage: Open) -> None:
    opened, _ = opened_on(stage, SEARCH, screen="small")
    opened.robot.type("cy")
    seen, first = [], candidates(opened)
    while "candidates-on" in opened.robot.names():
        seen += candidates(opened)
        keys(opened, "candidates-on")
    seen += candidates(opened)
    assert seen[:13] == [
        "餐饮",
        "创业",
        "茶叶",
        "抽烟",
        "朝阳",
        "残余",
        "成语",
        "采样",
        "才艺",
        "次要",
        "处以",
        "此语",
        "初一",
    ]
    keys(opened, "candidate-" + str(len(seen) - 10))  # on the engine's second page its own number counts
    assert texts(opened)[-1] == seen[-1]
    opened.robot.type("cy")
    keys(opened, "candidates-on", "candidates-back")
    assert candidates(opened) == first


@pytest.mark.parametrize("leave", ["mode-latin", "key-hide"])
def test_what_is_not_chosen_is_dropped_and_nothing_odd_is_told(stage: Open, leave: str) -> None:
    opened, writing = opened_on(stage, SEARCH)
    opened.robot.type("cy cy")
    keys(opened, leave)
    assert texts(opened)[-1] == "餐饮"
    assert writing.holds == ""


def test_another_language_keeps_the_text_and_drops_what_is_composed(stage: Open) -> None:
    opened, writing = opened_on(stage, SEARCH)
    opened.robot.type("cy c")
    opened.app.show(SEARCH, chrome("zh_HK", "M"))
    keys(opened, "key-c")
    assert texts(opened)[-1] == "餐饮c"
    assert writing.begun[-1] == (Method.PINYIN, Script.TRADITIONAL)


# --- modes ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "first", "shown"),
    [("zh_CN", "pinyin", "strokes"), ("zh_HK", "handwriting", "jyutping"), ("en", "latin", "symbols")],
)
def test_each_language_has_its_first_way(stage: Open, language: str, first: str, shown: str) -> None:
    opened, _ = opened_on(stage, SEARCH, language)
    assert opened.app.surface.screen.writer().mode == first
    assert f"mode-{shown}" in opened.robot.names()


def test_in_english_the_chinese_ways_are_behind_one_key(stage: Open) -> None:
    opened, _ = opened_on(stage, SEARCH, "en")
    keys(opened, "mode-more")
    opened.robot.type("cy ")
    assert texts(opened)[-1] == "餐饮"


def test_jyutping_is_behind_more_and_its_letters_are_not_told(stage: Open) -> None:
    opened, _ = opened_on(stage, SEARCH)
    keys(opened, "mode-more", "mode-jyutping", "key-h", "key-e", "key-u", "candidate-1")
    assert texts(opened) == ["鄉"]


def test_strokes_are_shown_as_strokes(stage: Open) -> None:
    opened, _ = opened_on(stage, SEARCH)
    keys(opened, "mode-strokes", "key-h", "key-s", "key-p", "key-n")
    assert "一丨丿丶" in said(opened)
    keys(opened, "key-space")
    assert texts(opened) == ["木"]


def test_digits_capitals_and_signs(stage: Open) -> None:
    opened, _ = opened_on(stage, SEARCH)
    keys(opened, "mode-digits", "key-3", "mode-latin", "key-shift", "key-a", "key-b", "mode-symbols", "key-，")
    assert texts(opened)[-1] == "3Ab，"
    keys(opened, "key-clear")
    assert texts(opened)[-1] == ""


def test_another_mode_moves_nothing_on_the_page(stage: Open) -> None:
    opened, _ = opened_on(stage, SEARCH)
    page, places = opened.app.surface.scroll, set()
    for mode in ("handwriting", "strokes", "digits", "latin", "symbols", "pinyin"):
        keys(opened, f"mode-{mode}")
        places.add(measure.rect(opened.robot.find("mode-latin")))
    assert len(places) == 1
    assert opened.app.surface.scroll is page


# --- rare characters -----------------------------------------------------------------------------------------


def test_a_rare_character_by_its_code(stage: Open) -> None:
    opened, _ = opened_on(stage, SEARCH)
    keys(opened, "mode-more", "mode-rare", "mode-code", *[f"key-{one}" for one in "20bb7"])
    assert texts(opened) == []
    keys(opened, "candidate-0", "mode-back")
    assert texts(opened) == ["𠮷"]
    assert "mode-digits" in opened.robot.names()


def test_a_rare_character_by_its_parts(stage: Open) -> None:
    opened, _ = opened_on(stage, FieldView("Name", "", FieldKind.NAME))
    keys(opened, "mode-rare")
    opened.robot.type("mu mu mu ")
    assert candidates(opened) == ["森"]
    keys(opened, "key-backspace")
    assert candidates(opened) == ["林", "森"]
    keys(opened, "candidate-0")
    assert texts(opened) == ["林"]


# --- what is missing, what fails -----------------------------------------------------------------------------


def test_a_way_that_is_missing_says_so_and_the_rest_works(stage: Open) -> None:
    opened, _ = opened_on(stage, SEARCH, missing=[Method.PINYIN, Method.HANDWRITING])
    assert opened.app.surface.screen.writer().mode == "strokes"
    keys(opened, "mode-pinyin")
    assert WHY.id in said(opened)
    assert opened.robot.find("mode-pinyin").spoken
    keys(opened, "mode-strokes", "key-h", "key-space")
    assert texts(opened) == ["一"]


def test_with_nothing_at_all_letters_are_there(stage: Open) -> None:
    opened = stage()
    opened.app.show(SEARCH, chrome("zh_CN", "M"))
    opened.robot.type("cy1")
    assert texts(opened) == ["c", "cy", "cy1"]


@pytest.mark.parametrize("screen", ["portrait", "small"])
def test_when_the_engine_fails_the_letters_stay_and_the_next_key_tries_again(stage: Open, screen: str) -> None:
    opened, writing = opened_on(stage, SEARCH, "en", screen)
    keys(opened, "mode-more", "key-c")
    writing.broken = True
    keys(opened, "key-y")
    assert texts(opened) == ["c", "cy"]
    assert "Your letters stay" in said(opened)
    writing.broken = False
    opened.robot.type("cy ")
    assert texts(opened)[-1] == "cy餐饮"
    assert "Your letters stay" not in said(opened)


def test_when_choosing_fails_the_letters_stay(stage: Open) -> None:
    opened, writing = opened_on(stage, SEARCH)
    opened.robot.type("cy")
    writing.broken = True
    keys(opened, "candidate-0")
    assert texts(opened) == ["c", "cy"]
    assert candidates(opened) == []


# --- forgetting ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("after", ["attract", "home", "guide"])
def test_the_next_page_finds_nothing(stage: Open, after: str) -> None:
    opened, writing = opened_on(stage, SEARCH)
    opened.robot.type("cy pany")
    screen = opened.app.surface.screen
    told = len(opened.told)
    opened.app.show(SAMPLES[after], chrome("zh_CN", "M", home=after != "guide"))
    opened.robot.frames()
    assert (writing.holds, screen.writer().text, screen.writer().preedit) == ("", "", "")
    assert len(opened.told) == told
    opened.app.show(SEARCH, chrome("zh_CN", "M"))
    opened.robot.type("mu ")
    assert texts(opened)[-1] == "木"


def test_no_input_method_of_the_system_is_begun(stage: Open) -> None:
    from kivy.base import EventLoop

    asked: list[object] = []
    opened, _ = opened_on(stage, SEARCH)
    request = EventLoop.window.request_keyboard
    EventLoop.window.request_keyboard = lambda *args, **more: asked.append(args)
    try:
        keys(opened, "field", "key-c", "mode-handwriting", "mode-pinyin")
    finally:
        EventLoop.window.request_keyboard = request
    assert asked == []
