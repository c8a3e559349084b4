"""What is known of the company: by it our own invoices are told from those that we get."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session

from handlers.books.undo_step import reply_with_undo
from handlers.context import Context
from handlers.language.formats import country
from handlers.language.translation import say, sayable
from handlers.messages import Reply
from handlers.requests import SetCompanyProfile
from handlers.wording.books import vat_texts
from storage.bank import bank_accounts
from storage.people import company

SAID = {
    "name": sayable("The company is called {value}. Invoices from it are our own."),
    "vat_id": sayable("Our VAT number is {value}."),
    "country": sayable("The company is in {value}."),
    "iban": sayable("{value} is our account."),
    "vat_basis": sayable("VAT is due {value}."),
    "datev_chart": sayable("Exports for DATEV use the chart {value}."),
    "datev_adviser": sayable("Our adviser at DATEV is {value}."),
    "datev_client": sayable("We are client {value} at DATEV."),
    "datev_corrections": sayable("Corrections are handed over {value}."),
}


CORRECTIONS = {"pairs": sayable("as pairs of booking and reversal"), "net": sayable("net, without what was reversed")}


def profile(session: Session, context: Context, request: SetCompanyProfile) -> tuple[Reply, ...]:
    """Notes it. Raises: LedgerError when the IBAN is another account's."""
    who: dict[str, Any] = {"person_id": context.asker.id, "now": context.now}
    if request.field == "iban":
        bank_accounts.add(session, "", cash=False, iban=request.value, currency=None, **who)
    else:
        company.change(session, request.field, request.value, **who)
    shown = country(request.value) if request.field == "country" else request.value
    if request.field == "vat_basis":
        shown = vat_texts.basis_name(request.value)
    elif request.field == "datev_chart":
        shown = request.value.upper()
    elif request.field == "datev_corrections":
        shown = say(CORRECTIONS[request.value])
    return reply_with_undo(session, context, say(SAID[request.field], value=shown))
