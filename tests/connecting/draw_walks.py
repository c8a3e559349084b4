"""Draws the pictures of docs/guides/connecting.md: `python -m tests.connecting.draw_walks` walks through connecting
Slack and Telegram, against the fakes, and keeps what the terminal shows."""

from __future__ import annotations

import asyncio
import io
import os
import re
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from rich.console import Console

from bot.channels.slack.workspaces.manifest import manifest
from bot.console.connect.guide import Guide
from bot.console.connect.slack import connect_slack
from bot.console.connect.telegram import connect_telegram
from config.setting_faults import load_settings
from tests.fakes.platforms import slack, telegram

GUIDES = Path(__file__).resolve().parents[2] / "docs" / "guides"


async def draw(
    name: str,
    typed: tuple[str, ...],
    walk: Callable[[Guide], Awaitable[None]],
    join: Callable[[str], Awaitable[object]],
) -> None:
    """Walks through it with these answers; `join` says the code there."""
    sys.stdin = io.StringIO("".join(f"{line}\n" for line in typed))
    console = Console(file=io.StringIO(), width=96, record=True, highlight=False)
    walking = asyncio.ensure_future(walk(Guide(console)))
    while not (found := re.search(r"(\w{4}-\w{4}-\w{4})", console.export_text(clear=False))):
        await asyncio.sleep(0.05)
    await join(found[1])
    await walking
    shown = console.export_svg(title=f"billify connect {name}")
    shown = re.sub(r"@font-face \{.*?\}", "", shown, flags=re.S)  # of a server elsewhere
    shown = re.sub(r"/tmp/\S+?/billify.toml", "~/billify.toml", shown)
    (GUIDES / f"connect-{name}.svg").write_text(shown, "utf-8")


async def main() -> None:
    """Draws both."""
    on_slack, on_telegram = slack.FakeSlack(), telegram.FakeTelegram()
    runners = [await on_slack.start(), await on_telegram.start()]
    with tempfile.TemporaryDirectory() as home:
        set_here = {"HOME": home, "MAIL_PORT": "0", "OWNER_NAME": "Olga"}
        set_here |= {"SLACK_API_URL": f"{on_slack.url}/api/", "TELEGRAM_API_URL": on_telegram.url}
        os.environ.update({f"BILLIFY_{key}": value for key, value in set_here.items()})
        granted = manifest()["oauth_config"]
        manifest().clear()  # its address would fill the picture
        manifest()["oauth_config"] = granted
        await draw(
            "slack",
            (slack.BOT_TOKEN, slack.APP_TOKEN),
            lambda guide: connect_slack(load_settings(), "", "", guide),
            lambda code: on_slack.push(on_slack.message(f"join {code}")),
        )
        await draw(
            "telegram",
            (telegram.TOKEN,),
            lambda guide: connect_telegram(load_settings(), "", guide),
            lambda code: on_telegram.say(f"/start {code.replace('-', '')}"),
        )
    for runner in runners:
        await runner.cleanup()


if __name__ == "__main__":
    asyncio.run(main())
