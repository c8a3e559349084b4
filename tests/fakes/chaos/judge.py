"""Whether what changed in the books is what may change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as day

from tests.fakes.chaos.snapshot import Books, Difference, Row

OF_BILLS = (
    "bill", "entry", "posting", "turnover", "amendment", "approval", "audit", "vendor", "vendoriban", "movement",
)  # fmt: skip
"""Tables that say something about a bill."""
ANY = (*OF_BILLS, "person", "preference", "approvalrule", "invitation", "alarm", "snooze", "company", "account")
COLUMNS = {
    "total_minor": {"total_minor", "open_minor", "subtotal_minor", "tax_minor", "taxes", "state"},
    "number": {"number", "number_key"},
    "tax_minor": {"tax_minor", "taxes"},
    "vendor": {"vendor", "vendor_id"},
}
"""What goes along with a column that is corrected."""
ALONG = {"evidence"}


@dataclass(frozen=True)
class Grant:
    """One change that is asked for: of these bills. Amounts are cents, None for all that is open.

    Of an undo `keys` are the messages that may be taken back (none: the last of the bill, if it is the asker's own),
    `restores` the books that it leads back to, `agreed` whether a person was shown it and may agree.
    """

    kind: str
    bills: frozenset[int] = frozenset()
    amount: int | None = None
    account: str = "bank"
    on: day = day(2025, 3, 21)
    values: tuple[tuple[str, object], ...] = ()
    tables: tuple[str, ...] = ()
    of: str | None = None
    movement: int | None = None
    keys: tuple[str, ...] = ()
    restores: Books | None = None
    agreed: bool | None = None
    date: day | None = None


def wrong(grant: Grant, change: Difference, who: str) -> str | None:
    """Why the change is not this one; None where it is."""
    return {
        "arrive": _arrival,
        "setting": _setting,
        "remind": _reminder,
        "undo": _undo,
        "match": _match,
        "keep": _kept,
    }.get(grant.kind, _of_bill)(grant, change, who)


def _arrival(grant: Grant, change: Difference, who: str) -> str | None:
    if change.money or change.new("entry"):
        return "a document that came in was booked"
    if any(now["state"] not in ("draft", "held") for now in change.new("bill")) or len(change.new("bill")) > 1:
        return "a document that came in is more than a draft"
    return (
        "a document that came in changed other bills"
        if change.changed("bill")
        else _only(change, {*OF_BILLS, "document"})
    )


def _setting(grant: Grant, change: Difference, who: str) -> str | None:
    person = change.before.person(who)["id"]
    if any(row.get("person_id") != person for pair in change.rows.get("preference", []) for row in pair if row):
        return "the settings of somebody else changed"
    if any(now["name"].lower() != grant.of for _, now in change.changed("person")):
        return "somebody else has another role"
    return _only(change, {*grant.tables, "audit"})


def _reminder(grant: Grant, change: Difference, who: str) -> str | None:
    person = change.before.person(who)["id"]
    set_ = [row for table in ("alarm", "snooze") for pair in change.rows.get(table, []) for row in pair if row]
    if any(row["person_id"] != person for row in set_):
        return "a reminder of somebody else changed"
    if grant.bills and any(row["bill_id"] not in grant.bills for row in set_):
        return "the reminder is about another bill"
    return _only(change, {"alarm", "snooze", "audit"})


def _match(grant: Grant, change: Difference, who: str) -> str | None:
    if any(row["id"] != grant.movement for pair in change.rows.get("movement", []) for row in pair if row):
        return "another movement changed"
    return _only(change, set(OF_BILLS))


def _kept(grant: Grant, change: Difference, who: str) -> str | None:
    """What was held as a duplicate is a draft now; the one that it takes the place of may be set aside."""
    if change.money or any(now["state"] not in ("draft", "void") for _, now in change.changed("bill")):
        return "more than a duplicate was decided about"
    return _only(change, set(OF_BILLS))


def _undo(grant: Grant, change: Difference, who: str) -> str | None:
    """Only what is granted is taken back, and only one's own unless it was agreed to by somebody who may."""
    if not change.bills <= grant.bills:
        return f"undo touched the bills {sorted(change.bills)}, not only {sorted(grant.bills)}"
    if reason := _only(change, {*grant.tables, "audit", "entry", "posting", "turnover"}):
        return reason
    person = change.before.person(who)["id"]
    reversed_ = [change.before.tables["entry"].get(row["reverses"]) for row in change.new("entry") if row["reverses"]]
    taken = [row for row in reversed_ if row]
    taken += [was for table in ("amendment", "approval") for was, now in change.changed(table) if now["undone_at"]]
    if grant.agreed is None and any(row["person_id"] != person for row in taken):
        return "undo took back what somebody else did"
    if grant.agreed is False:
        return "a member took back what somebody else did"
    if grant.restores:
        for bill in grant.bills:
            was, now = grant.restores.bills.get(bill), change.after.bills.get(bill)
            differing = {name: (was[name], now[name]) for name in was if was[name] != now[name]} if was and now else {}
            if differing:
                return f"undo did not lead back to what bill {bill} was: {differing}"
            if grant.restores.booked(bill) != change.after.booked(bill):
                return f"undo left {change.after.booked(bill)} open on bill {bill}"
    return None


def _of_bill(grant: Grant, change: Difference, who: str) -> str | None:
    if not change.bills <= grant.bills:
        return f"the bills {sorted(change.bills)} changed, and only {sorted(grant.bills)} was meant"
    if reason := _only(change, set(OF_BILLS)):
        return reason
    (bill,) = grant.bills
    was, now = change.before.bills[bill], change.after.bills[bill]
    if now["open_minor"] != change.after.booked(bill):
        return f"{now['open_minor']} is open, but the ledger says {change.after.booked(bill)}"
    if grant.kind != "pay" and change.money:
        return f"money moved: {change.money}"
    return _KINDS[grant.kind](grant, change, was, now, who)


def _confirmed(grant: Grant, change: Difference, was: Row, now: Row, who: str) -> str | None:
    if (was["state"], now["state"]) != ("draft", "confirmed"):
        return f"it was to be confirmed, and went from {was['state']} to {now['state']}"
    if now["open_minor"] != was["total_minor"]:
        return f"{now['open_minor']} was booked, not {was['total_minor']}"
    allowed = {"state", "open_minor", "confirmed_by", "confirmed_at", *ALONG}
    return _columns(change, now["id"], allowed)


def _paid(grant: Grant, change: Difference, was: Row, now: Row, who: str) -> str | None:
    before = was["total_minor"] if was["state"] == "draft" else was["open_minor"]
    amount = before if grant.amount is None else grant.amount
    moved = -amount if was["side"] == "payable" else amount
    if was["kind"] == "credit_note":
        moved = -moved
    if change.money != {(grant.account, grant.on.isoformat()): moved}:
        return f"{change.money} moved, and not {moved} on {grant.account} on {grant.on}"
    if now["open_minor"] != before - amount:
        return f"{now['open_minor']} is open after {amount} of {before} was paid"
    if not may_be_paid(change.before, was):
        return "a bill was paid that nobody approved"
    return _columns(change, now["id"], {"state", "open_minor", "confirmed_by", "confirmed_at", *ALONG})


def may_be_paid(books: Books, bill: Row) -> bool:
    """Whether a bill needs nobody's approval, or has it."""
    rules = [rule for rule in _rules(books) if (bill["total_minor"] or 0) >= rule["min_minor"]]
    decided = [row for row in books.rows("approval") if row["bill_id"] == bill["id"] and row["undone_at"] is None]
    if any(row["decision"] == "refused" for row in decided[-1:]):
        return False
    return bill["side"] != "payable" or not rules or any(row["decision"] == "approved" for row in decided)


def _rules(books: Books) -> list[Row]:
    return [rule for rule in books.rows("approvalrule") if rule["ended_at"] is None]


def _set_aside(grant: Grant, change: Difference, was: Row, now: Row, who: str) -> str | None:
    if now["state"] != "void" or now["open_minor"]:
        return f"it was to be set aside, and is {now['state']}"
    return _columns(change, now["id"], {"state", "open_minor", *ALONG})


def _amended(grant: Grant, change: Difference, was: Row, now: Row, who: str) -> str | None:
    if now["state"] != was["state"] and {was["state"], now["state"]} - {"confirmed", "part-paid", "paid"}:
        return f"it went from {was['state']} to {now['state']}"
    for column, value in grant.values:
        if now[column] not in (value, str(value)):
            return f"{column} is {now[column]}, and not {value}"
        if reason := _columns(change, now["id"], {column, *COLUMNS.get(column, ()), *ALONG}):
            return reason
    return None


def _decided(grant: Grant, change: Difference, was: Row, now: Row, who: str) -> str | None:
    person = change.before.person(who)
    wanted = "approved" if grant.kind == "approve" else "refused"
    if change.new("entry"):
        return "something was booked"
    if any((row["decision"], row["person_id"]) != (wanted, person["id"]) for row in change.new("approval")):
        return "another decision was noted"
    if person["role"] == "member" and any(rule["min_minor"] <= was["total_minor"] for rule in _rules(change.before)):
        return "a member decided"
    return _columns(change, now["id"], ALONG)


_KINDS = {
    "confirm": _confirmed,
    "pay": _paid,
    "void": _set_aside,
    "amend": _amended,
    "approve": _decided,
    "refuse": _decided,
}


def _columns(change: Difference, bill: int, allowed: set[str]) -> str | None:
    more = change.fields(bill) - allowed
    return f"these changed, too: {sorted(more)}" if more else None


def _only(change: Difference, allowed: set[str]) -> str | None:
    more = change.tables - allowed
    return f"these tables changed, too: {sorted(more)}" if more else None
