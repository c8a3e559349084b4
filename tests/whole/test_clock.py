"""The clock as it runs: several of them, on one ledger, and what people get."""

from __future__ import annotations

import asyncio
import os
import re
from pathlib import Path

import pytest

from tests.fakes.servers.ports import free_port
from tests.whole.conftest import COMMAND


@pytest.fixture
def environment(tmp_path: Path, postgres_url: str) -> dict[str, str]:
    return {
        **os.environ,
        "BILLIFY_HOME": str(tmp_path),
        "BILLIFY_DATABASE_URL": postgres_url,
        "BILLIFY_TIME_ZONE": "Europe/Berlin",
        "BILLIFY_WEB_PORT": str(free_port()),
        "BILLIFY_MAIL_PORT": str(free_port()),
        "COLUMNS": "400",
    }


async def billify(environment: dict[str, str], *arguments: str) -> str:
    called = await asyncio.create_subprocess_exec(
        *COMMAND, *arguments, env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    out, err = await asyncio.wait_for(called.communicate(), timeout=120)
    assert called.returncode == 0, err.decode()
    return out.decode()


async def test_several_clocks_send_one_reminder(environment: dict[str, str], samples: Path, tmp_path: Path) -> None:
    said_on = ("--now", "2025-03-21T10:00:00+01:00")
    await billify(environment, "say", *said_on, "--attach", str(samples / "acme-invoice.pdf"))
    await billify(environment, "say", *said_on, "confirm")
    told = await asyncio.gather(
        *(billify(environment, "clock", "--once", "--now", "2025-04-01T09:00:00+02:00") for _ in range(3))
    )
    assert all("Acme GmbH 2024-117 is due tomorrow" in text or text == "" for text in told)
    mails = [file.read_text() for file in (tmp_path / "mail" / "new").iterdir()]
    reminders = [mail for mail in mails if "is due tomorrow" in mail]
    assert len(reminders) == 1, "one mail, however many clocks asked"
    assert "Auto-Submitted: auto-generated" in reminders[0]
    assert re.search(r"^Subject: .*Acme", reminders[0], re.M) or "Subject: =?utf-8?" in reminders[0]
    assert "In-Reply-To" not in reminders[0]
    again = await billify(environment, "clock", "--once", "--now", "2025-04-01T12:00:00+02:00")
    assert again == ""
