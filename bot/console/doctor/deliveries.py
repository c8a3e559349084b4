"""What waits to be delivered, or to be decided, whether each mail is accounted for, and whether all is backed up."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.application.app import App
from bot.background.backups import trouble
from bot.console.doctor.finding import MOST_LINES, Finding
from storage.backup import runs
from storage.mail import mail_log, quarantine
from storage.messages import outbox
from storage.models import MailOutcome, OutboxItem

LATE = timedelta(hours=1)


async def outboxes(app: App, now: datetime) -> Finding:
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


async def quarantined(app: App) -> Finding:
    waiting = await app.database.read(quarantine.waiting)
    full = len(waiting) >= 0.9 * app.settings.quarantine_mails
    text = f"{len(waiting)} mails wait for a decision"
    hint = ": say “which mails wait?” in any chat, or raise BILLIFY_QUARANTINE_MAILS"
    return Finding("Quarantine", not full, f"{text}{hint}" if full else text)


async def mails(app: App, now: datetime) -> Finding:
    week = await app.database.read(mail_log.arrived_between, now - timedelta(days=7), now, most=10_000)
    lost = [record for record in week if record.outcome is MailOutcome.REFUSED and record.reason == "failed"]
    if not lost:
        return Finding("Mails", True, f"{len(week)} arrived in the last 7 days, each is accounted for")
    lines = [f"{record.sender}, “{record.subject}”: {record.detail}" for record in lost[:MOST_LINES]]
    return Finding("Mails", False, "\n    ".join([f"{len(lost)} could not be taken in; the log says why", *lines]))


async def backup(app: App, now: datetime) -> Finding:
    """How old the last backup is, and whether that is as the settings want it."""
    last = await app.database.read(runs.latest_whole)
    text = f"the last one is of {last.begun_at:%Y-%m-%d %H:%M} UTC ({last.name})" if last else "none was made yet"
    if not app.settings.backup_url:
        hint = "; set BILLIFY_BACKUP_URL to a folder on another disk, or s3://bucket/folder, to have them made"
        return Finding("Backup", True, text + hint)
    fault = await app.database.read(trouble, timedelta(hours=app.settings.backup_hours), now)
    mend = ": see to BILLIFY_BACKUP_URL, then run “billify backup”"
    return Finding("Backup", not fault, f"{fault}{mend}; {text}" if fault else text)
