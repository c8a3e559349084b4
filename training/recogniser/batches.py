"""Endless batches of lines for training: scanned and rendered ones, sorted by width as they are at run time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image

from training.lines.easyocr_parts import AlignCollate
from training.lines.render import rendered
from training.lines.scanned_lines import HEIGHT, Grey, Line, jitter

_POOL = 24  # batches that are sorted by width together


@dataclass(frozen=True)
class Batch:
    """Pictures (n x 1 x 64 x width, -1 to 1) and, one text after another, the numbers of their characters, from 1."""

    pictures: torch.Tensor
    characters: torch.Tensor
    lengths: torch.Tensor
    exact: torch.Tensor


class Batches(torch.utils.data.IterableDataset[Batch]):
    """Batches drawn at random; `config` is that of recogniser.toml."""

    def __init__(self, scanned: Sequence[Line], alphabet: str, config: Mapping[str, Any], seed: int) -> None:
        self._scanned, self._alphabet, self._config, self._seed = scanned, alphabet, config, seed

    def __iter__(self) -> Iterator[Batch]:
        worker = torch.utils.data.get_worker_info()
        chance = Random(self._seed + (worker.id if worker else 0))
        while True:
            yield from self._pool(chance)

    def _pool(self, chance: Random) -> list[Batch]:
        size, widest = self._config["training"]["batch"], self._config["training"]["widest"]
        noise = np.random.default_rng(chance.getrandbits(64))
        crops: list[tuple[Grey, Line]] = []
        while len(crops) < size * _POOL:
            line = self._line(chance)
            crop = jitter(line, noise)
            if crop is not None and crop.shape[1] <= widest:
                crops.append((crop if line.exact else worn(crop, chance, noise), line))
        crops.sort(key=lambda pair: pair[0].shape[1])
        batches = [self._batch(crops[at : at + size]) for at in range(0, len(crops), size)]
        chance.shuffle(batches)
        return batches

    def _line(self, chance: Random) -> Line:
        if chance.random() < self._config["lines"]["rendered"]:
            return rendered(chance, self._alphabet)
        return chance.choice(self._scanned)

    def _batch(self, crops: Sequence[tuple[Grey, Line]]) -> Batch:
        texts = [line.text for _, line in crops]
        numbers = [self._alphabet.index(sign) + 1 for text in texts for sign in text]
        exact = torch.tensor([line.exact for _, line in crops])
        lengths = torch.tensor([len(text) for text in texts])
        return Batch(aligned([crop for crop, _ in crops]), torch.tensor(numbers), lengths, exact)


def aligned(crops: Sequence[Grey]) -> torch.Tensor:
    """Crops as EasyOCR hands them to its network: padded to one width, a multiple of 64."""
    width = -(-max(crop.shape[1] for crop in crops) // HEIGHT) * HEIGHT
    collate = AlignCollate(imgH=HEIGHT, imgW=width, keep_ratio_with_pad=True)
    pictures: torch.Tensor = collate([Image.fromarray(crop) for crop in crops])
    return pictures


def worn(crop: Grey, chance: Random, noise: np.random.Generator) -> Grey:
    """A scanned line with other brightness and contrast, at times blurred, coarser or noisy."""
    done = crop.astype(np.float32)
    if chance.random() < 0.5:
        done = (done - 128) * chance.uniform(0.5, 1.2) + 128 + chance.uniform(-50, 40)
    if chance.random() < 0.25:
        done = cv2.GaussianBlur(done, (0, 0), chance.uniform(0.4, 2.0))
    if chance.random() < 0.3:
        done = _small(done, chance)
    if chance.random() < 0.25:
        done = done + noise.normal(0, chance.uniform(2, 12), crop.shape)
    return np.clip(done, 0, 255).astype(np.uint8)


def _small(line: NDArray[np.float32], chance: Random) -> NDArray[np.float32]:
    """As in a photograph of a whole table: of few pixels, and at times compressed at that size."""
    scale = chance.uniform(0.2, 0.45)
    coarse = cv2.resize(line, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    if chance.random() < 0.6:
        bright = np.clip(coarse, 0, 255).astype(np.uint8)
        _, data = cv2.imencode(".jpg", bright, [cv2.IMWRITE_JPEG_QUALITY, chance.randrange(35, 90)])
        coarse = np.asarray(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE), np.float32)
    size = line.shape[1], line.shape[0]
    return np.asarray(cv2.resize(coarse, size, interpolation=cv2.INTER_LINEAR), np.float32)
