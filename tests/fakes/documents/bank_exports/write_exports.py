"""Writes all exports with what is right of them, for `billify bench statements`:
`python -m tests.fakes.documents.bank_exports.write_exports FOLDER`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests.fakes.documents.bank_exports.every_export import EXPORTS


def write_exports(folder: Path) -> None:
    """Writes the files and their truth.jsonl."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = []
    for export in EXPORTS:
        (folder / export.name).write_bytes(export.data)
        row: dict[str, object] = {"file": export.name, "currency": export.currency}
        row["movements"] = [(day.isoformat(), str(amount)) for day, amount in export.moved]
        if export.closing is not None:
            row |= {"opening_balance": str(export.opening), "closing_balance": str(export.closing)}
        rows.append(json.dumps(row))
    (folder / "truth.jsonl").write_text("\n".join(rows) + "\n", "utf-8")


if __name__ == "__main__":
    write_exports(Path(sys.argv[1]))
