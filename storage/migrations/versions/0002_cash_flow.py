"""Cash flow: the company and its accounts, statements and payments, approvals, reminders.

Columns are added by plain ALTER TABLE: the other way on SQLite, building a table anew, would lose the triggers that
keep what is booked.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLES = (
    "company",
    "preference",
    "exchangerate",
    "closing",
    "turnover",
    "vendoriban",
    "csvmapping",
    "statement",
    "movement",
    "paymentorder",
    "paymentinstruction",
    "approvalrule",
    "approval",
    "firing",
    "snooze",
    "alarm",
    "enclosure",
)

ADDED = {
    "account": (
        "purse BOOLEAN NOT NULL DEFAULT FALSE",
        "currency VARCHAR",
        "iban VARCHAR",
        "bic VARCHAR",
        "number VARCHAR",
        "words JSON NOT NULL DEFAULT '[]'",
    ),
    "bill": (
        "side VARCHAR(24) NOT NULL DEFAULT 'payable'",
        "category VARCHAR",
        "taxes JSON NOT NULL DEFAULT '[]'",
        "discount_minor BIGINT",
        "discount_until DATE",
    ),
    "conversation": ("last JSON",),
    "posting": (
        "booked_on DATE NOT NULL DEFAULT '1970-01-01'",
        "bill_id INTEGER CONSTRAINT fk_posting_bill_id REFERENCES bill (id)",
        "party_id INTEGER CONSTRAINT fk_posting_party_id REFERENCES vendor (id)",
    ),
}
"""The columns that tables of the first version get, as both databases write them."""

FILL_POSTINGS = """
UPDATE posting SET
    booked_on = (SELECT booked_on FROM entry WHERE entry.id = posting.entry_id),
    bill_id = (SELECT bill_id FROM entry WHERE entry.id = posting.entry_id),
    party_id = (SELECT bill.vendor_id FROM entry JOIN bill ON bill.id = entry.bill_id WHERE entry.id = posting.entry_id)
"""

FILL_TURNOVERS = """
INSERT INTO turnover (account_id, currency, month, debit_minor, credit_minor)
SELECT account_id, currency, {month},
    SUM(CASE WHEN amount_minor > 0 THEN amount_minor ELSE 0 END),
    SUM(CASE WHEN amount_minor < 0 THEN -amount_minor ELSE 0 END)
FROM posting GROUP BY account_id, currency, {month}
"""


def upgrade() -> None:
    _create_company()
    _create_books()
    _create_banking()
    _create_approvals()
    _create_reminders()
    _create_enclosures()
    _add_columns()
    _fill_in()


def _create_company() -> None:
    op.create_table(
        "company",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("vat_id", sa.String(), nullable=True),
        sa.Column("approve_own", sa.Boolean(), nullable=False),
        sa.Column("remind_before", sa.JSON(), nullable=False),
        sa.Column("remind_after", sa.JSON(), nullable=False),
        sa.Column("quiet_from", sa.Integer(), nullable=False),
        sa.Column("quiet_until", sa.Integer(), nullable=False),
        sa.Column("digest_weekday", sa.Integer(), nullable=False),
        sa.Column("digest_hour", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_company"),
    )
    op.create_table(
        "preference",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("zone", sa.String(), nullable=True),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("conversation", sa.String(), nullable=True),
        sa.Column("digest", sa.Boolean(), nullable=False),
        sa.Column("digest_weekday", sa.Integer(), nullable=True),
        sa.Column("digest_hour", sa.Integer(), nullable=True),
        sa.Column("remind_before", sa.JSON(), nullable=True),
        sa.Column("remind_after", sa.JSON(), nullable=True),
        sa.Column("quiet_from", sa.Integer(), nullable=True),
        sa.Column("quiet_until", sa.Integer(), nullable=True),
        sa.Column("muted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_preference_person_id"),
        sa.PrimaryKeyConstraint("person_id", name="pk_preference"),
    )


def _create_books() -> None:
    op.create_table(
        "exchangerate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("per_euro", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_exchangerate"),
        sa.UniqueConstraint("currency", "on_day", "source", name="uq_exchangerate_currency_on_day_source"),
    )
    op.create_table(
        "closing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("closed_by", sa.Integer(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reopened_by", sa.Integer(), nullable=True),
        sa.Column("reopened_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["closed_by"], ["person.id"], name="fk_closing_closed_by"),
        sa.ForeignKeyConstraint(["reopened_by"], ["person.id"], name="fk_closing_reopened_by"),
        sa.PrimaryKeyConstraint("id", name="pk_closing"),
    )
    op.create_table(
        "turnover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("debit_minor", sa.BigInteger(), nullable=False),
        sa.Column("credit_minor", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_turnover_account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_turnover"),
        sa.UniqueConstraint("account_id", "currency", "month", name="uq_turnover_account_id_currency_month"),
    )
    op.create_table(
        "vendoriban",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vendor_id", sa.Integer(), nullable=False),
        sa.Column("iban", sa.String(), nullable=False),
        sa.Column("bill_id", sa.Integer(), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("trusted_by", sa.Integer(), nullable=True),
        sa.Column("trusted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["bill_id"], ["bill.id"], name="fk_vendoriban_bill_id"),
        sa.ForeignKeyConstraint(["trusted_by"], ["person.id"], name="fk_vendoriban_trusted_by"),
        sa.ForeignKeyConstraint(["vendor_id"], ["vendor.id"], name="fk_vendoriban_vendor_id"),
        sa.PrimaryKeyConstraint("id", name="pk_vendoriban"),
        sa.UniqueConstraint("vendor_id", "iban", name="uq_vendoriban_vendor_id_iban"),
    )


def _create_banking() -> None:
    op.create_table(
        "csvmapping",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_csvmapping_account_id"),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name="fk_csvmapping_made_by"),
        sa.PrimaryKeyConstraint("id", name="pk_csvmapping"),
        sa.UniqueConstraint("fingerprint", name="uq_csvmapping_fingerprint"),
    )
    op.create_table(
        "statement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("opening_minor", sa.BigInteger(), nullable=True),
        sa.Column("closing_minor", sa.BigInteger(), nullable=True),
        sa.Column("imported_by", sa.Integer(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_statement_account_id"),
        sa.ForeignKeyConstraint(["imported_by"], ["person.id"], name="fk_statement_imported_by"),
        sa.PrimaryKeyConstraint("id", name="pk_statement"),
        sa.UniqueConstraint("sha256", "part", name="uq_statement_sha256_part"),
    )
    op.create_index("ix_statement_account_id", "statement", ["account_id"])
    op.create_table(
        "movement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("booked_on", sa.Date(), nullable=False),
        sa.Column("value_on", sa.Date(), nullable=True),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("counterparty", sa.String(), nullable=True),
        sa.Column("counterparty_iban", sa.String(), nullable=True),
        sa.Column("reference", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("state", sa.String(24), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("proposals", sa.JSON(), nullable=False),
        sa.Column("declined", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_movement_account_id"),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name="fk_movement_entry_id"),
        sa.ForeignKeyConstraint(["statement_id"], ["statement.id"], name="fk_movement_statement_id"),
        sa.PrimaryKeyConstraint("id", name="pk_movement"),
        sa.UniqueConstraint("account_id", "key", name="uq_movement_account_id_key"),
    )
    op.create_index("ix_movement_state", "movement", ["state", "booked_on"])
    op.create_index("ix_movement_statement_id", "movement", ["statement_id"])
    op.create_index("ix_movement_entry_id", "movement", ["entry_id"])
    op.create_table(
        "paymentorder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_paymentorder_account_id"),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name="fk_paymentorder_made_by"),
        sa.PrimaryKeyConstraint("id", name="pk_paymentorder"),
        sa.UniqueConstraint("message_id", name="uq_paymentorder_message_id"),
    )
    op.create_table(
        "paymentinstruction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("bill_id", sa.Integer(), nullable=False),
        sa.Column("end_to_end_id", sa.String(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("iban", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["bill_id"], ["bill.id"], name="fk_paymentinstruction_bill_id"),
        sa.ForeignKeyConstraint(["order_id"], ["paymentorder.id"], name="fk_paymentinstruction_order_id"),
        sa.PrimaryKeyConstraint("id", name="pk_paymentinstruction"),
        sa.UniqueConstraint("end_to_end_id", name="uq_paymentinstruction_end_to_end_id"),
    )
    op.create_index("ix_paymentinstruction_bill_id", "paymentinstruction", ["bill_id"])
    op.create_index("ix_paymentinstruction_order_id", "paymentinstruction", ["order_id"])


def _create_approvals() -> None:
    op.create_table(
        "approvalrule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("min_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=True),
        sa.Column("steps", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(24), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name="fk_approvalrule_made_by"),
        sa.PrimaryKeyConstraint("id", name="pk_approvalrule"),
    )
    op.create_table(
        "approval",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("bill_id", sa.Integer(), nullable=False),
        sa.Column("matter", sa.String(24), nullable=False),
        sa.Column("decision", sa.String(24), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["bill_id"], ["bill.id"], name="fk_approval_bill_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_approval_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_approval"),
        sa.UniqueConstraint("key", name="uq_approval_key"),
    )
    op.create_index("ix_approval_bill", "approval", ["bill_id", "matter"])


def _create_reminders() -> None:
    op.create_table(
        "firing",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("scheduled_for", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fired_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_firing_person_id"),
        sa.PrimaryKeyConstraint("key", name="pk_firing"),
    )
    op.create_index("ix_firing_person_id", "firing", ["person_id"])
    op.create_table(
        "snooze",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("bill_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["bill_id"], ["bill.id"], name="fk_snooze_bill_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_snooze_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_snooze"),
        sa.UniqueConstraint("person_id", "bill_id", name="uq_snooze_person_id_bill_id"),
    )
    op.create_table(
        "alarm",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("bill_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("conversation", sa.String(), nullable=False),
        sa.Column("rung_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["bill_id"], ["bill.id"], name="fk_alarm_bill_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_alarm_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_alarm"),
        sa.UniqueConstraint("key", name="uq_alarm_key"),
    )
    op.create_index("ix_alarm_due", "alarm", ["at"])


def _create_enclosures() -> None:
    op.create_table(
        "enclosure",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_enclosure"),
    )


def _add_columns() -> None:
    for table, columns in ADDED.items():
        for column in columns:
            op.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
    op.add_column("account", sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_account_iban", "account", ["iban"], unique=True)
    op.create_index("ix_bill_open", "bill", ["vendor_id", "state", "due_date"])
    op.drop_index("ix_posting_account", "posting")
    op.create_index("ix_posting_account", "posting", ["account_id", "currency", "booked_on", "amount_minor"])
    op.create_index("ix_posting_bill", "posting", ["bill_id", "account_id"])
    op.create_index("ix_posting_party", "posting", ["party_id", "account_id", "booked_on"])


def _fill_in() -> None:
    """What the new columns and the turnovers say of postings that are there; for once, postings are changed."""
    op.execute("UPDATE account SET purse = TRUE WHERE code IN ('bank', 'cash')")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE posting DISABLE TRIGGER posting_added_to_only")
        op.execute(FILL_POSTINGS)
        op.execute("ALTER TABLE posting ENABLE TRIGGER posting_added_to_only")
        op.execute(FILL_TURNOVERS.format(month="CAST(date_trunc('month', booked_on) AS DATE)"))
        return
    op.execute("DROP TRIGGER posting_no_update")
    op.execute(FILL_POSTINGS)
    op.execute(
        "CREATE TRIGGER posting_no_update BEFORE UPDATE ON posting "
        "BEGIN SELECT RAISE(ABORT, 'posting is only ever added to'); END"
    )
    op.execute(FILL_TURNOVERS.format(month="date(booked_on, 'start of month')"))


def downgrade() -> None:
    for index in ("ix_posting_account", "ix_posting_bill", "ix_posting_party"):
        op.drop_index(index, "posting")
    op.create_index("ix_posting_account", "posting", ["account_id", "currency"])
    op.drop_index("ix_account_iban", "account")
    op.drop_index("ix_bill_open", "bill")
    op.drop_column("account", "closed_at")
    for table, columns in ADDED.items():
        for column in columns:
            op.execute(f"ALTER TABLE {table} DROP COLUMN {column.split()[0]}")
    for table in reversed(TABLES):
        op.drop_table(table)
