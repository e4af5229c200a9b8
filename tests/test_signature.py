"""Signatures: what counts as one, what is refused, and how they look as SVG and PNG."""

import io
import math
import re
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from kiosk.signature import (
    LONGEST_PX,
    MOST_POINTS,
    MOST_STROKES,
    RADIUS,
    Judgement,
    Nib,
    SignatureError,
    checked,
    dots,
    judge,
    png,
    svg,
    svg_path,
)
from screens.sample_parts import SIGNATURE

CROSS = (((0.4, 0.1), (0.6, 0.3)), ((0.4, 0.3), (0.6, 0.1)))
JUDGED = [
    ((), Judgement.EMPTY),
    (((),), Judgement.EMPTY),
    ((((0.5, 0.2),),), Judgement.TOO_SMALL),
    ((((0.4, 0.2), (0.43, 0.21)),), Judgement.TOO_SMALL),
    ((((0.5, 0.2), (0.51, 0.2)) * 40,), Judgement.TOO_SMALL),
    ((((0.1, 0.2), (0.3, 0.2)),), Judgement.TOO_SMALL),
    (CROSS, Judgement.ENOUGH),
    (SIGNATURE, Judgement.ENOUGH),
]
BAD = [
    ((), "nothing was drawn"),
    (((), ()), "nothing was drawn"),
    ((((math.nan, 0.1),),), "outside"),
    ((((0.1, math.inf),),), "outside"),
    ((((-0.01, 0.1),),), "outside"),
    ((((0.1, 1.2),),), "outside"),
    ((((0.1, 0.2, 0.3),),), "outside"),
    ((((0.1, 0.1),),) * (MOST_STROKES + 1), "at most"),
    ((((0.1, 0.1),) * (MOST_POINTS + 1),), "at most"),
    ((((0.5, 0.5),) * 1_000_000,), "at most"),
]


@pytest.mark.parametrize(("strokes", "judgement"), JUDGED)
def test_a_dot_is_none_and_a_cross_is_one(strokes, judgement):
    assert judge(strokes) is judgement


@pytest.mark.parametrize(("strokes", "why"), BAD)
@pytest.mark.parametrize("make", [checked, svg_path, svg, lambda strokes: png(strokes, 100)])
def test_what_cannot_be_a_signature_is_refused_at_once(strokes, why, make):
    began = time.monotonic()
    with pytest.raises(SignatureError, match=why) as caught:
        make(strokes)
    assert time.monotonic() - began < 0.5
    assert not re.search(r"0\.\d", str(caught.value))


def test_the_path_goes_through_its_ends_and_turns_at_its_points():
    path = svg_path((((0.1, 0.2), (0.3, 0.4), (0.5, 0.2)),), 100)
    assert path == "M 10.0 20.0 Q 10.0 20.0 20.0 30.0 Q 30.0 40.0 40.0 30.0 L 50.0 20.0"
    assert svg_path((((0.5, 0.5),),), 10) == "M 5.0 5.0 L 5.0 5.0"


def test_an_svg_is_cut_to_the_signature():
    text = svg(CROSS, 100)
    assert 'viewBox="38.0 8.0 24.0 24.0"' in text
    assert text.count("M ") == 2


@pytest.mark.parametrize("white", [True, False])
def test_a_png_is_black_ink_on_white_or_nothing(white):
    picture = Image.open(io.BytesIO(png(SIGNATURE, 600, white=white)))
    assert max(picture.size) == 600
    ink = picture if white else picture.getchannel("A")
    shades = dict(enumerate(ink.histogram()))
    full, none = (shades[0], shades[255]) if white else (shades[255], shades[0])
    assert full > 1500
    assert none > picture.width * picture.height / 2
    assert sum(shades[n] for n in range(40, 215)) > 200, "edges are smooth"
    assert picture.mode == ("L" if white else "LA")


def test_a_tall_signature_is_no_longer_than_asked():
    tall = Image.open(io.BytesIO(png((((0.5, 0.0), (0.5, 1.0)),), 400)))
    assert tall.height == 400
    assert tall.width < 40


@pytest.mark.parametrize("side", [0, 15, LONGEST_PX + 1, 1_000_000])
def test_a_picture_of_any_size_is_not_made(side):
    with pytest.raises(SignatureError, match="pixels long"):
        png(CROSS, side)


def test_the_largest_signature_is_drawn_in_two_seconds():
    points = [(0.5 + 0.4 * math.cos(n / 7), 0.5 + 0.4 * math.sin(n / 11)) for n in range(MOST_POINTS // 10)]
    began = time.process_time()
    assert png((tuple(points),), 800).startswith(b"\x89PNG")
    assert time.process_time() - began < 2


def test_a_slow_hand_draws_a_thicker_line_than_a_quick_one():
    slow = [radius for _x, _y, radius in dots(tuple((0.1 + n * 0.003, 0.2) for n in range(40)))]
    quick = [radius for _x, _y, radius in dots(tuple((0.1 + n * 0.06, 0.2) for n in range(12)))]
    assert max(quick[-50:]) < RADIUS < slow[-1]


def test_dots_are_close_enough_to_be_a_line_and_end_where_the_hand_did():
    made = list(dots(SIGNATURE[0]))
    assert all(math.dist(a[:2], b[:2]) < min(a[2], b[2]) for a, b in pairwise(made))
    assert made[0][:2] == SIGNATURE[0][0]
    assert made[-1][:2] == pytest.approx(SIGNATURE[0][-1])


def test_a_nib_that_touched_nothing_draws_nothing():
    assert Nib().lift() == []


POINTS = st.tuples(st.floats(0, 1), st.floats(0, 1))


@settings(deadline=None, max_examples=40)
@given(st.lists(st.lists(POINTS, max_size=12).map(tuple), max_size=6).map(tuple))
def test_whatever_a_finger_draws_is_judged_and_drawn_or_refused(strokes):
    judge(strokes)
    try:
        assert png(strokes, 64).startswith(b"\x89PNG")
        assert svg(strokes).startswith("<svg")
    except SignatureError:
        assert not any(strokes)


@settings(deadline=None)
@given(st.lists(st.lists(st.tuples(st.floats(), st.floats()), max_size=4).map(tuple), max_size=3).map(tuple))
def test_no_number_breaks_the_checking(strokes):
    inside = all(0 <= part <= 1 for stroke in strokes for point in stroke for part in point)
    if inside and any(strokes):
        assert checked(strokes)
    else:
        with pytest.raises(SignatureError):
            checked(strokes)
