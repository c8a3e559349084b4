"""Who let a person in: by it, two people are told from one with two phones."""

from __future__ import annotations

from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

FROM_CODES = """
UPDATE person SET invited_by = (
    SELECT min(invitation.invited_by) FROM invitation
    JOIN identity ON invitation.redeemed_by = identity.channel || ':' || identity.address
    WHERE identity.person_id = person.id AND invitation.person_id IS NULL
)
"""
READ = ("person", "invitation", "identity")


def upgrade() -> None:
    op.execute("ALTER TABLE person ADD COLUMN invited_by INTEGER REFERENCES person (id)")
    _force_row_security("NO FORCE")  # for the owner of the tables, who sees all companies so
    op.execute(FROM_CODES)
    op.execute("UPDATE person SET invited_by = NULL WHERE invited_by = id")
    _force_row_security("FORCE")


def _force_row_security(how: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table in READ:
            op.execute(f"ALTER TABLE {table} {how} ROW LEVEL SECURITY")


def downgrade() -> None:
    op.execute("ALTER TABLE person DROP COLUMN invited_by")
