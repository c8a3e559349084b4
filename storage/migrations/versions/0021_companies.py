"""Several companies in one installation: each row names its own, and what was unique is so within one company.

PostgreSQL keeps them apart once more: a policy of each table lets a transaction see and write only rows of the company
that it set (`storage.db.tenancy`), also for the owner of the tables; only superusers are above it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.db.columns import UtcDateTime

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

TABLES = (
    "account", "alarm", "album", "amendment", "approval", "approvalrule", "audit", "bill", "buttontoken",
    "chosenright", "closing", "conversation", "csvmapping", "delivery", "document", "enclosure", "entry", "firing",
    "identity", "imprint", "inbound", "intakeaddress", "invitation", "legalhold", "mailrecord", "movement",
    "outboxitem", "ownernote", "paymentinstruction", "paymentorder", "person", "post", "posting", "preference",
    "quarantinedmail", "room", "saying", "senderrule", "sentmail", "shownpicture", "snooze", "statement",
    "statementimport", "turnover", "vendor", "vendoriban", "websession",
)  # fmt: skip
FOUND_ACROSS = ("identity", "invitation", "websession")
"""Where the installation looks up whose an address or a code is."""

UNIQUE = {
    "account": ("code",),
    "conversation": ("channel", "conversation"),
    "csvmapping": ("fingerprint",),
    "document": ("sha256",),
    "identity": ("channel", "address"),
    "intakeaddress": ("tag",),
    "mailrecord": ("key",),
    "statement": ("sha256", "part"),
    "statementimport": ("sha256",),
    "vendor": ("match_key",),
}
KEYS = {
    "buttontoken": ("token",),
    "chosenright": ("role", "permission"),
    "enclosure": ("sha256",),
    "ownernote": ("key",),
    "room": ("channel", "room"),
    "saying": ("channel", "sent_id"),
    "shownpicture": ("channel", "chat", "sha256"),
}
ADDED = (("company", "currency VARCHAR"), ("company", "zone VARCHAR"))

LEADING = (("chosencompany", "conversation", "chosen_id"), ("channelbinding", "place", "bound_id"))

SEEN = "company_id::text = current_setting('billify.company', true)"
ACROSS = "current_setting('billify.company', true) = '*'"


def upgrade() -> None:
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} ADD COLUMN company_id INTEGER NOT NULL DEFAULT 1")
    for table, columns in UNIQUE.items():
        _make_unique(table, columns, ("company_id", *columns))
    for table, columns in KEYS.items():
        _make_key(table, ("company_id", *columns))
    for table, column in ADDED:
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
    op.add_column("person", sa.Column("left_at", UtcDateTime()))
    op.drop_index("ix_account_iban", "account")
    op.create_index("ix_account_iban", "account", ["company_id", "iban"], unique=True)
    for table, place, column in LEADING:
        op.create_table(
            table,
            sa.Column("channel", sa.String(), primary_key=True),
            sa.Column(place, sa.String(), primary_key=True),
            sa.Column(column, sa.Integer(), sa.ForeignKey("company.id"), nullable=False),
        )
    if op.get_bind().dialect.name == "postgresql":
        for table in TABLES:
            op.execute(f"ALTER TABLE {table} ALTER COLUMN company_id DROP DEFAULT")
            op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
            op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
            seen = f"{SEEN} OR {ACROSS}" if table in FOUND_ACROSS else SEEN
            op.execute(f"CREATE POLICY of_company ON {table} USING ({seen}) WITH CHECK ({SEEN})")


def downgrade() -> None:
    for table, _, _ in LEADING:
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        for table in TABLES:
            op.execute(f"DROP POLICY of_company ON {table}")
            op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
            op.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
    op.drop_index("ix_account_iban", "account")
    op.create_index("ix_account_iban", "account", ["iban"], unique=True)
    for table, column in ADDED:
        op.execute(f"ALTER TABLE {table} DROP COLUMN {column.split()[0]}")
    op.drop_column("person", "left_at")
    for table, columns in KEYS.items():
        _make_key(table, columns)
    for table, columns in UNIQUE.items():
        _make_unique(table, ("company_id", *columns), columns)
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} DROP COLUMN company_id")


def _make_unique(table: str, before: tuple[str, ...], after: tuple[str, ...]) -> None:
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(f"uq_{table}_{'_'.join(before)}", type_="unique")
        batch.create_unique_constraint(f"uq_{table}_{'_'.join(after)}", after)


def _make_key(table: str, columns: tuple[str, ...]) -> None:
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(f"pk_{table}", type_="primary")
        batch.create_primary_key(f"pk_{table}", list(columns))
