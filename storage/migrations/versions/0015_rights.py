"""What roles may do where the company chose it, and the role that an invitation gives."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.db.columns import UtcDateTime

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "chosenright",
        sa.Column("role", sa.String(24), primary_key=True),
        sa.Column("permission", sa.String(24), primary_key=True),
        sa.Column("reach", sa.String(24), nullable=False),
        sa.Column("chosen_by", sa.Integer(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("chosen_at", UtcDateTime(), nullable=False),
    )
    op.execute("ALTER TABLE invitation ADD COLUMN role VARCHAR(24) NOT NULL DEFAULT 'member'")


def downgrade() -> None:
    op.execute("ALTER TABLE invitation DROP COLUMN role")
    op.drop_table("chosenright")
