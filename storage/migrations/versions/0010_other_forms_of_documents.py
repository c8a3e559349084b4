"""A document may be another form of one that was sent with it: the e-invoice beside its PDF. They make one bill."""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE document ADD COLUMN form_of INTEGER REFERENCES document (id)")
    op.create_index("ix_document_form_of", "document", ["form_of"])


def downgrade() -> None:
    op.drop_index("ix_document_form_of", "document")
    with op.batch_alter_table("document") as batch:
        batch.drop_column("form_of")
