"""A person says that a mail address is theirs: the code that shows it is kept with the address.

A column is added by plain ALTER TABLE, as in 0005.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.db.columns import UtcDateTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE invitation ADD COLUMN address VARCHAR")
    op.create_table(
        "ownernote",
        sa.Column("key", sa.String(), primary_key=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("noted_at", UtcDateTime(), nullable=False),
    )
    op.create_table(
        "oauthaccount",
        sa.Column("user", sa.String(), primary_key=True),
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("refused", sa.String(), nullable=True),
    )


def downgrade() -> None:
    op.drop_table("oauthaccount")
    op.drop_table("ownernote")
    op.execute("ALTER TABLE invitation DROP COLUMN address")
