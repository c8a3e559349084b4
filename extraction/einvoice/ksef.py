"""KSeF, the Polish e-invoice: the structures FA(1) to FA(3) of the Ministerstwo Finansów (crd.gov.pl/wzor).

Elements are numbered as the paragraphs of the VAT act have it; their meaning stands at each. Namespaces, of which each
structure has its own, are left out of account.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from xml.etree.ElementTree import Element

from extraction.einvoice.semantic_model import (
    Account,
    Invoice,
    InvoiceLine,
    VatBreakdown,
    iso_date,
    last_date,
    sum_of,
    text,
    texts,
)
from extraction.standards.decimals import decimal_in

SPACE = "http://crd.gov.pl/wzor/"
"""How the namespaces begin, which end in the day and the number of a structure."""

_TYPE_CODES = {"KOR": "384", "KOR_ZAL": "384", "KOR_ROZ": "384", "ZAL": "386"}
"""RodzajFaktury that differs from an invoice (380): corrections, and invoices for advance payment."""

_RATES = {
    "1": ("23", "22"), "2": ("8", "7"), "3": ("5",), "4": ("4", "3"), "5": (),
    "6": ("0",), "6_1": ("0",), "6_2": ("0",), "6_3": ("0",),
    "7": ("0",), "8": ("0",), "9": ("0",), "10": ("0",), "11": ("0",),
}  # fmt: skip
"""P_13_n is an amount before tax, P_14_n its tax: the rates in per cent that n may stand for. 5 is abroad."""

_NATIONAL = 26  # digits of a Polish account number, which is the IBAN without its "PL"


def read(root: Element) -> tuple[Invoice, ...]:
    """The one invoice of the file. Of a correction the amounts are what it changes."""
    body = root.find("{*}Fa")
    if body is None:
        return ()
    seller = root.find("{*}Podmiot1/{*}DaneIdentyfikacyjne")
    tax_id = re.sub(r"\W", "", text(seller, "{*}NIP"))
    subtotal = sum_of(text(body, f"{{*}}P_13_{n}") for n in _RATES)
    tax = sum_of(text(body, f"{{*}}P_14_{n}") for n in _RATES)
    total = text(body, "{*}P_15")
    lines = tuple(_lines(body))
    prepaid, payable = _paid(body, total)
    # A final invoice lists all that was ordered and sums up what the invoices for advance payment left.
    final = text(body, "{*}RodzajFaktury") in ("ROZ", "KOR_ROZ")
    return (
        Invoice(
            type_code=_TYPE_CODES.get(text(body, "{*}RodzajFaktury"), "380"),
            number=text(body, "{*}P_2"),
            issue_date=iso_date(text(body, "{*}P_1")),
            due_date=last_date(texts(body, "{*}Platnosc/{*}TerminPlatnosci/{*}Termin")),
            currency=text(body, "{*}KodWaluty"),
            seller=text(seller, "{*}Nazwa", "{*}PelnaNazwa"),
            seller_vat_id=f"PL{tax_id}" if tax_id else "",
            buyer=text(
                root, *(f"{{*}}Podmiot2/{{*}}DaneIdentyfikacyjne/{{*}}{name}" for name in ("Nazwa", "PelnaNazwa"))
            ),
            purchase_order=text(body, "{*}WarunkiTransakcji/{*}Zamowienia/{*}NrZamowienia"),
            payment_terms=_terms(body),
            allowances=sum_of((*(line.amount for line in lines), _negative(subtotal))) if final else "",
            subtotal=subtotal,
            tax=tax or ("0" if subtotal else ""),
            total=total,
            prepaid=prepaid,
            payable=payable,
            accounts=tuple(_accounts(body)),
            taxes=tuple(_rate_taxes(body)),
            lines=lines,
        ),
    )


def _paid(body: Element, total: str) -> tuple[str, str]:
    """What was paid already (Zaplacono, ZaplataCzesciowa), and what is left to pay."""
    payable = text(body, "{*}Rozliczenie/{*}DoZaplaty") or total
    if text(body, "{*}Platnosc/{*}Zaplacono") == "1":
        return payable, "0"
    parts = sum_of(texts(body, "{*}Platnosc/{*}ZaplataCzesciowa/{*}KwotaZaplatyCzesciowej"))
    return parts, sum_of((payable, _negative(parts))) if parts else payable


def _rate_taxes(body: Element) -> Iterator[VatBreakdown]:
    for n, rates in _RATES.items():
        base, tax = text(body, f"{{*}}P_13_{n}"), text(body, f"{{*}}P_14_{n}")
        if base:
            rate = _nearest(rates, base, tax) if rates else text(body, "{*}FaWiersz/{*}P_12_XII")
            yield VatBreakdown(rate, base, tax or "0")


def _nearest(rates: tuple[str, ...], base: str, tax: str) -> str:
    """Which of the rates makes this tax of this base."""
    whole, part = decimal_in(base) or Decimal(0), decimal_in(tax) or Decimal(0)
    return min(rates, key=lambda rate: abs(whole * int(rate) / 100 - part))


def _terms(body: Element) -> str:
    """TerminOpis: words in FA(2), in FA(3) a number, its unit and what it is counted from; and Skonto in words."""
    terms = [
        f"{text(stated, '{*}Ilosc')} {text(stated, '{*}Jednostka')}".strip() or " ".join((stated.text or "").split())
        for stated in body.iterfind("{*}Platnosc/{*}TerminPlatnosci/{*}TerminOpis")
    ]
    skonto = body.find("{*}Platnosc/{*}Skonto")
    if skonto is not None:
        terms.append(f"Skonto {text(skonto, '{*}WysokoscSkonta')} {text(skonto, '{*}WarunkiSkonta')}")
    return "\n".join(terms)


def _accounts(body: Element) -> Iterator[Account]:
    """The factor's account goes before the seller's: who has sold the debt is not to be paid."""
    for name in ("RachunekBankowyFaktora", "RachunekBankowy"):
        for account in body.iterfind(f"{{*}}Platnosc/{{*}}{name}"):
            number = "".join(text(account, "{*}NrRB").split())
            if number:
                national = number.isdecimal() and len(number) == _NATIONAL
                yield Account(f"PL{number}" if national else number, text(account, "{*}SWIFT"))


def _lines(body: Element) -> Iterator[InvoiceLine]:
    """FaWiersz; what a corrected line was before (StanPrzed) is taken off."""
    for line in body.iterfind("{*}FaWiersz"):
        before = text(line, "{*}StanPrzed") == "1"
        quantity, amount = text(line, "{*}P_8B"), text(line, "{*}P_11", "{*}P_11A")
        yield InvoiceLine(
            description=text(line, "{*}P_7"),
            quantity=_negative(quantity) if before else quantity,
            price=text(line, "{*}P_9A", "{*}P_9B"),
            amount=_negative(amount) if before else amount,
        )


def _negative(amount: str) -> str:
    number = decimal_in(amount)
    return f"{-number:f}" if number is not None else ""
