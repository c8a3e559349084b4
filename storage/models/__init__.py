"""The tables of the ledger's database.

Amounts are integers of minor units (BigInteger) beside their ISO 4217 currency; times are aware UTC; enums are
strings. Entries and postings are only ever added: a correction is a reversal and a new entry. An `id` is given by the
database when the row is flushed. It imports `db` only; every folder but `db` may import it.
"""

from __future__ import annotations

from storage.models.approvals import Approval, ApprovalRule, Decision, Matter
from storage.models.banking import (
    CsvMapping,
    Movement,
    MovementState,
    PaymentInstruction,
    PaymentOrder,
    Statement,
    StatementImport,
)
from storage.models.bills import Amendment, Bill, BillState, Document, Imprint, Side, Vendor, VendorIban
from storage.models.channel_faults import BackupRun, ChannelFault
from storage.models.companies import ChannelBinding, ChosenCompany
from storage.models.ledger import (
    Account,
    AccountType,
    Audit,
    AuditLink,
    Closing,
    Entry,
    EntryKind,
    ExchangeRate,
    Posting,
    Turnover,
)
from storage.models.mail import (
    IntakeAddress,
    MailboxFolder,
    MailOutcome,
    MailRecord,
    OAuthAccount,
    OwnerNote,
    QuarantinedMail,
    QuarantineState,
    SenderKind,
    SenderRule,
    SentMail,
)
from storage.models.messages import (
    Album,
    AlbumPart,
    ButtonToken,
    Conversation,
    Delivery,
    Enclosure,
    Housekeeping,
    Inbound,
    Post,
    Room,
    Saying,
    ShownPicture,
)
from storage.models.notifications import Alarm, Firing, Snooze
from storage.models.outbox import (
    OutboxItem,
    OutboxState,
    Webhook,
    WebhookDelivery,
    WebhookDeliveryState,
    WebhookState,
)
from storage.models.outside.accounting import AccountingConnection, AccountingPush, PushState
from storage.models.people import ChannelAccount, Company, Identity, Invitation, Person, Preference, Role
from storage.models.retention import LegalHold
from storage.models.rights import ChosenRight, Permission, Reach
from storage.models.sign_in import AccessToken, CodeAttempt, Passkey, SpentChallenge, WebSession
from storage.models.slack import SlackInstallation, SlackInstallState

__all__ = [
    "AccessToken",
    "Account",
    "AccountType",
    "AccountingConnection",
    "AccountingPush",
    "Alarm",
    "Album",
    "AlbumPart",
    "Amendment",
    "Approval",
    "ApprovalRule",
    "Audit",
    "AuditLink",
    "BackupRun",
    "Bill",
    "BillState",
    "ButtonToken",
    "ChannelAccount",
    "ChannelBinding",
    "ChannelFault",
    "ChosenCompany",
    "ChosenRight",
    "Closing",
    "CodeAttempt",
    "Company",
    "Conversation",
    "CsvMapping",
    "Decision",
    "Delivery",
    "Document",
    "Enclosure",
    "Entry",
    "EntryKind",
    "ExchangeRate",
    "Firing",
    "Housekeeping",
    "Identity",
    "Imprint",
    "Inbound",
    "IntakeAddress",
    "Invitation",
    "LegalHold",
    "MailOutcome",
    "MailRecord",
    "MailboxFolder",
    "Matter",
    "Movement",
    "MovementState",
    "OAuthAccount",
    "OutboxItem",
    "OutboxState",
    "OwnerNote",
    "Passkey",
    "PaymentInstruction",
    "PaymentOrder",
    "Permission",
    "Person",
    "Post",
    "Posting",
    "Preference",
    "PushState",
    "QuarantineState",
    "QuarantinedMail",
    "Reach",
    "Role",
    "Room",
    "Saying",
    "SenderKind",
    "SenderRule",
    "SentMail",
    "ShownPicture",
    "Side",
    "SlackInstallState",
    "SlackInstallation",
    "Snooze",
    "SpentChallenge",
    "Statement",
    "StatementImport",
    "Turnover",
    "Vendor",
    "VendorIban",
    "WebSession",
    "Webhook",
    "WebhookDelivery",
    "WebhookDeliveryState",
    "WebhookState",
]
