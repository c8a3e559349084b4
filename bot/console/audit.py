"""`billify audit`: whether the audit trail is whole, and the trail as files."""

from __future__ import annotations

import asyncio
import re
from datetime import date
from pathlib import Path

from rich.console import Console
from sqlmodel import Session

from bot.application.app import App, open_app
from bot.console.books import write_file
from config.settings import Settings
from handlers.errors import BillifyError
from handlers.exports.audit_trail import audit_files, audit_table
from handlers.trail.days import span
from storage.db.tenancy import acting, acting_for
from storage.trail.records import records
from storage.trail.verification import Anchor, Verified
from storage.trail.verification import verify as verify_chain

console = Console(highlight=False, soft_wrap=True)


async def verify(settings: Settings, told: str = "") -> None:
    """Prints for each company what was found, and its head to note elsewhere. `told` is a head that was noted so.

    Raises: BillifyError naming the first row that does not hold.
    """
    async with open_app(settings, "audit") as app:
        only = acting()
        known = [only] if only is not None else await app.companies.each()
        if told and len(known) > 1:
            raise BillifyError("Say of which company that head is, as in `billify --company 2 audit verify --head …`.")
        faults = [fault for company in known if (fault := await _verified(app, company, told))]
    if faults:
        raise BillifyError("\n".join(faults))


async def _verified(app: App, company: int, told: str) -> str:
    """Prints what holds; what does not, "" for nothing."""
    noted = app.heads.noted(company)
    with acting_for(company):
        found = await app.database.read(verify_chain, *filter(None, (noted, _anchor(told) if told else None)))
    if found.fault:
        return f"Company {company}: {found.fault} The rows before it hold ({found.links})."
    console.print(f"Company {company}: {found.links} rows hold{_erased(found)}. Head: {found.links}:{found.hash}")
    if noted is None:
        console.print(
            "  Where it ended was never noted outside of the database before, so rows cut off at the end before now "
            "would not be missed; from now on they are."
        )
    app.heads.note(company, Anchor(found.links, found.hash))
    return ""


def _erased(found: Verified) -> str:
    return f", of {found.erased} the text was erased for data protection" if found.erased else ""


def _anchor(told: str) -> Anchor:
    said = re.fullmatch(r"(\d+):([0-9a-f]{64})", told.strip())
    if not said:
        raise BillifyError(f"“{told}” is no head. It looks like 120:9f3c…, as `billify audit verify` prints it.")
    return Anchor(int(said[1]), said[2])


async def export(settings: Settings, since: date | None, until: date | None, folder: Path) -> None:
    """Writes the files of a company and prints their paths, with the chain's head. Raises: BillifyError."""
    if since and until and until < since:
        raise BillifyError(f"{until} is before {since}. Give the first day first.")
    async with open_app(settings, "audit") as app:
        begin, end = span(since, until, app.zone)

        def read(session: Session) -> tuple[list[tuple[str, bytes]], Verified]:
            table = audit_table(session, records(session, since=begin, before=end))
            return list(audit_files("audit", table)), verify_chain(session)

        files, found = await app.database.read(read)
        for name, data in files:
            print(await asyncio.to_thread(write_file, folder / name, data))
        if found.fault:
            raise BillifyError(f"The files are written, but the audit does not hold: {found.fault}")
        console.print(f"Head of the audit: {found.links}:{found.hash}")
