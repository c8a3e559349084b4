"""For which companies there is anything to do is one question to all of them, not one to each; what is switched on for
one company; and which versions may work on this database.

The installation may look into what waits (it sees whose it is), and change nothing there.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.db.columns import UtcDateTime

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None
expands = True

LOOKED_INTO = ("alarm", "inbound", "outboxitem", "ownernote", "quarantinedmail", "statementimport", "webhook")
ACROSS = "current_setting('billify.company', true) = '*'"
STANDS, UNDER_WAY = sa.text("rung_at IS NULL AND cancelled_at IS NULL"), sa.text("finished_at IS NULL")


OWN = "company_id::text = current_setting('billify.company', true)"


def upgrade() -> None:
    op.create_table(
        "companyflag",
        sa.Column("company_id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String(), primary_key=True),
        sa.Column("turned_on", sa.Boolean(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
    )
    op.create_table(
        "schemarelease",
        sa.Column("revision", sa.String(), primary_key=True),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("oldest", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
    )
    op.create_index("ix_alarm_stands", "alarm", ["at"], sqlite_where=STANDS, postgresql_where=STANDS)
    op.create_index(
        "ix_statementimport_under_way", "statementimport", ["id"], sqlite_where=UNDER_WAY, postgresql_where=UNDER_WAY
    )
    op.create_index("ix_ownernote_noted", "ownernote", ["noted_at"])
    op.create_index("ix_quarantinedmail_held", "quarantinedmail", ["held_at"])
    op.create_index("ix_identity_linked", "identity", ["linked_at"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE companyflag ENABLE ROW LEVEL SECURITY")
        op.execute("ALTER TABLE companyflag FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY of_company ON companyflag USING ({OWN}) WITH CHECK ({OWN})")
        for table in LOOKED_INTO:
            op.execute(f"CREATE POLICY of_installation ON {table} FOR SELECT USING ({ACROSS})")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table in LOOKED_INTO:
            op.execute(f"DROP POLICY of_installation ON {table}")
    op.drop_index("ix_identity_linked", "identity")
    op.drop_index("ix_quarantinedmail_held", "quarantinedmail")
    op.drop_index("ix_ownernote_noted", "ownernote")
    op.drop_index("ix_statementimport_under_way", "statementimport")
    op.drop_index("ix_alarm_stands", "alarm")
    op.drop_table("schemarelease")
    op.drop_table("companyflag")
