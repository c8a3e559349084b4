"""Payment QR codes on a page: EPC (GiroCode), Swiss QR-bill, SPAYD, BezahlCode, UPI, PIX; and ZATCA's of invoices.

Imports standards and the shapes of extraction; pipeline imports it.
"""

from extraction.payment_qr.detection import PaymentCode, detect_payment_codes, detect_payment_codes_enlarged
from extraction.payment_qr.payment import Payment, evidence_of

__all__ = ["Payment", "PaymentCode", "detect_payment_codes", "detect_payment_codes_enlarged", "evidence_of"]
