"""What documents looked like when they were read, from which corrections teach."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "imprint",
        sa.Column("bill_id", sa.Integer(), sa.ForeignKey("bill.id"), primary_key=True),
        sa.Column("vendor_key", sa.String(), nullable=True, index=True),
        sa.Column("vat_id", sa.String(), nullable=True, index=True),
        sa.Column("iban", sa.String(), nullable=True, index=True),
        sa.Column("sightings", sa.JSON(), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("imprint")
