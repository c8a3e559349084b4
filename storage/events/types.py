"""What the steps and changes of the audit are called as events.

A step is in `TYPES` or, with why programs are not told of it, in `UNTOLD`; a test finds one that is in neither.
"""

from __future__ import annotations

TYPES = {
    "drafted": "bill.drafted",
    "amended": "bill.corrected",
    "undone": "bill.correction_undone",
    "categorised": "bill.categorised",
    "confirmed": "bill.confirmed",
    "unconfirmed": "bill.confirmation_undone",
    "voided": "bill.voided",
    "restored": "bill.restored",
    "kept both": "bill.kept",
    "replaced": "bill.kept",
    "approved": "bill.approved",
    "unapproved": "bill.approval_undone",
    "refused": "bill.refused",
    "unrefused": "bill.refusal_undone",
    "noted": "bill.noted",
    "note taken away": "bill.note_undone",
    "held payment": "bill.payment_held",
    "released payment": "bill.payment_released",
    "hold taken back": "bill.payment_released",
    "held payment again": "bill.payment_held",
    "attached paper": "bill.paper_attached",
    "detached paper": "bill.paper_detached",
    "added cost object": "cost_object.added",
    "set budget": "budget.set",
    "paid": "payment.booked",
    "unpaid": "payment.undone",
    "allocated": "payment.allocated",
    "unallocated": "payment.allocation_undone",
    "written off": "bill.written_off",
    "write-off undone": "bill.write_off_undone",
    "prepaid": "payment.prepaid",
    "valued": "account.valued",
    "ordered": "payment.ordered",
    "order withdrawn": "payment.order_withdrawn",
    "matched": "movement.matched",
    "unmatched": "movement.match_undone",
    "explained": "movement.booked",
    "unexplained": "movement.booking_undone",
    "declined": "movement.match_declined",
    "imported": "statement.imported",
    "transferred": "transfer.booked",
    "opened": "account.opened",
    "added account": "account.added",
    "renamed": "account.renamed",
    "numbered": "account.numbered",
    "closed": "period.closed",
    "reopened": "period.reopened",
    "revoked": "step.taken_back",
    "trusted iban": "vendor.iban_trusted",
    "distrusted iban": "vendor.iban_distrusted",
    "discarded original": "document.discarded",
    "joined": "person.joined",
    "removed": "person.left",
    "returned": "person.returned",
    "appointed": "person.appointed",
}
"""By the action of a step."""

BECAME = {"paid": "bill.paid", "held": "bill.held"}
"""By the state that a bill came into, whatever step led there."""
WAS_PAID = "bill.reopened"
"""A bill that was paid is so no more."""
NEW_IBAN = "vendor.iban_changed"
"""A vendor has an account that was not known as theirs."""
TEST = "webhook.test"
"""Happened nowhere: somebody tries a webhook."""

ALL = tuple(sorted({*TYPES.values(), *BECAME.values(), WAS_PAID, NEW_IBAN}))

_PERSONAL = "how a person likes it and gets in, which is theirs"
_RULES = "what holds from then on, whose effects are told"

UNTOLD: dict[str, str] = {
    **dict.fromkeys(
        (
            "chose", "linked", "unlinked", "merged", "invited", "renamed person", "reminded", "set alarm", "snoozed",
            "signed in", "signed out", "added passkey", "removed passkey", "refused passkey", "issued token",
            "revoked token", "added webhook", "changed webhook", "removed webhook", "erased person",
        ),
        _PERSONAL,
    ),
    **dict.fromkeys(
        (
            "connected accounting", "disconnected accounting", "pushed again",
            "allowed in room", "approval rule", "own approval", "described", "changed right", "sender rule",
            "decided mail", "held documents", "released documents", "turned flag",
        ),
        _RULES,
    ),
    "held again": "told by the state that the bill came into",
}  # fmt: skip
"""Steps that programs are not told of, and why not."""
