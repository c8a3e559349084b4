"""A disk of its own, so small that it can be filled, and that can be made read-only."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class SmallDisk:
    """Mounted at `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def fill(self) -> None:
        """To the last byte."""
        for size in (1 << 16, 1):
            with (self.folder / f"filler of {size}").open("wb", buffering=0) as file:
                try:
                    while True:
                        file.write(bytes(size))
                except OSError:
                    continue

    def make_room(self) -> None:
        for file in self.folder.glob("filler of *"):
            file.unlink()

    def make_read_only(self) -> None:
        """Where nothing is open for writing."""
        subprocess.run(["mount", "-o", "remount,ro", self.folder], check=True, capture_output=True)


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[SmallDisk]:
    """Mounts one in memory; only root may."""
    folder.mkdir()
    options = ("-t", "tmpfs", "-o", f"size={megabytes}m", "none")
    subprocess.run(["mount", *options, folder], check=True, capture_output=True)
    try:
        yield SmallDisk(folder)
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True, capture_output=True)
