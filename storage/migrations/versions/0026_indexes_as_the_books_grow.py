"""What is asked for with each message and each minute has an index: a person's messages, a page of a chat, the party
on a bill, who sent it and when it was issued, and audit steps by who did what."""

from __future__ import annotations

from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

INDEXES = {
    "ix_inbound_person": ("inbound", ["person_id", "served_at"]),
    "ix_inbound_conversation": ("inbound", ["channel", "conversation", "shared"]),
    "ix_inbound_served": ("inbound", ["served_at"]),
    "ix_bill_party": ("bill", ["company_id", "vendor", "side"]),
    "ix_bill_sender": ("bill", ["created_by", "state"]),
    "ix_bill_issued": ("bill", ["company_id", "issue_date"]),
    "ix_audit_person": ("audit", ["person_id", "id"]),
    "ix_audit_action": ("audit", ["company_id", "action"]),
    "ix_post_page": ("post", ["channel", "conversation", "id"]),
    "ix_post_changed": ("post", ["changed_at"]),
    "ix_document_message_key": ("document", ["message_key"]),
    "ix_bill_picture_sha256": ("bill", ["picture_sha256"]),
    "ix_vendoriban_iban": ("vendoriban", ["iban"]),
}


def upgrade() -> None:
    for name, (table, columns) in INDEXES.items():
        op.create_index(name, table, columns)


def downgrade() -> None:
    for name, (table, _) in INDEXES.items():
        op.drop_index(name, table)
