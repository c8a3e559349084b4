"""Which engine runs the networks."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from extraction.ocr.networks import OWN, Networks


def load_networks(
    languages: Sequence[str], models: Path | None, network: str, converted: Path | None, threads: int
) -> Networks:
    """The networks, on the GPU where CUDA has one; else by OpenVINO; where that has no wheel, Billify's own networks by
    ONNX Runtime, and EasyOCR's by torch.

    See `extraction.ocr.recognise.OcrEngine` for what the arguments mean and what is raised.
    """
    # torch takes longer to import than the others to load the networks, so it is asked only where it may say yes.
    if _has_nvidia_driver() and find_spec("torch"):
        from extraction.ocr.torch_backend import Torch, cuda

        if cuda():
            return Torch(languages, models, network, threads)
    if find_spec("openvino"):
        from extraction.ocr.openvino_backend import OpenVino

        return OpenVino(languages, models, network, converted, threads)
    if network == OWN and find_spec("onnxruntime"):
        from extraction.ocr.onnxruntime_backend import OnnxRuntime

        return OnnxRuntime(languages, threads)
    if find_spec("torch"):
        from extraction.ocr.torch_backend import Torch

        return Torch(languages, models, network, threads)
    raise ValueError(
        f'The recogniser "{network}" needs OpenVINO or PyTorch, which have no packages for this kind of machine. '
        f'Set recogniser = "{OWN}" to read with Billify\'s own.'
    )


def _has_nvidia_driver() -> bool:
    return any(Path(device).exists() for device in ("/dev/nvidiactl", "/dev/dxg"))  # Linux; Linux within Windows
