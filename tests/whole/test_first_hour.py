"""The first hour, with only what the README and the guide to connecting say: from an empty home to a company that is
served in Slack and has written from its mailbox. It takes long since three processes start, one after the other."""

from __future__ import annotations

import asyncio
import os
import re
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from tests.connecting.test_connect_mail import BOX, relaying
from tests.fakes.platforms import slack as fake_slack
from tests.fakes.platforms.slack import FakeSlack
from tests.fakes.servers.dovecot import PASSWORD, Dovecot
from tests.fakes.servers.ports import free_port
from tests.whole.conftest import COMMAND, process
from tests.whole.test_platforms import until

OLGA = "olga@acme.example"
README = Path(__file__).resolve().parents[2] / "README.md"


@asynccontextmanager
async def walking(*words: str, environment: dict[str, str]):
    """`billify connect …` at a terminal. Yields a function that types a line, and one that waits for what is shown."""
    process = await asyncio.create_subprocess_exec(
        *COMMAND, *words, env=environment, stdin=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    assert process.stdin is not None and process.stderr is not None
    shown = ""

    async def sees(pattern: str) -> str:
        nonlocal shown
        async with asyncio.timeout(120):
            while not (found := re.search(pattern, shown)):
                more = await process.stderr.read(4096)
                assert more, f"it ended: {shown}"
                shown += more.decode()
        return found[0]

    async def types(line: str) -> None:
        process.stdin.write(f"{line}\n".encode())
        await process.stdin.drain()

    yield types, sees
    shown += (await asyncio.wait_for(process.stderr.read(), 60)).decode()
    assert await process.wait() == 0, shown


def test_the_readme_leads_there() -> None:
    text = README.read_text("utf-8")
    assert "billify connect slack" in text and "docs/guides/connecting.md" in text


async def test_from_an_empty_home_to_slack_and_a_mailbox(tmp_path: Path, dovecot: Dovecot) -> None:
    platform = FakeSlack()
    runner = await platform.start()

    def seen(text: str) -> list[Any]:
        return [look for look in platform.messages.values() if text in str(look)]

    settings = {
        "BILLIFY_SLACK_API_URL": f"{platform.url}/api/",
        "BILLIFY_OWNER_NAME": "Olga",
        "COLUMNS": "400",
    }
    environment = {**os.environ, **settings, "BILLIFY_HOME": str(tmp_path), "BILLIFY_MAIL_PORT": "0"}
    async with relaying(dovecot.lmtp_port) as relay:
        async with walking("connect", "slack", environment=environment) as (types, sees):
            await types(fake_slack.BOT_TOKEN)
            await types(fake_slack.APP_TOKEN)
            code = (await sees(r"join \S+-\S+-\S+")).removeprefix("join ")
            await platform.push(platform.message(f"join {code}"))
            await sees("Heard you, and answered")
        async with walking("connect", "mail", environment=environment) as (types, sees):
            for line in (
                BOX,
                PASSWORD,
                f"imap://127.0.0.1:{dovecot.imap_port}",
                f"smtp://@127.0.0.1:{relay.port}",
                OLGA,
            ):
                await types(line)
            await sees(f"I wrote to {OLGA}")
        assert relay.left[-1].to == OLGA

        environment["BILLIFY_WEB_PORT"] = str(free_port())
        async with process("run", environment=environment, until="opens once"):
            await platform.push(platform.message("what's due?"))
            await until(lambda: seen("Nothing is due"))
    await runner.cleanup()
