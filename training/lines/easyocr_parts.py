"""The parts of EasyOCR that training shares with reading: what the network is, and what it is shown."""

from __future__ import annotations

from extraction.ocr.torchvision_shim import import_torchvision

import_torchvision()  # must precede EasyOCR, which imports torchvision as it comes
from easyocr.model.vgg_model import Model  # noqa: E402
from easyocr.recognition import AlignCollate, get_recognizer, get_text  # noqa: E402
from easyocr.utils import get_image_list  # noqa: E402

__all__ = ["AlignCollate", "Model", "get_image_list", "get_recognizer", "get_text"]
