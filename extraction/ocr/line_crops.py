"""Lines of a picture as the recogniser is shown them, and its answer as text: EasyOCR's steps without torch.

EasyOCR does the same in `utils.get_image_list`, `recognition.AlignCollate`, `CTCLabelConverter.decode_greedy` and
`recognition.get_text`; tests hold both equal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from extraction.ocr.text_boxes import Lines, Quad, Rectangle

HEIGHT = 64
"""Pixels: the input height of EasyOCR's recognition networks. A batch's width is a multiple of it."""

Grey = NDArray[np.uint8]

_FAINT = 0.5  # the contrast to which a line is brought that could hardly be read


@dataclass(frozen=True)
class Crop:
    """A line, `HEIGHT` pixels high, and its corners in the picture (4 x 2)."""

    corners: Quad
    picture: Grey


def crops(found: Lines, picture: Grey) -> list[Crop]:
    """Cuts the lines out of a grey picture (height x width) and scales them."""
    cut = [(corners, _straight(picture, corners)) for corners in found.slanted]
    cut += [_cut(picture, line) for line in found.level]
    return [Crop(corners, _scaled(part)) for corners, part in cut if part.size]


def batch(pictures: Sequence[Grey]) -> Grey:
    """Lines side by side in one array (n x height x width), the last column of shorter ones repeated."""
    width = -(-max(picture.shape[1] for picture in pictures) // HEIGHT) * HEIGHT
    return np.stack([np.pad(picture, ((0, 0), (0, width - picture.shape[1])), "edge") for picture in pictures])


def decode_ctc(chances: NDArray[np.float32], characters: str, ignored: Sequence[int] = ()) -> list[tuple[str, float]]:
    """Each line's text and confidence, by greedy CTC decoding.

    `chances` are probabilities (lines x frames x characters, of which 0 is the blank and the others those of
    `characters`); `ignored` are characters' numbers that are never read.
    """
    if ignored:
        chances = chances.copy()
        chances[:, :, list(ignored)] = 0
        chances /= chances.sum(axis=2, keepdims=True)
    return [_text(best, sure, characters) for best, sure in zip(chances.argmax(2), chances.max(2), strict=True)]


def _text(best: NDArray[np.intp], sure: NDArray[np.float32], characters: str) -> tuple[str, float]:
    begins = np.diff(best, prepend=-1) != 0
    text = "".join(characters[number - 1] for number in best[begins & (best != 0)])
    sure = sure[best != 0]
    # EasyOCR's own mean, under which a line is as sure as its characters, but for the square root of their number
    return text, float(sure.prod() ** (2 / np.sqrt(len(sure)))) if len(sure) else 0.0


def with_contrast(picture: Grey) -> Grey:
    """A faint line made clearer, for a second try; the same array where it is clear enough."""
    high, low = np.percentile(picture, 90), np.percentile(picture, 10)
    if (high - low) / max(10, high + low) >= _FAINT:
        return picture
    clearer = (picture.astype(int) - low + 25) * (200 / max(10, high - low))
    return np.clip(clearer, 0, 255).astype(np.uint8)


def _cut(picture: Grey, line: Rectangle) -> tuple[Quad, Grey]:
    height, width = picture.shape
    left, right = (min(max(0, x), width) for x in (line.left, line.right))
    top, bottom = (min(max(0, y), height) for y in (line.top, line.bottom))
    corners = np.array([(left, top), (right, top), (right, bottom), (left, bottom)], np.float32)
    return corners, picture[top:bottom, left:right]


def _straight(picture: Grey, corners: Quad) -> Grey:
    """A slanted line, level; of no pixels where it is thinner than one."""
    top_left, top_right, bottom_right, bottom_left = corners
    width = int(max(np.linalg.norm(bottom_right - bottom_left), np.linalg.norm(top_right - top_left)))
    height = int(max(np.linalg.norm(top_right - bottom_right), np.linalg.norm(top_left - bottom_left)))
    if not width or not height:
        return picture[:0, :0]
    level = np.array([(0, 0), (width - 1, 0), (width - 1, height - 1), (0, height - 1)], np.float32)
    lens = cv2.getPerspectiveTransform(corners, level)
    return np.asarray(cv2.warpPerspective(picture, lens, (width, height)), np.uint8)


def _scaled(part: Grey) -> Grey:
    """A line at `HEIGHT`. Those that are higher than wide are first made as wide, which is EasyOCR's way with them."""
    height, width = part.shape
    if width >= height:
        size = (int(HEIGHT * (width / height)), HEIGHT)
        return np.asarray(cv2.resize(part, size, interpolation=cv2.INTER_LINEAR), np.uint8)
    tall = cv2.resize(part, (HEIGHT, int(HEIGHT * (height / width))), interpolation=cv2.INTER_LINEAR)
    narrow = int(np.ceil(HEIGHT * HEIGHT / tall.shape[0]))
    return np.asarray(Image.fromarray(tall).resize((narrow, HEIGHT), Image.Resampling.BICUBIC))
