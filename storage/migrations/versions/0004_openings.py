"""Since when it is known what was on each bank and cash account."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TOLD = """
UPDATE account SET opened_on = (
  SELECT MIN(entry.booked_on) FROM entry JOIN posting ON posting.entry_id = entry.id
  WHERE posting.account_id = account.id AND entry.kind = 'opening'
  AND NOT EXISTS (SELECT 1 FROM entry AS undoing WHERE undoing.reverses = entry.id)
) WHERE purse
"""


def upgrade() -> None:
    op.add_column("account", sa.Column("opened_on", sa.Date(), nullable=True))
    op.execute(TOLD)


def downgrade() -> None:
    op.drop_column("account", "opened_on")
