"""Accounting software that confirmed bills are pushed to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.db.columns import UtcDateTime

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None
expands = True

OWN = "company_id::text = current_setting('billify.company', true)"


def upgrade() -> None:
    op.create_table(
        "accountingconnection",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("access", sa.String(), nullable=False),
        sa.Column("categories", sa.JSON(), nullable=False),
        sa.Column("refused", sa.String(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.UniqueConstraint("company_id", "platform"),
    )
    op.create_table(
        "accountingpush",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("connection_id", sa.Integer(), sa.ForeignKey("accountingconnection.id"), nullable=False),
        sa.Column("bill_id", sa.Integer(), sa.ForeignKey("bill.id"), nullable=False),
        sa.Column("external", sa.String(), nullable=True),
        sa.Column("state", sa.String(24), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("queued_at", UtcDateTime(), nullable=False),
        sa.Column("next_at", UtcDateTime(), nullable=False),
        sa.Column("leased_until", UtcDateTime(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.UniqueConstraint("connection_id", "bill_id"),
    )
    op.create_index("ix_accountingpush_next", "accountingpush", ["connection_id", "state", "next_at"])
    if op.get_bind().dialect.name == "postgresql":
        for table in ("accountingconnection", "accountingpush"):
            op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
            op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
            op.execute(f"CREATE POLICY of_company ON {table} USING ({OWN}) WITH CHECK ({OWN})")


def downgrade() -> None:
    op.drop_table("accountingpush")
    op.drop_table("accountingconnection")
