"""The audit is held by a chain of hashes, one a company, from its first step on.

Nothing of a link changes afterwards but what its changes say of somebody who was erased: they may be replaced by ones
that say so ("erased": true), as the details of a step may (0018).
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.db.columns import UtcDateTime
from storage.models import Audit, AuditLink, Inbound
from storage.trail.chain import make_link

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

KEPT = (
    "id", "company_id", "position", "audit_id", "at", "person_id", "channel", "message_key", "step_sha256",
    "details_sha256", "changes_sha256", "previous", "hash",
)  # fmt: skip
AT_ONCE = 1000
REFUSED = "auditlink is only ever added to"
SETTING = "billify.company"
SEEN = "company_id::text = current_setting('billify.company', true)"

STEPS = sa.table(
    "audit", *(sa.column(name) for name in ("id", "company_id", "person_id", "action", "bill_id", "message_key")),
    sa.column("at", UtcDateTime()), sa.column("details", sa.JSON()),
)  # fmt: skip
MESSAGES = sa.table("inbound", sa.column("key"), sa.column("channel"))


def upgrade() -> None:
    op.create_table(
        "auditlink",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), sa.ForeignKey("audit.id"), nullable=True, unique=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("person_id", sa.Integer(), sa.ForeignKey("person.id"), nullable=True),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("message_key", sa.String(), nullable=True),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("step_sha256", sa.String(), nullable=True),
        sa.Column("details_sha256", sa.String(), nullable=True),
        sa.Column("changes_sha256", sa.String(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.UniqueConstraint("company_id", "position"),
    )
    op.create_index("ix_auditlink_at", "auditlink", ["at"])
    op.create_index("ix_auditlink_message_key", "auditlink", ["message_key"])
    for company in op.get_bind().scalars(sa.text("SELECT id FROM company UNION SELECT 1 ORDER BY 1")).all():
        _chain_what_is_there(company)
    _forbid_changes()


def _chain_what_is_there(company: int) -> None:
    """The steps taken so far, in their order; what was old and new then is in their details, as far as it was kept."""
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.set_config(SETTING, str(company), True)))
    query = sa.select(*STEPS.c, MESSAGES.c.channel).where(STEPS.c.company_id == company).order_by(STEPS.c.id)
    query = query.select_from(STEPS.outerjoin(MESSAGES, MESSAGES.c.key == STEPS.c.message_key))
    last: AuditLink | None = None
    for steps in connection.execute(query.execution_options(yield_per=AT_ONCE)).partitions():
        rows: list[dict[str, Any]] = []
        for row in steps:
            step = Audit(**{name: getattr(row, name) for name in STEPS.c.keys()})  # noqa: SIM118
            said = _message(step, row.channel) if row.channel else None
            last = make_link(last, step, {}, said, step.at)
            last.company_id = company
            rows.append({name: getattr(last, name) for name in (*KEPT, "changes") if name != "id"})
        connection.execute(sa.insert(AuditLink), rows)


def _message(step: Audit, channel: str) -> Inbound:
    return Inbound(key=step.message_key or "", channel=channel, conversation="", served_at=step.at, replies="")


def _forbid_changes() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE TRIGGER auditlink_no_delete BEFORE DELETE ON auditlink "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        op.execute(
            "CREATE TRIGGER auditlink_no_update BEFORE UPDATE ON auditlink FOR EACH ROW WHEN (NOT ("
            "to_jsonb(NEW) - 'changes' = to_jsonb(OLD) - 'changes' "
            "AND (NEW.changes->>'erased') IS NOT DISTINCT FROM 'true')) EXECUTE FUNCTION refuse_change()"
        )
        op.execute("ALTER TABLE auditlink ENABLE ROW LEVEL SECURITY")
        op.execute("ALTER TABLE auditlink FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY of_company ON auditlink USING ({SEEN}) WITH CHECK ({SEEN})")
        return
    same = " AND ".join(f"NEW.{name} IS OLD.{name}" for name in KEPT)
    op.execute(
        f"CREATE TRIGGER auditlink_no_update BEFORE UPDATE ON auditlink WHEN NOT ({same} "
        f"AND json_extract(NEW.changes, '$.erased') IS 1) BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
    )
    op.execute(
        f"CREATE TRIGGER auditlink_no_delete BEFORE DELETE ON auditlink BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
    )


def downgrade() -> None:
    op.drop_table("auditlink")
