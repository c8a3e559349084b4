"""Pictures that a chat shows already, what long buttons say, and how a message read before it was edited."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.db.columns import UtcDateTime

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "shownpicture",
        sa.Column("channel", sa.String(), primary_key=True),
        sa.Column("chat", sa.String(), primary_key=True),
        sa.Column("sha256", sa.String(), primary_key=True),
        sa.Column("sent_id", sa.String(), nullable=False),
        sa.Column("file_id", sa.String(), nullable=False),
        sa.Column("shown_at", UtcDateTime(), nullable=False),
    )
    op.create_index("ix_shownpicture_sha256", "shownpicture", ["channel", "sha256"])
    op.create_table(
        "buttontoken",
        sa.Column("token", sa.String(), primary_key=True),
        sa.Column("choice", sa.String(), nullable=False),
    )
    op.execute("ALTER TABLE saying ADD COLUMN words VARCHAR")


def downgrade() -> None:
    op.execute("ALTER TABLE saying DROP COLUMN words")
    for table in ("buttontoken", "shownpicture"):
        op.drop_table(table)
