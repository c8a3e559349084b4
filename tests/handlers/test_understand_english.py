"""What people say in English, and what is understood. Today is Friday 21 March 2025; the company's currency is EUR."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.requests import (
    Amend,
    Balance,
    Confirm,
    Due,
    Edit,
    FieldChange,
    Greeting,
    Help,
    Invite,
    NotAnInvoice,
    Owed,
    Pay,
    Redeem,
    ShowBill,
    ShowOriginal,
    Thanks,
    Undo,
)
from handlers.understand.interpreter import understand
from handlers.understand.text.sentence_context import SentenceContext

TODAY = date(2025, 3, 21)
MONDAY, SUNDAY = date(2025, 3, 17), date(2025, 3, 23)
KNOWN = {
    "vendor": "Acne GmbH",
    "number": "2024-117",
    "issue_date": "2025-03-03",
    "due_date": "2025-04-02",
    "currency": "EUR",
    "subtotal": "1050.00",
    "tax": "199.50",
    "total": "1249.50",
}


def hear(text: str, currency: str | None = "EUR"):
    return understand(text, SentenceContext(TODAY, currency, known=KNOWN))


def amend(**fields: str | None) -> Amend:
    return Amend(tuple(FieldChange(name, value) for name, value in fields.items()))


CORRECTIONS = [
    # amounts, whatever marks are used; a currency that is said is a change of its own
    ("total is 1,294.50", amend(total="1294.50")),
    ("the total should be 1.294,50 €", amend(total="1294.50", currency="EUR")),
    ("total is 1,294.50 EUR", amend(total="1294.50", currency="EUR")),
    ("total 1294.5", amend(total="1294.50")),
    ("Total: 1294,50", amend(total="1294.50")),
    ("total = 50", amend(total="50.00")),
    ("totl is 50", amend(total="50.00")),
    ("toatl is 50", amend(total="50.00")),
    ("the totall is 50", amend(total="50.00")),
    ("total is 1,294", amend(total="1294.00")),  # euros have two decimals: three digits are thousands
    ("total is 1.294", amend(total="1294.00")),
    ("total is 1'294.50", amend(total="1294.50")),
    ("total is 1 294,50", amend(total="1294.50")),
    ("total is 12,34,567.50", amend(total="1234567.50")),
    ("total is 50,-", amend(total="50.00")),
    ("total is US$20", amend(total="20.00", currency="USD")),
    ("total is USD 20.00", amend(total="20.00", currency="USD")),
    ("total is 20 pounds", amend(total="20.00", currency="GBP")),
    ("total is CHF 12.50", amend(total="12.50", currency="CHF")),
    ("the amount is 99", amend(total="99.00")),
    ("amount due is 99", amend(total="99.00")),
    ("please change the total to 1294.50", amend(total="1294.50")),
    ("can you set the total to 1294.50 please", amend(total="1294.50")),
    ("no, the total is 1294.50", amend(total="1294.50")),
    ("No the total is actually 1294.50", amend(total="1294.50")),
    ("sorry, total should be 1294.50", amend(total="1294.50")),
    ("1,294.50 is the total", amend(total="1294.50")),
    ("it's 1294.50", amend(total="1294.50")),
    ("it should be 1294.50", amend(total="1294.50")),
    ("it's 1294.50 not 1249.50", amend(total="1294.50")),
    ("it's 205.50 not 199.50", amend(tax="205.50")),  # 199.50 is the VAT on this bill
    ("total is 1294.50, not 1249.50", amend(total="1294.50")),
    ("the total is not 1249.50 but 1294.50", amend(total="1294.50")),
    ("total is 1294.50 instead of 1249.50", amend(total="1294.50")),
    ("tax 19.90", amend(tax="19.90")),
    ("vat is 19,90", amend(tax="19.90")),
    ("VAT: €19.90", amend(tax="19.90", currency="EUR")),
    ("no VAT", amend(tax="0.00")),
    ("there is no VAT", amend(tax="0.00")),
    ("without tax", amend(tax="0.00")),
    ("vat is zero", amend(tax="0.00")),
    ("subtotal is 1050", amend(subtotal="1050.00")),
    ("net amount 1050.00", amend(subtotal="1050.00")),
    ("tip is 5", amend(tip="5.00")),
    # dates
    ("due 15 May", amend(due_date="2025-05-15")),
    ("due on 15 May", amend(due_date="2025-05-15")),
    ("it's due 15 May", amend(due_date="2025-05-15")),
    ("due date is 15.05.2025", amend(due_date="2025-05-15")),
    ("due date is 15.05.25", amend(due_date="2025-05-15")),
    ("due date is 2025-05-15", amend(due_date="2025-05-15")),
    ("due date 15/05/2025", amend(due_date="2025-05-15")),
    ("due date is 04/05/2025", amend(due_date="2025-05-04")),
    ("due date is 05/15/2025", amend(due_date="2025-05-15")),  # there is no fifteenth month
    ("due 15th of May", amend(due_date="2025-05-15")),
    ("due May 15", amend(due_date="2025-05-15")),
    ("due May 15th, 2025", amend(due_date="2025-05-15")),
    ("due 15 may 2026", amend(due_date="2026-05-15")),
    ("due 10 January", amend(due_date="2026-01-10")),  # the first one after the issue date
    ("due 15 arpil", amend(due_date="2025-04-15")),
    ("the due date should be 15 May", amend(due_date="2025-05-15")),
    ("payable by 15 May", amend(due_date="2025-05-15")),
    ("due in 30 days", amend(due_date="2025-04-20")),
    ("due in two weeks", amend(due_date="2025-04-04")),
    ("due end of month", amend(due_date="2025-03-31")),
    ("due at the end of May", amend(due_date="2025-05-31")),
    ("due end of next month", amend(due_date="2025-04-30")),
    ("due tomorrow", amend(due_date="2025-03-22")),
    ("due Friday", amend(due_date="2025-03-28")),
    ("due next monday", amend(due_date="2025-03-24")),
    ("due 30 days net", amend(due_date="2025-04-02")),  # 3 March + 30 days
    ("due net 14", amend(due_date="2025-03-17")),
    ("no due date", amend(due_date=None)),
    ("issued 3 March", amend(issue_date="2025-03-03")),
    ("issued on 28 December", amend(issue_date="2024-12-28")),  # nothing was issued in the future
    ("invoice date is 3.3.2025", amend(issue_date="2025-03-03")),
    ("issue date: 3 marhc", amend(issue_date="2025-03-03")),
    ("dated yesterday", amend(issue_date="2025-03-20")),
    ("it was issued on the 3rd of March", amend(issue_date="2025-03-03")),
    ("due 15 May not 5 May", amend(due_date="2025-05-15")),
    ("it's 5 April not 2 April", amend(due_date="2025-04-05")),
    # names and references stay as they were written
    ("vendor is Acme GmbH", amend(vendor="Acme GmbH")),
    ("the vendor should be Acme GmbH", amend(vendor="Acme GmbH")),
    ("vender is Acme GmbH", amend(vendor="Acme GmbH")),
    ("supplier: O'Neill & Sons Ltd.", amend(vendor="O'Neill & Sons Ltd")),
    ("vendor is Total Energies and Sons", amend(vendor="Total Energies and Sons")),
    ("it's from Acme", amend(vendor="Acme")),
    ("this is from Acme GmbH", amend(vendor="Acme GmbH")),
    ("it's Acme GmbH not Acne GmbH", amend(vendor="Acme GmbH")),
    ("vendor is If Not Now Ltd", amend(vendor="If Not Now Ltd")),
    ("Acme GmbH is the vendor", amend(vendor="Acme GmbH")),
    ("number 2024-117", amend(number="2024-117")),
    ("invoice no. is RE-2024/118", amend(number="RE-2024/118")),
    ("invoice number is 000123", amend(number="000123")),
    ("number should be 2024-118", amend(number="2024-118")),
    ("currency USD", amend(currency="USD")),
    ("the currency is us dollars", amend(currency="USD")),
    ("currency is pounds", amend(currency="GBP")),
    ("curency is CHF", amend(currency="CHF")),
    ("it's USD", amend(currency="USD")),
    ("USD", amend(currency="USD")),
    ("IBAN DE89 3704 0044 0532 0130 00", amend(iban="DE89370400440532013000")),
    ("iban is de89370400440532013000", amend(iban="DE89370400440532013000")),
    ("reference is RF18 5390", amend(payment_reference="RF18 5390")),
    # as people really type
    ("wrong total, it's 1294.50", amend(total="1294.50")),
    ("total wrong should be 1294.50", amend(total="1294.50")),
    ("the vendor is wrong, it should be Acme", amend(vendor="Acme")),
    ("the total amount on this invoice is 1294.50", amend(total="1294.50")),
    ("this bill is from Acme", amend(vendor="Acme")),
    ("I meant 1294.50", amend(total="1294.50")),
    ("make it 1294.50", amend(total="1294.50")),
    ("not 1249.50 but 1294.50", amend(total="1294.50")),
    ("nope, 1294.50", amend(total="1294.50")),
    ("should be USD not EUR", amend(currency="USD")),
    ("in euros", amend(currency="EUR")),
    ("move the due date to 15 May", amend(due_date="2025-05-15")),
    ("remove the due date", amend(due_date=None)),
    ("due the 15th", amend(due_date="2025-04-15")),
    ("due on receipt", amend(due_date="2025-03-03")),
    ("issued last monday", amend(issue_date="2025-03-17")),
    ("change vendor name to Acme Ltd and due date to 15 May", amend(vendor="Acme Ltd", due_date="2025-05-15")),
    ("invoice # 2024-118", amend(number="2024-118")),
    ("the vendor name is spelled Acme", amend(vendor="Acme")),
    ("vendor is Smith, Jones and Partners", amend(vendor="Smith, Jones and Partners")),
    ("vendor is Net Total Ltd", amend(vendor="Net Total Ltd")),
    # several at once
    (
        "total 1,294.50, due 15 May and vendor Acme Ltd",
        amend(total="1294.50", due_date="2025-05-15", vendor="Acme Ltd"),
    ),
    (
        "vendor Acme, total 1,294.50 EUR, due 15 May",
        amend(vendor="Acme", total="1294.50", currency="EUR", due_date="2025-05-15"),
    ),
    ("total 50 tax 8", amend(total="50.00", tax="8.00")),
    ("total 50\ntax 8\ndue 15 May", amend(total="50.00", tax="8.00", due_date="2025-05-15")),
    ("it's from Acme, and the total is 50", amend(vendor="Acme", total="50.00")),
    ("vendor is Acme and Sons, number 17", amend(vendor="Acme and Sons", number="17")),
    ("total 50, no vat", amend(total="50.00", tax="0.00")),
    ("for the Acme bill, the total is 50", Amend((FieldChange("total", "50.00"),), "Acme")),
]  # fmt: skip

QUESTIONS = [
    ("what's due?", Due()),
    ("whats due", Due()),
    ("waht's due", Due()),
    ("what is due?", Due()),
    ("due?", Due()),
    ("hi, what's due?", Due()),
    ("what bills are due?", Due()),
    ("which invoices are still open?", Due()),
    ("show me the open bills", Due()),
    ("open bills", Due()),
    ("unpaid invoices", Due()),
    ("what do we owe?", Due()),
    ("how much do we owe?", Due()),
    ("anything due?", Due()),
    ("is there anything due?", Due()),
    ("what do I have to pay?", Due()),
    ("what is due this week", Due(SUNDAY, MONDAY, label="this week")),
    ("due this week", Due(SUNDAY, MONDAY, label="this week")),
    ("whats due this weak", Due(SUNDAY, MONDAY, label="this week")),
    ("what's due next week?", Due(date(2025, 3, 30), date(2025, 3, 24), label="next week")),
    ("anything due next week?", Due(date(2025, 3, 30), date(2025, 3, 24), label="next week")),
    ("what's due this month?", Due(date(2025, 3, 31), date(2025, 3, 1), label="this month")),
    ("what is due in May?", Due(date(2025, 5, 31), date(2025, 5, 1), label="in May 2025")),
    ("bills due in may", Due(date(2025, 5, 31), date(2025, 5, 1), label="in May 2025")),
    ("what's due in Q2?", Due(date(2025, 6, 30), date(2025, 4, 1), label="in Q2 2025")),
    ("what is due by Friday", Due(date(2025, 3, 28), label="by Fri 28 Mar 2025")),
    ("what's due by 15 April?", Due(date(2025, 4, 15), label="by Tue 15 Apr 2025")),
    ("what is due before 15 April?", Due(date(2025, 4, 14), label="by Mon 14 Apr 2025")),
    ("what's due by the end of the month?", Due(date(2025, 3, 31), label="by Mon 31 Mar 2025")),
    ("what's due today?", Due(TODAY, TODAY, label="today")),
    ("what is due tomorrow?", Due(date(2025, 3, 22), date(2025, 3, 22), label="tomorrow")),
    ("what's due in the next 30 days?", Due(date(2025, 4, 20), label="in the next 30 days")),
    ("what do we have to pay this week?", Due(SUNDAY, MONDAY, label="this week")),
    ("what is overdue?", Due(overdue=True, label="overdue")),
    ("overdue", Due(overdue=True, label="overdue")),
    ("anything overdue?", Due(overdue=True, label="overdue")),
    ("overdue bills", Due(overdue=True, label="overdue")),
    ("show overdue invoices", Due(overdue=True, label="overdue")),
    ("what is overude", Due(overdue=True, label="overdue")),
    ("anything due to Acme?", Due(vendor="Acme", label="to Acme")),
    ("what do we owe Acme?", Due(vendor="Acme", label="to Acme")),
    ("what do we owe to Acme GmbH?", Due(vendor="Acme GmbH", label="to Acme GmbH")),
    ("how much do we owe Acme", Due(vendor="Acme", label="to Acme")),
    ("do we owe Acme anything?", Due(vendor="Acme", label="to Acme")),
    (
        "what do we owe Acme next week?",
        Due(date(2025, 3, 30), date(2025, 3, 24), vendor="Acme", label="next week, to Acme"),
    ),
    ("what is due to Acme this week", Due(SUNDAY, MONDAY, vendor="Acme", label="this week, to Acme")),
    ("what is due this week to Acme", Due(SUNDAY, MONDAY, vendor="Acme", label="this week, to Acme")),
    ("anything overdue to Acme?", Due(overdue=True, vendor="Acme", label="overdue, to Acme")),
    ("open bills from Acme", Due(vendor="Acme", label="to Acme")),
    ("what's coming up next week", Due(date(2025, 3, 30), date(2025, 3, 24), label="next week")),
    ("what needs to be paid this week", Due(SUNDAY, MONDAY, label="this week")),
    ("and next month?", Due(date(2025, 4, 30), date(2025, 4, 1), label="next month")),
    ("when is the Acme bill due?", Due(vendor="Acme", label="to Acme")),
    ("how much do we owe in total", Owed()),
    ("list all bills", Due()),
    ("are we late with anything?", Due(overdue=True, label="overdue")),
    (
        "what is due from 1 April to 15 April",
        Due(date(2025, 4, 15), date(2025, 4, 1), label="from 1 Apr 2025 to 15 Apr 2025"),
    ),
    ("balance", Balance()),
    ("balance?", Balance()),
    ("blance", Balance()),
    ("what's the balance?", Balance()),
    ("what's our bank balance?", Balance("bank")),
    ("bank balance", Balance("bank")),
    ("cash balance", Balance("cash")),
    ("show me the balance", Balance()),
    ("how much money do we have?", Balance()),
    ("how much cash do we have?", Balance("cash")),
    ("how much is in the bank?", Balance("bank")),
    ("how much money is left in the bank account", Balance("bank")),
    ("what's the balance of the bank account", Balance("bank")),
]  # fmt: skip

COMMANDS = [
    *[(said, Confirm()) for said in (
        "confirm", "Confirm.", "confrim", "ok", "OK!", "yes", "Yes please", "looks good", "Looks good!",
        "looks good to me", "that's correct", "approve", "yes, looks good", "confirm the bill",
    )],
    *[(said, Undo()) for said in ("undo", "Undo please", "undo that", "unod", "take it back", "revert")],
    *[(said, NotAnInvoice()) for said in (
        "not an invoice", "this isn't an invoice", "It's not an invoice.", "that's not a bill", "not an invioce",
    )],
    *[(said, Edit()) for said in ("edit", "no", "that's wrong", "it's wrong", "something is wrong")],
    *[(said, Help()) for said in (
        "help", "Help!", "hlep", "/help", "/start", "who are you?", "what can you do?", "how does this work?",
    )],
    *[(said, Greeting()) for said in ("hi", "Hello", "hey there", "good morning", "Hello Billify", "hello there")],
    *[(said, Thanks()) for said in ("thanks", "Thank you!", "thx", "thank you very much", "ok thanks", "thnaks")],
    *[(said, ShowBill()) for said in (
        "what is the total?", "when is it due?", "is it paid?", "show me the bill again",
    )],
    *[(said, ShowOriginal()) for said in (
        "show me the invoice", "show the original", "send me the pdf", "show me the invioce",
        "can you show me the document?",
    )],
    ("show me the Acme invoice", ShowOriginal("Acme")),
    ("show me the invoice from Acme", ShowOriginal("Acme")),
    ("confirm the Acme bill", Confirm("Acme")),
    ("paid", Pay()),
    ("Paid!", Pay()),
    ("piad", Pay()),
    ("it's paid", Pay()),
    ("mark as paid", Pay()),
    ("mark it as paid", Pay()),
    ("I paid it", Pay()),
    ("I've paid this already", Pay()),
    ("we have paid the invoice", Pay()),
    ("paid in full", Pay()),
    ("paid 500", Pay("500.00")),
    ("paid 500 from cash yesterday", Pay("500.00", "cash", date(2025, 3, 20))),
    ("paid yesterday", Pay(on=date(2025, 3, 20))),
    ("paid in cash", Pay(account="cash")),
    ("paid by bank transfer", Pay(account="bank")),
    ("paid from the bank", Pay(account="bank")),
    ("paid €1,249.50 on 3 March", Pay("1249.50", on=date(2025, 3, 3), currency="EUR")),
    ("we paid 500 USD by card on Monday", Pay("500.00", "bank", date(2025, 3, 17), "USD")),
    ("paid Acme 500 yesterday from cash", Pay("500.00", "cash", date(2025, 3, 20), vendor="Acme")),
    ("paid on 15.03.", Pay(on=date(2025, 3, 15))),
    ("paid 15.05", Pay("15.05")),
    ("paid last Friday", Pay(on=date(2025, 3, 14))),
    ("paid the rest", Pay()),
    ("Acme has been paid", Pay(vendor="Acme")),
    ("paid with my credit card", Pay(account="bank")),
    ("invite anna@example.com", Invite("anna@example.com")),
    ("Please invite Anna", Invite("Anna")),
    ("invite Anna Schmidt", Invite("Anna Schmidt")),
    ("can you invite anna.b+x@mail.example.co.uk?", Invite("anna.b+x@mail.example.co.uk")),
    ("inivte Anna", Invite("Anna")),
    ("join 7K2M-9QXA-PLW4", Redeem("7K2M-9QXA-PLW4")),
    ("/start 7K2M-9QXA-PLW4", Redeem("7K2M-9QXA-PLW4")),
    ("my code is 7K2M-9QXA-PLW4", Redeem("7K2M-9QXA-PLW4")),
]  # fmt: skip


@pytest.mark.parametrize(("said", "understood"), CORRECTIONS)
def test_a_person_corrects_a_bill(said, understood):
    assert hear(said) == understood


@pytest.mark.parametrize(("said", "understood"), QUESTIONS)
def test_a_person_asks(said, understood):
    assert hear(said) == understood


@pytest.mark.parametrize(("said", "understood"), COMMANDS)
def test_a_person_orders(said, understood):
    assert hear(said) == understood
