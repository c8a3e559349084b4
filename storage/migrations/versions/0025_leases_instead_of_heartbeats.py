"""When the night's work was done last; who lives is told by leases on messages and by connections, no longer here."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.db.columns import UtcDateTime

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "housekeeping",
        sa.Column("name", sa.String(), primary_key=True),
        sa.Column("begun_at", UtcDateTime(), nullable=False),
        sa.Column("done_at", UtcDateTime()),
    )
    op.drop_table("worker")


def downgrade() -> None:
    op.create_table(
        "worker",
        sa.Column("name", sa.String(), primary_key=True),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
    )
    op.drop_table("housekeeping")
