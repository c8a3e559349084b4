"""Photos and scans of a page by simulation: a table under it, a bent sheet, a hand-held phone, lamp light.

Pictures are float arrays in 0–1, height × width × 3, red first, until they are encoded. Everything random comes
from the generator that is handed in, so that a seed gives the same picture again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import pypdfium2
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image

Picture = NDArray[np.float32]


@dataclass(frozen=True)
class Scene:
    """Where and how a page is photographed. Colours are red, green, blue in 0–1; `tilt` is in degrees.

    `folds` are the creases across the sheet, as parts of its height; `fading` is how pale its print has become.
    """

    table: tuple[float, float, float] = (0.46, 0.31, 0.2)
    grain: float = 0.16
    paper: tuple[float, float, float] = (0.985, 0.98, 0.965)
    tilt: float = 3.0
    depth: float = 0.05
    bend: float = 0.006
    folds: tuple[float, ...] = ()
    fading: float = 0.0


DESK = Scene(folds=(1 / 3, 2 / 3))
"""A letter that came folded in three, on a walnut table."""

COUNTER = Scene(
    table=(0.36, 0.38, 0.4), grain=0.05, paper=(0.95, 0.94, 0.93), tilt=4, depth=0.07, bend=0.014, fading=0.18
)
"""A slip of thermal paper that wants to curl, on a grey stone top."""


def pages(pdf: bytes, dpi: int) -> list[Image.Image]:
    """The pages of a PDF as pictures of so many pixels an inch."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in document]
    finally:
        document.close()


def photograph(page: Image.Image, scene: Scene, rng: Generator, frame: tuple[int, int] = (1500, 2000)) -> Image.Image:
    """A phone photo of the page; `frame` is its width and height in pixels."""
    return photograph_together((page,), scene, rng, frame)


def photograph_together(
    papers: Sequence[Image.Image], scene: Scene, rng: Generator, frame: tuple[int, int] = (1500, 2000)
) -> Image.Image:
    """One phone photo of several papers that lie side by side, each askew in its own way."""
    sheets = [_sheet(np.asarray(paper, np.float32) / np.float32(255), scene, rng) for paper in papers]
    view = _table(scene, frame, rng)
    share = frame[0] // len(sheets)
    for n, sheet in enumerate(sheets):
        view = _laid(view, sheet, _perspective(sheet, scene, (share, frame[1]), n * share, rng))
    return _develop(view * _light(frame, rng), rng, blur=0.75, grain=0.012)


def _laid(view: Picture, sheet: Picture, lens: Picture) -> Picture:
    """The view with a sheet on it, and the sheet's shadow."""
    frame = view.shape[1], view.shape[0]
    laid, mask = (cv2.warpPerspective(part, lens, frame, flags=cv2.INTER_AREA) for part in _with_mask(sheet))
    shade = _soft(np.roll(mask, (8, 5), axis=(0, 1)), 9)
    mask = mask[..., None]
    return np.asarray(view * (1 - 0.5 * shade[..., None]) * (1 - mask) + laid * mask, np.float32)


def scan(page: Image.Image, rng: Generator) -> Image.Image:
    """A page off an office scanner: grey, not quite straight, a little dust, a dark edge."""
    grey = np.asarray(page.convert("L"), dtype=np.float32) / 255
    height, width = grey.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), rng.uniform(0.3, 0.8) * rng.choice((-1, 1)), 0.995)
    straight = cv2.warpAffine(grey * 0.97, turn, (width, height), flags=cv2.INTER_AREA, borderValue=0.9)
    straight[:, :6] *= np.linspace(0.45, 1, 6, dtype=np.float32)
    for _ in range(40):
        at = (int(rng.integers(width)), int(rng.integers(height)))
        cv2.circle(straight, at, 1, float(rng.uniform(0.4, 0.8)), -1)
    return _encoded(_soft(np.asarray(straight, np.float32), 0.6) + 0.01 * _noise(straight.shape, rng))


def _sheet(page: Picture, scene: Scene, rng: Generator) -> Picture:
    """The page as paper: its tint, its creases, print that faded unevenly, and a slight bend of its edges."""
    height, width = page.shape[:2]
    faded = scene.fading * (0.6 + 0.4 * _clouds((height, width), 5, rng))
    paper = (page * (1 - faded[..., None]) + faded[..., None]) * np.array(scene.paper, dtype=np.float32)
    rows = np.arange(height, dtype=np.float32)[:, None] / height
    for fold in scene.folds:
        away = (rows - fold) * height
        crease = 0.10 * np.exp(-((away / 2.5) ** 2)) - 0.05 * np.exp(-np.abs(away) / 60) * np.sign(away)
        paper = paper * (1 - crease[..., None].astype(np.float32))
    paper *= 1 - 0.035 * _clouds((height, width), 4, rng)[..., None]
    return _bent(paper, scene.bend, rng)


def _bent(paper: Picture, bend: float, rng: Generator) -> Picture:
    """Displaces it along slow waves: by up to `bend` widths sideways, half as much along its length."""
    height, width = paper.shape[:2]
    y, x = (axis.astype(np.float32) for axis in np.ogrid[0:height, 0:width])
    phase = rng.uniform(0, 2 * np.pi, 2)
    dx = bend * width * np.sin(2.2 * np.pi * y / height + phase[0])
    dy = 0.5 * bend * width * np.sin(1.6 * np.pi * x / width + phase[1])
    across, down = (np.asarray(axis, np.float32) for axis in (x + dx, y + dy))
    moved = cv2.remap(paper, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    slope = 1 + 6 * bend * np.cos(2.2 * np.pi * y / height + phase[0])
    return np.asarray(moved * slope[..., None], np.float32)


def _with_mask(sheet: Picture) -> tuple[Picture, Picture]:
    return sheet, np.ones(sheet.shape[:2], np.float32)


def _perspective(sheet: Picture, scene: Scene, frame: tuple[int, int], left: int, rng: Generator) -> Picture:
    """The matrix that lays the sheet into the part of the view of this size that begins at `left`.

    It is turned by about the tilt, and narrower where it is farther.
    """
    height, width = sheet.shape[:2]
    scale = 0.9 * min(frame[0] / width, frame[1] / height)
    half_w, half_h = width * scale / 2, height * scale / 2
    corners = np.array([(-half_w, -half_h), (half_w, -half_h), (half_w, half_h), (-half_w, half_h)])
    turn = np.radians(scene.tilt * rng.uniform(0.6, 1.0) * rng.choice((-1, 1)))
    turned = corners @ np.array([(np.cos(turn), np.sin(turn)), (-np.sin(turn), np.cos(turn))])
    far = 1 - scene.depth * (0.5 - turned[:, 1:] / (2 * half_h)) * np.array((1.0, 0.6))
    placed = turned * far + np.array(frame) * (0.5 + rng.uniform(-0.012, 0.012, 2)) + (left, 0)
    flat = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    return np.asarray(cv2.getPerspectiveTransform(flat, placed.astype(np.float32)), np.float32)


def _table(scene: Scene, frame: tuple[int, int], rng: Generator) -> Picture:
    """A wooden or stone top: noise drawn out along the boards, wavy, with a joint here and there."""
    width, height = frame
    fine = _stretched((height, width), (height // 2, 14), rng) + 0.5 * _stretched((height, width), (height, 40), rng)
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    wave = 26 * np.sin(y / 330 + 2 * rng.random()) + 9 * np.sin(y / 90)
    grain = cv2.remap(
        fine, x, (y + wave * (scene.grain > 0.1)).astype(np.float32), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT
    )
    tone = 1 + scene.grain * grain + 0.5 * scene.grain * _clouds((height, width), 6, rng)
    tone *= 1 + 0.04 * _noise((height, width), rng)
    return np.asarray(np.array(scene.table, np.float32) * tone[..., None], np.float32)


def _stretched(shape: tuple[int, int], cells: tuple[int, int], rng: Generator) -> Picture:
    """Noise of mean 0, with so many cells down and across, smoothly enlarged to a shape."""
    return _enlarged(_noise(cells, rng), shape)


def _enlarged(small: Picture, shape: tuple[int, int]) -> Picture:
    return np.asarray(cv2.resize(small, shape[::-1], interpolation=cv2.INTER_CUBIC), np.float32)


def _noise(shape: tuple[int, ...], rng: Generator) -> Picture:
    return np.asarray(rng.standard_normal(shape, np.float32), np.float32)


def _clouds(shape: tuple[int, int], cells: int, rng: Generator) -> Picture:
    """Slow noise in about 0–1."""
    return np.asarray(np.clip(0.5 + 0.3 * _stretched(shape, (cells, cells), rng), 0, 1), np.float32)


def _light(frame: tuple[int, int], rng: Generator) -> Picture:
    """Warm lamp light from one side, the vignette of the lens, and the shadow of the hand with the phone."""
    v, u = (axis - 0.5 for axis in np.ogrid[0 : 1 : frame[1] * 1j, 0 : 1 : frame[0] * 1j])
    side = rng.uniform(0, 2 * np.pi)
    slope = 1 + 0.22 * (u * np.cos(side) + v * np.sin(side)) - 0.32 * (u * u + v * v)
    dim = (slope * (1 - 0.26 * _hand(frame, rng))).astype(np.float32)
    warmth = np.array((1.0, 0.955, 0.88), np.float32)
    return np.asarray(dim[..., None] * warmth, np.float32)


def _hand(frame: tuple[int, int], rng: Generator) -> Picture:
    """The soft shadow at the lower right, 1 where it is deepest; drawn small, since it has no sharp edge."""
    width, height = frame[0] // 8, frame[1] // 8
    edge = rng.uniform(0.45, 0.8) * width
    arm = [
        (edge, height),
        (edge + 0.16 * width, 0.62 * height),
        (1.2 * width, 0.5 * height),
        (1.2 * width, 1.2 * height),
    ]
    shadow = np.zeros((height, width), np.float32)
    cv2.fillPoly(shadow, [np.array(arm, np.int32)], 1.0)
    return _enlarged(_soft(shadow, 7), frame[::-1])


def _develop(view: Picture, rng: Generator, blur: float, grain: float) -> Image.Image:
    """What the sensor makes of it: a little out of focus, and more noise where there is less light."""
    soft = _soft(view, blur)
    return _encoded(soft + _noise(soft.shape, rng) * grain * (1.3 - 0.6 * soft))


def _encoded(picture: Picture) -> Image.Image:
    return Image.fromarray((np.clip(picture, 0, 1) * 255).astype(np.uint8))


def _soft(picture: Picture, sigma: float) -> Picture:
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), sigma), np.float32)
