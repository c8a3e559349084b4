"""Payment QR codes on a page: the European EPC code (GiroCode) and the Swiss QR-bill.

Imports standards and the shapes of extraction; pipeline imports it.
"""

from extraction.payment_qr.detection import PaymentCode, payment_codes, payment_codes_up_close
from extraction.payment_qr.payment import Payment, evidence_of

__all__ = ["Payment", "PaymentCode", "evidence_of", "payment_codes", "payment_codes_up_close"]
