"""Payment QR codes on a page: the European EPC code (GiroCode) and the Swiss QR-bill."""

from extraction.codes.page import PaymentCode, payment_codes, payment_codes_up_close
from extraction.codes.payment import Payment, evidence_of

__all__ = ["Payment", "PaymentCode", "evidence_of", "payment_codes", "payment_codes_up_close"]
