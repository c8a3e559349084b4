"""Payment codes say where, what and to whom to pay; what a bank would refuse is not believed."""

from __future__ import annotations

from decimal import Decimal

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction.evidence import CONFIDENCE_THRESHOLD, Word
from extraction.payment_qr import Payment, PaymentCode, detect_payment_codes, detect_payment_codes_enlarged, evidence_of
from extraction.payment_qr import epc as epc_code
from extraction.payment_qr import swiss_qr_bill as swiss_code
from tests.fakes.documents.payment_codes import IBAN, QR_REFERENCE, SWISS_IBAN, epc, picture, swiss


def payments(*texts: str, **options: object) -> list[Payment]:
    return [code.payment for code in detect_payment_codes(np.asarray(picture(*texts, **options)), 1)]


def test_a_giro_code_names_the_payment() -> None:
    assert payments(epc()) == [
        Payment(IBAN, "Möbel Müller GmbH", "EUR", Decimal("140.40"), "COBADEFFXXX", "", "RF18539007547034")
    ]


def test_a_swiss_code_names_the_payment() -> None:
    (payment,) = payments(swiss(message="Order 7"))
    assert payment == Payment(
        SWISS_IBAN, "Möbel Müller GmbH", "CHF", Decimal("140.40"), "", "Café Zürich AG", QR_REFERENCE, "Order 7"
    )


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_lines_may_end_either_way(line_end: str) -> None:
    assert len(payments(swiss(line_end=line_end), epc().replace("\n", line_end))) == 2


@pytest.mark.parametrize(("number", "encoding"), [("1", "utf-8"), ("2", "iso-8859-1"), ("8", "iso-8859-15")])
def test_a_giro_code_says_in_which_letters_it_is_written(number: str, encoding: str) -> None:
    (payment,) = payments(epc(head=f"BCD\n001\n{number}\nSCT"), encoding=encoding)
    assert payment.creditor == "Möbel Müller GmbH"


def test_elements_at_the_end_may_be_left_out() -> None:
    (payment,) = payments("\n".join(epc().splitlines()[:7]))  # as far as the IBAN
    assert payment.amount is None
    assert payment.reference == ""


@pytest.mark.parametrize(
    "text",
    [
        epc(iban="DE89370400440532013001"),
        epc(name=""),
        epc(head="BCD\n003\n1\nSCT"),
        epc(head="BCD\n002\n9\nSCT"),
        swiss(iban="CH4431999123000889013"),
        swiss(iban=IBAN),
        swiss(currency="USD"),
        swiss(end=""),
        swiss()[:120],
        "https://example.com/pay?iban=" + IBAN,
        "WIFI:T:WPA;S:office;P:secret;;",
    ],
    ids=[
        "IBAN",
        "name",
        "version",
        "letters",
        "Swiss IBAN",
        "no Swiss IBAN",
        "currency",
        "end",
        "cut",
        "link",
        "network",
    ],
)
def test_what_a_bank_would_refuse_is_no_payment_code(text: str) -> None:
    assert payments(text) == []


def test_evidence_stands_where_the_code_does() -> None:
    (code,) = detect_payment_codes(np.asarray(picture(epc())), 3, scale=0.5)
    assert code.page == 3
    x0, y0, x1, y1 = code.box
    side = picture(epc()).width - 80  # with a border of 4 modules of 4 pixels, half as large in the unit of the page
    assert (x0, y0, x1, y1) == pytest.approx((28, 28, 28 + side / 2 - 16, 28 + side / 2 - 16), abs=2)
    found = evidence_of(code.payment, code.page, code.box)
    assert {name: value.value for name, value in found.items()} == {
        "vendor": "Möbel Müller GmbH",
        "currency": "EUR",
        "total": "140.40",
        "iban": IBAN,
        "bic": "COBADEFFXXX",
        "payment_reference": "RF18539007547034",
    }
    assert {(value.source, value.page, value.box) for value in found.values()} == {("qr", 3, code.box)}


@pytest.mark.parametrize(
    ("payment", "name", "value", "reason"),
    [
        (Payment(SWISS_IBAN, "A", "CHF", Decimal("0.00")), "total", "0.00", "not to be paid"),
        (
            Payment(SWISS_IBAN, "A", "CHF", reference="RF18539007547035"),
            "payment_reference",
            "RF18539007547035",
            "check",
        ),
    ],
)
def test_what_is_odd_is_a_doubt(payment: Payment, name: str, value: str, reason: str) -> None:
    found = evidence_of(payment, 1, (0, 0, 1, 1))[name]
    assert found.value == value
    assert found.confidence < CONFIDENCE_THRESHOLD
    assert reason in found.reason


def test_a_message_is_the_reference_where_there_is_no_other_and_a_wrong_bic_is_left_out() -> None:
    found = evidence_of(Payment(IBAN, "A", "EUR", bic="99-99", message="Invoice 7"), 1, (0, 0, 1, 1))
    assert found["payment_reference"].value == "Invoice 7"
    assert "bic" not in found
    assert "total" not in found


def test_a_swiss_code_may_tell_of_the_invoice() -> None:
    about = r"//S1/10/10\/201409/11/190512/20/1400.000-53/30/106017086/32/7.7/40/2:10;0:30"
    (payment,) = payments(swiss(about=about))
    assert (payment.number, payment.issue_date, payment.vat_id) == ("10/201409", "2019-05-12", "CHE106017086")
    assert payment.due_date == "2019-06-11"  # 12 May and 30 days; 10 are for a discount


@pytest.mark.parametrize("about", ["//S1/11/20170309/30/CH1060", "//XX/10/1", "free words", "//S1/11/190231", "//S1"])
def test_what_tells_of_the_invoice_in_another_form_is_left_out(about: str) -> None:
    (payment,) = payments(swiss(about=about))
    assert (payment.number, payment.issue_date, payment.due_date, payment.vat_id) == ("", "", "", "")


@pytest.mark.parametrize("turn", [7, 90, 180, 264])
def test_a_code_is_read_however_the_page_is_turned(turn: int) -> None:
    turned = picture(swiss()).rotate(turn, expand=True, fillcolor="white")
    assert [code.payment.iban for code in detect_payment_codes(np.asarray(turned), 1)] == [SWISS_IBAN]


def blurred() -> np.ndarray:
    """A code of 2 pixels a module, out of focus, with noise as a phone's picture has it in bad light."""
    page = cv2.GaussianBlur(np.asarray(picture(swiss(), scale=2)), (0, 0), 1.0)
    noise = np.random.default_rng(7).normal(0, 4, page.shape)
    return np.clip(0.5 * page + noise + 30, 0, 255).astype(np.uint8)


def test_a_blurred_code_is_looked_at_closely_where_words_hint_at_one() -> None:
    page = blurred()
    hint, no_hint = (Word("Zahlteil", (0, 0, 9, 9)),), (Word("Danke", (0, 0, 9, 9)),)
    assert detect_payment_codes(page, 1) == ()
    assert detect_payment_codes_enlarged(page, 1, no_hint) == ()
    (code,) = detect_payment_codes_enlarged(page, 1, hint)
    assert code.payment.iban == SWISS_IBAN
    assert code.box == pytest.approx(upright_box(), abs=4)


def upright_box() -> tuple[float, float, float, float]:
    (code,) = detect_payment_codes(np.asarray(picture(swiss(), scale=2)), 1)
    assert isinstance(code, PaymentCode)
    return code.box


@settings(max_examples=300)
@given(st.sampled_from([epc(), swiss(about="//S1/10/1/11/190512/30/106017086/40/0:30")]), st.data())
def test_however_a_code_is_damaged_it_is_read_or_not(text: str, data: st.DataObject) -> None:
    lines = text.split("\n")
    for _ in range(data.draw(st.integers(1, 3))):
        lines[data.draw(st.integers(3, len(lines) - 1))] = data.draw(st.text(max_size=30))
    raw = "\n".join(lines).encode("utf-8", "surrogatepass")
    payment = epc_code.read(raw) or swiss_code.read(raw)
    if payment:
        assert evidence_of(payment, 1, (0, 0, 1, 1))["iban"].value == payment.iban
