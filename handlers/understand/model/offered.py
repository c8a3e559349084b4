"""Which requests a language model is offered, and what each of their fields holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import MISSING, Field, fields
from functools import cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from handlers import requests as asked

Kind = Literal[
    "amount", "currency", "day", "days", "party", "parties", "bill", "category", "account", "book_account", "person",
    "text", "count", "counts", "hour", "weekday", "role", "changes", "choice", "flag",
]  # fmt: skip

BY_BUTTON = (
    asked.AllAtOnce,
    asked.DecideAll,
    asked.KeepBoth,
    asked.KeepNew,
    asked.Discard,
    asked.Edit,
    asked.Match,
    asked.ChooseAccount,
    asked.ChooseColumns,
    asked.ShowColumns,
    asked.TakeBackImport,
    asked.SnoozeFor,
    asked.UndoBookkeepingStep,
    asked.Redeem,
    asked.LinkChannel,
    asked.UnlinkChannel,
    asked.ShowWebSessions,
    asked.EndWebSessions,
    asked.MakeToken,
    asked.ShowTokens,
    asked.RevokeToken,
    asked.AccountingSoftware,
    asked.MakeWebhook,
    asked.ShowWebhooks,
    asked.ChangeWebhook,
    asked.RenamePerson,
    asked.MergePeople,
    asked.AllowInRoom,
    asked.GrantRight,
    asked.ShowRights,
    asked.DecideMail,
    asked.ForgetSender,
    asked.OpenIntakeAddress,
    asked.CloseIntakeAddress,
    asked.LinkAddress,
    asked.WhoChanged,
    asked.WhoDidWhat,
    asked.ExportAudit,
    asked.Split,
    asked.SetBudget,
    asked.Claim,
    asked.Trip,
    asked.PerDiem,
    asked.PettyCash,
    asked.PayMeBack,
    asked.AttachPaper,
    asked.AddCostObject,
    asked.TellDifference,
    asked.WriteOff,
)
"""Not offered: what only a button asks for; handing in a code, which is nobody's business but the person's; whose mail
is taken in; who somebody is, and what others may do and read, which nobody else decides."""

QUESTIONS = (
    *get_args(asked.Question), asked.ShowBill, asked.ShowOriginal, asked.History, asked.PartyDetails, asked.Why,
    asked.ShowAll, asked.Waiting, asked.OnHold, asked.CostObjects, asked.Subscriptions, asked.Unusual, asked.Budgets,
    asked.PaymentDays, asked.HowToPay, asked.PaymentCode,
    asked.Movements, asked.Reconcile,
    asked.Categories, asked.TrialBalance, asked.VatReturn, asked.FinancialStatements,
    asked.Export, asked.ShowApprovalRules, asked.WhoIsHere, asked.MailLog,
    asked.ShowQuarantine, asked.ShowSenders, asked.ShowOutbox,
    asked.WhoChanged, asked.WhoDidWhat, asked.ExportAudit, asked.Help, asked.Greeting, asked.Thanks,
)  # fmt: skip
"""Requests that change nothing, neither in the books nor in how somebody is reminded or spoken to. All others are to be
pressed, also those that nobody has thought of yet."""

_KINDS: dict[str, Kind] = {
    **dict.fromkeys(("amount", "received", "afford", "above", "at_least", "at_most", "below"), "amount"),
    **dict.fromkeys(("currency", "received_currency"), "currency"),
    "on": "day",
    **dict.fromkeys(("since", "until", "versus_since", "versus_until", "issued_since", "issued_until"), "days"),
    **dict.fromkeys(("vendor", "party"), "party"),
    "without": "parties",
    "bill_hint": "bill",
    "category": "category",
    **dict.fromkeys(("account", "source", "target"), "account"),
    "person": "person",
    **dict.fromkeys(("text", "reason", "new", "who", "about", "name", "iban", "value", "number"), "text"),
    **dict.fromkeys(("most", "days_late", "steps", "movement"), "count"),
    **dict.fromkeys(("before", "after"), "counts"),
    **dict.fromkeys(("hour", "start", "end"), "hour"),
    "weekday": "weekday",
    "role": "role",
    "changes": "changes",
}
_OTHERWISE: dict[tuple[str, str], Kind] = {
    ("RenameAccount", "name"): "book_account",
    ("AssignRole", "name"): "person",
    ("BookMovement", "category"): "text",
}
_HIDDEN = frozenset({
    ("Confirm", "late"), ("Approve", "iban"), ("Undo", "of_bill"), ("Undo", "what"), ("Undo", "vendor"),
    ("Undo", "change"), ("Undo", "seen"), ("Spend", "versus_label"),
    ("Spend", "without_categories"), ("Invite", "role"), ("VatReturn", "box"),
})  # fmt: skip
"""Fields that only buttons or words set, or that are about what others did."""
_DEFAULTED = frozenset({("Forecast", "until")})
"""Fields that a request must have, and that we fill in where nothing was said."""


@cache
def offered() -> dict[str, type[Any]]:
    """Every request that is a tool, by the tool's name."""
    return {kind.__name__: kind for kind in get_args(asked.Request) if kind not in BY_BUTTON}


def acts(request: object) -> bool:
    """Whether a request changes anything: it is then shown with a button, never done."""
    if isinstance(request, asked.Reminders):
        return request.on is not None
    if isinstance(request, asked.Digest):
        return not request.now
    return not isinstance(request, QUESTIONS)


def fields_of(kind: type[Any]) -> Iterable[Field[Any]]:
    """The fields that a model may fill; `label`s, which repeat others in words, are ours, and `sure` is who asks."""
    return (f for f in fields(kind) if f.name not in ("label", "sure") and (kind.__name__, f.name) not in _HIDDEN)


def kind_of(request: type[Any], field: str) -> Kind:
    """What a field holds. Raises: KeyError for one that nobody thought of."""
    if (known := _OTHERWISE.get((request.__name__, field))) is not None:
        return known
    bare = _bare(request, field)
    if bare is bool:
        return "flag"
    if field not in _KINDS or (field == "about" and get_origin(bare) is Literal):
        if get_origin(bare) is Literal:
            return "choice"
        raise KeyError(f"{request.__name__}.{field}")
    return _KINDS[field]


def choices_of(request: type[Any], field: str) -> tuple[str, ...]:
    """The values of a field that has a fixed set of them."""
    return get_args(_bare(request, field))


def is_required(request: type[Any], field: Field[Any]) -> bool:
    """Whether a request cannot be made without the field."""
    missing = field.default is MISSING and field.default_factory is MISSING
    return missing and (request.__name__, field.name) not in _DEFAULTED and not _may_be_none(request, field.name)


def _may_be_none(request: type[Any], field: str) -> bool:
    return type(None) in get_args(get_type_hints(request)[field])


def _bare(request: type[Any], field: str) -> Any:
    """The type without "or None"."""
    hint = get_type_hints(request)[field]
    if get_origin(hint) in (Union, UnionType):
        return next(part for part in get_args(hint) if part is not type(None))
    return hint
