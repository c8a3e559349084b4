"""The networks by OpenVINO, on any processor: in sixteen bits where it is made for them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from extraction.ocr.boxes import HeatMap
from extraction.ocr.convert import shipped
from extraction.ocr.crops import Grey
from extraction.ocr.networks import ABOUT, Chances
from extraction.ocr.private_openvino import Core, Model

_LINES = 8  # at once: fewer load the weights too often, more wait for the longest


class OpenVino:
    """See `extraction.ocr.networks.Networks`. Not safe to call from several threads at once."""

    batch = _LINES

    def __init__(self, languages: Sequence[str], recogniser: Model, threads: int) -> None:
        """`recogniser` comes from `extraction.ocr.convert`. Raises: ValueError when it does not know a language."""
        about = json.loads(recogniser.get_rt_info(ABOUT).astype(str))
        if unknown := set(languages) - set(about["languages"]):
            raise ValueError(
                f"Billify's recogniser does not know the language {', '.join(sorted(unknown))}, only "
                f'{", ".join(about["languages"])}. Set recogniser = "standard" to read with EasyOCR\'s own.'
            )
        self.characters: str = about["characters"]
        self.ignored: tuple[int, ...] = tuple(about["ignored"])
        core = Core()
        detector = {"PERFORMANCE_HINT": "LATENCY", "INFERENCE_NUM_THREADS": threads}
        self._detector = core.compile_model(shipped("detector"), "CPU", detector)
        # One thread a batch: the threads of a recurrent layer would meet at every time step.
        lines = {"NUM_STREAMS": threads, "INFERENCE_NUM_THREADS": threads}
        self._recogniser = core.compile_model(recogniser, "CPU", lines)
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="recognise")

    def heat_maps(self, picture: NDArray[np.uint8]) -> tuple[HeatMap, HeatMap]:
        """See `Networks`."""
        maps = self._detector(picture[None])[0][0]
        return maps[:, :, 0], maps[:, :, 1]

    def chances(self, batches: Sequence[Grey]) -> list[Chances]:
        """See `Networks`."""
        return list(self._pool.map(self._chances, batches))

    def _chances(self, batch: Grey) -> Chances:
        return np.array(self._recogniser.create_infer_request().infer(batch[..., None])[0])
