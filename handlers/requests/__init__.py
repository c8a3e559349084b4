"""What a person can ask for: one frozen dataclass a request, whatever words, buttons or language it came in.

Imports nothing of handlers; channels never need it, use cases and understanding do.
"""

from __future__ import annotations

from handlers.requests.access import (
    ChangeWebhook,
    MakeToken,
    MakeWebhook,
    OfAccess,
    RevokeToken,
    ShowTokens,
    ShowWebhooks,
)
from handlers.requests.accounting import Accounting, FinancialStatements, TellDifference, ValueCurrencies, WriteOff
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
from handlers.requests.deeds import (
    AddCostObject,
    AttachPaper,
    Claim,
    CostObjects,
    Hold,
    Note,
    OfDeeds,
    OnHold,
    PayMeBack,
    PerDiem,
    PettyCash,
    Release,
    Split,
    SplitPart,
    Trip,
)  # fmt: skip
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
    OfPeople,
    OfPrivacy,
    OfTalk,
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
    Budgets,
    Due,
    Find,
    Forecast,
    Income,
    OfInsight,
    Owed,
    PartyDetails,
    PaymentDays,
    Payments,
    Profit,
    SetBudget,
    Settled,
    ShowAll,
    Side,
    Spend,
    Subscriptions,
    Unusual,
    Waiting,
    Why,
)
from handlers.requests.reminders import (
    Digest,
    OfReminders,
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
from handlers.requests.roles import AssignRole, GrantRight, OfRoles, ShowRights
from handlers.requests.trail import ExportAudit, OfTrail, WhoChanged, WhoDidWhat
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
    MailLog | ShowQuarantine | DecideMail | ShowSenders | ForgetSender
    | OpenIntakeAddress | CloseIntakeAddress | ShowOutbox | LinkAddress
)  # fmt: skip
"""Requests about mail, which are said in phrases alone."""

Request = (
    OfMail
    | OfDeeds
    | OfInsight
    | OfReminders
    | OfAccess
    | Accounting
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
    | OfRoles
    | AllowSelfApproval
    | OfPeople
    | OfPrivacy
    | OfTrail
    | OfTalk
    | AccountingSoftware
)

Question = (
    Due | Balance | Owed | Settled | Payments | Spend | Income | Profit | Forecast | Ageing | Find | VatReturn
    | FinancialStatements
)  # fmt: skip
"""Requests that a follow-up ("and next month?", "only Acme") can ask anew, a little changed."""

Understood = Request | OnBill | SeveralRequests | NotOffered | Proposed | Unclear | Unknown

__all__ = [
    "CHANGES", "Accounting", "AccountingSoftware", "AddAccount", "AddCostObject", "Ageing", "AllAtOnce", "AllAtOnceAct",
    "Allocate", "AllowInRoom", "AllowSelfApproval", "Amend", "Approve", "AssignRole", "AttachPaper", "Balance",
    "BookMovement", "Budgets", "Categories", "Categorise", "ChangeWebhook", "ChooseAccount", "ChooseColumns", "Claim",
    "CloseIntakeAddress", "ClosePeriod", "Confirm", "CostObjects", "DecideAll", "DecideMail", "Digest", "Discard",
    "Due", "Edit", "EndWebSessions", "ErasePerson", "Export", "ExportAudit", "FieldChange", "FinancialStatements",
    "Find", "Forecast", "ForgetSender", "GrantRight", "Greeting", "HandOver", "Help", "History", "Hold",
    "HoldDocuments", "HowToPay", "Income", "Invite", "KeepBoth", "KeepNew", "LeaveCompany", "LinkAddress",
    "LinkChannel", "MailLog", "MakeToken", "MakeWebhook", "Match", "MergePeople", "Movements", "NotAnInvoice",
    "NotOffered", "Note", "NumberAccount", "OfAccess", "OfDeeds", "OfInsight", "OfMail", "OfPeople", "OfPrivacy",
    "OfReminders", "OfRoles", "OfTalk", "OfTrail", "OnBill", "OnHold", "OpenIntakeAddress", "Outdated", "Owed",
    "PartyDetails", "Pay", "PayMeBack", "PaymentCode", "PaymentDays", "PaymentFile", "Payments", "PerDiem",
    "PersonalData", "PettyCash", "Prepay", "Profit", "Proposed", "Question", "Reconcile", "Redeem", "Refuse", "Release",
    "Remind", "Reminders", "RemovePerson", "RenameAccount", "RenamePerson", "ReopenPeriod", "Request",
    "RequireApproval", "RevokeToken", "SendNoticesHere", "SetBudget", "SetCompanyProfile", "SetLanguage",
    "SetOpeningBalance", "SetQuietHours", "SetReminderDays", "SetTimeZone", "Settled", "SeveralRequests", "ShowAll",
    "ShowApprovalRules", "ShowBill", "ShowColumns", "ShowCompanies", "ShowHolds", "ShowOriginal", "ShowOutbox",
    "ShowQuarantine", "ShowRights", "ShowSenders", "ShowTokens", "ShowWebSessions", "ShowWebhooks", "Side",
    "SnoozeBill", "SnoozeFor", "Spend", "Split", "SplitPart", "Subscriptions", "SwitchCompany", "TakeBackImport",
    "TellDifference", "Thanks", "Topic", "Transfer", "TrialBalance", "Trip", "Unclear", "Understood", "Undo",
    "UndoBookkeepingStep", "Unknown", "UnlinkChannel", "Unmatch", "Unusual", "ValueCurrencies", "VatReturn", "Waiting",
    "WhoChanged", "WhoDidWhat", "WhoIsHere", "Why", "WithdrawPaymentFile", "WriteOff",
]  # fmt: skip
