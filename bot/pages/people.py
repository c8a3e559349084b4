"""Who is here, the company, its rules, and how who looks wants to be told things."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session

from bot.pages.page import Page, Visit
from handlers import requests as asked
from handlers.bills.shown.versions import stamped
from handlers.button_ids import suggestion_choices
from handlers.context import Context
from handlers.language.formats import country
from handlers.language.translation import say, sayable
from handlers.people.approval_rules import rules
from handlers.people.colleagues import channels_of
from handlers.reminders.reminder_settings import reminder_settings
from handlers.rights.labels import ROLES
from storage.people import company, identities, people


def _values(session: Session, context: Context, visit: Visit) -> dict[str, Any]:
    own = company.company(session)
    ways = suggestion_choices((say("answer in English"), say("answer in German"), say("reminders off")))
    (settings,) = reminder_settings(session, context, asked.Reminders())
    facts = (
        (say("Company"), own.name),
        (say("Country"), country(own.country) if own.country else ""),
        (say("VAT ID"), own.vat_id),
        (say("Currency"), context.currency),
        (say("Time zone"), str(context.zone)),
    )
    return {
        "people": [
            (one, say(ROLES[one.role]), channels_of(identities.identities_of(session, one.id)))
            for one in people.everybody(session)
        ],
        "me": context.asker.id,
        "facts": [(name, value) for name, value in facts if value],
        "rules": rules(session, context, asked.ShowApprovalRules())[0],
        "settings": settings,
        "ways": stamped(session, (settings,))[0].choices or ways,
    }


PAGE = Page("/people", sayable("People and settings"), "people.html", lambda _: asked.WhoIsHere(), _values)
