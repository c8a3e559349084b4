"""The font of plain PDFs: DejaVu Sans, which comes with matplotlib and has the letters of Europe."""

from __future__ import annotations

from pathlib import Path

import matplotlib

DEJAVU = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
