"""Backups that were tried, so that their age is known without asking where they lie."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.db.columns import UtcDateTime

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "backuprun",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("begun_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime()),
        sa.Column("name", sa.String()),
        sa.Column("fault", sa.String()),
        sa.Column("rows", sa.BigInteger(), nullable=False),
        sa.Column("files", sa.Integer(), nullable=False),
        sa.Column("left_out", sa.Integer(), nullable=False),
    )
    op.create_index("ix_backuprun_begun_at", "backuprun", ["begun_at"])


def downgrade() -> None:
    op.drop_table("backuprun")
