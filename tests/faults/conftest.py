"""Durable work with short pauses, and what only root may play."""

from __future__ import annotations

import os

import pytest

from tests.fakes.faults.quick import quick_pauses


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leases of a second, and pauses to match."""
    for module, name, value in quick_pauses():
        monkeypatch.setattr(module, name, value)


@pytest.fixture
def root() -> None:
    """Networks and disks can be made; skips where they cannot."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("only root may make networks and disks")
