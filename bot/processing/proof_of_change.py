"""What a message may change, by what is known of who wrote it."""

from __future__ import annotations

from sqlmodel import Session

from bot.processing import conversation_focus
from handlers import requests as asked
from handlers.context import Context
from handlers.errors import NotAllowed
from handlers.wording import refusals
from storage import audit

NEVER_BY_MAIL = (
    asked.DecideAll, asked.Invite, asked.AssignRole, asked.GrantRight, asked.AllowSelfApproval, asked.RequireApproval,
    asked.SetCompanyProfile,
    asked.ClosePeriod, asked.ReopenPeriod, asked.UndoBookkeepingStep, asked.SetOpeningBalance, asked.AddAccount,
    asked.RenameAccount, asked.NumberAccount, asked.ValueCurrencies, asked.TellDifference, asked.WriteOff,
    asked.Transfer, asked.Prepay, asked.TakeBackImport, asked.PaymentFile,
    asked.WithdrawPaymentFile, asked.LinkAddress,
    asked.ForgetSender, asked.OpenIntakeAddress, asked.CloseIntakeAddress,
    asked.LinkChannel, asked.UnlinkChannel, asked.RenamePerson, asked.MergePeople, asked.AllowInRoom,
    asked.RemovePerson, asked.LeaveCompany, asked.HandOver,
    asked.ErasePerson, asked.HoldDocuments,
    asked.EndWebSessions, asked.MakeToken, asked.RevokeToken, asked.MakeWebhook, asked.ChangeWebhook,
    asked.AddCostObject, asked.Claim, asked.Trip, asked.PerDiem, asked.PettyCash,
)  # fmt: skip
"""People, rules and books: no mail that leaves the house is a key to them."""


def check_proof(session: Session, context: Context, request: object) -> None:
    """Raises: NotAllowed, saying what to do, for a change that the message does not prove itself good for.

    A message that is narrow (`Message.narrow`) changes the bills of the reply of ours that it answers, those that it
    brought itself, and what a button of that reply offers.
    """
    if not isinstance(request, asked.CHANGES):
        return
    if context.scope is None:
        if not context.proven:
            raise NotAllowed(refusals.not_proven())
        return
    if isinstance(request, NEVER_BY_MAIL):
        raise NotAllowed(refusals.never_by_mail())
    bill = conversation_focus.bill_meant(session, context, request)
    if bill is not None and context.aligned and audit.was_drafted_now(session, bill):
        return
    if not context.proven:
        raise NotAllowed(refusals.proof_expired() if context.expired else refusals.not_proven())
    if context.card is not None or isinstance(request, asked.Undo):
        return
    if bill is not None and bill not in context.scope:
        raise NotAllowed(refusals.other_bill())
    if bill is None and not isinstance(request, conversation_focus.ABOUT_IT):
        raise NotAllowed(refusals.never_by_mail())
