"""Where EasyOCR's own networks lie, CRAFT and its recognisers.

None ships with Billify, which reads with networks of its own: the package that holds the English ones states no
licence, so it is only tested and measured against.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

PACKAGE = "easyocr_en_models"


def are_there(models: Path | None) -> bool:
    """Whether a folder was named, or the package is installed."""
    return models is not None or find_spec(PACKAGE) is not None


def folder_of(models: Path | None) -> Path:
    """The folder that was named, else that of the package. Raises: FileNotFoundError where there is neither."""
    if models is not None:
        return models
    if not are_there(None):
        raise FileNotFoundError(
            "EasyOCR's own networks are not here. Put them into a folder and set BILLIFY_MODELS to it, or leave "
            'BILLIFY_RECOGNISER at "billify", which needs none of them.'
        )
    import easyocr_en_models

    return Path(easyocr_en_models.model_dir())
