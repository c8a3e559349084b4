"""What each request needs, and on whose document. A request without a line here fails the build."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from sqlmodel import Session

from handlers import requests as asked
from handlers.context import Context
from storage.approvals import approvals
from storage.bills import lifecycle, vendor_ibans
from storage.bills.beside import payment_holds
from storage.models import Bill, Permission, Role
from storage.people import people


@dataclass(frozen=True)
class Need:
    """A permission, and what it has to reach.

    "company": everybody's, since it is about no single bill; "bill": the bill that is meant, if only because it is the
    asker's own; "list": any at all, since the use case leaves out what the asker may not see.
    """

    permission: Permission
    of: Literal["company", "bill", "list"] = "company"


Needs = Callable[[Session, Context, Any, Bill | None], tuple[Need, ...]]
"""What a request needs that depends on what it says, and on the bill that is meant (None: that is not known yet)."""


def _booked(draft: Permission, booked: Permission) -> Needs:
    """Another permission for bills that are in the books."""

    def needs(session: Session, context: Context, request: object, bill: Bill | None) -> tuple[Need, ...]:
        return (Need(booked if bill is not None and bill.state in lifecycle.BOOKED else draft, "bill"),)

    return needs


def _decision(session: Session, context: Context, request: object, bill: Bill | None) -> tuple[Need, ...]:
    """A rule that asks for any colleague's approval gives them the right; a changed account needs another."""
    if bill is not None and isinstance(request, asked.Approve) and vendor_ibans.changed_iban(session, bill):
        return (_of(Permission.TRUST_ACCOUNTS, "bill"),)
    if bill is not None and (far := approvals.approval_status(session, bill)).steps and far.role is Role.MEMBER:
        person = people.find_by_id(session, context.asker.id)
        if person is not None and approvals.may_decide(session, bill, person):
            return (_of(Permission.SEE_BILLS, "bill"),)
    return (_of(Permission.APPROVE_BILLS, "bill"),)


def _note(session: Session, context: Context, request: asked.Note, bill: Bill | None) -> tuple[Need, ...]:
    """Reading them is seeing the bill."""
    return (_of(Permission.EDIT_DRAFTS if request.text else Permission.SEE_BILLS, "bill"),)


def _release(session: Session, context: Context, request: object, bill: Bill | None) -> tuple[Need, ...]:
    """One's own hold one ends oneself; another's is a matter of who decides about payments."""
    found = payment_holds.in_force(session, bill.id) if bill is not None else None
    own = found is not None and people.is_same(session, found.held_by, context.asker.id)
    return (_of(Permission.EDIT_DRAFTS if own else Permission.APPROVE_BILLS, "bill"),)


def _payment(session: Session, context: Context, request: object, bill: Bill | None) -> tuple[Need, ...]:
    """Whoever pays a draft confirms it, too."""
    confirms = bill is not None and bill.state not in lifecycle.BOOKED
    return (
        _of(Permission.RECORD_PAYMENTS, "bill"),
        *((_of(Permission.CONFIRM_BILLS, "bill"),) if confirms else ()),
    )


def _all_at_once(session: Session, context: Context, request: asked.DecideAll, bill: Bill | None) -> tuple[Need, ...]:
    """Which bills the asker may decide about, the use case looks at one by one."""
    permission = {"confirm": Permission.CONFIRM_BILLS, "discard": Permission.EDIT_DRAFTS}
    return (_of(permission.get(request.act, Permission.SEE_BILLS), "bill"),)


def _replacement(session: Session, context: Context, request: object, bill: Bill | None) -> tuple[Need, ...]:
    """The bill that was here is set aside, which needs the right for that one as well."""
    other = lifecycle.find(session, bill.duplicate_of) if bill is not None and bill.duplicate_of is not None else None
    booked = other is not None and other.state in lifecycle.BOOKED
    return (
        _of(Permission.EDIT_DRAFTS, "bill"),
        *((Need(Permission.VOID_BILLS),) if booked else ()),
    )


def _settlement(session: Session, context: Context, request: asked.Settled, bill: Bill | None) -> tuple[Need, ...]:
    return (Need(Permission.SEE_SPENDING),) if request.last else (_of(Permission.SEE_BILLS, "list"),)


def _last_question(session: Session, context: Context, request: object, bill: Bill | None) -> tuple[Need, ...]:
    """What the question needed that is answered once more; somebody else may have asked it."""
    if context.last.question is None or getattr(request, "bill_hint", None) is not None:
        return (_of(Permission.SEE_BILLS, "list"),)
    return needs_of(session, context, context.last.question, bill)


def _of_person(name: str) -> Needs:
    """Only what is about others is the company's matter; `name` is the field that says whom it is about."""

    def needs(session: Session, context: Context, request: object, bill: Bill | None) -> tuple[Need, ...]:
        said = getattr(request, name)
        found = people.find_called(session, said.removesuffix("'s").removesuffix("’s")) if said else []
        own = not said or [person.id for person in found] == [context.asker.id]
        return (Need(Permission.OWN_SETTINGS if own else Permission.MANAGE_PEOPLE),)

    return needs


def _deeds(session: Session, context: Context, request: asked.WhoDidWhat, bill: Bill | None) -> tuple[Need, ...]:
    """What one did oneself one may see; what others did stands in the books."""
    found = people.find_called(session, request.person) if request.person else []
    own = request.me or [person.id for person in found] == [context.asker.id]
    return (Need(Permission.OWN_SETTINGS if own else Permission.SEE_BOOKS),)


def _verdict(session: Session, context: Context, request: asked.DecideMail, bill: Bill | None) -> tuple[Need, ...]:
    """A sender's further mails are the company's matter; which single mails are theirs, the use case knows."""
    rules = request.verdict == "always" or (request.who and request.verdict == "no")
    return (Need(Permission.DECIDE_MAIL, "list"), *((Need(Permission.RULE_MAIL),) if rules else ()))


def _reminder(session: Session, context: Context, request: asked.Remind, bill: Bill | None) -> tuple[Need, ...]:
    about_bill = request.bill_hint is not None or not request.text
    return (_of(Permission.SEE_BILLS, "bill") if about_bill else Need(Permission.OWN_SETTINGS),)


def _digest(session: Session, context: Context, request: asked.Digest, bill: Bill | None) -> tuple[Need, ...]:
    return (_of(Permission.SEE_BILLS, "list") if request.now else Need(Permission.OWN_SETTINGS),)


BOOKKEEPING = ("vat_basis", "datev_chart", "datev_adviser", "datev_client", "datev_corrections")
"""What of a company's description is the bookkeeper's to say."""


def _profile(
    session: Session, context: Context, request: asked.SetCompanyProfile, bill: Bill | None
) -> tuple[Need, ...]:
    return (Need(Permission.KEEP_BOOKS if request.field in BOOKKEEPING else Permission.DESCRIBE_COMPANY),)


def _accounting(
    session: Session, context: Context, request: asked.AccountingSoftware, bill: Bill | None
) -> tuple[Need, ...]:
    return (Need(Permission.KEEP_BOOKS if request.again else Permission.SEE_BOOKS),)


def _of(permission: Permission, of: Literal["bill", "list"]) -> Need:
    return Need(permission, of)


_SELF, _BILLS, _LIST = (
    Need(Permission.OWN_SETTINGS),
    Need(Permission.SEE_BILLS, "bill"),
    Need(Permission.SEE_BILLS, "list"),
)
_DRAFT = Need(Permission.EDIT_DRAFTS, "bill")

NEEDS: dict[type, Need | Needs] = {
    asked.Amend: _booked(Permission.EDIT_DRAFTS, Permission.CORRECT_BILLS),
    asked.Categorise: _booked(Permission.EDIT_DRAFTS, Permission.CORRECT_BILLS),
    asked.Split: _booked(Permission.EDIT_DRAFTS, Permission.CORRECT_BILLS),
    **dict.fromkeys((asked.AddCostObject, asked.SetBudget), Need(Permission.KEEP_BOOKS)),
    **dict.fromkeys(
        (asked.Subscriptions, asked.Unusual, asked.Budgets, asked.PaymentDays), Need(Permission.SEE_SPENDING)
    ),
    asked.AttachPaper: _DRAFT,
    asked.Claim: _booked(Permission.EDIT_DRAFTS, Permission.CORRECT_BILLS),
    **dict.fromkeys((asked.Trip, asked.PerDiem, asked.PettyCash), Need(Permission.SEND_DOCUMENTS)),
    asked.Note: _note,
    asked.Hold: _DRAFT,
    asked.Release: _release,
    asked.OnHold: _LIST,
    asked.NotAnInvoice: _booked(Permission.EDIT_DRAFTS, Permission.VOID_BILLS),
    asked.KeepBoth: _DRAFT,
    asked.KeepNew: _replacement,
    asked.Discard: _DRAFT,
    asked.Confirm: Need(Permission.CONFIRM_BILLS, "bill"),
    asked.AllAtOnce: _LIST,
    asked.DecideAll: _all_at_once,
    asked.Pay: _payment,
    asked.Allocate: Need(Permission.RECORD_PAYMENTS, "bill"),
    asked.Approve: _decision,
    asked.Refuse: _decision,
    **dict.fromkeys(
        (
            asked.Edit, asked.ShowBill, asked.ShowOriginal, asked.History, asked.WhoChanged, asked.HowToPay,
            asked.PaymentCode,
        ),
        _BILLS,
    ),
    **dict.fromkeys((asked.SnoozeBill, asked.SnoozeFor), _BILLS),
    **dict.fromkeys((asked.Due, asked.Find, asked.Waiting), _LIST),
    asked.Settled: _settlement,
    **dict.fromkeys((asked.Why, asked.ShowAll), _last_question),
    **dict.fromkeys(
        (asked.Owed, asked.Payments, asked.Spend, asked.Ageing, asked.PartyDetails), Need(Permission.SEE_SPENDING)
    ),
    **dict.fromkeys((asked.Balance, asked.Forecast), Need(Permission.SEE_BALANCES)),
    **dict.fromkeys((asked.Income, asked.Profit), Need(Permission.SEE_RESULTS)),
    **dict.fromkeys(
        (asked.TrialBalance, asked.FinancialStatements, asked.VatReturn, asked.Export,
        asked.Movements, asked.Reconcile, asked.ShowHolds,
        asked.ExportAudit, asked.MakeWebhook, asked.ShowWebhooks, asked.ChangeWebhook),
        Need(Permission.SEE_BOOKS),
    ),
    **dict.fromkeys(
        (
            asked.ChooseAccount, asked.ChooseColumns, asked.ShowColumns, asked.TakeBackImport, asked.Match,
            asked.Unmatch, asked.BookMovement,
        ),
        Need(Permission.IMPORT_STATEMENTS),
    ),
    **dict.fromkeys((asked.PaymentFile, asked.WithdrawPaymentFile), Need(Permission.MAKE_PAYMENT_FILES)),
    **dict.fromkeys(
        (
            asked.Transfer, asked.Prepay, asked.SetOpeningBalance, asked.AddAccount, asked.RenameAccount,
            asked.NumberAccount, asked.ValueCurrencies, asked.TellDifference, asked.WriteOff,
            asked.HoldDocuments,
        ),
        Need(Permission.KEEP_BOOKS),
    ),
    asked.ClosePeriod: Need(Permission.CLOSE_BOOKS),
    asked.ReopenPeriod: Need(Permission.REOPEN_BOOKS),
    asked.SetCompanyProfile: _profile,
    asked.AccountingSoftware: _accounting,
    **dict.fromkeys((asked.RequireApproval, asked.AllowSelfApproval), Need(Permission.SET_RULES)),
    asked.AllowInRoom: Need(Permission.OPEN_ROOMS),
    **dict.fromkeys(
        (
            asked.Invite, asked.AssignRole, asked.MergePeople, asked.RemovePerson, asked.HandOver, asked.ErasePerson,
        ),
        Need(Permission.MANAGE_PEOPLE),
    ),
    asked.WhoDidWhat: _deeds,
    asked.RenamePerson: _of_person("old"),
    asked.LinkAddress: _of_person("person"),
    asked.PersonalData: _of_person("person"),
    asked.GrantRight: Need(Permission.CHANGE_RIGHTS),
    asked.ShowQuarantine: Need(Permission.DECIDE_MAIL, "list"),
    asked.DecideMail: _verdict,
    asked.MailLog: Need(Permission.SEE_MAIL, "list"),
    **dict.fromkeys(
        (asked.ForgetSender, asked.OpenIntakeAddress, asked.CloseIntakeAddress), Need(Permission.RULE_MAIL)
    ),
    **dict.fromkeys((asked.ShowSenders, asked.ShowOutbox), Need(Permission.SEE_MAIL)),
    asked.Remind: _reminder,
    asked.Digest: _digest,
    # what is taken back is looked at step by step: it needs what those needed
    **dict.fromkeys((asked.Undo, asked.UndoBookkeepingStep), _SELF),
    **dict.fromkeys(
        (
            asked.Categories, asked.CostObjects, asked.PayMeBack, asked.ShowApprovalRules, asked.ShowRights,
            asked.Reminders,
            asked.SetReminderDays,
            asked.SetQuietHours, asked.SetLanguage, asked.SetTimeZone, asked.SendNoticesHere, asked.LinkChannel,
            asked.UnlinkChannel, asked.LeaveCompany, asked.ShowCompanies, asked.SwitchCompany,
            asked.MakeToken, asked.ShowTokens, asked.RevokeToken,
            asked.ShowWebSessions, asked.EndWebSessions, asked.WhoIsHere, asked.Redeem, asked.Help, asked.Greeting,
            asked.Thanks,
            asked.Unknown, asked.Unclear, asked.NotOffered,
        ),
        _SELF,
    ),
}  # fmt: skip

WRAPPERS = (asked.OnBill, asked.SeveralRequests, asked.Proposed, asked.Outdated)
"""What needs what the requests within it need."""


def needs_of(session: Session, context: Context, request: object, bill: Bill | None) -> tuple[Need, ...]:
    """What a request needs, about the bill that is meant (None: none, or it is not known yet)."""
    found = NEEDS[type(request)]
    return (found,) if isinstance(found, Need) else found(session, context, request, bill)
