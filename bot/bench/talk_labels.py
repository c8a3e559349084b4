"""Requests as a set of phrasings names them: a label and slots, plain values that can be compared."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from handlers import requests as asked

LABELS: dict[type, str] = {
    asked.Due: "due", asked.Owed: "owed", asked.Settled: "settled", asked.Payments: "payments", asked.Spend: "spend",
    asked.Income: "income", asked.Profit: "profit", asked.Balance: "balance", asked.Forecast: "forecast",
    asked.Ageing: "ageing", asked.Find: "find", asked.History: "history", asked.Why: "why", asked.ShowBill: "show_bill",
    asked.ShowOriginal: "show_original", asked.PartyDetails: "party", asked.Waiting: "waiting",
    asked.Movements: "movements", asked.Reconcile: "reconcile", asked.TrialBalance: "trial_balance",
    asked.Categories: "categories", asked.ShowApprovalRules: "rules", asked.Confirm: "confirm", asked.Amend: "amend",
    asked.Edit: "amend", asked.HowToPay: "pay", asked.PaymentFile: "payment_file",
    asked.WithdrawPaymentFile: "withdraw_file", asked.PaymentCode: "payment_code", asked.Prepay: "prepay",
    asked.Allocate: "allocate", asked.Transfer: "transfer", asked.Approve: "approve", asked.Refuse: "refuse",
    asked.Categorise: "categorise", asked.NotAnInvoice: "not_an_invoice", asked.Discard: "not_an_invoice",
    asked.UndoBookkeepingStep: "undo", asked.BookMovement: "book_movement", asked.SetOpeningBalance: "open",
    asked.AddAccount: "add_account", asked.RenameAccount: "rename", asked.ClosePeriod: "close",
    asked.ReopenPeriod: "reopen", asked.Export: "export", asked.SetCompanyProfile: "profile",
    asked.RequireApproval: "require", asked.AllowSelfApproval: "own_approval", asked.AssignRole: "appoint",
    asked.Invite: "invite", asked.Remind: "remind", asked.SnoozeBill: "snooze", asked.SnoozeFor: "snooze",
    asked.Reminders: "reminders", asked.SetReminderDays: "reminders", asked.Digest: "digest",
    asked.SetQuietHours: "quiet", asked.SetLanguage: "language", asked.SetTimeZone: "zone",
    asked.SendNoticesHere: "here", asked.Help: "help", asked.Greeting: "greeting", asked.Thanks: "thanks",
}  # fmt: skip

TOPICS = {"discounts": "fees", "price_change": "unusual", "customers_terms": "party"}
"""Labels of what is not offered, where they differ from the topic."""

_NAMES = {
    "party": "vendor", "bill_hint": "vendor", "at_least": "above", "at_most": "below", "afford": "amount",
    "vendor": "vendor", "name": "name",
}  # fmt: skip
"""Slots by another name than the request's field."""

_WORDING = frozenset({"label", "chart", "currency", "versus_label", "rest", "discounted", "kind", "late", "received"})
"""Fields that say nothing about what was asked."""


def label_and_slots(request: object) -> tuple[str, dict[str, Any]]:
    """What a request is called, and what it says; "several" has the labels of its parts, "unknown" and "unclear"
    nothing.
    """
    match request:
        case asked.OnBill():
            return label_and_slots(request.request)
        case asked.Proposed():
            return label_and_slots(request.request)
        case asked.SeveralRequests():
            return "several", {"labels": [label_and_slots(each)[0] for each in request.requests]}
        case asked.Unclear():
            return "unclear", {}
        case asked.Unknown():
            return "unknown", {}
        case asked.NotOffered():
            return TOPICS.get(request.topic, request.topic), {"vendor": request.vendor} if request.vendor else {}
        case asked.Pay():
            return "received" if request.side == "receivable" else "paid", _slots(request)
        case asked.Undo():
            return "undo_other" if request.what or request.vendor else "undo", {}
        case asked.Amend():
            change = request.changes[0]
            return "amend", {"field": change.field, "value": change.value, **_slots(request)}
    return LABELS.get(type(request), type(request).__name__), _slots(request)


def _slots(request: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field in fields(request):
        value = getattr(request, field.name)
        told_off = field.name == "on" and value is False
        if field.name in _WORDING or field.name == "changes" or (value in (None, (), "", False) and not told_off):
            continue
        found[_NAMES.get(field.name, field.name)] = value
    if isinstance(request, asked.AssignRole):
        found["person"] = found.pop("name")
    if isinstance(request, asked.Find) and "above" in found and found.get("below") == found["above"]:
        found["amount"] = found.pop("above")
        del found["below"]
    return found


def same(expected: object, found: object) -> bool:
    """Whether two values mean the same: days, amounts, names of which one is a part of the other."""
    if isinstance(expected, list):
        return isinstance(found, list | tuple) and sorted(map(str, expected)) == sorted(map(str, found))
    if isinstance(found, tuple):
        return len(found) > 0 and all(same(expected, each) for each in found[:1])
    if isinstance(expected, bool) or isinstance(found, bool):
        return bool(expected) == bool(found)
    if isinstance(found, date):
        return str(expected) == found.isoformat()
    try:
        return Decimal(str(expected)) == Decimal(str(found))
    except InvalidOperation:
        pass
    one, other = _plain(str(expected)), _plain(str(found))
    return bool(one) and bool(other) and (one in other or other in one)


def _plain(text: str) -> str:
    folded = text.casefold().replace("ü", "u").replace("ä", "a").replace("ö", "o").replace("ß", "ss")
    return "".join(sign for sign in folded.replace("ue", "u").replace("ae", "a").replace("oe", "o") if sign.isalnum())
