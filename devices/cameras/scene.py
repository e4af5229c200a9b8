"""Photographs of invented papers with everything that goes wrong before a camera: for simulation and measurement.

Needs OpenCV: only the camera's own process and tests import it. The same scene gives the same picture every time.
"""

from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.cameras.sample_pages import form

Picture: TypeAlias = NDArray[np.uint8]
"""Rows from above, blue green red, as OpenCV has it."""
Points: TypeAlias = NDArray[np.float64]
"""One point a row: x, y in pixels of the picture."""

MAT, DESK, SKIN = (46, 44, 42), (226, 228, 230), (118, 150, 205)
FOCAL = 0.9
"""The lens's focal length in picture widths, as of usual cameras."""
GRAIN = 509
"""The side of the square of noise a picture is tiled with."""
ROUND = 0.02
"""The radius of rounded corners, in page widths."""


@dataclass(frozen=True)
class Scene:
    """What lies before the camera and how it is lit. Lengths are shares of the picture's width unless said otherwise."""

    width: int = 2592
    height: int = 1944
    page: bool = True
    number: int = 0
    share: float = 0.84
    """The page's height, in picture heights."""
    turn: float = 3.0
    """Degrees."""
    tilt: float = 6.0
    """Degrees by which the camera does not look straight down."""
    shift: tuple[float, float] = (0.0, 0.0)
    """Of the page from the middle."""
    desk: Literal["mat", "white"] = "mat"
    noise: float = 3.0
    """Standard deviation in grey levels."""
    uneven: float = 0.3
    """How much darker the far corner of the light is."""
    light: float = 1.0
    glare: float = 0.0
    """Radius of a lamp's reflection."""
    blur: float = 0.0
    """Standard deviation in pixels of a 5-megapixel picture."""
    smear: float = 0.0
    """How far the page moved while the picture was taken."""
    curl: float = 0.0
    """How far the edges bow, in page heights."""
    rounded: bool = False
    hand: Literal["", "corner", "edge"] = ""

    def moved(self, across: float, down: float) -> "Scene":
        """The same with the page elsewhere."""
        return replace(self, shift=(self.shift[0] + across, self.shift[1] + down))


def corners(scene: Scene) -> Points:
    """Where the page's corners are, in pixels: upper left, upper right, lower right, lower left."""
    high = scene.share * scene.height
    wide = high / 2**0.5
    flat = np.array([(-wide, -high), (wide, -high), (wide, high), (-wide, high)]) / 2
    turn, tilt, focal = np.deg2rad(scene.turn), np.deg2rad(scene.tilt), FOCAL * scene.width
    turned = flat @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    turned += np.array(scene.shift) * scene.width
    away = focal - turned[:, 1] * np.sin(tilt)
    seen: Points = turned * np.array((1, np.cos(tilt))) * (focal / away)[:, None]
    return seen + np.array((scene.width, scene.height)) / 2


def photograph(scene: Scene, frame: int = 0) -> Picture:
    """The picture; `frame` only changes the noise."""
    return grained(still(scene), scene, frame)


def still(scene: Scene) -> Picture:
    """The picture as the lens throws it, before the sensor's noise."""
    picture = _ground(scene)
    if scene.page:
        _lay(picture, scene)
    if scene.hand:
        _reach_in(picture, scene)
    lit = _lit(picture, scene)
    if scene.smear:
        lit = _smeared(lit, round(scene.smear * scene.width))
    if scene.blur:
        lit = cv2.GaussianBlur(lit, (0, 0), scene.blur * scene.width / 2592)
    return lit


def grained(picture: Picture, scene: Scene, frame: int) -> Picture:
    """With the sensor's noise, the same for the same frame."""
    chance = np.random.default_rng((scene.number, frame))
    tile = (chance.standard_normal((GRAIN, GRAIN), np.float32) * scene.noise).round().astype(np.int16)
    high, wide = picture.shape[:2]
    grain = np.tile(tile, (-(-high // GRAIN), -(-wide // GRAIN)))[:high, :wide]
    noisy: Picture = cv2.add(picture, cv2.merge((grain, grain, grain)), dtype=cv2.CV_8U)
    return noisy


def jpeg(picture: Picture) -> bytes:
    """As a camera sends it."""
    return bytes(cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 90])[1])


def _ground(scene: Scene) -> Picture:
    colour = MAT if scene.desk == "mat" else DESK
    return np.full((scene.height, scene.width, 3), colour, np.uint8)


def _lay(picture: Picture, scene: Scene) -> None:
    """The page in perspective, its edge softened by a pixel as lenses do."""
    paper, cover = _sheet(scene)
    high, wide = cover.shape[:2]
    pad = _pad(scene, high)
    source = np.array([(0, pad), (wide, pad), (wide, high - pad), (0, high - pad)], np.float32)
    matrix = cv2.getPerspectiveTransform(source, corners(scene).astype(np.float32))
    size = (scene.width, scene.height)
    laid = cv2.warpPerspective(paper, matrix, size, flags=cv2.INTER_AREA)
    share = cv2.GaussianBlur(cv2.warpPerspective(cover, matrix, size), (0, 0), 0.8)[..., None].astype(np.float32) / 255
    picture[:] = (laid * share + picture * (1 - share)).astype(np.uint8)


def _pad(scene: Scene, high: int) -> float:
    return round(scene.curl * high / (1 + 2 * scene.curl))


def _sheet(scene: Scene) -> tuple[Picture, Picture]:
    """The page and which of its pixels are paper; a curled one is bowed inside a taller picture."""
    paper = np.asarray(form(scene.number))[..., ::-1].copy()
    cover = np.full(paper.shape[:2], 255, np.uint8)
    if scene.rounded:
        cover = _rounded(cover)
    if not scene.curl:
        return paper, cover
    high, wide = paper.shape[:2]
    pad = round(scene.curl * high)
    rows, columns = (one.astype(np.float32) for one in np.indices((high + 2 * pad, wide)))
    rows -= np.float32(pad) * (1 + np.sin(np.pi * columns / wide)).astype(np.float32)
    return (
        cv2.remap(paper, columns, rows, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE),
        cv2.remap(cover, columns, rows, cv2.INTER_LINEAR),
    )


def _rounded(cover: Picture) -> Picture:
    high, wide = cover.shape[:2]
    r = round(ROUND * wide)
    round_off = np.zeros_like(cover)
    cv2.rectangle(round_off, (r, 0), (wide - r, high), 255, -1)
    cv2.rectangle(round_off, (0, r), (wide, high - r), 255, -1)
    for at in ((r, r), (wide - r, r), (wide - r, high - r), (r, high - r)):
        cv2.circle(round_off, at, r, 255, -1)
    return round_off


def _reach_in(picture: Picture, scene: Scene) -> None:
    """A thumb on the lower right corner, or a finger that holds the left edge."""
    at, away = corners(scene), scene.width / 20
    if scene.hand == "corner":
        tip, root = at[2] - away * 0.7, np.array((scene.width, scene.height))
    else:
        tip, root = (at[0] + at[3]) / 2 + np.array((away * 0.7, 0)), np.array((0, scene.height * 0.62))
    start, end = ((round(float(x)), round(float(y))) for x, y in (tip, root))
    cv2.line(picture, start, end, SKIN, round(away), cv2.LINE_AA)


def _lit(picture: Picture, scene: Scene) -> Picture:
    across = np.linspace(0, 1, scene.width, dtype=np.float32)[None, :]
    down = np.linspace(0, 1, scene.height, dtype=np.float32)[:, None]
    light = scene.light * (1 - scene.uneven * (across + down) / 2)
    lit = picture * light[..., None]
    if scene.glare:
        lit += _lamp(scene)[..., None]
    return np.clip(lit, 0, 255).astype(np.uint8)


def _lamp(scene: Scene) -> NDArray[np.float32]:
    """The reflection of a lamp on glossy paper: soft at its edge, without any detail inside."""
    rows, columns = (one.astype(np.float32) for one in np.indices((scene.height, scene.width)))
    x, y = corners(scene).mean(axis=0) + np.array((0.05, -0.06)) * scene.width
    away = np.hypot(columns - x, rows - y) / (scene.glare * scene.width)
    lamp: NDArray[np.float32] = (420 * np.clip(1.6 - away, 0, 1)).astype(np.float32)
    return lamp


def _smeared(picture: Picture, length: int) -> Picture:
    kernel = np.full((1, max(1, length)), 1 / max(1, length), np.float32)
    smeared: Picture = cv2.filter2D(picture, -1, kernel)
    return smeared
