"""Payment QR codes on a page: the European EPC code (GiroCode) and the Swiss QR-bill.

Imports standards and the shapes of extraction; pipeline imports it.
"""

from extraction.payment_qr.detection import PaymentCode, detect_payment_codes, detect_payment_codes_enlarged
from extraction.payment_qr.payment import Payment, evidence_of

__all__ = ["Payment", "PaymentCode", "detect_payment_codes", "detect_payment_codes_enlarged", "evidence_of"]
