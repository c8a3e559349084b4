"""Everything that was sent about a bill is found at once: its cards change together."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_delivery_bill_id", "delivery", ["bill_id"])


def downgrade() -> None:
    op.drop_index("ix_delivery_bill_id", "delivery")
