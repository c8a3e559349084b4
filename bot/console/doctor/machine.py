"""What runs, and what it needs around it: clock, originals, processes, the web address, the port for mail."""

from __future__ import annotations

import asyncio

import httpx
from sqlmodel import Session, col, func, select

from bot.application.app import App
from bot.background.machine_watch import OLDEST
from bot.console.doctor.finding import Finding
from bot.console.operator_faults import operator_fault
from config.settings import Settings
from storage.errors import DocumentDamaged
from storage.models import Document

MOST_AHEAD = 2.0
"""Seconds that the clocks of two machines may differ; codes and links last for minutes."""
ANSWER_SECONDS = 5.0


async def clock(app: App) -> Finding:
    """Whether this machine's clock is that of the database."""
    ahead = await asyncio.to_thread(app.jobs.seconds_ahead)
    if abs(ahead) <= MOST_AHEAD:
        return Finding("Clock", True, f"{abs(ahead):.1f} s from the database's")
    way = "ahead of" if ahead > 0 else "behind"
    return Finding("Clock", False, f"{abs(ahead):.0f} s {way} the database's: have both machines set theirs by NTP")


async def originals(app: App) -> Finding:
    """The latest document, to see whether the key is the one that documents were stored with."""

    def latest(session: Session) -> tuple[int, str | None]:
        kept = select(Document.sha256).where(col(Document.discarded_at).is_(None))
        newest = session.exec(kept.order_by(col(Document.id).desc())).first()
        return session.exec(select(func.count()).select_from(Document)).one(), newest

    number, newest = await app.database.read(latest)
    try:
        if newest:
            await app.documents.get(newest)
    except (DocumentDamaged, OSError) as error:
        return Finding("Documents", False, operator_fault(error) or str(error))
    return Finding("Documents", True, f"{number} originals, the latest can be opened")


async def processes(app: App) -> Finding:
    """Who serves messages, and whether they come to it."""
    serving = await asyncio.to_thread(app.jobs.serving)
    lines = await asyncio.to_thread(app.jobs.lines)
    waiting, oldest = sum(line.length for line in lines.values()), max(line.oldest for line in lines.values())
    if serving:
        well = oldest < OLDEST.total_seconds()
        late = (
            "" if well else f"; a message has waited for {oldest / 60:.0f} minutes: the log says why, or start another"
        )
        return Finding("Processes", well, f"serving: {', '.join(serving)}; {waiting} messages in work{late}")
    if waiting:
        return Finding(
            "Processes", False, f"none serves messages, and {waiting} wait: start “billify run”, or a worker"
        )
    return Finding("Processes", True, "none serves messages now, and none waits")


async def web_address(settings: Settings, runs: bool) -> Finding:
    """Whether people reach the web chat at its address. `runs`: some process serves."""
    url = settings.chat_url
    try:
        async with httpx.AsyncClient(timeout=ANSWER_SECONDS) as client:
            answer = await client.get(f"{url}/readyz")
    except httpx.HTTPError as error:
        if not runs:
            return Finding("Web address", True, f"nothing listens at {url} now")
        why = " ".join(str(error).split()) or type(error).__name__
        mend = "start “billify web”, and check BILLIFY_WEB_URL, the proxy and its certificate"
        return Finding("Web address", False, f"{url} cannot be reached ({why}): {mend}")
    if answer.text == "ready\n":
        return Finding("Web address", True, f"{url} answers, and takes messages")
    if answer.text == "not ready\n":
        return Finding("Web address", False, f"{url} answers but takes no messages now: its log says why")
    return Finding(
        "Web address", False, f"something else answers at {url}: set BILLIFY_WEB_PORT to a free one, or its proxy right"
    )


async def mail_port(settings: Settings, runs: bool) -> Finding:
    """Whether our mail server answers at its port."""
    host = "127.0.0.1" if settings.mail_host in ("", "0.0.0.0", "::") else settings.mail_host  # noqa: S104
    where = f"{settings.mail_host}:{settings.mail_port}"
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            reader, writer = await asyncio.open_connection(host, settings.mail_port)
            said = await reader.readline()
            writer.close()
    except OSError as error:
        if not runs:
            return Finding("Mail port", True, f"nothing listens at {where} now")
        why = error.strerror or type(error).__name__
        return Finding("Mail port", False, f"no mail server answers at {where} ({why}): start “billify web”")
    if said.startswith(b"220"):
        return Finding("Mail port", True, f"a mail server answers at {where}")
    return Finding("Mail port", False, f"something else answers at {where}: set BILLIFY_MAIL_PORT to a free one")
