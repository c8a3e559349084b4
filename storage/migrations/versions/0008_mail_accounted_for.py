"""Mail is accounted for: a log of each, quarantine, rules about senders, how far mailboxes were read, the outbox.

Columns are added by plain ALTER TABLE, as in 0005.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.db.columns import UtcDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TABLES = ("mailrecord", "intakeaddress", "quarantinedmail", "senderrule", "mailboxfolder", "sentmail", "outboxitem")

ADDED = {
    "firing": (
        "message_key VARCHAR",
        "undelivered INTEGER NOT NULL DEFAULT 0",
        "retry_at {time}",
    ),
    "company": ("mail_address VARCHAR NOT NULL DEFAULT ''",),
    "alarm": ("undelivered INTEGER NOT NULL DEFAULT 0", "retry_at {time}"),
}


def upgrade() -> None:
    _create_mail_log()
    _create_quarantine()
    _create_mailboxes()
    _create_outbox()
    time = "TIMESTAMP WITH TIME ZONE" if op.get_bind().dialect.name == "postgresql" else "DATETIME"
    for table, columns in ADDED.items():
        for column in columns:
            op.execute(f"ALTER TABLE {table} ADD COLUMN {column.format(time=time)}")
    op.create_index("ix_firing_message_key", "firing", ["message_key"])


def downgrade() -> None:
    op.drop_index("ix_firing_message_key", "firing")
    for table, columns in ADDED.items():
        for column in columns:
            op.execute(f"ALTER TABLE {table} DROP COLUMN {column.split()[0]}")
    for table in reversed(TABLES):
        op.drop_table(table)


def _text(name: str, default: str | None = "") -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=default is None)


def _time(name: str, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, UtcDateTime(), nullable=nullable)


def _person(name: str, nullable: bool = True) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), sa.ForeignKey("person.id"), nullable=nullable)


def _create_mail_log() -> None:
    op.create_table(
        "mailrecord",
        sa.Column("id", sa.Integer(), primary_key=True),
        _text("key"),
        *map(_text, ("message_id", "sender", "sender_name", "subject", "recipient", "way")),
        sa.Column("bytes", sa.Integer(), nullable=False),
        _time("said_at", nullable=True),
        _time("arrived_at"),
        sa.Column("outcome", sa.String(24), nullable=False),
        _text("reason"),
        _text("detail"),
        _person("person_id"),
        _text("message_key", None),
        sa.Column("repeats", sa.Integer(), nullable=False),
        sa.UniqueConstraint("key"),
    )
    op.create_index("ix_mailrecord_arrived_at", "mailrecord", ["arrived_at"])
    op.create_index("ix_mailrecord_sender", "mailrecord", ["sender"])
    op.create_index("ix_mailrecord_message_key", "mailrecord", ["message_key"])


def _create_quarantine() -> None:
    op.create_table(
        "intakeaddress",
        sa.Column("id", sa.Integer(), primary_key=True),
        _text("tag"),
        _text("name"),
        _person("person_id", nullable=False),
        _time("created_at"),
        _time("closed_at", nullable=True),
        sa.UniqueConstraint("tag"),
    )
    op.create_table(
        "quarantinedmail",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("mail_id", sa.Integer(), sa.ForeignKey("mailrecord.id"), nullable=False),
        _text("sha256", None),
        sa.Column("bytes", sa.Integer(), nullable=False),
        _text("reason"),
        _person("person_id"),
        _time("held_at"),
        sa.Column("state", sa.String(24), nullable=False),
        _person("decided_by"),
        _time("decided_at", nullable=True),
        *(_text(name, None) for name in ("channel", "address", "conversation")),
        sa.Column("as_person", sa.Boolean(), nullable=False),
        sa.UniqueConstraint("mail_id"),
    )
    op.create_index("ix_quarantinedmail_state", "quarantinedmail", ["state"])
    op.create_index("ix_quarantinedmail_sha256", "quarantinedmail", ["sha256"])
    op.create_table(
        "senderrule",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("kind", sa.String(24), nullable=False),
        _text("value"),
        sa.Column("accept", sa.Boolean(), nullable=False),
        sa.Column("intake_id", sa.Integer(), sa.ForeignKey("intakeaddress.id"), nullable=True),
        _person("person_id", nullable=False),
        _person("created_by", nullable=False),
        _time("created_at"),
    )
    op.create_index("ix_senderrule_value", "senderrule", ["value"])


def _create_mailboxes() -> None:
    op.create_table(
        "mailboxfolder",
        sa.Column("id", sa.Integer(), primary_key=True),
        _text("account"),
        _text("folder"),
        sa.Column("uid_validity", sa.BigInteger(), nullable=False),
        sa.Column("next_uid", sa.BigInteger(), nullable=False),
        sa.Column("left", sa.JSON(), nullable=False),
        _time("newest", nullable=True),
        sa.Column("since", sa.Date(), nullable=True),
        _time("first_seen_at"),
        _time("read_at"),
        sa.UniqueConstraint("account", "folder"),
    )
    op.create_table(
        "sentmail",
        sa.Column("key", sa.String(), primary_key=True),
        *map(_text, ("message_id", "address", "subject")),
        sa.Column("answer", sa.Boolean(), nullable=False),
        _time("sent_at"),
    )
    op.create_index("ix_sentmail_message_id", "sentmail", ["message_id"])
    op.create_index("ix_sentmail_address", "sentmail", ["address", "sent_at"])


def _create_outbox() -> None:
    op.create_table(
        "outboxitem",
        sa.Column("key", sa.String(), primary_key=True),
        *map(_text, ("channel", "conversation", "address")),
        _person("person_id"),
        *map(_text, ("subject", "message", "reply")),
        sa.Column("state", sa.String(24), nullable=False),
        _time("queued_at"),
        _time("next_at"),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("away", sa.Boolean(), nullable=False),
        _text("reason"),
        _time("ended_at", nullable=True),
    )
    op.create_index("ix_outboxitem_next", "outboxitem", ["state", "next_at"])
