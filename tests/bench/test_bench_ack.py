"""`billify bench ack`: both platforms are answered for each event, and only the rival looks anything up before."""

from __future__ import annotations

import json

from typer.testing import CliRunner

from bot.commands.command import app


def test_nothing_is_looked_up_before_a_platform_is_answered():
    from bot.commands import benchmarks  # noqa: F401 - makes the command known

    arguments = ["bench", "ack", "--events", "3", "--rival-events", "2", "--lookup-seconds", "0.01", "--json"]
    ran = CliRunner().invoke(app, arguments, catch_exceptions=False)
    found = {(one["who"], one["kind"]): one for one in json.loads(ran.stdout)}
    kinds = ["Slack message", "Slack thread", "Slack button", "Telegram message", "Telegram button"]
    assert list(found) == [(who, kind) for who in ("Billify", "looks up first") for kind in kinds]
    assert {one["events"] for (who, _), one in found.items() if who == "Billify"} == {3}
    for kind in kinds[:4]:
        assert (found["Billify", kind]["lookups"], found["looks up first", kind]["lookups"]) == (0, 2)
    assert all(one["p50"] <= one["p95"] <= one["worst"] for one in found.values())
