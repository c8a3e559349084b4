"""Projects and cost centres, notes on bills, payments that are held."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.db.columns import UtcDateTime

revision = "0034"
down_revision = "0031"
branch_labels = None
depends_on = None
expands = True

OWN = "company_id::text = current_setting('billify.company', true)"
TABLES = ("costobject", "billnote", "paymenthold", "enclosedpaper")


def upgrade() -> None:
    op.add_column("posting", sa.Column("cost_object", sa.String(), nullable=True))
    op.create_index("ix_posting_cost_object", "posting", ["company_id", "cost_object", "booked_on"])
    op.create_table(
        "costobject",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.UniqueConstraint("company_id", "kind", "name"),
    )
    op.create_table(
        "billnote",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("bill_id", sa.Integer(), sa.ForeignKey("bill.id"), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("written_at", UtcDateTime(), nullable=False),
        sa.Column("removed_at", UtcDateTime(), nullable=True),
    )
    op.create_index("ix_billnote_bill_id", "billnote", ["bill_id"])
    op.create_table(
        "paymenthold",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("bill_id", sa.Integer(), sa.ForeignKey("bill.id"), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("held_by", sa.Integer(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("held_at", UtcDateTime(), nullable=False),
        sa.Column("released_by", sa.Integer(), sa.ForeignKey("person.id"), nullable=True),
        sa.Column("released_at", UtcDateTime(), nullable=True),
    )
    op.create_index("ix_paymenthold_bill_id", "paymenthold", ["bill_id"])
    op.create_table(
        "enclosedpaper",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("bill_id", sa.Integer(), sa.ForeignKey("bill.id"), nullable=False),
        sa.Column("paper_id", sa.Integer(), sa.ForeignKey("bill.id"), nullable=False),
        sa.Column("attached_by", sa.Integer(), sa.ForeignKey("person.id"), nullable=True),
        sa.Column("attached_at", UtcDateTime(), nullable=False),
        sa.Column("detached_at", UtcDateTime(), nullable=True),
    )
    op.create_index("ix_enclosedpaper_bill_id", "enclosedpaper", ["bill_id"])
    op.create_index("ix_enclosedpaper_paper_id", "enclosedpaper", ["paper_id"])
    if op.get_bind().dialect.name == "postgresql":
        for table in TABLES:
            op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
            op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
            op.execute(f"CREATE POLICY of_company ON {table} USING ({OWN}) WITH CHECK ({OWN})")


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    op.drop_index("ix_posting_cost_object", "posting")
    op.drop_column("posting", "cost_object")
