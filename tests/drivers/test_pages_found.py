"""Pages found, straightened and judged on invented photographs, easy and hard ones.

`python -m tests.drivers.test_pages_found` prints the table that the first tests hold to its limits.
"""

from collections.abc import Iterator
from dataclasses import replace

import cv2
import numpy as np
import pytest

from devices.cameras import judge, scene
from devices.cameras.eye import pixels, shares
from devices.cameras.looking import Looker
from devices.cameras.page_finder import Found, find
from devices.cameras.scene import Scene, corners, photograph
from devices.cameras.straighten import A4, dpi_of, flatten, sheet_of
from kiosk.ports.page import Concern

PATIENCE_S = 15.0
LIMIT = 1.0
"""Corner error in percent of the picture's diagonal."""

GOOD: dict[str, Scene] = {
    "straight": Scene(turn=0, tilt=0),
    "usual": Scene(),
    "rounded corners": Scene(rounded=True),
    "oblique": Scene(tilt=25, turn=-12, share=0.7),
    "small and turned": Scene(share=0.4, turn=30),
    "on its side": Scene(turn=88, share=0.9),
    "by a diagonal": Scene(turn=45, share=0.7),
    "uneven light": Scene(uneven=0.7),
    "noisy": Scene(noise=9),
    "dim": Scene(light=0.5),
    "bright, not burnt": Scene(light=1.1),
    "a little out of focus": Scene(blur=1.5),
    "a little bent": Scene(curl=0.006),
    "thumb on a corner": Scene(hand="corner"),
    "finger on an edge": Scene(hand="edge"),
    "near the border": Scene(share=0.95, turn=1),
    "off the middle": Scene(share=0.6, shift=(0.2, 0.05), turn=-8),
    "another form": Scene(number=1, turn=-4),
}
BAD: dict[str, tuple[Scene, frozenset[Concern]]] = {
    "out of focus": (Scene(blur=3), frozenset({Concern.BLURRED})),
    "far out of focus": (Scene(blur=10), frozenset({Concern.BLURRED})),
    "shaken": (Scene(smear=0.008), frozenset({Concern.BLURRED})),
    "small glare": (Scene(glare=0.02), frozenset({Concern.TOO_BRIGHT})),
    "large glare": (Scene(glare=0.07), frozenset({Concern.TOO_BRIGHT})),
    "overexposed": (Scene(light=1.7), frozenset({Concern.TOO_BRIGHT})),
    "too dark": (Scene(light=0.28), frozenset({Concern.TOO_DARK})),
    "bent": (Scene(curl=0.02), frozenset({Concern.CURVED})),
    "very bent": (Scene(curl=0.04), frozenset({Concern.CURVED})),
    "bent, with glare": (Scene(curl=0.03, glare=0.03), frozenset({Concern.CURVED, Concern.TOO_BRIGHT})),
    "half outside": (Scene(shift=(0, 0.3)), frozenset({Concern.NO_PAGE})),
    "over the side": (Scene(shift=(0.3, 0.05)), frozenset({Concern.NO_PAGE})),
    "white table": (Scene(desk="white"), frozenset({Concern.NO_PAGE})),
    "empty mat": (Scene(page=False), frozenset({Concern.NO_PAGE})),
    "lens covered": (Scene(page=False, light=0.02), frozenset({Concern.NO_PAGE, Concern.TOO_DARK})),
}


def grey(seen: Scene) -> np.ndarray:
    return cv2.cvtColor(photograph(seen), cv2.COLOR_BGR2GRAY)


def error_percent(found: Found, seen: Scene) -> float:
    """The worst corner, in percent of the picture's diagonal, whichever corner is called the first."""
    diagonal = np.hypot(seen.width, seen.height)
    turned = (np.roll(found.corners, by, axis=0) for by in range(4))
    return 100 * min(float(np.hypot(*(one - corners(seen)).T).max()) for one in turned) / diagonal


def judged(picture: np.ndarray) -> tuple[Found | None, frozenset[Concern]]:
    found = find(picture)
    if found is None:
        return None, judge.without_page(picture)
    size = (picture.shape[1], picture.shape[0])
    return found, judge.concerns(flatten(picture, found.corners, sheet_of(found.corners, size)), found)


@pytest.mark.parametrize("name", GOOD)
def test_a_good_page_is_found_to_a_hundredth_and_nothing_is_wrong_with_it(name):
    found, concerns = judged(grey(GOOD[name]))
    assert found is not None
    assert error_percent(found, GOOD[name]) <= LIMIT
    assert concerns == frozenset()


@pytest.mark.parametrize("name", BAD)
def test_what_is_wrong_is_said_and_nothing_else(name):
    assert judged(grey(BAD[name][0]))[1] == BAD[name][1]


@pytest.mark.parametrize("name", ["usual", "oblique", "by a diagonal", "thumb on a corner"])
def test_a_smaller_camera_sees_it_as_well(name):
    seen = replace(GOOD[name], width=1280, height=960)
    found, concerns = judged(grey(seen))
    assert found is not None
    assert error_percent(found, seen) <= LIMIT
    assert concerns == frozenset()


@pytest.mark.parametrize("tilt", [0, 10, 20, 30])
def test_a_page_seen_obliquely_gets_its_proportions_back(tilt):
    seen = Scene(tilt=tilt, share=0.7, turn=10)
    sheet = sheet_of(corners(seen), (seen.width, seen.height))
    assert sheet.height / sheet.width == pytest.approx(A4, rel=0.002)


def test_print_is_where_it_was_on_the_paper():
    """The seal stands at the lower right of the form; nothing is mirrored or upside down."""
    picture = photograph(Scene(turn=20, share=0.7))
    at = corners(Scene(turn=20, share=0.7))
    page = flatten(picture, at, sheet_of(at, (picture.shape[1], picture.shape[0])))
    blue, _, red = (page[..., channel].astype(int) for channel in range(3))
    rows, columns = np.nonzero(red - blue > 70)
    assert 0.85 < rows.mean() / page.shape[0] < 0.96
    assert 0.68 < columns.mean() / page.shape[1] < 0.84


def test_dpi_is_known_where_the_mat_was_measured():
    at = corners(Scene(turn=0, tilt=0))
    sheet = sheet_of(at, (2592, 1944))
    high_mm = 0.84 * 1944 / (2592 / 471.4)
    assert high_mm == pytest.approx(297, rel=0.01)
    assert dpi_of(at, sheet, 2592 / 471.4) == pytest.approx(sheet.height / (297 / 25.4), rel=0.01)
    assert dpi_of(at, sheet, 0.0) is None


def test_an_empty_sheet_is_not_called_blurred():
    page = np.full((1600, 1130), 210, np.uint8)
    assert judge.quality(page).sharp is None
    assert judge.concerns(page, None) == frozenset()


def test_noise_alone_is_no_page():
    chance = np.random.default_rng(7)
    for _ in range(3):
        assert find(chance.integers(0, 255, (240, 320), np.uint8)) is None


@pytest.mark.parametrize("hand", ["corner", "edge"])
def test_hands_on_the_page_do_not_matter_wherever_it_lies(hand):
    chance = np.random.default_rng(11)
    for number in range(8):
        turn, tilt, share = chance.uniform(-12, 12), chance.uniform(0, 12), chance.uniform(0.6, 0.85)
        seen = Scene(1296, 972, hand=hand, turn=turn, tilt=tilt, share=share, number=number % 2)
        found = find(grey(seen))
        assert found is not None
        assert error_percent(found, seen) <= LIMIT


@pytest.mark.parametrize("shape", [(1, 1), (3, 900), (900, 3), (40, 40)])
def test_pictures_of_odd_shapes_do_no_harm(shape):
    assert find(np.full(shape, 128, np.uint8)) is None


# --- from picture to picture -----------------------------------------------------------------------------------


def halves(seen: Scene, frames: int) -> list[np.ndarray]:
    small = replace(seen, width=1296, height=972)
    still = scene.still(small)
    return [scene.grained(still, small, frame) for frame in range(frames)]


def test_the_outline_of_a_page_that_lies_still_does_not_tremble():
    looker = Looker()
    outlines = [looker.look(picture).found.corners for picture in halves(Scene(noise=6), 6)]
    assert all(np.array_equal(one, outlines[0]) for one in outlines[1:])


def test_a_lying_page_does_not_move_and_a_moved_one_does_until_it_lies():
    looker = Looker()
    lying = halves(Scene(), 4)
    assert [Concern.MOVING in looker.look(picture).concerns for picture in lying] == [False] * 4
    for across in (0.01, 0.02):
        assert Concern.MOVING in looker.look(halves(Scene().moved(across, 0), 1)[0]).concerns
    after = [Concern.MOVING in looker.look(picture).concerns for picture in halves(Scene().moved(0.02, 0), 4)]
    assert after[-1] is False


def test_a_lamp_that_is_switched_is_no_movement():
    looker = Looker()
    looker.look(halves(Scene(light=0.9), 1)[0])
    assert Concern.MOVING not in looker.look(halves(Scene(light=0.95), 1)[0]).concerns


def test_a_hand_that_passes_over_does_not_lose_the_outline_but_an_empty_mat_does():
    looker = Looker()
    there = looker.look(halves(Scene(), 1)[0]).found
    gone = [looker.look(picture).found for picture in halves(Scene(page=False), 4)]
    assert gone[0] is there
    assert gone[-1] is None


def test_corners_as_shares_and_back():
    at = corners(Scene(width=1296, height=972))
    assert pixels(shares(at, 1296, 972), 1296, 972) == pytest.approx(at, abs=0.02)


def table() -> Iterator[str]:
    """What was found and said of every photograph, one after the other."""
    for name, seen in {**GOOD, **{name: bad for name, (bad, _) in BAD.items()}}.items():
        found, concerns = judged(grey(seen))
        error = f"{error_percent(found, seen):5.2f} %" if found else "  none "
        yield f"{name:24} {error}   {', '.join(sorted(concerns)) or '-'}"


if __name__ == "__main__":
    for row in table():
        print(row, flush=True)  # noqa: T201  what the tests hold to their limits
