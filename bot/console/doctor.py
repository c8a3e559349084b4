"""`billify doctor`: looks over an installation and says what needs a hand."""

from __future__ import annotations

import json
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta

from rich.console import Console
from rich.markup import escape
from sqlmodel import Session, func, select

from bot.application.app import App, open_app
from bot.application.mail_options import oauth_services
from bot.background.heartbeat import DEAD_AFTER
from bot.channels.mail.endpoint import Endpoint, endpoint
from bot.channels.mail.oauth import AccessTokens, SignInOver
from bot.channels.mail.oauth.token_endpoint import ServiceAway
from bot.channels.mail.outgoing.reachable import mailbox_fault, relay_fault
from config.settings import Settings
from handlers.mailbox.channel_faults import channel_name
from storage.documents.document_store import load_or_create_secret
from storage.errors import DocumentDamaged
from storage.mail import mail_log, quarantine
from storage.messages import channel_faults, heartbeats, outbox
from storage.models import Document, MailOutcome, OutboxItem

console = Console(highlight=False, soft_wrap=True)

LEAST_FREE = 500 * 1024 * 1024
LATE = timedelta(hours=1)
MOST_LINES = 10


@dataclass(frozen=True)
class Finding:
    """What was looked at, whether it is well, and what there is to say: what to do, where it is not."""

    what: str
    well: bool
    text: str


async def doctor(settings: Settings, as_json: bool) -> int:
    """Prints what was found; 1 where anything needs a hand, else 0."""
    async with open_app(settings, "doctor") as app:
        findings = [finding async for finding in _findings(app)]
    if as_json:
        print(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False))
    else:
        for finding in findings:
            mark = "[green]✓[/green]" if finding.well else "[red]✗[/red]"
            console.print(f"{mark} [bold]{escape(finding.what)}[/bold]  {escape(finding.text)}")
    return 0 if all(finding.well for finding in findings) else 1


async def _findings(app: App) -> AsyncIterator[Finding]:
    now = datetime.now(UTC)
    yield Finding("Databases", True, "reachable and up to date")
    yield _disk(app)
    yield await _originals(app)
    yield await _process(app, now)
    yield await _channels(app, now)
    async for finding in _mail_servers(app.settings, app):
        yield finding
    yield await _outbox(app, now)
    yield await _quarantine(app)
    yield await _mails(app, now)


def _disk(app: App) -> Finding:
    free = shutil.disk_usage(app.settings.home).free
    text = f"{free // 1024 // 1024:,} MB free in {app.settings.home}"
    return Finding("Disk", free >= LEAST_FREE, text if free >= LEAST_FREE else f"only {text}: make room")


async def _originals(app: App) -> Finding:
    """The latest document, to see whether the key is the one that documents were stored with."""

    def latest(session: Session) -> tuple[int, str | None]:
        newest = session.exec(select(Document.sha256).order_by(Document.id.desc())).first()  # type: ignore[attr-defined]
        return session.exec(select(func.count()).select_from(Document)).one(), newest

    number, newest = await app.database.read(latest)
    try:
        if newest:
            await app.documents.get(newest)
    except (DocumentDamaged, FileNotFoundError) as error:
        return Finding("Documents", False, str(error))
    return Finding("Documents", True, f"{number} originals, the latest can be opened")


async def _process(app: App, now: datetime) -> Finding:
    alive = await app.database.read(heartbeats.alive, now, DEAD_AFTER)
    return Finding("Processes", True, f"serving: {', '.join(alive)}" if alive else "none serves messages now")


async def _channels(app: App, now: datetime) -> Finding:
    """What the processes that listen said of their channels."""
    faults = await app.database.read(channel_faults.standing, now)
    if not faults:
        return Finding("Channels", True, ", ".join(app.channels))
    lines = [f"{channel_name(one.channel)} since {one.since:%Y-%m-%d %H:%M} UTC: {one.reason}" for one in faults]
    return Finding("Channels", False, "\n    ".join(["these do not work; they are tried again", *lines[:MOST_LINES]]))


async def _mail_servers(settings: Settings, app: App) -> AsyncIterator[Finding]:
    if url := settings.smtp_url.get_secret_value():
        fault = await _fault(settings, app, endpoint(url, "smtp", "BILLIFY_SMTP_URL"), relay_fault)
        text = f"no mail can be sent ({fault}): check BILLIFY_SMTP_URL" if fault else "the server takes our mail"
        yield Finding("Mail out", fault is None, text)
    if url := settings.imap_url.get_secret_value():
        fault = await _fault(settings, app, endpoint(url, "imap", "BILLIFY_IMAP_URL"), mailbox_fault)
        text = f"the mailbox cannot be read ({fault}): check BILLIFY_IMAP_URL" if fault else "the mailbox can be read"
        yield Finding("Mail in", fault is None, text)


async def _outbox(app: App, now: datetime) -> Finding:
    waiting, failed = await app.database.read(outbox.waiting), await app.database.read(outbox.failed)
    late = [item for item in waiting if now - item.queued_at >= LATE]
    if not waiting and not failed:
        return Finding("Outbox", True, "nothing waits")
    lines = [f"{len(waiting)} wait to be delivered, {len(failed)} could not be and nobody could be told"]
    lines += [_line(item) for item in [*failed, *waiting][:MOST_LINES]]
    return Finding("Outbox", not late and not failed, "\n    ".join(lines))


def _line(item: OutboxItem) -> str:
    since = item.queued_at.strftime("%Y-%m-%d %H:%M")
    return f"{item.channel} to {item.address}, “{item.subject}”, since {since} UTC, {item.tries} tries: {item.reason}"


async def _quarantine(app: App) -> Finding:
    waiting = await app.database.read(quarantine.waiting)
    full = len(waiting) >= 0.9 * app.settings.quarantine_mails
    text = f"{len(waiting)} mails wait for a decision"
    hint = ": say “which mails wait?” in any chat, or raise BILLIFY_QUARANTINE_MAILS"
    return Finding("Quarantine", not full, f"{text}{hint}" if full else text)


async def _mails(app: App, now: datetime) -> Finding:
    week = await app.database.read(mail_log.arrived_between, now - timedelta(days=7), now, most=10_000)
    lost = [record for record in week if record.outcome is MailOutcome.REFUSED and record.reason == "failed"]
    if not lost:
        return Finding("Mails", True, f"{len(week)} arrived in the last 7 days, each is accounted for")
    lines = [f"{record.sender}, “{record.subject}”: {record.detail}" for record in lost[:MOST_LINES]]
    return Finding("Mails", False, "\n    ".join([f"{len(lost)} could not be taken in; the log says why", *lines]))


async def _fault(
    settings: Settings, app: App, server: Endpoint, check: Callable[[Endpoint], Awaitable[str | None]]
) -> str | None:
    """What is wrong with a mail server, also where a service's sign-in lets us in; None for nothing."""
    secret = load_or_create_secret(settings.home / "secret.key")
    services = {service.name: service for service in oauth_services(settings)}
    try:
        return await check(await AccessTokens(app.database, secret, services).authorized(server))
    except (SignInOver, ServiceAway) as error:
        return str(error)
