"""Documents, whom they are from, and the bills that they make."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from storage.db.columns import EnumText, UtcDateTime
from storage.db.tenancy import OfCompany


class Document(OfCompany, table=True):
    """An original that somebody sent, by the SHA-256 of its bytes (they lie in the document store).

    `form_of` is the document that it was sent with and says the same as: the PDF that an e-invoice lay beside.
    `discarded_at` is when its bytes were discarded, since their period was over.
    """

    __table_args__ = (UniqueConstraint("company_id", "sha256"),)
    id: int = Field(default=None, primary_key=True)
    sha256: str
    name: str
    media_type: str
    sent_by: int = Field(foreign_key="person.id")
    message_key: str = Field(index=True)
    received_at: datetime = Field(sa_type=UtcDateTime)
    form_of: int | None = Field(default=None, foreign_key="document.id", index=True)
    discarded_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Vendor(OfCompany, table=True):
    """Whom we buy from or sell to. `match_key` is the name without case, marks and legal form, for finding it again."""

    __table_args__ = (UniqueConstraint("company_id", "match_key"),)
    id: int = Field(default=None, primary_key=True)
    name: str
    match_key: str


class VendorIban(OfCompany, table=True):
    """An account of a vendor that a bill named. It is trusted once a second person said so, or it was the first."""

    __table_args__ = (UniqueConstraint("vendor_id", "iban"),)
    id: int = Field(default=None, primary_key=True)
    vendor_id: int = Field(foreign_key="vendor.id")
    iban: str = Field(index=True)
    bill_id: int | None = Field(default=None, foreign_key="bill.id")
    seen_at: datetime = Field(sa_type=UtcDateTime)
    trusted_by: int | None = Field(default=None, foreign_key="person.id")
    trusted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Side(StrEnum):
    """Whether a bill is owed by us or to us."""

    PAYABLE = "payable"
    RECEIVABLE = "receivable"


class BillState(StrEnum):
    """The life of a bill. HELD waits for a decision about a likely duplicate; VOID was set aside."""

    HELD = "held"
    DRAFT = "draft"
    CONFIRMED = "confirmed"
    PART_PAID = "part-paid"
    PAID = "paid"
    VOID = "void"


class Bill(OfCompany, table=True):
    """What a document says we owe (or, for a credit note, are owed), as it stands after corrections.

    `evidence` holds for each known field its value as normalised text, confidence, page, box, source ("person" once
    somebody corrected it) and reason (see extraction.evidence); the columns are derived from these values, see
    storage.bills.bill_fields. Amounts are minor units of `currency`, never negative, and None where nothing is
    known: also while the currency is unknown, for then only the text in `evidence` says what was read. A credit
    note is owed to us. `open_minor` is what remains to be paid; it is kept with each posting and equals the
    payable's balance, so it is 0 before the bill is confirmed. `key` names the document within the message that
    brought it. `number_key` is the number without marks and look-alike letters. `duplicate_of` stays set once it
    was decided to keep both. `picture_sha256` names the PNG on which the values that were read are outlined.

    On the RECEIVABLE side we issued it: `vendor_id` is then the customer, and `vendor` the customer's name, since that
    is the party whom one asks about. `category` is the code of the account that it is booked on, None for the one of
    whatever has no category; `taxes` each VAT rate as it was read, with its net and tax as decimals. A discount for
    early payment (Skonto) is `discount_minor` less when paid by `discount_until`, else `later_discount_minor` by
    `later_discount_until`, where there are two steps.
    """

    __table_args__ = (
        CheckConstraint("open_minor >= 0", name="open_not_negative"),
        Index("ix_bill_state_due", "state", "due_date"),
        Index("ix_bill_open", "vendor_id", "state", "due_date"),
        Index("ix_bill_total", "total_minor", "issue_date"),
        Index("ix_bill_party", "company_id", "vendor", "side"),
        Index("ix_bill_sender", "created_by", "state"),
        Index("ix_bill_issued", "company_id", "issue_date"),
    )
    id: int = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    document_id: int = Field(foreign_key="document.id", index=True)
    part: int = 0
    kind: str
    state: BillState = Field(sa_type=EnumText(BillState))
    vendor_id: int | None = Field(default=None, foreign_key="vendor.id", index=True)
    vendor: str | None = None
    number: str | None = None
    number_key: str | None = Field(default=None, index=True)
    issue_date: date | None = None
    due_date: date | None = None
    currency: str | None = None
    subtotal_minor: int | None = Field(default=None, sa_type=BigInteger)
    tax_minor: int | None = Field(default=None, sa_type=BigInteger)
    tip_minor: int | None = Field(default=None, sa_type=BigInteger)
    total_minor: int | None = Field(default=None, sa_type=BigInteger)
    open_minor: int = Field(default=0, sa_type=BigInteger)
    iban: str | None = None
    payment_reference: str | None = None
    side: Side = Field(default=Side.PAYABLE, sa_type=EnumText(Side))
    category: str | None = None
    taxes: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    discount_minor: int | None = Field(default=None, sa_type=BigInteger)
    discount_until: date | None = None
    later_discount_minor: int | None = Field(default=None, sa_type=BigInteger)
    later_discount_until: date | None = None
    evidence: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    duplicate_of: int | None = Field(default=None, foreign_key="bill.id")
    picture_sha256: str | None = Field(default=None, index=True)
    created_by: int = Field(foreign_key="person.id")
    created_at: datetime = Field(sa_type=UtcDateTime)
    confirmed_by: int | None = Field(default=None, foreign_key="person.id")
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Amendment(OfCompany, table=True):
    """One correction of one field by a person; what Undo takes back and what vendors' memory is made of.

    `old` and `new` are normalised text as in evidence; None means the field was, or became, unknown. Amendments
    made by one message share `message_key` and are undone together. `old_evidence` is what undoing puts back.
    """

    id: int = Field(default=None, primary_key=True)
    bill_id: int = Field(foreign_key="bill.id", index=True)
    field: str
    old: str | None = None
    new: str | None = None
    old_evidence: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    message_key: str = Field(index=True)
    person_id: int = Field(foreign_key="person.id")
    made_at: datetime = Field(sa_type=UtcDateTime)
    undone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Imprint(OfCompany, table=True):
    """What a bill's document looked like when it was read, before anything known of its vendor was put in.

    `vendor_key` is the match key of the vendor's name as it was read, None where none was. `sightings` are the values
    on its pages with their words and places, each as a row of `extraction.corrections.printed_values.PrintedValue`:
    among them a later correction is found.
    """

    bill_id: int = Field(primary_key=True, foreign_key="bill.id")
    vendor_key: str | None = Field(default=None, index=True)
    vat_id: str | None = Field(default=None, index=True)
    iban: str | None = Field(default=None, index=True)
    sightings: list[list[Any]] = Field(default_factory=list, sa_type=JSON)


class BillNote(OfCompany, table=True):
    """What somebody noted about a bill, until it is taken away."""

    id: int = Field(default=None, primary_key=True)
    bill_id: int = Field(foreign_key="bill.id", index=True)
    text: str
    person_id: int = Field(foreign_key="person.id")
    written_at: datetime = Field(sa_type=UtcDateTime)
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class PaymentHold(OfCompany, table=True):
    """A bill is not to be paid: until a day (that one included), or (None) until it is released."""

    id: int = Field(default=None, primary_key=True)
    bill_id: int = Field(foreign_key="bill.id", index=True)
    reason: str
    until: date | None = None
    held_by: int = Field(foreign_key="person.id")
    held_at: datetime = Field(sa_type=UtcDateTime)
    released_by: int | None = Field(default=None, foreign_key="person.id")
    released_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class EnclosedPaper(OfCompany, table=True):
    """A paper (reminder, delivery note, contract) that belongs to a bill; `attached_by` None where Billify saw it."""

    id: int = Field(default=None, primary_key=True)
    bill_id: int = Field(foreign_key="bill.id", index=True)
    paper_id: int = Field(foreign_key="bill.id", index=True)
    attached_by: int | None = Field(default=None, foreign_key="person.id")
    attached_at: datetime = Field(sa_type=UtcDateTime)
    detached_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
