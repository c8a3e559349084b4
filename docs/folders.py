"""The folders of the project as a table: `make folders`; with what tests cover of each, after `make coverage`.

What a folder may import is read from the layers in `pyproject.toml`, which `make check` holds true: whatever lies in a
lower layer of its package, and of the packages below.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
MOST_FILES, MOST_LINES = 15, 300
"""What a folder and a file may hold; `exceptions` names what may hold more."""


def main(arguments: list[str]) -> int:
    """Prints the table; fails where a folder or a file is too full (`--check` prints only those)."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]
    allowed = may_import(settings["importlinter"]["contracts"])
    exceptions = settings["folders"]["exceptions"]
    covered = coverage() if "--check" not in arguments else {}
    if "--check" not in arguments:
        print(f"{'folder':34} {'files':>5} {'lines':>6} {'covered':>8}  may import")
        for folder, files in folders():
            lines = sum(map(length, files))
            print(f"{folder:34} {len(files):5} {lines:6} {covered.get(folder, ''):>8}  {allowed.get(folder, '')}")
    full = [problem for folder, files in folders() for problem in too_full(folder, files, exceptions)]
    print("\n".join(full), file=sys.stderr, end="\n" if full else "")
    return 1 if full else 0


def folders() -> Iterator[tuple[str, list[Path]]]:
    """Every folder with Python files, and these, by name."""
    for top in ("bot", "handlers", "extraction", "storage", "config", "tests", "training"):
        for folder in sorted({file.parent for file in (ROOT / top).rglob("*.py")}):
            yield str(folder.relative_to(ROOT)), sorted(folder.glob("*.py"))


def length(file: Path) -> int:
    """Lines of a file."""
    return len(file.read_text("utf-8").splitlines())


def too_full(folder: str, files: list[Path], exceptions: list[str]) -> Iterator[str]:
    """What is wrong with a folder, a line each."""
    modules = [file for file in files if file.name not in ("__init__.py", "conftest.py")]
    if len(modules) > MOST_FILES and not folder.startswith(tuple(exceptions)):
        yield f"{folder}: {len(modules)} files; {MOST_FILES} are enough for a folder"
    for file in files:
        name = str(file.relative_to(ROOT))
        if (lines := length(file)) > MOST_LINES and not name.startswith(tuple(exceptions)):
            yield f"{name}: {lines} lines; {MOST_LINES} are enough for a file"


def may_import(contracts: list[Mapping[str, Any]]) -> dict[str, str]:
    """Folder → what the layers below it are, in words."""
    found: dict[str, str] = {}
    for contract in contracts:
        if contract["type"] != "layers":
            continue
        layers = [[name.strip("() ") for name in layer.replace(":", "|").split("|")] for layer in contract["layers"]]
        for container in contract.get("containers", [""]):
            for n, layer in enumerate(layers):
                lower = layers[n + 1 :]
                below = ", ".join(lower[0]) + (" and below" if len(lower) > 1 else "") if lower else ""
                for name in layer:
                    place = "/".join((*container.split("."), *name.split("."))).strip("/")
                    found[place] = below or "nothing"
    return found


def coverage() -> dict[str, str]:
    """Folder → percentage of its lines that tests ran; empty where `make coverage` has not run."""
    if not (ROOT / ".coverage").exists():
        return {}
    from coverage import Coverage

    measured = Coverage(data_file=ROOT / ".coverage", config_file=ROOT / "pyproject.toml")
    measured.load()
    known = {Path(file).resolve() for file in measured.get_data().measured_files()}
    found = {}
    for folder, files in folders():
        statements = missed = 0
        for file in known.intersection(files):
            _, lines, _, missing, _ = measured.analysis2(str(file))
            statements, missed = statements + len(lines), missed + len(missing)
        if statements:
            found[folder] = f"{100 * (statements - missed) / statements:.0f} %"
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
