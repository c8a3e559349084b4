"""The second step of a discount for early payment ("3 % in 8 days, 2 % in 14").

Columns are added by plain ALTER TABLE: the other way on SQLite, building a table anew, would lose the triggers that
keep what is booked.
"""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ADDED = ("later_discount_minor BIGINT", "later_discount_until DATE")


def upgrade() -> None:
    for column in ADDED:
        op.execute(f"ALTER TABLE bill ADD COLUMN {column}")


def downgrade() -> None:
    for column in ADDED:
        op.execute(f"ALTER TABLE bill DROP COLUMN {column.split()[0]}")
