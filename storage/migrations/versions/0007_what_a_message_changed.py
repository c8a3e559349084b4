"""What is done is kept with the message that asked for it: undo takes back what that message changed.

A column is added by plain ALTER TABLE, as in 0005, so that the triggers stay which keep the audit as it is.
"""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE audit ADD COLUMN message_key VARCHAR")
    op.create_index("ix_audit_message_key", "audit", ["message_key"])


def downgrade() -> None:
    op.drop_index("ix_audit_message_key", "audit")
    op.execute("ALTER TABLE audit DROP COLUMN message_key")
