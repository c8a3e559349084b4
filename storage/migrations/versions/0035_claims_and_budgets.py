"""Where people are paid back what they laid out, and budgets."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.db.columns import UtcDateTime

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None
expands = True

OWN = "company_id::text = current_setting('billify.company', true)"


def upgrade() -> None:
    op.add_column("preference", sa.Column("iban", sa.String(), nullable=True))
    op.create_table(
        "budget",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("interval", sa.String(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("made_by", sa.Integer(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE budget ENABLE ROW LEVEL SECURITY")
        op.execute("ALTER TABLE budget FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY of_company ON budget USING ({OWN}) WITH CHECK ({OWN})")


def downgrade() -> None:
    op.drop_table("budget")
    op.drop_column("preference", "iban")
