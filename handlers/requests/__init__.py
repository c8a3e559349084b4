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
    Appoint,
    Categories,
    Close,
    Export,
    Open,
    OwnApproval,
    Profile,
    Rename,
    Reopen,
    Require,
    Revoke,
    Rules,
    TrialBalance,
)
from handlers.requests.money import (
    Allocate,
    BookMovement,
    ChooseAccount,
    ChooseColumns,
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
from handlers.requests.people import Greeting, Help, Invite, Redeem, Thanks
from handlers.requests.questions import Ageing, Balance, Due, Find, Forecast, Owed, Side, Spend, Waiting, Why
from handlers.requests.reminders import (
    Digest,
    Here,
    Quiet,
    Remind,
    RemindBefore,
    Reminders,
    SnoozeBill,
    SnoozeFor,
    Speak,
    Zone,
)
from handlers.requests.understanding import Of, Several, Unclear, Unknown

Request = (
    Amend
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
    | Spend
    | Forecast
    | Ageing
    | Find
    | Why
    | Waiting
    | Pay
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
    | Open
    | AddAccount
    | Rename
    | Categories
    | Close
    | Reopen
    | Revoke
    | TrialBalance
    | Export
    | Profile
    | Require
    | Rules
    | Appoint
    | OwnApproval
    | Remind
    | SnoozeBill
    | SnoozeFor
    | Reminders
    | RemindBefore
    | Digest
    | Quiet
    | Speak
    | Zone
    | Here
    | Invite
    | Redeem
    | Help
    | Greeting
    | Thanks
)

Question = Due | Balance | Owed | Spend | Forecast | Ageing | Find
"""Requests that a follow-up ("and next month?", "only Acme") can ask anew, a little changed."""

Understood = Request | Of | Several | Unclear | Unknown

CHANGES = (
    Amend,
    Confirm,
    Pay,
    NotAnInvoice,
    KeepBoth,
    KeepNew,
    Discard,
    Undo,
    Invite,
    Categorise,
    Approve,
    Refuse,
    PaymentFile,
    WithdrawPaymentFile,
    Match,
    Unmatch,
    BookMovement,
    ChooseAccount,
    ChooseColumns,
    Transfer,
    Allocate,
    Prepay,
    Open,
    AddAccount,
    Rename,
    Close,
    Reopen,
    Revoke,
    Profile,
    Require,
    Appoint,
    OwnApproval,
)
"""Requests that change something for the company: nobody may make them in another's name."""

__all__ = [
    "CHANGES",
    "AddAccount",
    "Ageing",
    "Allocate",
    "Amend",
    "Appoint",
    "Approve",
    "Balance",
    "BookMovement",
    "Categories",
    "Categorise",
    "ChooseAccount",
    "ChooseColumns",
    "Close",
    "Confirm",
    "Digest",
    "Discard",
    "Due",
    "Edit",
    "Export",
    "FieldChange",
    "Find",
    "Forecast",
    "Greeting",
    "Help",
    "Here",
    "History",
    "Invite",
    "KeepBoth",
    "KeepNew",
    "Match",
    "Movements",
    "NotAnInvoice",
    "Of",
    "Open",
    "Owed",
    "OwnApproval",
    "Pay",
    "PaymentCode",
    "PaymentFile",
    "Prepay",
    "Profile",
    "Question",
    "Quiet",
    "Reconcile",
    "Redeem",
    "Refuse",
    "Remind",
    "RemindBefore",
    "Reminders",
    "Rename",
    "Reopen",
    "Request",
    "Require",
    "Revoke",
    "Rules",
    "Several",
    "ShowBill",
    "ShowOriginal",
    "Side",
    "SnoozeBill",
    "SnoozeFor",
    "Speak",
    "Spend",
    "Thanks",
    "Transfer",
    "TrialBalance",
    "Unclear",
    "Understood",
    "Undo",
    "Unknown",
    "Unmatch",
    "Waiting",
    "Why",
    "WithdrawPaymentFile",
    "Zone",
]
