"""Books a bill on another category; the vendor's next bill follows."""

from __future__ import annotations

from sqlmodel import Session

from handlers.banking.movements import book
from handlers.bills.amend import amend
from handlers.bills.find_bill import find_bill
from handlers.button_ids import choice_id
from handlers.context import Context
from handlers.language.translation import say
from handlers.messages import Choice, Reply
from handlers.requests import Amend, BookMovement, Categorise, FieldChange
from handlers.wording import account_names
from storage.bank import bank_movements
from storage.bills import categories
from storage.ledger import accounts

MOST = 6


def categorise(session: Session, context: Context, request: Categorise) -> tuple[Reply, ...]:
    """The bill on the category that was named; asked for with the likely ones as buttons where none was.

    Where no bill is meant, but movements of the bank were shown here last and only one is open, it is that.
    Raises: NotFound for a category that there is not; LedgerError.
    """
    of_movement = context.last.movements and context.bill is None and request.bill_hint is None
    if request.category and of_movement and len(bank_movements.open_movements(session)) == 1:
        return book(session, context, BookMovement(request.category))
    bill = find_bill(session, context, request.bill_hint)
    known = accounts.categories(session, categories.TYPES[bill.side])
    if request.category is not None:
        change = FieldChange("category", account_names.find_account(known, request.category).code)
        return amend(session, context, Amend((change,), request.bill_hint))
    found = categories.suggest(session, bill.side, bill.vendor_id, bill.vendor, ())
    first = [account for account in known if found and account.code == found.code]
    offered = (first + [account for account in known if account not in first])[:MOST]
    buttons = tuple(
        Choice(choice_id("category", bill.id, account.code), account_names.account_name(account)) for account in offered
    )
    text = say("On which category? Press one, or say “book it as …”; “categories” lists them all.")
    return (Reply(text, choices=buttons, bill=bill.id),)
