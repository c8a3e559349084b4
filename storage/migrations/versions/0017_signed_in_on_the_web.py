"""Sessions of the web chat, which a cookie only names, and the wrong codes that were tried."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.db.columns import UtcDateTime

revision = "0017"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "websession",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("token_sha256", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("user_agent", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.UniqueConstraint("token_sha256"),
    )
    op.create_index("ix_websession_person_id", "websession", ["person_id"])
    op.create_table(
        "codeattempt",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("tried_at", UtcDateTime(), nullable=False),
    )
    op.create_index("ix_codeattempt_who", "codeattempt", ["who"])
    op.create_index("ix_codeattempt_tried_at", "codeattempt", ["tried_at"])


def downgrade() -> None:
    op.drop_table("codeattempt")
    op.drop_table("websession")
