"""VAT in words: how a bill is treated, why one is doubtful, and when VAT is due."""

from __future__ import annotations

from decimal import Decimal

from handlers.language.formats import country, rate
from handlers.language.translation import say, sayable
from storage.bills import vat_treatment
from storage.ledger import tax_codes
from storage.models import Bill, Side

TREATMENTS = {
    "S": sayable("normal VAT"),
    "Z": sayable("zero-rated"),
    "E": sayable("exempt from VAT"),
    "AE": sayable("reverse charge"),
    "K": sayable("intra-community supply"),
    "G": sayable("export"),
    "O": sayable("outside the scope of VAT"),
    "L": sayable("Canary Islands tax"),
    "M": sayable("tax of Ceuta and Melilla"),
    "IM": sayable("import VAT"),
}
"""What people call the treatments (`storage.ledger.tax_codes.CATEGORIES`)."""

SAID = {
    "O": sayable("outside the scope of VAT"),
    "G": sayable("export delivery"),
    "K": sayable("intra-community supply"),
}
"""Treatments whose name alone is no sentence that is understood."""

BASES = {"accrual": sayable("by invoices (accrual basis)"), "cash": sayable("by payments (cash basis)")}

REASONS = {
    "untold": sayable("nothing says how it is treated"),
    "place": sayable(
        "the other party's country is unknown; say “the vendor is in Ireland” or “the customer is in Ireland”"
    ),
    "rate": sayable("its rate is unknown; say “VAT rate is 19%”"),
    "old": sayable("booked before VAT treatments were kept; say how it is treated"),
    "currency": sayable("no exchange rate of its day is known"),
}
"""Why a bill stands beside the figures (`storage.reports.vat_return.Reason`)."""


def treatment_name(category: str, side: Side | None = None) -> str:
    """ "reverse charge"; what is bought from another country of the EU is an acquisition."""
    if category == "K" and side is Side.PAYABLE:
        return say("intra-community acquisition")
    return say(TREATMENTS.get(category, sayable("unknown")))


def said_treatment(category: str) -> str:
    """How one says a treatment, alone: "reverse charge"."""
    return say(SAID.get(category, TREATMENTS[category]))


def treatment_of(bill: Bill) -> str:
    """ "reverse charge, 19%, Ireland"; "" for normal VAT of our own country and for what nobody knows."""
    category = vat_treatment.category_of(bill)
    if category is None or (category == "S" and bill.tax_minor):
        return ""
    told, where = vat_treatment.told_rate(bill), vat_treatment.country_of(bill)
    parts = [treatment_name(category, bill.side)]
    if told and category in tax_codes.SELF_ASSESSED:
        parts.append(rate(Decimal(told)))
    return ", ".join([*parts, *([country(where)] if where else [])])


def uncertain(bill: Bill) -> str:
    """For "Please check: …"."""
    read = str(bill.evidence["tax_category"]["value"])
    return say("VAT treatment (perhaps {treatment})", treatment=treatment_name(read, bill.side))


def reason(bill: Bill, why: str, suggested: str | None) -> str:
    """Why a bill is beside the figures, with what it may be."""
    if why == "untold" and suggested:
        return say(
            "perhaps {treatment}, but nobody said so; say “it is {treatment}”",
            treatment=treatment_name(suggested, bill.side),
        )
    if why == "untold" and bill.tax_minor:
        return say("its VAT is of no rate that I know here; say in which country the vendor is, or the right VAT")
    return say(REASONS[why])


def basis_name(basis: str) -> str:
    """ "by invoices (accrual basis)"."""
    return say(BASES.get(basis, sayable("unknown")))
