"""What the tax adviser's program gets: by its public description, with our balances and the boxes of our VAT return."""

from __future__ import annotations

import io
import zipfile
from collections import defaultdict
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
from sqlmodel import Session, select

from handlers.exports import datev, datev_accounts
from handlers.exports.export import datev_stops, export
from handlers.exports.period_books import Books, books_of
from handlers.language.translation import Language, speaking
from handlers.messages import Reply
from handlers.requests import Export, NumberAccount, SetCompanyProfile
from storage.bank import bank_accounts
from storage.bills import amendments, lifecycle
from storage.db.database import Database
from storage.ledger import accounts, exchange_rates, period_closing, vat_countries
from storage.ledger.exchange_rates import Rate
from storage.models import Document
from storage.payments import bill_payments
from storage.people.company import describe
from storage.reports.spending import Period
from storage.reports.vat_return import vat_return
from tests.fakes.books.company_quarter import Company
from tests.fakes.books.small_company import NOW, invoice, owner
from tests.fakes.documents.datev_file import faults, number, parsed

SINCE, UNTIL = date(2025, 3, 1), date(2025, 3, 31)
KEYS = {
    "9": (19, "1576", None), "8": (7, "1571", None), "3": (19, None, "1776"), "2": (7, None, "1771"),
    "94": (19, "1577", "1787"), "19": (19, "1574", "1774"),
}  # fmt: skip
"""What DATEV makes of a tax key in SKR03: rate, and the accounts of the tax that is deducted and owed."""


def book(session: Session, person: int, number: str, **values: Any) -> int:
    told = values.pop("told", {})
    bill = invoice(session, person, number=number, **values)
    who: dict[str, Any] = {"person_id": person, "now": NOW}
    amendments.amend(session, bill.id, told, message_key=f"m{number}", **who)
    lifecycle.confirm(session, bill.id, key=f"c{number}", **who)
    return bill.id


@pytest.fixture
def month(database: Database) -> Books:
    """Every kind of VAT, a foreign bill with its payment, a discount, a correction, and names that need care."""
    person = owner(database)
    who: dict[str, Any] = {"person_id": person, "now": NOW}
    with database.transaction() as session:
        describe(session, name="Unsere „Firma“ GmbH", country="DE", datev_adviser="1234567", datev_client="321")
        book(session, person, "RE 1/Ä_2", vendor='Łódź; "Söhne" 李', subtotal="100.00", tax="19.00", total="119.00")
        book(session, person, "seven", subtotal="100.00", tax="7.00", total="107.00")
        book(session, person, "cent", subtotal="10.03", tax="1.92", total="11.95")  # 19% in it would be 1.91
        book(
            session,
            person,
            "rc",
            subtotal=None,
            tax=None,
            total="99.95",
            told={"tax_category": "AE", "party_country": "IE"},
        )
        book(session, person, "eu", subtotal=None, tax=None, total="200.00", told={"tax_category": "K"})
        book(session, person, "free", subtotal=None, tax=None, total="50.00", told={"tax_category": "E"})
        ours = {"vendor": "Us", "buyer": "Globex", "side": "receivable"}
        sold = book(session, person, "R-1", subtotal="1000.00", tax="190.00", total="1190.00", **ours)
        book(session, person, "R-2", subtotal=None, tax=None, total="600.00", told={"tax_category": "K"}, **ours)
        dollars = book(session, person, "usd", vendor="Inc", currency="USD", subtotal=None, tax=None, total="108.50",
                       told={"tax_category": "AE", "party_country": "US"})  # fmt: skip
        exchange_rates.add(session, [Rate("USD", date(2025, 3, 3), "1.0850"), Rate("USD", date(2025, 3, 20), "1.1000")])
        bill_payments.pay(session, dollars, key="p", on=date(2025, 3, 20), **who)
        amendments.amend(session, sold, {"discount": "2%", "discount_until": "2025-03-30"}, message_key="d", **who)
        bill_payments.pay(session, sold, key="q", on=date(2025, 3, 20), discounted=True, **who)
        wrong = book(session, person, "wrong", subtotal="200.00", tax="38.00", total="238.00")
        amendments.amend(
            session, wrong, {"total": "119.00", "tax": "19.00", "subtotal": "100.00"}, message_key="w", **who
        )
    with database.reading() as session:
        return books_of(session, SINCE, UNTIL)


def batch(books: Books) -> list[list[str]]:
    made = datev.to_datev(books, NOW)
    assert {name: faults(data) for name, data in made.items()} == {name: [] for name in made}
    return parsed(made["EXTF_Buchungsstapel_2025.csv"]).rows


def booked(rows: list[list[str]]) -> dict[str, Decimal]:
    """What DATEV has on each account, in euros, once it took the tax out by the keys."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows:
        amount = number(row[4] or row[0]) * (1 if row[1] == "S" else -1)
        account, contra, key = row[6], row[7], row[8]
        sums[contra] -= amount
        rate, deducted, owed = KEYS.get(key, (0, None, None))
        if deducted and owed:
            tax = (amount * rate / 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
            sums[deducted] += tax
            sums[owed] -= tax
        elif key:
            tax = (amount * rate / (100 + rate)).quantize(Decimal("0.01"), ROUND_HALF_UP)
            sums[deducted or owed or ""] += tax
            amount -= tax
        sums[account] += amount
    return {account: amount for account, amount in sums.items() if amount}


def test_the_files_keep_to_the_description_and_hold_our_balances(month: Books) -> None:
    found = booked(batch(month))
    expected: dict[str, Decimal] = defaultdict(Decimal)
    for entry in month.entries:
        for line in entry.lines:
            rate = datev_accounts.rate_in(entry, line.amount.currency, month.adviser)
            assert rate is not None
            euros = (line.amount.decimal / Decimal(rate)).quantize(Decimal("0.01"), ROUND_HALF_UP)
            expected[datev_accounts.number_of(line, month.adviser) or "?"] += euros
    assert found == {account: amount for account, amount in expected.items() if amount}


def test_tax_keys_fill_the_boxes_of_the_return(database: Database, month: Books) -> None:
    found = booked(batch(month))
    with database.reading() as session:
        made = vat_return(session, Period(SINCE, UNTIL), vat_countries.form_of("DE"), "accrual", "EUR")
    tax = {one.box.number: one.tax.decimal for one in made.figures}
    assert found["1576"] + found["1571"] == tax["66"]
    assert (found["1577"], found["1574"]) == (tax["67"], tax["61"])
    assert (-found["1787"], -found["1774"]) == (tax["46"] + tax["84"], tax["89"])
    assert -found["1776"] == tax["81"]
    assert -found["8125"] == made.figure("41").base.decimal  # type: ignore[union-attr]
    keys = [row[8] for row in batch(month)]
    assert {"9", "8", "3", "94", "19"} <= set(keys)
    cents = [row for row in batch(month) if row[10] == "cent"]
    assert [row[8] for row in cents] == ["", ""], "where the key would make another tax, the tax stands by itself"


def test_a_file_that_goes_against_the_description_is_found(month: Books) -> None:
    made = datev.to_datev(month, NOW)["EXTF_Buchungsstapel_2025.csv"]
    for right, wrong in (
        (b"\r\n", b"\n"),
        (b'"S"', b'"X"'),
        (b"119,00", b"119.00"),
        (b'"RE1/A2"', b'"RE 1"'),
        (b";1;0;0;", b";3;0;0;"),
    ):
        assert right in made and faults(made.replace(right, wrong)), wrong


def test_foreign_amounts_carry_rate_and_base(month: Books) -> None:
    (bill, *_) = [row for row in batch(month) if row[2] == "USD" and row[10] == "usd"]
    assert bill[:6] == ["108,50", "S", "USD", "1,085000", "100,00", "EUR"]


def test_corrections_are_a_pair_or_net(database: Database, month: Books) -> None:
    pairs = [row for row in batch(month) if row[10] == "wrong"]
    assert [row[0] for row in pairs] == ["238,00", "238,00", "119,00"]
    assert pairs[1][13].startswith("Storno ")
    with database.transaction() as session:
        describe(session, datev_corrections="net")
        net = books_of(session, SINCE, UNTIL)
    assert [row[0] for row in batch(net) if row[10] == "wrong"] == ["119,00"]
    assert booked(batch(net)) == booked(batch(month))


def test_what_is_closed_is_fixed(database: Database, month: Books) -> None:
    assert {row[113] for row in batch(month)} == {"0"}
    with database.transaction() as session:
        period_closing.close(session, UNTIL, person_id=owner(database), now=NOW, today=date(2025, 4, 1))
        closed = books_of(session, SINCE, UNTIL)
    made = parsed(datev.to_datev(closed, NOW)["EXTF_Buchungsstapel_2025.csv"])
    assert made.header[20] == "1" and {row[113] for row in made.rows} == {"1"}


def test_parties_are_named_and_documents_are_linked(month: Books) -> None:
    made = datev.to_datev(month, NOW, lambda sha256: sha256.encode())
    parties = {row[0]: row[1] for row in parsed(made["EXTF_DebKred_Stamm.csv"]).rows}
    accounts_booked = {row[n] for row in batch(month) for n in (6, 7)}
    assert {account for account in accounts_booked if len(account) == 5} == parties.keys()
    assert 'Lódz; "Söhne"' in parties.values() or any("Söhne" in name for name in parties.values())
    with zipfile.ZipFile(io.BytesIO(made["DATEV_Belegtransfer.zip"])) as archive:
        document = fromstring(archive.read("document.xml"))
        files = {node.get("guid"): node[0].get("name") for node in document.iter() if node.tag.endswith("}document")}
        assert set(files.values()) == set(archive.namelist()) - {"document.xml"}
    links = {row[19].split('"')[1] for row in batch(month) if row[19]}
    assert links and links <= files.keys()


def exported(company: Company, wanted: Export, language: Language = "en") -> Reply:
    """The answer to an export, which is made outside of transactions."""
    with company.database.reading() as session, speaking(language):
        company.kept |= {document.sha256: b"%PDF" for document in session.exec(select(Document)).all()}
        return export(session, company._context(session, None), wanted)[0]


def test_an_account_without_a_number_stops_the_export_with_a_list(database: Database) -> None:
    company = Company(database)
    company.ask(SetCompanyProfile("country", "DE"))
    with database.transaction() as session:
        bank_accounts.add(session, "Qonto", cash=False, iban=None, currency=None, person_id=company.owner, now=NOW)
        qonto = next(held.code for held in accounts.liquidity_accounts(session) if held.name == "Qonto")
    company.pay(company.acme(), account=qonto)
    wanted = Export(SINCE, UNTIL, "datev", "in March")
    stopped = exported(company, wanted)
    assert "no number in SKR03 yet: Qonto." in stopped.text and not stopped.attachments
    german = exported(company, wanted, "de").text
    assert "„Qonto ist Konto 1210 in DATEV“" in german
    with database.reading() as session:
        assert datev_stops(books_of(session, SINCE, UNTIL))
    assert "Qonto is 1210 in SKR03." in company.ask(NumberAccount("Qonto", "1210")).text
    made = exported(company, wanted)
    assert "placeholders" in made.text
    (file,) = [one for one in made.attachments if one.name == "EXTF_Buchungsstapel_2025.csv"]
    data = company.kept[file.sha256 or ""]
    assert not faults(data) and "1210" in {row[n] for row in parsed(data).rows for n in (6, 7)}
    company.ask(SetCompanyProfile("datev_adviser", "1234567"))
    company.ask(SetCompanyProfile("datev_client", "321"))
    company.ask(SetCompanyProfile("datev_chart", "skr04"))
    assert "no number in SKR04 yet: Qonto." in exported(company, wanted).text
    company.ask(NumberAccount("Qonto", "1810"))
    made = exported(company, wanted)
    assert "placeholders" not in made.text
    (file,) = [one for one in made.attachments if one.name == "EXTF_Buchungsstapel_2025.csv"]
    header = parsed(company.kept[file.sha256 or ""]).header
    assert (header[10], header[11], header[26]) == ("1234567", "321", "04")


@pytest.mark.parametrize("chart", ["skr03", "skr04"])
def test_every_account_of_the_chart_has_a_number(database: Database, chart: str) -> None:
    with database.reading() as session:
        codes = {account.code for account in accounts.chart(session)}
    assert codes <= datev_accounts._tables()[chart].keys()


def test_a_currency_without_a_rate_stops_the_export(database: Database) -> None:
    person = owner(database)
    with database.transaction() as session:
        book(session, person, "usd", currency="USD", subtotal=None, tax=None, total="108.50")
        assert "exchange rate of USD" in datev_stops(books_of(session, SINCE, UNTIL))
