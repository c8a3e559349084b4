"""Tokens with which programs act in a person's name, and the secret addresses of feeds."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.db.columns import UtcDateTime

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

SETTING = "current_setting('billify.company', true)"
OWN = f"company_id::text = {SETTING}"


def upgrade() -> None:
    op.create_table(
        "accesstoken",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("public", sa.String(), nullable=False),
        sa.Column("secret_sha256", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=True),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.UniqueConstraint("public"),
    )
    op.create_index("ix_accesstoken_person_id", "accesstoken", ["person_id"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE accesstoken ENABLE ROW LEVEL SECURITY")
        op.execute("ALTER TABLE accesstoken FORCE ROW LEVEL SECURITY")
        # The installation looks whose a token is, as with sessions (0021).
        op.execute(f"CREATE POLICY of_company ON accesstoken USING ({OWN} OR {SETTING} = '*') WITH CHECK ({OWN})")


def downgrade() -> None:
    op.drop_table("accesstoken")
