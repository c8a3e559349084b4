"""What a request is called among all that can be asked for: the classifier's labels, and those of sets of phrasings."""

from __future__ import annotations

from handlers import requests as asked

LABELS: dict[type, str] = {
    asked.Due: "due", asked.Owed: "owed", asked.Settled: "settled", asked.Payments: "payments", asked.Spend: "spend",
    asked.Income: "income", asked.Profit: "profit", asked.Balance: "balance", asked.Forecast: "forecast",
    asked.Ageing: "ageing", asked.Find: "find", asked.History: "history", asked.Why: "why", asked.ShowBill: "show_bill",
    asked.ShowOriginal: "show_original", asked.PartyDetails: "party", asked.Waiting: "waiting",
    asked.Movements: "movements", asked.Reconcile: "reconcile", asked.TrialBalance: "trial_balance",
    asked.VatReturn: "tax", asked.Categories: "categories", asked.ShowApprovalRules: "rules", asked.Confirm: "confirm",
    asked.Amend: "amend", asked.Edit: "amend", asked.HowToPay: "pay", asked.PaymentFile: "payment_file",
    asked.WithdrawPaymentFile: "withdraw_file", asked.PaymentCode: "payment_code", asked.Prepay: "prepay",
    asked.Allocate: "allocate", asked.Transfer: "transfer", asked.Approve: "approve", asked.Refuse: "refuse",
    asked.Hold: "hold", asked.Trip: "mileage", asked.Unusual: "unusual", asked.SetBudget: "budget",
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


def label_of(request: object) -> str:
    """The label of a request, "" where it has none."""
    match request:
        case asked.OnBill() | asked.Proposed():
            return label_of(request.request)
        case asked.FinancialStatements():
            return "profit" if request.part == "results" else ""
        case asked.Pay():
            return "received" if request.side == "receivable" else "paid"
        case asked.Undo():
            return "undo_other" if request.what or request.vendor else "undo"
        case asked.NotOffered():
            return TOPICS.get(request.topic, request.topic)
    return LABELS.get(type(request), "")


TOPICS = {"discounts": "fees", "customers_terms": "party"}
"""Labels of what is not offered, where they differ from the topic."""

UNGUESSED = (
    asked.AllAtOnce, asked.DecideAll, asked.MakeToken, asked.RevokeToken, asked.ShowTokens,
    asked.AccountingSoftware, asked.MakeWebhook, asked.ShowWebhooks, asked.ChangeWebhook,
    asked.ShowWebSessions, asked.EndWebSessions, asked.GrantRight, asked.ShowRights,
    asked.AllowInRoom, asked.ErasePerson, asked.ExportAudit, asked.HandOver, asked.HoldDocuments, asked.LeaveCompany,
    asked.LinkChannel, asked.MergePeople, asked.PersonalData, asked.RemovePerson, asked.RenamePerson, asked.ShowAll,
    asked.ShowColumns, asked.ShowCompanies, asked.ShowHolds, asked.SwitchCompany, asked.TakeBackImport,
    asked.UnlinkChannel, asked.NumberAccount,
    asked.FinancialStatements, asked.ValueCurrencies, asked.TellDifference, asked.WriteOff,
    asked.WhoChanged, asked.WhoDidWhat, asked.WhoIsHere,
    asked.Split, asked.Claim, asked.PerDiem, asked.PettyCash, asked.PayMeBack, asked.AttachPaper,
    asked.Subscriptions, asked.Budgets, asked.PaymentDays,
    asked.AddCostObject, asked.CostObjects, asked.Note, asked.Release, asked.OnHold,
)  # fmt: skip
"""What the classifier has no guess for."""
