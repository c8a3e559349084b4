"""EasyOCR as one call: an upright picture in, words with boxes and confidence out.

EasyOCR's detector and its grouping of characters are kept, and the recogniser is a network of ours in EasyOCR's
form; three things differ from its `readtext`:
- The picture is scaled, up or down, so that its longest side is `LONGEST_SIDE` when text is looked for: small scans
  are found better enlarged, and the stock limit of 2560 costs four times as much. Small print is looked at again, at
  `CLOSER_SIDE`.
- The detector runs channels-last, and in bfloat16 on processors made for it: the same words in half the time.
- Text is recognised in batches of like width, each on one thread: the LSTM's threads meet at every time step, which
  on a busy machine takes a hundred times as long as the work itself.
"""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import cv2
import easyocr_en_models
import numpy as np
import torch
from numpy.typing import NDArray

from extraction.evidence import Word
from extraction.ocr.torchvision_shim import import_torchvision

import_torchvision()  # must precede EasyOCR, which imports torchvision as it comes
from easyocr import Reader  # noqa: E402
from easyocr.recognition import get_text  # noqa: E402
from easyocr.utils import get_image_list  # noqa: E402

LONGEST_SIDE = 1280
"""Pixels of the longest side on which text is looked for: on receipts 1600 finds no more and costs a third more."""

CLOSER_SIDE = 1600
"""The same where print is small: a digit that stands alone is lost at 1280, such as the day of a date."""

_SMALL_PRINT = 19  # pixels at 1280 below which it is: the median height of the boxes found, a third of which is margin
_BATCH = {"cpu": 4, "cuda": 64, "mps": 16}
_HEIGHT = 64  # pixels: the input height of EasyOCR's recognition networks
_SMALLEST = 8  # pixels of the original: below it lie specks; EasyOCR's 20 drops single digits of small scans

OWN = "billify"
"""The recogniser that Billify trains itself (see training/), in EasyOCR's form for networks of users."""

_OWN_FOLDER = Path(__file__).parent / "models"

_LARGE_WITHIN = re.compile(r"(?<=[a-zà-ÿ])[CKOPSUVWXYZ](?=[a-zà-ÿ])")

Crop = tuple[list[list[int]], NDArray[np.uint8]]
HeatMaps = tuple[torch.Tensor, torch.Tensor]


class EasyOcr:
    """The networks of EasyOCR, loaded. Not safe to call from several threads at once."""

    def __init__(
        self,
        languages: Sequence[str] = ("en",),
        models: Path | None = None,
        threads: int | None = None,
        network: str = OWN,
    ) -> None:
        """Loads the networks, onto the GPU where there is one. `threads` bounds the CPU threads, None for one a
        core, at most four; the rest are those of `load`, and so is what is raised."""
        self._threads = threads or min(4, _cores())
        self._reader = load(languages, models, network)
        self._device = str(self._reader.device)
        if self._device == "cpu":
            self._reader.detector = _detector_for_cpu(self._reader.detector)
        self._ignored = "".join(set(self._reader.character) - set(self._reader.lang_char))
        self._pool = ThreadPoolExecutor(
            self._threads if self._device == "cpu" else 1,
            thread_name_prefix="recognise",
            initializer=torch.set_num_threads,
            initargs=(1,),
        )

    def __call__(self, picture: NDArray[np.uint8], page: int = 1) -> tuple[Word, ...]:
        """The words of an upright RGB picture (height x width x 3), top to bottom. Boxes are in its pixels."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            horizontal, slanted = self._detect(picture)
            grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
            crops: list[Crop] = get_image_list(horizontal, slanted, grey, model_height=_HEIGHT)[0]
            found = [result for batch in self._pool.map(self._recognise, self._batches(crops)) for result in batch]
        words = [_word(corners, text, confidence, page) for corners, text, confidence in found if text.strip()]
        return tuple(sorted(words, key=lambda word: (word.box[1], word.box[0])))

    def _detect(self, picture: NDArray[np.uint8]) -> tuple[list[Any], list[Any]]:
        """Where text stands: upright rectangles, and quadrilaterals of slanted text. Small print gets a second look."""
        torch.set_num_threads(self._threads)
        horizontal, slanted = self._look(picture, LONGEST_SIDE)
        heights = [bottom - top for _, _, top, bottom in horizontal]
        if heights and np.median(heights) * LONGEST_SIDE < _SMALL_PRINT * max(picture.shape[:2]):
            return self._look(picture, CLOSER_SIDE)
        return horizontal, slanted

    def _look(self, picture: NDArray[np.uint8], side: int) -> tuple[list[Any], list[Any]]:
        horizontal, slanted = self._reader.detect(
            picture, canvas_size=side, mag_ratio=side / max(picture.shape[:2]), min_size=_SMALLEST
        )
        return horizontal[0], slanted[0]

    def _batches(self, crops: list[Crop]) -> list[list[Crop]]:
        size = _BATCH.get(self._device.split(":")[0], 4)
        crops = sorted(crops, key=lambda crop: crop[1].shape[1], reverse=True)  # longest first: threads end together
        return [crops[at : at + size] for at in range(0, len(crops), size)]

    def _recognise(self, batch: list[Crop]) -> list[tuple[list[list[int]], str, float]]:
        width = max(image.shape[1] for _, image in batch)
        results: list[tuple[list[list[int]], str, float]] = get_text(
            self._reader.character,
            _HEIGHT,
            -(-width // _HEIGHT) * _HEIGHT,
            self._reader.recognizer,
            self._reader.converter,
            batch,
            self._ignored,
            batch_size=len(batch),
            workers=0,
            device=self._device,
        )
        return results


def load(languages: Sequence[str] = ("en",), models: Path | None = None, network: str = OWN) -> Any:
    """EasyOCR's Reader with its networks.

    `languages` are EasyOCR's codes. `network` is a recogniser: Billify's own, one that EasyOCR names ("english_g2"),
    or "standard" for the one that EasyOCR has for the languages. `models` is the folder of the other networks, None
    for the English ones that come with Billify.

    Raises: FileNotFoundError when a network is not in `models`, since nothing is ever downloaded; ValueError when the
    recogniser does not know a language.
    """
    folder = str(models or easyocr_en_models.model_dir())
    recognisers = str(_OWN_FOLDER) if network == OWN else folder
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch's deprecations, which are EasyOCR's to heed
        reader: Any = Reader(
            list(languages),
            gpu=True,
            model_storage_directory=recognisers,
            user_network_directory=recognisers,
            recog_network=network,
            detector=False,  # lies in another folder than our recogniser
            download_enabled=False,
            verbose=False,
        )
        reader.model_storage_directory = folder
        reader.setDetector("craft")
    return reader


def _detector_for_cpu(network: torch.nn.Module) -> Callable[[torch.Tensor], HeatMaps]:
    """CRAFT as EasyOCR calls it (a batch of pictures to heat maps and features), laid out for CPUs."""
    network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    abilities = torch.cpu.get_capabilities()
    half = bool(abilities.get("avx512_bf16") or abilities.get("amx_bf16"))

    def detect(pictures: torch.Tensor) -> HeatMaps:
        with torch.autocast("cpu", torch.bfloat16, enabled=half):
            maps, features = network(pictures.to(memory_format=torch.channels_last))
        return maps.float(), features  # NumPy, which EasyOCR goes on with, has no bfloat16

    return detect


def _settled(text: str) -> str:
    """The text with letters small that stand large within a small word: "daYs" is "days".

    Our recogniser learned most from receipts in capitals and mistakes the size of letters whose forms are alike.
    """
    return _LARGE_WITHIN.sub(lambda letter: letter[0].lower(), text)


def _word(corners: Sequence[Sequence[float]], text: str, confidence: float, page: int) -> Word:
    xs, ys = zip(*corners, strict=True)
    box = (float(min(xs)), float(min(ys)), float(max(xs)), float(max(ys)))
    return Word(_settled(text.strip()), box, page, float(min(confidence, 1.0)))


def _cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
