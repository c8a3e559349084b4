"""Which tables' changes stand in the audit trail, old and new.

A table is here or in `ELSEWHERE`, with where to look instead; a test finds one that is in neither.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import SQLModel

from storage.models import (
    AccessToken,
    Account,
    AccountingConnection,
    Alarm,
    Approval,
    ApprovalRule,
    Bill,
    BillNote,
    Budget,
    ChosenRight,
    Closing,
    Company,
    CompanyFlag,
    CostObject,
    CsvMapping,
    Document,
    EnclosedPaper,
    Identity,
    IntakeAddress,
    Invitation,
    LegalHold,
    Movement,
    Passkey,
    PaymentHold,
    PaymentOrder,
    Person,
    Preference,
    QuarantinedMail,
    Room,
    SenderRule,
    Snooze,
    Vendor,
    VendorIban,
    Webhook,
    WebSession,
)


@dataclass(frozen=True)
class Watched:
    """How a table is watched: `arrivals` says that rows are written down whole when they come in (else the step says
    what came in, and the document shows it); `silent` are columns that follow from others, or are secret."""

    arrivals: bool = True
    silent: frozenset[str] = frozenset()


_DERIVED = frozenset({"evidence", "picture_sha256", "number_key", "key"})
_DELIVERY = frozenset({"key", "rung_at", "undelivered", "retry_at"})

WATCHED: dict[type[SQLModel], Watched] = {
    Bill: Watched(arrivals=False, silent=_DERIVED),
    Document: Watched(arrivals=False, silent=frozenset({"media_type"})),
    Movement: Watched(arrivals=False, silent=frozenset({"key", "proposals"})),
    QuarantinedMail: Watched(arrivals=False),
    Approval: Watched(silent=frozenset({"key", "basis"})),
    ApprovalRule: Watched(),
    Account: Watched(),
    Alarm: Watched(silent=_DELIVERY),
    ChosenRight: Watched(),
    Closing: Watched(),
    Company: Watched(),
    CompanyFlag: Watched(silent=frozenset({"changed_at"})),
    CsvMapping: Watched(),
    Identity: Watched(),
    IntakeAddress: Watched(silent=frozenset({"tag"})),
    Invitation: Watched(silent=frozenset({"code_sha256"})),
    LegalHold: Watched(),
    Passkey: Watched(silent=frozenset({"credential_id", "public_key", "user_handle", "sign_count", "used_at"})),
    BillNote: Watched(),
    Budget: Watched(),
    CostObject: Watched(),
    EnclosedPaper: Watched(),
    PaymentHold: Watched(),
    PaymentOrder: Watched(),
    Person: Watched(),
    Preference: Watched(),
    Room: Watched(),
    SenderRule: Watched(),
    Snooze: Watched(),
    Vendor: Watched(silent=frozenset({"match_key"})),
    VendorIban: Watched(),
    AccessToken: Watched(silent=frozenset({"public", "secret_sha256", "used_at"})),
    AccountingConnection: Watched(silent=frozenset({"access", "position", "part"})),
    Webhook: Watched(silent=frozenset({"url", "secret", "former_secret", "position", "part"})),
    WebSession: Watched(silent=frozenset({"token_sha256", "seen_at", "expires_at"})),
}

_ADDED_ONLY = "only ever added to, and named by its step"
_COUNTED = "follows from what is watched"
_TALK = "what was said, shown and sent, and how far that came"
_INSTALLATION = "of the installation, whatever company"

ELSEWHERE: dict[str, str] = {
    **dict.fromkeys(
        ("amendment", "audit", "auditlink", "entry", "exchangerate", "paymentinstruction", "posting", "statement"),
        _ADDED_ONLY,
    ),
    **dict.fromkeys(("imprint", "statementimport", "turnover"), _COUNTED),
    **dict.fromkeys(
        (
            "album", "albumpart", "buttontoken", "conversation", "delivery", "enclosure", "firing", "inbound",
            "mailrecord", "outboxitem", "ownernote", "accountingpush", "post", "saying", "sentmail", "shownpicture",
            "webhookdelivery",
        ),
        _TALK,
    ),
    **dict.fromkeys(
        (
            "backuprun", "channelaccount", "channelbinding", "channelfault", "chosencompany", "codeattempt",
            "mailboxfolder", "oauthaccount", "schemarelease", "slackinstallation", "slackinstallstate",
            "spentchallenge", "housekeeping",
        ),
        _INSTALLATION,
    ),
}  # fmt: skip
"""Tables that are not watched, by name, and why not."""
