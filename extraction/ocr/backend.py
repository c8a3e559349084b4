"""Which engine runs the networks."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from extraction.ocr import easyocr_models
from extraction.ocr.networks import OWN, SHIPPED, Networks

INSTALL_EASYOCR = "Install it (make setup WITH=easyocr, or pip install 'billify[easyocr]')"
SHIPPED_FILES = ("detector.onnx", f"{OWN}.onnx")


Engine = Literal["OpenVINO", "ONNX Runtime", "PyTorch"]


def engine_of(network: str, models: Path | None) -> Engine:
    """What runs the networks where there is no GPU; whether they are there is looked at, and nothing loaded.

    Raises: ValueError where nothing that could run them is installed; FileNotFoundError where they are not there.
    """
    if network != OWN:
        easyocr_models.folder_of(models)
        if not (find_spec("torch") and find_spec("easyocr")):
            raise ValueError(
                f'The recogniser "{network}" is of EasyOCR, which is not installed. {INSTALL_EASYOCR}, or set '
                f'recogniser = "{OWN}" to read with Billify\'s own.'
            )
    elif missing := [name for name in SHIPPED_FILES if not (SHIPPED / name).is_file()]:
        raise FileNotFoundError(f"Networks are missing ({', '.join(missing)}): install Billify anew.")
    if find_spec("openvino"):
        return "OpenVINO"
    if network == OWN and find_spec("onnxruntime"):
        return "ONNX Runtime"
    if find_spec("torch"):
        return "PyTorch"
    raise ValueError("Nothing that reads documents is installed: pip install onnxruntime, or openvino.")


def load_networks(
    languages: Sequence[str], models: Path | None, network: str, converted: Path | None, threads: int
) -> Networks:
    """The networks, on the GPU where CUDA has one and EasyOCR's detector is there; else by OpenVINO; where that has no
    wheel, Billify's own networks by ONNX Runtime, and EasyOCR's by torch.

    See `extraction.ocr.recognise.OcrEngine` for what the arguments mean and what is raised.
    """
    # torch takes longer to import than the others to load the networks, so it is asked only where it may say yes.
    with_torch = find_spec("torch") and find_spec("easyocr")
    if _has_nvidia_driver() and with_torch and easyocr_models.are_there(models):
        from extraction.ocr.torch_backend import Torch, cuda

        if cuda():
            return Torch(languages, models, network, threads)
    engine = engine_of(network, models)
    if engine == "OpenVINO":
        from extraction.ocr.openvino_backend import OpenVino

        return OpenVino(languages, models, network, converted, threads)
    if engine == "ONNX Runtime":
        from extraction.ocr.onnxruntime_backend import OnnxRuntime

        return OnnxRuntime(languages, threads)
    from extraction.ocr.torch_backend import Torch

    return Torch(languages, models, network, threads)


def _has_nvidia_driver() -> bool:
    return any(Path(device).exists() for device in ("/dev/nvidiactl", "/dev/dxg"))  # Linux; Linux within Windows
