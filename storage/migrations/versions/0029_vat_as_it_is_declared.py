"""Postings say how they are treated for VAT, and a company when its VAT is due."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("posting", sa.Column("tax_code", sa.String(), nullable=True))
    op.create_index("ix_posting_taxed", "posting", ["company_id", "booked_on", "tax_code"])
    op.add_column("company", sa.Column("vat_basis", sa.String(), nullable=False, server_default="accrual"))


def downgrade() -> None:
    op.drop_column("company", "vat_basis")
    op.drop_index("ix_posting_taxed", "posting")
    op.drop_column("posting", "tax_code")
