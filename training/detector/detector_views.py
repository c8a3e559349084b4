"""Parts of pages as scanners, thermal printers and phones show them, each with its heat maps.

What is done to a page's picture happens to its heat maps only where things move: the maps stay those of the clean
page, so that the detector learns to find in a blurred picture what CRAFT finds in a sharp one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import cv2
import numpy as np
import torch
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
Light = NDArray[np.float32]  # a picture or heat maps, 0 to 1

_EDGES = 0.2  # share of views drawn around a corner or a side of a page
_TURNED = 0.12  # share of pages that lie on a side or on their head
_SMALLEST = 7.0  # pixels that a line keeps when a picture is made coarse


@dataclass(frozen=True)
class _Page:
    picture: Picture  # height x width x 3
    maps: Picture  # height/2 x width/2 x 3: gaps, characters, nothing


class Views(torch.utils.data.IterableDataset):  # type: ignore[type-arg]
    """Batches without end: pictures (n x 3 x side x side, 0 to 1) and heat maps (n x 2 x side/2 x side/2)."""

    def __init__(self, folder: Path, config: Mapping[str, Any], printed: float, batch: int, seed: int) -> None:
        """`printed` is how many pixels a line of a page is high."""
        self._folder, self._view, self._printed, self._batch, self._seed = folder, config, printed, batch, seed

    def __iter__(self) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
        cv2.setNumThreads(0)
        worker = torch.utils.data.get_worker_info()
        chance = Random(f"{self._seed} {worker.id if worker else 0}")
        shuffled: list[tuple[Light, Light]] = []
        while True:
            while len(shuffled) < self._view["shuffled"]:
                shuffled += self._of_a_page(chance)
            chance.shuffle(shuffled)
            batch = [shuffled.pop() for _ in range(self._batch)]
            pictures, maps = (np.stack(part).transpose(0, 3, 1, 2) for part in zip(*batch, strict=True))
            yield torch.from_numpy(pictures), torch.from_numpy(np.ascontiguousarray(maps[:, 1::-1]))

    def _of_a_page(self, chance: Random) -> Iterator[tuple[Light, Light]]:
        pages = sorted(self._folder.glob("*.png"))  # anew, since more may have come
        things = [page for page in pages if page.name.startswith("thing-")]
        papers = [page for page in pages if not page.name.startswith("thing-")]
        page, around = _opened(chance.choice(papers)), _opened(chance.choice(things))
        if chance.random() < _TURNED:
            turns = chance.choice((1, 2, 3))
            page = _Page(np.rot90(page.picture, turns), np.rot90(page.maps, turns))
        for _ in range(self._view["of_a_page"]):
            yield self._of(page, around, chance)

    def _of(self, page: _Page, around: _Page, chance: Random) -> tuple[Light, Light]:
        low, high = self._view["scales"]
        scale = chance.uniform(low, high)
        if chance.random() < 0.6:
            scale = self._view["usual"] * chance.uniform(0.7, 1.4)
        side = self._view["side"]
        picture, maps, paper = _laid(page, _onto(page, scale, side, chance), side)
        if paper.min() < 1:
            other, its_maps, _ = _laid(around, _inside(around, side, chance), side)
            bare = (1 - paper)[..., None]
            picture, maps = picture + bare * other, maps + bare[::2, ::2] * its_maps
        return _seen(picture, scale * self._printed, chance), maps


def _opened(maps: Path) -> _Page:
    picture = cv2.imread(str(maps.with_suffix(".jpg")), cv2.IMREAD_COLOR)[..., ::-1]
    return _Page(np.asarray(picture, np.uint8), np.asarray(cv2.imread(str(maps), cv2.IMREAD_COLOR), np.uint8))


def _onto(page: _Page, scale: float, side: int, chance: Random) -> Light:
    """The matrix from a page to a view of this side: a little turned, seen from aside."""
    height, width = page.picture.shape[:2]
    reach = side / scale / 2
    if chance.random() < _EDGES:
        x, y = (
            chance.choice((0, width, chance.uniform(0, width))),
            chance.choice((0, height, chance.uniform(0, height))),
        )
    else:
        x = chance.uniform(min(reach, width / 2), max(width - reach, width / 2))
        y = chance.uniform(min(reach, height / 2), max(height - reach, height / 2))
    turn = np.radians(chance.gauss(0, 1.5) if chance.random() < 0.8 else chance.uniform(-20, 20))
    corners = np.array([(-reach, -reach), (reach, -reach), (reach, reach), (-reach, reach)])
    corners *= (chance.uniform(0.85, 1.18), 1)
    corners = corners @ np.array([(np.cos(turn), np.sin(turn)), (-np.sin(turn), np.cos(turn))])
    bent = 0.06 * reach if chance.random() < 0.5 else 0.0
    corners += np.add((x, y), [[chance.uniform(-bent, bent) for _ in range(2)] for _ in range(4)])
    square = np.array([(0, 0), (side, 0), (side, side), (0, side)], np.float32)
    return np.asarray(cv2.getPerspectiveTransform(corners.astype(np.float32), square), np.float32)


def _inside(page: _Page, side: int, chance: Random) -> Light:
    """The matrix from a page to a view that it fills."""
    height, width = page.picture.shape[:2]
    scale = side / min(height, width) * chance.uniform(1, 2)
    x, y = chance.uniform(0, width * scale - side), chance.uniform(0, height * scale - side)
    return np.array([(scale, 0, -x), (0, scale, -y), (0, 0, 1)], np.float32)


def _laid(page: _Page, onto: Light, side: int) -> tuple[Light, Light, Light]:
    """A view of a page, its heat maps, and where the page is."""
    height, width = page.picture.shape[:2]
    picture = cv2.warpPerspective(page.picture, onto, (side, side), flags=cv2.INTER_LINEAR)
    halved = np.diag((0.5, 0.5, 1)) @ onto @ np.diag((2, 2, 1))
    maps = cv2.warpPerspective(page.maps, halved, (side // 2, side // 2), flags=cv2.INTER_LINEAR)
    paper = cv2.warpPerspective(np.ones((height, width), np.float32), onto, (side, side), flags=cv2.INTER_LINEAR)
    return (
        np.asarray(picture, np.float32) / np.float32(255),
        np.asarray(maps, np.float32) / np.float32(255),
        np.asarray(paper, np.float32),
    )


def _seen(picture: Light, printed: float, chance: Random) -> Light:
    """What a camera or a scanner makes of a view whose lines are so many pixels high."""
    noise = np.random.default_rng(chance.getrandbits(32))
    if chance.random() < 0.06:
        picture = 1 - picture
    if chance.random() < 0.5:  # faded, or of poor contrast
        dark, bright = chance.uniform(0, 0.35), chance.uniform(0.65, 1)
        picture = dark + picture * (bright - dark)
    if chance.random() < 0.5:
        picture = picture * _shadow(picture.shape[0], chance, noise)
    if chance.random() < 0.4:
        picture = picture * noise.uniform(0.75, 1, 3).astype(np.float32)
    if chance.random() < 0.35:
        picture = _coarse(picture, printed, chance)
    if chance.random() < 0.5:
        picture = cv2.GaussianBlur(picture, (0, 0), chance.uniform(0.3, 0.055 * printed + 0.4))
    if chance.random() < 0.5:
        picture = picture + noise.normal(0, chance.uniform(0.005, 0.07), picture.shape).astype(np.float32)
    bright = (np.clip(picture, 0, 1) ** chance.uniform(0.6, 1.7) * 255).astype(np.uint8)
    if chance.random() < 0.5:
        _, data = cv2.imencode(".jpg", bright, [cv2.IMWRITE_JPEG_QUALITY, chance.randrange(20, 90)])
        bright = np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)
    if chance.random() < 0.25:
        bright = np.repeat(bright.mean(2, keepdims=True), 3, 2).astype(np.uint8)
    return np.asarray(bright, np.float32) / np.float32(255)


def _shadow(side: int, chance: Random, noise: np.random.Generator) -> Light:
    """Uneven light, and now and then the hard edge of a shadow or a fold."""
    cells = chance.randrange(2, 6)
    light = noise.uniform(chance.uniform(0.35, 0.9), 1, (cells, cells)).astype(np.float32)
    light = cv2.resize(light, (side, side), interpolation=cv2.INTER_CUBIC)
    if chance.random() < 0.4:
        angle, at = chance.uniform(0, 2 * np.pi), chance.uniform(0.2, 0.8) * side
        y, x = np.mgrid[0:side, 0:side].astype(np.float32)
        light = np.where(x * np.cos(angle) + y * np.sin(angle) > at * np.sign(np.cos(angle)), light, light * 0.7)
    return np.asarray(light[..., None], np.float32)


def _coarse(picture: Light, printed: float, chance: Random) -> Light:
    """As a picture of few pixels is when it is enlarged."""
    small = max(_SMALLEST / printed, chance.uniform(0.25, 0.9))
    if small >= 1:
        return picture
    side = picture.shape[0]
    shrunk = cv2.resize(picture, None, fx=small, fy=small, interpolation=cv2.INTER_AREA)
    enlarge = chance.choice((cv2.INTER_LINEAR, cv2.INTER_LINEAR, cv2.INTER_CUBIC))
    return np.asarray(cv2.resize(shrunk, (side, side), interpolation=enlarge), np.float32)
