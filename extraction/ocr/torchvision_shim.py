"""Imports torchvision where its compiled operators do not fit the installed torch.

A torch from another index (CPU-only wheels, a distribution's build) leaves torchvision without its C++ library; the
import then fails while it describes operators that were never loaded. EasyOCR calls none of them, so declaring the two
that torchvision describes is enough to import the rest.
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType

import torch

_SYMPTOM = "operator torchvision::nms does not exist"
_OPERATORS = (
    ("torchvision::nms", "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor"),
    ("torchvision::qnms", "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor"),
)


def import_torchvision() -> ModuleType:
    """torchvision, imported as it is where that works.

    Raises: whatever the import raises, unless it is the one error that this file is for.
    """
    try:
        return importlib.import_module("torchvision")
    except RuntimeError as error:
        if str(error) != _SYMPTOM:
            raise
    for name in [name for name in sys.modules if name == "torchvision" or name.startswith("torchvision.")]:
        del sys.modules[name]
    for name, signature in _OPERATORS:
        torch.library.define(name, signature)
    return importlib.import_module("torchvision")
