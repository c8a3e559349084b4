"""What a person can ask for: one frozen dataclass a request, whatever words, buttons or language it came in.

Imports nothing of handlers; channels never need it, use cases and understanding do.
"""

from __future__ import annotations

from handlers.requests.bills import (
    Amend,
    Approve,
    Categorise,
    Confirm,
    Discard,
    Edit,
    FieldChange,
    History,
    KeepBoth,
    KeepNew,
    NotAnInvoice,
    Refuse,
    ShowBill,
    ShowOriginal,
    Undo,
)
from handlers.requests.books import (
    AddAccount,
    AllowSelfApproval,
    AssignRole,
    Categories,
    ClosePeriod,
    Export,
    RenameAccount,
    ReopenPeriod,
    RequireApproval,
    SetCompanyProfile,
    SetOpeningBalance,
    ShowApprovalRules,
    TrialBalance,
    UndoBookkeepingStep,
)
from handlers.requests.changing import CHANGES
from handlers.requests.mail import (
    CloseIntakeAddress,
    DecideMail,
    ForgetSender,
    MailLog,
    OpenIntakeAddress,
    ShowOutbox,
    ShowQuarantine,
    ShowSenders,
)
from handlers.requests.money import (
    Allocate,
    BookMovement,
    ChooseAccount,
    ChooseColumns,
    HowToPay,
    Match,
    Movements,
    Pay,
    PaymentCode,
    PaymentFile,
    Prepay,
    Reconcile,
    Transfer,
    Unmatch,
    WithdrawPaymentFile,
)
from handlers.requests.people import (
    AllowInRoom,
    Greeting,
    Help,
    Invite,
    LinkAddress,
    LinkChannel,
    MergePeople,
    Redeem,
    RenamePerson,
    Thanks,
    UnlinkChannel,
    WhoIsHere,
)
from handlers.requests.questions import (
    Ageing,
    Balance,
    Due,
    Find,
    Forecast,
    Income,
    Owed,
    PartyDetails,
    Payments,
    Profit,
    Settled,
    ShowAll,
    Side,
    Spend,
    Waiting,
    Why,
)
from handlers.requests.reminders import (
    Digest,
    Remind,
    Reminders,
    SendNoticesHere,
    SetLanguage,
    SetQuietHours,
    SetReminderDays,
    SetTimeZone,
    SnoozeBill,
    SnoozeFor,
)
from handlers.requests.understanding import (
    NotOffered,
    OnBill,
    Outdated,
    Proposed,
    SeveralRequests,
    Topic,
    Unclear,
    Unknown,
)

OfMail = (
    MailLog
    | ShowQuarantine
    | DecideMail
    | ShowSenders
    | ForgetSender
    | OpenIntakeAddress
    | CloseIntakeAddress
    | ShowOutbox
    | LinkAddress
)
"""Requests about mail, which are said in phrases alone."""

Request = (
    OfMail
    | Amend
    | Confirm
    | NotAnInvoice
    | KeepBoth
    | KeepNew
    | Discard
    | Undo
    | Edit
    | ShowBill
    | ShowOriginal
    | History
    | Categorise
    | Approve
    | Refuse
    | Due
    | Balance
    | Owed
    | Settled
    | Payments
    | Spend
    | Income
    | Profit
    | Forecast
    | Ageing
    | Find
    | PartyDetails
    | Why
    | ShowAll
    | Waiting
    | Pay
    | HowToPay
    | PaymentFile
    | PaymentCode
    | Match
    | BookMovement
    | ChooseAccount
    | ChooseColumns
    | Unmatch
    | WithdrawPaymentFile
    | Movements
    | Reconcile
    | Transfer
    | Allocate
    | Prepay
    | SetOpeningBalance
    | AddAccount
    | RenameAccount
    | Categories
    | ClosePeriod
    | ReopenPeriod
    | UndoBookkeepingStep
    | TrialBalance
    | Export
    | SetCompanyProfile
    | RequireApproval
    | ShowApprovalRules
    | AssignRole
    | AllowSelfApproval
    | Remind
    | SnoozeBill
    | SnoozeFor
    | Reminders
    | SetReminderDays
    | Digest
    | SetQuietHours
    | SetLanguage
    | SetTimeZone
    | SendNoticesHere
    | Invite
    | Redeem
    | LinkChannel
    | UnlinkChannel
    | WhoIsHere
    | RenamePerson
    | MergePeople
    | AllowInRoom
    | Help
    | Greeting
    | Thanks
)

Question = Due | Balance | Owed | Settled | Payments | Spend | Income | Profit | Forecast | Ageing | Find
"""Requests that a follow-up ("and next month?", "only Acme") can ask anew, a little changed."""

Understood = Request | OnBill | SeveralRequests | NotOffered | Proposed | Unclear | Unknown

__all__ = [
    "CHANGES", "AddAccount", "Ageing", "Allocate", "AllowInRoom", "AllowSelfApproval", "Amend", "Approve",
    "AssignRole", "Balance", "BookMovement", "Categories", "Categorise", "ChooseAccount", "ChooseColumns",
    "CloseIntakeAddress", "ClosePeriod", "Confirm", "DecideMail", "Digest", "Discard", "Due", "Edit", "Export",
    "FieldChange", "Find", "Forecast", "ForgetSender", "Greeting", "Help", "History", "HowToPay", "Income",
    "Invite", "KeepBoth", "KeepNew", "LinkAddress", "LinkChannel", "MailLog", "Match", "MergePeople", "Movements",
    "NotAnInvoice", "NotOffered", "OfMail", "OnBill", "OpenIntakeAddress", "Outdated", "Owed", "PartyDetails",
    "Pay", "PaymentCode", "PaymentFile", "Payments", "Prepay", "Profit", "Proposed", "Question", "Reconcile",
    "Redeem", "Refuse", "Remind", "Reminders", "RenameAccount", "RenamePerson", "ReopenPeriod", "Request",
    "RequireApproval", "SendNoticesHere", "SetCompanyProfile", "SetLanguage", "SetOpeningBalance", "SetQuietHours",
    "SetReminderDays", "SetTimeZone", "Settled", "SeveralRequests", "ShowAll", "ShowApprovalRules", "ShowBill",
    "ShowOriginal", "ShowOutbox", "ShowQuarantine", "ShowSenders", "Side", "SnoozeBill", "SnoozeFor", "Spend",
    "Thanks", "Topic", "Transfer", "TrialBalance", "Unclear", "Understood", "Undo", "UndoBookkeepingStep", "Unknown",
    "UnlinkChannel", "Unmatch", "Waiting", "WhoIsHere", "Why", "WithdrawPaymentFile",
]  # fmt: skip
