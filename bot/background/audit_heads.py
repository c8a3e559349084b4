"""Notes every night where each company's audit ends, so that what is cut off at its end later is missed."""

from __future__ import annotations

import asyncio
import logging

from bot.processing.companies import Companies
from storage.db.database import Database
from storage.db.tenancy import acting_for
from storage.errors import DocumentDamaged
from storage.trail.heads import Heads
from storage.trail.verification import Anchor, verify

log = logging.getLogger(__name__)


async def note_audit_heads(database: Database, companies: Companies, heads: Heads) -> None:
    """A chain that does not hold is not noted: what was noted before is what shows it."""
    try:
        noted = heads.all_noted()
    except DocumentDamaged as error:
        log.error("%s", error)
        return
    ends: dict[int, Anchor] = {}
    for company in await companies.each():
        with acting_for(company):
            found = await database.read(verify, *([noted[company]] if company in noted else []))
        if found.fault:
            log.error("the audit of company %d does not hold: %s", company, found.fault)
        else:
            ends[company] = Anchor(found.links, found.hash)
    await asyncio.to_thread(heads.note_all, ends)
