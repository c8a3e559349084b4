"""Somebody at a terminal who is led through connecting a platform."""

from __future__ import annotations

import asyncio
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console

from bot.console.connect.guide import Guide


class Terminal:
    """What somebody types, in lines, and what is shown to them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch
        self._shown = io.StringIO()
        self.guide = Guide(Console(file=self._shown, width=2000, highlight=False))

    def types(self, *lines: str) -> None:
        self._monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))

    @property
    def shown(self) -> str:
        return self._shown.getvalue()

    async def sees(self, pattern: str) -> str:
        """The first group of what it shows, as soon as it does."""
        async with asyncio.timeout(30):
            while not (found := re.search(pattern, self.shown)):
                await asyncio.sleep(0.02)
        return found[1]


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    return Terminal(monkeypatch)


@pytest.fixture
def set_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Sets what the environment says beside a home of its own; the home's folder."""

    def set_up(**variables: str) -> Path:
        for name, value in {"home": str(tmp_path), "mail_port": "0", "owner_name": "Olga", **variables}.items():
            monkeypatch.setenv(f"BILLIFY_{name.upper()}", value)
        return tmp_path

    return set_up
