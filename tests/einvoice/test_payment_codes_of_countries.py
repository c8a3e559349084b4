"""Codes of one country each: SPAYD, BezahlCode, UPI, PIX and ZATCA, plain and odd."""

from __future__ import annotations

import base64
import binascii
from decimal import Decimal

import numpy as np
import pytest

from extraction.evidence import CONFIDENCE_THRESHOLD
from extraction.payment_qr import Payment, detect_payment_codes, evidence_of
from extraction.pipeline.extract import extract_documents
from tests.fakes.documents.payment_codes import picture, printed

CZECH, GERMAN, SLOVAK = "CZ5855000000001265098001", "DE89370400440532013000", "SK3112000000198742637541"


def pix(*elements: tuple[str, str], crc: str | None = None) -> str:
    """An EMV code of the Brazilian central bank, with the check digits that it needs unless others are given."""
    text = "000201" + "".join(f"{tag}{len(value.encode()):02d}{value}" for tag, value in elements) + "6304"
    return text + (crc or f"{binascii.crc_hqx(text.encode(), 0xFFFF):04X}")


def of_pix(*elements: tuple[str, str]) -> str:
    return "".join(f"{tag}{len(value):02d}{value}" for tag, value in elements)


def zatca(*values: str) -> str:
    """Tags from 1 on with their values, in base64."""
    told = b"".join(bytes((tag, len(raw := value.encode()))) + raw for tag, value in enumerate(values, 1))
    return base64.b64encode(told).decode()


KEY = ("26", of_pix(("00", "BR.GOV.BCB.PIX"), ("01", "+5511999999999")))
PLACE = (("58", "BR"), ("59", "FULANO DE TAL"), ("60", "BRASILIA"))

CODES = [
    (
        f"SPD*1.0*ACC:{CZECH}+RZBCCZPP*AM:480.50*CC:CZK*DT:20260315*RN:ELKOV ELEKTRO*X-VS:5040011231*X-KS:0308",
        Payment(
            CZECH, "ELKOV ELEKTRO", "CZK", Decimal("480.50"), "RZBCCZPP",
            reference_free="5040011231", due_date="2026-03-15",
        ),
    ),
    (
        f"SPD*1.0*CC:EUR*AM:12*RF:RF18539007547034*ALT-ACC:{CZECH}*ACC:{SLOVAK}*MSG:P%C5%99edplatn%C3%A9%2A",
        Payment(SLOVAK, "", "EUR", Decimal(12), reference="RF18539007547034"),
    ),
    (
        f"SPD*1.0*ACC:{CZECH}*AM:121.00*CC:CZK*X-INV:SID%2A1.0%2AID:2026-7%2ADD:20260301%2ADT:20260315%2AVII:CZ12345679%2AT0:21.00",
        Payment(
            CZECH, "", "CZK", Decimal("121.00"), number="2026-7", issue_date="2026-03-01", due_date="2026-03-15",
            vat_id="CZ12345679", tax=Decimal("21.00"),
        ),
    ),
    (
        f"bank://singlepaymentsepa?name=MUSTERFIRMA%20GMBH&iban={GERMAN}&bic=COBADEFFXXX&amount=119,00&reason=RE%202025-117&currency=EUR",
        Payment(GERMAN, "MUSTERFIRMA GMBH", "EUR", Decimal("119.00"), "COBADEFFXXX", message="RE 2025-117"),
    ),
    (
        "bank://singlepayment?name=M%F6bel+M%FCller&account=532013000&bnc=37040044&amount=1.249,5&reason=RE+7",
        Payment(GERMAN, "Möbel Müller", "EUR", Decimal("1249.5"), message="RE 7"),
    ),
    (
        f"BANK://SinglePaymentSEPA?Name=A&IBAN={GERMAN[:4]}%203704%200044%200532%200130%2000&Amount=7",
        Payment(GERMAN, "A", "EUR", Decimal(7)),
    ),
    (
        "upi://pay?pa=ifox@icici&pn=Gujarat%20Freight%20Tools&am=4490.00&cu=INR&tn=GST-3425-26",
        Payment("", "Gujarat Freight Tools", "INR", Decimal("4490.00"), message="GST-3425-26", account="ifox@icici"),
    ),
    (
        "UPI://pay?cu=INR&PA=shop.one%40okhdfcbank&pn=Shop+One&tr=ORD99&tn=for+you",
        Payment("", "Shop One", "INR", message="for you", account="shop.one@okhdfcbank", reference_free="ORD99"),
    ),
    (
        pix(KEY, ("52", "0000"), ("53", "986"), ("54", "1234.56"), *PLACE, ("62", of_pix(("05", "RP12345678")))),
        Payment("", "FULANO DE TAL", "BRL", Decimal("1234.56"), account="+5511999999999", reference_free="RP12345678"),
    ),
    (
        pix(
            ("01", "12"), ("26", of_pix(("00", "br.gov.bcb.pix"), ("25", "pix.example.com/v2/9d36b84f"))),
            ("52", "0000"), ("53", "986"), *PLACE, ("62", of_pix(("05", "***"))),
        ),
        Payment("", "FULANO DE TAL", "BRL", account="pix.example.com/v2/9d36b84f"),
    ),
    (
        zatca("مؤسسة التوريد", "310122393500003", "2022-04-25T15:30:00Z", "1150.00", "150.00"),
        Payment(
            "", "مؤسسة التوريد", "SAR", Decimal("1150.00"), vat_id="310122393500003", issue_date="2022-04-25",
            tax=Decimal("150.00"), asks=False,
        ),
    ),
    (
        zatca("Bobs Records", "310122393500003", "2026-01-02 10:11:12", "115", "15", "aGFzaA==", "sig"),
        Payment(
            "", "Bobs Records", "SAR", Decimal(115), vat_id="310122393500003", issue_date="2026-01-02", tax=Decimal(15),
            asks=False,
        ),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "right"), CODES, ids=[text[:24] for text, _ in CODES])
def test_a_code_of_a_country_is_read(text: str, right: Payment) -> None:
    encoding = "latin-1" if text.isascii() else "utf-8"
    assert [code.payment for code in detect_payment_codes(np.asarray(picture(text, encoding=encoding)), 1)] == [right]


@pytest.mark.parametrize(
    "text",
    [
        "SPD*1.0*ACC:CZ5855000000001265098002*AM:1",
        "SPD*1.0*AM:480.50*CC:CZK",
        "SPD*2.0*ACC:" + CZECH,
        "bank://singlepaymentsepa?name=A&iban=DE89370400440532013001&amount=1",
        f"bank://singledirectdebitsepa?name=A&iban={GERMAN}&amount=1",
        "upi://pay?pn=Nobody&am=10",
        "upi://pay?pa=no-address&pn=A",
        "upi://mandate?pa=a@b&pn=A",
        pix(("26", of_pix(("00", "com.other"), ("01", "x"))), *PLACE),
        pix(KEY, *PLACE)[:40],
        zatca("Bobs Records", "12", "2026-01-02", "115", "15"),
        zatca("Bobs Records", "310122393500003", "never", "115", "15"),
        base64.b64encode(b"any text that is long enough").decode(),
    ],
)
def test_what_a_bank_would_refuse_or_asks_for_no_payment_is_left_out(text: str) -> None:
    assert detect_payment_codes(np.asarray(picture(text)), 1) == ()


def test_check_digits_that_are_wrong_are_a_doubt_of_all_that_the_code_says() -> None:
    (code,) = detect_payment_codes(np.asarray(picture(pix(KEY, ("54", "7.00"), *PLACE, crc="ABCD"))), 1)
    found = evidence_of(code.payment, 1, code.box)
    assert found["total"].value == "7.00" and found["payment_account"].value == "+5511999999999"
    assert max(value.confidence for value in found.values()) < CONFIDENCE_THRESHOLD
    assert {value.reason for value in found.values()} == {"wrong check digits"}


def test_an_element_of_a_wrong_length_is_left_out_with_all_after_it() -> None:
    text = pix(KEY, ("53", "986"), ("54", "1234.56"), *PLACE).replace("54071234.56", "54061234.56")
    (code,) = detect_payment_codes(np.asarray(picture(text)), 1)
    assert (code.payment.account, code.payment.amount, code.payment.doubt) == (
        "+5511999999999", None, "wrong check digits",
    )  # fmt: skip


def test_on_a_page_it_gives_the_account_the_amount_and_the_reference() -> None:
    lines = ("Gujarat Freight Tools", "TAX INVOICE", "Invoice No GST-3425-26", "Date 23-Jul-2025", "Total 4490.00")
    (document,) = extract_documents(printed(lines, CODES[6][0]), lambda picture, page: ()).documents
    assert document.kind == "invoice"
    assert (document.value("payment_account"), document.value("total"), document.value("currency")) == (
        "ifox@icici", "4490.00", "INR",
    )  # fmt: skip
    assert document.value("payment_reference") == "GST-3425-26"


def test_a_code_that_only_tells_of_an_invoice_leaves_a_receipt_a_receipt() -> None:
    lines = (
        "Bobs Records",
        "RECEIPT",
        "Date 02.01.2026",
        "VAT 15 %   15.00",
        "Total SAR 115.00",
        "CASH 115.00",
        "Thank you",
    )
    (document,) = extract_documents(printed(lines, CODES[-1][0]), lambda picture, page: ()).documents
    assert document.kind == "receipt"
    assert (document.value("tax"), document.value("vat_id")) == ("15.00", "310122393500003")
