"""The tables of the ledger's database.

Amounts are integers of minor units (BigInteger) beside their ISO 4217 currency; times are aware UTC; enums are
strings. Entries and postings are only ever added: a correction is a reversal and a new entry. An `id` is given by the
database when the row is flushed. It imports `db` only; every folder but `db` may import it.
"""

from __future__ import annotations

from storage.models.approvals import Approval, ApprovalRule, Decision, Matter
from storage.models.banking import CsvMapping, Movement, MovementState, PaymentInstruction, PaymentOrder, Statement
from storage.models.bills import Amendment, Bill, BillState, Document, Side, Vendor, VendorIban
from storage.models.channel_faults import ChannelFault
from storage.models.imprints import Imprint
from storage.models.ledger import (
    Account,
    AccountType,
    Audit,
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
    Inbound,
    Post,
    Room,
    Saying,
    ShownPicture,
    Worker,
)
from storage.models.notifications import Alarm, Firing, Snooze
from storage.models.outbox import OutboxItem, OutboxState
from storage.models.people import ChannelAccount, Company, Identity, Invitation, Person, Preference, Role
from storage.models.slack import SlackInstallation, SlackInstallState

__all__ = [
    "Account",
    "AccountType",
    "Alarm",
    "Album",
    "AlbumPart",
    "Amendment",
    "Approval",
    "ApprovalRule",
    "Audit",
    "Bill",
    "BillState",
    "ButtonToken",
    "ChannelAccount",
    "ChannelFault",
    "Closing",
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
    "Identity",
    "Imprint",
    "Inbound",
    "IntakeAddress",
    "Invitation",
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
    "PaymentInstruction",
    "PaymentOrder",
    "Person",
    "Post",
    "Posting",
    "Preference",
    "QuarantineState",
    "QuarantinedMail",
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
    "Statement",
    "Turnover",
    "Vendor",
    "VendorIban",
    "Worker",
]
