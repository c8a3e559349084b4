"""OpenVINO without its telemetry, which would otherwise tell Google Analytics of every import.

Its packages do without where `openvino_telemetry` cannot be imported, and here it cannot.
"""

from __future__ import annotations

import sys

sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]  # None: an import of it fails

import openvino  # noqa: E402
from openvino import Core, Model  # noqa: E402

__all__ = ["Core", "Model", "openvino"]
