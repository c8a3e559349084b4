"""What the tax adviser's program is told: its numbers of the company, the chart, and the numbers of our accounts in
it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("company", sa.Column("datev_chart", sa.String(), nullable=False, server_default="skr03"))
    op.add_column("company", sa.Column("datev_adviser", sa.String(), nullable=True))
    op.add_column("company", sa.Column("datev_client", sa.String(), nullable=True))
    op.add_column("company", sa.Column("datev_corrections", sa.String(), nullable=False, server_default="pairs"))
    op.add_column("account", sa.Column("charted", sa.JSON(), nullable=False, server_default="{}"))


def downgrade() -> None:
    op.drop_column("account", "charted")
    for name in ("datev_corrections", "datev_client", "datev_adviser", "datev_chart"):
        op.drop_column("company", name)
