"""The networks that ship by ONNX Runtime, where OpenVINO has no wheel: without torch, in thirty-two bits."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray
from onnxruntime import InferenceSession, SessionOptions, disable_telemetry_events

from extraction.ocr.line_crops import Grey
from extraction.ocr.networks import ABOUT, OWN, SHIPPED, Chances, alphabet
from extraction.ocr.text_boxes import HeatMap

disable_telemetry_events()  # Windows would otherwise be told of every session

_LINES = 4  # at once: more wait for the longest, and take up more memory, than reading them together saves


class OnnxRuntime:
    """See `extraction.ocr.networks.Networks`. Not safe to call from several threads at once."""

    batch = _LINES

    def __init__(self, languages: Sequence[str], threads: int) -> None:
        """See `extraction.ocr.recognise.OcrEngine`."""
        # One thread a batch: the threads of a recurrent layer would meet at every time step.
        self._recogniser = _session(OWN, threads=1)
        known = alphabet(self._recogniser.get_modelmeta().custom_metadata_map[ABOUT], languages)
        self.characters, self.ignored = known.characters, known.ignored
        self._detector = _session("detector", threads)
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="recognise")

    def heat_maps(self, picture: NDArray[np.uint8]) -> tuple[HeatMap, HeatMap]:
        """See `Networks`."""
        maps = _found(self._detector, picture[None])[0]
        return maps[:, :, 0], maps[:, :, 1]

    def chances(self, batches: Sequence[Grey]) -> list[Chances]:
        """See `Networks`."""
        return list(self._pool.map(lambda batch: _found(self._recogniser, batch[..., None]), batches))


def _session(name: str, threads: int) -> InferenceSession:
    options = SessionOptions()
    options.intra_op_num_threads = threads
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # waiting is no work
    return InferenceSession(SHIPPED / f"{name}.onnx", options, providers=["CPUExecutionProvider"])


def _found(network: InferenceSession, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    return np.asarray(network.run(None, {network.get_inputs()[0].name: pixels})[0], np.float32)
