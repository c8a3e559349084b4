"""What a message answers, where others read along, what was sent together, and two people who are one.

Columns are added by plain ALTER TABLE, as in 0005, so that the triggers stay which keep what is booked.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.db.columns import UtcDateTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

SHARED = (
    "UPDATE inbound SET shared = TRUE WHERE (channel = 'telegram' AND conversation LIKE '-%') "
    "OR (channel = 'slack' AND conversation NOT LIKE 'D%')"
)
"""Conversations of before that others than the sender read: groups of Telegram, channels of Slack."""


def upgrade() -> None:
    op.execute("ALTER TABLE inbound ADD COLUMN shared BOOLEAN NOT NULL DEFAULT FALSE")
    op.execute(SHARED)
    op.execute(
        "ALTER TABLE person ADD COLUMN merged_into INTEGER CONSTRAINT fk_person_merged_into REFERENCES person (id)"
    )
    op.create_table(
        "saying",
        sa.Column("channel", sa.String(), primary_key=True),
        sa.Column("sent_id", sa.String(), primary_key=True),
        sa.Column("message_key", sa.String(), nullable=False),
        sa.Column("place", sa.Integer()),
    )
    op.create_table(
        "room",
        sa.Column("channel", sa.String(), primary_key=True),
        sa.Column("room", sa.String(), primary_key=True),
        sa.Column("figures", sa.Boolean(), nullable=False),
        sa.Column("documents", sa.Boolean(), nullable=False),
    )
    op.create_table(
        "albumpart",
        sa.Column("key", sa.String(), primary_key=True),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("album", sa.String(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
    )
    op.create_index("ix_albumpart_album", "albumpart", ["channel", "album"])
    op.create_table(
        "album",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("key", sa.String(), nullable=False, unique=True),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
    )
    op.create_table(
        "channelaccount",
        sa.Column("channel", sa.String(), primary_key=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
    )


def downgrade() -> None:
    for table in ("channelaccount", "album", "albumpart", "room", "saying"):
        op.drop_table(table)
    op.execute("ALTER TABLE person DROP COLUMN merged_into")
    op.execute("ALTER TABLE inbound DROP COLUMN shared")
