"""The alert rules and the board in `docs/monitoring` ask for figures that there are, and the rules do what they say."""

from __future__ import annotations

import json
import re
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.parser import text_string_to_metric_families

from bot.application.app import open_app
from bot.background.figures import Figures, shown
from bot.telemetry.metrics import REGISTRY
from config.settings import Settings
from storage.messages import channel_faults
from tests.fakes.servers.certificates import certificate
from tests.fakes.servers.programs import needed

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "monitoring"
_NAME = re.compile(r"\b(?:billify|process)_[a-z_]+")
_OF_HISTOGRAMS = ("_bucket", "_count", "_sum")


async def known(tmp_path: Path) -> dict[str, str]:
    """The type of each figure by the name that one asks for; those of histograms by the names of their parts."""
    settings = Settings(home=tmp_path, web_certificate=certificate(tmp_path / "web.pem"))
    async with open_app(settings, "look") as app:
        now = datetime.now(UTC)
        await app.database.run(
            channel_faults.note, "mail IMAP", "web", reason="away", lasting=False, since=now, now=now
        )  # fmt: skip
        made = Figures(**{**vars(app.figures()), "last_backup": lambda: now - timedelta(hours=3)})
        with shown(made):
            families = list(REGISTRY.collect())
            told = CollectorRegistry()
            told.register(made)
            samples = {
                sample.name: sample.value
                for family in text_string_to_metric_families(generate_latest(told).decode())
                for sample in family.samples
            }
    assert samples["billify_backup_age_seconds"] == pytest.approx(3 * 3600, abs=60) and samples["billify_failing"] == 1
    assert samples["billify_certificate_expiry_timestamp_seconds"] > now.timestamp()
    names: dict[str, str] = {}
    for family in families:
        parts = _OF_HISTOGRAMS if family.type == "histogram" else ("_total",) if family.type == "counter" else ("",)
        names |= {family.name + part: family.type for part in parts}
    return names


def asked() -> dict[str, set[str]]:
    """The names that each expression asks for, by where it stands."""
    rules = yaml.safe_load((FOLDER / "alerts.yaml").read_text())["groups"][0]["rules"]
    board = json.loads((FOLDER / "board.json").read_text())
    wanted = {rule["alert"]: rule["expr"] for rule in rules}
    wanted |= {f"board, {panel['title']}": " ".join(t["expr"] for t in panel["targets"]) for panel in board["panels"]}
    return {where: set(_NAME.findall(text)) for where, text in wanted.items()}


async def test_every_figure_that_is_asked_for_is_there(tmp_path: Path) -> None:
    names = await known(tmp_path)
    for where, wanted in asked().items():
        assert wanted and wanted <= set(names), f"{where}: {wanted - set(names)}"


async def test_names_follow_the_conventions(tmp_path: Path) -> None:
    """A unit at the end, of seconds and bytes alone; counters end with what they are."""
    units = ("_seconds", "_bytes", "_total", "_info", "_messages", "_failing")
    for name, kind in (await known(tmp_path)).items():
        if name.startswith("billify_"):
            part = next((part for part in _OF_HISTOGRAMS if name.endswith(part)), "") if kind == "histogram" else ""
            assert name.removesuffix(part).endswith(units), name


async def test_every_figure_of_ours_is_on_the_board(tmp_path: Path) -> None:
    shown_there = set().union(*(names for where, names in asked().items() if where.startswith("board")))
    for name, kind in (await known(tmp_path)).items():
        if name.startswith("billify_") and kind != "histogram":
            assert name in shown_there or name == "billify_disk_size_bytes", name


def test_the_rules_say_what_they_should_when_they_should() -> None:
    """By Prometheus' own tool, on four hours that are told in `alerts-test.yaml`."""
    tool = needed("promtool", "prometheus")
    for arguments in (["check", "rules", "alerts.yaml"], ["test", "rules", "alerts-test.yaml"]):
        done = subprocess.run([tool, *arguments], cwd=FOLDER, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
