"""What may be meant by "the last payment" or "the Telekom payment", to be asked about before anything is taken back."""

from __future__ import annotations

from sqlmodel import Session

from handlers.books.undo_rights import allowed
from handlers.context import Context
from handlers.rights import permitted
from storage.bills import lifecycle
from storage.bills.vendors import find_vendors
from storage.people import rights
from storage.undo import book_actions, changes
from storage.undo.changes import Change
from storage.undo.standing import OF_BILLS

MOST = 5
_KINDS = {
    "paid": ("pay", "paid", "zahl", "überw", "uberw", "transfer"),
    "confirmed": ("confirm", "bestät", "bestat", "post", "book", "buch"),
    "approved": ("approv", "freigab", "genehm"),
    "voided": ("void", "aside", "discard", "delet", "verw", "lösch", "losch", "beiseite"),
    "refused": ("refus", "reject", "ableh"),
    "amended": ("correct", "korrek", "chang", "änder", "ander", "edit"),
    "written off": ("writ", "abschreib", "ausbuch"),
    "allocated": ("alloc", "set-off", "set off", "verrechn"),
    "ordered": ("file", "datei", "sepa"),
    "transferred": ("transfer", "umbuch", "überw", "uberw"),
    "opened": ("opening", "anfang", "eröff", "eroff"),
    "prepaid": ("prepay", "advance", "voraus", "anzahl"),
    "valued": ("valu", "bewert"),
    "closed": ("clos", "abschl"),
    "appointed": ("role", "rolle"),
    rights.CHANGED: ("right", "recht"),
    "approval rule": ("rule", "regel"),
    "removed": ("remov", "entfern"),
    "invited": ("invit", "einlad"),
    "decided mail": ("mail",),
    "sender rule": ("mail", "sender", "absender"),
    "set alarm": ("remind", "erinner"),
    "chose": ("setting", "einstell", "digest", "quiet", "ruhe", "language", "sprach", "remind", "erinner"),
}
"""What the steps are called by, as words begin."""


def candidates(session: Session, context: Context, what: str, vendor: str | None) -> list[Change]:
    """The latest changes of that kind, about the vendor's bills where one is named, that the asker may take back."""
    person = None if permitted.only_of(session, context) is None else context.asker.id
    found = changes.lately(session, _actions(what), person, most=MOST * 8)
    known = {one.id for one in find_vendors(session, vendor)} if vendor else None
    return [
        change
        for change in found
        if (known is None or any(lifecycle.find(session, bill).vendor_id in known for bill in change.bills))
        and allowed(session, context, changes.standing_steps(session, change))
    ][:MOST]


def _actions(what: str) -> tuple[str, ...]:
    """The kinds of steps that the words name; all where they name none."""
    words = what.casefold().split()
    named = [
        action
        for action, beginnings in _KINDS.items()
        if any(word.startswith(beginning) for word in words for beginning in beginnings)
    ]
    return tuple(named) or (*OF_BILLS, *book_actions.BOOK_ACTIONS)
