"""On which account a bill is booked: as that vendor's last one, else by what its lines and its vendor speak of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from rapidfuzz import fuzz
from sqlmodel import Session, col, select

from storage import audit
from storage.bills.lifecycle import BOOKED
from storage.db.locks import acquire_lock
from storage.errors import NoSuchAccount
from storage.ledger import accounts
from storage.ledger.account_naming import plain_words, refuse_name
from storage.models import Account, AccountType, Bill, BillState, Side

TYPES = {Side.PAYABLE: AccountType.EXPENSE, Side.RECEIVABLE: AccountType.INCOME}
VENDOR_WEIGHT = 2
"""A word in the vendor's name tells more than one in a line."""

PLAIN = 2
"""So many points, and twice those of any other category, make a suggestion that need not be checked."""

SURE, LIKELY, GUESSED = 0.95, 0.9, 0.6
_IN_COMPOUNDS = (
    5  # letters of a word that counts within another: "papier" in "Kopierpapier", but not "bar" in "Barclays"
)
_MISREAD = 90.0  # per cent of likeness of two words that may be one, misread


@dataclass(frozen=True)
class Suggestion:
    """An account's code, how probable it is, and why, as a phrase for a person."""

    code: str
    confidence: float
    reason: str


def suggest(
    session: Session, side: Side, vendor_id: int | None, vendor: str | None, lines: Sequence[str]
) -> Suggestion | None:
    """The account for a bill of this vendor with these descriptions of lines; None when nothing speaks for any."""
    open_ = accounts.categories(session, TYPES[side])
    known = {account.code for account in open_}
    if vendor_id is not None and (last := _last(session, side, vendor_id)) in known:
        assert last is not None
        return Suggestion(last, SURE, "as for their last bill")
    return by_words(open_, vendor, lines)


def by_words(open_: Iterable[Account], vendor: str | None, lines: Sequence[str]) -> Suggestion | None:
    """The account of which the name and the lines speak most; None when they speak of none, or of two alike."""
    points: Counter[str] = Counter()
    heard: dict[str, str] = {}
    for account in open_:
        for text, weight in ((vendor or "", VENDOR_WEIGHT), *((line, 1) for line in lines)):
            if word := _spoken_of(account.words, text):
                points[account.code] += weight
                heard.setdefault(account.code, word)
    if not points:
        return None
    (code, most), second = points.most_common(1)[0], sum(n for _, n in points.most_common(2)[1:])
    if most == second:
        return None
    plain = most >= PLAIN and most >= 2 * second
    return Suggestion(code, LIKELY if plain else GUESSED, f"because of “{heard[code]}”")


def category(session: Session, code: str, side: Side) -> Account:
    """The account that bills of this side can be booked on. Raises: NoSuchAccount."""
    found = next((a for a in accounts.categories(session, TYPES[side]) if a.code == code), None)
    if found is None:
        raise NoSuchAccount("There is no category “{code}”. Say “categories” to see those that there are.", code=code)
    return found


def add(session: Session, name: str, *, person_id: int, now: datetime) -> Account:
    """A further expense category. Raises: WrongState when there is one of this name."""
    acquire_lock(session, "chart of accounts")
    refuse_name(session, name)
    code = _free_code(session, name)
    made = Account(code=code, name=name, type=AccountType.EXPENSE, words=[name.casefold()])
    session.add(made)
    session.flush()
    audit.record(session, "added account", person_id=person_id, now=now, details={"account": code})
    return made


def _last(session: Session, side: Side, vendor_id: int) -> str | None:
    """The category of the vendor's latest bill on which a person agreed; so what is undone is forgotten."""
    query = select(Bill).where(Bill.vendor_id == vendor_id, Bill.side == side, Bill.state != BillState.VOID)
    for bill in session.exec(query.where(col(Bill.category).is_not(None)).order_by(col(Bill.id).desc()).limit(5)).all():
        if bill.state in BOOKED or bill.evidence.get("category", {}).get("source") == "person":
            return bill.category
    return None


def _spoken_of(words: Sequence[str], text: str) -> str | None:
    """The first of the words that the text has, also within a compound or slightly misread; None for none."""
    plain = plain_words(text)
    tokens = plain.split()
    for word in words:
        wanted = plain_words(word)
        if f" {wanted} " in f" {plain} ":
            return word
        if len(wanted) < _IN_COMPOUNDS or " " in wanted:
            continue
        if any(wanted in token or fuzz.ratio(wanted, token) >= _MISREAD for token in tokens):
            return word
    return None


def _free_code(session: Session, name: str) -> str:
    slug = "-".join(plain_words(name).split())[:24] or "category"
    taken = set(session.exec(select(Account.code).where(col(Account.code).startswith(slug))).all())
    return next(made for n in range(1, len(taken) + 2) if (made := slug if n == 1 else f"{slug}-{n}") not in taken)
