"""Programs of other people that tests run."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest


def needed(program: str, package: str, folders: Iterable[str | Path] = ()) -> str:
    """The path of a program, from `PATH` or else from further folders.

    Where it is not installed, the test skips and names the Debian package; in CI (environment variable `CI`) it fails.
    """
    searched = os.pathsep.join([os.environ.get("PATH", os.defpath), *map(str, folders)])
    if found := shutil.which(program, path=searched):
        return found
    missing = f"{program} is not installed (Debian: apt-get install {package})"
    if os.environ.get("CI"):
        pytest.fail(missing)
    pytest.skip(missing)
