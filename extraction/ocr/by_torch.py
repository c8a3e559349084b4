"""EasyOCR's networks by torch, as EasyOCR loads them: on a GPU in half precision, else as the reference."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import easyocr_en_models
import numpy as np
import torch
from numpy.typing import NDArray

from extraction.ocr.boxes import HeatMap
from extraction.ocr.crops import Grey
from extraction.ocr.networks import OWN, SHIPPED, Chances
from extraction.ocr.torchvision_shim import import_torchvision

import_torchvision()  # must precede EasyOCR, which imports torchvision as it comes
from easyocr import Reader  # noqa: E402

_MEAN = torch.tensor((0.485, 0.456, 0.406)) * 255  # of ImageNet's pictures, on which the detector's layers began
_DEVIATION = torch.tensor((0.229, 0.224, 0.225)) * 255


def cuda() -> bool:
    """Whether there is a GPU."""
    return torch.cuda.is_available()


def load(languages: Sequence[str] = ("en",), models: Path | None = None, network: str = OWN) -> Any:
    """EasyOCR's Reader with its networks, in full precision.

    `languages` are EasyOCR's codes. `network` is a recogniser: Billify's own, one that EasyOCR names ("english_g2"),
    or "standard" for the one that EasyOCR has for the languages. `models` is the folder of the other networks, None
    for the English ones that come with Billify.

    Raises: FileNotFoundError when a network is not in `models`, since nothing is ever downloaded; ValueError when the
    recogniser does not know a language.
    """
    folder = str(models or easyocr_en_models.model_dir())
    recognisers = str(SHIPPED) if network == OWN else folder
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch's deprecations, which are EasyOCR's to heed
        reader: Any = Reader(
            list(languages),
            gpu=cuda(),
            model_storage_directory=recognisers,
            user_network_directory=recognisers,
            recog_network=network,
            detector=False,  # lies in another folder than our recogniser
            download_enabled=False,
            verbose=False,
            quantize=False,
        )
        reader.model_storage_directory = folder
        reader.setDetector("craft")
    return reader


def ignored(reader: Any) -> tuple[int, ...]:
    """Numbers of the outputs whose characters none of the reader's languages has."""
    return tuple(number for number, sign in enumerate(reader.character, 1) if sign not in reader.lang_char)


class Torch:
    """See `extraction.ocr.networks.Networks`. Not safe to call from several threads at once."""

    def __init__(self, languages: Sequence[str], models: Path | None, network: str, threads: int) -> None:
        reader = load(languages, models, network)
        self.characters, self.ignored = str(reader.character), ignored(reader)
        self._device = torch.device(reader.device)
        self._detector, self._recogniser = reader.detector.eval(), reader.recognizer.eval()
        self._half = torch.autocast("cuda", torch.float16, enabled=self._device.type == "cuda")
        self.batch = 64 if self._device.type == "cuda" else 4
        torch.set_num_threads(threads)

    def heat_maps(self, picture: NDArray[np.uint8]) -> tuple[HeatMap, HeatMap]:
        """See `Networks`."""
        pixels = (torch.from_numpy(picture).float() - _MEAN) / _DEVIATION
        with torch.inference_mode(), self._half:
            maps = self._detector(pixels.permute(2, 0, 1)[None].to(self._device))[0][0].float().cpu().numpy()
        return maps[:, :, 0], maps[:, :, 1]

    def chances(self, batches: Sequence[Grey]) -> list[Chances]:
        """See `Networks`."""
        return [self._chances(batch) for batch in batches]

    def _chances(self, batch: Grey) -> Chances:
        pixels = torch.from_numpy(batch)[:, None].to(self._device).float() / 127.5 - 1
        with torch.inference_mode(), self._half:
            found = self._recogniser(pixels, None).float().softmax(2)
        return np.asarray(found.cpu().numpy(), np.float32)
