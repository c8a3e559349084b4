"""What lies in the home folder of a Billify that runs: no code or token that was told, and nothing that was said."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.whole.conftest import Running, running

pytestmark = pytest.mark.ocr

SAID = "what do we owe the quixotic zeppelin works?"


async def test_nothing_that_was_told_lies_on_the_disk_in_the_clear(tmp_path: Path, samples: Path) -> None:
    """In neither database, nor their logs, nor any file beside them; while it runs, and afterwards."""
    async with running(tmp_path) as billify:
        told = [
            await _code(billify, "invite Ada", r"\b[A-Z0-9]{4}(?:-[A-Z0-9]{4}){2}\b"),
            await _code(billify, "create an API token for Zapier", r"\bbfy_\S+"),
            re.sub(r".*/", "", billify.link),
            "quixotic zeppelin",
        ]
        await billify.call("say", SAID)
        await billify.call("say", "--attach", str(samples / "corrib-power-bill.pdf"))
        _lies_nowhere(tmp_path, told, (samples / "corrib-power-bill.pdf").read_bytes()[:200])
    _lies_nowhere(tmp_path, told, (samples / "corrib-power-bill.pdf").read_bytes()[:200])


async def _code(billify: Running, said: str, looks: str) -> str:
    found = re.search(looks, await billify.call("say", said))
    assert found, said
    return found[0].rsplit("/", 1)[-1]


def _lies_nowhere(home: Path, told: list[str], document: bytes) -> None:
    files = [path for path in home.rglob("*") if path.is_file()]
    assert any(path.name == "ledger.db" for path in files)
    for path in files:
        kept = path.read_bytes()
        assert document not in kept, path
        for word in told:
            assert word.encode() not in kept, f"{word} in {path}"
