"""Passkeys with which people sign in, and which sign-ins came back already."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.db.columns import UtcDateTime

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

SETTING = "current_setting('billify.company', true)"
OWN = f"company_id::text = {SETTING}"


def upgrade() -> None:
    op.create_table(
        "passkey",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("credential_id", sa.String(), nullable=False),
        sa.Column("public_key", sa.String(), nullable=False),
        sa.Column("user_handle", sa.String(), nullable=False),
        sa.Column("sign_count", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.UniqueConstraint("credential_id"),
    )
    op.create_index("ix_passkey_person_id", "passkey", ["person_id"])
    op.create_table(
        "spentchallenge",
        sa.Column("sha256", sa.String(), primary_key=True),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
    )
    op.create_index("ix_spentchallenge_expires_at", "spentchallenge", ["expires_at"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE passkey ENABLE ROW LEVEL SECURITY")
        op.execute("ALTER TABLE passkey FORCE ROW LEVEL SECURITY")
        # The installation looks whose a passkey is, as with sessions (0021).
        op.execute(f"CREATE POLICY of_company ON passkey USING ({OWN} OR {SETTING} = '*') WITH CHECK ({OWN})")


def downgrade() -> None:
    op.drop_table("spentchallenge")
    op.drop_table("passkey")
