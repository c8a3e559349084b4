"""The networks by OpenVINO: in sixteen bits where the processor is made for them."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from extraction.ocr.line_crops import Grey
from extraction.ocr.networks import OWN, SHIPPED, Chances, alphabet
from extraction.ocr.openvino_conversion import METADATA, recogniser_of
from extraction.ocr.openvino_without_telemetry import Core
from extraction.ocr.text_boxes import HeatMap

_LINES = 8  # at once: fewer load the weights too often, more wait for the longest


class OpenVino:
    """See `extraction.ocr.networks.Networks`. Not safe to call from several threads at once."""

    batch = _LINES

    def __init__(
        self, languages: Sequence[str], models: Path | None, network: str, converted: Path | None, threads: int
    ) -> None:
        """See `extraction.ocr.recognise.OcrEngine`."""
        core = Core()
        if network == OWN:
            recogniser = core.read_model(SHIPPED / f"{OWN}.onnx")
        else:
            recogniser = recogniser_of(languages, models, network, converted)
        known = alphabet(recogniser.get_rt_info(METADATA).astype(str), languages)
        self.characters, self.ignored = known.characters, known.ignored
        detector = {"PERFORMANCE_HINT": "LATENCY", "INFERENCE_NUM_THREADS": threads}
        self._detector = core.compile_model(SHIPPED / "detector.onnx", "CPU", detector)
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
