"""Which use case serves which request, and which request a button makes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlmodel import Session

from bot.processing.outside import outside
from handlers import requests as asked
from handlers.answers import whole_answer
from handlers.answers.ageing import ageing
from handlers.answers.balance import balance
from handlers.answers.due_bills import due
from handlers.answers.find_bills import find
from handlers.answers.forecast import forecast
from handlers.answers.history import history
from handlers.answers.insight import budgets, payment_days, subscriptions, unusual
from handlers.answers.open_by_party import owed
from handlers.answers.open_tasks import waiting
from handlers.answers.party_details import party_details
from handlers.answers.payments.payments_made import payments
from handlers.answers.payments.settled import settled
from handlers.answers.results.income import income, profit
from handlers.answers.results.spending import spend
from handlers.answers.results.vat_return import vat_return
from handlers.answers.why import why
from handlers.banking import (
    button_requests,
    import_statement,
    movements,
    payment_code,
    payment_file,
    reconcile,
    take_back_import,
)
from handlers.bills import amend, approve, confirm, duplicates, how_to_pay, pay, reject, show
from handlers.bills.all_at_once import decide
from handlers.bills.deeds import attach, claim, cost_objects, hold, note, own_receipts, split
from handlers.bills.shown.versions import step_of
from handlers.books import (
    allocate,
    categorise,
    company_profile,
    liquidity_accounts,
    outdated,
    transfer,
    trial_balance,
    undo,
)
from handlers.books import close_period as books
from handlers.books.accounting import further_accounts, value_currencies, write_off
from handlers.books.accounting_software import accounting_software
from handlers.button_ids import Action, PressedButton
from handlers.context import Context
from handlers.exports import export, financial_statements
from handlers.mailbox import quarantine as mailbox
from handlers.mailbox import senders, undelivered
from handlers.mailbox.mail_log import show_mail_log
from handlers.messages import Reply
from handlers.people import (
    approval_rules,
    belonging,
    data_protection,
    identities,
    invite,
    irrevocable,
    mail_addresses,
    not_offered,
    role_rights,
    rooms,
    small_talk,
    web_sessions,
)
from handlers.people.access import tokens, webhooks
from handlers.reminders import reminder_settings
from handlers.trail import answers as trail
from handlers.wording import lists, request_words

Handler = Callable[[Session, Context, Any], tuple[Reply, ...]]

HANDLERS: dict[type, Handler] = {
    asked.Amend: amend.amend,
    asked.Edit: amend.edit,
    asked.Confirm: confirm.confirm,
    asked.Pay: pay.pay,
    asked.HowToPay: how_to_pay.how_to_pay,
    asked.NotAnInvoice: reject.reject,
    asked.KeepBoth: duplicates.keep_both,
    asked.KeepNew: duplicates.keep_new,
    asked.Discard: duplicates.discard,
    asked.Undo: undo.undo,
    asked.AllAtOnce: decide.show_all_at_once,
    asked.DecideAll: decide.decide_all,
    asked.ShowBill: show.show_bill,
    asked.ShowOriginal: show.show_original,
    asked.History: history,
    asked.Due: due,
    asked.Balance: balance,
    asked.Owed: owed,
    asked.Settled: settled,
    asked.Payments: payments,
    asked.Spend: spend,
    asked.Income: income,
    asked.Profit: profit,
    asked.Forecast: forecast,
    asked.Ageing: ageing,
    asked.Find: find,
    asked.PartyDetails: party_details,
    asked.Why: why,
    asked.ShowAll: lambda session, context, _: show_all(session, context),
    asked.Waiting: waiting,
    asked.Export: outside(export.export),
    asked.Approve: approve.approve,
    asked.Refuse: approve.refuse,
    asked.Split: split.split,
    asked.Subscriptions: subscriptions.show,
    asked.Unusual: unusual.unusual,
    asked.Budgets: budgets.show,
    asked.SetBudget: budgets.set_budget,
    asked.PaymentDays: payment_days.show,
    asked.AttachPaper: attach.attach,
    asked.Claim: claim.claim,
    asked.PayMeBack: claim.pay_me_back,
    asked.Trip: own_receipts.trip,
    asked.PerDiem: own_receipts.per_diem,
    asked.PettyCash: own_receipts.petty_cash,
    asked.AddCostObject: cost_objects.add,
    asked.CostObjects: cost_objects.show,
    asked.Note: note.note,
    asked.Hold: hold.hold,
    asked.Release: hold.release,
    asked.OnHold: hold.on_hold,
    asked.RequireApproval: approval_rules.require,
    asked.ShowApprovalRules: approval_rules.rules,
    asked.AllowSelfApproval: approval_rules.own_approval,
    asked.AssignRole: approval_rules.appoint,
    asked.GrantRight: role_rights.grant,
    asked.ShowRights: role_rights.show,
    asked.PaymentFile: payment_file.payment_file,
    asked.WithdrawPaymentFile: payment_file.withdraw,
    asked.PaymentCode: payment_code.payment_code,
    asked.Match: movements.match,
    asked.Unmatch: movements.unmatch,
    asked.BookMovement: movements.book,
    asked.Movements: movements.movements,
    asked.Reconcile: reconcile.reconcile,
    asked.ChooseAccount: import_statement.choose_account,
    asked.ChooseColumns: import_statement.choose_columns,
    asked.ShowColumns: import_statement.show_columns,
    asked.TakeBackImport: take_back_import.take_back_import,
    asked.Remind: reminder_settings.remind,
    asked.SnoozeBill: reminder_settings.snooze,
    asked.SnoozeFor: reminder_settings.snooze_for,
    asked.Reminders: reminder_settings.reminder_settings,
    asked.SetReminderDays: reminder_settings.remind_before,
    asked.Digest: reminder_settings.digest,
    asked.SetQuietHours: reminder_settings.set_quiet_hours,
    asked.SetLanguage: reminder_settings.set_language,
    asked.SetTimeZone: reminder_settings.set_time_zone,
    asked.SendNoticesHere: reminder_settings.send_notices_here,
    asked.SetOpeningBalance: further_accounts.set_opening_balance,
    asked.AddAccount: further_accounts.add_account,
    asked.RenameAccount: liquidity_accounts.rename,
    asked.NumberAccount: liquidity_accounts.number,
    asked.Transfer: transfer.transfer,
    asked.Prepay: liquidity_accounts.prepay,
    asked.Allocate: allocate.allocate,
    asked.Categorise: categorise.categorise,
    asked.Categories: trial_balance.categories,
    asked.TrialBalance: trial_balance.trial_balance,
    asked.VatReturn: vat_return,
    asked.FinancialStatements: financial_statements.financial_statements,
    asked.WriteOff: write_off.write_off,
    asked.TellDifference: further_accounts.tell_difference,
    asked.ValueCurrencies: value_currencies.value_currencies,
    asked.ClosePeriod: books.close,
    asked.ReopenPeriod: books.reopen,
    asked.SetCompanyProfile: company_profile.profile,
    asked.UndoBookkeepingStep: undo.undo_step,
    asked.Invite: invite.invite,
    asked.Redeem: mail_addresses.redeem,
    asked.LinkAddress: mail_addresses.link,
    asked.LinkChannel: identities.link,
    asked.UnlinkChannel: identities.unlink,
    asked.ShowWebSessions: web_sessions.show,
    asked.EndWebSessions: web_sessions.end,
    asked.MakeToken: tokens.make,
    asked.ShowTokens: tokens.show,
    asked.RevokeToken: tokens.revoke,
    asked.MakeWebhook: webhooks.make,
    asked.ShowWebhooks: webhooks.show,
    asked.ChangeWebhook: webhooks.change,
    asked.WhoIsHere: identities.who_is_here,
    asked.RenamePerson: identities.rename,
    asked.MergePeople: identities.merge,
    asked.RemovePerson: belonging.remove,
    asked.LeaveCompany: belonging.leave,
    asked.HandOver: belonging.hand_over,
    asked.ShowCompanies: belonging.show_companies,
    asked.SwitchCompany: belonging.switch,
    asked.AllowInRoom: rooms.allow,
    asked.PersonalData: data_protection.everything_about,
    asked.ErasePerson: data_protection.erase,
    asked.HoldDocuments: data_protection.hold,
    asked.ShowHolds: data_protection.show_holds,
    asked.WhoDidWhat: trail.who_did_what,
    asked.WhoChanged: trail.who_changed,
    asked.AccountingSoftware: accounting_software,
    asked.ExportAudit: outside(trail.export_audit),
    asked.MailLog: show_mail_log,
    asked.ShowQuarantine: mailbox.show_quarantine,
    asked.DecideMail: mailbox.decide,
    asked.ShowSenders: senders.show_senders,
    asked.ForgetSender: senders.forget_sender,
    asked.OpenIntakeAddress: senders.open_intake_address,
    asked.CloseIntakeAddress: senders.close_intake_address,
    asked.ShowOutbox: undelivered.show_outbox,
    asked.Help: small_talk.help_,
    asked.Greeting: small_talk.greet,
    asked.Thanks: small_talk.thank,
    asked.NotOffered: not_offered.not_offered,
    asked.Proposed: not_offered.proposed,
    asked.Unclear: small_talk.clarify,
    asked.Unknown: small_talk.suggest,
    asked.Outdated: outdated.outdated,
}

BUTTONS: dict[Action, Callable[[PressedButton], object]] = {
    "confirm": lambda _: asked.Confirm(),
    "edit": lambda _: asked.Edit(),
    "paid": lambda _: asked.Pay(),
    "void": lambda _: asked.NotAnInvoice(),
    "undo": lambda pressed: asked.Undo(of_bill=True, seen=step_of(pressed.version)),
    "revoke": lambda pressed: asked.UndoBookkeepingStep(int(pressed.argument or 0)),
    "takeback": lambda pressed: asked.Undo(change=pressed.argument),
    "late": lambda _: asked.Confirm(late=True),
    "discounted": lambda _: asked.Pay(discounted=True),
    "rest": lambda pressed: pay.rest_of(pressed.argument or ""),
    "category": lambda pressed: asked.Categorise(pressed.argument),
    "show": lambda _: asked.ShowOriginal(),
    "keep-both": lambda _: asked.KeepBoth(),
    "keep-new": lambda _: asked.KeepNew(),
    "discard": lambda _: asked.Discard(),
    "approve": lambda _: asked.Approve(),
    "trust": lambda _: asked.Approve(iban=True),
    "refuse": lambda _: asked.Refuse(),
    "qr": lambda _: asked.PaymentCode(),
    "match": lambda pressed: button_requests.match(pressed.argument or ""),
    "nomatch": lambda pressed: asked.Match(int(pressed.argument or 0)),
    "unmatch": lambda pressed: asked.Unmatch(int(pressed.argument or 0)),
    "book": lambda pressed: button_requests.book(pressed.argument or ""),
    "account": lambda pressed: button_requests.account(pressed.argument or ""),
    "columns": lambda pressed: button_requests.columns(pressed.argument or ""),
    "preview": lambda pressed: button_requests.preview(pressed.argument or ""),
    "unimport": lambda pressed: button_requests.unimport(pressed.argument or ""),
    "reword": lambda pressed: asked.Unclear(request_words.how_to_say(pressed.argument or "")),
    "snooze": lambda pressed: asked.SnoozeFor(int(pressed.argument or 1)),
    "album": lambda _: asked.Unknown(),
    "connect": lambda _: asked.WhoIsHere(me=True),
    "agree": lambda pressed: irrevocable.agreed(pressed.argument or ""),
    "mail": lambda pressed: mailbox.decision_of(pressed.argument or ""),
    "all": lambda pressed: decide.decision_of(pressed.argument or ""),
    "record": lambda pressed: asked.Amend((asked.FieldChange("document_type", "invoice"),)),
    "currency": lambda pressed: asked.Amend((asked.FieldChange("currency", pressed.argument),)),
}


def request_of_button(pressed: PressedButton) -> object:
    """The request that a button makes, of the bill that is its target."""
    return BUTTONS[pressed.action](pressed)


def show_all(session: Session, context: Context) -> tuple[Reply, ...]:
    """The last question's answer, with nothing left out of it. Raises: NotPossible where there is none."""
    question = whole_answer.of(context)
    with lists.whole():
        return whole_answer.in_a_file(context, HANDLERS[type(question)](session, context, question))
