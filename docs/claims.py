"""The claims of `SECURITY.md` against the code: it fails where a row names no test, or what does not exist."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FILE = ROOT / "SECURITY.md"
_NAMED = re.compile(r"`([^`]+)`")


def problems(text: str) -> Iterator[str]:
    """What is wrong with a document of claims, a line each; its tables are of claim, places and tests."""
    lines = enumerate(text.splitlines(), 1)
    rows = [(number, line.strip("| ").split(" | ")) for number, line in lines if line.startswith("| ")]
    if not rows:
        yield "it claims nothing"
    for number, row in rows:
        if row[0] in ("Claim", "---"):
            continue
        if len(row) != 3:
            yield f"line {number}: a row is of claim, places and tests"
            continue
        places, shown_by = (_NAMED.findall(cell) for cell in row[1:])
        if not places or not shown_by:
            yield f"line {number}: “{row[0]}” names no {'test' if places else 'place'}"
        yield from (f"line {number}: {place} does not exist" for place in places if not (ROOT / place).exists())
        yield from (f"line {number}: {test} does not exist" for test in shown_by if not _exists(test))


def _exists(test: str) -> bool:
    file, _, name = test.partition("::")
    return name in _tests(ROOT / file)


@cache
def _tests(file: Path) -> frozenset[str]:
    """What pytest calls the tests of a file, those of classes as Class::test; none where there is no such file."""
    if not (file.name.startswith("test_") and file.is_file()):
        return frozenset()
    found = set()
    for node in ast.parse(file.read_text("utf-8")).body:
        inside = node.body if isinstance(node, ast.ClassDef) and node.name.startswith("Test") else [node]
        prefix = f"{node.name}::" if isinstance(node, ast.ClassDef) else ""
        found |= {prefix + one.name for one in inside if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)}
    return frozenset(name for name in found if name.rpartition("::")[2].startswith("test_"))


def main() -> int:
    """Prints what is wrong; 1 if anything is."""
    wrong = [f"{FILE.name}, {problem}" for problem in problems(FILE.read_text("utf-8"))]
    print("\n".join(wrong), file=sys.stderr, end="\n" if wrong else "")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
