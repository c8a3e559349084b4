"""What scanners, faxes, thermal printers and phones do to a line of text. Grey pictures, 0 ink to 255 paper."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
Ink = NDArray[np.float32]  # 0 ink to 1 paper
Box = tuple[int, int, int, int]


def degrade(picture: Grey, box: Box, chance: Random) -> tuple[Grey, Box]:
    """The line as it comes from one of the devices, at a height of the text of 10 to 56 pixels; and its box there."""
    noise = np.random.default_rng(chance.getrandbits(32))
    ink = picture.astype(np.float32) / 255
    if chance.random() < 0.35:
        ink = _tilted(ink, chance)
    height = min(56.0, 10 * np.exp(chance.uniform(0, 1.9)))
    scale = float(height / (box[3] - box[1]))
    ink = np.asarray(cv2.resize(ink, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.float32)
    device = chance.choices((_clean, _scan, _fax, _thermal, _phone), (2, 3, 1, 3, 4))[0]
    ink = device(ink, chance, noise)
    if chance.random() < 0.04:
        ink = 1 - ink  # white on black, as the heads of tables are
    done = (np.clip(ink, 0, 1) * 255).astype(np.uint8)
    if chance.random() < 0.6:
        done = _jpeg(done, chance.randrange(25, 90))
    x0, y0, x1, y1 = (round(at * scale) for at in box)
    return done, (x0, y0, max(x1, x0 + 1), max(y1, y0 + 1))


def _clean(ink: Ink, chance: Random, noise: np.random.Generator) -> Ink:
    paper, dark = chance.uniform(0.85, 1), chance.uniform(0, 0.5)
    return dark + ink * (paper - dark)


def _scan(ink: Ink, chance: Random, noise: np.random.Generator) -> Ink:
    ink = _thickened(ink, chance)
    ink = _blurred(ink, chance.uniform(0, 0.9))
    if chance.random() < 0.15:  # the other side of the page shows through
        ink = ink * (1 - chance.uniform(0.05, 0.25) * (1 - _blurred(ink[:, ::-1], 1.5)))
    return _clean(ink, chance, noise) + noise.normal(0, chance.uniform(0, 0.04), ink.shape)


def _fax(ink: Ink, chance: Random, noise: np.random.Generator) -> Ink:
    ink = _blurred(ink, chance.uniform(0.3, 0.8)) + noise.normal(0, chance.uniform(0.02, 0.12), ink.shape)
    black_and_white = (ink > chance.uniform(0.4, 0.75)).astype(np.float32)
    if chance.random() < 0.5:  # lines of dots that were not sent
        black_and_white[noise.random(ink.shape[0]) < 0.03] = 1
    return black_and_white


def _thermal(ink: Ink, chance: Random, noise: np.random.Generator) -> Ink:
    ink = _thickened(ink, chance)
    height, width = ink.shape
    worn = cv2.resize(
        noise.random((3, max(2, width // 40)), np.float32), (width, height), interpolation=cv2.INTER_CUBIC
    )
    faded = chance.uniform(0.2, 0.9) * (1 - chance.uniform(0, 0.6) * worn)
    ink = 1 - (1 - ink) * faded
    if chance.random() < 0.3:  # a dirty printing head leaves stripes along the paper
        ink[:, noise.random(width) < 0.02] = 1
    ink = _blurred(ink, chance.uniform(0.2, 1.0))
    return ink * chance.uniform(0.7, 1) + noise.normal(0, chance.uniform(0, 0.05), ink.shape)


def _phone(ink: Ink, chance: Random, noise: np.random.Generator) -> Ink:
    height, width = ink.shape
    ink = _clean(ink, chance, noise)
    light = cv2.resize(
        noise.uniform(chance.uniform(0.4, 0.9), 1, (2, 3)).astype(np.float32),
        (width, height),
        interpolation=cv2.INTER_CUBIC,
    )
    if chance.random() < 0.15:  # a fold in the paper
        at = noise.integers(0, width)
        light[:, at:] *= chance.uniform(0.75, 0.95)
    ink = ink * light
    ink = _blurred(ink, chance.uniform(0.2, 1.5))
    if chance.random() < 0.2:
        ink = _shaken(ink, chance)
    return ink + noise.normal(0, chance.uniform(0, 0.06), ink.shape)


def _thickened(ink: Ink, chance: Random) -> Ink:
    change: Callable[..., Ink] = chance.choice((cv2.erode, cv2.dilate))  # erode spreads the ink, which is dark
    if chance.random() < 0.7 or ink.shape[0] < 40:
        return ink
    return change(ink, np.ones((2, 2)))


def _blurred(ink: Ink, sigma: float) -> Ink:
    sigma *= min(1.0, ink.shape[0] / 60)  # what is small in the picture bears less of it
    return np.asarray(cv2.GaussianBlur(ink, (0, 0), sigma) if sigma > 0.15 else ink, np.float32)


def _shaken(ink: Ink, chance: Random) -> Ink:
    size = chance.randrange(2, 5)
    kernel = np.ones((1, size)) if chance.random() < 0.5 else np.ones((size, 1))
    return np.asarray(cv2.filter2D(ink, -1, kernel / size), np.float32)


def _tilted(ink: Ink, chance: Random) -> Ink:
    """Turned by up to a degree and a half, sheared, and seen from a side."""
    height, width = ink.shape
    rise = np.tan(np.radians(chance.uniform(-1.5, 1.5))) * min(width, 500)
    shear = chance.uniform(-0.12, 0.12) * height
    narrow = chance.uniform(-0.04, 0.04) * height
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    moved = corners + np.array(
        [[shear, -rise / 2 + narrow], [shear, rise / 2 - narrow], [0, rise / 2 + narrow], [0, -rise / 2 - narrow]]
    )
    warp = cv2.getPerspectiveTransform(corners, moved.astype(np.float32))
    return np.asarray(cv2.warpPerspective(ink, warp, (width, height), borderValue=1), np.float32)


def _jpeg(picture: Grey, quality: int) -> Grey:
    _, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE), np.uint8)
