"""Pages that come with invoices and say nothing of them: terms and conditions, and a blank back."""

from __future__ import annotations

from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate

from extraction.samples.layouts.fonts import GREY, FontFamilies

_CLAUSES = (
    "Scope. These terms apply to all deliveries and services of {vendor}. Terms of the customer that differ from them "
    "become part of the contract only where {vendor} has agreed to them in writing.",
    "Offers. Offers are subject to change until an order has been confirmed. Drawings, samples and drafts remain the "
    "property of {vendor} and may not be handed to others without consent.",
    "Prices. Prices are those of the confirmation, exclusive of the tax that applies on the day of delivery. Packing, "
    "freight and insurance are charged at cost unless something else has been agreed.",
    "Payment. Invoices are payable without deduction within the period that they state. A customer in default owes "
    "interest at the statutory rate; the right to claim further damage is reserved.",
    "Delivery. Dates of delivery are binding only where they have been confirmed as such. Partial deliveries are "
    "admissible as far as they can reasonably be expected of the customer.",
    "Retention of title. Goods remain the property of {vendor} until all claims from the business relation have been "
    "settled in full. The customer stores them with due care and insures them against the usual risks.",
    "Complaints. Obvious defects are to be notified in writing within a week of receipt, hidden ones without delay "
    "once they have been found. Where a complaint is justified, {vendor} repairs the goods or replaces them.",
    "Liability. {vendor} is liable for intent and gross negligence; for slight negligence only where an essential duty "
    "has been violated, and then limited to the damage that is typical and could be foreseen.",
    "Data protection. Data of the customer are processed only as far as the contract requires it, and are deleted once "
    "the periods for which the law asks them to be kept have ended.",
    "Place of jurisdiction. The courts at the seat of {vendor} have jurisdiction where the customer is a merchant. "
    "Should a clause be void, the others remain in force.",
)


def render_terms(vendor: str, faces: FontFamilies) -> bytes:
    """The PDF of a page of terms and conditions; equal for equal input."""
    body = ParagraphStyle("terms", fontName=faces.sans.regular, fontSize=8.5, leading=12, spaceAfter=8, textColor=GREY)
    head = ParagraphStyle("head", parent=body, fontName=faces.sans.bold, fontSize=13, leading=18, spaceAfter=12)
    out = BytesIO()
    edges = dict.fromkeys(("leftMargin", "rightMargin", "topMargin", "bottomMargin"), 25 * mm)
    sheet = SimpleDocTemplate(out, pagesize=A4, title="Terms", invariant=1, **edges)
    clauses = (Paragraph(f"{n}. {clause.format(vendor=vendor)}", body) for n, clause in enumerate(_CLAUSES, 1))
    sheet.build([Paragraph("General terms and conditions", head), *clauses])
    return out.getvalue()


def render_blank() -> bytes:
    """The PDF of a page with nothing on it."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    canvas.showPage()
    canvas.save()
    return out.getvalue()
