"""What a person can ask for: one frozen dataclass a request, whatever words, buttons or language it came in.

Imports nothing of handlers; channels never need it, use cases and understanding do.
"""

from __future__ import annotations

from handlers.requests.access import ChangeWebhook, MakeToken, MakeWebhook, RevokeToken, ShowTokens, ShowWebhooks
from handlers.requests.bills import (
    AllAtOnce,
    AllAtOnceAct,
    Amend,
    Approve,
    Categorise,
    Confirm,
    DecideAll,
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
    AccountingSoftware,
    AddAccount,
    AllowSelfApproval,
    Categories,
    ClosePeriod,
    Export,
    NumberAccount,
    RenameAccount,
    ReopenPeriod,
    RequireApproval,
    SetCompanyProfile,
    SetOpeningBalance,
    ShowApprovalRules,
    TrialBalance,
    UndoBookkeepingStep,
    VatReturn,
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
    ShowColumns,
    TakeBackImport,
    Transfer,
    Unmatch,
    WithdrawPaymentFile,
)
from handlers.requests.people import (
    AllowInRoom,
    EndWebSessions,
    ErasePerson,
    Greeting,
    HandOver,
    Help,
    HoldDocuments,
    Invite,
    LeaveCompany,
    LinkAddress,
    LinkChannel,
    MergePeople,
    PersonalData,
    Redeem,
    RemovePerson,
    RenamePerson,
    ShowCompanies,
    ShowHolds,
    ShowWebSessions,
    SwitchCompany,
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
from handlers.requests.roles import AssignRole, GrantRight, ShowRights
from handlers.requests.trail import ExportAudit, WhoChanged, WhoDidWhat
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
    | AllAtOnce
    | DecideAll
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
    | ShowColumns
    | TakeBackImport
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
    | NumberAccount
    | Categories
    | ClosePeriod
    | ReopenPeriod
    | UndoBookkeepingStep
    | TrialBalance
    | VatReturn
    | Export
    | SetCompanyProfile
    | RequireApproval
    | ShowApprovalRules
    | AssignRole
    | GrantRight
    | ShowRights
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
    | ShowWebSessions
    | EndWebSessions
    | MakeToken
    | ShowTokens
    | RevokeToken
    | MakeWebhook
    | ShowWebhooks
    | ChangeWebhook
    | WhoIsHere
    | RenamePerson
    | MergePeople
    | RemovePerson
    | LeaveCompany
    | HandOver
    | ShowCompanies
    | SwitchCompany
    | AllowInRoom
    | PersonalData
    | ErasePerson
    | HoldDocuments
    | ShowHolds
    | WhoDidWhat
    | WhoChanged
    | ExportAudit
    | AccountingSoftware
    | Help
    | Greeting
    | Thanks
)

Question = Due | Balance | Owed | Settled | Payments | Spend | Income | Profit | Forecast | Ageing | Find | VatReturn
"""Requests that a follow-up ("and next month?", "only Acme") can ask anew, a little changed."""

Understood = Request | OnBill | SeveralRequests | NotOffered | Proposed | Unclear | Unknown

__all__ = [
    "CHANGES", "AccountingSoftware", "AddAccount", "Ageing", "AllAtOnce", "AllAtOnceAct", "Allocate", "AllowInRoom",
    "AllowSelfApproval", "Amend", "Approve", "AssignRole", "Balance", "BookMovement", "Categories", "Categorise",
    "ChangeWebhook", "ChooseAccount", "ChooseColumns", "CloseIntakeAddress", "ClosePeriod", "Confirm", "DecideAll",
    "DecideMail", "Digest", "Discard", "Due", "Edit", "EndWebSessions", "ErasePerson", "Export", "ExportAudit",
    "FieldChange", "Find", "Forecast", "ForgetSender", "GrantRight", "Greeting", "HandOver", "Help", "History",
    "HoldDocuments", "HowToPay", "Income", "Invite", "KeepBoth", "KeepNew", "LeaveCompany", "LinkAddress",
    "LinkChannel", "MailLog", "MakeToken", "MakeWebhook", "Match", "MergePeople", "Movements", "NotAnInvoice",
    "NotOffered", "NumberAccount", "OfMail", "OnBill", "OpenIntakeAddress", "Outdated", "Owed", "PartyDetails", "Pay",
    "PaymentCode", "PaymentFile", "Payments", "PersonalData", "Prepay", "Profit", "Proposed", "Question", "Reconcile",
    "Redeem", "Refuse", "Remind", "Reminders", "RemovePerson", "RenameAccount", "RenamePerson", "ReopenPeriod",
    "Request", "RequireApproval", "RevokeToken", "SendNoticesHere", "SetCompanyProfile", "SetLanguage",
    "SetOpeningBalance", "SetQuietHours", "SetReminderDays", "SetTimeZone", "Settled", "SeveralRequests", "ShowAll",
    "ShowApprovalRules", "ShowBill", "ShowColumns", "ShowCompanies", "ShowHolds", "ShowOriginal", "ShowOutbox",
    "ShowQuarantine", "ShowRights", "ShowSenders", "ShowTokens", "ShowWebSessions", "ShowWebhooks", "Side",
    "SnoozeBill", "SnoozeFor", "Spend", "SwitchCompany", "TakeBackImport", "Thanks", "Topic", "Transfer",
    "TrialBalance", "Unclear", "Understood", "Undo", "UndoBookkeepingStep", "Unknown", "UnlinkChannel", "Unmatch",
    "VatReturn", "Waiting", "WhoChanged", "WhoDidWhat", "WhoIsHere", "Why", "WithdrawPaymentFile",
]  # fmt: skip
