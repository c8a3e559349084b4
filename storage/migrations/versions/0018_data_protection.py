"""Legal holds, originals that were discarded after their period, and people who were erased.

The audit stays only ever added to, but for the details of a step that name somebody who was erased: they may be
replaced by ones that say so ("erased": true), and nothing else of the step.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.db.columns import UtcDateTime

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


KEPT = ("id", "at", "person_id", "action", "bill_id", "message_key")
REFUSED = "audit is only ever added to"


def _let_details_be_blotted_out() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER audit_added_to_only ON audit")
        op.execute(
            "CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        op.execute(
            "CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit FOR EACH ROW WHEN (NOT ("
            "to_jsonb(NEW) - 'details' = to_jsonb(OLD) - 'details' "
            "AND (NEW.details->>'erased') IS NOT DISTINCT FROM 'true')) EXECUTE FUNCTION refuse_change()"
        )
        return
    same = " AND ".join(f"NEW.{name} IS OLD.{name}" for name in KEPT)
    op.execute("DROP TRIGGER audit_no_update")
    op.execute(
        f"CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit WHEN NOT ({same} "
        f"AND json_extract(NEW.details, '$.erased') IS 1) BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
    )


def _refuse_all_changes() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for name in ("audit_no_update", "audit_no_delete"):
            op.execute(f"DROP TRIGGER {name} ON audit")
        op.execute(
            "CREATE TRIGGER audit_added_to_only BEFORE UPDATE OR DELETE ON audit "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        return
    op.execute("DROP TRIGGER audit_no_update")
    op.execute(f"CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END")


def upgrade() -> None:
    _let_details_be_blotted_out()
    op.create_table(
        "legalhold",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("vendor_id", sa.Integer(), sa.ForeignKey("vendor.id"), nullable=True),
        sa.Column("bill_id", sa.Integer(), sa.ForeignKey("bill.id"), nullable=True),
        sa.Column("made_by", sa.Integer(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
    )
    for column in ("vendor_id", "bill_id"):
        op.create_index(f"ix_legalhold_{column}", "legalhold", [column])
    op.add_column("document", sa.Column("discarded_at", UtcDateTime(), nullable=True))
    op.add_column("person", sa.Column("erased_at", UtcDateTime(), nullable=True))


def downgrade() -> None:
    _refuse_all_changes()
    op.execute("ALTER TABLE person DROP COLUMN erased_at")
    op.execute("ALTER TABLE document DROP COLUMN discarded_at")
    op.drop_table("legalhold")
