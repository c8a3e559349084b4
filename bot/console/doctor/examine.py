"""Asks everything, in its order, and prints what was found."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import asdict
from datetime import UTC, datetime

from rich.console import Console
from rich.markup import escape

from bot.application.app import App, open_app
from bot.console.doctor import deliveries, installation, machine, platforms
from bot.console.doctor.finding import Finding
from config.settings import Settings

console = Console(highlight=False, soft_wrap=True)


async def doctor(settings: Settings, as_json: bool) -> int:
    """Prints what was found; 1 where anything needs a hand, else 0. Changes nothing, but for a first start's doings."""
    findings = installation.findings(settings)
    if all(finding.well for finding in findings if finding.what in installation.NEEDED):
        async with open_app(settings, "doctor") as app:
            findings += [finding async for finding in _findings(app)]
    if as_json:
        print(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False))
    else:
        for finding in findings:
            mark = "[green]✓[/green]" if finding.well else "[red]✗[/red]"
            console.print(f"{mark} [bold]{escape(finding.what)}[/bold]  {escape(finding.text)}")
    return 0 if all(finding.well for finding in findings) else 1


async def _findings(app: App) -> AsyncIterator[Finding]:
    now = datetime.now(UTC)
    yield await machine.clock(app)
    yield await machine.originals(app)
    processes = await machine.processes(app)
    yield processes
    runs = processes.well and bool(app.jobs.serving())
    yield await machine.web_address(app.settings, runs)
    if app.settings.mail_port:
        yield await machine.mail_port(app.settings, runs)
    yield await platforms.channels(app, now)
    async for finding in platforms.tokens(app.settings):
        yield finding
    async for finding in platforms.mail_servers(app.settings, app):
        yield finding
    yield await deliveries.outboxes(app, now)
    yield await deliveries.quarantined(app)
    yield await deliveries.mails(app, now)
    yield await deliveries.backup(app, now)
