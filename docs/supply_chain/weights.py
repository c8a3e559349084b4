"""The weights in the repository against `training/weights.toml`: fails where one is not named there, or is another."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from docs.supply_chain.dependencies import ROOT
from docs.supply_chain.licences import allowed

FILE = ROOT / "training" / "weights.toml"
SUFFIXES = frozenset((
    ".bin", ".caffemodel", ".ckpt", ".gguf", ".h5", ".joblib", ".keras", ".mlmodel", ".msgpack", ".npy", ".npz",
    ".onnx", ".pb", ".pickle", ".pkl", ".pt", ".pth", ".safetensors", ".tflite", ".traineddata",
))  # fmt: skip
_LARGE = 1_000_000
"""Bytes from which on what is no text is taken for weights, however it is called. The largest picture has 70,000."""


@dataclass(frozen=True)
class Weights:
    """A file of weights: its path from the root, what it does, what it began as and learned from, its licence."""

    file: str
    sha256: str
    what: str
    from_: str
    data: str
    licence: str


def named() -> list[Weights]:
    """What `training/weights.toml` names. Raises: TypeError where an entry leaves something out."""
    entries = tomllib.loads(FILE.read_text("utf-8"))["weights"]
    return [Weights(**{("from_" if name == "from" else name): value for name, value in one.items()}) for one in entries]


def committed(root: Path = ROOT) -> list[str]:
    """The files of weights that git tracks. Raises: CalledProcessError outside of a repository."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, check=True).stdout.decode()  # noqa: S607
    return sorted(one for one in listed.split("\0") if (root / one).is_file() and _are_weights(root / one))


def problems(files: Iterable[str], known: Iterable[Weights], root: Path = ROOT) -> Iterator[str]:
    """What is wrong, a line each."""
    found, manifest = set(files), {one.file: one for one in known}
    for name in sorted(found - manifest.keys()):
        yield f"{name} is not in {FILE.name}: what was it trained on, and what is its licence?"
    for name, weights in manifest.items():
        if name not in found:
            yield f"{name} is in {FILE.name} and not in the repository"
        elif sha256(root / name) != weights.sha256:
            yield f"{name} is another than in {FILE.name}; its SHA-256 is {sha256(root / name)}"
        if not weights.data or not allowed(weights.licence):
            yield f"{name} needs its data and a licence that licences.toml allows, and has “{weights.licence}”"


def sha256(file: Path) -> str:
    """Of a file, in hexadecimal."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _are_weights(file: Path) -> bool:
    if file.suffix.lower() in SUFFIXES:
        return True
    if file.stat().st_size < _LARGE:
        return False
    with file.open("rb") as opened:
        return b"\0" in opened.read(_LARGE)


def main() -> int:
    """Prints what is wrong; 1 if anything is."""
    wrong = list(problems(committed(), named()))
    print("\n".join(wrong), file=sys.stderr, end="\n" if wrong else "")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
